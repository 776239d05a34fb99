"""The REST interface of WordPress, as far as a collector needs it: posts, one post, and the index.

In: the portal's items and a query (per_page, page, search, after, before, _fields). Out: JSON with the totals in
headers. "Bộ Nội vụ sơ kết" (the ministry's interim review) comes as `title.rendered`, already HTML.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from flask import Flask, current_app, jsonify, render_template, request, url_for

from reform_figures.practice.items import VIETNAM_TIME, Item
from reform_figures.practice.portal import Portal, split_pages


class RestError(ValueError):
    """A query that WordPress answers with 400 or 404; `args` are code, message and status."""


def add_rest(app: Flask, portal: Portal) -> None:
    @app.get("/wp-json/")
    def rest_index():
        routes = {"/wp/v2/posts": {"methods": ["GET"]}, "/wp/v2/posts/(?P<id>[\\d]+)": {"methods": ["GET"]}}
        return jsonify(name=portal.title, url=url_for("home", _external=True), namespaces=["wp/v2"], routes=routes)

    @app.get("/wp-json/wp/v2/posts")
    def rest_posts():
        size = _whole_number("per_page", 10, most=100)
        page = _whole_number("page", 1)
        found = portal.search(request.args["search"]) if request.args.get("search") else portal.items
        after, before = _moment("after"), _moment("before")
        found = [i for i in found if (not after or i.published > after) and (not before or i.published < before)]
        pages = split_pages(tuple(found), size)
        if page > len(pages):
            raise RestError("rest_post_invalid_page_number", f"Page {page} lies past the last page.", 400)
        answer = jsonify([_chosen_fields(post_record(item, list(portal.sections))) for item in pages[page - 1]])
        answer.headers["X-WP-Total"] = str(len(found))
        answer.headers["X-WP-TotalPages"] = str(len(pages) if found else 0)
        links = [(page - 1, "prev")] * (page > 1) + [(page + 1, "next")] * (page < len(pages))
        if links:
            answer.headers["Link"] = ", ".join(f'<{_page_address(n)}>; rel="{rel}"' for n, rel in links)
        return answer

    @app.get("/wp-json/wp/v2/posts/<int:number>")
    def rest_post(number):
        if not (item := portal.numbered(number)):
            raise RestError("rest_post_invalid_id", f"There is no post {number}.", 404)
        return jsonify(_chosen_fields(post_record(item, list(portal.sections))))

    @app.errorhandler(RestError)
    def refuse(error):
        code, message, status = error.args
        return jsonify(code=code, message=message, data={"status": status}), status

    @app.after_request
    def allow_no_index(response):
        if request.path.startswith("/wp-json/"):
            response.headers["X-Robots-Tag"] = "noindex"
        return response


def post_record(item: Item, sections: list[str]) -> dict:
    """A post with the fields that a collector asks for; `date` is local without zone, `date_gmt` is UTC."""
    local, utc = item.published.strftime("%Y-%m-%dT%H:%M:%S"), item.published.astimezone(UTC)
    link = url_for("article", slug=item.slug, _external=True)
    shown = current_app.jinja_env.filters["shown"]
    return {
        "id": item.number,
        "date": local,
        "date_gmt": utc.strftime("%Y-%m-%dT%H:%M:%S"),
        "guid": {"rendered": link},
        "modified": local,
        "modified_gmt": utc.strftime("%Y-%m-%dT%H:%M:%S"),
        "slug": item.slug,
        "status": "publish",
        "type": "post",
        "link": link,
        "title": {"rendered": shown(item.title)},
        "content": {"rendered": render_template("content.html", item=item), "protected": False},
        "excerpt": {"rendered": f"<p>{shown(item.lead)}</p>\n", "protected": False},
        "author": 1,
        "categories": [1 + sections.index(item.section)],
    }


def _chosen_fields(record: dict) -> dict:
    """The record cut down to `_fields`: names, or name.part, separated by commas."""
    asked = [name.strip() for name in request.args.get("_fields", "").split(",") if name.strip()]
    if not asked:
        return record
    chosen: dict = {}
    for name in asked:
        outer, _, inner = name.partition(".")
        if outer not in record:
            continue
        if not inner:
            chosen[outer] = record[outer]
        elif isinstance(record[outer], dict) and inner in record[outer]:
            chosen.setdefault(outer, {})[inner] = record[outer][inner]
    return {name: chosen[name] for name in record if name in chosen}


def _whole_number(name: str, default: int, most: int | None = None) -> int:
    text = request.args.get(name, str(default))
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < 1 or (most and int(text) > most):
        raise RestError("rest_invalid_param", f"Invalid parameter: {name}", 400)
    return int(text)


def _moment(name: str) -> datetime | None:
    """A time of the query; without a zone it is local time."""
    text = request.args.get(name, "")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or "T" not in text:
        raise RestError("rest_invalid_param", f"Invalid parameter: {name}", 400)
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM_TIME)


def _page_address(page: int) -> str:
    query = {**request.args.to_dict(), "page": page}
    return url_for("rest_posts", _external=True, **query)
