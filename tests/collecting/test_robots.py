"""robots.txt over the wire: large, elsewhere, broken, refused, and slow. `test_politeness` has its rules."""

import time
from itertools import pairwise

import pytest

from .fake_portal import Page
from .test_hostile import BROKE_OFF, OK, busy, raw


def test_of_a_robots_txt_of_5_mb_whole_lines_of_the_first_half_megabyte_are_read(portal, collect_all):
    portal.add_news(2)
    head = b"User-agent: *\nDisallow: /bai-2\n#"
    filler = b"x" * (500 * 1024 - len(head) - len("\nDisallow: /"))
    # the 500 KB end behind "Disallow: /": half a line that would forbid everything
    robots = head + filler + b"\nDisallow: /private/\n" + b"#" * 5_000_000
    assert robots[: 500 * 1024].endswith(b"\nDisallow: /")
    portal.pages["/robots.txt"] = Page(robots, content_type="text/plain")
    report = collect_all()
    assert (report.new, len(report.refused)) == (1, 1)


def test_a_robots_txt_that_redirects_is_read_where_it_leads(portal, collect_all):
    portal.add_news(2)
    portal.pages["/robots.txt"] = Page(status=301, headers={"Location": "/rules.txt"})
    portal.pages["/rules.txt"] = Page("User-agent: *\nDisallow: /bai-2\n", content_type="text/plain")
    report = collect_all()
    assert (report.new, len(report.refused)) == (1, 1)


@pytest.mark.parametrize(
    ("robots", "words"),
    [
        (Page(status=302, headers={"Location": "/robots.txt"}), "redirects more than 5 times"),
        (Page("<script>document.cookie='D1N=1';location.reload()</script>"), "bot challenge"),
        (Page(b"\x89PNG", content_type="image/png"), "image/png"),
        (raw(OK + b"Content-Ty"), "the connection ended before the answer began"),
        (raw(OK + b"Content-Length: 99\n\n", b"User-agent: *\nAllow: /\n"), BROKE_OFF),
        (busy(b"7200"), "asks to wait 7200 s"),
    ],
    ids=["loop", "challenge", "image", "headers cut off", "body cut off", "busy"],
)
def test_a_robots_txt_that_cannot_be_read_forbids_everything(portal, collect_all, robots, words):
    portal.add_news(2)
    portal.pages["/robots.txt"] = robots
    report = collect_all()
    assert words in report.trouble[0]
    assert "until it can be read all is forbidden" in report.trouble[0]
    assert set(portal.paths()) == {"/robots.txt"}


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_txt_that_is_refused_allows_everything(portal, collect_all, status):
    portal.add_news(2)
    portal.pages["/robots.txt"] = Page(status=status)
    assert collect_all().new == 2


def test_the_crawl_delay_of_robots_txt_lies_between_any_two_requests(portal, collect_all):
    class Timed(list):
        def append(self, asked):
            super().append((time.monotonic(), asked.path))

    portal.add_news(3)
    portal.asked = Timed()
    portal.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 0.15\n", content_type="text/plain")
    assert collect_all().new == 3
    moments = [moment for moment, _ in portal.asked]
    assert len(moments) == 6  # robots.txt, two pages of the list, three articles
    assert min(after - before for before, after in pairwise(moments)) >= 0.14
