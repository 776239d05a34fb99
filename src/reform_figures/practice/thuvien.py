"""Plone 6 with its classic pages, as libraries and institutes run it.

In: the portal's items. Out: the app. "Xem thêm" (read on) follows each entry of a list. Manners as seen on a server
of version 6.2: no page tells a visitor when an article was published, only the folder's RSS (`dc:date`, UTC, the
newest articles) and the sitemap (`lastmod`), whose bytes are gzip under a type that does not say so. A batch past the
end is the last one again, as has been reported; without that trap the list is empty, as one capture of 6.2 has it.
"""

from __future__ import annotations

import gzip
from datetime import UTC
from pathlib import Path

from flask import Flask, Response, abort, render_template, request, url_for

from reform_figures.practice.items import Item
from reform_figures.practice.portal import PAGE_SIZE, Portal, new_app, text_answer

FOLDER = "tin-tuc"
FEED_SIZE = 5
"""Articles in the folder's RSS, fewer than it has; real ones show 15."""


def create_thuvien(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder)
    shows_date = "no_date_in_pages" not in portal.traps

    def article_address(item: Item) -> str:
        return url_for("article", slug=item.slug, _external=True)

    app.jinja_env.globals.update(article_address=article_address, folder=FOLDER, shows_date=shows_date)
    app.jinja_env.filters["utc"] = lambda moment: f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+00:00"
    add_pages(app, portal)
    add_lists(app, portal)
    app.before_request(refuse_json)
    app.register_error_handler(404, not_found)
    return app


def add_pages(app: Flask, portal: Portal) -> None:
    @app.get("/")
    def home():
        return render_template("home.html")

    @app.get(f"/{FOLDER}")
    def listing():
        asked = request.args.get("b_start:int", 0, type=int)
        start = batch_start(asked, len(portal.items), "past_end_last_batch" in portal.traps)
        items = portal.items[start : start + PAGE_SIZE]
        return render_template("listing.html", items=items, start=start, size=PAGE_SIZE, total=len(portal.items))

    @app.get(f"/{FOLDER}/<slug>")
    def article(slug):
        return render_template("article.html", item=portal.named(slug) or abort(404))

    @app.get("/@@search")
    def search():
        words = request.args.get("SearchableText", "")
        return render_template("search.html", words=words, items=portal.search(words))


def batch_start(asked: int, total: int, last_again: bool) -> int:
    """Where a batch begins; with `last_again`, one past the end is the last batch."""
    if asked < total or not last_again:
        return max(asked, 0)
    return max(total - 1, 0) // PAGE_SIZE * PAGE_SIZE


def add_lists(app: Flask, portal: Portal) -> None:
    @app.get(f"/{FOLDER}/RSS")
    def feed():
        return text_answer("rss.xml", "application/atom+xml", items=portal.items[:FEED_SIZE])

    @app.get("/sitemap.xml.gz")
    def sitemap():
        page = request.args.get("page", type=int)
        if page not in (None, 1):
            abort(404)
        text = render_template("sitemap_index.xml" if page is None else "sitemap.xml")
        if "gzip_by_another_name" not in portal.traps:
            return Response(text, content_type="text/xml; charset=utf-8")
        return Response(gzip.compress(text.encode(), mtime=0), content_type="application/octet-stream")


def refuse_json():
    """None, or the refusal of a visitor who asks for JSON: that interface needs a login."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return {"type": "Unauthorized", "message": "Missing 'plone.restapi: Use REST API' permission"}, 401
    return None


def not_found(error):
    """A page for who asks for pages, JSON for who takes anything."""
    if "text/html" in request.headers.get("Accept", ""):
        return render_template("404.html"), 404
    return {"error_type": "NotFound"}, 404
