"""All practice portals on one port: chosen by the Host header, or by the first part of the path.

In: the folder `practice/`. Out: a Flask app, or a server in a thread. `tayninh.practice.test` and
`tayninh.localhost` are the portal "Cổng luyện tập Tây Ninh" (practice portal Tây Ninh) at its own root;
`http://127.0.0.1:8000/tayninh/` is the same portal for a browser, every link with the prefix.
"""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, redirect, render_template
from jinja2 import FileSystemLoader
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server

from reform_figures.practice.baolamdong import create_baolamdong
from reform_figures.practice.chinhphu import create_chinhphu
from reform_figures.practice.daklak import create_daklak
from reform_figures.practice.dienbien import create_dienbien
from reform_figures.practice.hanam import create_hanam
from reform_figures.practice.items import load_items
from reform_figures.practice.nhandan import create_nhandan
from reform_figures.practice.noivu import create_noivu
from reform_figures.practice.noivu_moi import create_noivu_moi
from reform_figures.practice.portal import (
    DEFAULT_TRAPS,
    answer_conditionally,
    keep_source_tidy,
    load_portals,
    text_answer,
)
from reform_figures.practice.quangngai import create_quangngai
from reform_figures.practice.quangninh import create_quangninh
from reform_figures.practice.sonoivu import create_sonoivu
from reform_figures.practice.tayninh import create_tayninh
from reform_figures.practice.thuvien import create_thuvien
from reform_figures.practice.visits import Visit, count_visits, manners_table, note_visits

DOMAINS = ("practice.test", "localhost")

CREATORS = {
    "tayninh": create_tayninh,
    "hanam": create_hanam,
    "daklak": create_daklak,
    "noivu": create_noivu,
    "baolamdong": create_baolamdong,
    "quangngai": create_quangngai,
    "sonoivu": create_sonoivu,
    "thuvien": create_thuvien,
    "dienbien": create_dienbien,
    "chinhphu": create_chinhphu,
    "nhandan": create_nhandan,
    "quangninh": create_quangninh,
    "noivu-moi": create_noivu_moi,
}


def create_app(folder: Path, traps: Collection[str] = DEFAULT_TRAPS) -> Flask:
    """The app that serves all portals of a practice folder, with the named traps on.

    Raises ItemError for a text or a declaration that does not fit, ValueError for an unknown trap.
    """
    portals = load_portals(folder, load_items(folder), frozenset(traps))
    apps = {portal.name: CREATORS[portal.name](portal, folder) for portal in portals}
    app = Flask("practice", static_folder=None)
    app.jinja_loader = FileSystemLoader(Path(folder) / "templates" / "shared")
    keep_source_tidy(app)

    @app.get("/")
    def index():
        return render_template("index.html", portals=portals, has_log="show_visits" in app.view_functions)

    @app.get("/style.css")
    def style():
        return text_answer("style.css", "text/css")

    app.after_request(answer_conditionally)
    by_path = DispatcherMiddleware(app.wsgi_app, {f"/{name}": portal for name, portal in apps.items()})

    def choose_portal(environ, start_response):
        chosen = apps.get(_portal_of(environ.get("HTTP_HOST", "")), by_path)
        return chosen(environ, start_response)

    app.wsgi_app = choose_portal
    return app


def _portal_of(host: str) -> str:
    """The portal that a Host header asks for by its own name; '' for none."""
    name, _, domain = host.partition(":")[0].lower().partition(".")
    return name if domain in DOMAINS and name in CREATORS else ""


def robots_texts(folder: Path) -> dict[str, str]:
    """Portal → its robots.txt as it stands below the path of the portal, without a visit to one that is served."""
    portals = create_app(folder).test_client()
    return {name: portals.get(f"/{name}/robots.txt").text for name in CREATORS}


def _show_visits(app: Flask, folder: Path, visits: list[Visit]) -> None:
    """Add the page `/visits` to an app: what each visitor did so far, with a button that empties the log."""
    robots = robots_texts(folder)

    @app.get("/visits")
    def show_visits():
        return render_template("visits.html", rows=manners_table(count_visits(visits, robots)))

    @app.post("/visits")
    def empty_visits():
        visits.clear()
        return redirect("/visits", 303)


@contextmanager
def serve(
    port: int,
    folder: Path,
    traps: Collection[str] = DEFAULT_TRAPS,
    show_requests: bool = False,
    visits: list[Visit] | None = None,
) -> Iterator[str]:
    """Serve the portals on 127.0.0.1 in a thread while the `with` block runs; gives 'http://127.0.0.1:<port>'.

    Port 0 takes a free one. Every request is added to `visits`, where that is given, and `/visits` shows what they
    tell. Raises OSError with one sentence
    where the port cannot be had, and what `create_app` raises.
    """
    app = create_app(folder, traps)
    if visits is not None:
        _show_visits(app, folder, visits)
        app.wsgi_app = note_visits(app.wsgi_app, visits, _portal_of)
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        why = "is in use by another program" if error.errno == errno.EADDRINUSE else f"cannot be used ({error})"
        raise OSError(f"port {port} {why}; choose another one, or 0 for any free port") from error
    with listener:
        # werkzeug ends the whole program where a port is taken, so it gets a socket that is already bound
        handler = WSGIRequestHandler if show_requests else _QuietHandler
        server = make_server("127.0.0.1", port, app, threaded=True, request_handler=handler, fd=listener.fileno())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _QuietHandler(WSGIRequestHandler):
    def log(self, *args) -> None:
        pass
