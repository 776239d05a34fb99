"""Newspapers on ePi's CMS (`zce`, `cms-body`): nhandan, vietnamplus, sggp, tienphong, baolaocai, baogialai, baohatinh.

In: pages with `article__body`. Out: the declaration, from published scrapers, and tried on the practice portal; no
page of a real one was seen. Times are `2026-09-07T12:48:05+0700`, without a colon in the zone. E-magazines have class
names of their own. "Ảnh: TTXVN" ends many captions (photo: Vietnam News Agency).

Lists: `/xa-hoi/`; more comes from `/api/morenews-zone-<zone>-<page>.html`, which many forbid in robots.txt. Feeds
have the zone in their name (`/rss/xay-dung-dang-553.rss`; `/rss.html` lists them), sitemaps go by month
(`/sitemaps/news-2023-2.xml`).
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="epi",
    version="2026-09",
    marks=("zce-content-body", "article__body", "article__sapo", "cms-body", "cms-desc", "e-magazine__body"),
    title=("h1.article__title", "h1.article__header", ".article__title", ".e-magazine__title", "h1.cms-title"),
    date=(".article__meta time", ".e-magazine__meta time", "time.time", ".article__meta"),
    lead=(".article__sapo", ".e-magazine__sapo", ".cms-desc"),
    body=(".article__body.cms-body", ".article__body", ".zce-content-body", ".e-magazine__body", ".cms-body"),
    author=(".article__author .cms-author", ".article__author", ".cms-author"),
    furniture=(
        ".article-relate",
        ".article__relate",
        ".cms-relate",
        ".rlinks",
        ".story",
        ".sda_middle",
        ".ads_middle",
        ".banner",
        "[id^=adsWeb_]",
        ".article__tag",
    ),
    listing=Listing(
        items=".story__heading, .story h2, .story h3",
        next_page="?page={n}",
        drop=".sidebar, .article-relate",
        article=r"-(post)?\d{5,}\.(html?|vnp)$",
        skip=r"/print\.html|/(rss|tim-kiem|tag|tu-khoa)[/.]",
        feeds=("/rss/{section}.rss",),
    ),
)
