"""Articles written for the tests, with their figures marked in the text by a reader.

`[36: task_completed level task]` in a line is the figure 36 with its subject, measure and unit; `name=value` behind
them sets another field. A line that starts with `# ` is the headline. "Đơn vị xong [36: ...] việc" (the office has
finished 36 jobs).
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from reform_figures.names import theme_of
from reform_figures.records import Article, Figure, Paragraph
from reform_figures.tables import write_table

_MARK = re.compile(r"\[([^:\]]+): ([^\]]+)\]")
_BREAK = re.compile(r"(?<=[.!?]) (?=[A-ZĐÀ-Ỹ])")
_DEFAULTS = {"bound": "eq", "direction": None, "area": "VN", "tier": None, "period": "2022", "period_kind": "in",
             "base": None, "status": "actual"}  # fmt: skip


def read_case(marked: str, article_id: str = "case-1", published: str = "2023-01-10", publisher: str = "Báo Thử",
              **fields) -> tuple[Article, list[Figure]]:  # fmt: skip
    """The article and its figures; `fields` replace the defaults of all of them (area VN, period 2022, kind in)."""
    text, spans = "", []
    at = 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append((len(text), mark[1], mark[2].split()))
        text, at = text + mark[1], mark.end()
    text += marked[at:]
    headline = text.startswith("# ")
    if headline:
        text, spans = text[2:], [(start - 2, numeral, words) for start, numeral, words in spans]
    lines = text.split("\n")
    roles = ["title" if headline else "body", *["body"] * (len(lines) - 1)]
    article = Article(
        article_id=article_id, source="case", publisher=publisher, area="VN", url=f"http://case.test/{article_id}",
        cited_url="", cited_title="", title=lines[0], published_precision="day",
        published_at=datetime.fromisoformat(f"{published}T08:00:00+07:00"),
        event_date="", lead="", author="", paragraphs=tuple(map(Paragraph, roles, lines)), page_sha256="",
        raw_id="", portal="",
    )  # fmt: skip
    return article, [_figure(text, *span, article_id, fields) for span in spans]


def _figure(text: str, start: int, numeral: str, words: list[str], article_id: str, fields: dict) -> Figure:
    subject, measure, unit = words[:3]
    told = _DEFAULTS | fields | dict(word.split("=", 1) for word in words[3:])
    told = {name: value or None for name, value in told.items()}
    number, _, whole = numeral.replace("%", "").partition("/")
    sentence_start, sentence = _sentence(text, start)
    return Figure(
        figure_id=f"{article_id}:{start}-{start + len(numeral)}", article_id=article_id, start=start,
        end=start + len(numeral), text=numeral, value=Decimal(told.pop("value", None) or _plain(number)),
        of=Decimal(_plain(whole)) if whole else None, value_max=None, unit=unit, measure=measure,
        theme=theme_of(subject), subject=subject, sentence=sentence, sentence_start=sentence_start, rules="", **told,
    )  # fmt: skip


def _plain(number: str) -> str:
    return number.replace(".", "").replace(",", ".")


def _sentence(text: str, start: int) -> tuple[int, str]:
    line = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    cuts = [line, *(match.end() for match in _BREAK.finditer(text, line, end)), end]
    first = max(cut for cut in cuts if cut <= start)
    return first, text[first : min(cut for cut in cuts if cut > start)].rstrip()


def write_data(data, cases, *, findings=(), series=()) -> None:
    """Write the tables of a small data folder from cases."""
    write_table(data, "articles", [article for article, _ in cases])
    write_table(data, "figures", [figure for _, figures in cases for figure in figures])
    write_table(data, "passed_over", [])
    write_table(data, "findings", findings)
    write_table(data, "series", series)
    write_table(data, "targets", [])
