"""Liferay 6.2 with its asset publisher, as provincial portals and ministries run it.

In: the portal's items. Out: the app. "Tin tức" (news) is one page under three addresses (/web/guest/tin-tuc,
/vi/tin-tuc, /tin-tuc). Its pager names the portlet's instance, which differs from page to page; an address carries
the session and the way back; an article stands among other web contents. Names are those of Liferay's own source.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, abort, redirect, render_template, request, url_for

from reform_figures.practice.items import Item
from reform_figures.practice.portal import Portal, new_app, split_pages, text_answer

MAIN = "tin-tuc"
"""The page whose asset publisher shows every article."""

INSTANCES = {
    MAIN: "Tq7ZkW2mXb9R",
    "cai-cach-hanh-chinh": "hG4nLs81VdYc",
    "van-hoa": "Pw3uJe6KxT0a",
    "xa-hoi": "c9RfBm5QzN2y",
}
"""Pages that have an asset publisher, with the id of its instance."""

RELATED_INSTANCE = "y2Hd8CvRtS7k"
SESSION = "9C1F0A7D52E84B36A1D0C7E4F58B2693.nut1"
"""The same for every visitor: a page must not change by being asked for again."""


def create_quangngai(portal: Portal, folder: Path) -> Flask:
    app = new_app(portal, folder)

    def article_path(item: Item, page: str = MAIN, site: str = "/web/guest", session=False, **more) -> str:
        where = f"{request.script_root}{site}/{page}/-/asset_publisher/{INSTANCES[page]}/content/{item.slug}"
        if session and "session_in_links" in portal.traps:
            where += f";jsessionid={SESSION}"
        return where + (f"?{urlencode(more)}" if more else "")

    def page_path(page: str, number: int = 1) -> str:
        where = url_for("site_page", page=page)
        if "session_in_links" in portal.traps:
            where += f";jsessionid={SESSION}"
        return where + (f"?{pager_query(INSTANCES[page], number)}" if number > 1 else "")

    shown = {name: portal.in_section(name) for name in INSTANCES} | {MAIN: portal.items}
    app.jinja_env.globals.update(article_path=article_path, page_path=page_path, instances=INSTANCES, main=MAIN)
    app.jinja_env.globals.update(related_instance=RELATED_INSTANCE)
    app.jinja_env.filters["liferay_date"] = liferay_date if "month_abbreviated" in portal.traps else plain_date
    add_pages(app, shown)
    add_articles(app, portal)
    add_lists(app, portal, shown)
    return app


def pager_query(instance: str, number: int) -> str:
    """What the pager of an asset publisher puts behind the page's address."""
    name = f"101_INSTANCE_{instance}"
    values = {"p_p_id": name, "p_p_lifecycle": 0, "p_p_state": "normal", "p_p_mode": "view", "p_p_col_id": "column-1"}
    values |= {f"_{name}_delta": 6, f"_{name}_keywords": "", f"_{name}_advancedSearch": "false"}
    return urlencode(values | {f"_{name}_andOperator": "true", f"_{name}_cur": number})


def without_session(path: str) -> str:
    return path.partition(";jsessionid=")[0]


def add_pages(app: Flask, shown: dict[str, tuple[Item, ...]]) -> None:
    @app.get("/")
    def root():
        return redirect(url_for("site_page", page=MAIN))

    @app.get("/web/guest/<page>")
    @app.get("/vi/<page>", endpoint="vietnamese_page")
    @app.get("/<page>", endpoint="bare_page")
    def site_page(page):
        page = without_session(page)
        if page not in shown:
            abort(404)
        pages = split_pages(shown[page])
        asked = request.args.get(f"_101_INSTANCE_{INSTANCES[page]}_cur", 1, type=int)
        number = min(max(asked, 1), len(pages))  # past the end, its search container shows the last page
        values = {"items": pages[number - 1], "number": number, "last": len(pages), "page": page}
        return render_template("listing.html", **values)


def add_articles(app: Flask, portal: Portal) -> None:
    @app.get("/web/guest/<page>/-/asset_publisher/<instance>/content/<slug>")
    @app.get("/vi/<page>/-/asset_publisher/<instance>/content/<slug>", endpoint="vietnamese_article")
    @app.get("/<page>/-/asset_publisher/<instance>/content/<slug>", endpoint="bare_article")
    def article(page, instance, slug):
        item = portal.named(without_session(slug))
        if not item or INSTANCES.get(page) != instance:
            abort(404)
        return render_template("article.html", item=item, page=page)


def add_lists(app: Flask, portal: Portal, shown: dict[str, tuple[Item, ...]]) -> None:
    @app.get("/web/guest/<page>/-/asset_publisher/<instance>/rss")
    def feed(page, instance):
        if INSTANCES.get(page) != instance:
            abort(404)
        return text_answer("rss.xml", "text/xml", items=shown[page], page=page)

    @app.get("/sitemap.xml")
    def sitemap():
        """An index of the site's pages; web contents without a display page of their own stand in none."""
        layout = request.args.get("p_l_id")
        name = "sitemap_index.xml" if layout is None else "sitemap.xml"
        return text_answer(name, "text/xml", pages=list(INSTANCES))

    @app.get("/web/guest/tim-kiem")
    def search():
        words = request.args.get("q", "")
        return render_template("search.html", words=words, items=portal.search(words))


def plain_date(moment) -> str:
    return moment.strftime("%d/%m/%Y")


def liferay_date(moment) -> str:
    """The day as Java writes it for Vietnam since its version 9: '3 thg 2, 2023'."""
    return f"{moment.day} thg {moment.month}, {moment.year}"
