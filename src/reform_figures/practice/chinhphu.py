"""A newspaper on VCCorp's CMS, as baochinhphu.vn and its sisters run it since 2021.

In: the portal's items. Out: the app. "Thông xe cây cầu" (a bridge is opened) has the address
`...-102230117090547123.htm`: site 102, then the local time of publication to the millisecond. Page 2 of a list is
`/kinh-te/trang-2.htm`; a browser gets it as a fragment instead, from `/timelinelist/<zone>/2.htm`. Names of classes,
attributes and addresses are those of published scrapers and templates of that CMS.
"""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask, abort, redirect, render_template, request, url_for

from reform_figures.practice.items import Item
from reform_figures.practice.portal import Portal, new_app, split_pages, text_answer

SITE = "102"
MAGAZINE = "van-hoa"
"""Section whose articles are set as a magazine page: a layout without a date line."""
FIRST_ZONE = 102_100
"""Number of the first section in the addresses of the fragments; 0 is the list of everything."""


def create_chinhphu(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder)
    zones = {FIRST_ZONE + n: section for n, section in enumerate(portal.sections)}
    app.jinja_env.globals.update(
        article_address=article_address,
        zone_of={section: zone for zone, section in zones.items()},
        magazine=MAGAZINE,
    )
    add_listings(app, portal, zones)
    add_articles(app, portal)
    add_feeds(app, portal)
    return app


def article_id(item: Item) -> str:
    """Site and moment of publication; the milliseconds are a constant of the item."""
    return f"{SITE}{item.published:%y%m%d%H%M%S}{item.number % 1000:03d}"


def article_address(item: Item, **more) -> str:
    return url_for("page", name=f"{item.slug}-{article_id(item)}", **more)


def identified(portal: Portal, number: str) -> Item | None:
    return next((item for item in portal.items if article_id(item) == number), None)


def add_listings(app: Flask, portal: Portal, zones: dict[int, str]) -> None:
    def listed(section: str) -> tuple[Item, ...]:
        return portal.in_section(section) if section else portal.items

    @app.get("/")
    @app.get("/trang-<int:page>.htm")
    @app.get("/<section>/trang-<int:page>.htm")
    def listing(section="", page=1):
        if section and section not in portal.used_sections:
            abort(404)
        pages = split_pages(listed(section))
        items = pages[page - 1] if 1 <= page <= len(pages) else ()
        return render_template("listing.html", items=items, section=section, page=page)

    @app.get("/timelinelist/<int:zone>/<int:page>.htm")
    def fragment(zone, page):
        pages = split_pages(listed(zones.get(zone, "")))
        if 1 <= page <= len(pages) and (zone in zones or zone == 0):
            return render_template("items.html", items=pages[page - 1])
        return "" if "empty_timeline" in portal.traps else abort(404)

    @app.get("/tim-kiem.htm")
    def search():
        words = request.args.get("keywords", "")
        return render_template("search.html", words=words, items=portal.search(words))


def add_articles(app: Flask, portal: Portal) -> None:
    @app.get("/<name>.htm")
    def page(name):
        """A section's first page or an article: the CMS has one form of address for both."""
        if name in portal.used_sections:
            return app.view_functions["listing"](name)
        slug, _, number = name.rpartition("-")
        item = identified(portal, number)
        if item is None:
            return render_template("missing.html"), 200 if "missing_is_200" in portal.traps else 404
        if slug != item.slug:
            return redirect(article_address(item), 301)
        return render_template("article.html", item=item)

    @app.get("/print/<number>.htm")
    def print_copy(number):
        return render_template("print.html", item=identified(portal, number) or abort(404))


def add_feeds(app: Flask, portal: Portal) -> None:
    halves = sorted({half_month(item) for item in portal.items}, reverse=True)

    @app.get("/rss/<section>.rss")
    def feed(section):
        if section != "home" and section not in portal.used_sections:
            abort(404)
        items = portal.items if section == "home" else portal.in_section(section)
        return text_answer("rss.xml", "application/rss+xml", items=items[:20], section=section)

    @app.get("/sitemap.xml")
    def sitemap_index():
        return text_answer("sitemap_index.xml", "text/xml", halves=halves)

    @app.get("/sitemaps/sitemaps-<half>.xml")
    def sitemap(half):
        if half not in halves:
            abort(404)
        items = [item for item in portal.items if half_month(item) == half]
        return text_answer("sitemap.xml", "text/xml", items=items)


def half_month(item: Item) -> str:
    """Name of the sitemap that an article is in: '2023-2-1-15', or '2023-2-16-28' and so on."""
    days = "1-15" if item.published.day <= 15 else "16-31"
    return re.sub("-0", "-", f"{item.published:%Y-%m}-{days}")
