"""A source from its lists to its articles: counts that add up, nothing fetched twice, nothing lost."""

from datetime import UTC, datetime, timedelta

import pytest

from reform_figures.collecting import collector
from reform_figures.collecting.archive import Archive
from reform_figures.collecting.collector import collect_source
from reform_figures.portals.listing import Listing
from reform_figures.tables import read_manifest

from .conftest import LISTING
from .fake_portal import ARTICLE, Page
from .test_archive import assert_whole
from .test_fetching import bad_chunks, drip, no_http, reset, too_short


@pytest.fixture
def collect(source, tmp_path):
    """`collect(source_keys..., listing=, limit=, dry_run=)` collects the fake portal into tmp_path."""

    def run(listing=LISTING, limit=None, dry_run=False, **keys):
        with Archive(tmp_path) as archive:
            report = collect_source(source(**keys), listing, archive, "reform-figures", limit=limit, dry_run=dry_run)
        assert_whole(tmp_path)
        return report

    return run


def counts(report):
    return report.new, report.changed, report.unchanged, len(report.refused), len(report.failed)


def reasons(report):
    return {failure.url.removeprefix("http://portal.test"): failure.reason for failure in report.failed}


def test_all_articles_of_all_pages_are_kept_as_they_came(portal, collect, tmp_path):
    paths = portal.add_news(12)
    portal.pages["/robots.txt"] = Page("User-agent: *\nAllow: /\n", content_type="text/plain")
    assert counts(collect()) == (12, 0, 0, 0, 0)
    rows = read_manifest(tmp_path)
    assert [row.kind for row in rows] == ["robots"] + ["listing"] * 3 + ["article"] * 12
    assert [row.url for row in rows[4:]] == [f"http://portal.test{path}" for path in paths]
    assert (tmp_path / "raw" / rows[4].file).read_text() == ARTICLE.format(1)


def test_a_second_run_fetches_nothing(portal, collect, tmp_path):
    portal.add_news(12)
    portal.pages["/robots.txt"] = Page("User-agent: *\nAllow: /\n", content_type="text/plain")
    collect()
    before = (tmp_path / "raw" / "manifest.csv").read_bytes()
    portal.asked.clear()
    assert counts(collect()) == (0, 0, 12, 0, 0)
    assert len(portal.paths(304)) == 1 + 3 + 12
    assert [a.path for a in portal.asked if a.status != 304] == ["/tin-tuc?page=4"]  # the end of the list
    assert (tmp_path / "raw" / "manifest.csv").read_bytes() == before


def test_a_changed_page_is_a_new_row_and_a_new_article_is_found(portal, collect, tmp_path):
    portal.add_news(3)
    collect()
    portal.add_news(4)
    portal.pages["/bai-2.html"] = Page("<p>Bài viết đã được sửa.</p>")
    report = collect()
    assert counts(report) == (1, 1, 2, 0, 0)
    rows = [row for row in read_manifest(tmp_path) if row.url.endswith("bai-2.html")]
    assert [(tmp_path / "raw" / row.file).read_text() for row in rows] == [
        ARTICLE.format(2),
        "<p>Bài viết đã được sửa.</p>",
    ]


def test_a_page_without_validators_is_asked_for_again_after_a_day(portal, collect, monkeypatch):
    portal.add_news(3, etag=False)
    collect()
    portal.pages["/bai-2.html"] = Page("<p>Bài viết đã được sửa.</p>", etag=False)
    portal.asked.clear()
    assert counts(collect()) == (0, 0, 3, 0, 0)
    assert not any(path.startswith("/bai") for path in portal.paths())

    class Tomorrow(datetime):
        @classmethod
        def now(cls, zone):
            return datetime.now(UTC) + timedelta(days=1, minutes=1)

    monkeypatch.setattr(collector, "datetime", Tomorrow)
    assert counts(collect()) == (0, 1, 2, 0, 0)


