"""Lists that are meant for people: page after page of headlines, as a reader clicks through them.

In: the start page of a list, the family's `Listing`, and a function that fetches. Out: `Listed` articles in order.
A reader would open "Tin tức" (news), note the headlines, click "Trang sau" (next page), and stop where nothing new
comes: page after page is asked for until one brings no address that the pages before it had not, leads back to a page
already seen, is not there, or holds nothing but articles older than the first day asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from reform_figures.collecting.addresses import clean_address, numbered_address
from reform_figures.collecting.answers import EMPTY
from reform_figures.collecting.failures import FetchFailed
from reform_figures.collecting.listed import Discovery, Listed, Wanted
from reform_figures.collecting.machine_lists import LONGEST_LEAD, MOST_PAGES, PAST_THE_END, feed_items, read_moment
from reform_figures.page_lines import clean_text
from reform_figures.portals.listing import Listing
from reform_figures.roles import is_date_line

HIGHEST = 8
"""Elements that are climbed from a headline to the block of its item."""
MOST_FEEDS = 2
"""Announced on a page; blogs announce one for each comment, too."""
LONGEST_ITEM = 3000
"""Characters of text in one item of a list; what holds more is no item."""


class SeenBefore(Exception):  # noqa: N818
    """A redirect leads to an address that was already asked for."""


def walk_pages(start: str, listing: Listing, fetch, found: Discovery, wanted: Wanted) -> Iterator[Listed]:
    """Items of page 1, 2, ... of a listing. A page that fails is noted in `found.failed` and ends the walk."""
    seen_pages, seen_links = {start}, set()
    address, form = start, None
    for number in range(1, MOST_PAGES + 1):
        try:
            page = fetch(address, "listing", form=form, seen=frozenset(seen_pages) if number > 1 and not form else ())
        except SeenBefore:
            return
        except FetchFailed as failed:
            if number == 1 or (failed.status not in PAST_THE_END and failed.reason != EMPTY):
                found.failed.append(failed)
            return
        seen_pages |= {address, page.final_url}
        start = page.final_url if number == 1 else start
        soup = parse_html(page)
        next_page = _next_page(soup, page.final_url, start, listing, number + 1, seen_pages)
        items = [item for item in page_items(soup, page.final_url, listing) if item.address not in seen_links]
        if not items:
            return
        seen_links.update(item.address for item in items)
        yield from items
        if number == 1 and not listing.feeds:
            yield from _announced_feeds(soup, page.final_url, fetch)
        if next_page is None or all(map(wanted.is_over, items)):
            return
        address, form = next_page
    found.failed.append(FetchFailed(start, f"the list has more than {MOST_PAGES} pages; the rest was not asked for"))


def parse_html(page) -> BeautifulSoup:
    """The page as a tree; the charset of the header goes before that of the page, as browsers do it."""
    declared = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", page.content_type, re.I)
    return BeautifulSoup(page.body, "lxml", from_encoding=declared[1] if declared else None)


def page_items(soup: BeautifulSoup, base: str, listing: Listing) -> list[Listed]:
    """Items of a listing page, each with what its block tells. Takes what is dropped out of the tree."""
    for part in soup.select(listing.drop) if listing.drop else ():
        part.extract()
    base = _document_base(soup, base)
    links: list[tuple[Tag, str]] = []
    for item in soup.select(listing.items):
        link = item if item.name == "a" else item.select_one("a[href]")
        address = clean_address(base, link.get("href", "")) if link else ""
        if address:
            links.append((link, address))
    holds = _addresses_held(links)
    return [_describe(link, address, holds) for link, address in links]


def _addresses_held(links: list[tuple[Tag, str]]) -> Counter[int]:
    """How many different articles each element around the links holds, by the element's id()."""
    held = Counter()
    known: set[tuple[int, str]] = set()
    for link, address in links:
        for height, element in enumerate(link.parents):
            if height >= HIGHEST or (id(element), address) in known:
                break
            known.add((id(element), address))
            held[id(element)] += 1
    return held


def _describe(link: Tag, address: str, held: Counter[int]) -> Listed:
    """The item around a link: the largest element that holds no other article."""
    block = link
    for height, element in enumerate(link.parents):
        if height >= HIGHEST or held[id(element)] != 1 or element.name in ("body", "html", "[document]"):
            break
        block = element
    title = clean_text(link.get("title") or "") or clean_text(link.get_text(" "))
    texts = [clean_text(text) for text in block.stripped_strings] if block is not link else []
    if sum(map(len, texts)) > LONGEST_ITEM:
        texts = []
    lead = max((t for t in texts if t != title and t not in title), key=len, default="")
    return Listed(address, title, lead[:LONGEST_LEAD] if len(lead) > 40 else "", _item_time(block, texts))


def _item_time(block: Tag, texts: list[str]) -> str:
    """The time that an item shows: of a `time` element, else of a text that is nothing but a date line."""
    stamped = block.find("time", datetime=True)
    if stamped is not None and (moment := read_moment(stamped["datetime"])):
        return moment
    for text in texts:
        if is_date_line(text.strip(" ()[]|-–")) and (moment := read_moment(text)):
            return moment
    return ""


def _announced_feeds(soup: BeautifulSoup, base: str, fetch) -> Iterator[Listed]:
    """Items of the feeds that a page announces; one that cannot be read is passed over."""
    announced = soup.select('link[rel~=alternate][type*="rss"][href], link[rel~=alternate][type*="atom"][href]')
    addresses = dict.fromkeys(clean_address(base, link["href"]) for link in announced)
    for address in list(filter(None, addresses))[:MOST_FEEDS]:
        with suppress(FetchFailed):
            yield from feed_items(fetch(address, "feed"))


def _document_base(soup: BeautifulSoup, base: str) -> str:
    tag = soup.select_one("head base[href]")
    return urljoin(base, tag["href"]) if tag else base


def _next_page(soup, here: str, start: str, listing: Listing, number: int, seen: set[str]):
    """Address and form of the next page, None where the page shows none: by its link, its form, or its number."""
    base = _document_base(soup, here)
    if listing.next_link:
        links = soup.select(listing.next_link.replace("{n}", str(number)))
        for address in (clean_address(base, link.get("href", "")) for link in links):
            if address and address not in seen:
                return address, None
    if listing.postback and (form := _postback(soup, number)):
        return clean_address(here, soup.select_one("form").get("action", "")), form
    addresses = [numbered_address(start, template, number, listing.page_size) for template in listing.next_pages]
    if len(addresses) > 1:
        linked = {clean_address(base, link["href"]) for link in soup.select("a[href], link[rel=next][href]")}
        addresses = [address for address in addresses if address in linked] or addresses
    return (addresses[0], None) if addresses else None


def _postback(soup: BeautifulSoup, number: int) -> dict[str, str] | None:
    """The form that a WebForms pager sends for a page, None where the pager has no link to it."""
    for link in soup.select('a[href*="__doPostBack"]'):
        call = re.search(r"__doPostBack\('([^']*)','([^']*)'\)", link["href"])
        by_text = call and call[2] in ("", str(number)) and link.get_text(strip=True) == str(number)
        if call and (call[2] == f"Page${number}" or by_text):
            fields = {i["name"]: i.get("value", "") for i in soup.select("form input[type=hidden][name]")}
            return {**fields, "__EVENTTARGET": call[1], "__EVENTARGUMENT": call[2]}
    return None
