"""From a page, or a plain text, to an article whose every line has a role.

In: a `Page` (bytes as received) or the text of an article. Out: an `Article`, or `UnreadablePage` with one sentence.
"Chiều 03/02, Thủ tướng chủ trì phiên họp" (in the afternoon of 3 February the Prime Minister chaired the session)
is the lead of an article published the same evening: the event's day gets its year from there.

Nothing inside the body is left out, so spans stay true; nothing after this module changes a text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from html import unescape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from reform_figures.article_ids import make_article_id
from reform_figures.collecting.answers import is_challenge
from reform_figures.datelines import read_event_day, read_published
from reform_figures.decoding import UnreadablePage, decode_bytes, decode_page, garbled_letters, name_page
from reform_figures.main_text import find_main_text, text_length, visible_length
from reform_figures.page_parts import PageParts, find_parts
from reform_figures.plain_text import read_text_article
from reform_figures.portals import PORTALS, Portal, recognise_portal
from reform_figures.records import Article, Page, Paragraph
from reform_figures.roles import (
    LONGEST_SOURCE_LINE,
    assign_roles,
    byline_name,
    is_source_line,
    name_before_date,
    same_text,
)

__all__ = ["UnreadablePage", "decode_page", "make_article_id", "read_article", "read_text_article"]

_CITED = re.compile(
    r"Nguồn\s*:\s*(?:[\"“](?P<first>.+)[\"”],\s*)?(?P<publisher>.+?),"
    r"\s*(?P<day>\d{1,2}/)?(?P<month>\d{1,2})/(?P<year>\d{4})"
    r"(?:,\s*[\"“](?P<title>.+)[\"”])?(?:,\s*(?P<url>https?://\S+))?\s*$"
)
_ADDRESS = re.compile(r"https?://[^\s,;)]+")
_NOT_FOUND = re.compile(r"không tìm thấy|không tồn tại|\b404\b|not found", re.I)
_SHELL = re.compile(r"<div id=[\"']?(?:root|app|__next)\b[^>]*>\s*</div>", re.I)
_TAG = re.compile(rb"<(/?)(?!(?:p|li|td|th|tr|dt|dd|option|br|img|input|meta|link|hr)\b)[a-zA-Z]")
_MANY_TAGS, _SHORTEST_TAG, _DEEPEST = 20_000, 3, 2_000
_PARAGRAPHS_THAT_TELL_THE_EVENT = 3
MUCH_MORE = 2
"""Main text so many times as long as what the usual names of parts gave is taken instead."""


def read_article(page: Page, *, portal: str | None = None, publisher: str = "", area: str = "") -> Article:
    """Read one article page.

    `portal` names its family; without it the page's marks decide, then the usual names of parts, and where these find
    nothing or much less than trafilatura does, its main text (`main_text`).
    `publisher` and `area` are those of the source; a line that cites the article restated here names another
    publisher. `published_at` has +07:00 and is midnight where the page tells the day only.
    Raises UnreadablePage where there is no article to read, ValueError for an unknown portal.
    """
    name = name_page(page)
    if is_challenge(page.body):
        raise UnreadablePage(f"{name}: a bot challenge, not an article; ask the portal for access")
    text, is_utf8 = decode_bytes(page.body, page.content_type, name)
    _refuse_too_deep(page.body, name)
    families = _families(portal, text, page.final_url or page.url)
    for family in families:
        if family.reader:
            parts = find_main_text(text, family)
        else:
            tree = LexborHTMLParser(_source(family, page.body if is_utf8 else text, text, name))
            parts = find_parts(tree, family, page.final_url or page.url)
            if parts and families[0].name == "common" and portal is None:
                family, parts = _longer(family, parts, tree, text)
        if parts:
            return _compose(page, parts, family, publisher, area)
    raise UnreadablePage(f"{name}: {_why_nothing_was_read(text, families[0])}")


def _longer(family: Portal, parts: PageParts, tree: LexborHTMLParser, text: str) -> tuple[Portal, PageParts]:
    """Of a page that no family recognises: what the usual names found, or the main text where that is much longer.

    Asked for only where the page shows enough text for that: it takes a hundred times as long.
    """
    found = text_length(parts)
    if found * MUCH_MORE < visible_length(tree):
        main = find_main_text(text, PORTALS["fallback"])
        if main and text_length(main) > MUCH_MORE * found:
            return PORTALS["fallback"], main
    return family, parts


def _families(portal: str | None, text: str, url: str) -> tuple[Portal, ...]:
    if portal is None:
        recognised = recognise_portal(text, url)
        return (recognised, PORTALS["common"]) if recognised else (PORTALS["common"], PORTALS["fallback"])
    if portal not in PORTALS:
        raise ValueError(f"unknown portal family {portal!r}; known: {', '.join(PORTALS)}")
    return (PORTALS[portal],)


def _source(family: Portal, page: bytes | str, text: str, name: str) -> bytes | str:
    """What is parsed: the page as it is, or the small page that a family makes of its interface's answer."""
    if family.unpack is None:
        return page
    try:
        return family.unpack(text)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadablePage(
            f"{name}: an answer of the interface that {family.label} declares was expected ({error!r}); "
            "ask for the article's address in that interface"
        ) from error


