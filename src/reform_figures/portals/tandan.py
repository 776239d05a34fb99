"""The Tân Dân variant of SharePoint: dienbien, ninhthuan, namdinh, thanhhoa, mpi.gov.vn.

In: pages with `tandan-` classes. Out: the declaration, from published scrapers and link lists; no page of it was seen.
The day stands in the address without zeros, and the headline is cut and followed by 6 to 13 random letters without a
hyphen: `/portal/Pages/2022-8-10/<slug>x1y2z3.aspx`, also as `/portal/pages/`. "Tăng cường kỷ luật hành chính"
(stronger discipline in administration) is one of its headlines. `tandan-title-view` and its like are of the layout of
2024, the others older.

The pages are SharePoint's too, so the marks are many: the special family must outweigh the general one.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="tandan",
    version="2026-11",
    marks=(
        "tandan-", "tandan-p-", "tandan-p-article", "tandan-p-article-", "tandan-p-article-news",
        "tandan-p-article-main", "tandan-span-", "tandan-span-date", "tandan-div-", "tandan-div-article",
        "tandan-title-view", "tandan-content-view", "tandan-date-view",
    ),
    title=(
        ".tandan-title-view",
        ".tandan-p-article-news-title",
        "h1.title-news, .title-news",
        'meta[property="og:title"]',
        "title",
    ),
    date=(".tandan-date-view", ".tandan-span-date-publish", ".date-news", ".timer", ".publish-date"),
    lead=(".tandan-p-article-news-summary", ".summary-news", ".news-sapo"),
    body=(
        ".tandan-content-view",
        ".tandan-p-article-main",
        ".tandan-p-article-news-content",
        ".news-content",
        "#div_content",
        ".content-detail",
        ".ms-rtestate-field",
    ),
    furniture=(".tandan-div-article-other", ".social-share", ".td-tags"),
    address_date=r"(?i:/pages/)(?P<year>20\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)/",
    listing=Listing(
        items=".channel-news-title, .tandan-p-article-news-title, .title-news, a[href*='ages/20'][href*='.aspx']",
        next_page="?PageIndex={n}",
        drop=".tandan-div-article-other",
        article=r"(?i)/pages/20\d\d-\d\d?-\d\d?/.+\.aspx",
    ),
)  # fmt: skip
