"""A department's small portal on ASP.NET WebForms: a GridView that turns its pages by sending a form back.

In: the portal's items. Out: the app. "Không tìm thấy tin bài" (article not found) comes with status 200. The next
page is the answer to the page's own form: without its hidden fields, or without the session's cookie, 500. Manners as
seen on a real server: letters from U+00A0 to U+00FF are numeric references, the rest raw UTF-8 of which no header
tells.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64decode, b64encode
from pathlib import Path

from flask import Flask, Response, abort, redirect, render_template, request, url_for

from reform_figures.practice.hanam import write_latin_entities
from reform_figures.practice.portal import Portal, new_app, split_pages

GRID = "ctl00$ContentPlaceHolder1$grvTinTuc"
"""Name of the grid, as its pager's links send it back."""

PAGE_SIZE, PAGER_WIDTH = 3, 2
"""Articles on a page, numbers in a pager: real ones show 10 and 5, then '...' for the page behind; small, so that
few texts show the same."""

COOKIE = "ASP.NET_SessionId"


def create_sonoivu(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder, shown=write_latin_entities)
    pages = split_pages(portal.items, PAGE_SIZE)
    numbers = {item.slug: number for number, item in enumerate(reversed(portal.items), 1)}
    app.jinja_env.globals.update(numbers=numbers, grid=GRID)
    add_listing(app, pages)
    add_articles(app, portal, numbers)
    app.after_request(lambda response: dress(response, "no_charset" in portal.traps))
    return app


def add_listing(app: Flask, pages: list) -> None:
    def show(page: int):
        values = {"items": pages[page - 1], "pager": make_pager(page, len(pages))}
        return render_template("listing.html", **values, viewstate=view_state(page), validation=validation(page))

    @app.get("/")
    def root():
        return redirect(url_for("listing"))

    @app.get("/TinTuc.aspx")
    def listing():
        return show(1)

    @app.post("/TinTuc.aspx")
    def turn_page():
        page = page_of(request.form.get("__VIEWSTATE", ""), len(pages))
        target, argument = request.form.get("__EVENTTARGET"), request.form.get("__EVENTARGUMENT", "")
        wanted = {argument: number for argument, _, number in make_pager(page, len(pages)) if argument} if page else {}
        token = request.form.get("__EVENTVALIDATION")
        if not page or token != validation(page) or target != GRID or argument not in wanted:
            return render_template("error.html"), 500
        if COOKIE not in request.cookies:
            return render_template("error.html"), 500
        return show(wanted[argument])


def add_articles(app: Flask, portal: Portal, numbers: dict[str, int]) -> None:
    @app.get("/ChiTiet.aspx")
    def article():
        asked = request.args.get("ItemID", 0, type=int)
        item = next((item for item in portal.items if numbers[item.slug] == asked), None)
        if item is None and "missing_is_200" not in portal.traps:
            abort(404)
        return render_template("article.html", item=item, viewstate=view_state(0))

    @app.get("/TimKiem.aspx")
    def search():
        words = request.args.get("q", "")
        return render_template("search.html", words=words, items=portal.search(words), viewstate=view_state(0))


def make_pager(page: int, last: int) -> list[tuple[str, str, int]]:
    """Argument, text and target of each entry of the pager of a page; the argument '' for the page itself."""
    first = (page - 1) // PAGER_WIDTH * PAGER_WIDTH + 1
    window = range(first, min(first + PAGER_WIDTH, last + 1))
    entries = [(f"Page${first - 1}", "...", first - 1)] if first > 1 else []
    entries += [("" if number == page else f"Page${number}", str(number), number) for number in window]
    if window[-1] < last:
        entries += [(f"Page${window[-1] + 1}", "...", window[-1] + 1), ("Page$Last", "Trang cuối", last)]
    return entries


def view_state(page: int) -> str:
    """The state of a page, the same at each request; real ones hold the whole page."""
    digest = hashlib.sha256(f"viewstate {page}".encode()).digest()
    return b64encode(b"\xff\x01" + page.to_bytes(2, "big") + digest).decode()


def page_of(state: str, last: int) -> int | None:
    """The page whose state was sent back, None where it is no state of a list."""
    try:
        page = int.from_bytes(b64decode(state, validate=True)[2:4], "big")
    except ValueError:
        return None
    return page if 1 <= page <= last and state == view_state(page) else None


def validation(page: int) -> str:
    """The token that allows the events of one page and of no other."""
    return b64encode(b"\x00" * 6 + hashlib.sha256(f"events {page}".encode()).digest()).decode()


def dress(response: Response, no_charset: bool) -> Response:
    """Headers of the server; the session's cookie comes with the first answer."""
    if response.mimetype == "text/html" and no_charset:
        response.headers["Content-Type"] = "text/html"
    if COOKIE not in request.cookies and request.endpoint not in ("style", "picture", "robots"):
        response.set_cookie(COOKIE, secrets.token_hex(12), httponly=True)
    response.headers.update({"X-AspNet-Version": "4.0.30319", "X-Powered-By": "ASP.NET"})
    return response
