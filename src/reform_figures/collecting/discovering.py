"""From a portal's lists to the addresses of its articles.

In: a `Source`, its family's `Listing`, and a function that fetches. Out: addresses in the order found, each once.
A reader would open "Tin tức" (news), note the headlines, click "Trang sau" (next page), and stop where nothing new
comes: page after page of the listing is asked for until one brings no address that the pages before it had not,
leads back to a page already seen, or is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from lxml import etree
from requests.utils import requote_uri

from reform_figures.collecting.failures import FetchFailed
from reform_figures.collecting.sources import Source
from reform_figures.portals.listing import Api, Listing

MOST_PAGES = 2000
"""Of one listing: a calendar or a random "related" block can go on for ever."""
PAST_THE_END = (400, 404, 410)
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|redirect|inheritRedirect|_\w+_redirect")
"""Parameters that do not name a page: where a reader came from, and (Liferay) where "back" leads."""


class Fetched(Protocol):
    """What discovery needs of an answer."""

    final_url: str
    content_type: str
    body: bytes


class SeenBefore(Exception):  # noqa: N818
    """A redirect leads to an address that was already asked for."""


Fetch = Callable[..., Fetched]
"""fetch(url, kind, form=None, seen=frozenset()) → answer; raises FetchFailed, and SeenBefore at a redirect into
`seen`."""


@dataclass
class Discovery:
    """What the lists of a source gave."""

    addresses: dict[str, None] = field(default_factory=dict)
    """Addresses of articles in the order found (a dict for its order and fast look-up)."""
    failed: list[FetchFailed] = field(default_factory=list)
    """Lists that could not be read: articles may be missing."""


def discover(source: Source, listing: Listing, fetch: Fetch, limit: int | None = None) -> Discovery:
    """Addresses of a source's articles; at most `limit` of them, and no further page is fetched then."""
    found = Discovery()
    whole_portal = source.listing == ("",)
    for start in source.listing:
        start = clean_address(source.address, start)
        ways = [_walk_feeds(start, listing, fetch), _walk_pages(start, listing, fetch, found)]
        if listing.api and (whole_portal or listing.api.address.startswith("?")):
            base = start if listing.api.address.startswith("?") else source.address
            ways = [_first_that_works(_walk_api(base, listing.api, fetch), ways)]
        for address in (address for way in ways for address in way):
            if _is_article(address, source, listing):
                found.addresses.setdefault(address)
            if limit is not None and len(found.addresses) >= limit:
                return found
    return found


def _first_that_works(machine: Iterator[str], others: list[Iterator[str]]) -> Iterator[str]:
    """All of what is meant for machines, or, where that fails on the way, what is meant for people as well."""
    try:
        yield from machine
    except FetchFailed:
        for way in others:
            yield from way


def _is_article(address: str, source: Source, listing: Listing) -> bool:
    hosts = {_bare(source.host)}
    if listing.api and listing.api.article.startswith("http"):
        hosts.add(_bare(urlsplit(listing.api.article).hostname or ""))
    return (
        _bare(urlsplit(address).hostname or "") in hosts
        and re.search(listing.article, address) is not None
        and not (listing.skip and re.search(listing.skip, address))
    )


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def clean_address(base: str, link: str) -> str:
    """A link as the absolute address that names its page: no fragment, no session id, no tracking parameters.

    "" for what is no http address ("javascript:;", "mailto:").
    """
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        host += f":{port}"
    path = re.sub(r";jsessionid=[^/?]*", "", parts.path, flags=re.I) or "/"
    query = "&".join(p for p in parts.query.split("&") if not TRACKING.fullmatch(p.partition("=")[0]))
    return requote_uri(parts._replace(netloc=host, path=path, query=query, fragment="").geturl())


# --- pages for people ------------------------------------------------------------------------------------------


def _walk_pages(start: str, listing: Listing, fetch: Fetch, found: Discovery) -> Iterator[str]:
    """Links of page 1, 2, ... of a listing. A page that fails is noted in `found.failed` and ends the walk."""
    seen_pages, seen_links = {start}, set()
    address, form = start, None
    for number in range(1, MOST_PAGES + 1):
        try:
            page = fetch(address, "listing", form=form, seen=frozenset(seen_pages) if number > 1 and not form else ())
        except SeenBefore:
            return
        except FetchFailed as failed:
            if number == 1 or failed.status not in PAST_THE_END:
                found.failed.append(failed)
            return
        seen_pages |= {address, page.final_url}
        start = page.final_url if number == 1 else start
        soup = parse_html(page)
        next_page = _next_page(soup, page.final_url, start, listing, number + 1, seen_pages)
        links = [link for link in _item_links(soup, page.final_url, listing) if link not in seen_links]
        if not links:
            return
        seen_links.update(links)
        yield from links
        if next_page is None:
            return
        address, form = next_page
    found.failed.append(FetchFailed(start, f"the list has more than {MOST_PAGES} pages; the rest was not asked for"))


