"""Newspapers on the CMS with `b-maincontent` and pictures at 1cdn.vn: baolamdong.vn since 2025, hanoimoi, baohaiphong,
baodanang, daibieunhandan, congly; and the layout of baolamdong.vn before that.

In: their pages. Out: the declaration. A place line opens the lead: "(LĐ online) - Chiều 20/12" (Lâm Đồng online,
in the afternoon of 20 December); captions come twice.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="baolamdong",
    version="2023-12",
    marks=("b-maincontent", "c-detail-head", "1cdn.vn", "c-news-detail"),
    title=("h1.c-detail-head__title", ".sc-longform-header-title", "h1.title", "h1"),
    date=(".c-detail-head__time", ".sc-longform-header-date", ".b-maincontent .date", ".date"),
    lead=(".c-news-detail h2.desc", ".b-maincontent h2.desc", "h2.desc", "h2.sapo"),
    body=(".b-maincontent .entry", "article.entry", ".c-news-detail .content-main-normal", ".b-maincontent"),
    author=(".c-author-page", ".c-detail-author", ".b-maincontent .author"),
    furniture=(".c-box", ".c-related", ".news-related", ".c-tags"),
    listing=Listing(
        items=".b-grid__title a, h2 a, h3 a",
        next_page="?page={n}",
        article=r"-\d{5,}\.html$|/20\d{4}/.+-[0-9a-f]{7}/$",
        feeds=("/rss/{section}",),
    ),
)
