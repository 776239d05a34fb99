"""Collect a source from an archive: copies of its articles, stored under their own addresses and times of capture.

In: sources, and the Wayback Machine, Common Crawl or WARC files. Out: new rows in the store, each with `archived`
saying where the copy was had, and a `Report` as of a portal. A "bài viết" (article) that the store already has, from
the portal itself or an archive, is not asked for again; of WARC files, which cost nobody anything, every version is
kept. The days of `Window` are those of the capture: an archive does not know when an article was published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from reform_figures.collecting.addresses import clean_address, is_article
from reform_figures.collecting.archive import Archive
from reform_figures.collecting.collector import PATIENCE, Report
from reform_figures.collecting.commoncrawl import CommonCrawl
from reform_figures.collecting.failures import FetchFailed, HostFailed
from reform_figures.collecting.fetching import Answer
from reform_figures.collecting.sources import Source
from reform_figures.collecting.warc import ArchivedPage, read_pages
from reform_figures.collecting.wayback import Wayback, page_name
from reform_figures.portals.listing import Listing
from reform_figures.records import Capture

SERVICES = {"wayback": Wayback, "commoncrawl": CommonCrawl}
Chosen = Sequence[tuple[Source, Listing]]


@dataclass(frozen=True, slots=True)
class Window:
    """Days, in UTC and both included, within which a copy was captured; None where they have no beginning or end."""

    since: date | None = None
    until: date | None = None

    def holds(self, captured_at: str) -> bool:
        day = date.fromisoformat(captured_at[:10])
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Copy(Protocol):
    """A copy that an index knows of."""

    url: str
    address: str


class Service(Protocol):
    """What is needed of an archive on the network; its two methods raise FetchFailed."""

    name: str

    def find(self, source: Source, since: date | None, until: date | None) -> Iterator[Copy]: ...
    def fetch(self, copy: Copy) -> Answer: ...
    def close(self) -> None: ...


class Bar(Protocol):
    """What is needed of a progress bar (tqdm has it)."""

    total: int | None

    def reset(self, total: int) -> None: ...
    def update(self, n: int = 1) -> object: ...


def collect_from_service(
    sources: Chosen,
    service: Service,
    archive: Archive,
    window: Window,
    progress: Callable[[str], AbstractContextManager[Bar]],
    *,
    limit: int | None = None,
    dry_run: bool = False,
) -> list[Report]:
    """Collect sources from an archive on the network, which is closed at the end; one report a source.

    With `dry_run` only its index is asked, and nothing is stored. Raises OSError where the store cannot be written.
    """
    reports = []
    with closing(service):
        for source, listing in sources:
            with progress(source.name) as bar:
                run = _Run(source, listing, service, archive, window, bar)
                reports.append(run.collect(limit, dry_run))
    return reports


class _Run:
    """One source and one archive."""

    def __init__(self, source, listing, service, archive, window, bar) -> None:
        self._source: Source = source
        self._listing: Listing = listing
        self._service: Service = service
        self._archive: Archive = archive
        self._window: Window = window
        self._bar: Bar = bar
        self._report = Report(source.name)

    def collect(self, limit: int | None, dry_run: bool) -> Report:
        report, wanted = self._report, []
        copies = self._find(limit)
        for copy in copies:
            if _held(self._archive, self._source.name, copy.url):
                report.unchanged += 1
            else:
                wanted.append(copy)
        if not copies and not report.trouble:
            report.trouble.append(
                f"{self._source.name}: {self._service.name} has no copy of an article of {self._source.address} "
                "from the days asked for; try other days, or another archive"
            )
        if dry_run:
            report.new += len(wanted)
        elif wanted:
            self._bar.reset(len(wanted))
            self._fetch_all(wanted)
        return report

    def _find(self, limit: int | None) -> list[Copy]:
        found: list[Copy] = []
        copies = self._service.find(self._source, self._window.since, self._window.until)
        try:
            # one by one: those before a failure count
            for copy in islice((c for c in copies if _is_article_of(self._source, self._listing, c.url)), limit):
                found.append(copy)
                self._bar.update()
        except FetchFailed as failed:
            self._report.trouble.append(f"{self._source.name}: {failed}; copies may be missing")
        return found

    def _fetch_all(self, wanted: list[Copy]) -> None:
        """Each copy into the store; the rest is left alone where the archive says no, or fails again and again."""
        report, failures_in_a_row = self._report, 0
        for number, copy in enumerate(wanted, 1):
            try:
                self._fetch(copy)
                failures_in_a_row = 0
            except FetchFailed as failed:
                report.failed.append(type(failed)(copy.url, f"its copy {failed}", failed.status))
                host = isinstance(failed, HostFailed) or failed.status == 403
                failures_in_a_row = failures_in_a_row + 1 if host else 0
                refused = isinstance(failed, HostFailed) and failed.status is not None
                if refused or failures_in_a_row == PATIENCE:
                    self._leave(wanted[number:])
                    return
            self._bar.update()

    def _fetch(self, copy: Copy) -> None:
        answer = self._service.fetch(copy)
        if not self._window.holds(answer.fetched_at):
            words = f"is of {answer.fetched_at[:10]} instead, which is outside the days asked for"
            raise FetchFailed(copy.address, words)
        _store(self._archive, self._source.name, answer, self._report)

    def _leave(self, left: list[Copy]) -> None:
        report = self._report
        report.failed += [FetchFailed(c.url, f"not asked for, since {self._service.name} had failed") for c in left]
        report.trouble.append(
            f"{self._source.name}: given up, since {self._service.name} does not answer or asks to be left alone; "
            "run again later to go on"
        )


def collect_from_warc(
    sources: Chosen,
    files: Sequence[Path],
    archive: Archive,
    window: Window,
    progress: Callable[[str], AbstractContextManager[Bar]],
    *,
    limit: int | None = None,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda words: None,
) -> list[Report]:
    """Store the articles of the sources that are in WARC files, each file read once; one report a source.

    A page goes to the source that its record names (an export of ours), else to the first one at its host whose
    address it is below. tell: gets a sentence a file with what was passed over. Raises OSError, also where a file
    cannot be read.
    """
    reports = {source.name: Report(source.name) for source, _ in sources}
    for path in files:
        skipped: Counter[str] = Counter()
        pages = 0
        with progress(path.name) as bar:
            for page in read_pages(path, skipped):
                bar.update()
                pages += 1
                if reason := _take(page, path, sources, archive, window, reports, limit, dry_run):
                    skipped[reason] += 1
        passed_over = "; ".join(f"{count} {reason}" for reason, count in skipped.most_common()) or "nothing"
        tell(f"{path}: {pages} pages read; passed over: {passed_over}")
    for (source, _), report in zip(sources, reports.values(), strict=True):
        if not report.found:
            report.trouble.append(f"{source.name}: the WARC files have no article of {source.address}")
    return list(reports.values())


def _take(page: ArchivedPage, path: Path, sources, archive, window, reports, limit, dry_run) -> str:
    """Store and count one page of a WARC file; returns why not, "" where it was."""
    if page.ours.get("kind", "article") != "article":
        return f"{page.ours['kind'][:20]} of an export"
    owner = page.ours.get("source", "")
    ours = [s for s, listing in sources if s.name == owner or (not owner and _is_article_of(s, listing, page.url))]
    if not ours:
        return "no article of the sources"
    report = reports[ours[0].name]
    if not window.holds(page.captured_at):
        return "captured outside the days asked for"
    if limit is not None and report.found >= limit:
        return "above --limit"
    url = clean_address(page.url, "") or page.url
    answer = Answer(
        url=url,
        final_url=clean_address(url, page.headers.get("Content-Location", "")) or url,
        status=page.status,
        headers=page.headers,
        body=page.body,
        fetched_at=page.captured_at,
        archived=page.ours.get("archived") or f"{path.name}:{page.offset}",
    )
    if archive.holds(report.source, answer):
        report.unchanged += 1
    elif dry_run:
        report.new += 1
    else:
        _store(archive, report.source, answer, report, page.ours.get("listed_at", ""))
    return ""


def _store(archive: Archive, source: str, answer: Answer, report: Report, listed_at: str = "") -> None:
    """Keep an answer and count it: new, changed or unchanged."""
    outcome = "unchanged"
    if not archive.holds(source, answer):
        _, outcome = archive.store(source, "article", answer, listed_at)
    setattr(report, outcome, getattr(report, outcome) + 1)


def _is_article_of(source: Source, listing: Listing, url: str) -> bool:
    """Whether an archived address is one of the source's articles, as far as the family can tell addresses apart."""
    address = clean_address(url, "")
    lists = {page_name(source.address), *(page_name(clean_address(source.address, s)) for s in source.listing)}
    below = urlsplit(address).path.startswith(urlsplit(source.address).path)
    return bool(address) and below and page_name(address) not in lists and is_article(address, source, listing)


def _held(archive: Archive, source: str, url: str) -> Capture | None:
    """The store's page of an address, be it under http or https, with www. or without."""
    parts = urlsplit(clean_address(url, ""))
    bare = parts.netloc.removeprefix("www.")
    for scheme in dict.fromkeys((parts.scheme, "https", "http")):
        for netloc in dict.fromkeys((parts.netloc, bare, f"www.{bare}")):
            if held := archive.newest(source, parts._replace(scheme=scheme, netloc=netloc).geturl()):
                return held
    return None
