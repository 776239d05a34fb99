"""SharePoint 2010-2019 publishing pages and web parts: hanam.gov.vn, and many ministries until 2023-2025.

In: pages with `_layouts/`, `_vti_bin` and the ribbon line. Out: the declaration. "Skip Ribbon Commands" opens every
page, above "Tin tức - Sự kiện" (news and events); text is full of zero-width and no-break spaces.

Ids and classes are those of published scrapers of moet, most, mt and moc; tried on pages in their manner only.
`ms-rtestate-field` marks every rich text of a page, so it comes last and the longest one is the body.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="sharepoint",
    version="2022-08",
    marks=("_layouts/", "_spPageContextInfo", "s4-workspace", "Microsoft SharePoint", "MSOWebPartPage", "_vti_bin"),
    title=(
        "h1.News_Detail_Title",
        "#divArticleDescription3 h1",
        "#news-title",
        "#txtTitle",
        "h1[itemprop=name]",
        "h3.header-title",
        "h1.title",
        'meta[property="og:title"]',
        "title",
    ),
    date=("[itemprop=datePublished]", ".News_Time_Post", "#txtDateString", ".publishDate"),
    lead=("#divArticleDescription1", "#divArticleDescription", "#news-des"),
    body=(
        "#divArticleDescription2",
        "#news-detail",
        "#contentnews",
        ".ArticleContent",
        "[id$=_RichHtmlField]",
        ".ms-rtestate-field",
        "#divArticleDescription",
    ),
    listing=Listing(
        items=".ListNews .item, .H3_iTem_ListNews, .news-item, h3:has(> a[href*='.aspx'])",
        next_page="?Page={n}",
        article=r"\.aspx",
        skip=r"/_layouts/|javascript:",
    ),
)
