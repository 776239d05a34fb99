"""moha.gov.vn, the Ministry of Home Affairs, until about 2023: the first of its three generations.

In: pages with `#news_details` and `#show_content`. Out: the declaration, from a published scraper. The date line
carries the counter: "08:37 15/03/2023 | Lượt xem : 719" (views: 719).
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="moha",
    version="2023-03",
    marks=("news_details", "show_content", "show_description", "list_news"),
    title=("#news_details h1",),
    date=("#news_details > p", "#news_details p"),
    lead=("#show_description",),
    body=("#show_content",),
    listing=Listing(
        items="#list_news li p a",
        next_page="?page={n}",
        article=r"\.html$",
        skip=r"/in-bai-viet/|javascript:",
    ),
)
