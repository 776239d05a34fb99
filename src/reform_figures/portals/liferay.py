"""Liferay 6.2 and 7, often with VNPT's news portlets: daklak.gov.vn, moh.gov.vn, moit.gov.vn, vast.gov.vn.

In: pages with `Liferay.` scripts and `_INSTANCE_` portlets. Out: the declaration, of the asset publisher's own class
names; no page of it was seen. "Chi tiết bài viết" (article in full) is a page with several web contents, each a
`journal-content-article`: the longest is the body.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="liferay",
    version="2023-01",
    marks=("Liferay.", "journal-content-article", "data-senna-track", "asset-full-content", "_INSTANCE_"),
    title=(
        ".asset-full-content .asset-title",
        "h1.header-title",
        "h3.header-title",
        ".header-title",
        ".asset-title",
        'meta[property="og:title"]',
    ),
    date=(".asset-full-content .metadata-publish-date", ".metadata-publish-date"),
    lead=(".asset-full-content .asset-summary",),
    body=(".asset-full-content .journal-content-article", ".journal-content-article", ".asset-content"),
    author=(".metadata-author",),
    furniture=(".taglib-social-bookmarks", ".asset-more", ".asset-ratings"),
    listing=Listing(
        items=".asset-abstract .asset-title, .asset-title",
        next_link='a[href*="_cur={n}"]',
        article=r"/-/|/content/",
        skip=r"p_p_state=pop_up|/c/portal/login",
    ),
)
