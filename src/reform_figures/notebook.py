"""The data in a notebook: tables to be read, sentences behind every number, answers in words.

In: rows of the series. Out: Markdown, tables and printed sentences. "Cả nước giảm 79.057 người" (the country
has shed 79,057 people) is printed with its number marked, and told in an answer as **79,057 people** (2022).
The loaders of `reform_figures.loading` can be imported from here, too.
"""

from __future__ import annotations

import atexit
import base64
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from reform_figures.charts import draw_chart
from reform_figures.choosing import BEFORE_MERGER, latest_of_each_area
from reform_figures.citing import cite_figure, data_stamp, headline_of
from reform_figures.disagreement import load_cases, show_side_by_side
from reform_figures.evaluation_sets import find_repository
from reform_figures.holding import in_order_of_time
from reform_figures.loading import (
    find_article,
    find_figure,
    load_articles,
    load_facts_compared,
    load_figures,
    load_findings,
    load_passed_over,
    load_series,
    load_targets,
)
from reform_figures.local_units import UNNAMED
from reform_figures.names import name_of
from reform_figures.plotting import Chart
from reform_figures.plotting.texts import row_amount, row_status
from reform_figures.published import is_digest, published_address
from reform_figures.wording import number_text, period_text, published_text

if TYPE_CHECKING:  # the server's own packages are loaded when it is started
    from reform_figures.practice import Visit

__all__ = [
    "BEFORE_MERGER", "Readable", "answer", "as_table", "cite_figure", "data_stamp", "find_article", "find_figure",
    "first_and_last", "in_order_of_time", "latest_of_each_area", "list_articles", "load_articles", "load_cases",
    "load_facts_compared", "load_figures", "load_findings", "load_passed_over", "load_series", "load_targets",
    "show_charts", "show_findings", "show_sentences", "show_side_by_side", "start_practice", "tell", "tell_all",
    "tell_changes",
]  # fmt: skip


def show_findings(findings: pd.DataFrame, limit: int = 12) -> None:
    """Print findings, one a line: the verdict and the check in words."""
    for row in findings.head(limit).itertuples():
        print(f"{row.verdict}: {row.words}")
    if len(findings) > limit:
        print(f"... and {len(findings) - limit} more")
    if findings.empty:
        print("No check was found that applies to these figures, which does not say that they are right.")


def show_sentences(frame: pd.DataFrame, limit: int = 5) -> None:
    """Print the sentence behind each row, the number marked, with its fields, publisher, day, address and figure_id.

    Of a digest, which is named, the sentence is its own: it restates the article at the address, and quotes nobody.
    """
    for row in frame.head(limit).itertuples():
        figure, article = find_figure(row.figure_id), find_article(row.article_id)
        figure.show()
        published = published_text(article.published_at, article.published_precision) or "day unknown"
        print(f"  {article.publisher}, {published}: {headline_of(article) or name_of('citation', 'no_headline')}")
        if is_digest(article):
            print(f"  restated in the digest: {article.title}")
        print(f"  {published_address(article) or 'address not known'}; figure {row.figure_id}\n")
    if len(frame) > limit:
        print(f"... and {len(frame) - limit} more")


