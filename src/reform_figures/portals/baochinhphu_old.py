"""baochinhphu.vn until 2021: addresses `/Tin-noi-bat/<Slug>/457245.vgp`.

In: its pages, as archives keep them. Out: the declaration, from a published scraper; no page of it was seen. The
date is "hh:mm DD/MM/YYYY" on a line of its own; "(Chinhphu.vn) – Sáng 30/12" (on the morning of 30 December) opens
the lead.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="baochinhphu_old",
    version="2021-12",
    marks=("article-header", "article-body", ".vgp"),
    title=(".article-header h1",),
    date=(".article-header .meta",),
    lead=(".summary",),
    body=(".article-body",),
    listing=Listing(
        items="a[href$='.vgp']",
        article=r"//[^/]+/[^/]+/[^/]+/\d+\.vgp$",  # a section is /Chinh-tri/442.vgp, without a slug
        feeds=("/Rss/Feed.aspx?EventID=115",),
    ),
)
