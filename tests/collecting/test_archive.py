"""The store: files are never overwritten, the manifest only grows, a kill between any two steps breaks nothing."""

import errno
import os
import signal
import sys
from contextlib import suppress
from dataclasses import replace

import pytest

from reform_figures.collecting import archive as archive_module
from reform_figures.collecting.archive import Archive, StoreBusy
from reform_figures.collecting.fetching import Answer
from reform_figures.tables import TableError, read_manifest

URL = "http://portal.test/vi/news/Tây-Ninh-bai-1.html?x=1"
TIME = "2023-02-03T11:00:00Z"


def answer(body=b"<p>1</p>", url=URL, **headers):
    return Answer(url, url, 200, {"Content-Type": "text/html; charset=UTF-8", **headers}, body, TIME)


def files(data):
    return sorted(str(p.relative_to(data / "raw")) for p in (data / "raw").rglob("*") if p.is_file())


def assert_whole(data):
    """Manifest and files agree: each row has its file with its bytes, and there is no file without a row."""
    rows = read_manifest(data)
    assert files(data) == sorted({row.file for row in rows} | ({"manifest.csv"} if rows else set()))
    assert all((data / "raw" / row.file).stat().st_size == row.bytes for row in rows)
    assert len({row.raw_id for row in rows}) == len(rows)
    return rows


def test_an_answer_becomes_a_file_and_a_row(tmp_path):
    with Archive(tmp_path) as archive:
        capture, outcome = archive.store("tayninh", "article", answer(ETag='"a"', **{"Last-Modified": "then"}))
    assert outcome == "new"
    assert read_manifest(tmp_path) == [capture]
    # SHA-256 of the address, a newline and the body, by sha256sum
    assert capture.raw_id == "tayninh/a16017c1fbb0"
    assert capture.file == "tayninh/article-t-y-ninh-bai-1-x-1-a16017c1fbb0.html"
    assert (tmp_path / "raw" / capture.file).read_bytes() == b"<p>1</p>"
    assert (capture.kind, capture.url, capture.fetched_at, capture.bytes) == ("article", URL, TIME, 8)
    assert (capture.content_type, capture.charset) == ("text/html; charset=UTF-8", "UTF-8")
    assert (capture.etag, capture.last_modified) == ('"a"', "then")


def test_the_same_body_again_changes_nothing(tmp_path):
    with Archive(tmp_path) as archive:
        first, _ = archive.store("s", "article", answer())
        before = files(tmp_path), (tmp_path / "raw" / "manifest.csv").read_bytes()
        assert archive.store("s", "article", answer()) == (first, "unchanged")
    with Archive(tmp_path) as archive:
        assert archive.store("s", "article", answer()) == (first, "unchanged")
    assert (files(tmp_path), (tmp_path / "raw" / "manifest.csv").read_bytes()) == before


def test_a_changed_page_is_a_new_row_and_a_new_file(tmp_path):
    with Archive(tmp_path) as archive:
        outcomes = [archive.store("s", "article", answer(body))[1] for body in (b"one", b"two", b"one", b"two", b"two")]
        assert archive.body(archive.newest("s", URL)) == b"two"
    assert outcomes == ["new", "changed", "changed", "changed", "unchanged"]
    rows = assert_whole(tmp_path)
    assert [(tmp_path / "raw" / row.file).read_bytes() for row in rows][:2] == [b"one", b"two"]
    assert [row.raw_id.count("-") for row in rows] == [0, 0, 1, 1]


def test_an_older_copy_from_an_archive_does_not_become_the_latest_page(tmp_path):
    old = replace(answer(b"old"), fetched_at="2020-01-01T00:00:00Z", archived="https://web.archive.org/web/2020id_/x")
    with Archive(tmp_path) as archive:
        page, _ = archive.store("s", "article", answer(b"now"))
        assert not archive.holds("s", old)
        copy, outcome = archive.store("s", "article", old)
        assert (outcome, archive.newest("s", URL)) == ("changed", page)
        assert archive.holds("s", old)
    with Archive(tmp_path) as archive:
        assert archive.newest("s", URL) == page
        assert archive.holds("s", old)
    assert read_manifest(tmp_path) == [page, copy]
    assert copy.archived == old.archived


def test_one_address_may_belong_to_two_sources(tmp_path):
    with Archive(tmp_path) as archive:
        assert archive.store("a", "article", answer())[1] == archive.store("b", "article", answer())[1] == "new"
    assert len(assert_whole(tmp_path)) == 2


def test_a_file_that_was_lost_is_asked_for_again_and_put_back(tmp_path):
    with Archive(tmp_path) as archive:
        capture, _ = archive.store("s", "article", answer())
        (tmp_path / "raw" / capture.file).unlink()
        assert archive.newest("s", URL) is None
        assert archive.store("s", "article", answer()) == (capture, "unchanged")
        assert archive.newest("s", URL) == capture
    assert len(assert_whole(tmp_path)) == 1


def test_hostile_headers_and_addresses_stay_inside_one_row_and_one_folder(tmp_path):
    url = 'http://portal.test/../../..%2f..%2fetc/"x",y'
    headers = {"Content-Type": 'text/html\r\n\tx,"y"\n', "ETag": '"a"\r\n ,b\x0b\u2028"', "Last-Modified": "=1+1"}
    with Archive(tmp_path) as archive:
        capture, _ = archive.store("s", "article", answer(url=url, **headers))
    assert read_manifest(tmp_path) == [capture]
    assert (tmp_path / "raw" / "manifest.csv").read_bytes().count(b"\n") == 2
    assert capture.file.startswith("s/article-")
    assert_whole(tmp_path)


