"""The Tân Dân variant of SharePoint: dienbien, ninhthuan, namdinh, thanhhoa, mpi.gov.vn.

In: pages with `tandan-` classes. Out: the declaration, from published scrapers; no page of it was seen. The day
stands in the address without zeros: `/portal/Pages/2022-8-10/<slug>x1y2z3.aspx`. "Tăng cường kỷ luật hành chính"
(stronger discipline in administration) is one of its headlines.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="tandan",
    version="2023-01",
    marks=("tandan-p-article", "tandan-span-date", "tandan-"),
    title=(".tandan-p-article-news-title", "title"),
    date=(".tandan-span-date-publish",),
    lead=(".tandan-p-article-news-summary",),
    body=(".tandan-p-article-main",),
    address_date=r"/Pages/(?P<year>20\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)/",
    listing=Listing(
        items=".channel-news-title, .tandan-p-article-news-title, .title-news",
        next_page="?PageIndex={n}",
        article=r"/Pages/20\d\d-\d\d?-\d\d?/.+\.aspx",
    ),
)
