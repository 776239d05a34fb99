"""A newspaper on ePi's CMS, as nhandan.vn, vietnamplus.vn and sggp.org.vn run it.

In: the portal's items. Out: the app. "Sở gọn lại" (departments made leaner) has the address `...-post123456.html`; a
list goes on at `?page=2`, and for browsers in `/api/morenews-zone-<zone>-<page>.html`, which robots.txt forbids as
at real portals. Feeds carry the zone in their name (`/rss/xa-hoi-1107.rss`), so `/rss.html` lists them. Sitemaps go
by month. Class and field names are those of published scrapers.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from flask import Flask, abort, jsonify, redirect, render_template, request, url_for

from reform_figures.practice.items import Item
from reform_figures.practice.portal import Portal, asked_page, new_app, split_pages, text_answer

MAGAZINE = "van-hoa"
"""Section whose articles are set as an e-magazine, with class names of its own."""
FIRST_ZONE = 1100
COMPRESSED = ("application/xml", "application/json", "text/xml")


def create_nhandan(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder)
    zones = {section: FIRST_ZONE + n for n, section in enumerate(portal.sections)}
    app.jinja_env.globals.update(article_address=article_address, zones=zones, magazine=MAGAZINE)
    add_listings(app, portal)
    add_interface(app, portal, zones)
    add_articles(app, portal)
    add_feeds(app, portal, zones)
    app.after_request(compress)
    return app


def article_address(item: Item, **more) -> str:
    return url_for("article", name=f"{item.slug}-post{item.number}", **more)


def add_listings(app: Flask, portal: Portal) -> None:
    @app.get("/")
    def home():
        return render_template("home.html", groups=[(s, portal.in_section(s)[:3]) for s in portal.used_sections])

    @app.get("/<section>/")
    def listing(section):
        if section not in portal.used_sections:
            abort(404)
        pages, page = split_pages(portal.in_section(section)), asked_page()
        page = page if 1 <= page <= len(pages) else 1
        return render_template("listing.html", items=pages[page - 1], section=section, page=page, last=len(pages))

    @app.get("/tim-kiem/")
    def search():
        words = request.args.get("q", "")
        return render_template("search.html", words=words, items=portal.search(words))


def add_interface(app: Flask, portal: Portal, zones: dict[str, int]) -> None:
    """What "Xem thêm" (more) asks for; times are numbers, seconds of Unix."""

    @app.get("/api/morenews-zone-<int:zone>-<int:page>.html")
    @app.get("/api/morenews-latest-0-<int:page>.html")
    def more_news(page, zone=0):
        section = next((s for s in portal.used_sections if zones[s] == zone), "")
        pages = split_pages(portal.in_section(section) if zone else portal.items)
        items = pages[page - 1] if 1 <= page <= len(pages) else ()
        contents = [
            {
                "content_id": item.number,
                "title": item.title,
                "description": item.lead,
                "date": int(item.published.timestamp()),
                "url": article_address(item, _external=True),
            }
            for item in items
        ]
        told = {"contents": contents, "load_more": page < len(pages)}
        return jsonify(error_code=0, error_message="Success", data=told)


def add_articles(app: Flask, portal: Portal) -> None:
    @app.get("/<name>.html")
    def article(name):
        slug, _, number = name.rpartition("-post")
        item = (portal.numbered(int(number)) if number.isdigit() else None) or abort(404)
        if slug != item.slug:
            return redirect(article_address(item), 301)
        return render_template("magazine.html" if item.section == MAGAZINE else "article.html", item=item)

    @app.get("/print.html")
    def print_copy():
        item = portal.numbered(request.args.get("id", 0, type=int)) or abort(404)
        return render_template("print.html", item=item)


def add_feeds(app: Flask, portal: Portal, zones: dict[str, int]) -> None:
    feeds = {"home": ""} | {f"{section}-{zones[section]}": section for section in portal.used_sections}
    months = sorted({f"{item.published:%Y}-{item.published.month}" for item in portal.items}, reverse=True)

    @app.get("/rss.html")
    def feed_list():
        return render_template("feeds.html", feeds=feeds)

    @app.get("/rss/<name>.rss")
    def feed(name):
        if name not in feeds:
            return redirect(url_for("home")) if "missing_feed_redirects" in portal.traps else abort(404)
        items = portal.in_section(feeds[name]) if feeds[name] else portal.items
        return text_answer("rss.xml", "text/xml", items=items[:20], section=feeds[name])

    @app.get("/sitemap.xml")
    def sitemap_index():
        return text_answer("sitemap_index.xml", "application/xml", months=months)

    @app.get("/sitemaps/categories.xml")
    def sitemap_of_sections():
        return text_answer("categories.xml", "application/xml")

    @app.get("/sitemaps/news-<month>.xml")
    def sitemap(month):
        items = [item for item in portal.items if f"{item.published:%Y}-{item.published.month}" == month]
        return text_answer("sitemap.xml", "application/xml", items=items or abort(404))


def compress(response):
    """Send XML and JSON compressed to whoever takes that, as the real server does."""
    if response.mimetype in COMPRESSED and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.direct_passthrough = False
        response.set_data(gzip.compress(response.get_data(), mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
    return response
