"""A collector that is killed again and again ends with every page, each fetched once, and a store without a crack."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from reform_figures.collecting.archive import Archive

from .fake_portal import FakePortal
from .stores import assert_sound
from .test_collect_script import command, news, run  # noqa: F401 - fixtures

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def kill_runs(portal, tmp_path):
    """`kill_runs(kills=, steps=, **source_keys)` kills runs over the fake portal; returns what each came to."""

    def start(kills, steps, **keys):
        wanted = {
            "data": str(tmp_path / "data"), "endpoint": portal.endpoint, "keys": keys,
            "kills": kills, "steps": steps, "seed": 20230203,
        }  # fmt: skip
        out = subprocess.run(
            [sys.executable, "-m", "collecting.kill_runs", json.dumps(wanted)],
            cwd=ROOT / "tests", env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert out.returncode == 0, out.stderr
        return [json.loads(line) for line in out.stdout.splitlines()]

    return start


def number_of_run(asked):
    return int(asked.headers["User-Agent"].removeprefix("run/"))


def test_a_hundred_kills_lose_no_page_of_300_and_fetch_none_twice(portal: FakePortal, kill_runs, tmp_path):
    paths = portal.add_news(300, per_page=100)
    for path in paths:
        portal.pages[path].etag = False  # so that asking again would mean fetching again
    runs = kill_runs(kills=100, steps=13)
    assert sum(run["killed"] for run in runs) == 100
    # the kills fell where they hurt: while something was being stored, and all along the way
    assert sum(run["half_done"] for run in runs) >= 1  # 43 on a disk, 3 in memory
    assert len({len(run["stored"]) for run in runs}) >= 20

    asked_in = {}
    for asked in portal.asked:
        if asked.path in portal.pages and asked.path.startswith("/bai"):
            asked_in.setdefault(asked.path, []).append(number_of_run(asked))
    assert asked_in.keys() == set(paths)
    for of_run in runs:
        for path in of_run["stored"]:
            assert max(asked_in[path]) <= of_run["run"], f"{path} lay on the disk after run {of_run['run']}"
    for times in asked_in.values():
        assert len(times) == len(set(times))  # in one run never twice

    rows = assert_sound(tmp_path / "data")
    assert Counter(row.kind for row in rows)["article"] == 300
    assert {row.url.removeprefix("http://portal.test") for row in rows if row.kind == "article"} == set(paths)


def test_kills_do_not_add_requests_to_the_budget_of_a_day(portal, kill_runs, tmp_path):
    portal.add_news(60, per_page=60)
    runs = kill_runs(kills=8, steps=5, requests_per_day=60)
    assert sum(run["killed"] for run in runs) == 8
    asked = [asked for asked in portal.asked if number_of_run(asked)]
    assert 60 - 8 <= len(asked) <= 60  # a kill between counting and asking costs one
    assert sum(row.kind == "article" for row in assert_sound(tmp_path / "data")) > 0


def test_of_two_runs_at_once_the_second_refuses_and_the_first_is_unharmed(news, portal, command, tmp_path):  # noqa: F811
    news(6)
    begun = tmp_path / "begun"
    page = portal.pages["/bai-3.html"]

    def hold(handler):
        portal.pages["/bai-3.html"] = page
        begun.touch()
        while begun.exists():
            time.sleep(0.01)
        handler.do_GET()

    portal.pages["/bai-3.html"] = hold
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as first:
        end = time.monotonic() + 30
        while not begun.exists():
            assert time.monotonic() < end
            time.sleep(0.01)
        asked = len(portal.asked)
        second = subprocess.run(command, capture_output=True, text=True, timeout=30)
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr == (
            f"collect: another run is collecting into {tmp_path / 'data' / 'raw'}; wait for it to end, "
            "or give another --data folder\n"
        )
        assert len(portal.asked) == asked
        begun.unlink()
        out, _ = first.communicate(timeout=30)
    assert first.returncode == 0
    assert out.splitlines()[-1] == "found 6 = new 6 + unchanged 0 + refused 0 + failed 0"
    assert sum(row.kind == "article" for row in assert_sound(tmp_path / "data")) == 6


def test_a_killed_run_leaves_the_store_free_for_the_next(news, portal, command, tmp_path):  # noqa: F811
    news(2)
    stay = tmp_path / "stay"
    stay.touch()

    def hang(handler):
        while stay.exists():
            time.sleep(0.01)

    portal.pages["/bai-2.html"] = hang
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        while "/bai-2.html" not in portal.paths():
            assert first.poll() is None
            time.sleep(0.01)
        first.send_signal(signal.SIGKILL)
    stay.unlink()
    with Archive(tmp_path / "data"):
        assert sum(row.kind == "article" for row in assert_sound(tmp_path / "data")) == 1


def test_a_disk_that_fills_up_ends_the_run_with_one_sentence_and_the_next_goes_on(news, portal, command, tmp_path):  # noqa: F811
    news(40)
    for number in range(1, 41):
        portal.pages[f"/bai-{number}.html"].etag = False
    full = subprocess.run(
        command, capture_output=True, text=True, timeout=60,
        # the manifest comes to it in the midst of a row
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)),
    )  # fmt: skip
    assert full.returncode == 1
    assert full.stderr.splitlines()[-1].startswith(f"collect: {tmp_path / 'data'} cannot be written (")
    assert full.stderr.splitlines()[-1].endswith("; what was collected is kept")
    assert "Traceback" not in full.stderr
    kept = sum(row.kind == "article" for row in assert_sound_after_opening(tmp_path / "data"))
    assert 5 < kept < 40
    code, out, _ = run(command)
    assert (code, out[-1]) == (0, f"found 40 = new {40 - kept} + unchanged {kept} + refused 0 + failed 0")
    assert_sound(tmp_path / "data")
    assert max(Counter(path for path in portal.paths(200) if path.startswith("/bai")).values()) <= 2


def assert_sound_after_opening(data):
    with Archive(data):
        return assert_sound(data)
