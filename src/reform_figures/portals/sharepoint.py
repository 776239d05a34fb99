"""SharePoint 2010-2019 publishing pages and web parts: hanam.gov.vn, and many ministries until 2023-2025.

In: pages with `_layouts/`, `_vti_bin` and the ribbon line. Out: the declaration. "Skip Ribbon Commands" opens every
page, above "Tin tức - Sự kiện" (news and events); text is full of zero-width and no-break spaces.

Ids and classes are those of published scrapers; tried on pages in their manner only.
Those of moet, mt, mic, moc, baohiemxahoi and vass are of 2020. A web part lists its articles as `?ItemID=8035`, to be
joined to the list's own page.
`ms-rtestate-field` marks every rich text of a page, so it comes last and the longest one is the body.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="sharepoint",
    version="2026-11",
    marks=("_layouts/", "_spPageContextInfo", "s4-workspace", "Microsoft SharePoint", "MSOWebPartPage", "_vti_bin"),
    title=(
        "h1.News_Detail_Title",
        "#divArticleDescription3 h1",
        "#news-title",
        "#txtTitle",
        "#news_content h1",
        "h1[itemprop=name]",
        "h3.header-title",
        "h1.title",
        'meta[property="og:title"]',
        "title",
    ),
    date=(
        "[itemprop=datePublished]",
        ".News_Time_Post",
        "#txtDateString",
        ".publishDate",
        "[id$=_pnHide] span",
        "#news_content h1 + div",
        ".sukien p",
    ),
    lead=("#divArticleDescription1", "#divArticleDescription", "#news-des"),
    body=(
        "#divArticleDescription2",
        "#divArticleContent",
        "#news-detail",
        "#contentnews",
        ".ArticleContent",
        "#contenttin",
        "#anhnoidungdetail",
        "[id$=_RichHtmlField]",
        ".ms-rtestate-field",
        "#divArticleDescription",
    ),
    author=("[id$=_pnNguontin]", ".tacgia"),
    listing=Listing(
        items=(
            ".ListNews .item, .H3_iTem_ListNews, .news-item, h3:has(> a[href*='.aspx']), "
            "[id$=_pnListNews] a[href*='.aspx'], [id*=_g_] h2:has(> a[href]), [id*=_g_] p:has(> a[href*='ItemID=']), "
            "a[href^='?ItemID=']"
        ),
        next_page="?Page={n}",
        article=r"\.aspx",
        skip=r"/_layouts/|javascript:",
    ),
)
