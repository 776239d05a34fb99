"""Newspapers on ePi's CMS (`zce`, `cms-body`): nhandan, vietnamplus, sggp, tienphong, baolaocai.

In: pages with `article__body`. Out: the declaration, from published scrapers; no page of it was seen. "Ảnh: TTXVN"
ends many captions (photo: Vietnam News Agency).
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="epi",
    version="2024-01",
    marks=("zce-content-body", "article__body", "article__sapo", "cms-body", "cms-desc"),
    title=("h1.article__title", ".article__title"),
    date=(".article__meta time", "time.time", ".article__meta"),
    lead=(".article__sapo", ".cms-desc"),
    body=(".article__body.cms-body", ".article__body", ".zce-content-body"),
    author=(".article__author .cms-author", ".article__author", ".cms-author"),
    furniture=(".article-relate",),
    listing=Listing(
        items=".story__heading",
        next_page="?page={n}",
        article=r"-post\d+\.(html|vnp)$",
        feeds=("/rss/{section}.rss",),
    ),
)
