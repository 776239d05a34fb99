"""robots.txt as RFC 9309 reads it, delays, Retry-After, and who we say we are."""

import time
from datetime import UTC, datetime

import pytest

from reform_figures.collecting.failures import FetchFailed, HostFailed, RefusedByRobots
from reform_figures.collecting.politeness import Pace, Robots, retry_after_seconds, user_agent

ARTICLE = "http://portal.test/tin/bai-1.html"


def robots(text=b"", failure=None):
    asked = []

    def fetch(address):
        asked.append(address)
        if failure:
            raise failure
        return text

    rules = Robots(fetch, Pace())
    rules.asked = asked
    return rules


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"User-agent: *\nDisallow:\n",
        b"User-agent: *\nDisallow: /admin/\n",
        b"# first a comment\n\nUser-agent: other\nDisallow: /\n",
        b"User-agent: *\nDisallow: /\n\nUser-agent: reform-figures\nDisallow: /admin/\n",
        b"User-agent: *\nDisallow: /tin/\nAllow: /tin/bai-\n",
        b"<html><body>Not found</body></html>",
        b"\xef\xbb\xbfUser-agent: *\nAllow: /\n",
        b"Disallow: /\n",
    ],
)
def test_robots_that_allow(text):
    robots(text).permit(ARTICLE)


@pytest.mark.parametrize(
    "text",
    [
        b"User-agent: *\nDisallow: /\n",
        b"User-Agent: Reform-Figures\nDisallow: /tin/\n",
        b"User-agent: *\nDisallow: /*.html$\n",
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /tin\n",
        b"user-agent: *\r\nDISALLOW: /tin\r\n",
        b"User-agent: *\nAllow: /\nDisallow: /tin/bai-1\n",
    ],
)
def test_robots_that_refuse(text):
    with pytest.raises(RefusedByRobots, match=r"robots\.txt does not allow it"):
        robots(text).permit(ARTICLE)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_allows_everything(status):
    robots(failure=FetchFailed("x", "", status)).permit(ARTICLE)


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_robots_txt_that_fails_forbids_everything(status):
    rules = robots(failure=FetchFailed("x", f"answered {status}", status))
    with pytest.raises(RefusedByRobots, match=f"robots.txt: answered {status}; until it can be read all is forbidden"):
        rules.permit(ARTICLE)


def test_a_host_that_does_not_answer_is_told_as_that():
    with pytest.raises(HostFailed, match="nothing answers") as failed:
        robots(failure=HostFailed("http://portal.test/robots.txt", "nothing answers")).permit(ARTICLE)
    assert failed.value.url == ARTICLE


def test_a_robots_txt_that_cannot_be_read_forbids_everything():
    rules = robots(failure=FetchFailed("x", "the answer is a bot challenge"))
    with pytest.raises(RefusedByRobots, match=r"robots\.txt: the answer is a bot challenge; until it can be read"):
        rules.permit(ARTICLE)


def test_robots_txt_is_asked_for_once_a_host():
    rules = robots(b"")
    for address in (ARTICLE, "http://portal.test/", "https://portal.test/", "http://portal.test:81/"):
        rules.permit(address)
    assert rules.asked == [
        "http://portal.test/robots.txt",
        "https://portal.test/robots.txt",
        "http://portal.test:81/robots.txt",
    ]


def test_a_crawl_delay_is_kept():
    pace = Pace()
    pace.at_least("portal.test", 0.05)
    Robots(lambda url: b"User-agent: *\nCrawl-delay: 0.2\n", pace).permit(ARTICLE)
    pace.answered("portal.test")
    start = time.monotonic()
    pace.wait("portal.test")
    assert 0.15 < time.monotonic() - start < 0.4


def test_a_crawl_delay_beyond_reason_is_a_refusal():
    with pytest.raises(RefusedByRobots, match="asks for 86400 s between requests"):
        robots(b"User-agent: *\nCrawl-delay: 86400\n").permit(ARTICLE)


@pytest.mark.parametrize("delay", [b"nan", b"inf", b"-5", b"soon"])
def test_a_crawl_delay_that_is_no_number_is_passed_over(delay):
    robots(b"User-agent: *\nCrawl-delay: " + delay + b"\n").permit(ARTICLE)


def test_hosts_do_not_wait_for_each_other():
    pace = Pace()
    pace.at_least("a.test", 30)
    pace.answered("a.test")
    start = time.monotonic()
    pace.wait("b.test")
    assert time.monotonic() - start < 0.1


def test_a_host_that_says_too_fast_is_asked_half_as_often():
    pace = Pace()
    pace.at_least("a.test", 2)
    pace.slow_down("a.test")
    assert pace._delay["a.test"] == 4
    pace.at_least("a.test", 2)
    assert pace._delay["a.test"] == 4


def test_a_long_wait_is_told_to_the_person_watching(monkeypatch):
    told = []
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    pace = Pace(told.append)
    pace.rest("a.test", 60)
    pace.wait("a.test")
    assert told == ["a.test is left alone for 60 s, as it asks"]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("60", 60),
        (" 0 ", 0),
        ("Fri, 03 Feb 2023 18:01:30 GMT", 90),
        ("Fri, 03 Feb 2023 17:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_retry_after_is_read_in_both_forms(header, seconds):
    assert retry_after_seconds(header, datetime(2023, 2, 3, 18, 0, 0, tzinfo=UTC)) == seconds


def test_the_contact_is_the_one_given_else_the_environment_else_the_project(monkeypatch):
    monkeypatch.delenv("REFORM_FIGURES_CONTACT", raising=False)
    assert user_agent() == "reform-figures/0.1 (+https://github.com/reform-figures/reform-figures)"
    monkeypatch.setenv("REFORM_FIGURES_CONTACT", "mailto:lan@example.vn")
    assert user_agent() == "reform-figures/0.1 (+mailto:lan@example.vn)"
    assert user_agent("https://lan.example.vn") == "reform-figures/0.1 (+https://lan.example.vn)"
