"""An article on a page of no known family: trafilatura tells the main text, the page itself everything else.

In: a page's text and the declaration `fallback`. Out: `PageParts`, or None where there is no article. The lines stay
those of the page, in order and letter for letter; a box of links between them ("Tin cùng chuyên mục", news of the same
section) is furniture, not lost. The date is one that the page marks as its own, or a line between
headline and text; "Hôm nay, 29/11/2026" (today) in the page's head is none. Nothing is guessed.
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reform_figures.datelines import read_published
from reform_figures.page_lines import (
    AUTHOR,
    FURNITURE,
    ITEM,
    LINK,
    PICTURE,
    RIGHT,
    ROW,
    Line,
    clean_text,
    find_lines,
    node_text,
)
from reform_figures.page_parts import PageParts, cut_site_name, date_between, date_of, is_english
from reform_figures.portals import Portal
from reform_figures.roles import is_site_name, same_text

_WORTH_COUNTING = 20
_MOST_OF_IT = 0.8
_SHORTEST_ARTICLE = 150
_LONGEST_TITLE = 300
"""In letters: of a text that counts for finding the body; of an article; of a headline."""

_CLOSING = '"”’)]'
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";")
_BLOCKS = "div, section, aside, ul, ol, table, p, blockquote, figure"
_ASIDE = frozenset(("aside", "footer", "nav", "li"))
_ARTICLE_TYPES = re.compile(r"Article$|^BlogPosting$|^Report$")
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')


def find_main_text(page: str, portal: Portal) -> PageParts | None:
    """The parts of an article page; None where no headline, no text or too little of it is found."""
    kept = _letters(_extract(page))
    if len(kept) < _SHORTEST_ARTICLE:
        return None
    tree = LexborHTMLParser(page)
    lines, first = _find_body(tree, kept)
    lines = _cut(lines, kept)
    title, node = _find_title(tree, first)
    if not title or not _is_prose(lines):
        return None
    published_at = _marked_date(tree, portal, title)
    date_line = ""
    if node is not None:
        told, date_line = date_between(tree, node, first, None)
        published_at = published_at or _time_between(tree, node, first) or told
    return PageParts(title, published_at, date_line, "", (), tuple(lines))


def text_length(parts: PageParts) -> int:
    """Letters of the article itself, without what is furniture."""
    return sum(len(line.text) for line in parts.lines if not line.marks & (FURNITURE | PICTURE))


def visible_length(tree: LexborHTMLParser) -> int:
    """Letters that the page shows in all: no reading of it can give more."""
    return sum(len(line.text) for line in find_lines(tree.body)) if tree.body is not None else 0


def _extract(page: str) -> str:
    """Main text in trafilatura's default mode; its `fast` mode lost half of the figures, its dates were wrong."""
    import trafilatura  # a tenth of a second that only pages of no family cost

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # a page without text is no event for stderr
    return trafilatura.extract(page, output_format="txt", include_comments=False, include_tables=True) or ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text).casefold()))


def _find_body(tree: LexborHTMLParser, kept: str) -> tuple[list[Line], LexborNode | None]:
    """The lines of the smallest element with most of the main text in it, and the first node of that text."""
    weights, first = _weigh(tree, kept, _WORTH_COUNTING)
    if sum(weights.values()) == 0:
        weights, first = _weigh(tree, kept, 1)  # mark-up around every word
    if first is None:
        return [], None
    body = tree.body
    enough = _MOST_OF_IT * weights.get(body.mem_id, 0)
    while inner := next((c for c in body.iter() if weights.get(c.mem_id, 0) >= enough), None):
        if inner.tag in ("p", "span", "font", "b", "strong"):
            break
        body = inner
    boxes = frozenset(n.mem_id for n in body.css(_BLOCKS) if not weights.get(n.mem_id) and _is_mostly_links(n))
    return find_lines(body, boxes), first


def _weigh(tree: LexborHTMLParser, kept: str, shortest: int) -> tuple[dict[int, int], LexborNode | None]:
    """Letters of the main text inside each element, by `mem_id`, counting texts of so many letters or more."""
    weights: dict[int, int] = {}
    first = None
    for node in tree.body.traverse(include_text=True, skip_empty=True) if tree.body is not None else ():
        above = node.parent
        if node.tag != "-text" or above is None or above.tag in ("script", "style", "h1", "a"):
            continue
        letters = _letters(node.text_content or "")
        if len(letters) < shortest or letters not in kept:
            continue
        first = first or node
        while above is not None:
            weights[above.mem_id] = weights.get(above.mem_id, 0) + len(letters)
            above = above.parent
    return weights, first


