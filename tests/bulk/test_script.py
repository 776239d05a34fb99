"""scripts/extract.py --warc: what it prints, how it ends, and which options go together."""

import importlib.util
import sys

import pandas as pd
import pytest

from .archives import ROOT, article_page, folder_bytes, record, write_records


@pytest.fixture
def extract(monkeypatch, capsys):
    """`extract(*arguments)` runs the script; returns how it ends, and what it printed to either stream."""
    spec = importlib.util.spec_from_file_location("extract_script", ROOT / "scripts" / "extract.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["extract.py", *map(str, arguments)])
        try:
            code = script.main()
        except SystemExit as stopped:
            code = stopped.code
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def archive(tmp_path):
    records = [record(article_page()), record(b"", kind="request"), record(article_page(), status=404)]
    return write_records(tmp_path / "x.warc.gz", records)


def test_counts_in_are_counts_out(extract, archive, tmp_path):
    code, told, _ = extract("--warc", archive, "--out", tmp_path / "out")
    assert code == 0
    assert "3 records = 1 articles + 2 passed over" in told
    assert "1 article: 6 numerals = 2 figures + 4 passed over" in told
    assert "passed over: 1 x status 404" in told
    assert len(pd.read_parquet(tmp_path / "out" / "figures")) == 2


def test_processes_write_what_one_writes(extract, archive, tmp_path):
    extract("--warc", archive, "--out", tmp_path / "one")
    code, _, _ = extract("--warc", archive, "--out", tmp_path / "two", "--processes", 2)
    assert code == 0
    assert folder_bytes(tmp_path / "one") == folder_bytes(tmp_path / "two")


def test_run_again_it_tells_what_was_done_before(extract, archive, tmp_path):
    extract("--warc", archive, "--out", tmp_path / "out")
    code, told, _ = extract("--warc", archive, "--out", tmp_path / "out")
    assert code == 0
    assert "1 shards, 1 of them from an earlier run" in told


def test_the_newest_capture_of_each_page_is_found_as_the_book_says(extract, tmp_path):
    older = record(article_page("<p>Năm 2022 giảm 10 biên chế; thủ tục hành chính được cải cách mạnh mẽ ở tỉnh.</p>"))
    newer = record(article_page("<p>Năm 2022 giảm 12 biên chế; thủ tục hành chính được cải cách mạnh mẽ ở tỉnh.</p>"))
    newer = newer.replace(b"2023-03-01T", b"2023-04-01T")
    extract("--warc", write_records(tmp_path / "x.warc", [newer, older]), "--out", tmp_path / "out")
    articles, figures = (pd.read_parquet(tmp_path / "out" / name) for name in ("articles", "figures"))
    newest = articles.sort_values("captured_at").drop_duplicates("url", keep="last")
    assert figures["text"].tolist() == ["12", "10"]
    assert figures[figures["raw_id"].isin(newest["raw_id"])]["text"].tolist() == ["12"]


def test_an_archive_without_articles_ends_with_1(extract, tmp_path):
    path = write_records(tmp_path / "x.warc", [record(b"<html>Hello</html>")])
    code, told, _ = extract("--warc", path, "--out", tmp_path / "out")
    assert code == 1
    assert "1 records = 0 articles + 1 passed over" in told


def test_a_file_that_is_not_there_is_one_sentence(extract, tmp_path):
    code, told, complaint = extract("--warc", tmp_path / "gone.warc", "--out", tmp_path / "out")
    assert (code, told) == (1, "")
    assert "gone.warc: there is no such file" in complaint.splitlines()[-1]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--warc", "x.warc"],
        ["--processes", "2"],
        ["--warc", "x.warc", "--out", "out", "--processes", "0"],
        ["--warc", "x.warc", "--out", "out", "--processes", "2", "--scheduler", "tcp://127.0.0.1:8786"],
        ["--warc", "x.warc", "--out", "out", "--text", "folder"],
    ],
)
def test_options_that_do_not_go_together_are_refused(extract, options):
    code, _, complaint = extract(*options)
    assert code == 2
    assert "error: --" in complaint
