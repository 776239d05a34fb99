"""Liferay 6.2 and 7, often with VNPT's or EcoIT's news portlets: daklak.gov.vn, moh.gov.vn, moit.gov.vn, cmsc.gov.vn.

In: pages with `Liferay.` scripts and `_INSTANCE_` portlets. Out: the declaration. "Chi tiết bài viết" (article in
full) is a page with several web contents, each a `journal-content-article`: the longest is the body.

Class names of the asset publisher are those of Liferay's source (6.2: `header-title` above `asset-full-content`;
7.1 and later: `component-title` in it); those of moh (`contentDetail`), of EcoIT's portlets (moit, 2020:
`CmsViewChiTietBaiViet`, `contentnews`) and of VNPT's (cmsc, 2020: `dsnews`, `testabc`) are of published scrapers.
No page of them was seen. The day may read "3 thg 2, 2023" (Java's short form). A list past the end is the last page.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="liferay",
    version="2026-11",
    marks=(
        "Liferay.", "journal-content-article", "data-senna-track", "asset-full-content", "_INSTANCE_",
        "/o/frontend-", "portlet-boundary", "_WAR_CmsViewEcoITportlet", "_WAR_vnpteportal",
    ),
    title=(
        ".asset-full-content .asset-title",
        ".asset-full-content .component-title",
        "[id*=CmsViewChiTietBaiViet] article h1",
        "#testabc h1",
        ".contentDetail h1, .contentDetail h3",
        ".portlet-asset-publisher .header-title",
        "h1.header-title",
        "h3.header-title",
        ".header-title",
        ".asset-title",
        "h1[itemprop=name]",
        'meta[property="og:title"]',
    ),
    date=(
        ".asset-full-content .metadata-publish-date",
        ".asset-full-content .date-info",
        "[id*=CmsViewChiTietBaiViet] article > p",
        "#testabc h1 ~ p",
        ".contentDetail .postDate, .contentDetail .date, .contentDetail > div + div p",
        ".metadata-publish-date",
        ".portlet-asset-publisher .date, .portlet-asset-publisher time",
    ),
    lead=(
        "#change_font_size",
        "#testabc > p strong",
        ".contentDetail .sapo",
        ".asset-full-content .asset-summary",
        ".asset-full-content .sapo",
        ".journal-content-article .sapo",
    ),
    body=(
        "[id*=CmsViewChiTietBaiViet] #contentnews",
        "#testabc > div + div, #testabc > p ~ div",
        ".contentDetail .journal-content-article",
        ".asset-full-content .journal-content-article",
        ".journal-content-article",
        ".asset-full-content .asset-content",
        "#contentnews",
        ".asset-content",
    ),
    author=(".metadata-author",),
    furniture=(
        ".taglib-social-bookmarks", ".asset-more", ".asset-ratings", ".asset-links-container", ".taglib-header",
        ".taglib-discussion", ".asset-user-actions", ".asset-flag", ".asset-metadata", ".header-back-to",
    ),
    listing=Listing(
        items=(
            ".asset-abstract .asset-title, .asset-title, [id*=_dsnews_WAR_] h2, .portlet-asset-publisher h3, "
            ".portlet-asset-publisher h4, .portlet-asset-publisher .card-title, "
            "[id*=_CmsViewTinTrangChuyenMuc_] article div + div"
        ),
        next_link='a[href$="_cur={n}"], a[href*="_cur={n}&"]',
        drop="ul.title-list, .asset-links-container",
        article=r"/-/|/content/|urlTitle=|[?&](articleId|newsId|id)=\d+|-\d{4,}(-\d+)*\.html",
        skip=r"p_p_state=pop_up|/c/portal/login|/rss(?:[?;]|$)|viewMode=print|/document_library/|/documents/",
    ),
)  # fmt: skip
