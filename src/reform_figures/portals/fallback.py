"""No family at all: a site with a layout of its own, whose main text a package finds.

In: any article page. Out: the declaration that reading tries where nothing else finds text, or that an entry of
sources.toml asks for by name. Only marks that many sites share are taken from the page itself (headline, date); what
it reads should be looked at before it is trusted. "Tin cùng chuyên mục" (news of the same section) is what it must
leave out. A listing has one page and its feeds: how such a site turns pages is not known.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="fallback",
    version="2026-11",
    marks=(),
    title=("h1", 'meta[property="og:title"]', "title"),
    date=(
        'meta[property="article:published_time"]', "[itemprop=datePublished]", "meta[name=pubdate]",
        'meta[name="DC.date.issued"]', 'meta[name="dcterms.issued"]', 'meta[name="citation_publication_date"]',
    ),
    reader="trafilatura",
    listing=Listing(items="h2, h3, h4, .title", skip=r"javascript:|/(?:tag|author|login)/", feeds=("feed/", "rss")),
)  # fmt: skip
