"""From one page of a new portal to a drafted entry of `sources.toml`, and to what a person should look at.

In: a `Page`. Out: a `Draft`: which family, article or listing, publisher, area, sections ("Tin tức - Sự kiện", news and
events), what was read. Nothing is decided here that a person could not correct: what was not found stays empty and is
marked, and `verified` stays "never" until somebody has compared the review with the page.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from reform_figures.article_ids import ascii_slug
from reform_figures.collecting.addresses import clean_address, is_article
from reform_figures.collecting.page_lists import page_items, parse_html
from reform_figures.collecting.sources import Source
from reform_figures.decoding import decode_page
from reform_figures.page_lines import clean_text, node_text
from reform_figures.portals import PORTALS, Portal, recognise_portal
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Article, Page
from reform_figures.roles import is_site_name
from reform_figures.vocabulary import load_rows

ENOUGH_ITEMS = 3
"""Links to articles, from which on a page without an article is a listing."""
SHORT_TEXT = 400
"""Letters: with less beside its links, a page is a listing with a footer, not an article with related news."""
MOST_SECTIONS = 12
_LONGEST_SECTION = 60
_LONGEST_SHOWN = 200
_TO_FILL_IN = "TO FILL IN"
_WORDS = re.compile(r"[^\W_]+")
_TAIL = re.compile(r"\s+[-–—|»]\s+")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one page tells of its portal; '' and () for what it does not tell."""

    name: str
    address: str
    """Of the portal, ending in "/"."""
    url: str
    family: str
    """Name of the declaration that recognises the page, '' where none does."""
    kind: str
    """article, listing or neither."""
    publisher: str
    area: str
    article: Article | None
    why_no_article: str
    items: tuple[str, ...]
    """Addresses of articles that the page links to, as the family's listing finds them."""
    sections: tuple[tuple[str, str], ...]
    """(address relative to the portal, words of the link) of what look like lists of news, reform first."""


def draft_source(page: Page, name: str = "") -> Draft:
    """Look at a page as far as a program can. Raises UnreadablePage where it is no text at all."""
    text = decode_page(page)
    url = page.final_url or page.url
    family = recognise_portal(text, url)
    parts = urlsplit(url)
    address = f"{parts.scheme}://{parts.netloc}/"
    try:
        article, why = read_article(page), ""
    except UnreadablePage as unreadable:
        article, why = None, str(unreadable)
    page = replace(page, url=url)
    items = _items(page, address, family.name if family else "fallback")
    if len(items) < ENOUGH_ITEMS and (article is None or _told_length(article) < SHORT_TEXT):
        family, items = _family_by_list(page, address) or (family, items)
    if article and len(items) >= ENOUGH_ITEMS and _told_length(article) < SHORT_TEXT:
        article, why = None, f"{url}: next to no text beside the links"
    kind = "article" if article else "listing" if len(items) >= ENOUGH_ITEMS else "neither"
    tree = LexborHTMLParser(text)
    publisher = _publisher(tree)
    return Draft(
        name=name or name_source(parts.hostname or ""),
        address=address,
        url=url,
        family=family.name if family else "",
        kind=kind,
        publisher=publisher,
        area=guess_area(publisher, parts.hostname or ""),
        article=article,
        why_no_article=why,
        items=items,
        sections=_sections(tree, address, url),
    )


def name_source(host: str) -> str:
    """A name for sources.toml from a host: "www.sonoivu.haugiang.gov.vn" is `sonoivu-haugiang`."""
    labels = re.sub(r"^www\.|(?:\.gov|\.com|\.org|\.practice)?\.[a-z]+$", "", host)
    return ascii_slug(labels) or "new-source"


