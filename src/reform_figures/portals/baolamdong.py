"""Newspapers on the CMS with `b-maincontent` and pictures at 1cdn.vn, and baolamdong.vn before it moved there.

In: pages of baolamdong.vn, hanoimoi, baohaiphong, baodanang, daibieunhandan, congly. Out: the declaration, from
published scrapers. "(LĐ online) - Chiều 20/12" (Lâm Đồng online, in the afternoon of 20 December) opens the lead;
captions come twice, as plain paragraphs. Addresses end in six digits and `.html`, at baolamdong.vn until 2025 in
seven hex digits.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="baolamdong",
    version="2023-12",
    marks=("b-maincontent", "c-detail-head", "1cdn.vn", "c-news-detail", "b-grid__title"),
    title=("h1.c-detail-head__title", ".sc-longform-header-title", ".b-maincontent h1.title"),
    date=(".c-detail-head__time", ".sc-longform-header-date", ".b-maincontent .detail-time"),
    lead=("h2.desc", ".b-maincontent .sapo"),
    body=(".b-maincontent .entry", "article.entry", ".content-main-normal", ".b-maincontent"),
    author=(".c-author-page", ".b-maincontent .detail-author"),
    furniture=(".c-box",),
    listing=Listing(
        items=".b-grid__title",
        next_page="?page={n}",
        article=r"-\d{5,}\.html$|/20\d{4}/.+-[0-9a-f]{7}/$",
        feeds=("/rss/{section}",),
    ),
)
