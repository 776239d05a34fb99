"""SharePoint 2013-2019 publishing pages and web parts: hanam.gov.vn, and many ministries until 2023-2025.

In: pages with `_layouts/`, `ms-rtestate-field` and the ribbon line. Out: the declaration. "Skip Ribbon Commands"
opens every page, above "Tin tức - Sự kiện" (news and events). Text is full of zero-width and no-break spaces.

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
        ".ArticleDetail .Title",
        "#news-title",
        "#txtTitle",
        "h1[itemprop=name]",
        "h1.title",
        "h3.header-title",
        "#DeltaPlaceHolderPageTitleInTitleArea",
        'meta[property="og:title"]',
        "title",
    ),
    date=(
        "[itemprop=datePublished]",
        ".News_Time_Post",
        ".ArticleDetail .Time",
        "#txtDateString",
        ".publishDate",
        ".date-time",
        ".news-date",
    ),
    lead=(
        "#divArticleDescription1",
        "#divArticleDescription",
        ".News_Detail_Sapo",
        ".ArticleDetail .Sapo",
        "#news-des",
        ".ms-rteElement-Lead",
    ),
    body=(
        "#divArticleDescription2",
        ".ArticleContent",
        ".News_Detail_Content",
        "#news-detail",
        "#contentnews",
        "[id$=_ControlWrapper_RichHtmlField]",
        ".ms-rtestate-field",
    ),
    author=(".ArticleDetail .Author", ".News_Detail_Author", "#txtAuthor"),
    listing=Listing(
        items="a.News_Title, .ListNews .Title, .news-item a, .title-news a, h3 a[href*='.aspx']",
        next_page="?Page={n}",
        article=r"\.aspx",
        skip=r"/_layouts/|javascript:",
    ),
)