def _is_mostly_links(node: LexborNode) -> bool:
    linked = sum(len(link.text()) for link in node.css("a[href]"))
    return linked > 0 and 2 * linked >= len(node.text())


def _cut(lines: list[Line], kept: str) -> list[Line]:
    """From the first line of the main text to its last, and the table, list or byline that follows directly.

    trafilatura passes over headings and lists too, so what it left out between stays what it is.
    """
    is_kept = [bool(letters := _letters(line.text)) and letters in kept and not line.marks & PICTURE for line in lines]
    if True not in is_kept:
        return []
    start, end = is_kept.index(True), len(lines) - is_kept[::-1].index(True)
    while end < len(lines) and lines[end].marks & (ROW | ITEM | RIGHT | AUTHOR) and not lines[end].marks & LINK:
        end += 1
    return lines[start:end]


def _is_prose(lines: Iterable[Line]) -> bool:
    """Whether sentences make most of a text: the headlines of a listing end without a full stop."""
    texts = [line.text for line in lines if not line.marks & (PICTURE | FURNITURE)]
    sentences = [text for text in texts if len(text) >= 40 and _is_sentence(text)]
    return sum(map(len, sentences)) >= max(sum(map(len, texts)) / 3, _SHORTEST_ARTICLE)


def _is_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS) and any(map(str.isalnum, text))


def _find_title(tree: LexborHTMLParser, first: LexborNode | None) -> tuple[str, LexborNode | None]:
    """Headline, and the element that shows it before the text (None where none does).

    What the page says of itself (og:title, title) tells which h1 is the article's and which the site's.
    """
    said = [text for selector in ('meta[property="og:title"]', "title") if (text := _said(tree, selector))]
    shown = [(text, node) for node in tree.css("h1") if 0 < len(text := node_text(node)) <= _LONGEST_TITLE]
    matching = [h1 for h1 in shown if any(same_text(h1[0], one) or one.startswith(h1[0]) for one in said)]
    headlines = [h1 for h1 in shown if not is_site_name(h1[0])]  # also cuts "Bộ ..." (the Ministry ...), so asked last
    if matching:
        return matching[-1]
    for node in tree.css("h2, h3, h4, [class*=title], [class*=tieu]") if said else ():
        if same_text(node_text(node), said[0]):
            return said[0], node
    if len(headlines) == 1:
        return headlines[0]
    if said and not is_site_name(said[0]):
        return said[0], None
    return shown[0] if said and len(shown) == 1 else ("", None)


def _said(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    if node is None:
        return ""
    return cut_site_name(clean_text(node.attributes.get("content") or "") or node_text(node))


def _marked_date(tree: LexborHTMLParser, portal: Portal, title: str) -> datetime | None:
    """The publication that the page marks as its own; None where marks outside lists and asides contradict."""
    for selector in portal.date:
        told = {date_of(node, "", is_english(tree)) for node in tree.css(selector) if not _is_aside(node)} - {None}
        if len(told) == 1:
            return told.pop()
    return _linked_date(tree, title)


def _linked_date(tree: LexborHTMLParser, title: str) -> datetime | None:
    """`datePublished` in JSON-LD: of the one article there, or of the one with this headline."""
    articles: list[tuple[str, str]] = []
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            articles += _linked_articles(json.loads(script.text()))
        except (ValueError, RecursionError):
            articles += [("", date) for date in _LINKED_DATE.findall(script.text())]
    dates = {date for _, date in articles}
    if len(dates) > 1:
        dates = {date for headline, date in articles if same_text(headline, title)}
    return read_published(dates.pop()) if len(dates) == 1 else None


def _linked_articles(data: object) -> Iterator[tuple[str, str]]:
    waiting = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            date = item.get("datePublished")
            if isinstance(date, str) and any(isinstance(k, str) and _ARTICLE_TYPES.search(k) for k in kinds):
                yield str(item.get("headline") or ""), date
            waiting.extend(value for value in item.values() if isinstance(value, list | dict))


def _time_between(tree: LexborHTMLParser, title: LexborNode, first: LexborNode) -> datetime | None:
    """The first `time` element between headline and text."""
    begun = False
    for node in tree.root.traverse(include_text=True, skip_empty=True):
        if node.mem_id == title.mem_id:
            begun = True
        elif begun and node.mem_id == first.mem_id:
            return None
        elif begun and node.tag == "time" and not _is_aside(node):
            moment = date_of(node, node_text(node), is_english(tree))
            if moment:
                return moment
    return None


def _is_aside(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in _ASIDE:
            return True
        above = above.parent
    return False
