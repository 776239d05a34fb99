"""The ministry's portal since its restructuring: an empty page for every address, and a JSON interface behind it.

In: the portal's items. Out: the app. "Dữ liệu cán bộ về một mối" (officials' data in one place) is
`/tin-tuc/<any words>---id<n>`, `<div id="root"></div>` and nothing else; its text is in
`/api/Public/PostDetail?ID=<n>`, as HTML inside JSON. Fields and addresses are those of a published scraper
(`TieuDe` headline, `MoTa` lead, `NoiDung` text, `NgayXuatBan` day of publication); the real interface has a host of
its own.
"""

from __future__ import annotations

import re
from html import escape
from html.entities import codepoint2name
from pathlib import Path

from flask import Flask, abort, jsonify, render_template, request
from markupsafe import Markup

from reform_figures.practice.items import Item
from reform_figures.practice.portal import Portal, new_app, text_answer

FIRST_CATEGORY = 12
MENU = 2794
MOST_AT_ONCE = 100


def create_noivu_moi(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder, shown=write_letters if "escaped_html" in portal.traps else escape_text)
    categories = {FIRST_CATEGORY + n: section for n, section in enumerate(portal.used_sections)}
    add_shells(app, portal)
    add_menu(app, portal, categories)
    add_posts(app, portal, categories)
    return app


def escape_text(text: str) -> Markup:
    return Markup(escape(text, quote=False))


def write_letters(text: str) -> Markup:
    """Escape as the editor does: each letter of Latin-1 by its name, `&agrave;`; the other letters stay."""
    named = re.sub(r"[\u00a0-\u00ff]", lambda found: f"&{codepoint2name[ord(found.group())]};", escape_text(text))
    return Markup(named)


def add_shells(app: Flask, portal: Portal) -> None:
    @app.get("/")
    @app.get("/chuyen-muc/<name>---id<int:number>")
    @app.get("/tin-tuc/<name>---id<int:number>")
    def shell(**parts):
        return render_template("shell.html")

    @app.get("/<path:anything>")
    def other(anything):
        """The program in the page decides what an address means, so the server has one answer for all."""
        return render_template("shell.html") if "shell_for_everything" in portal.traps else abort(404)

    @app.get("/static/js/main.js")
    def program():
        return text_answer("main.js", "text/javascript")


def add_menu(app: Flask, portal: Portal, categories: dict[int, str]) -> None:
    @app.get("/api/Public/MenuDetail")
    def menu():
        children = [
            {
                "ID": MENU + number,
                "TenMenu": portal.sections[section],
                "URL": f"{request.script_root}/chuyen-muc/{section}---id{number}",
            }
            for number, section in categories.items()
        ]
        return jsonify(ID=MENU, TenMenu="Tin tức", childs=children)


def add_posts(app: Flask, portal: Portal, categories: dict[int, str]) -> None:
    @app.get("/api/Public/PostsByCategory")
    def posts():
        category = request.args.get("ID", 0, type=int)
        items = portal.in_section(categories.get(category, ""))
        if category == FIRST_CATEGORY:  # the ministry's own news are shown there once more
            items = portal.items
        skip, take = request.args.get("skip", 0, type=int), request.args.get("take", 10, type=int)
        shown = items[max(skip, 0) :][: min(max(take, 0), MOST_AT_ONCE)]
        told = {"data": [tell_post(item, portal) for item in shown], "totalCount": -1, "groupCount": -1}
        if request.args.get("requireTotalCount") == "true":
            told["totalCount"] = len(items)
        return jsonify(told)

    @app.get("/api/Public/PostDetail")
    def post():
        item = portal.numbered(request.args.get("ID", 0, type=int))
        if item is None:
            answer = jsonify(data=None, success=False, message="Không tìm thấy tin bài")
            return answer, 200 if "missing_is_200" in portal.traps else 404
        body = render_template("body.html", item=item)
        if "escaped_html" in portal.traps and item.number % 2:
            body = escape(body, quote=False)  # older articles went through the editor's escaping twice
        number = next(n for n, section in categories.items() if section == item.section)
        category = {"ID": number, "TenChuyenMuc": portal.sections[item.section]}
        return jsonify(data={**tell_post(item, portal), "NoiDung": body, "ChuyenMuc": category}, success=True)


def tell_post(item: Item, portal: Portal) -> dict:
    """A post without its text, as lists have it. Times are local and have no zone; .NET writes seven decimals."""
    decimals = f".{item.number:07d}" if "seven_decimals" in portal.traps else ""
    return {
        "ID": item.number,
        "TieuDe": item.title,
        "MoTa": f"<p>{write_letters(item.lead)}</p>",
        "NgayXuatBan": f"{item.published:%Y-%m-%dT%H:%M:%S}{decimals}",
        "LuotXem": item.views,
    }