def guess_area(publisher: str, host: str) -> str:
    """Home area where the publisher's name, else the host, names one province or ministry; '' where none or several."""
    words = _spaced(publisher)
    provinces = {
        row["code"]
        for row in load_rows("provinces")
        for form in (row["name"], *filter(None, row["other_names"].split(";")))
        if _spaced(form) in words
    }
    if len(provinces) == 1:
        return provinces.pop()
    bodies = {row["area"] for row in load_rows("bodies") if _spaced(row["form"]) in words}
    if len(bodies) == 1 and not provinces:
        return bodies.pop()
    labels = host.split(".")
    by_host = {row["code"] for row in load_rows("provinces") if ascii_slug(row["name"]).replace("-", "") in labels}
    return by_host.pop() if len(by_host) == 1 and not (provinces or bodies) else ""


def _spaced(text: str) -> str:
    """Words in small letters with a space around each, so that names are found whole."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def _family_by_list(page: Page, address: str) -> tuple[Portal, tuple[str, ...]] | None:
    """The family that finds most articles on a page: lists of related families may share every other mark."""
    found = {
        name: _items(page, address, name)
        for name, portal in PORTALS.items()
        if portal.listing and portal.listing.article
    }
    best = max(found, key=lambda name: len(found[name]))
    return (PORTALS[best], found[best]) if len(found[best]) >= ENOUGH_ITEMS else None


def _told_length(article: Article) -> int:
    return sum(len(p.text) for p in article.paragraphs if p.role in ("lead", "body", "list_item", "table_row"))


def _items(page: Page, address: str, family: str) -> tuple[str, ...]:
    listing = PORTALS[family].listing
    if listing is None:
        return ()
    source = Source(name="x", publisher="x", address=address, portal=family)
    found = page_items(parse_html(page), page.url, listing)
    return tuple(dict.fromkeys(i.address for i in found if is_article(i.address, source, listing)))


def _publisher(tree: LexborHTMLParser) -> str:
    """The site's name: og:site_name, else the end (or start) of the title that reads like one."""
    for selector in ('meta[property="og:site_name"]', 'meta[name="application-name"]'):
        node = tree.css_first(selector)
        if node is not None and (told := clean_text(node.attributes.get("content") or "")):
            return told
    title = tree.css_first("title")
    parts = _TAIL.split(node_text(title)) if title is not None else []
    sections = {form for _, form in _section_forms()}
    likely = [part for part in (*reversed(parts[1:]), *parts[:1]) if is_site_name(part) and "." not in part]
    return next((part for part in likely if part.casefold() not in sections), "")


def _section_forms() -> list[tuple[str, str]]:
    """(reform or news, words in small letters) of sections, as links name them."""
    return [(row["where"], row["form"].casefold()) for row in load_rows("page_words") if row["role"] == "section"]


def _sections(tree: LexborHTMLParser, address: str, url: str) -> tuple[tuple[str, str], ...]:
    """Links with words of a section of news or reform, on the same host; those on reform come first."""
    forms = _section_forms()
    found: dict[str, tuple[bool, str]] = {}
    for link in tree.css("a[href]"):
        words = node_text(link)
        if not 0 < len(words) <= _LONGEST_SECTION:
            continue
        kinds = {where for where, form in forms if words.casefold().startswith(form)}
        target = clean_address(url, link.attributes.get("href") or "")
        if kinds and target.startswith(address) and target not in (address, url):
            found.setdefault(target.removeprefix(address), ("reform" not in kinds, words))
    ordered = sorted(found.items(), key=lambda item: item[1][0])
    return tuple((target, words) for target, (_, words) in ordered[:MOST_SECTIONS])


# --- what a person gets to see ---------------------------------------------------------------------------------


