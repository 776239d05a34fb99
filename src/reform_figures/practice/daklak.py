"""WordPress 6.1 with a classic theme (or, as a trap, a block theme), its feed and its REST interface.

In: the portal's items. Out: the app. Quotes and dashes differ from what was typed: "3 đột phá - 4 trọng tâm"
(three breakthroughs - four priorities) is shown with curly quotes and a long dash. Seen on a server of version 6.1.9.
"""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import Path

from flask import Flask, abort, redirect, render_template, request, url_for
from jinja2 import FileSystemLoader
from markupsafe import Markup, escape

from reform_figures.practice.daklak_rest import add_rest
from reform_figures.practice.portal import Portal, asked_page, feed_date, new_app, split_pages, text_answer

LOGIN = "quantri"
"""Who WordPress names as the author: the account, never the byline."""

FEED_SIZE = 10


def create_daklak(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder, shown=texturize)
    app.json.mimetype = "application/json; charset=UTF-8"
    app.jinja_env.globals.update(login=LOGIN)
    app.jinja_env.filters["utc_date"] = lambda moment: feed_date(moment.astimezone(UTC))
    if "block_theme" in portal.traps:
        parts = Path(folder) / "templates"
        app.jinja_loader = FileSystemLoader([parts / part for part in ("daklak_blocks", "daklak", "shared")])
    add_listings(app, portal)
    add_articles(app, portal)
    add_sitemaps(app)
    add_rest(app, portal)
    return app


def add_listings(app: Flask, portal: Portal) -> None:
    def listing(items, page, heading="", **place):
        """A page of posts; `place` is the endpoint with its values, from which the pager makes its links."""
        pages = split_pages(items)
        if "block_theme" in portal.traps:  # its query block turns the pages; what the address says is passed over
            page = min(max(asked_page("query-0-page"), 1), len(pages))
        if not items or not 1 <= page <= len(pages):
            abort(404)
        values = {"items": pages[page - 1], "heading": heading, "page": page, "last": len(pages), "place": place}
        return render_template("listing.html", **values)

    @app.get("/")
    @app.get("/page/<int:page>/")
    def home(page=1):
        if number := request.args.get("p", type=int):
            item = portal.numbered(number) or abort(404)
            return redirect(url_for("article", slug=item.slug), 301)
        if words := request.args.get("s", ""):
            return render_template("search.html", words=words, items=portal.search(words))
        if paged := request.args.get("paged", type=int):
            return redirect(url_for("home", page=paged), 301)
        return listing(portal.items, page, endpoint="home")

    @app.get("/category/<section>/")
    @app.get("/category/<section>/page/<int:page>/")
    def category(section, page=1):
        items, heading = portal.in_section(section), portal.sections.get(section, "")
        return listing(items, page, heading, endpoint="category", section=section)

    @app.get(f"/author/{LOGIN}/")
    @app.get(f"/author/{LOGIN}/page/<int:page>/")
    def author(page=1):
        return listing(portal.items, page, LOGIN, endpoint="author")


def add_articles(app: Flask, portal: Portal) -> None:
    @app.get("/<slug>/")
    def article(slug):
        item = portal.named(slug) or abort(404)
        newer, older = portal.neighbours(item)
        return render_template("article.html", item=item, newer=newer, older=older)

    @app.get("/search/<words>/")
    def search(words):
        words = words.replace("+", " ").replace("-", " ")
        return render_template("search.html", words=words, items=portal.search(words))

    @app.get("/feed/")
    @app.get("/category/<section>/feed/")
    def feed(section=""):
        pages = split_pages(portal.in_section(section) if section else portal.items, FEED_SIZE)
        page = asked_page("paged")
        if not pages[0] or not 1 <= page <= len(pages):
            abort(404)
        return text_answer("feed.xml", "application/rss+xml", items=pages[page - 1], section=section)


def add_sitemaps(app: Flask) -> None:
    """The index and its two parts; entries have no lastmod, which comes with WordPress 6.5."""

    @app.get("/sitemap.xml")
    def sitemap_redirect():
        return redirect(url_for("sitemap_index"))

    @app.get("/wp-sitemap.xml")
    def sitemap_index():
        return text_answer("sitemap_index.xml", "application/xml")

    @app.get("/wp-sitemap-posts-post-1.xml")
    def sitemap_posts():
        return text_answer("sitemap_posts.xml", "application/xml")

    @app.get("/wp-sitemap-taxonomies-category-1.xml")
    def sitemap_categories():
        return text_answer("sitemap_categories.xml", "application/xml")


_TEXTURE = [
    (re.compile(r"(^|(?<=[\s(\[–—]))&#34;"), "&#8220;"),
    (re.compile(r"&#34;"), "&#8221;"),
    (re.compile(r"(^|(?<=[\s(\[–—]))&#39;"), "&#8216;"),
    (re.compile(r"&#39;"), "&#8217;"),
    (re.compile(r"(?<=\s)--?(?=\s)"), "&#8211;"),
    (re.compile(r"\.\.\."), "&#8230;"),
]


def texturize(text: str) -> Markup:
    """Escape a text and replace typewriter quotes, dashes and dots, as WordPress does on output."""
    shown = str(escape(text))
    for pattern, entity in _TEXTURE:
        shown = pattern.sub(entity, shown)
    return Markup(shown)
