"""SharePoint in the variant of Tân Dân, as Điện Biên, Ninh Thuận and Nam Định ran it.

In: the portal's items. Out: the app. Of an article published on 3 February 2023 the address holds the day without
zeros and a headline cut short, with random letters right behind it:
/portal/Pages/2023-2-3/Hoi-nghi-tong-ketx7k2pq.aspx. "Đăng ngày" (posted on) may be missing from the page. Class names
and addresses are those of published scrapers and link lists; nobody recorded what is past the end.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from flask import Flask, abort, redirect, render_template, request, url_for

from reform_figures.practice.items import Item
from reform_figures.practice.portal import Portal, asked_page, new_app, split_pages

LONGEST_SLUG = 40
"""Letters of a headline that fit into an address."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def create_dienbien(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder)
    places = {article_place(item): item for item in portal.items}

    def article_address(item: Item) -> str:
        return f"{request.script_root}/portal/Pages/{article_place(item)}.aspx"

    app.jinja_env.globals.update(article_address=article_address)
    in_section = {listing_name(portal, name): portal.in_section(name) for name in portal.used_sections}
    in_section |= {listing_name(portal, "tin-tuc-su-kien"): portal.items}
    app.jinja_env.globals.update(listings=list(in_section))
    add_listings(app, portal, in_section)

    @app.get("/portal/<any(Pages, pages):library>/<day>/<name>.aspx")
    def article(library, day, name):
        item = places.get(f"{day}/{name}") or abort(404)
        return render_template("article.html", item=item)

    return app


def add_listings(app: Flask, portal: Portal, in_section: dict[str, tuple[Item, ...]]) -> None:
    main = list(in_section)[-1]

    @app.get("/")
    def root():
        return redirect(url_for("listing", name=main))

    @app.get("/portal/Pages/<name>.aspx")
    def listing(name):
        if name not in in_section:
            abort(404)
        pages = split_pages(in_section[name])
        page = min(max(asked_page("PageIndex"), 1), len(pages))
        return render_template("listing.html", items=pages[page - 1], page=page, last=len(pages), name=name)

    @app.get("/_layouts/15/osssearchresults.aspx")
    def search():
        words = request.args.get("k", "")
        return render_template("search.html", words=words, items=portal.search(words))


def listing_name(portal: Portal, section: str) -> str:
    return without_marks(portal.sections[section])


def article_place(item: Item) -> str:
    """Folder and name of an article's page: day without zeros, headline cut, six letters that mean nothing."""
    day = f"{item.published.year}-{item.published.month}-{item.published.day}"
    random = "".join(_LETTERS[int(item.digest[at : at + 2], 16) % 36] for at in range(0, 12, 2))
    return f"{day}/{without_marks(item.title)[:LONGEST_SLUG]}{random}"


def without_marks(text: str) -> str:
    """A headline as these addresses write it: 'Giảm 8 đầu mối' is 'Giam-8-dau-moi'."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