def test_what_robots_refuse_is_counted_and_not_asked_for(portal, collect):
    portal.add_news(3)
    portal.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /bai-2\n", content_type="text/plain")
    report = collect()
    assert counts(report) == (2, 0, 0, 1, 0)
    assert str(report.refused[0]) == "http://portal.test/bai-2.html: robots.txt does not allow it"
    assert "/bai-2.html" not in portal.paths()


def test_a_list_that_robots_refuse_is_trouble(portal, collect):
    portal.add_news(3)
    portal.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /\n", content_type="text/plain")
    report = collect()
    assert report.trouble == ["fake: http://portal.test/tin-tuc: robots.txt does not allow it"]
    assert portal.paths() == ["/robots.txt"]


def test_a_robots_txt_that_fails_forbids_everything(portal, collect):
    portal.add_news(3)
    portal.pages["/robots.txt"] = Page(status=500)
    report = collect()
    assert "robots.txt: answered 500 Internal Server Error, 3 times; until it can be read" in report.trouble[0]
    assert set(portal.paths()) == {"/robots.txt"}


def test_a_redirect_to_an_address_that_robots_refuse_is_not_followed(portal, collect):
    portal.add_news(2)
    portal.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /kin/\n", content_type="text/plain")
    portal.pages["/bai-1.html"] = Page(status=302, headers={"Location": "/kin/bai-1.html"})
    report = collect()
    assert counts(report) == (1, 0, 0, 1, 0)
    assert "/kin/bai-1.html" not in portal.paths()


def test_hostile_answers_cost_one_failure_each(portal, collect):
    portal.add_news(16, per_page=20)
    hostile = {
        "/bai-1.html": (drip, "no complete answer within 1 s"),
        "/bai-2.html": (reset, "broke off"),
        "/bai-3.html": (too_short, "broke off"),
        "/bai-4.html": (no_http, "broke off"),
        "/bai-5.html": (bad_chunks, "broke off"),
        "/bai-6.html": (Page(status=500), "answered 500 Internal Server Error, 3 times"),
        "/bai-7.html": (Page(status=404), "answered 404 Not Found"),
        "/bai-8.html": (Page(status=302, headers={"Location": "/bai-8.html"}), "redirects more than 5 times"),
        "/bai-9.html": (Page(status=302, headers={"Location": "http://10.0.0.1/"}), "private network address"),
        "/bai-10.html": (Page("x", headers={"Content-Encoding": "gzip"}), "cannot be decoded"),
        "/bai-11.html": (Page("x", content_type="image/png"), "the answer is 'image/png'"),
        "/bai-12.html": (Page(""), "the answer is empty"),
        "/bai-13.html": (Page("<script>document.cookie='D1N=1';location.reload()</script>"), "bot challenge"),
        "/bai-14.html": (Page(status=302, headers={"Location": "/tin-tuc"}), "which is no article: it is gone"),
    }
    portal.pages.update({path: answer for path, (answer, _) in hostile.items()})
    report = collect(timeout_seconds=1.0)
    assert counts(report) == (2, 0, 0, 0, 14)
    assert reasons(report).keys() == hostile.keys()
    for path, (_, words) in hostile.items():
        assert words in reasons(report)[path]
    assert report.trouble == []


def test_an_article_with_two_addresses_is_kept_once(portal, collect, tmp_path):
    portal.add_news(3)
    for number, target in (("1", "/bai-2.html"), ("3", "/khac.html")):
        portal.pages[f"/bai-{number}.html"] = Page(status=301, headers={"Location": target})
    portal.pages["/khac.html"] = Page(ARTICLE.format(4))
    portal.pages["/tin-tuc"].body += '<h3><a href="/khac.html">Tin</a></h3><h3><a href="/bai-4.html">Tin</a></h3>'
    portal.pages["/bai-4.html"] = Page(status=301, headers={"Location": "/khac.html"})
    for _ in range(2):
        report = collect()
        assert (report.found, report.repeated) == (2, 3)
        urls = [row.url for row in read_manifest(tmp_path) if row.kind == "article"]
        assert urls == ["http://portal.test/bai-2.html", "http://portal.test/khac.html"]


