"""Plone 4.3 to 6, classic pages.

In: pages with `<meta name="generator" content="Plone ...">`. Out: the declaration, tried on pages of a real 6.2;
older layouts are those of Plone's own templates. "Xem thêm" (read on) follows each entry of a listing. A visitor who
is not logged in sees no date at all, unless the site's owner shows it: it stands in the folder's RSS (`dc:date`, UTC)
and in the sitemap.

A folder shows 20 entries a page, a collection 30 or what its owner set, so the pager's own link to the next batch is
followed, not counted. Past the end comes an empty list (captured on 6.2, b_start 2000) or, as has been reported, the
last batch again; both with status 200.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="plone",
    version="2026-11",
    marks=("Plone - http", "portal-column-content", "parent-fieldname-text", "visual-portal-wrapper", "plone-toolbar"),
    title=("h1.documentFirstHeading", "#content > header h1", "#parent-fieldname-title", "#content h1"),
    date=(
        "#content .documentPublished time",
        "#content .documentPublished",
        "#content time[datetime]",
        "#content .documentModified",
    ),
    lead=("#content p.lead", "#content .documentDescription", "#parent-fieldname-description"),
    body=("#parent-fieldname-text", "#section-text"),
    author=("#content .documentAuthor a",),
    furniture=(".newsImageContainer .discreet", ".documentByLine", "#viewlet-below-content"),
    listing=Listing(
        items=(
            "#content-core a.summary, #content-core .entries a.url, #content-core .tileHeadline, "
            "#content-core article.entry .summary, #content-core dt .summary, #content-core table.listing a.url, "
            "#content-core .contenttype-news-item, #content-core .card-title"
        ),
        next_link=(
            ".pagination .next a[href*='b_start'], .listingBar .next a[href*='b_start'], a.next[href*='b_start']"
        ),
        skip=r"/@@|/login|/(?:view|RSS|rss\.xml|atom\.xml|folder_listing)$|\.(?:pdf|docx?|xlsx?|jpe?g|png|zip)$",
        feeds=("{section}/RSS", "RSS"),
        sitemaps=("sitemap.xml.gz",),
    ),
)
