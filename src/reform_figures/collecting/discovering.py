"""From a portal's lists to the articles that are wanted.

In: a `Source`, its family's `Listing`, and a function that fetches. Out: `Listed` articles in the order found, each
once. What is meant for machines comes first: a JSON interface replaces all else where it answers; feeds and sitemaps
tell days and headlines that pages of "Tin tức" (news) may not; pages for people tell which articles there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from reform_figures.collecting.addresses import clean_address, is_article
from reform_figures.collecting.failures import FetchFailed
from reform_figures.collecting.listed import Discovery, Listed, Wanted
from reform_figures.collecting.machine_lists import walk_api, walk_feeds, walk_sitemaps
from reform_figures.collecting.page_lists import SeenBefore, walk_pages
from reform_figures.collecting.sources import Source
from reform_figures.portals.listing import Listing

__all__ = ["Discovery", "Fetch", "Listed", "SeenBefore", "Wanted", "discover"]


class Fetched(Protocol):
    """What discovery needs of an answer."""

    final_url: str
    content_type: str
    body: bytes


Fetch = Callable[..., Fetched]
"""fetch(url, kind, form=None, seen=frozenset()) → answer; raises FetchFailed, and SeenBefore at a redirect into
`seen`."""


def discover(
    source: Source,
    listing: Listing,
    fetch: Fetch,
    limit: int | None = None,
    wanted: Wanted = Wanted(),  # noqa: B008 - frozen
    sitemaps: Iterable[str] = (),
) -> Discovery:
    """Articles of a source that are wanted; at most `limit` of them, and no further list is fetched then.

    sitemaps: addresses that the portal's robots.txt names, in addition to those of the family.
    """
    found = Discovery()
    passed: set[str] = set()
    for start in source.listing:
        start = clean_address(source.address, start)
        for listed in _listed(source, start, listing, fetch, wanted, sitemaps, found):
            if listed.address in passed or not is_article(listed.address, source, listing):
                continue
            known = found.addresses.get(listed.address)
            if known is not None:
                found.addresses[listed.address] = known.merged(listed)
            elif wanted.wants(listed):
                found.addresses[listed.address] = listed
            else:
                passed.add(listed.address)
            if limit is not None and len(found.addresses) >= limit:
                break
        if limit is not None and len(found.addresses) >= limit:
            break
    _drop_unwanted(found, wanted)
    found.not_wanted += len(passed - set(found.addresses))
    return found


def _drop_unwanted(found: Discovery, wanted: Wanted) -> None:
    """What a later list told more of may turn out to lie outside after all."""
    for address, listed in list(found.addresses.items()):
        if not wanted.wants(listed):
            del found.addresses[address]
            found.not_wanted += 1


def _listed(source, start, listing, fetch, wanted, sitemaps, found) -> Iterator[Listed]:
    """All that the lists of one start page tell, the most machine-friendly first."""
    whole_portal = source.listing == ("",)
    ways = chain(
        walk_feeds(start, listing, fetch),
        _below(start, source, walk_sitemaps(_sitemaps(source, listing, sitemaps), fetch, wanted, found)),
        walk_pages(start, listing, fetch, found, wanted),
    )
    for api in reversed(listing.apis):
        of_the_section = api.address.startswith("?") and not api.whole_portal
        if whole_portal or of_the_section:
            base = start if of_the_section else source.address
            ways = _first_that_works(walk_api(base, api, fetch, wanted), ways)
    return ways


def _sitemaps(source: Source, listing: Listing, told: Iterable[str]) -> list[str]:
    """Addresses of sitemaps: the family's, then those of robots.txt on the same host."""
    own = [urljoin(source.address, address) for address in listing.sitemaps]
    same_host = [address for address in told if urlsplit(address).hostname == source.host]
    return list(dict.fromkeys([*own, *same_host])) if listing.sitemaps else []


def _below(start: str, source: Source, entries: Iterator[Listed]) -> Iterator[Listed]:
    """Of a sitemap, which names the whole portal, the articles below the start page."""
    folder = start if start.endswith("/") else start.rpartition(".")[0] if "." in start.rpartition("/")[2] else start
    whole = source.listing == ("",)
    itself = (start, start + "/", start.rstrip("/"))
    return (e for e in entries if (whole or e.address.startswith(folder)) and e.address not in itself)


def _first_that_works(machine: Iterator[Listed], others: Iterator[Listed]) -> Iterator[Listed]:
    """All of what is meant for machines, or, where that fails on the way, what is meant for people as well."""
    try:
        yield from machine
    except FetchFailed:
        yield from others
