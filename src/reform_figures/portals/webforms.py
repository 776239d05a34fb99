"""Small portals written on ASP.NET WebForms, each with class names of its own kind.

In: pages with `__VIEWSTATE` that are neither SharePoint nor DotNetNuke. Out: the declaration. The date line is
"17:00 10/08/2022 | Lượt xem : 719" (views: 719). A missing article is a page with status 200 that says
"Không tìm thấy tin bài" (article not found). An article's address is `ChiTiet.aspx?ItemID=37`.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="webforms",
    version="2023-03",
    marks=("__VIEWSTATE", "ArticleDetail", "aspNetHidden"),
    title=(".ArticleDetail .Title", "h1.Title", "h3.Title", "[id$=lblTitle]", "[id$=lblTieuDe]"),
    date=(".ArticleDetail .Time", ".Time", "[id$=lblDate]", "[id$=lblNgayDang]"),
    lead=(".ArticleDetail .Sapo", ".Sapo", "[id$=lblSapo]", "[id$=lblTomTat]"),
    body=(".ArticleContent", "[id$=lblContent]", "[id$=lblNoiDung]"),
    author=(".ArticleDetail .Author", ".Author", "[id$=lblAuthor]", "[id$=lblTacGia]"),
    listing=Listing(items=".ListNews a.Title, .item a.Title, a.Title", postback=True, article=r"\.aspx\?"),
)
