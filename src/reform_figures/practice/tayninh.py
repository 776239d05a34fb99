"""NukeViet 4.5, as provincial portals run it.

In: the portal's items. Out: the app. "Thứ sáu - 03/02/2023 18:00" (Friday ...) is its date line. Its manners
were seen on a server of version 4.5.05: one address an article, every other form of it 301s there; listing pages
share links; a page past the end is page 1 again.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, abort, redirect, render_template, request, url_for
from markupsafe import Markup, escape

from reform_figures.practice.items import Item
from reform_figures.practice.portal import Portal, feed_date, new_app, split_pages, text_answer

MAIN = "tin-tuc"
"""The parent category: it lists every article, and every article's own address lies in it."""

FLOOD_LIMITS = ((40, 60), (150, 300))
"""Requests allowed from one machine, in how many seconds."""


def create_tayninh(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder)
    if "flood_guard" in portal.traps:
        app.before_request(FloodGuard().refuse)

    def article_address(item, section=MAIN, **more):
        return url_for("article", section=section, slug=item.slug, number=item.number, **more)

    app.jinja_env.filters.update(entities=write_entities, nukeviet_date=nukeviet_feed_date)
    app.jinja_env.globals.update(article_address=article_address, main=MAIN)
    in_section = {section: portal.in_section(section) for section in portal.used_sections} | {MAIN: portal.items}
    add_listings(app, portal, in_section)
    add_articles(app, portal, in_section)
    add_feeds(app, in_section)
    return app


def add_listings(app: Flask, portal: Portal, in_section: dict[str, tuple[Item, ...]]) -> None:
    @app.get("/")
    def root():
        return redirect(url_for("home"))

    @app.get("/vi/news/")
    def home():
        return render_template("home.html", groups=[(name, items[:3]) for name, items in in_section.items()])

    @app.get("/vi/news/<section>/")
    @app.get("/vi/news/<section>/page-<int:page>/")
    def listing(section, page=None):
        if section not in in_section:
            return redirect(url_for("home"), 301)
        first, pages = url_for("listing", section=section), split_pages(in_section[section])
        if page == 1:
            return redirect(first, 301)
        page = page or 1
        if page > len(pages):
            return redirect(first, 301) if "past_end_redirect" in portal.traps else abort(404)
        after = pages[page][:3] if page < len(pages) and "shared_links" in portal.traps else ()
        values = {"items": pages[page - 1], "after": after, "page": page, "last": len(pages)}
        return render_template("listing.html", section=section, **values)

    @app.get("/vi/news/search/")
    def search():
        words = request.args.get("q", "")
        return render_template("search.html", words=words, items=portal.search(words))


def add_articles(app: Flask, portal: Portal, in_section: dict[str, tuple[Item, ...]]) -> None:
    @app.get("/vi/news/<section>/<slug>-<int:number>.html")
    def article(section, slug, number):
        if section not in in_section:
            return redirect(url_for("home"), 301)
        item = portal.numbered(number) or abort(404)
        if (section, slug) != (MAIN, item.slug):
            return redirect(url_for("article", section=MAIN, slug=item.slug, number=number), 301)
        return render_template("article.html", item=item)

    @app.get("/vi/news/print/<section>/<slug>-<int:number>.html")
    def print_copy(section, slug, number):
        return render_template("print.html", item=portal.numbered(number) or abort(404))


def add_feeds(app: Flask, in_section: dict[str, tuple[Item, ...]]) -> None:
    @app.get("/vi/news/rss/")
    @app.get("/vi/news/rss/<section>/")
    def feed(section=MAIN):
        items = in_section.get(section) or abort(404)
        return text_answer("rss.xml", "text/xml", items=items[:30], section=section)

    @app.get("/sitemap.xml")
    def sitemap_index():
        return text_answer("sitemap_index.xml", "text/xml")

    @app.get("/sitemap-vi.news.xml")
    def sitemap():
        return text_answer("sitemap.xml", "text/xml")


def write_entities(text: str) -> Markup:
    """Escape a title the way NukeViet does: colon and slash become numeric entities too."""
    return Markup(str(escape(text)).replace(":", "&#x3A;").replace("/", "&#x002F;"))


def nukeviet_feed_date(moment: datetime, wrong: bool) -> str:
    """pubDate in GMT; where `wrong`, with the month in place of the minutes, as the version's 'H:m:s' prints it."""
    moment = moment.astimezone(UTC)
    return feed_date(moment.replace(minute=moment.month) if wrong else moment).replace("+0000", "GMT")


class FloodGuard:
    """Refuses a machine that asks too often: 429 and Retry-After, a page instead of the answer."""

    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def refuse(self):
        """None where the request may pass, else the refusal; refused requests count as well."""
        if request.endpoint in ("style", "picture"):
            return None  # files do not pass through the portal's program
        now = time.monotonic()
        with self._lock:
            times = self._times[request.remote_addr or ""]
            times.append(now)
            while times[0] <= now - FLOOD_LIMITS[-1][1]:
                times.popleft()
            counts = [(sum(t > now - seconds for t in times), most) for most, seconds in FLOOD_LIMITS]
        if all(count <= most for count, most in counts):
            return None
        return render_template("wait.html"), 429, {"Retry-After": "60"}
