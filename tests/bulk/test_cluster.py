"""A real dask scheduler with two worker processes: the same bytes as here, also where one of them is killed."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reform_figures.bulk import BulkError, Cluster, cluster, extract_archives
from reform_figures.bulk.engines import Serial

from .archives import ROOT, folder_bytes, sources, write_pages
from .dying import Dying, die, fail

if importlib.util.find_spec("distributed") is None:  # `make test` installs it
    pytest.skip("dask.distributed is not installed", allow_module_level=True)

SECONDS = 120
"""Longest time for a scheduler to come up on a busy machine."""


def start(program: str, *arguments: str, folder: Path) -> subprocess.Popen:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])  # where the work to be done is imported from
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{program}", *arguments, "--no-dashboard"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def scheduler_process(tmp_path):
    options = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(tmp_path / "scheduler.json"))
    process = start("dask_scheduler", *options, folder=tmp_path)
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def scheduler(scheduler_process, tmp_path):
    """The address of a scheduler without workers."""
    told = tmp_path / "scheduler.json"
    until = time.monotonic() + SECONDS
    while not told.exists() or not told.read_text():
        assert scheduler_process.poll() is None, "the scheduler ended"
        assert time.monotonic() < until, "no scheduler came up"
        time.sleep(0.05)
    return json.loads(told.read_text())["address"]


@pytest.fixture
def workers(scheduler, tmp_path):
    """Two worker processes at that scheduler."""
    options = (scheduler, "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))
    started = [start("dask_worker", *options, folder=tmp_path) for _ in range(2)]
    yield started
    for process in started:
        process.kill()
        process.wait()


def test_a_worker_that_is_killed_in_the_middle_costs_its_shard_another_try_and_nothing_else(
    scheduler, workers, tmp_path
):
    sample = [write_pages(tmp_path / "s.warc.gz", 120)]
    there = Dying(Cluster(scheduler), tmp_path / "killed")
    for name, engine in (("here", Serial()), ("there", there)):
        extract_archives(sample, str(tmp_path / name), engine, sources(), shard_pages=20)
    assert there.flag.exists()
    assert sorted(there.done) == [0, 0, 1, 2, 3, 4, 5]  # the scan, and each shard once
    assert sorted(process.poll() is None for process in workers) == [False, True]
    assert folder_bytes(tmp_path / "there") == folder_bytes(tmp_path / "here")


def test_a_scheduler_that_is_lost_ends_the_run(scheduler_process, scheduler, workers):
    import dask

    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        results = Cluster(scheduler).run(time.sleep, [0.1] * 50)
        next(results)
        scheduler_process.kill()
        with pytest.raises(BulkError, match="is gone; start one, with workers, and give this command again"):
            list(results)


def test_an_error_of_a_worker_ends_the_run(scheduler, workers):
    with pytest.raises(OSError, match="No space left on device"):
        list(Cluster(scheduler).run(fail, ["a", "b"]))


def test_an_item_that_loses_every_worker_ends_the_run_with_its_name(scheduler, workers):
    with pytest.raises(BulkError, match="the hostile one: one worker after the other was lost over it"):
        list(Cluster(scheduler).run(die, ["the hostile one"]))


def test_a_scheduler_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 1)
    with pytest.raises(BulkError, match=r"no dask scheduler answers at tcp://127\.0\.0\.1:9 "):
        list(Cluster("tcp://127.0.0.1:9").run(len, ["a"]))


def test_a_scheduler_without_workers_is_told(scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 1)
    with pytest.raises(BulkError, match="has no worker; start some with `dask worker tcp://"):
        list(Cluster(scheduler).run(len, ["a"]))


def test_without_dask_the_command_that_installs_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BulkError, match="not installed; run uv sync --inexact --group cluster"):
        Cluster("tcp://127.0.0.1:8786")
