"""A Wayback Machine and a Common Crawl in a thread, which answer as their documents say.

In: captures. Out: HTTP on 127.0.0.1: CDX rows with resume keys and playback (wayback-cdx-server/README.md, RFC 7089),
collinfo.json, index pages and ranges of WARC files (pywb cdxserver_api.rst). "Bản lưu" (copy) after copy.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from .fake_portal import ARTICLE, FakePortal, Page

CDX_COLUMNS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
HTML = "text/html; charset=utf-8"


def urlkey(url: str) -> str:
    """SURT: vn,gov,moha)/path; http and https, with www. and without, are one."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").removeprefix("www.").split(".")))
    return f"{host}){parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


@dataclass
class Stored:
    url: str
    timestamp: str
    body: bytes
    status: int = 200
    content_type: str = HTML
    headers: dict = field(default_factory=dict)
    cut: bool = False
    """WARC-Truncated, at Common Crawl."""

    @property
    def mimetype(self) -> str:
        return self.content_type.partition(";")[0]


class FakeArchive(FakePortal):
    """Captures, and `pages` that answers requests from them; `special` maps the start of a path to a Page."""

    def __init__(self) -> None:
        super().__init__()
        self.stored: list[Stored] = []
        self.special: dict[str, list] = {}
        self.pages = self

    @property
    def address(self) -> str:
        return f"http://{self.endpoint}/"

    def add(self, url: str, timestamp: str = "20220301120000", body: str | bytes | None = None, **keys) -> Stored:
        body = ARTICLE.format(url) if body is None else body
        self.stored.append(Stored(url, timestamp, body.encode() if isinstance(body, str) else body, **keys))
        return self.stored[-1]

    def get(self, path: str, default: Page):
        for start, answers in self.special.items():
            if path.startswith(start) and answers:
                return answers.pop(0) if len(answers) > 1 or not callable(answers[0]) else answers[0]
        answer = self.answer(urlsplit(path).path, {k: v for k, v in parse_qs(urlsplit(path).query).items()}, path)
        return answer or default

    def rows(self, query: dict, match: str) -> list[Stored]:
        wanted = query["url"][0]
        chosen = []
        for copy in sorted(self.stored, key=lambda c: (urlkey(c.url), c.timestamp)):
            key = urlkey(copy.url)
            host = urlkey(wanted if "://" in wanted else f"http://{wanted}/").partition(")")[0]
            fits = {
                "host": key.partition(")")[0] == host,
                "domain": key.partition(")")[0] == host or key.startswith(f"{host},"),
                "prefix": key.startswith(urlkey(wanted)),
            }[match]
            until = query.get("to", ["9"])[0]
            if fits and query.get("from", [""])[0] <= copy.timestamp and copy.timestamp[: len(until)] <= until:
                chosen.append(copy)
        return chosen


class FakeWayback(FakeArchive):
    def __init__(self) -> None:
        super().__init__()
        self.as_text = False
        self.empty_body = False
        """Nothing found is an empty body rather than []."""

    def answer(self, path: str, query: dict, whole: str) -> Page | None:
        if path == "/cdx/search/cdx":
            return self._cdx(query)
        if path.startswith("/web/"):
            return self._playback(*unquote(whole.removeprefix("/web/")).split("id_/", 1))
        return None

    def _cdx(self, query: dict) -> Page:
        rows, last = [], None
        for copy in self.rows(query, query["matchType"][0]):
            values = {"statuscode": str(copy.status), "mimetype": copy.mimetype}
            if any(values[f.partition(":")[0]] != f.partition(":")[2] for f in query.get("filter", [])):
                continue
            if query.get("collapse") == ["urlkey"] and urlkey(copy.url) == last:
                continue
            last = urlkey(copy.url)
            rows.append([last, copy.timestamp, copy.url, copy.mimetype, str(copy.status), "ABC", str(len(copy.body))])
        start = int(query.get("resumeKey", ["0"])[0].removeprefix("key"))
        end = start + int(query["limit"][0])
        more = [[], [f"key{end}"]] if query["showResumeKey"] == ["true"] and end < len(rows) else []
        rows = rows[start:end]
        if self.as_text:
            text = "\n".join(" ".join(row) for row in [*rows, *more])
            return Page(text, etag=False, content_type="text/plain")
        table = [CDX_COLUMNS, *rows, *more] if rows else []
        body = "" if not rows and self.empty_body else json.dumps(table)
        return Page(body, etag=False, content_type="application/json")

    def _playback(self, timestamp: str, url: str) -> Page:
        copies = [c for c in self.stored if urlkey(c.url) == urlkey(url)]
        if not copies:
            return Page("The Wayback Machine has not archived that URL.", 404, etag=False)
        copy = min(copies, key=lambda c: abs(int(c.timestamp) - int(timestamp)))
        if copy.timestamp != timestamp:
            return Page("", 302, {"Location": f"{self.address}web/{copy.timestamp}id_/{copy.url}"}, False)
        when = datetime.strptime(timestamp, "%Y%m%d%H%M%S").strftime("%a, %d %b %Y %H:%M:%S GMT")
        original = {f"X-Archive-Orig-{name}": value for name, value in copy.headers.items()}
        headers = {"Memento-Datetime": when, "X-Archive-Orig-Content-Type": copy.content_type, **original}
        if 300 <= copy.status < 400:
            headers["Location"] = f"{self.address}web/{timestamp}id_/{copy.headers['Location']}"
        return Page(copy.body, copy.status, headers, False, copy.content_type)


