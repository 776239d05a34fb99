"""Newspapers and portals on VCCorp's CMS: baochinhphu.vn since 2021, the chinhphu.vn group, tuoitre, thanhnien.

In: pages with `afcbc-body`. Out: the declaration, from published scrapers; no page of it was seen. The number at
the end of an address is the local publication time: `-102240425094504794.htm` is site 102, 2024-04-25 09:45:04.
"Ảnh: VGP" ends many captions (photo: VGP).
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="vccorp",
    version="2024-04",
    marks=("afcbc-body", "detail-sapo", "PhotoCMS_Caption", 'data-role="publishdate"', "VCSortableInPreviewMode"),
    title=("h1.detail-title", "h1[data-role=title]", "h1.title"),
    date=("[data-role=publishdate]", ".detail-time"),
    lead=("h2.detail-sapo", "[data-role=sapo]", "h2.sapo", "p.sapo"),
    body=("div.detail-content.afcbc-body", "[data-role=content]", "div.detail-content"),
    author=(".detail-author-bot .name", ".detail-author", "[data-role=author]"),
    furniture=(".link-inline-content", ".seo-suggest-link", "#listNewsInContent", "[type^=RelatedNews]"),
    address_date=(
        r"-\d{3}(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)\d{3}\.(?:htm|chn)"
    ),
    listing=Listing(
        items="a[data-linktype=newsdetail], .box-category-link-title",
        next_page="trang-{n}.htm",
        article=r"-\d{8,}\.(htm|chn)$",
        feeds=("/rss/{section}.rss",),
    ),
)
