"""The Wayback Machine: which pages of a source it has copies of, and the copies as they were received.

In: a `Source` and days. Out: a `Copy` for each page (the earliest copy in those days), and its `Answer`. What it says
of a "trang không còn" (page that is gone) is often all that is left of it since the restructuring of 2025.

Sources: internetarchive/wayback, wayback-cdx-server/README.md (the CDX server); RFC 7089 (Memento-Datetime). The
Archive asks for at most 60 CDX and 600 playback requests a minute; we stay at 80 % of that. These interfaces are made
for programs, with limits of their own, so robots.txt, which speaks of links followed, is not asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urljoin, urlsplit

from requests.structures import CaseInsensitiveDict

from reform_figures.collecting.addresses import clean_address
from reform_figures.collecting.answers import what_is_wrong
from reform_figures.collecting.bodies import GZIP_MAGIC, decode_pieces
from reform_figures.collecting.failures import FetchFailed
from reform_figures.collecting.fetching import Answer, Fetcher
from reform_figures.collecting.politeness import Pace
from reform_figures.collecting.sources import Source

ADDRESS = "https://web.archive.org/"
CDX_SECONDS = 60 / 48
PLAYBACK_SECONDS = 60 / 480
PAUSE_AT_429 = 60.0
"""Seconds to wait where a 429 does not say how long."""
ROWS = 5000
"""Of one answer; the resume key asks for the next ones."""
MOST_ANSWERS = 2000
COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
"""Of an answer as text, which has no header."""
PLAYBACK = re.compile(r"/web/(\d{14})id_/(https?:/.+)$")
ORIGINAL = "x-archive-orig-"
"""Begins the headers that the page itself came with."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One capture of a page."""

    url: str
    """Address of the page as captured."""
    timestamp: str
    """When, UTC, yyyyMMddhhmmss."""
    digest: str
    """SHA-1 of the body as captured, base32."""
    address: str
    """Where it can be had."""


class Wayback:
    """The Wayback Machine, or a server that answers like it. `tell` gets a sentence before long waits."""

    name = "the Wayback Machine"

    def __init__(self, user_agent: str, address: str = "", tell: Callable[[str], None] = lambda words: None) -> None:
        self._address = address or ADDRESS
        pace = Pace(tell)
        entry = Source(name="wayback", publisher="Internet Archive", address=self._address, portal="wayback")
        index = replace(entry, delay_seconds=CDX_SECONDS, timeout_seconds=120.0)  # a large site takes its time
        playback = replace(entry, delay_seconds=PLAYBACK_SECONDS)
        self._index = Fetcher(index, user_agent, pace, pause_at_429=PAUSE_AT_429)
        self._playback = Fetcher(
            playback, user_agent, Pace(tell, beside=pace), mementos=True, pause_at_429=PAUSE_AT_429
        )

    def close(self) -> None:
        self._index.close()
        self._playback.close()

    def find(self, source: Source, since: date | None, until: date | None) -> Iterator[Copy]:
        """The copies of a source's pages captured within the days given, one a page, by address.

        Raises FetchFailed where the index cannot be read (on); copies before that are good.
        """
        query = _query(source, since, until)
        keys: set[str] = set()
        pages: set[str] = set()
        for _ in range(MOST_ANSWERS):
            address = urljoin(self._address, f"cdx/search/cdx?{urlencode(query)}")
            rows, key = read_cdx(address, self._index.fetch(address).body)
            for row in rows:
                copy = self._copy(row)
                if copy and (page := page_name(copy.url)) not in pages:  # two answers may meet within one page
                    pages.add(page)
                    yield copy
            if not key:
                return
            if key in keys:
                raise FetchFailed(address, "the index goes round in circles: it gave the same resume key twice")
            keys.add(key)
            query = [*(pair for pair in query if pair[0] != "resumeKey"), ("resumeKey", key)]
        raise FetchFailed(address, f"the index has more than {MOST_ANSWERS} answers; the rest was not asked for")

    def _copy(self, row: dict[str, str]) -> Copy | None:
        """A row of the index, None for one that cannot be played (a revisit, a broken address)."""
        url, timestamp = row["original"], row["timestamp"]
        if row["statuscode"] != "200" or not _when(timestamp) or not clean_address(url, ""):
            return None
        return Copy(url, timestamp, row["digest"], f"{self._address}web/{timestamp}id_/{url}")

    def fetch(self, copy: Copy) -> Answer:
        """The page as it was captured: url and fetched_at are those of the capture, archived where it was had.

        A near copy that the Archive plays instead is taken, under its own time. Raises FetchFailed for a copy of an
        error, a redirect or a bot challenge, and for what is no copy of this page.
        """

        def permit(hop: str) -> None:
            if hop != copy.address:
                self._check_redirect(copy, hop)

        answer = self._playback.fetch(copy.address, permit=permit)
        if answer.status in (301, 302, 303, 307, 308):
            target = answer.header("Location")
            to = PLAYBACK.search(target)
            raise FetchFailed(copy.address, f"what was archived is a redirect to {(to[2] if to else target)[:200]}")
        captured_at = _memento_time(answer)
        if answer.status != 200:
            raise FetchFailed(copy.address, f"what was archived is an answer with status {answer.status}")
        if not captured_at:
            raise FetchFailed(copy.address, "the answer has no Memento-Datetime, so it is no archived copy")
        page = PLAYBACK.search(answer.final_url)
        headers = _original_headers(answer)
        body = _decoded(copy.address, answer.body, headers)
        if wrong := what_is_wrong("article", headers.get("Content-Type", ""), body):
            raise FetchFailed(copy.address, wrong)
        url = clean_address(page[2] if page else copy.url, "") or copy.url
        return Answer(url, url, 200, headers, body, _when(page[1]) if page else captured_at, answer.final_url)

    def _check_redirect(self, copy: Copy, hop: str) -> None:
        """Raises FetchFailed where a redirect of the Archive leads to anything else than a near copy of the page."""
        page = PLAYBACK.search(hop)
        if not page or urlsplit(hop).netloc != urlsplit(self._address).netloc:
            raise FetchFailed(hop, "that is no archived copy in its original form")
        if page_name(page[2]) != page_name(copy.url):
            raise FetchFailed(hop, "that is a copy of another page")


