"""Whole runs: what goes in comes out or is counted; on any engine, however often killed, the same bytes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from reform_figures import tables
from reform_figures.article_table import read_captures
from reform_figures.bulk import BulkError, Processes, Serial, extract_archives
from reform_figures.bulk.shards import MOST_REASONS, OTHER_REASONS, count_reason
from reform_figures.collecting.warc import write_store
from reform_figures.corrections import Correction
from reform_figures.exporting.typed import fits_decimal
from reform_figures.extracting import extract

from .archives import DATA, ROOT, article_page, folder_bytes, record, sources, write_pages, write_records
from .dying import Dying, die, fail

SMALL = 20
"""Pages a shard, so that a small file has several."""


def run(inputs, out, engine=None, **keys):
    return extract_archives(
        [str(i) for i in inputs], str(out), engine or Serial(), sources(), shard_pages=SMALL, **keys
    )


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A file of 90 pages, and one with all sorts of records."""
    folder = tmp_path_factory.mktemp("sample")
    other = [
        record(b"", kind="request"),
        record(article_page(), status=404),
        record(b"<html><body>Hello</body></html>"),
        record(article_page("<p>Không có gì.</p>")),
        b"rubbish",
        record(article_page(title="Bài cuối")),
    ]
    return [write_pages(folder / "s.warc.gz", 90), write_records(folder / "other.warc.gz", other)]


@pytest.fixture(scope="module")
def done(sample, tmp_path_factory):
    """A run that nothing disturbed."""
    out = tmp_path_factory.mktemp("done")
    return out, run(sample, out)


def test_every_record_gave_an_article_or_is_counted_with_its_reason(sample, done):
    out, report = done
    assert report.records == 96
    assert report.records == report.articles + report.skipped.total()
    assert report.skipped["no answer, but a request record"] == 1
    assert report.skipped["status 404"] == 1
    assert report.skipped["no WARC record where one should begin"] == 1
    assert report.skipped["not Vietnamese"] >= 1
    for one in (out / "shards").iterdir():
        counts = json.loads(one.read_text(encoding="utf-8"))
        assert counts["records"] == counts["articles"] + sum(counts["skipped"].values())


def test_the_tables_hold_as_many_rows_as_the_manifest_says(done):
    out, report = done
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for name in ("articles", "figures", "passed_over"):
        assert len(pd.read_parquet(out / name)) == manifest[name] == getattr(report, name) > 50
    assert manifest["skipped"] == dict(report.skipped)
    assert [one["records"] for one in manifest["inputs"]] == [90, 6]


def test_every_row_leads_to_its_capture(done):
    out, _ = done
    articles, figures = (pd.read_parquet(out / name) for name in ("articles", "figures"))
    texts = {row.raw_id: "\n".join(p["text"] for p in row.paragraphs) for row in articles.itertuples()}
    assert len(texts) == len(articles)
    assert all(texts[f.raw_id][f.start : f.end] == f.text for f in figures.itertuples())
    assert set(articles["captured_at"].astype(str)) <= {"2023-06-01 00:00:00+00:00", "2023-03-01 12:00:00+00:00"}


def test_columns_are_those_of_the_tables_and_say_what_they_hold(done):
    out, _ = done
    for name, added in (("articles", "captured_at"), ("figures", "raw_id"), ("passed_over", "raw_id")):
        schema = pq.read_schema(next((out / name).iterdir()))
        assert schema.names == [*tables.BULK_TABLES[name].__dataclass_fields__, added]
        assert all(field.metadata[b"about"] for field in schema)


def test_an_archive_of_the_store_gives_the_figures_of_the_tables(tmp_path):
    write_store(DATA, tmp_path / "store.warc.gz")
    run([tmp_path / "store.warc.gz"], tmp_path / "out")
    named = {source.name: source for source in sources()}
    told = pd.read_parquet(tmp_path / "out" / "figures")
    wrote = set(zip(told["article_id"], told["start"], told["value"], told["subject"], told["area"], strict=True))
    for article in read_captures(DATA, named).articles:
        for f in extract(article)[0]:
            assert fits_decimal(f.value)
            assert (f.article_id, f.start, f.value, f.subject, f.area) in wrote


def test_two_processes_write_the_same_bytes_as_one(sample, done, tmp_path):
    run(sample, tmp_path, Processes(2))
    assert folder_bytes(tmp_path) == folder_bytes(done[0])


def test_a_second_run_reads_no_shard_again_and_changes_nothing(sample, done, tmp_path):
    run(sample, tmp_path)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "figures").iterdir()}
    report = run(sample, tmp_path)
    assert report.kept == report.shards == 4
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "figures").iterdir()} == before
    assert folder_bytes(tmp_path) == folder_bytes(done[0])


@pytest.mark.parametrize("lost", ["shards/00001.json", "articles/part-00002.parquet"])
def test_a_shard_of_which_a_file_is_missing_is_read_again(sample, done, tmp_path, lost):
    run(sample, tmp_path)
    (tmp_path / lost).unlink()
    assert run(sample, tmp_path).kept == 3
    assert folder_bytes(tmp_path) == folder_bytes(done[0])


def test_progress_counts_up_to_all_pages(sample, tmp_path):
    told = []
    run(sample, tmp_path, watch=lambda pages, of: told.append((pages, of)))
    assert told[0] == (0, 94)
    assert told[-1] == (94, 94)
    assert told == sorted(told)


