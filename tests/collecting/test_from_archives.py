"""Sources collected from a Wayback Machine and a Common Crawl of ours: what is stored, counted, refused, waited for."""

import gzip
import socket
from contextlib import contextmanager
from datetime import date

import pytest

from reform_figures.collecting import commoncrawl, politeness, wayback
from reform_figures.collecting.archive import Archive
from reform_figures.collecting.commoncrawl import CommonCrawl
from reform_figures.collecting.fetching import Answer
from reform_figures.collecting.from_archives import Window, collect_from_service
from reform_figures.collecting.wayback import Wayback
from reform_figures.portals.listing import Listing
from reform_figures.tables import read_manifest

from .fake_archives import FakeCommonCrawl, FakeWayback, warc_record
from .fake_portal import ARTICLE, Page

CHALLENGE = '<html><body><script>document.cookie="D1N=1a2b";window.location.reload(true);</script></body></html>'
LISTING = Listing(items="h3 a", article=r"/bai-")
URL = "http://portal.test/bai-{}.html"


class Bar:
    total = None

    def reset(self, total):
        self.total = total

    def update(self, n=1):
        pass


@contextmanager
def no_bar(name):
    yield Bar()


@pytest.fixture(autouse=True)
def _no_pace(monkeypatch):
    for module, names in (
        (wayback, ("CDX_SECONDS", "PLAYBACK_SECONDS")),
        (commoncrawl, ("INDEX_SECONDS", "DATA_SECONDS")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, 0.0)


@pytest.fixture
def slept(monkeypatch):
    """Seconds slept between requests, which take none here."""
    now, naps = [0.0], []

    def sleep(seconds):
        if seconds > 1e-9:
            naps.append(round(seconds, 3))
            now[0] += seconds

    monkeypatch.setattr(politeness.time, "sleep", sleep)
    monkeypatch.setattr(politeness.time, "monotonic", lambda: now[0])
    return naps


@pytest.fixture
def machine():
    with FakeWayback().running() as archive:
        yield archive


@pytest.fixture
def crawls():
    with FakeCommonCrawl().running() as archive:
        yield archive


@pytest.fixture
def collect(source, tmp_path):
    """`collect(archive, since=, until=, limit=, dry_run=)` collects the fake source from an archive of ours."""

    def run(served, since=None, until=None, limit=None, dry_run=False, **keys):
        service = (Wayback if isinstance(served, FakeWayback) else CommonCrawl)("reform-figures/0.1", served.address)
        with Archive(tmp_path) as archive:
            how = {"limit": limit, "dry_run": dry_run}
            window = Window(since, until)
            return collect_from_service([(source(**keys), LISTING)], service, archive, window, no_bar, **how)[0]

    return run


def drop(handler):
    """End the connection without an answer."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def stored(tmp_path):
    return read_manifest(tmp_path)


@pytest.mark.parametrize("as_text", [False, True])
def test_the_earliest_copy_of_each_article_is_stored_under_its_own_address_and_time(
    machine, collect, tmp_path, as_text
):
    machine.as_text = as_text
    machine.add(URL.format(1), "20220301120000", headers={"Last-Modified": "Tue, 01 Mar 2022 01:00:00 GMT"})
    machine.add(URL.format(1), "20230301120000")
    machine.add("http://www.portal.test:80/bai-2.html", "20210102030405")
    machine.add("http://portal.test/lien-he.html")
    machine.add("http://elsewhere.test/bai-3.html")
    report = collect(machine)
    assert (report.new, report.found, report.trouble) == (2, 2, [])
    one, two = sorted(stored(tmp_path), key=lambda row: row.url)
    assert (one.url, one.fetched_at) == (URL.format(1), "2022-03-01T12:00:00Z")
    assert one.archived == f"{machine.address}web/20220301120000id_/{URL.format(1)}"
    assert (one.content_type, one.charset) == ("text/html; charset=utf-8", "utf-8")
    assert one.last_modified == "Tue, 01 Mar 2022 01:00:00 GMT"
    assert (two.url, two.fetched_at) == ("http://www.portal.test/bai-2.html", "2021-01-02T03:04:05Z")
    assert (tmp_path / "raw" / one.file).read_text() == ARTICLE.format(URL.format(1))


def test_resume_keys_are_followed_to_the_last_row(machine, collect, monkeypatch):
    monkeypatch.setattr(wayback, "ROWS", 3)
    for n in range(8):
        machine.add(URL.format(n))
    assert collect(machine).new == 8
    assert sum("/cdx/" in path for path in machine.paths()) == 3


def test_a_limit_asks_for_no_more_rows_than_it_needs(machine, collect, monkeypatch):
    monkeypatch.setattr(wayback, "ROWS", 3)
    for n in range(8):
        machine.add(URL.format(n))
    assert collect(machine, limit=2).new == 2
    assert sum("/cdx/" in path for path in machine.paths()) == 1


def test_an_index_that_goes_round_in_circles_ends(machine, collect):
    circle = '[["timestamp","original","statuscode","digest"],[],["again"]]'
    machine.special["/cdx/"] = [Page(circle, etag=False) for _ in range(5)]
    assert "gave the same resume key twice" in collect(machine).trouble[0]


@pytest.mark.parametrize("empty_body", [False, True])
def test_no_copies_is_told_and_not_taken_for_success(machine, collect, empty_body):
    machine.empty_body = empty_body
    report = collect(machine)
    assert report.found == 0
    assert report.trouble == [
        "fake: the Wayback Machine has no copy of an article of http://portal.test/ from the days asked for; "
        "try other days, or another archive"
    ]


def test_only_captures_of_the_days_asked_for_are_taken(machine, collect, tmp_path):
    for n, year in enumerate((2019, 2020, 2023, 2024)):
        machine.add(URL.format(n), f"{year}0601000000")
    assert collect(machine, since=date(2020, 1, 1), until=date(2023, 12, 31)).new == 2
    assert {row.fetched_at[:4] for row in stored(tmp_path)} == {"2020", "2023"}


def test_a_near_copy_is_taken_under_its_own_time(machine, collect, tmp_path):
    gone = machine.add(URL.format(1), "20220301120000")
    machine.add(URL.format(1), "20220302130000", "bản gần nhất " * 30)
    playback = machine._playback
    machine._playback = lambda ts, url: (ts == gone.timestamp and machine.stored.remove(gone)) or playback(ts, url)
    assert collect(machine).new == 1
    (row,) = stored(tmp_path)
    assert row.fetched_at == "2022-03-02T13:00:00Z"
    assert "/web/20220302130000id_/" in row.archived


def test_a_near_copy_from_other_days_is_not_taken(machine, collect, tmp_path):
    gone = machine.add(URL.format(1), "20220301120000")
    machine.add(URL.format(1), "20250302130000")
    playback = machine._playback
    machine._playback = lambda ts, url: (ts == gone.timestamp and machine.stored.remove(gone)) or playback(ts, url)
    report = collect(machine, until=date(2023, 12, 31))
    assert report.failed[0].reason.endswith("is of 2025-03-02 instead, which is outside the days asked for")
    assert stored(tmp_path) == []


def test_archived_errors_redirects_and_challenges_are_failures_with_their_reason(machine, collect, tmp_path):
    rows = [
        machine.add(URL.format("a"), body="no", status=403),
        machine.add(URL.format("b"), body="no", status=404),
        machine.add(URL.format("c"), body="slow", status=429),
        machine.add(URL.format("d"), body="", status=301, headers={"Location": "http://portal.test/"}),
        machine.add(URL.format("e"), body=CHALLENGE),
        machine.add(URL.format("f"), body=""),
    ]
    machine.add(URL.format("g"))
    # the index took them for pages, as it does where the page changed between two looks
    cells = [["timestamp", "original", "statuscode", "digest"]]
    cells += [[row.timestamp, row.url, "200", "X"] for row in [*rows, machine.stored[-1]]]
    machine.special["/cdx/"] = [Page(str(cells).replace("'", '"'), etag=False)]
    report = collect(machine)
    ends = [
        "what was archived is an answer with status 403",
        "what was archived is an answer with status 404",
        "what was archived is an answer with status 429",
        "what was archived is a redirect to http://portal.test/",
        "the answer is a bot challenge, not a page; we do not answer it: ask the portal for access",
        "the answer is empty",
    ]
    assert [f.url for f in report.failed] == [row.url for row in rows]
    assert [f.reason.endswith(end) for f, end in zip(report.failed, ends, strict=True)] == [True] * 6
    assert (report.new, report.trouble) == (1, [])
    assert len(stored(tmp_path)) == 1
    assert sum("bai-c" in path for path in machine.paths()) == 1  # an archived 429 is no request to come back


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("/web/20220301120000id_/http://portal.test/bai-9.html", "that is a copy of another page"),
        ("/web/20220301120000/http://portal.test/bai-1.html", "that is no archived copy in its original form"),
        ("http://169.254.169.254/latest", "that is no archived copy in its original form"),
    ],
)
def test_a_redirect_of_the_archive_to_something_else_is_a_failure(machine, collect, target, words):
    machine.add(URL.format(1))
    machine.special["/web/2022"] = [Page("", 302, {"Location": target}, False)]
    (failed,) = collect(machine).failed
    assert failed.reason.endswith(words)


def test_an_answer_without_memento_datetime_is_no_copy(machine, collect, tmp_path):
    machine.add(URL.format(1))
    machine.special["/web/"] = [Page("<p>Wayback Machine: please sign in</p>" * 20, etag=False)]
    assert "no Memento-Datetime" in collect(machine).failed[0].reason
    assert stored(tmp_path) == []


def test_the_archive_is_left_alone_as_long_as_it_asks(machine, collect, slept):
    machine.add(URL.format(1))
    machine.special["/cdx/"] = [Page("", 429, {"Retry-After": "30"}, False)]
    assert collect(machine).new == 1
    assert slept[0] == 30.0


def test_a_429_that_does_not_say_how_long_means_a_minute(machine, collect, slept):
    machine.add(URL.format(1))
    machine.special["/web/"] = [Page("", 429, {}, False)]
    assert collect(machine).new == 1
    assert 60.0 in slept


def test_an_archive_that_goes_on_refusing_is_asked_no_more(machine, collect, slept):
    for n in range(20):
        machine.add(URL.format(n))
    machine.special["/web/"] = [Page("", 429, {"Retry-After": "3600"}, False)]
    report = collect(machine)
    assert (report.new, len(report.failed), report.found) == (0, 20, 20)
    assert "asks to be left alone" in report.trouble[0]
    assert len(machine.paths()) == 2


def test_no_more_than_48_index_and_480_playback_requests_are_made_in_a_minute(monkeypatch):
    monkeypatch.undo()
    assert 60 / wayback.CDX_SECONDS <= 48
    assert 60 / wayback.PLAYBACK_SECONDS <= 480


def test_each_of_the_two_services_keeps_its_own_pace(machine, collect, slept, monkeypatch):
    monkeypatch.setattr(wayback, "CDX_SECONDS", 1.25)
    monkeypatch.setattr(wayback, "PLAYBACK_SECONDS", 0.125)
    monkeypatch.setattr(wayback, "ROWS", 2)
    for n in range(4):
        machine.add(URL.format(n))
    assert collect(machine).new == 4
    assert slept == [1.25, 1.25, 0.125, 0.125, 0.125]


def test_a_connection_that_breaks_off_is_tried_again(machine, collect):
    machine.add(URL.format(1))
    machine.special["/web/"] = [drop, Page("", 500, {}, False)]
    assert collect(machine).new == 1


def test_an_index_that_breaks_keeps_what_came_before(machine, collect, monkeypatch):
    monkeypatch.setattr(wayback, "ROWS", 2)
    for n in range(5):
        machine.add(URL.format(n))
    cdx = machine._cdx
    machine._cdx = lambda query: Page("<h1>Oops</h1>", etag=False) if "resumeKey" in query else cdx(query)
    report = collect(machine)
    assert report.new == 2
    assert report.trouble[0].endswith("not the table of captures that a CDX server gives; copies may be missing")


def test_a_second_run_asks_for_no_copy_again(machine, collect, tmp_path):
    machine.add(URL.format(1))
    machine.add(URL.format(2))
    collect(machine)
    machine.asked.clear()
    report = collect(machine)
    assert (report.unchanged, report.found) == (2, 2)
    assert all("/cdx/" in path for path in machine.paths())
    assert len(stored(tmp_path)) == 2


def test_what_the_portal_itself_gave_is_not_asked_of_an_archive(machine, collect, tmp_path):
    answer = Answer("https://www.portal.test/bai-1.html", "", 200, {}, b"live", "2026-01-01T00:00:00Z")
    with Archive(tmp_path) as archive:
        archive.store("fake", "article", answer)
    machine.add(URL.format(1))
    assert collect(machine).unchanged == 1
    assert len(machine.paths()) == 1


def test_a_dry_run_asks_the_index_only(machine, collect, tmp_path):
    machine.add(URL.format(1))
    assert collect(machine, dry_run=True).new == 1
    assert all("/cdx/" in path for path in machine.paths())
    assert stored(tmp_path) == []


def test_a_source_with_a_path_is_asked_for_by_its_prefix(machine, collect):
    machine.add("http://portal.test/vn/bai-1.html")
    machine.add(URL.format(2))
    assert collect(machine, address="http://portal.test/vn/").found == 1
    assert "matchType=prefix" in machine.paths()[0]


def test_a_body_played_compressed_is_unpacked(machine, collect, tmp_path):
    page = ARTICLE.format(1)
    machine.add(URL.format(1), body=gzip.compress(page.encode()), headers={"Content-Encoding": "gzip"})
    assert collect(machine).new == 1
    assert (tmp_path / "raw" / stored(tmp_path)[0].file).read_text() == page


# --- Common Crawl --------------------------------------------------------------------------------------------------


def test_records_are_cut_out_of_the_crawls_of_the_years_wanted(crawls, collect, tmp_path):
    for n, year in enumerate((2019, 2021, 2021, 2022, 2024)):
        crawls.add(URL.format(n), f"{year}0301120000", headers={"ETag": f'"{n}"'})
    report = collect(crawls, since=date(2020, 1, 1), until=date(2023, 12, 31))
    assert (report.new, report.found, report.trouble) == (3, 3, [])
    rows = stored(tmp_path)
    assert [row.url for row in rows] == [URL.format(n) for n in (1, 2, 3)]
    assert rows[0].fetched_at == "2021-03-01T12:00:00Z"
    assert rows[0].archived.startswith("crawl-data/2021/CC-MAIN-2021.warc.gz:0+")
    assert (rows[0].etag, rows[0].content_type) == ('"1"', "text/html; charset=utf-8")
    assert (tmp_path / "raw" / rows[0].file).read_text() == ARTICLE.format(URL.format(1))
    assert not any("2019" in path or "2024" in path for path in crawls.paths())


def test_index_pages_are_followed_and_host_and_domain_are_both_asked(crawls, collect):
    for n in range(12):
        crawls.add(URL.format(n))
    assert collect(crawls).new == 12
    index = [path for path in crawls.paths() if "-index" in path and "showNumPages" not in path]
    assert [("matchType=host" in p, p[-6:]) for p in index] == [
        *((True, f"page={n}") for n in range(3)),
        *((False, f"page={n}") for n in range(3)),
    ]


def test_a_404_of_the_index_means_no_captures(crawls, collect):
    crawls.add("http://elsewhere.test/bai-1.html")
    report = collect(crawls)
    assert (report.found, len(report.trouble)) == (0, 1)
    assert "Common Crawl has no copy of an article" in report.trouble[0]


def test_a_truncated_record_is_a_failure_and_costs_itself_only(crawls, collect, tmp_path):
    crawls.add(URL.format(1), cut=True)
    crawls.add(URL.format(2))
    report = collect(crawls)
    assert (report.new, len(report.failed)) == (1, 1)
    assert report.failed[0].reason.endswith("the record is no page: cut off when it was captured (length)")
    assert [row.url for row in stored(tmp_path)] == [URL.format(2)]


def test_records_that_are_damaged_missing_or_of_another_page_are_failures(crawls, collect):
    one, two = crawls.add(URL.format(1)), crawls.add(URL.format(2))
    whole, places = crawls._file("2022")
    other = gzip.compress(warc_record(two), mtime=0)
    crawls.files["2022"] = other + whole[len(other) : -6] + b"\0\0\0\0\0\0"
    assert places[id(one)][1] == len(other)
    reasons = [f.reason for f in collect(crawls).failed]
    assert reasons[0].endswith(f"the record there is of another page: {two.url}")
    assert reasons[1].endswith("the record is a gzip member that is damaged")
    crawls.files["2022"] = whole[:-6]
    assert "bytes of the record" in collect(crawls).failed[0].reason


def test_a_server_that_sends_the_whole_file_is_not_read(crawls, collect):
    crawls.add(URL.format(1))
    crawls.special["/crawl-data/"] = [Page(b"x" * 100_000, etag=False)]
    assert collect(crawls).failed[0].reason.endswith("the whole file where a part of it was asked for")


def test_another_part_of_the_file_is_not_taken(crawls, collect):
    crawls.add(URL.format(1))
    crawls.special["/crawl-data/"] = [Page(b"x" * 10, 206, {"Content-Range": "bytes 5-14/100"}, False)]
    assert collect(crawls).failed[0].reason.endswith("another part of the file than was asked for")


def test_a_server_that_drops_connections_is_one_sentence(crawls, collect):
    for n in range(15):
        crawls.add(URL.format(n))
    crawls.special["/collinfo"] = [drop]
    report = collect(crawls)
    assert report.found == 0
    assert "the connection broke off before the answer was complete" in report.trouble[0]


def test_a_ban_ends_the_source(crawls, collect):
    for n in range(15):
        crawls.add(URL.format(n))
    crawls._range = lambda handler, body: handler.send_error(403)
    report = collect(crawls)
    assert (report.new, len(report.failed)) == (0, 15)
    assert sum("/crawl-data/" in path for path in crawls.paths()) == 10


@pytest.mark.parametrize("body", ["<h1>503</h1>", '{"a":1}', '[{"id":1}]', "[" * 100_000])
def test_a_list_of_crawls_that_is_none_is_one_sentence(crawls, collect, body):
    crawls.special["/collinfo"] = [Page(body, etag=False)]
    assert "not the list of crawls that it should be" in collect(crawls).trouble[0]


def test_an_index_row_cannot_lead_to_another_server(crawls, collect):
    crawls.add(URL.format(1))
    index = crawls._index
    crawls._index = lambda year, query: (
        index(year, query)
        if "showNumPages" in query
        else Page(
            '{"url":"http://portal.test/bai-1.html","timestamp":"20220301120000","status":"200","mime":"text/html",'
            '"offset":"0","length":"10","filename":"//evil.test/x"}',
            etag=False,
        )
    )
    assert collect(crawls).found == 0


def test_an_archive_cannot_lead_into_a_private_network(crawls, collect):
    listed = '[{"id":"CC-MAIN-2022-10","cdx-api":"http://127.0.0.1:1/index"}]'
    crawls.special["/collinfo"] = [Page(listed, etag=False)]
    assert "127.0.0.1 is 127.0.0.1, a private network address" in collect(crawls).trouble[0]
