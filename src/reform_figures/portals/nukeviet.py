"""NukeViet 4 (PHP, VINADES): provincial portals and departments, tayninh.gov.vn among them.

In: pages with `<meta name="generator" content="NukeViet v4.x">`. Out: the declaration. The date line reads
"Thứ sáu - 03/02/2023 18:00" (Friday ...), the byline "Tác giả: LN" (author: LN).

Seen in 4.5.05: `article:published_time` is broken ("2023-02-03+0718:00:00"), so it is no date here; the hidden
`datePublished` is right. Themes older than 4 (`#news_detail`) have neither.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="nukeviet",
    version="2024-02",
    marks=("NukeViet v", "news-bodyhtml", "nv_base_siteurl", "timeoutsess"),
    title=("h1[itemprop=headline]", ".news_column h1", "#news_detail h1", "h1.title", "h1"),
    date=("[itemprop=datePublished]", ".news_column span.h5", "#news_detail span.time"),
    lead=("div.hometext", "#hometext"),
    body=("#news-bodyhtml", ".news-bodyhtml", "#news_detail .bodytext"),
    author=(".news_column p.h5.text-right", "#news_detail > p[style*=right]"),
    listing=Listing(
        items=".news_column h2, .news_column h3",
        next_page="page-{n}/",
        article=r"-\d+\.html$",
        skip=r"/(print|savefile|sendmail|rating|tag|search)/|second=cronjobs",
        feeds=("../rss/{section}/",),
        sitemaps=("sitemap-vi.news.xml",),
    ),
)