# --- killed ---------------------------------------------------------------------------------------------------------

PROGRAM = """
import sys
sys.path.insert(0, "tests")  # by its own name: some packages install a "tests"
from bulk.test_running import run
from reform_figures.bulk import Processes, Serial
if __name__ == "__main__":
    out, processes, *inputs = sys.argv[1:]
    run(inputs, out, Processes(int(processes)) if int(processes) else Serial())
"""


def start(sample, out, processes):
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(out), str(processes), *sample],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "nothing happened"
        time.sleep(0.01)


def test_a_run_killed_again_and_again_comes_to_the_same_bytes(sample, done, tmp_path):
    randomly = random.Random(7)
    for _ in range(6):
        child = os.fork()
        if child == 0:  # no new interpreter: starting one takes longer than the run
            try:
                run(sample, tmp_path)
            finally:
                os._exit(0)
        time.sleep(randomly.uniform(0.02, 0.4))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for path in tmp_path.rglob("*.parquet"):
            assert path.name.startswith(".") or pq.ParquetFile(path).metadata.num_rows >= 0
    run(sample, tmp_path)
    assert folder_bytes(tmp_path) == folder_bytes(done[0])


def workers_of(process):
    """The processes that read shards for a main process: children of its fork server."""
    import psutil

    if not psutil.pid_exists(process.pid):
        return []
    return [c for c in psutil.Process(process.pid).children(recursive=True) if "forkserver" in " ".join(c.cmdline())]


def test_a_worker_that_is_killed_costs_its_shard_another_try_and_nothing_else(sample, done, tmp_path):
    engine = Dying(Processes(2), tmp_path / "killed")
    run(sample, tmp_path / "out", engine)
    assert engine.flag.exists()
    assert sorted(engine.done) == [0, 0, 1, 1, 2, 3]  # two files to scan, four shards
    assert folder_bytes(tmp_path / "out") == folder_bytes(done[0])


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux shows them")
def test_workers_end_when_the_main_process_is_killed(sample, done, tmp_path):
    process = start(sample, tmp_path, 2)
    wait_for(lambda: any((tmp_path / "articles").glob("*")))  # one has begun, or is done already
    workers = workers_of(process)
    process.kill()
    process.wait()
    wait_for(lambda: not any(worker.is_running() for worker in workers))
    run(sample, tmp_path)
    assert folder_bytes(tmp_path) == folder_bytes(done[0])


def test_an_item_that_kills_every_worker_ends_the_run_with_its_name():
    with pytest.raises(BulkError, match="the hostile one: one worker after the other was lost over it"):
        list(Processes(2).run(die, ["the hostile one"]))


def test_an_error_of_a_worker_ends_the_run():
    with pytest.raises(OSError, match="No space left on device"):
        list(Processes(2).run(fail, ["a", "b", "c"]))


# --- what a run was begun with --------------------------------------------------------------------------------------


def test_a_folder_of_another_run_is_left_alone(sample, done, tmp_path):
    run(sample, tmp_path)
    before = folder_bytes(tmp_path)
    row = Correction("x", "1", 0, "bound", "eq", "gt", "Lan", "2024-01-01", "told so")
    with pytest.raises(BulkError, match="begun with another file of corrections; go on with those, or choose another"):
        run(sample, tmp_path, corrections=[row])
    with pytest.raises(BulkError, match="begun with another list of files"):
        run(sample[:1], tmp_path)
    assert folder_bytes(tmp_path) == before


def test_a_file_that_has_changed_since_is_told(tmp_path):
    path = tmp_path / "x.warc"
    write_records(path, [record(article_page())])
    run([path], tmp_path / "out")
    write_records(path, [record(article_page(title="Bài khác"))])
    with pytest.raises(BulkError, match="begun with another content of a file"):
        run([path], tmp_path / "out")


def test_other_code_is_told(sample, done, tmp_path, monkeypatch):
    run(sample, tmp_path)
    monkeypatch.setattr("reform_figures.bulk.running.code_digest", lambda: "another")
    with pytest.raises(BulkError, match="begun with another version of the code"):
        run(sample, tmp_path)


def test_a_worker_with_other_code_refuses_to_work(sample, tmp_path, monkeypatch):
    monkeypatch.setattr("reform_figures.bulk.running.code_digest", lambda: "another")
    with pytest.raises(BulkError, match="another version of reform_figures"):
        run(sample, tmp_path)


def test_a_plan_that_is_none_is_told(sample, tmp_path):
    (tmp_path / "plan.json").write_text("[]")
    with pytest.raises(BulkError, match="is not the plan of a run"):
        run(sample, tmp_path)


def test_a_file_that_changes_while_it_is_read_ends_the_run(tmp_path):
    path = Path(write_records(tmp_path / "x.warc", [record(article_page())] * 3))

    class Shortening(Serial):
        def run(self, work, items):
            yield from super().run(work, items)
            path.write_bytes(path.read_bytes()[:-900])

    with pytest.raises(BulkError, match=r"2 records from 0 to \d+, where 3 were when the run began"):
        run([path], tmp_path / "out", Shortening())


def test_reasons_without_number_are_counted_together():
    from collections import Counter

    skipped = Counter()
    for n in range(MOST_REASONS + 50):
        count_reason(skipped, f"status {n}")
    count_reason(skipped, "status 0")
    assert len(skipped) == MOST_REASONS + 1
    assert (skipped["status 0"], skipped[OTHER_REASONS]) == (2, 50)
