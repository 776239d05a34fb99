"""Where a page keeps headline, date, lead, byline and text: a portal's declaration applied to a parsed page.

In: a parsed page and a `Portal`. Out: `PageParts`, or None where the page has no text of that family. Of "Thứ sáu -
03/02/2023 18:00" (Friday ...) the time is the publication's; "Chiều ngày 10/8/2022" (in the afternoon of
10 August) in the lead is the event's, and never taken for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reform_figures.datelines import ZONE, read_published
from reform_figures.page_lines import Line, clean_text, find_lines, node_text
from reform_figures.portals import Portal
from reform_figures.roles import is_date_line, is_site_name

_LONGEST_LEAD = 1500
_LONGEST_DATE_LINE = 150
_DATES_TO_TRY = 5
_RICH_TEXTS_OF_A_PAGE = 3

ANY_PAGE_DATES = ("[itemprop=datePublished]", 'meta[property="article:published_time"]')
"""Where pages of any family may tell the publication time, asked after the family's own places."""

_LINKED_DATA_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
_SITE_TAIL = re.compile(r"\s+[-–—|»]\s+(?=([^-–—|»]*)$)")


@dataclass(frozen=True, slots=True)
class PageParts:
    """The parts of one article page; texts are single lines, '' where the page has none."""

    title: str
    published_at: datetime | None
    date_line: str
    lead: str
    authors: tuple[str, ...]
    lines: tuple[Line, ...]
    """The lines of the body."""


def find_parts(tree: LexborHTMLParser, portal: Portal, url: str) -> PageParts | None:
    """The parts that a portal's declaration finds; None where there is no body or no headline: a listing, an error
    page, another family."""
    body = _find_body(tree, portal)
    title_node, title = _find_title(tree, portal) if body is not None else (None, "")
    if body is None or title_node is None:
        return None
    lead_node, lead = _find_text(tree, portal.lead, _LONGEST_LEAD)
    published_at, date_line = _find_date(tree, portal)
    if not published_at:
        published_at = _date_in_address(portal, url)
    if not published_at and not date_line:
        published_at, date_line = date_between(tree, title_node, body, lead_node)
    furniture = frozenset(node.mem_id for selector in portal.furniture for node in body.css(selector))
    return PageParts(
        title=title,
        published_at=published_at,
        date_line=date_line,
        lead=lead,
        authors=_find_authors(tree, portal),
        lines=tuple(find_lines(body, furniture)),
    )


def _find_body(tree: LexborHTMLParser, portal: Portal) -> LexborNode | None:
    """The element with most text of those that the first fitting selector finds; many of much the same length are
    the entries of a listing."""
    for selector in portal.body:
        found = [(len(node.text().strip()), node) for node in tree.css(selector)]
        longest, node = max(found, key=lambda pair: pair[0], default=(0, None))
        is_listing = len(found) > _RICH_TEXTS_OF_A_PAGE and longest < sum(length for length, _ in found) / 2
        if longest and not is_listing:
            return node
    return None


def _find_title(tree: LexborHTMLParser, portal: Portal) -> tuple[LexborNode | None, str]:
    for selector in portal.title:
        node = tree.css_first(selector)
        if node is None:
            continue
        text = clean_text(node.attributes.get("content") or "") if node.tag == "meta" else node_text(node)
        if node.tag == "title":
            text = cut_site_name(text)
        if text:
            return node, text
    return None, ""


def cut_site_name(title: str) -> str:
    """A page's `title` without the site's name behind its last dash; another dash is the headline's own."""
    tail = _SITE_TAIL.search(title)
    return title[: tail.start()] if tail and is_site_name(tail[1]) else title


def _find_text(tree: LexborHTMLParser, selectors: tuple[str, ...], longest: int) -> tuple[LexborNode | None, str]:
    for selector in selectors:
        node = tree.css_first(selector)
        text = node_text(node) if node is not None else ""
        if 0 < len(text) <= longest:
            return node, text
    return None, ""


def _find_authors(tree: LexborHTMLParser, portal: Portal) -> tuple[str, ...]:
    for selector in portal.author:
        texts = tuple(filter(None, map(node_text, tree.css(selector))))
        if texts:
            return texts
    return ()


def _find_date(tree: LexborHTMLParser, portal: Portal) -> tuple[datetime | None, str]:
    """The first place that tells a date, and the first date that readers see, as they see it."""
    month_first = is_english(tree)
    published_at, date_line = None, ""
    for selector in portal.date:
        for node in tree.css(selector)[:_DATES_TO_TRY]:
            text = node_text(node)
            told = date_of(node, text, month_first)
            published_at = published_at or told
            if told and len(text) <= _LONGEST_DATE_LINE and not re.match(r"\d{4}-\d\d-\d\d", text):
                return published_at, text
    for selector in () if published_at else ANY_PAGE_DATES:
        first = tree.css_first(selector)
        published_at = published_at or (date_of(first, "", False) if first is not None else None)
    return published_at or _date_in_linked_data(tree), date_line


def date_of(node: LexborNode, text: str, month_first: bool) -> datetime | None:
    """Time that an element tells: in an attribute `datetime` or `content`, else in its text."""
    attributes = node.attributes
    # VCCorp's "2 giờ trước" (two hours ago) tells its time in the title
    for value in (attributes.get("datetime"), attributes.get("content"), text or node.text(), attributes.get("title")):
        moment = read_published(value, month_first) if value else None
        if moment:
            return moment
    return None


def is_english(tree: LexborHTMLParser) -> bool:
    """Whether the page is set in English, so that a date with AM or PM has the month first."""
    html = tree.css_first("html")
    return html is not None and (html.attributes.get("lang") or "").lower().startswith("en")


def _date_in_linked_data(tree: LexborHTMLParser) -> datetime | None:
    for script in tree.css('script[type="application/ld+json"]'):
        match = _LINKED_DATA_DATE.search(script.text())
        if match:
            return read_published(match[1])
    return None


def _date_in_address(portal: Portal, url: str) -> datetime | None:
    match = re.search(portal.address_date, url) if portal.address_date else None
    if not match:
        return None
    parts = {name: int(value) for name, value in match.groupdict().items() if value}
    parts["year"] += 2000 if parts["year"] < 100 else 0
    try:
        return datetime(**parts, tzinfo=ZONE)
    except ValueError:
        return None


def date_between(
    tree: LexborHTMLParser, title: LexborNode, body: LexborNode, lead: LexborNode | None
) -> tuple[datetime | None, str]:
    """A date line between headline and text, outside the lead."""
    stop = {body.mem_id} | ({lead.mem_id} if lead is not None else set())
    begun = False
    for node in tree.root.traverse(include_text=True, skip_empty=True) if tree.root is not None else ():
        if node.mem_id == title.mem_id:
            begun = True
        elif begun and node.mem_id in stop:
            break
        elif begun and node.tag == "-text":
            text = clean_text(node.text_content or "")
            if is_date_line(text):
                return read_published(text), text
    return None, ""
