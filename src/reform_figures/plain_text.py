"""Plain article texts, as somebody copied them from a page.

In: the text, and what an index knows of it. Out: an `Article` whose text is the given one, character for character
(in NFC), each line with a role. "08:37 15/03/2023 | Lượt xem : 719" (views: 719) is the date line of such a text.
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date, datetime

from reform_figures.datelines import ZONE, read_event_day, read_published
from reform_figures.decoding import UnreadablePage
from reform_figures.page_lines import Line
from reform_figures.records import Article, Paragraph
from reform_figures.roles import (
    assign_roles,
    byline_name,
    is_date_line,
    is_furniture,
    is_headline,
    name_before_date,
    same_text,
)

_HEADLINE_WITHIN = 6
_REPEATED_WITHIN = 8
"""A headline stands on one of the first lines; what a page shows between it and its repetition is its menu."""


def read_text_article(
    text: str, *, name: str, published: date | None, publisher: str = "", area: str = "", title: str = ""
) -> Article:
    """Read a plain text. `name` becomes the article_id; `published` is the day known of it.

    The first line that is no page furniture is the headline, unless it reads like a paragraph: then the article
    has the given `title`, and no line of it is one. Raises UnreadablePage for a text without letters.
    """
    rows = unicodedata.normalize("NFC", text).split("\n")
    if not any(char.isalpha() for char in text):
        raise UnreadablePage(f"{name}: the text has no letters; the plain text of an article was expected")
    headline_at = _find_headline(rows, title)
    headline = rows[headline_at].strip() if headline_at is not None else title
    start = 0 if headline_at is None else headline_at + 1
    roles = ["blank" if not row.strip() else "furniture" for row in rows[: max(start - 1, 0)]]
    if headline_at is not None:
        roles.append("title")
    repeated = next((n for n in range(start, start + _REPEATED_WITHIN) if _repeats(rows, n, headline)), None)
    if repeated is not None:
        roles += ["furniture" if row.strip() else "blank" for row in rows[start : repeated + 1]]
        start = repeated + 1
    roles += assign_roles([Line(row, 0) for row in rows[start:]], title=headline, plain=True)
    paragraphs = tuple(Paragraph(role, row) for role, row in zip(roles, rows, strict=True))
    return _compose(text, paragraphs, name, published, publisher, area, headline)


def _repeats(rows: list[str], number: int, headline: str) -> bool:
    return number < len(rows) and same_text(rows[number], headline)


def _find_headline(rows: list[str], title: str) -> int | None:
    first = [n for n, row in enumerate(rows) if row.strip() and not is_furniture(row.strip())][:_HEADLINE_WITHIN]
    for number in first:
        if title and same_text(rows[number], title):
            return number
    number = first[0] if first else None
    if number is None or is_date_line(rows[number].strip()) or not is_headline(rows[number].strip()):
        return None
    return number


def _compose(text, paragraphs, name, published, publisher, area, headline) -> Article:
    by_role: dict[str, str] = {}
    for paragraph in paragraphs:
        by_role.setdefault(paragraph.role, paragraph.text.strip())
    date_line = by_role.get("date_line", "")
    published_at = datetime(published.year, published.month, published.day, tzinfo=ZONE) if published else None
    told = read_published(date_line)
    if told and (not published_at or told.date() == published_at.date()):
        published_at = told
    opening = [p.text for p in paragraphs if p.role in ("lead", "body")][:3]
    return Article(
        article_id=name,
        source="",
        publisher=publisher,
        area=area,
        url="",
        cited_url="",
        cited_title="",
        title=headline,
        published_at=published_at,
        published_precision="day" if published_at else "",
        event_date=read_event_day(opening, published_at),
        lead=by_role.get("lead", ""),
        author=byline_name(by_role.get("author", "")) or name_before_date(date_line),
        paragraphs=paragraphs,
        page_sha256=hashlib.sha256(text.encode()).hexdigest(),
        raw_id="",
        portal="plain text",
    )