def write_entry(draft: Draft) -> str:
    """The table for sources.toml; right as it stands, with a comment wherever a person has to look or fill in."""
    fill = "    # not told by the page: fill in"
    start = draft.url.removeprefix(draft.address) if draft.kind == "listing" else ""
    start = start or next((target for target, _ in draft.sections), "")
    lines = [
        f"[{draft.name}]",
        'group = ""                                # ministries, government, provinces or newspapers',
        f"publisher = {_quoted(draft.publisher or _TO_FILL_IN)}{'' if draft.publisher else fill}",
        f"publisher_en = {_quoted(_TO_FILL_IN)}",
        f"area = {_quoted(draft.area)}" + ("    # guessed from the names: check" if draft.area else fill),
        'language = "vi"',
        f"address = {_quoted(draft.address)}",
        f"portal = {_quoted(draft.family if _can_list(draft.family) else 'fallback')}",
        f"listing = [{_quoted(start)}]" + ("" if start else "    # no section found: the front page"),
        *(f"#   perhaps: {_quoted(target)}    # {_seen(words)}" for target, words in draft.sections if target != start),
        "delay_seconds = 2",
        "timeout_seconds = 60",
        f"expected_minimum = {max(1, min(20, len(draft.items)))}",
        'coverage = "2020-2023"',
        'verified = "never"    # "page" once the review below is right, "live" once scripts/collect.py has worked',
    ]
    return "\n".join(lines) + "\n"


def write_review(draft: Draft) -> str:
    """What was read, line by line, for a person to compare with the page."""
    lines = [f"review of {draft.url}", f"family: {draft.family or 'not recognised'}", f"kind: {draft.kind}"]
    if draft.article:
        lines += _article_lines(draft.article)
    elif draft.kind == "listing":
        lines += [f"articles linked: {len(draft.items)}", f"first: {draft.items[0]}", f"last: {draft.items[-1]}"]
    else:
        lines += [f"articles linked: {len(draft.items)}", f"why: {draft.why_no_article}"]
    return "\n".join(lines) + "\n"


def _article_lines(article: Article) -> list[str]:
    told = [p.text for p in article.paragraphs if p.role in ("lead", "body", "list_item", "table_row", "heading")]
    roles = Counter(p.role for p in article.paragraphs)
    parts = {"date": article.published_at, "lead": article.lead, "author": article.author}
    missing = [part for part, value in parts.items() if not value]
    return [
        f"read by: {article.portal}",
        f"title: {article.title}",
        f"date: {article.published_at.isoformat() if article.published_at else ''}",
        f"lead: {shorten(article.lead)}",
        f"author: {article.author}",
        f"first paragraph: {shorten(told[0]) if told else ''}",
        f"last paragraph: {shorten(told[-1]) if told else ''}",
        f"paragraphs: {len(article.paragraphs)} ({', '.join(f'{role} {n}' for role, n in roles.items())})",
        f"missing: {', '.join(missing) or 'nothing'}",
    ]


def shorten(text: str) -> str:
    """Both ends of a long text: enough to find it on the page."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN // 2]} ... {text[-_LONGEST_SHOWN // 2 :]}"


def next_steps(draft: Draft) -> str:
    """What to do with the draft, in one or two sentences."""
    if draft.kind == "neither":
        return (
            "Neither an article nor a list of articles was found: give the address of one article, or of a section; if "
            "a browser shows text there, JavaScript fills the page, and the portal's JSON interface is what to declare."
        )
    if not draft.family:
        return (
            "No family recognises the page, so the entry says fallback: headline and date by the page's own marks, "
            "text by trafilatura, one page of each list. For more, copy src/reform_figures/portals/plone.py to a file "
            "of the new family, put in what this page shows, name it in portals/__init__.py, and run this again."
        )
    other = "an article" if draft.kind == "listing" else "a section"
    return f"Compare the review with the page; then run this on {other} of the portal, too, and add the entry."


def _can_list(family: str) -> bool:
    return family in PORTALS and PORTALS[family].listing is not None


def _quoted(text: str) -> str:
    """A TOML string; what cannot be seen is left out."""
    return json.dumps(_seen(text), ensure_ascii=False)


def _seen(text: str) -> str:
    return "".join(filter(str.isprintable, text))
