"""The ministry's portal as it was until about 2023.

In: the portal's items. Out: the app. "08:37 15/03/2023 | Lượt xem : 719" (views: 719) is its date line; a listing
has no link to its last page, and a page past the end is an empty list. The layout is known from moha-2023-03-03 and
from a published scraper; how pages past the end looked is not, and this is the simplest.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, abort, redirect, render_template, url_for

from reform_figures.practice.portal import Portal, asked_page, new_app, split_pages


def create_noivu(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder)
    pages = split_pages(portal.items)

    @app.get("/")
    def root():
        return redirect(url_for("listing"))

    @app.get("/tin-tuc-su-kien.html")
    def listing():
        page = max(asked_page(), 1)
        items = pages[page - 1] if page <= len(pages) else ()
        return render_template("listing.html", items=items, page=page)

    @app.get("/tin-tuc-su-kien/<slug>-<int:number>.html")
    def article(slug, number):
        item = portal.numbered(number)
        if item is None or item.slug != slug:
            abort(404)
        return render_template("article.html", item=item)

    @app.get("/in-bai-viet/<int:number>.html")
    def print_copy(number):
        return render_template("print.html", item=portal.numbered(number) or abort(404))

    def article_address(item):
        return url_for("article", slug=item.slug, number=item.number)

    app.jinja_env.globals["article_address"] = article_address
    return app
