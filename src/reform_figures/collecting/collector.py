"""Collect one source: its lists, then its articles, each politely and each kept as it came.

In: a `Source`, the store, the manners. Out: new rows and files in the store, and a `Report` that counts every article
found. "Trang thông tin không truy cập được" (the site cannot be reached) is a line of that report, never a gap in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from reform_figures.collecting.addresses import clean_address
from reform_figures.collecting.answers import what_is_wrong
from reform_figures.collecting.archive import Archive
from reform_figures.collecting.discovering import Listed, SeenBefore, Wanted, discover
from reform_figures.collecting.failures import FetchFailed, HostFailed, RefusedByRobots
from reform_figures.collecting.fetching import Fetcher
from reform_figures.collecting.politeness import Pace, Robots
from reform_figures.collecting.sources import Source
from reform_figures.portals.listing import Listing
from reform_figures.records import Capture

PATIENCE = 10
"""Articles in a row at which the host itself fails, before the rest of a source is left for another run."""
FRESH = timedelta(days=1)
"""A page without ETag and Last-Modified can only be fetched whole, so it is not asked for again within this time:
a run that was interrupted goes on where it stopped."""


@dataclass(slots=True)
class Report:
    """What collecting a source came to. Every article found is in one of new, changed, unchanged, refused, failed."""

    source: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[FetchFailed] = field(default_factory=list)
    failed: list[FetchFailed] = field(default_factory=list)
    not_wanted: int = 0
    """Articles that the lists told, but outside the days or terms asked for; not counted in `found`."""
    repeated: int = 0
    """Addresses that redirect to an article counted already, and so are not counted in `found`."""
    trouble: list[str] = field(default_factory=list)
    """What is wrong with the source as a whole, a sentence each; articles may be missing."""

    @property
    def found(self) -> int:
        return self.new + self.changed + self.unchanged + len(self.refused) + len(self.failed)


@dataclass(frozen=True, slots=True)
class Got:
    """An answer, or what the store holds of it where the portal says that nothing has changed."""

    final_url: str
    content_type: str
    body: bytes
    outcome: str


def collect_source(
    source: Source,
    listing: Listing,
    archive: Archive,
    user_agent: str,
    *,
    pace: Pace | None = None,
    limit: int | None = None,
    wanted: Wanted = Wanted(),  # noqa: B008 - frozen
    dry_run: bool = False,
    on_step: Callable[[int | None, Report], None] = lambda total, report: None,
) -> Report:
    """Collect a source into the store; with `dry_run` only its lists are asked for, and nothing is stored.

    limit: most articles to collect. wanted: days and terms that the lists' own words are held against. on_step:
    called after each request with the number of articles, None while that is not known yet, and the counts so far.
    Raises OSError where the store cannot be written (disk full); it stays whole.
    """
    fetcher = Fetcher(source, user_agent, pace := pace or Pace())
    try:
        return _Collector(source, listing, archive, fetcher, pace, dry_run, on_step).collect(limit, wanted)
    finally:
        fetcher.close()


class _Collector:
    def __init__(self, source, listing, archive, fetcher, pace, dry_run, on_step) -> None:
        self._source: Source = source
        self._listing: Listing = listing
        self._archive: Archive = archive
        self._fetcher: Fetcher = fetcher
        self._robots = Robots(lambda url: self._get(url, "robots").body, pace)
        self._dry_run = dry_run
        self._on_step = on_step
        self._lists = {clean_address(source.address, "")}
        self._report = Report(source.name)

    def collect(self, limit: int | None, wanted: Wanted) -> Report:
        source, report = self._source, self._report
        sitemaps = self._robots.sitemaps(source.address) if self._listing.sitemaps else ()
        found = discover(source, self._listing, self._get_list, limit, wanted, sitemaps)
        report.trouble += [f"{source.name}: {failed}" for failed in found.failed]
        report.not_wanted = found.not_wanted
        if wanted.everything:
            self._check_minimum(len(found.addresses), limit)
        if self._dry_run:
            self._count_only(found.addresses)
        else:
            self._collect_articles(found.addresses)
        return report

    def _check_minimum(self, count: int, limit: int | None) -> None:
        source = self._source
        least = max(1, source.expected_minimum)  # a list without a single article has changed, or is none
        expected = least if limit is None else min(limit, least)
        if count < expected and not self._report.trouble:
            self._report.trouble.append(
                f"{source.name}: the lists gave {count} articles where {expected} at least are expected; look at "
                f"{source.address}{source.listing[0]}: if the portal has changed, mend its family "
                f"({source.portal}), else correct listing or expected_minimum in sources.toml"
            )

    def _count_only(self, addresses: Mapping[str, Listed]) -> None:
        for url in addresses:
            try:
                self._robots.permit(url)
            except FetchFailed as failed:
                (self._report.refused if isinstance(failed, RefusedByRobots) else self._report.failed).append(failed)
                continue
            if self._archive.newest(self._source.name, url):
                self._report.unchanged += 1
            else:
                self._report.new += 1

    def _collect_articles(self, addresses: Mapping[str, Listed]) -> None:
        """Those not yet in the store go first, so that a run that was interrupted soon has what it lacked."""
        report, failures_in_a_row = self._report, 0
        queue = sorted(addresses, key=lambda url: self._archive.newest(self._source.name, url) is not None)
        taken: set[str] = set()
        for number, url in enumerate(queue):
            if failures_in_a_row == PATIENCE:
                left = queue[number:]
                report.failed += [FetchFailed(u, "not asked for, since the host had failed before") for u in left]
                report.trouble.append(f"{self._source.name}: given up after {PATIENCE} failures of the host in a row")
                return
            try:
                taken.add(self._get_article(url, addresses, taken))
                failures_in_a_row = 0
            except SeenBefore:
                report.repeated += 1
            except RefusedByRobots as failed:
                report.refused.append(failed)
            except FetchFailed as failed:
                report.failed.append(failed)
                failures_in_a_row = failures_in_a_row + 1 if isinstance(failed, HostFailed) else 0
            self._on_step(len(queue), report)

    def _get_article(self, url: str, addresses: Mapping[str, Listed], taken: set[str]) -> str:
        """Fetch and count one article; returns its final address. Raises SeenBefore where it has another address."""
        if url in taken:
            raise SeenBefore
        got = self._get(url, "article", seen=_Either(addresses, taken), listed_at=addresses[url].listed_at)
        setattr(self._report, got.outcome, getattr(self._report, got.outcome) + 1)
        return got.final_url

    def _get_list(self, url: str, kind: str, form: dict | None = None, seen: Collection[str] = ()) -> Got:
        self._lists.add(url)
        got = self._get(url, kind, form, seen)
        self._on_step(None, self._report)
        return got

    def _get(
        self, url: str, kind: str, form: dict | None = None, seen: Collection[str] = (), listed_at: str = ""
    ) -> Got:
        """An address from the portal, or from the store where the portal says that it has not changed."""
        # a POST has no address of its own: the page asked for stands behind "#", which never goes to a server
        name = f"{url}#{form['__EVENTARGUMENT']}" if form else url
        known = self._archive.newest(self._source.name, name)
        if known and kind == "article" and _is_fresh(known):
            return self._stored(known)

        def permit(hop: str) -> None:
            if hop != url and hop in seen:
                raise SeenBefore
            if hop != url and kind == "article" and hop in self._lists:
                raise FetchFailed(url, f"redirects to {hop}, which is no article: it is gone")
            if kind != "robots":
                self._robots.permit(hop)

        headers = _validators(known) if known and not form else {}
        answer = self._fetcher.fetch(url, headers=headers, form=form, permit=permit)
        if answer.status == 304:
            return self._stored(known)
        content_type = answer.header("Content-Type")
        if wrong := what_is_wrong(kind, content_type, answer.body):
            raise FetchFailed(url, wrong)
        outcome = "new"
        if not self._dry_run:
            _, outcome = self._archive.store(self._source.name, kind, replace(answer, url=name), listed_at)
        return Got(answer.final_url, content_type, answer.body, outcome)

    def _stored(self, known: Capture) -> Got:
        return Got(known.final_url, known.content_type, self._archive.body(known), "unchanged")


class _Either:
    """Membership in one of several collections that go on growing."""

    def __init__(self, *collections: Collection[str]) -> None:
        self._collections = collections

    def __contains__(self, item: str) -> bool:
        return any(item in collection for collection in self._collections)


def _validators(known: Capture) -> dict[str, str]:
    """Headers that ask for a page only if it is not the one we have (RFC 9110 13.1)."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def _is_fresh(known: Capture) -> bool:
    age = datetime.now(UTC) - datetime.fromisoformat(known.fetched_at)
    return not _validators(known) and age < FRESH
