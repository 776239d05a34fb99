"""DotNetNuke with a news module, as provincial portals and departments ran it.

In: the portal's items. Out: the app. "Tin tức" (news) is tab 119: `/tin-tuc/tabid/119/language/vi-VN/Default.aspx`,
and the same page is `/Default.aspx?tabid=119`; an article adds `/ID/<n>` or `&ID=<n>`. Ids are `dnn_ctr<module>_...`,
of the module and of its container's title alike. The list of departments' news (tab 121) is a Telerik grid that is
paged by posting its form. Ids, panes and addresses are DotNetNuke's own and those of published scrapers.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, abort, redirect, render_template, request, url_for

from reform_figures.practice.items import Item
from reform_figures.practice.portal import PAGE_SIZE, Portal, new_app, split_pages, text_answer

NEWS, GRID, FIRST_SECTION = 119, 121, 130
"""Numbers of the tabs (pages): all news, the grid, and the first of the sections."""
MODULE = 507
GRID_NAME = "dnn$ctr512$ViewTinBai$grdTinBai$ctl00$ctl03$ctl01"
"""What the grid's pager calls its controls: number n is `$ctl<3 + 2n>`, the button "next" `$ctl28`."""
COOKIE = "AspxAutoDetectCookieSupport"


def create_quangninh(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder)
    tabs = {NEWS: ""} | {FIRST_SECTION + n: section for n, section in enumerate(portal.used_sections)}
    app.jinja_env.globals.update(
        article_address=article_address, tab_address=tab_address, tabs=tabs, news=NEWS, grid=GRID, module=MODULE,
        grid_name=GRID_NAME,
    )  # fmt: skip
    if "cookie_test" in portal.traps:
        app.before_request(test_for_cookies)
    add_pages(app, portal, tabs)
    add_grid(app, portal)
    add_others(app, portal)
    return app


def tab_address(tab: int, page: int = 1, **more) -> str:
    """The friendly address of a tab, or of a later page of its list."""
    place = f"tabid/{tab}/currentpage/{page}" if page > 1 else f"tabid/{tab}"
    return url_for("friendly", place=place, **more)


def article_address(item: Item, **more) -> str:
    return url_for("friendly", place=f"tabid/{NEWS}/ID/{item.number}", **more)


def test_for_cookies():
    """ASP.NET asks a browser without cookies once more, under an address with a mark, to see whether it keeps any."""
    if request.path.lower().endswith(".aspx") and COOKIE not in request.args and COOKIE not in request.cookies:
        mark = "&" if request.query_string else "?"
        answer = redirect(f"{request.script_root}{request.full_path.rstrip('?')}{mark}{COOKIE}=1")
        answer.set_cookie(COOKIE, "1")
        return answer
    return None


def add_pages(app: Flask, portal: Portal, tabs: dict[int, str]) -> None:
    @app.get("/")
    def root():
        return redirect(tab_address(NEWS))

    @app.get("/Default.aspx")
    def by_query():
        told = {name.lower(): value for name, value in request.args.items()}
        if "dnnprintmode" in told:
            return render_template("print.html", item=portal.numbered(_number(told, "id")) or abort(404))
        return show(told)

    @app.get("/tin-tuc/<path:place>/language/vi-VN/Default.aspx")
    def friendly(place):
        parts = place.lower().split("/")
        return show(dict(zip(parts[::2], parts[1::2], strict=False)))

    def show(told: dict[str, str]):
        """The page of a tab: an article where an ID is told, else a page of the tab's list."""
        tab = _number(told, "tabid")
        if "id" in told:
            item = portal.numbered(_number(told, "id"))
            status = 200 if item or "missing_is_200" in portal.traps else 404
            return render_template("article.html", item=item), status
        if tab == GRID:
            return show_grid(portal, 1)
        if tab not in tabs:
            abort(404)
        pages = split_pages(portal.in_section(tabs[tab]) if tabs[tab] else portal.items)
        page = max(_number(told, "currentpage", 1), 1)
        items = pages[page - 1] if page <= len(pages) else ()
        return render_template("listing.html", items=items, tab=tab, page=page, last=len(pages))


def _number(told: dict[str, str], name: str, missing: int = 0) -> int:
    return int(told[name]) if told.get(name, "").isdigit() else missing


def add_grid(app: Flask, portal: Portal) -> None:
    @app.post("/Default.aspx")
    def turn_grid():
        """The page that the pager's control names; without the form's hidden fields the server fails."""
        state = request.form.get("__VIEWSTATE", "")
        if request.args.get("tabid") != str(GRID) or not state.startswith("trang-"):
            return render_template("404.html"), 500
        here = int(state.removeprefix("trang-"))
        if f"{GRID_NAME}$ctl28" in request.form:
            return show_grid(portal, here + 1)
        control = request.form.get("__EVENTTARGET", "").removeprefix(f"{GRID_NAME}$ctl")
        return show_grid(portal, (int(control) - 3) // 2 if control.isdigit() else here)


def show_grid(portal: Portal, page: int) -> str:
    pages = split_pages(portal.items, PAGE_SIZE - 1)
    page = min(max(page, 1), len(pages))
    return render_template("grid.html", items=pages[page - 1], page=page, last=len(pages))


def add_others(app: Flask, portal: Portal) -> None:
    @app.get("/RSS.aspx")
    def feed():
        if request.args.get("ModuleID") != str(MODULE):
            abort(404)
        return text_answer("rss.xml", "text/xml", items=portal.items[:20])

    @app.get("/SiteMap.aspx")
    def sitemap():
        return text_answer("sitemap.xml", "text/xml")

    @app.get("/tim-kiem.aspx")
    def search():
        words = request.args.get("Search", "")
        return render_template("search.html", words=words, items=portal.search(words))
