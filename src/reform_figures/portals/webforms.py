"""Small portals written on ASP.NET WebForms, each with class names of its own.

In: pages with `__VIEWSTATE` that are neither SharePoint nor DotNetNuke. Out: the declaration, tried on pages of a
real server with templates in this manner. The date line is "17:00 10/08/2022 | Lượt xem : 719" (views: 719). A
missing article is a page with status 200 that says "Không tìm thấy tin bài" (article not found).
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="webforms",
    version="2023-03",
    marks=("__VIEWSTATE", "ArticleDetail", "aspNetHidden"),
    title=(".ArticleDetail .Title",),
    date=(".ArticleDetail .Time",),
    lead=(".ArticleDetail .Sapo",),
    body=(".ArticleDetail .ArticleContent", ".ArticleContent"),
    author=(".ArticleDetail .Author",),
    listing=Listing(items="a.Title", postback=True, article=r"\.aspx\?"),
)
