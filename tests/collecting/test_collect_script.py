"""scripts/collect.py as a person runs it: one clear sentence where it fails, counts that add up, kills survived."""

import io
import os
import re
import runpy
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from reform_figures.collecting.archive import Archive
from reform_figures.tables import read_manifest

from .fake_portal import ARTICLE, FakePortal, Page
from .test_archive import assert_whole

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "collect.py"
SOURCES = """
[bo-noi-vu]
group = "fake"
publisher = "Bộ Nội vụ"
address = "http://noivu.test/"
portal = "moha"
listing = ["tin-tuc.html"]
delay_seconds = 0
timeout_seconds = 5
connect_to = "{endpoint}"
expected_minimum = 3
"""


@pytest.fixture
def news(portal):
    """The fake portal in the ministry's layout: `news(count)` puts so many articles on it."""

    def put(count, per_page=20):
        for n in range(1, count + 1):
            portal.pages[f"/bai-{n}.html"] = Page(ARTICLE.format(n))
        for start in range(0, max(count, 1), per_page):
            numbers = range(start + 1, min(start + per_page, count) + 1)
            items = "".join(f'<li><p><a href="/bai-{n}.html">Tin</a></p></li>' for n in numbers)
            number = start // per_page + 1
            portal.pages[f"/tin-tuc.html{f'?page={number}' if number > 1 else ''}"] = Page(
                f"<ul id=list_news>{items}</ul>"
            )

    return put


@pytest.fixture
def command(portal, tmp_path):
    """The command line that collects the fake portal into tmp_path/data."""
    sources = tmp_path / "sources.toml"
    sources.write_text(SOURCES.format(endpoint=portal.endpoint), encoding="utf-8")
    return [sys.executable, str(SCRIPT), "--sources", str(sources), "--data", str(tmp_path / "data")]


def run(command, *more):
    """Exit code and the lines of stdout and stderr; in this process, since starting Python takes most of the time."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", [*command[1:], *more])
        code = runpy.run_path(command[1])["main"]()
    return code, out.getvalue().splitlines(), err.getvalue().splitlines()


def test_the_last_line_adds_up_and_a_second_run_finds_nothing_new(news, portal, command, tmp_path):
    news(5)
    portal.pages["/bai-2.html"] = Page(status=404)
    portal.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /bai-4\n", content_type="text/plain")
    code, out, err = run(command)
    assert (code, out[-1]) == (0, "found 5 = new 3 + unchanged 0 + refused 1 + failed 1")
    assert err == [
        "collect: bo-noi-vu: http://noivu.test/bai-4.html: robots.txt does not allow it",
        "collect: bo-noi-vu: http://noivu.test/bai-2.html: answered 404 Not Found",
    ]
    portal.asked.clear()
    code, out, err = run(command, "--source", "fake")
    assert (code, out[-1]) == (0, "found 5 = new 0 + unchanged 3 + refused 1 + failed 1")
    assert portal.paths(200) == []
    assert len(assert_whole(tmp_path / "data")) == 5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--source", "bo-noi-vi"], "there is no source or group 'bo-noi-vi'; did you mean 'bo-noi-vu'?"),
        (["--sources", "no.toml"], "no.toml is not there; give the file of sources with --sources"),
        (["--connect-to", "here"], "--connect-to is 'here'; it should be HOST:PORT, such as 127.0.0.1:8000"),
    ],
)
def test_what_cannot_be_begun_is_one_sentence(command, tmp_path, arguments, sentence):
    assert run(command, *arguments) == (1, [], [f"collect: {sentence}"])
    assert not (tmp_path / "data").exists()


def test_a_host_without_a_server_loses_nothing(news, command, tmp_path):
    news(4)
    run(command)
    before = {p: p.read_bytes() for p in (tmp_path / "data" / "raw").rglob("*") if p.is_file()}
    code, out, err = run(command, "--connect-to", "127.0.0.1:1")
    assert (code, out[-1]) == (1, "found 0 = new 0 + unchanged 0 + refused 0 + failed 0")
    assert err == [
        "collect: bo-noi-vu: http://noivu.test/tin-tuc.html: nothing answers at 127.0.0.1:1 (connection refused); "
        "is the server running, and the address right?",
        "collect: nothing was collected; what was collected before is as it was",
    ]
    assert {p: p.read_bytes() for p in (tmp_path / "data" / "raw").rglob("*") if p.is_file()} == before


def test_a_list_that_is_not_there_is_told(command):
    code, _, err = run(command)
    assert (code, err[0]) == (1, "collect: bo-noi-vu: http://noivu.test/tin-tuc.html: answered 404 Not Found")


def test_fewer_articles_than_expected_ends_with_3_and_keeps_them(news, command, tmp_path):
    news(2)
    code, out, err = run(command)
    assert (code, out[-1]) == (3, "found 2 = new 2 + unchanged 0 + refused 0 + failed 0")
    assert "the lists gave 2 articles where 3 at least are expected" in err[0]
    assert sum(row.kind == "article" for row in read_manifest(tmp_path / "data")) == 2


def test_a_second_run_at_the_same_time_is_refused(news, command, tmp_path):
    news(4)
    with Archive(tmp_path / "data"):
        code, out, err = run(command)
    assert (code, out) == (1, [])
    assert re.fullmatch(
        r"collect: another run is collecting into .*raw; wait for it to end, or .* --data folder", err[0]
    )


def test_a_dry_run_says_so_and_stores_nothing(news, command, tmp_path):
    news(4)
    code, out, _ = run(command, "--dry-run", "--limit", "3")
    assert (code, out[-1]) == (0, "found 3 = new 3 + unchanged 0 + refused 0 + failed 0")
    assert out[-2].startswith("Dry run")
    assert not list((tmp_path / "data").rglob("*.html"))


class KillAt(list):
    """A list of requests that kills a process when the n-th one comes in."""

    def __init__(self, number):
        super().__init__()
        self.number, self.process, self.lock = number, None, threading.Lock()

    def append(self, asked):
        with self.lock:
            super().append(asked)
            if len(self) == self.number:
                os.kill(self.process.pid, signal.SIGKILL)


def test_a_run_that_is_killed_goes_on_where_it_stopped(news, portal: FakePortal, command, tmp_path):
    news(40)
    fetched, in_flight = Counter(), Counter()
    for number in (2, 30):
        portal.asked = KillAt(number)
        portal.asked.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert portal.asked.process.wait(timeout=60) == -signal.SIGKILL
        fetched.update(portal.paths(200))
        in_flight.update(portal.paths(200)[-1:])
    portal.asked = []
    code, out, _ = run(command)
    fetched.update(portal.paths(200))
    assert (code, out[-1].split(" =")[0]) == (0, "found 40")
    rows = assert_whole(tmp_path / "data")
    assert sum(row.kind == "article" for row in rows) == 40
    # what was on its way when the kill came is the only thing that may be fetched again
    assert all(times <= 1 + in_flight[path] for path, times in fetched.items())