def _refuse_too_deep(body: bytes, name: str) -> None:
    """Parsing takes the square of the nesting's depth, and no honest page nests thousands of elements."""
    if len(body) < _SHORTEST_TAG * _MANY_TAGS or body.count(b"<") < _MANY_TAGS:
        return
    depth = deepest = 0
    for tag in _TAG.finditer(body):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise UnreadablePage(
            f"{name}: its elements are nested more than {_DEEPEST} deep; no article page is, so leave it out"
        )


def _why_nothing_was_read(text: str, family: Portal) -> str:
    if _SHELL.search(text):
        return "the page is an empty shell that JavaScript fills; collect the portal's JSON interface instead"
    if len(text) < 20_000 and _NOT_FOUND.search(unescape(text)):
        return "the page says that there is no such article; take its address out of the list"
    if family.name in ("common", "fallback"):
        return (
            "no portal family recognises the page, no usual name of a part is in it, and no article's text stands "
            "out; an article page was expected: write a declaration in src/reform_figures/portals/ and name it in "
            "sources.toml"
        )
    return (
        f"no headline and text where {family.label} has them; expected {_either(family.title)} and "
        f"{_either(family.body)}: a listing or an error page, or a new layout whose selectors belong into "
        f"src/reform_figures/portals/{family.name}.py"
    )


def _either(selectors: Sequence[str]) -> str:
    return " or ".join(selectors[:3])


def _compose(page: Page, parts: PageParts, family: Portal, publisher: str, area: str) -> Article:
    roles = assign_roles(parts.lines, title=parts.title, lead=parts.lead, authors=parts.authors)
    inside = [Paragraph(role, line.text) for role, line in zip(roles, parts.lines, strict=True) if role]
    _refuse_garbled(inside, name_page(page))
    paragraphs = _surround(inside, parts)
    date_line = _first(paragraphs, "date_line")
    published_at = parts.published_at or read_published(date_line) or read_published(page.listed_at)
    opening = [p.text for p in paragraphs if p.role in ("lead", "body")]
    cited = _read_cited(paragraphs)
    return Article(
        article_id=make_article_id(page.source, page.final_url or page.url),
        source=page.source,
        publisher=cited.publisher or publisher,
        area=area,
        url=page.final_url or page.url,
        cited_url=cited.url,
        cited_title=cited.title,
        title=parts.title,
        published_at=published_at,
        published_precision=_precision(published_at, cited.month),
        event_date=read_event_day(opening[:_PARAGRAPHS_THAT_TELL_THE_EVENT], published_at),
        lead=_first(paragraphs, "lead"),
        author=byline_name(_first(paragraphs, "author")) or name_before_date(date_line),
        paragraphs=tuple(paragraphs),
        page_sha256=hashlib.sha256(page.body).hexdigest(),
        raw_id=page.raw_id,
        portal=family.label,
    )


def _surround(inside: list[Paragraph], parts: PageParts) -> list[Paragraph]:
    """The lines of the body with what the page shows around it: headline, date line and lead before, byline behind.

    What the body says itself is not said twice.
    """
    roles = {p.role for p in inside}
    before = [Paragraph("title", parts.title)]
    if parts.date_line and "date_line" not in roles:
        before.append(Paragraph("date_line", parts.date_line))
    if parts.lead and "lead" not in roles:
        before.append(Paragraph("lead", parts.lead))
    behind = [
        Paragraph("source_line" if is_source_line(author) else "author", author)
        for author in parts.authors
        if not any(same_text(author, p.text) for p in inside)
    ]
    return [*before, *inside, *behind]


def _first(paragraphs: Sequence[Paragraph], role: str) -> str:
    return next((p.text for p in paragraphs if p.role == role), "")


class _Cited(NamedTuple):
    """What source lines tell of the article that a digest restates; '' for what none tells."""

    publisher: str
    title: str
    url: str
    month: tuple[int, int] | None
    """year and month, where they name no day"""


def _read_cited(paragraphs: Sequence[Paragraph]) -> _Cited:
    """The article that a digest restates.

    A bare "Nguồn: X" names where a text was taken from, and leaves the publisher as it is.
    """
    lines = [p.text for p in paragraphs if p.role == "source_line" and len(p.text) <= LONGEST_SOURCE_LINE]
    told = next(filter(None, map(_CITED.match, lines)), None)
    address = next(filter(None, map(_ADDRESS.search, lines)), None)
    url = address[0] if address else ""
    if told is None:
        return _Cited("", "", url, None)
    month = None if told["day"] else (int(told["year"]), int(told["month"]))
    whole = (told["url"] or "").rstrip(",;)")  # an address may hold a comma, which ends one inside a sentence
    return _Cited(told["publisher"], (told["first"] or told["title"] or "").strip(), whole or url, month)


def _precision(published_at: datetime | None, month: tuple[int, int] | None) -> str:
    """How exactly the time of publication is known: a source line that names its month alone knows no day of it."""
    if published_at is None:
        return ""
    return "month" if (published_at.year, published_at.month) == month else "day"


def _refuse_garbled(inside: Sequence[Paragraph], name: str) -> None:
    what = garbled_letters("\n".join(p.text for p in inside))
    if what:
        raise UnreadablePage(
            f"{name}: the text is written in {what}; Unicode was expected, so look for another copy of the article"
        )