def _query(source: Source, since: date | None, until: date | None) -> list[tuple[str, str]]:
    """Parameters of the CDX server for the HTML pages of a source's address: its host, or what is below its path."""
    whole_host = urlsplit(source.address).path == "/"
    query = [
        ("url", source.host if whole_host else source.address),
        ("matchType", "host" if whole_host else "prefix"),
        ("output", "json"),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
        ("collapse", "urlkey"),
        ("showResumeKey", "true"),
        ("limit", str(ROWS)),
    ]
    days = (("from", since), ("to", until))
    return query + [(name, day.isoformat().replace("-", "")) for name, day in days if day]


def read_cdx(address: str, body: bytes) -> tuple[list[dict[str, str]], str]:
    """Rows of a CDX answer, in JSON or text, and the resume key, "" after the last. Raises FetchFailed for others."""
    text = body.decode(errors="replace").strip()
    if not text:
        return [], ""
    try:
        table = json.loads(text) if text.startswith("[") else [line.split() for line in text.splitlines()]
        names = COLUMNS if not text.startswith("[") else table.pop(0) if table else COLUMNS
        key = ""
        if len(table) >= 2 and table[-2] == [] and len(table[-1]) == 1:
            key = str(table[-1][0])
            del table[-2:]
        rows = [{n: str(cell) for n, cell in zip(names, row, strict=True)} for row in table]
        if any(not row.keys() >= {"timestamp", "original", "statuscode", "digest"} for row in rows):
            raise ValueError
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise FetchFailed(address, "the answer is not the table of captures that a CDX server gives") from None
    return rows, key


def page_name(url: str) -> str:
    """What addresses of one page have in common: http or https, www. or none, tracking or none."""
    parts = urlsplit(clean_address(url, "") or url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _when(timestamp: str) -> str:
    """14 digits as ISO 8601, "" where they are no time."""
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return ""


def _memento_time(answer: Answer) -> str:
    """The time in Memento-Datetime (RFC 7089 2.1.1) as ISO 8601, "" where there is none."""
    try:
        when = parsedate_to_datetime(answer.header("Memento-Datetime"))
    except ValueError:
        return ""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _original_headers(answer: Answer) -> CaseInsensitiveDict:
    """The headers of the page itself. Those of the playback stand in only for the Content-Type."""
    headers = CaseInsensitiveDict(
        {name[len(ORIGINAL) :]: value for name, value in answer.headers.items() if name.lower().startswith(ORIGINAL)}
    )
    headers.setdefault("Content-Type", answer.header("Content-Type"))
    return headers


def _decoded(address: str, body: bytes, headers: CaseInsensitiveDict) -> bytes:
    """The body of a copy that is played compressed as it was archived, without saying so."""
    encoding = headers.get("Content-Encoding", "").strip().lower()
    if body.startswith(GZIP_MAGIC) and encoding in ("gzip", "x-gzip"):
        return decode_pieces(address, iter([body]), encoding)
    return body
