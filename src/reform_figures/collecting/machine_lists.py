"""Lists that are meant for machines: JSON interfaces, feeds, sitemaps.

In: a source's start page, its family's `Listing`, and a function that fetches. Out: `Listed` articles in order.
A feed tells headline, lead and time of each article ("Thứ sáu, 03/02/2023" as `Fri, 03 Feb 2023 11:00:00 GMT`), a
sitemap hardly more than addresses.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO

from bs4 import BeautifulSoup
from lxml import etree

from reform_figures.collecting.addresses import clean_address, numbered_address, stem_of
from reform_figures.collecting.failures import FetchFailed
from reform_figures.collecting.fetching import LARGEST_ANSWER
from reform_figures.collecting.listed import Discovery, Listed, Wanted
from reform_figures.datelines import ZONE, read_published
from reform_figures.portals.listing import Api, Listing

PAST_THE_END = (400, 404, 410)
MOST_PAGES = 2000
"""Of one list: a calendar or a random "related" block can go on for ever."""
MOST_SITEMAPS = 500
"""Of one portal; the standard allows an index 50,000."""
LONGEST_LEAD = 1000
"""Characters of a feed's description that are looked at: some hold the whole article."""


# --- feeds -----------------------------------------------------------------------------------------------------


def walk_feeds(start: str, listing: Listing, fetch) -> Iterator[Listed]:
    """Items of the feeds. One that is not there, or is none, is passed over: the pages list the same articles."""
    section = stem_of(start) or "home"
    for template in listing.feeds:
        try:
            answer = fetch(clean_address(start, template.replace("{section}", section)), "feed")
        except FetchFailed:
            continue
        yield from feed_items(answer)


def feed_items(answer) -> list[Listed]:
    """Items of an RSS (0.9 to 2.0) or Atom feed; none where the answer is no XML."""
    root = _parse_xml(answer.body)
    items = []
    for item in root.iter("{*}item", "{*}entry") if root is not None else ():
        address = _item_address(item, answer.final_url)
        if address:
            told = {etree.QName(child).localname: child for child in item.iterchildren("{*}*")}
            items.append(
                Listed(
                    address,
                    title=_words(told.get("title")),
                    lead=_words(told.get("description", told.get("summary"))),
                    listed_at=_feed_time(told),
                )
            )
    return items


def _item_address(item, base: str) -> str:
    for link in item.iterchildren("{*}link"):
        if link.get("rel", "alternate") == "alternate":
            return clean_address(base, link.get("href") or link.text or "")
    return ""


def _feed_time(told: dict) -> str:
    for name in ("pubDate", "date", "published", "issued"):
        if name in told and (moment := read_moment(told[name].text or "")):
            return moment
    return ""


def _words(element) -> str:
    """Text of an element without mark-up, which feeds escape once more; one line."""
    return _plain("".join(element.itertext()) if element is not None else "")[:LONGEST_LEAD]


def _plain(text: str) -> str:
    """A text without mark-up and entities, on one line."""
    if "<" in text or "&" in text:
        text = BeautifulSoup(text, "lxml").get_text(" ")
    return " ".join(text.split())


