"""How the extraction reads a row of a case table otherwise than the reader who typed it.

In: a row of one of the tables in `tests/cases`. Out: one line a difference; an empty list where the row holds. "giảm
12 thôn" (12 villages fewer) read as 12 communes is one line.
"""

from __future__ import annotations

import time
import unicodedata
from datetime import datetime
from decimal import Decimal

from reform_figures.datelines import ZONE
from reform_figures.extracting import extract
from reform_figures.extracting.article import Frame
from reform_figures.extracting.numerals import find_numerals
from reform_figures.records import ROLES, Article, Paragraph

from .case_tables import accepts, article_of, find_written, has_digit, readings, unmark


def article_with(text: str) -> Article:
    """An article whose text is `text`, in NFC: its lines take turns in all parts that a line can play."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    roles = ["body", *ROLES]
    return Article(
        article_id="any", source="", publisher="", area="VN", url="", cited_url="", cited_title="", title="",
        published_at=datetime(2022, 12, 30, tzinfo=ZONE), published_precision="day", event_date="", lead="", author="",
        page_sha256="", raw_id="", portal="",
        paragraphs=tuple(Paragraph(roles[n % len(roles)], line) for n, line in enumerate(lines)),
    )  # fmt: skip


def compare_numeral(row: dict) -> list[str]:
    """A numeral in digits is looked for as such; a number word counts where it is a figure."""
    text, span = unmark(row["text"])
    one_by_one = find_numerals(text) if has_digit(row) else extract(article_of(row, text)[0])[0]
    found = {(one.start, one.end): one for one in one_by_one}
    if row["value"] == "none":
        return [f"{text[s:e]!r} is a figure" for s, e in found if s < span[1] and e > span[0]]
    if span not in found:
        return [f"{text[slice(*span)]!r} is not found; found: {[text[s:e] for s, e in found]}"]
    lines = []
    for name in ("value", "of", "value_max"):
        expected = [Decimal(part) if part else None for part in readings(row[name])]
        if getattr(found[span], name) not in expected:
            lines.append(f"{name} is {getattr(found[span], name)}, a reader says {row[name] or 'none'}")
    if has_digit(row) and found[span].percent != (row["percent"] == "yes"):
        lines.append(f"percent is {found[span].percent}")
    return lines


def compare_period(row: dict) -> list[str]:
    text, (start, end) = unmark(row["text"])
    article, offset = article_of(row, text)
    found = [p for p in Frame(article).periods if p.start < end + offset and p.end > start + offset]
    if row["value"] == "none":
        return [f"{p.value} is no period" for p in found]
    if len(found) != 1:
        return [f"one period expected, found {[(p.value, p.role) for p in found]}"]
    lines = []
    if found[0].value not in readings(row["value"]):
        lines.append(f"the period is {found[0].value}, a reader says {row['value']}")
    if row["role"] and found[0].role not in readings(row["role"]):
        lines.append(f"the role is {found[0].role}, a reader says {row['role']}")
    return lines


def compare_passed_over(row: dict) -> list[str]:
    text, (start, end) = unmark(row["text"])
    figures, passed = extract(article_of(row, text)[0])
    lines = [f"{f.text!r} is a figure ({f.subject})" for f in figures if f.start < end and f.end > start]
    for one in passed:
        if one.start <= start and one.end >= end and one.reason not in readings(row["reason"]):
            lines.append(f"the reason is {one.reason} ({one.rule}), a reader says {row['reason']}")
    if not lines and not any(p.start <= start and p.end >= end for p in passed):
        lines.append(f"not passed over; passed over: {[p.text for p in passed]}")
    return lines


def compare_figures(row: dict) -> list[str]:
    """Every figure that the row lists, in the order of the text, and no other; a field left out is not compared."""
    article, at = article_of(row, row["text"])[0], 0
    found = {(f.start, f.end): f for f in extract(article)[0]}
    lines = []
    for fields in row["figures"]:
        span = find_written(article.text, fields["text"], at)
        at, figure = span[1], found.pop(span, None)
        if figure is None:
            lines += [] if fields.get("optional") else [f"{fields['text']}: not found"]
            continue
        for name, expected in fields.items():
            if name != "optional" and not accepts(expected, getattr(figure, name)):
                lines.append(f"{fields['text']}: {name} is {getattr(figure, name)}, a reader says {expected}")
    return lines + [f"{figure.text}: no figure for a reader" for figure in found.values()]


SMALL, GROWTH, BOUND = 1_200, 6, 18
"""Characters of the smaller hostile text, unless its row says another number; how many times longer the other is; how
many times as long reading that may take."""
NOISE_SECONDS = 0.03
LONG_SECONDS = 5


def compare_time(row: dict) -> list[str]:
    """Time against length: a linear reading takes 6 times as long for 6 times the text, a quadratic one 36 times."""
    if "characters" in row:
        seconds = _seconds_for(row["piece"], row["characters"], 1)
        return [] if seconds < LONG_SECONDS else [f"{seconds:.0f} s for {row['characters']} characters"]
    size = row.get("small", SMALL)
    small, large = _seconds_for(row["piece"], size, 1), _seconds_for(row["piece"], size * GROWTH, 1)
    if large >= NOISE_SECONDS + BOUND * small:  # once more: the machine may have been busy
        small, large = _seconds_for(row["piece"], size, 3), _seconds_for(row["piece"], size * GROWTH, 2)
    if large < NOISE_SECONDS + BOUND * small:
        return []
    return [f"{small * 1000:.0f} ms for {size} characters, {large * 1000:.0f} ms for {GROWTH} times as many"]


def _seconds_for(piece: str, characters: int, runs: int) -> float:
    """The shortest of some readings of a text of that length."""
    article = article_with((piece * (characters // len(piece) + 1))[:characters])
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        extract(article)
        seconds.append(time.process_time() - start)
    return min(seconds)


COMPARE = {
    "numerals.csv": compare_numeral,
    "periods.csv": compare_period,
    "passed_over.csv": compare_passed_over,
    "figures.jsonl": compare_figures,
    "hostile.jsonl": compare_time,
}
"""Case table → the comparison of one of its rows."""
