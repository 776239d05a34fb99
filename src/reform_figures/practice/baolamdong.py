"""A newspaper, with the addresses and the page parts of its system before 2025.

In: the portal's items. Out: the app. "TÁC GIẢ 08:13, 21/12/2023" (author, time, day) is its date line; captions
come twice, as plain paragraphs, and a place line opens the lead, as in lamdong-2023-12-20.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, abort, render_template, request, url_for

from reform_figures.practice.portal import Portal, asked_page, new_app, split_pages, text_answer


def create_baolamdong(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder)

    @app.get("/")
    def home():
        return listing_page(portal.items)

    @app.get("/<section>/")
    def listing(section):
        if section not in portal.used_sections:
            abort(404)
        return listing_page(portal.in_section(section), section)

    def listing_page(items, section=""):
        page, pages = asked_page(), split_pages(items)
        if not 1 <= page <= len(pages):
            abort(404)
        return render_template("listing.html", items=pages[page - 1], section=section, page=page, last=len(pages))

    @app.get("/<section>/<month>/<address>/")
    def article(section, month, address):
        asked = {"section": section, "month": month, "address": address}
        item = next((item for item in portal.items if address_parts(item) == asked), None) or abort(404)
        return render_template("article.html", item=item)

    @app.get("/tim-kiem/")
    def search():
        words = request.args.get("q", "")
        return render_template("search.html", words=words, items=portal.search(words))

    @app.get("/rss/<section>")
    def feed(section):
        if section not in portal.used_sections:
            abort(404)
        return text_answer("rss.xml", "application/rss+xml", items=portal.in_section(section)[:20], section=section)

    def article_address(item, **more):
        return url_for("article", **address_parts(item), **more)

    app.jinja_env.globals["article_address"] = article_address
    return app


def address_parts(item) -> dict[str, str]:
    """The parts of an article's address: section, year and month, slug and seven hex digits."""
    month = item.published.strftime("%Y%m")
    return {"section": item.section, "month": month, "address": f"{item.slug}-{item.digest[:7]}"}