def warc_record(copy: Stored, kind: str = "response", length: int | None = None, head: bytes | None = None) -> bytes:
    """One record, as a crawler writes it; `length` and `head` for those that lie."""
    t = datetime.strptime(copy.timestamp, "%Y%m%d%H%M%S").strftime("%Y-%m-%dT%H:%M:%SZ")
    if head is None:
        more = "".join(f"{name}: {value}\r\n" for name, value in copy.headers.items())
        head = f"HTTP/1.1 {copy.status} x\r\nContent-Type: {copy.content_type}\r\n{more}\r\n".encode()
    block = head + copy.body
    truncated = "WARC-Truncated: length\r\n" if copy.cut else ""
    lines = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {copy.url}\r\nWARC-Date: {t}\r\n{truncated}"
        f"WARC-Record-ID: <urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length or len(block)}\r\n\r\n"
    )
    return lines.encode() + block + b"\r\n\r\n"


class FakeCommonCrawl(FakeArchive):
    """Crawls CC-MAIN-<year>-10; each has one WARC file with the captures of its year."""

    def __init__(self) -> None:
        super().__init__()
        self.per_page = 5
        self.files: dict[str, bytes] = {}

    def answer(self, path: str, query: dict, whole: str):
        years = sorted({c.timestamp[:4] for c in self.stored}, reverse=True)
        if path == "/collinfo.json":
            listed = [{"id": f"CC-MAIN-{y}-10", "cdx-api": f"{self.address}CC-MAIN-{y}-10-index"} for y in years]
            return Page(json.dumps(listed), etag=False, content_type="application/json")
        if path.endswith("-index"):
            return self._index(path.split("-")[2], query)
        if path.startswith("/crawl-data/"):
            return lambda handler: self._range(handler, self._file(path.split("/")[2])[0])
        return None

    def _file(self, year: str) -> tuple[bytes, dict]:
        body, places = b"", {}
        for copy in self.stored:
            if copy.timestamp[:4] == year:
                member = gzip.compress(warc_record(copy), mtime=0)
                places[id(copy)] = (len(body), len(member))
                body += member
        return self.files.get(year, body), places

    def _index(self, year: str, query: dict) -> Page:
        assert query["filter"] == ["=status:200"]
        _, places = self._file(year)
        rows = [c for c in self.rows(query, query["matchType"][0]) if id(c) in places and c.status == 200]
        if not rows:
            return Page(json.dumps({"message": "No Captures found for: x"}), 404, etag=False)
        pages = -(-len(rows) // self.per_page)
        if "showNumPages" in query:
            return Page(json.dumps({"pages": pages, "pageSize": 5, "blocks": pages}), etag=False)
        number = int(query["page"][0])
        lines = []
        for copy in rows[number * self.per_page : (number + 1) * self.per_page]:
            offset, length = places[id(copy)]
            row = {"urlkey": urlkey(copy.url), "timestamp": copy.timestamp, "url": copy.url, "mime": copy.mimetype}
            row |= {"status": "200", "digest": "ABC", "length": str(length), "offset": str(offset)}
            lines.append(json.dumps(row | {"filename": f"crawl-data/{year}/CC-MAIN-{year}.warc.gz"}))
        return Page("\n".join(lines) + "\n", etag=False, content_type="text/x-ndjson")

    def _range(self, handler, body: bytes) -> None:
        first, last = map(int, handler.headers["Range"].removeprefix("bytes=").split("-"))
        part = body[first : last + 1]
        handler.send_response(206)
        handler.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(body)}")
        handler.send_header("Content-Length", str(len(part)))
        handler.end_headers()
        handler.wfile.write(part)
