"""SharePoint publishing pages, as provincial portals ran them.

In: the portal's items. Out: the app. "Skip Ribbon Commands" opens every page; the text is full of no-break and
zero-width spaces, picture names stand as paragraphs, and `ms-rtestate-field` marks every rich text of the page, as
in hanam-2022-08-10 and in published scrapers of such portals.
"""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask, abort, redirect, render_template, request, url_for
from markupsafe import Markup, escape

from reform_figures.practice.portal import Portal, asked_page, new_app, split_pages

SERVER_HEADERS = {"MicrosoftSharePointTeamServices": "15.0.0.4420", "X-Powered-By": "ASP.NET"}


def create_hanam(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder, shown=add_invisible if "invisible_characters" in portal.traps else escape)
    app.jinja_env.filters["aspnet"] = write_latin_entities
    pages = split_pages(portal.items)

    @app.get("/")
    def root():
        return redirect(url_for("listing"))

    @app.get("/Pages/tin-tuc-su-kien.aspx")
    def listing():
        page = asked_page("Page")
        known = 1 <= page <= len(pages)
        # what SharePoint lists do past the end is not recorded anywhere; web parts that ignore a bad number are usual
        if not known and "past_end_first_page" in portal.traps:
            page, known = 1, True
        items = pages[page - 1] if known else ()
        return render_template("listing.html", items=items, page=page, last=len(pages))

    @app.get("/Pages/chuyen-muc.aspx")
    def web_part():
        """A list as web parts show it: an article is the list's own page with its number as the query."""
        if number := request.args.get("ItemID", type=int):
            return render_template("article.html", item=portal.numbered(number) or abort(404))
        page = min(max(asked_page("Page"), 1), len(pages))
        return render_template("web_part.html", items=pages[page - 1], page=page, last=len(pages))

    @app.get("/Pages/<slug>.aspx")
    def article(slug):
        return render_template("article.html", item=portal.named(slug) or abort(404))

    @app.get("/_layouts/15/osssearchresults.aspx")
    def search():
        words = request.args.get("k", "")
        return render_template("search.html", words=words, items=portal.search(words))

    @app.after_request
    def name_server(response):
        response.headers.update(SERVER_HEADERS)
        return response

    return app


def write_latin_entities(text: str) -> Markup:
    """Escape as ASP.NET does: U+00A0 to U+00FF become decimal entities, the other letters stay."""
    return Markup(re.sub(r"[\u00a0-\u00ff]", lambda found: f"&#{ord(found.group())};", str(escape(text))))


def add_invisible(text: str) -> Markup:
    """Escape a text and leave in it what pasting from a word processor leaves."""
    pasted = "\u200b" + text.replace(". ", ".\u00a0 ").replace("; ", ";\u00a0")
    return Markup(str(escape(pasted)).replace("\u00a0", "&#160;"))