@pytest.mark.parametrize(
    ("kind", "content_type", "name"),
    [
        ("robots", "", "robots-"),
        ("listing", "text/html", "listing-page-2-"),
        ("feed", "application/octet-stream", "feed-page-2-"),
    ],
)
def test_file_names_tell_what_is_in_them(tmp_path, kind, content_type, name):
    url = "http://portal.test/" + ("robots.txt" if kind == "robots" else "tin/page-2/")
    with Archive(tmp_path) as archive:
        capture, _ = archive.store("s", kind, answer(url=url, **{"Content-Type": content_type}))
    extension = {"robots": ".txt", "listing": ".html", "feed": ".xml"}[kind]
    assert capture.file.startswith(f"s/{name}")
    assert capture.file.endswith(extension)


def test_two_runs_on_one_store_refuse_clearly(tmp_path):
    with Archive(tmp_path) as archive:
        with pytest.raises(StoreBusy, match=r"another run is collecting into .*raw; wait for it to end"):
            Archive(tmp_path)
        archive.store("s", "article", answer())
    with Archive(tmp_path):
        pass


def test_a_torn_last_line_of_the_manifest_is_cut_off(tmp_path):
    with Archive(tmp_path) as archive:
        archive.store("s", "article", answer())
    manifest = tmp_path / "raw" / "manifest.csv"
    whole = manifest.read_bytes()
    for torn in (b"s/abc,article", b'"', b"\xff\xfe", b"x" * 9000):
        manifest.write_bytes(whole + torn)
        with Archive(tmp_path) as archive:
            assert archive.newest("s", URL)
        assert manifest.read_bytes() == whole
    manifest.write_bytes(whole[:-1])
    with Archive(tmp_path) as archive:
        assert archive.newest("s", URL)
    assert manifest.read_bytes() == whole
    manifest.write_bytes(whole[:20])
    with Archive(tmp_path) as archive:
        assert archive.store("s", "article", answer())[1] == "new"
    assert len(assert_whole(tmp_path)) == 1


def test_a_manifest_that_is_none_is_told_and_left_alone(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "manifest.csv").write_text("a,b\n1,2\n")
    with pytest.raises(TableError, match=r"manifest\.csv: the header should be raw_id,kind"):
        Archive(tmp_path)
    assert (tmp_path / "raw" / "manifest.csv").read_text() == "a,b\n1,2\n"


@pytest.mark.parametrize("at", ["write", "fsync", "replace"])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_is_an_error_with_nothing_broken(tmp_path, monkeypatch, at, after):
    real, calls = getattr(os, at), []

    def full(*args):
        calls.append(args)
        if len(calls) > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args)

    with Archive(tmp_path) as archive:
        archive.store("s", "article", answer(b"one"))
        with monkeypatch.context() as patch:
            patch.setattr(archive_module.os, at, full)
            with suppress(OSError):
                archive.store("s", "article", answer(b"two"))
        assert archive.store("s", "article", answer(b"three"))[1] == "changed"
    assert_whole(tmp_path)


def test_a_half_written_line_is_taken_back(tmp_path, monkeypatch):
    with Archive(tmp_path) as archive:
        archive.store("s", "article", answer(b"one"))
        before = (tmp_path / "raw" / "manifest.csv").read_bytes()
        real = os.write
        monkeypatch.setattr(archive_module.os, "write", lambda handle, text: real(handle, text[:30]))
        with pytest.raises(OSError, match="No space left"):
            archive.store("s", "article", answer(b"two"))
        assert (tmp_path / "raw" / "manifest.csv").read_bytes() == before
    monkeypatch.undo()
    with Archive(tmp_path) as archive:
        assert archive.body(archive.newest("s", URL)) == b"two"
    assert_whole(tmp_path)


def killed_at_step(step, work):
    """Run `work` in a child that is killed by SIGKILL before its `step`-th audited system call (open, rename,
    remove ...) or write; True where it was killed, False where it came to its end before."""
    pid = os.fork()
    if pid == 0:
        count = 0

        def tick(*_):
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

        def ticking(real):
            return lambda *args, **keys: (tick(), real(*args, **keys))[1]

        for name in ("write", "fsync", "close", "ftruncate", "fstat"):
            setattr(os, name, ticking(getattr(os, name)))
        sys.addaudithook(tick)
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def store_two(data):
    with Archive(data) as archive:
        archive.store("s", "article", answer(b"first, changed"))
        archive.store("s", "article", answer(b"second", url="http://portal.test/bai-2.html"))


def test_a_kill_between_any_two_steps_loses_nothing(tmp_path):
    step, killed, recovered = 0, True, set()
    while killed:
        step += 1
        data = tmp_path / str(step)
        with Archive(data) as archive:
            archive.store("s", "article", answer(b"first"))
        killed = killed_at_step(step, lambda data=data: store_two(data))
        arrived = {read(data, file) for file in files(data) if file.startswith("s/article")}
        with Archive(data) as archive:
            rows = assert_whole(data)
            # what is in its file is never fetched again: its row is there, even if the kill came before it
            assert arrived <= {read(data, row.file) for row in rows}
            recovered.add(len(rows))
        store_two(data)
        assert len(assert_whole(data)) == 3
    assert step > 30
    assert recovered == {1, 2, 3}


def read(data, file):
    return (data / "raw" / file).read_bytes()
