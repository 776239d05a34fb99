"""Common Crawl: which pages of a source its crawls have, and those pages out of their WARC records.

In: a `Source` and days. Out: a `Copy` for each page (of the earliest crawl in those days), and its `Answer`. A crawl
is a few weeks of one year; each has its own index, and gigabytes of WARC files from which one record is asked for.
"Bộ sưu tập" (a collection) is what `collinfo.json` calls a crawl.

Sources: pywb cdxserver_api.rst (index), index.commoncrawl.org, RFC 9110 14 (Range). One request at a time; the server
bans who does not slow down. Made for programs, so robots.txt, which speaks of links followed, is not asked.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urljoin, urlsplit

from reform_figures.collecting.addresses import clean_address
from reform_figures.collecting.bodies import LARGEST_ANSWER
from reform_figures.collecting.failures import FetchFailed
from reform_figures.collecting.fetching import Answer, Fetcher
from reform_figures.collecting.politeness import Pace
from reform_figures.collecting.sources import Source
from reform_figures.collecting.warc import READABLE, NoPage, read_record
from reform_figures.collecting.warc_stream import split_records
from reform_figures.collecting.wayback import page_name

INDEX_ADDRESS = "https://index.commoncrawl.org/"
DATA_ADDRESS = "https://data.commoncrawl.org/"
INDEX_SECONDS = 2.0
DATA_SECONDS = 1.0
PAUSE_AT_429 = 60.0
MOST_ANSWERS = 2000
"""Pages of one index for one source."""
FILENAME = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*", re.A)


@dataclass(frozen=True, slots=True)
class Copy:
    """One record of a crawl."""

    url: str
    """Address of the page as captured."""
    timestamp: str
    """When, UTC, yyyyMMddhhmmss."""
    digest: str
    """SHA-1 of the body, base32."""
    filename: str
    """WARC file that it is in, relative to the address of the data."""
    offset: int
    length: int
    """Bytes of its gzip member."""

    @property
    def address(self) -> str:
        return f"{self.filename}:{self.offset}+{self.length}"


class CommonCrawl:
    """Common Crawl, or a server that answers like it (then index and data have one address)."""

    name = "Common Crawl"

    def __init__(self, user_agent: str, address: str = "", tell: Callable[[str], None] = lambda words: None) -> None:
        self._index_address, self._data_address = address or INDEX_ADDRESS, address or DATA_ADDRESS
        pace = Pace(tell)
        self._index, self._data = (
            Fetcher(
                Source(
                    name="commoncrawl",
                    publisher="Common Crawl",
                    address=where,
                    portal="commoncrawl",
                    delay_seconds=seconds,
                    timeout_seconds=120.0,
                ),
                user_agent,
                pace,
                pause_at_429=PAUSE_AT_429,
            )
            for where, seconds in ((self._index_address, INDEX_SECONDS), (self._data_address, DATA_SECONDS))
        )
        self._collections: list[dict] | None = None

    def close(self) -> None:
        self._index.close()
        self._data.close()

    def find(self, source: Source, since: date | None, until: date | None) -> Iterator[Copy]:
        """The copies of a source's pages captured within the days given, one a page, the oldest crawl first.

        Raises FetchFailed where an index cannot be read (on); copies before that are good.
        """
        pages: set[str] = set()
        for crawl in self._crawls(since, until):
            for form in _forms(source):
                query = [*form, ("output", "json"), ("filter", "=status:200"), *_days(since, until)]
                for row in self._rows(crawl, query):
                    copy = _copy(row)
                    if copy and (page := page_name(copy.url)) not in pages:
                        pages.add(page)
                        yield copy

    def _crawls(self, since: date | None, until: date | None) -> list[str]:
        """Addresses of the indexes of the crawls that lie in the years wanted, the oldest first."""
        address = urljoin(self._index_address, "collinfo.json")
        if self._collections is None:
            try:
                listed = json.loads(self._index.fetch(address).body)
                self._collections = sorted(
                    ({"id": c["id"], "cdx-api": urljoin(address, c["cdx-api"])} for c in listed),
                    key=lambda c: c["id"],
                )
            except (ValueError, TypeError, KeyError, RecursionError):
                raise FetchFailed(address, "the answer is not the list of crawls that it should be") from None
        first, last = since.year if since else 0, until.year if until else 9999
        wanted = []
        for crawl in self._collections:
            years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", crawl["id"])]
            if not years or (min(years) <= last and max(years) >= first):
                wanted.append(crawl["cdx-api"])
        return wanted

    def _rows(self, crawl: str, query: list[tuple[str, str]]) -> Iterator[dict]:
        """Rows of one crawl's index, page after page; none where it answers 404: no captures."""
        count = self._pages(crawl, query)
        if count > MOST_ANSWERS:
            raise FetchFailed(
                crawl, f"the index has {count} pages for this source; more than {MOST_ANSWERS} are too many"
            )
        for number in range(count):
            address = f"{crawl}?{urlencode([*query, ('page', str(number))])}"
            try:
                answer = self._index.fetch(address)
            except FetchFailed as failed:
                if failed.status == 404:
                    continue
                raise
            yield from read_index(address, answer.body)

    def _pages(self, crawl: str, query: list[tuple[str, str]]) -> int:
        address = f"{crawl}?{urlencode([*query, ('showNumPages', 'true')])}"
        try:
            told = json.loads(self._index.fetch(address).body)
            pages = told["pages"] if isinstance(told, dict) else told
            if type(pages) is not int:
                raise ValueError
        except FetchFailed as failed:
            if failed.status == 404:
                return 0
            raise
        except (ValueError, KeyError, RecursionError):
            raise FetchFailed(address, "the answer is not the number of pages that was asked for") from None
        return pages

    def fetch(self, copy: Copy) -> Answer:
        """The page of a record: url and fetched_at are those of the capture, archived is its place.

        Raises FetchFailed where the record is cut off, damaged, no page, or of another page.
        """
        address = urljoin(self._data_address, copy.filename)
        last = copy.offset + copy.length - 1
        asked = {"Range": f"bytes={copy.offset}-{last}", "Accept-Encoding": "identity"}
        answer = self._data.fetch(address, headers=asked)
        if not answer.header("Content-Range").startswith(f"bytes {copy.offset}-"):
            raise FetchFailed(address, "answered with another part of the file than was asked for")
        if len(answer.body) != copy.length:
            raise FetchFailed(address, f"sent {len(answer.body)} of the {copy.length} bytes of the record")
        piece = next(split_records(io.BytesIO(answer.body)), None)
        if piece is None or piece.trouble:
            raise FetchFailed(address, f"the record is {piece.trouble if piece else 'empty'}")
        try:
            page = read_record(piece.data)
        except NoPage as reason:
            raise FetchFailed(address, f"the record is no page: {reason}") from None
        if page_name(page.url) != page_name(copy.url):
            raise FetchFailed(address, f"the record there is of another page: {page.url[:200]}")
        url = clean_address(page.url, "") or page.url
        return Answer(url, url, page.status, page.headers, page.body, page.captured_at, copy.address)