def test_fewer_articles_than_expected_is_trouble_and_what_there_is_is_kept(portal, collect):
    portal.add_news(3)
    report = collect(expected_minimum=9)
    assert counts(report) == (3, 0, 0, 0, 0)
    assert "fake: the lists gave 3 articles where 9 at least are expected" in report.trouble[0]
    assert "mend its family (nukeviet)" in report.trouble[0]
    assert collect(expected_minimum=9, limit=3).trouble == []


def test_an_empty_list_where_none_is_expected_is_trouble(portal, collect):
    portal.pages["/tin-tuc"] = Page("<p>Trang đang được nâng cấp</p>")
    report = collect(expected_minimum=1)
    assert "the lists gave 0 articles" in report.trouble[0]


def test_a_list_that_is_a_bot_challenge_is_trouble(portal, collect):
    portal.pages["/tin-tuc"] = Page("<script>document.cookie='D1N=1';location.reload()</script>")
    assert "bot challenge" in collect().trouble[0]
    assert "Cookie" not in portal.asked[-1].headers


def test_a_limit_is_kept(portal, collect):
    portal.add_news(12)
    assert counts(collect(limit=2)) == (2, 0, 0, 0, 0)
    assert "/tin-tuc?page=2" not in portal.paths()


def test_a_dry_run_stores_nothing_and_asks_for_lists_only(portal, collect, tmp_path):
    portal.add_news(12)
    assert counts(collect(dry_run=True)) == (12, 0, 0, 0, 0)
    assert not any(path.startswith("/bai") for path in portal.paths())
    assert list((tmp_path / "raw").iterdir()) == []
    collect(limit=4)
    assert counts(collect(dry_run=True)) == (8, 0, 4, 0, 0)


def test_what_is_missing_is_fetched_before_what_is_known_is_checked(portal, collect):
    portal.add_news(6)
    collect(limit=3)
    portal.asked.clear()
    collect()
    articles = [path for path in portal.paths() if path.startswith("/bai")]
    assert articles == [f"/bai-{n}.html" for n in (4, 5, 6, 1, 2, 3)]


def test_a_host_that_stays_away_is_left_for_another_run(portal, collect, monkeypatch):
    monkeypatch.setattr(collector, "PATIENCE", 3)
    paths = portal.add_news(9)
    portal.pages.update(dict.fromkeys(paths[2:], drip))
    report = collect(timeout_seconds=0.2)
    assert counts(report) == (2, 0, 0, 0, 7)
    assert report.trouble == ["fake: given up after 3 failures of the host in a row"]
    assert "/bai-6.html" not in portal.paths()


def test_a_postback_list_is_kept_page_by_page(portal, collect, tmp_path):
    pager = """<form action="/tin-tuc"><input type=hidden name=s value=1>{}
      <a href="javascript:__doPostBack('g','Page$2')">2</a></form>"""
    portal.pages["/tin-tuc"] = Page(pager.format('<h3><a href="/bai-1.html">Tin</a></h3>'))
    for n in (1, 2):
        portal.pages[f"/bai-{n}.html"] = Page(ARTICLE.format(n))

    def second(handler):
        body = b'<h3><a href="/bai-2.html">Tin</a></h3>' if "Page%242" in handler.form else b""
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    portal.pages["POST /tin-tuc"] = second
    listing = Listing(items="h3 a", postback=True)
    assert counts(collect(listing)) == (2, 0, 0, 0, 0)
    assert [row.url for row in read_manifest(tmp_path) if row.kind == "listing"] == [
        "http://portal.test/tin-tuc",
        "http://portal.test/tin-tuc#Page$2",
    ]
    assert counts(collect(listing)) == (0, 0, 2, 0, 0)
