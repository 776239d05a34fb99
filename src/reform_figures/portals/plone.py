"""Plone 5 and 6, classic pages.

In: pages with `<meta name="generator" content="Plone ...">`. Out: the declaration, tried on pages of a real 6.2.
"Xem thêm" (read on) follows each entry of a listing. A visitor who is not logged in sees no date at all: it stands
in the folder's RSS (`dc:date`, UTC) and in the sitemap only.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="plone",
    version="2024-02",
    marks=("Plone - http", "portal-column-content", "parent-fieldname-text", "visual-portal-wrapper"),
    title=("h1.documentFirstHeading", "#content > header h1", "#content h1"),
    date=("#content .documentPublished time", "#content .documentPublished", "#content .documentModified"),
    lead=("#content p.lead", "#content .documentDescription"),
    body=("#parent-fieldname-text", "#section-text"),
    listing=Listing(
        items="#content-core a.summary",
        next_page="?b_start:int={offset}",
        page_size=20,
        skip=r"/@@|/login",
        feeds=("RSS",),
        sitemaps=("sitemap.xml.gz",),
    ),
)
