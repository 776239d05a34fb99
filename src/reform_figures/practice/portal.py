"""What the practice portals have in common: items, templates, pages of a listing, ETags, pictures, traps.

In: a portal's entry in `practice/portals.toml` and its items. Out: a Flask app with the routes that every family
has; the module of the family adds its own. "Tin tức" (news) is the name of a section, declared there.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from flask import Flask, Response, abort, render_template, request, send_file
from jinja2 import FileSystemLoader
from markupsafe import escape

from reform_figures.practice.items import PORTAL_NAMES, Item, ItemError

PAGE_SIZE = 6

TRAPS = {
    "shared_links": "tayninh: a listing page ends with title-only links, which are the head of the next page",
    "past_end_redirect": "tayninh: a page past the end answers 301 to page 1, not 404",
    "broken_published_time": "tayninh: article:published_time is no date",
    "feed_month_for_minutes": "tayninh: pubDate in the feed has the month where the minutes belong",
    "past_end_first_page": "hanam: a page past the end answers 200 with page 1, not with an empty list",
    "invisible_characters": "hanam: zero-width spaces and no-break spaces inside the text",
    "file_names_as_text": "hanam: the file name of each picture is a paragraph of its own",
    "repeated_captions": "baolamdong: a caption is two plain paragraphs with the same words",
    "flood_guard": "tayninh: more than 40 requests in 60 s or 150 in 300 s from one machine answer 429",
    "session_in_links": "quangngai: links carry ';jsessionid=' and the session's number behind the path",
    "redirect_in_links": "quangngai: links to articles carry the list that they stand in as 'redirect='",
    "month_abbreviated": "quangngai: the day reads '3 thg 2, 2023', as Java writes it",
    "no_charset": "sonoivu: pages are UTF-8, and neither a header nor the page says so",
    "no_date_in_pages": "thuvien: no page tells when an article was published, only the feed and the sitemap",
    "past_end_last_batch": "thuvien: a batch past the end answers 200 with the last one",
    "gzip_by_another_name": "thuvien: the sitemap is gzip, typed application/octet-stream",
    "day_only_in_address": "dienbien: only the address tells the day, without zeros",
    "block_theme": "daklak: a block theme, whose list turns by ?query-0-page=2 and has no article element",
    "time_only_in_address": "chinhphu: a magazine page tells no date; the number in its address is the time",
    "caption_as_paragraph": "chinhphu, quangninh: a picture's caption comes again as a paragraph of the text",
    "related_inside_text": "chinhphu, nhandan: a box with other news stands between two paragraphs",
    "tracking_links": "chinhphu: the links of a list carry utm parameters",
    "empty_timeline": "chinhphu: the list that a browser loads is an empty answer with 200 past its end",
    "missing_is_200": "sonoivu, chinhphu, quangninh, noivu-moi: an article that is not there is an answer with 200",
    "adverts_inside_text": "nhandan: advertisements stand between the paragraphs",
    "most_read_beside_list": "nhandan, quangninh: a list is repeated beside itself, partly under other addresses",
    "missing_feed_redirects": "nhandan: a feed that is not there redirects to the home page",
    "cookie_test": "quangninh: the first page redirects once, to see whether the client keeps cookies",
    "todays_date_in_header": "quangninh: the page's header shows today's date under an id like the article's",
    "ids_like_the_articles": "quangninh: titles of boxes and texts of the foot have ids that end like the article's",
    "shell_for_everything": "noivu-moi: every address answers the same empty page with 200, also sitemap.xml",
    "escaped_html": "noivu-moi: letters are entities inside the JSON, and some texts are escaped as a whole",
    "seven_decimals": "noivu-moi: times have seven decimals and no zone",
}
"""What can be switched, by name, with what it does."""

DEFAULT_TRAPS = frozenset(TRAPS) - {"flood_guard", "block_theme"}
"""The traps that cost a reader nothing but care; the flood guard would slow a whole class down, the
block theme is another portal."""


@dataclass(frozen=True)
class Portal:
    """One practice portal: its declaration, its items (newest first) and the names of the traps that are on."""

    name: str
    title: str
    family: str
    practises: str
    sections: dict[str, str]
    items: tuple[Item, ...]
    traps: frozenset[str]

    @property
    def used_sections(self) -> list[str]:
        """The sections that have items, in the order of the declaration."""
        return [s for s in self.sections if any(item.section == s for item in self.items)]

    def in_section(self, section: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.section == section)

    def numbered(self, number: int) -> Item | None:
        return next((item for item in self.items if item.number == number), None)

    def named(self, slug: str) -> Item | None:
        return next((item for item in self.items if item.slug == slug), None)

    def neighbours(self, item: Item) -> tuple[Item | None, Item | None]:
        """The next newer and the next older item."""
        at = self.items.index(item)
        return self.items[at - 1] if at else None, self.items[at + 1] if at + 1 < len(self.items) else None

    def related(self, item: Item, count: int = 4) -> tuple[Item, ...]:
        """The items published just before this one, as "related news" lists show them."""
        at = self.items.index(item)
        return self.items[at + 1 : at + 1 + count]

    def search(self, words: str) -> tuple[Item, ...]:
        """Items that contain every word, in any case and with or without diacritics, as the databases compare."""
        wanted = _bare(words).split()
        return tuple(item for item in self.items if wanted and all(word in _bare(item.plain_text) for word in wanted))


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def load_portals(folder: Path, items: list[Item], traps: frozenset[str]) -> list[Portal]:
    """The portals declared in `folder/portals.toml`, each with its items. Raises ItemError, ValueError for a trap."""
    if unknown := sorted(set(traps) - set(TRAPS)):
        raise ValueError(f"unknown trap {unknown[0]!r}; known traps: {', '.join(TRAPS)}")
    path = Path(folder) / "portals.toml"
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
        sections = declared["sections"]
        portals = [
            Portal(name, sections=sections, items=_items_of(name, items), traps=frozenset(traps), **declared[name])
            for name in PORTAL_NAMES
        ]
    except FileNotFoundError as error:
        raise ItemError(f"{path}: not found; expected a practice folder (articles, items, templates)") from error
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        wanted = "a table [sections] and a table with title, family and practises for each portal"
        raise ItemError(f"{path}: expected {wanted}; wrong is: {error}") from error
    for item in items:
        if item.section not in sections:
            raise ItemError(f"{path}: section {item.section!r} of {item.slug}.md has no name under [sections]")
    return portals


def _items_of(name: str, items: list[Item]) -> tuple[Item, ...]:
    return tuple(item for item in items if item.portal == name)


def new_app(portal: Portal, folder: Path, shown=escape) -> Flask:
    """A Flask app with what all families share.

    `shown` turns a text of an item into escaped HTML the way the family's server does; templates call it as a
    filter of that name.
    """
    app = Flask(f"practice-{portal.name}", static_folder=None)
    templates = Path(folder) / "templates"
    app.jinja_loader = FileSystemLoader([templates / portal.name, templates / "shared"])
    keep_source_tidy(app)
    app.jinja_env.filters.update(shown=shown, feed_date=feed_date)
    app.jinja_env.globals.update(portal=portal, traps=portal.traps)
    app.json.sort_keys = False
    pictures = {block.file for item in portal.items for block in item.blocks if block.kind == "picture"}

    @app.get("/robots.txt")
    def robots():
        return text_answer("robots.txt", "text/plain")

    @app.get("/style.css")
    def style():
        return text_answer("style.css", "text/css")

    @app.get("/<path:place>/<file>.jpg")
    def picture(place, file):
        if f"{file}.jpg" not in pictures:
            abort(404)
        return send_file((templates / "shared" / "picture.jpg").resolve(), etag=False, last_modified=None)

    @app.errorhandler(404)
    def not_found(error):
        return render_template("404.html"), 404

    app.after_request(answer_conditionally)
    return app


def keep_source_tidy(app: Flask) -> None:
    """Leave no empty lines where a template has its tags: students read the page source."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def text_answer(template: str, content_type: str, **values) -> Response:
    """A rendered template under a content type of its own; `content_type` without charset gets UTF-8."""
    kind = content_type if "charset" in content_type else f"{content_type}; charset=utf-8"
    return Response(render_template(template, **values), content_type=kind)


def answer_conditionally(response: Response) -> Response:
    """Give every 200 a strong ETag made from its bytes, and answer 304 where the client has them already."""
    if response.status_code == 200:
        response.direct_passthrough = False
        response.headers.pop("Last-Modified", None)
        response.add_etag(overwrite=True)
        response.make_conditional(request)
        response.headers.pop("Date", None)  # the server writes its own
    return response


def split_pages(items: tuple[Item, ...], size: int = PAGE_SIZE) -> list[tuple[Item, ...]]:
    """The items as pages of a listing; one empty page where there is none."""
    return [items[at : at + size] for at in range(0, len(items), size)] or [()]


def asked_page(name: str = "page") -> int:
    """The page number in the query, 1 where it is missing or no number."""
    return request.args.get(name, 1, type=int)


def feed_date(moment: datetime) -> str:
    """A time as RSS writes it: 'Fri, 03 Feb 2023 11:00:00 +0000'. English names whatever the machine's language."""
    return format_datetime(moment)