class Readable:
    """A table to be read: full texts, numbers as in prose, no row numbers; without rows a sentence that says so.

    `frame` is the table itself.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def _shown(self) -> pd.DataFrame:
        shown = self.frame.rename_axis(columns=None)  # a name of the columns would be printed as one more
        for column in shown.select_dtypes("float"):
            shown[column] = [("" if value != value else number_text(value)) for value in shown[column]]
        return shown

    def _repr_html_(self) -> str:
        if self.frame.empty:
            return f"<p>{name_of('chart', 'no_figures')}</p>"
        with pd.option_context("display.max_colwidth", None):
            return self._shown().to_html(index=False, border=0, na_rep="")

    def __repr__(self) -> str:
        return self._shown().to_string(index=False, na_rep="") if len(self.frame) else name_of("chart", "no_figures")


class Gallery:
    """Charts one below the other, each with its alternative text and, beneath, the name that draws it alone."""

    def __init__(self, charts: dict[str, Chart]) -> None:
        self.charts = charts

    def _repr_html_(self) -> str:
        return "\n".join(_figure(name, chart) for name, chart in self.charts.items())

    def __repr__(self) -> str:
        return "\n".join(chart.alt for chart in self.charts.values())


def _figure(name: str, chart: Chart) -> str:
    picture = base64.b64encode(chart.png()).decode("ascii")
    width = round(chart.get_figwidth() * 96)
    image = f'<img src="data:image/png;base64,{picture}" width="{width}" alt="{escape(chart.alt)}">'
    return f"<figure>{image}<figcaption><code>{escape(name)}</code></figcaption></figure>"


def show_charts(*names: str, language: str = "en") -> Gallery:
    """Named charts in one cell. Raises ValueError for a name that is not known."""
    return Gallery({name: draw_chart(name, language=language) for name in names})


def as_table(frame: pd.DataFrame, *, base: bool = False) -> Readable:
    """Rows of the series to be read by people: what, whose, when, the number in words, its status, who told it when.

    The status of a number before or after a change says so: 'before', 'after, target'.

    `base` adds what each number is compared with or counted from.
    """
    rows = []
    for row in frame.itertuples():
        published = published_text(row.known_since, row.known_since_precision)
        told = {
            "what": row.subject_name,
            "whose": row.area_name + (f", {name_of('tier', row.tier)}" if _tells_more(row.tier) else ""),
            "when": period_text(row.period),
            "reported": _directed(row) + row_amount(row),
            "status": row_status(row).strip(" ()") or name_of("status", row.status),
            "told by": ", ".join(filter(None, (row.publisher, published))),
        }
        rows.append(told | ({"base": period_text(row.base) or "not told"} if base else {}))
    columns = ["what", "whose", "when", "reported", *(["base"] if base else []), "status", "told by"]
    return Readable(pd.DataFrame(rows, columns=columns))


def list_articles(articles: pd.DataFrame) -> Readable:
    """Rows of `load_articles` to be read by people: when published, by whom, under which headline; of a digest those of
    the article that it restates, and its own headline beside them."""
    rows = [
        {
            "published": published_text(row.published_at, row.published_precision),
            "publisher": row.publisher,
            "headline": row.cited_title or (row.title if row.read_from == "article" else ""),
            "digest": row.title if row.read_from == "digest" else "",
        }
        for row in articles.itertuples()
    ]
    return Readable(pd.DataFrame(rows, columns=["published", "publisher", "headline", "digest"]))


def _tells_more(tier) -> bool:
    """Whether a tier says more than the area: that ministries are central goes without saying."""
    return isinstance(tier, str) and tier != "central"


def _directed(row) -> str:
    """'cut: ' or 'increase: ' where the figure has a direction, else ''."""
    return f"{name_of('direction', row.direction)}: " if isinstance(row.direction, str) else ""


def first_and_last(frame: pd.DataFrame) -> pd.DataFrame:
    """The earliest and the latest reported state in the rows, of what was achieved; empty, one or two rows.

    Of several reports for the same day, the one known last. Parts of another number are left out.
    """
    rows = frame[(frame["status"] == "actual") & ~frame["verdict"].isin(["different_scope", "several"])]
    rows = in_order_of_time(rows.dropna(subset=["holds_on"]).sort_values(["known_since", "figure_id"]))
    rows = rows.drop_duplicates(["holds_on"], keep="last")
    return rows.iloc[[0, -1]] if len(rows) > 1 else rows


def tell(row, *, what: bool = False) -> str:
    """A row in words, for an answer: '**at least 90%** (target, second half of 2022)'.

    `what` puts the subject before it and, but for the whole country, the area with the district or commune that the
    sentence names, and the tier.
    """
    words = f"**{row_amount(row)}**{_status_and_time(row)}"
    return f"{_what_and_whose(row)}: {words}" if what else words


def _status_and_time(row) -> str:
    base = f"against {period_text(row.base)}" if isinstance(row.base, str) else ""
    told = ", ".join(part for part in (row_status(row).strip(" ()"), period_text(row.period), base) if part)
    return f" ({told})" if told else ""


def _what_and_whose(row) -> str:
    counts_itself = row.unit == "admin_unit"  # "Communes (communes)" would tell it twice
    tier = name_of("tier", row.tier) if _tells_more(row.tier) and not counts_itself else ""
    unit = row.unit_within.replace(UNNAMED, "a part of it") if isinstance(row.unit_within, str) else ""
    whose = ", ".join(part for part in ("" if row.area == "VN" else row.area_name, unit, tier) if part)
    area = f" ({whose})" if whose else ""
    direction = f", {name_of('direction', row.direction)}" if isinstance(row.direction, str) else ""
    return f"{row.subject_name}{area}{direction}"


def tell_all(frame: pd.DataFrame, joint: str = "; ", *, what: bool = False) -> str:
    """All rows in words, the same words once; '' for no rows."""
    return joint.join(dict.fromkeys(tell(row, what=what) for row in frame.itertuples()))


def tell_changes(frame: pd.DataFrame, joint: str = "; ") -> str:
    """The changes of which the rows hold both sides, in words: 'Communes (Nghệ An): **460 → 412 administrative units**
    (target, 2025)', with status and time of what is after; '' where there are none."""
    rows = {row.figure_id: row for row in frame.itertuples()}
    told = []
    for before in (row for row in rows.values() if row.state == "before" and row.other_state in rows):
        after = rows[before.other_state]
        amounts = f"**{row_amount(before, with_unit=False)} → {row_amount(after)}**"
        told.append(f"{_what_and_whose(after)}: {amounts}{_status_and_time(after._replace(state=None))}")
    return joint.join(dict.fromkeys(told))


def answer(*lines: str):
    """The answer of a notebook as Markdown, one point a line; a line without a number in bold has nothing to tell.

    Lines may quote scraped text, so that tags and links in them stay text.
    """
    from IPython.display import Markdown

    told = [f"- {escape(line, quote=False).replace('[', '&#91;')}" for line in lines if "**" in line]
    return Markdown("\n".join(told) or f"- {name_of('chart', 'no_figures')}")


@dataclass(frozen=True)
class Practice:
    """The practice portals while they are served: their address, the file of sources that names them, and their log.

    `visits` grows with every request; whoever wants a new log clears it.
    """

    address: str
    sources: Path
    visits: list[Visit] = field(default_factory=list)

    def count_visits(self) -> Readable:
        """What each visitor did since the log was cleared: a row a visitor, told by its User-Agent."""
        from reform_figures.practice import count_visits, manners_table, robots_texts

        robots = robots_texts(self.sources.parent / "practice")
        return Readable(pd.DataFrame(manners_table(count_visits(self.visits, robots))))


@cache
def start_practice() -> Practice:
    """Serve the practice portals on this machine until the kernel ends; a second call gives the same.

    Raises FileNotFoundError outside the repository, which holds their texts.
    """
    from reform_figures.practice.serving import serve

    root = find_repository()
    if root is None:
        raise FileNotFoundError("the practice portals' texts are in the repository; run the notebook from there")
    served, visits = ExitStack(), []
    address = served.enter_context(serve(0, root / "practice", visits=visits))
    atexit.register(served.close)
    return Practice(address, root / "sources.toml", visits)