def _forms(source: Source) -> list[list[tuple[str, str]]]:
    """The ways to ask for a source: below its path, or its host and, since neither form finds all, its domain."""
    if urlsplit(source.address).path != "/":
        return [[("url", source.address), ("matchType", "prefix")]]
    bare = source.host.removeprefix("www.")
    return [[("url", source.host), ("matchType", "host")], [("url", bare), ("matchType", "domain")]]


def _days(since: date | None, until: date | None) -> list[tuple[str, str]]:
    return [(name, day.isoformat().replace("-", "")) for name, day in (("from", since), ("to", until)) if day]


def read_index(address: str, body: bytes) -> list[dict]:
    """Rows of an index page: one JSON object a line. Raises FetchFailed for anything else."""
    try:
        rows = [json.loads(line) for line in body.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        rows = [None]
    if not all(isinstance(row, dict) for row in rows):
        raise FetchFailed(address, "the answer is not the index that it should be, one JSON object a line")
    return rows


def _copy(row: dict) -> Copy | None:
    """A row of the index, None for what is no HTML or JSON, or cannot be asked for."""
    media = str(row.get("mime-detected") or row.get("mime") or "")
    try:
        copy = Copy(
            url=row["url"],
            timestamp=row["timestamp"],
            digest=row.get("digest", ""),
            filename=row["filename"],
            offset=int(row["offset"]),
            length=int(row["length"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
    sound = copy.offset >= 0 and 0 < copy.length <= LARGEST_ANSWER and FILENAME.fullmatch(copy.filename)
    if row.get("status", "200") != "200" or not READABLE.search(media) or not sound or not clean_address(copy.url, ""):
        return None
    return copy
