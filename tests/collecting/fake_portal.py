"""A portal in a thread that answers exactly what a test tells it to, and remembers what it was asked.

In: answers by path. Out: HTTP on 127.0.0.1. Its list is called "Tin tức" (news), like everybody's.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOST = "portal.test"
ADDRESS = f"http://{HOST}/"
ARTICLE = "<html><body><h1>{0}</h1><p>Bài viết số {0} về cải cách hành chính của tỉnh, đủ dài để đọc.</p></body></html>"


@dataclass
class Page:
    """An answer. `etag` True makes one of the body, as a careful server does."""

    body: bytes | str = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    etag: bool = True
    content_type: str = "text/html; charset=utf-8"


@dataclass
class Asked:
    method: str
    path: str
    status: int
    headers: dict


class FakePortal:
    """`pages` maps a path with query to a Page, or to a function of the request handler that answers by hand."""

    def __init__(self) -> None:
        self.pages: dict = {}
        self.asked: list[Asked] = []

    def paths(self, status: int | None = None) -> list[str]:
        return [a.path for a in self.asked if status in (None, a.status)]

    def add_news(self, count: int, per_page: int = 5, **page) -> list[str]:
        """`count` articles and a list of them at /tin-tuc?page=N; returns their paths."""
        paths = [f"/bai-{n}.html" for n in range(1, count + 1)]
        for n, path in enumerate(paths, 1):
            self.pages[path] = Page(ARTICLE.format(n), **page)
        for start in range(0, count, per_page):
            links = "".join(f'<h3><a href="{p}">Tin</a></h3>' for p in paths[start : start + per_page])
            number = start // per_page + 1
            self.pages["/tin-tuc" + (f"?page={number}" if number > 1 else "")] = Page(links, **page)
        return paths

    @contextmanager
    def running(self):
        portal = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                answer = portal.pages.get(self.path, Page("không có", 404))
                if callable(answer):
                    portal.asked.append(Asked(self.command, self.path, 0, dict(self.headers)))
                    answer(self)
                    return
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                status, headers = answer.status, {"Content-Type": answer.content_type, **answer.headers}
                if answer.etag and status == 200:
                    headers["ETag"] = f'"{hashlib.md5(body).hexdigest()}"'
                    if self.headers["If-None-Match"] == headers["ETag"]:
                        status, body = 304, b""
                portal.asked.append(Asked(self.command, self.path, status, dict(self.headers)))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                self.form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                portal.pages[f"POST {urlsplit(self.path).path}"](self)

            def log_message(self, *args):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass  # clients that hang up are what is being tested

        server = Server(("127.0.0.1", 0), Handler)
        self.port = server.server_address[1]
        self.endpoint = f"127.0.0.1:{self.port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