def read_moment(text: str) -> str:
    """A time in one of the forms of lists (ISO 8601, RFC 2822, Vietnamese) as ISO 8601 at +07:00; '' for none.

    A time without a zone is Vietnam's, a day alone stays a day.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text if _is_day(text) else ""
    try:
        moment = parsedate_to_datetime(text) if "," in text[:5] else datetime.fromisoformat(text)
    except (ValueError, IndexError, TypeError):
        moment = read_published(text)
    if moment is None:
        return ""
    try:
        return (moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)).isoformat(timespec="seconds")
    except (OverflowError, ValueError):
        return ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


# --- sitemaps --------------------------------------------------------------------------------------------------


def walk_sitemaps(starts: Iterable[str], fetch, wanted: Wanted, found: Discovery) -> Iterator[Listed]:
    """Entries of sitemaps and of those that their indexes name; an index entry last changed too early is passed over.

    One that is not there is passed over; one that fails otherwise is noted in `found.failed`.
    """
    waiting, seen = list(starts), set()
    while waiting and len(seen) < MOST_SITEMAPS:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        try:
            answer = fetch(address, "sitemap")
        except FetchFailed as failed:
            if failed.status not in PAST_THE_END:
                found.failed.append(failed)
            continue
        children, entries = sitemap_entries(answer)
        waiting += [child.address for child in children if wanted.since is None or wanted.wants(_as_changed(child))]
        yield from entries
    if waiting:
        found.failed.append(FetchFailed(waiting[0], f"is one sitemap more than {MOST_SITEMAPS}; it was not asked for"))


def _as_changed(child: Listed) -> Listed:
    return Listed("", modified_at=child.modified_at)


def sitemap_entries(answer) -> tuple[list[Listed], list[Listed]]:
    """Sitemaps that an index names, and pages that a sitemap names; gzip is undone. Both empty where it is no XML."""
    root = _parse_xml(unzip(answer.body))
    children, entries = [], []
    for entry in root.iter("{*}sitemap", "{*}url") if root is not None else ():
        told = {etree.QName(e).localname: (e.text or "").strip() for e in entry.iterdescendants("{*}*")}
        address = clean_address(answer.final_url, told.get("loc", ""))
        if not address:
            continue
        listed = Listed(
            address,
            title=told.get("title", ""),
            listed_at=read_moment(told.get("publication_date", "")),
            modified_at=read_moment(told.get("lastmod", "")),
        )
        (children if etree.QName(entry).localname == "sitemap" else entries).append(listed)
    return children, entries


def unzip(body: bytes) -> bytes:
    """The body without gzip, where it has any; cut at the size of the largest answer. b'' where it is damaged."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=BytesIO(body)) as file:
            return file.read(LARGEST_ANSWER)
    except (OSError, EOFError, zlib.error):
        return b""


def _parse_xml(body: bytes):
    """Root of an XML document read leniently, without entities or network; None where it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


# --- JSON interfaces -------------------------------------------------------------------------------------------


def walk_api(base: str, api: Api, fetch, wanted: Wanted) -> Iterator[Listed]:
    """Articles of a JSON interface, page after page. Raises FetchFailed where it does not answer as declared."""
    seen: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        try:
            answer = fetch(numbered_address(base, api.address, number, api.page_size), "api")
        except FetchFailed as failed:
            if number > 1 and failed.status in PAST_THE_END:
                return
            raise
        items = _api_items(answer, api)
        listed = [one for item in items if (one := _api_listed(item, api, answer)) and one.address not in seen]
        seen.update(one.address for one in listed)
        yield from listed
        if not listed or len(items) < api.page_size or all(map(wanted.is_over, listed)):
            return


def _api_items(answer, api: Api) -> list:
    try:
        items = json.loads(answer.body)
        for key in filter(None, api.items.split(".")):
            items = items[key]
    except (ValueError, KeyError, TypeError, RecursionError):
        items = None
    if not isinstance(items, list):
        wanted = f"an array at {api.items!r}" if api.items else "an array"
        raise FetchFailed(answer.final_url, f"is not the JSON that was declared ({wanted})")
    return items


def _api_listed(item: object, api: Api, answer) -> Listed | None:
    try:
        address = clean_address(answer.final_url, api.article.format_map(item))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None
    title, lead = _plain(_field(item, api.title)), _plain(_field(item, api.lead))
    return Listed(address, title, lead[:LONGEST_LEAD], read_moment(_field(item, api.date))) if address else None


def _field(item: object, path: str) -> str:
    """A text by its keys, dots between them; '' where it is not there."""
    for key in filter(None, path.split(".")):
        item = item.get(key) if isinstance(item, dict) else None
    return item if path and isinstance(item, str) else ""
