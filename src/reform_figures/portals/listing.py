"""How a portal family lists its articles and turns the pages: a declaration, read by `collecting.discovering`.

In: what a person saw on the portal. Out: a `Listing`, one for each family file of this folder. It says in data
what a reader does who looks through "Tin tức - Sự kiện" (news and events): click the headlines, then "Trang sau"
(next page), until nothing new appears.

Whatever the family, turning pages ends by itself where a page brings no address that the pages before it did not
have (an empty list, or the last page again), redirects to a page already seen, or answers 400, 404 or 410.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Api:
    """A JSON interface that lists the articles; asked before anything else, since it is meant for machines."""

    address: str
    """Address of page n, with `{n}` (1, 2, ...) or `{offset}` (0, page_size, ...).

    Relative to the portal's address, where it lists the whole portal: it is asked only if the source's `listing`
    is the whole portal too (`[""]`). One that starts with "?" is added to each address in `listing`.
    """

    whole_portal: bool = False
    """True of an interface that starts with "?" and lists the whole portal all the same."""

    items: str = ""
    """Key of the array of articles in the answer, dots between nested keys; "" where the answer is that array."""

    article: str = "{link}"
    """Address of an article, made from the fields of its item: `{link}`, or `https://.../PostDetail?ID={ID}`."""

    title: str = ""
    """Key of the headline in an item, dots between nested keys: "title.rendered"; "" where it is not told."""

    lead: str = ""
    date: str = ""
    """Keys of the lead and of the publication time (a time without zone is Vietnam's)."""

    page_size: int = 100
    """Articles on a full page: a page with fewer is the last one."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a family's listing pages hold the links to articles, and where the next page is.

    Of `next_link`, `postback` and `next_page` the first that the page at hand offers turns it; with none of them a
    listing has one page. A feed that the first page announces (`link rel=alternate`) is read without being declared.

    Examples (start page `http://portal.test/vi/news/tin-tuc/`):
    NukeViet `next_page="page-{n}/"` · WordPress `next_page="page/{n}/", feeds=("feed/",), api=Api("wp-json/...")` ·
    SharePoint web parts `next_page="?Page={n}"` · old moha.gov.vn `next_page="?page={n}"` ·
    Plone `next_page="?b_start:int={offset}", page_size=20` · Liferay `next_link='a[href*="_cur={n}"]'` ·
    ASP.NET WebForms `postback=True`.
    """

    items: str
    """CSS selector of the links to articles, or of elements whose first link is one (`h3`, `div.item`)."""

    next_page: str | tuple[str, ...] = ""
    """Address of page n, n from 2 on, with `{n}` or `{offset}` ((n - 1) * page_size).

    "page-{n}/" is joined to the start page's address as a browser would (so that address ends in "/");
    "?page={n}" sets that parameter and keeps the others of the start page. Of several, the one that the page at hand
    links to is taken, else the first: sites of one family number their pages in more than one way.
    """

    next_link: str = ""
    """CSS selector of the link to the next page, for families whose addresses cannot be told beforehand.

    `{n}` in it is the number of the next page: `a[href*="_cur={n}"]`. Of several matches, the first to a page not
    yet seen is taken.
    """

    postback: bool = False
    """ASP.NET WebForms: the next page is the answer to the page's form, sent with all its hidden fields and
    `__EVENTARGUMENT=Page$n` for the target named in the pager's `__doPostBack` links."""

    page_size: int = 0
    """Articles on a full page; needed only where `{offset}` is used."""

    drop: str = ""
    """CSS selector of parts of a listing page to take out before `items` is looked up (sidebars, "most read")."""

    article: str = ""
    """Regular expression that is found in the address of every article (`re.search`); "" allows any.

    Keeps links to sections, galleries and files out where `items` alone does not.
    """

    skip: str = ""
    """Regular expression found in addresses that are never followed: print copies, "save file", bait."""

    feeds: tuple[str, ...] = ()
    """RSS or Atom feeds, joined to the start page's address; `{section}` is the last part of that address without its
    ending, "home" for a whole portal:
    "feed/", "../rss/{section}/", "/rss/{section}". One that is not there is passed over."""

    sitemaps: tuple[str, ...] = ()
    """Sitemaps, or indexes of them (also gzipped), joined to the portal's address: "sitemap.xml". Those that robots.txt
    names are read as well, where the family has any. A source with sections takes the entries below its start pages."""

    api: Api | tuple[Api, ...] | None = None
    """A JSON interface, or several addresses of it; where one answers, the pages are not walked."""

    @property
    def apis(self) -> tuple[Api, ...]:
        """The interfaces in the order in which they are tried."""
        return self.api if isinstance(self.api, tuple) else (self.api,) if self.api else ()

    @property
    def next_pages(self) -> tuple[str, ...]:
        """The templates of `next_page`."""
        return self.next_page if isinstance(self.next_page, tuple) else (self.next_page,) if self.next_page else ()

    def __post_init__(self) -> None:
        if any("{offset}" in template for template in self.next_pages) and not self.page_size:
            raise ValueError(f"next_page={self.next_page!r} counts articles: give page_size")
        for name in ("article", "skip"):
            try:
                re.compile(getattr(self, name))
            except re.error as error:
                raise ValueError(f"{name}={getattr(self, name)!r} is no regular expression: {error}") from None