def parse_html(page: Fetched) -> BeautifulSoup:
    """The page as a tree; the charset of the header goes before that of the page, as browsers do it."""
    declared = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", page.content_type, re.I)
    return BeautifulSoup(page.body, "lxml", from_encoding=declared[1] if declared else None)


def _item_links(soup: BeautifulSoup, base: str, listing: Listing) -> Iterator[str]:
    """Addresses of the items on a listing page. Takes what is dropped out of the tree."""
    for part in soup.select(listing.drop) if listing.drop else ():
        part.extract()
    base = _document_base(soup, base)
    for item in soup.select(listing.items):
        link = item if item.name == "a" else item.select_one("a[href]")
        address = clean_address(base, link.get("href", "")) if link else ""
        if address:
            yield address


def _document_base(soup: BeautifulSoup, base: str) -> str:
    tag = soup.select_one("head base[href]")
    return urljoin(base, tag["href"]) if tag else base


def _next_page(soup, here: str, start: str, listing: Listing, number: int, seen: set[str]):
    """Address and form of the next page, None where the page shows none."""
    if listing.postback:
        form = _postback(soup, number)
        return (clean_address(here, soup.select_one("form").get("action", "")), form) if form else None
    if listing.next_link:
        links = soup.select(listing.next_link.replace("{n}", str(number)))
        addresses = (clean_address(_document_base(soup, here), link.get("href", "")) for link in links)
        return next(((a, None) for a in addresses if a and a not in seen), None)
    if listing.next_page:
        return numbered_address(start, listing.next_page, number, listing.page_size), None
    return None


def numbered_address(base: str, template: str, number: int, page_size: int) -> str:
    """Address of page `number` from a template with {n} or {offset}; "?..." sets parameters of the base's query."""
    text = template.replace("{n}", str(number)).replace("{offset}", str((number - 1) * page_size))
    if not text.startswith("?"):
        return clean_address(base, text)
    new = parse_qsl(text[1:], keep_blank_values=True)
    parts = urlsplit(base)
    kept = [p for p in parts.query.split("&") if p and p.partition("=")[0] not in dict(new)]
    query = "&".join([*kept, urlencode(new, safe=":")])
    return clean_address(base, parts._replace(query=query).geturl())


def _postback(soup: BeautifulSoup, number: int) -> dict[str, str] | None:
    """The form that a WebForms pager sends for a page, None where the pager has no link to it."""
    for link in soup.select('a[href*="__doPostBack"]'):
        call = re.search(r"__doPostBack\('([^']*)','([^']*)'\)", link["href"])
        if call and call[2] == f"Page${number}":
            fields = {i["name"]: i.get("value", "") for i in soup.select("form input[type=hidden][name]")}
            return {**fields, "__EVENTTARGET": call[1], "__EVENTARGUMENT": call[2]}
    return None


# --- lists for machines ----------------------------------------------------------------------------------------


def _walk_feeds(start: str, listing: Listing, fetch: Fetch) -> Iterator[str]:
    """Links of the feeds. One that is not there, or is none, is passed over: the pages list the same articles."""
    section = urlsplit(start).path.rstrip("/").rpartition("/")[2]
    for template in listing.feeds:
        try:
            answer = fetch(clean_address(start, template.replace("{section}", section)), "feed")
        except FetchFailed:
            continue
        yield from feed_links(answer)


def feed_links(answer: Fetched) -> list[str]:
    """Addresses of the items of an RSS (0.9 to 2.0) or Atom feed; none where the answer is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(answer.body, parser)
    except etree.XMLSyntaxError:
        return []
    links = []
    for item in root.iter("{*}item", "{*}entry") if root is not None else ():
        for link in item.iterchildren("{*}link"):
            if link.get("rel", "alternate") == "alternate":
                links.append(clean_address(answer.final_url, link.get("href") or link.text or ""))
                break
    return [link for link in links if link]


def _walk_api(base: str, api: Api, fetch: Fetch) -> Iterator[str]:
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
        links = [a for item in items if (a := _api_link(item, api, answer)) and a not in seen]
        seen.update(links)
        yield from links
        if not links or len(items) < api.page_size:
            return


def _api_items(answer: Fetched, api: Api) -> list:
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


def _api_link(item: object, api: Api, answer: Fetched) -> str:
    try:
        return clean_address(answer.final_url, api.article.format_map(item))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return ""
