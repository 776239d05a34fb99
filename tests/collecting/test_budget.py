"""requests_per_day: a host gets so many and no more, over runs and sources; the rest waits, and a sentence says so."""

from datetime import UTC, datetime, timedelta

import pytest

from reform_figures.collecting import budget
from reform_figures.collecting.budget import Budget
from reform_figures.collecting.failures import LeftForAnotherDay
from reform_figures.collecting.sources import SourceError, read_sources
from reform_figures.tables import read_manifest

from .fake_portal import Page
from .test_collect_script import command, news, run  # noqa: F401 - fixtures


@pytest.fixture
def tomorrow(monkeypatch):
    def go():
        class Tomorrow(datetime):
            @classmethod
            def now(cls, zone):
                return datetime.now(UTC) + timedelta(days=1)

        monkeypatch.setattr(budget, "datetime", Tomorrow)

    return go


def articles(data):
    return sum(row.kind == "article" for row in read_manifest(data))


def test_the_rest_is_left_for_another_day_and_fetched_then(portal, collect_all, tmp_path, tomorrow):
    for path in portal.add_news(12, per_page=20):
        portal.pages[path].etag = False  # so that those in the store are not asked for again
    report = collect_all(requests_per_day=10)  # robots.txt, two pages of the list, seven articles
    assert len(portal.asked) == 10
    assert (report.new, report.found, report.waits) == (7, 12, True)
    assert report.trouble == [
        "fake: requests_per_day = 10 is used up, and 5 articles left for another day; run again then"
    ]
    assert str(report.failed[0]) == (
        "http://portal.test/bai-8.html: left for another day: "
        "the 10 requests that portal.test gets in a day are used up"
    )
    assert collect_all(requests_per_day=10).waits
    assert len(portal.asked) == 10  # the next run of the same day asks for nothing
    tomorrow()
    assert not collect_all(requests_per_day=10).waits
    assert len(portal.asked) == 18
    assert articles(tmp_path) == 12


def test_lists_that_do_not_fit_into_a_day_are_told(portal, collect_all):
    portal.add_news(30, per_page=5)
    report = collect_all(requests_per_day=3, expected_minimum=30)
    assert len(portal.asked) == 3
    assert report.trouble == [
        "fake: requests_per_day = 3 is used up, and part of the lists and 10 articles left for another day; run again "
        "then; the lists come first, so that it has to be well above their number of pages"
    ]


def test_further_attempts_and_redirects_are_requests_too(portal, collect_all):
    portal.add_news(3, per_page=20)
    portal.pages["/bai-1.html"] = Page(status=500)
    portal.pages["/bai-2.html"] = Page(status=302, headers={"Location": "/khac.html"})
    portal.pages["/khac.html"] = Page("x")
    report = collect_all(requests_per_day=3 + 3 + 1)
    assert portal.paths()[3:] == ["/bai-1.html"] * 3 + ["/bai-2.html"]
    assert [failed.reason.split(":")[0] for failed in report.failed] == [
        "answered 500 Internal Server Error, 3 times", "leads to http", "left for another day",
    ]  # fmt: skip


def test_what_is_fresh_in_the_store_is_no_request(portal, collect_all):
    paths = portal.add_news(4, per_page=20)
    for path in paths:
        portal.pages[path].etag = False
    collect_all()
    portal.asked.clear()
    report = collect_all(requests_per_day=3)
    assert (report.unchanged, report.trouble) == (4, [])
    assert portal.paths() == ["/robots.txt", "/tin-tuc", "/tin-tuc?page=2"]


def test_hosts_and_days_are_counted_by_themselves(tmp_path, tomorrow):
    two = Budget(tmp_path, 2)
    for host in ("a.test", "b.test", "a.test", "b.test"):
        two.spend("http://x/", host)
    for host in ("a.test", "b.test"):
        with pytest.raises(LeftForAnotherDay):
            two.spend("http://x/", host)
    Budget(tmp_path, 3).spend("http://x/", "a.test")  # another source of the host, with a limit of its own
    tomorrow()
    two.spend("http://x/", "a.test")
    assert [line.split(",")[1:] for line in (tmp_path / ".requests.csv").read_text().splitlines()] == [["a.test", "1"]]


def test_without_a_limit_nothing_is_counted(portal, collect_all, tmp_path):
    portal.add_news(2)
    assert collect_all().waits is False
    assert not (tmp_path / "raw" / ".requests.csv").exists()


def test_the_script_ends_with_3_and_one_sentence(news, command, tmp_path):  # noqa: F811
    news(30)
    sources = tmp_path / "sources.toml"
    sources.write_text(sources.read_text() + "requests_per_day = 12\n")
    code, out, err = run(command)
    assert (code, out[-1]) == (3, "found 30 = new 8 + unchanged 0 + refused 0 + failed 22")
    assert err == [
        "collect: bo-noi-vu: requests_per_day = 12 is used up, and 22 articles left for another day; run again then"
    ]
    code, out, err = run(command)
    assert (code, out[-1]) == (3, "found 0 = new 0 + unchanged 0 + refused 0 + failed 0")
    assert len(err) == 1
    assert "requests_per_day = 12 is used up, and part of the lists left for another day" in err[0]
    assert articles(tmp_path / "data") == 8


@pytest.mark.parametrize("value", ["-1", "1.5", '"many"'])
def test_a_limit_is_a_whole_number_from_zero(command, tmp_path, value):  # noqa: F811
    sources = tmp_path / "sources.toml"
    sources.write_text(sources.read_text() + f"requests_per_day = {value}\n")
    with pytest.raises(SourceError, match=r"requests_per_day should be a whole number|cannot be below zero"):
        read_sources(sources)
