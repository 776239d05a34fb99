"""Newspapers and portals on VCCorp's CMS: baochinhphu.vn since 2021, the chinhphu.vn group, tuoitre, thanhnien, nld.

In: pages with `afcbc-body`. Out: the declaration, from published scrapers and templates of the CMS, and tried on the
practice portal; no page of a real one was seen. The number at the end of an address is the local publication time:
`-102240425094504794.htm` is site 102, 2024-04-25 09:45:04 and 794 ms (without leading zeros at tuoitre);
`-20180514101159123.htm` is the older form. "Ảnh: VGP" ends many captions (photo: VGP).

Lists: `/kinh-te.htm`, then `/kinh-te/trang-2.htm` (so name `kinh-te/trang-1.htm` as the start page, or the whole
portal), or pieces from `/timelinelist/<zone>/2.htm` and `/timeline/<zone>/trang-2.htm`, the zone in `#hdZoneId`.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="vccorp",
    version="2026-10",
    marks=("afcbc-body", "detail-sapo", "PhotoCMS_Caption", 'data-role="publishdate"', "VCSortableInPreviewMode"),
    title=("h1.detail-title", "h1[data-role=title]", "h1.kbwc-title", "h1.title"),
    date=("[data-role=publishdate]", ".detail-time", ".kbwcm-time", ".pdate"),
    lead=("h2.detail-sapo", "[data-role=sapo]", "h2.knc-sapo", "h2.sapo", "p.sapo"),
    body=(
        "div.detail-content.afcbc-body",
        ".afcbc-body",
        "[data-role=content]",
        "div.detail-content",
        ".knc-content",  # kenh14 and its sisters, with the titles and dates named kbwc
    ),
    author=(
        ".detail-author .author-item-name .name",  # tuoitre 2026-10: several authors, the first shown twice
        ".detail-author .author-info .name",
        ".detail-author-bot .name",
        ".kbwcm-author",
        ".detail-author",
        "[data-role=author]",
    ),
    furniture=(
        "[type^=Related]",
        ".VCObjectBoxRelatedNewsItemSapo",
        ".link-inline-content",
        ".link-content-footer",
        ".seo-suggest-link",
        ".readmore-body-box",
        ".detail__related",
        ".knc-relate-wrapper",
        "#listNewsInContent",
    ),
    address_date=(
        r"-(?:20|\d{3})(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
        r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)\d{0,3}\.(?:html?|chn)"
    ),
    listing=Listing(
        items="a[data-linktype=newsdetail], .box-category-link-title, .box-title-text, .box-focus-title, .tlitem h3",
        next_page=("{stem}/trang-{n}.htm", "trang-{n}.htm"),
        article=r"-\d{8,}\.(html?|chn)$",
        skip=r"/print[/-]|/(rss|tim-kiem|tag)[/.]",
        feeds=("/rss/{section}.rss",),
    ),
)
