"""Newspapers on ePi's CMS (`zce`, `cms-body`): nhandan, vietnamplus, sggp, tienphong, baolaocai.

In: pages with `article__body`. Out: the declaration. The date stands in `time` with the zone in its attribute;
"Ảnh: TTXVN" ends many captions (photo: Vietnam News Agency).
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="epi",
    version="2024-01",
    marks=("zce-content-body", "article__body", "article__sapo", "cms-body", "cms-desc"),
    title=("h1.article__title", ".article__title", "h1.cms-title"),
    date=(".article__meta time", "time.time", "time[datetime]", ".article__meta", "meta[itemprop=datePublished]"),
    lead=(".article__sapo", ".cms-desc"),
    body=(".article__body.cms-body", ".article__body", ".zce-content-body"),
    author=(".article__author .cms-author", ".article__author", ".cms-author"),
    furniture=(".article-relate", ".notebox", ".cms-relate", ".article__tag"),
    listing=Listing(
        items="h2.story__heading, h3.story__heading, .story__heading a",
        next_page="?page={n}",
        article=r"-post\d+\.(html|vnp)$",
        feeds=("/rss/{section}.rss",),
    ),
)
