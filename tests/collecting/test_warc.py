"""WARC files read and written: the store comes back as it was, and a broken or hostile record costs itself."""

import gzip
import io
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from reform_figures.collecting import warc, warc_stream
from reform_figures.collecting.warc import read_pages, write_store
from reform_figures.collecting.warc_stream import BROKEN_MEMBER, CUT_OFF, NO_RECORD, TOO_LARGE
from reform_figures.tables import manifest_path, raw_folder, read_manifest

from .fake_archives import Stored, warc_record
from .fake_portal import ARTICLE

DATA = Path(__file__).resolve().parents[2] / "data"
WHEN = "20220301120000"


packed = partial(gzip.compress, mtime=0)  # the same bytes, and so the same test names, every time


def page(n, **keys):
    return Stored(f"http://portal.test/bai-{n}.html", WHEN, ARTICLE.format(n).encode(), **keys)


ONE, TWO, THREE = (warc_record(page(n)) for n in (1, 2, 3))


@pytest.fixture
def read(tmp_path):
    """`read(bytes)` gives the numbers of the pages in a WARC file, and what was skipped."""

    def go(data):
        path = tmp_path / "x.warc.gz"
        path.write_bytes(data)
        skipped = Counter()
        return [p.url[len("http://portal.test/bai-") : -5] for p in read_pages(path, skipped)], dict(skipped)

    return go


@pytest.mark.parametrize("name", ["store.warc.gz", "store.warc"])
def test_the_store_written_and_read_back_gives_the_same_pages(tmp_path, name):
    export = write_store(DATA, tmp_path / name)
    rows = read_manifest(DATA)
    assert (export.rows, export.written, export.left_out) == (len(rows), len(rows), [])
    skipped = Counter()
    pages = list(read_pages(tmp_path / name, skipped))
    wanted = [row for row in rows if "html" in row.content_type or "json" in row.content_type]
    assert len(pages) + skipped.total() == len(rows) + 1  # and the record about the file
    assert [
        (p.url, p.captured_at, p.content_type, p.status, p.body, p.ours["kind"], p.ours["source"]) for p in pages
    ] == [
        (r.url, r.fetched_at, r.content_type, r.status, (raw_folder(DATA) / r.file).read_bytes(), r.kind, r.source)
        for r in wanted
    ]
    assert [(p.headers.get("ETag", ""), p.headers.get("Last-Modified", "")) for p in pages] == [
        (r.etag, r.last_modified) for r in wanted
    ]


def test_the_same_store_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_store(DATA, tmp_path / name / "x.warc.gz")
    assert (tmp_path / "a/x.warc.gz").read_bytes() == (tmp_path / "b/x.warc.gz").read_bytes()
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["x.warc.gz"]


def test_another_reader_finds_the_digests_right(tmp_path):
    write_store(DATA, tmp_path / "x.warc.gz")
    with (tmp_path / "x.warc.gz").open("rb") as file:
        checked = Counter()
        for record in ArchiveIterator(file, check_digests=True):
            record.content_stream().read()
            checked[record.rec_type, record.digest_checker.passed] += 1
    assert checked[("response", True)] == len(read_manifest(DATA))
    assert not [key for key in checked if key[1] is False]


def test_a_row_whose_file_is_missing_or_changed_is_left_out_and_told(tmp_path):
    shutil.copytree(raw_folder(DATA), raw_folder(tmp_path))
    first, second = read_manifest(tmp_path)[:2]
    (raw_folder(tmp_path) / first.file).unlink()
    (raw_folder(tmp_path) / second.file).write_text("other")
    export = write_store(tmp_path, tmp_path / "x.warc.gz")
    assert export.written == export.rows - 2
    assert export.left_out == [
        f"{first.url}: {first.file} cannot be read (No such file or directory)",
        f"{second.url}: {second.file} is not what was stored; collect it again",
    ]


def test_nothing_is_left_where_writing_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(warc, "_response", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_store(DATA, tmp_path / "x.warc.gz")
    assert list(tmp_path.iterdir()) == []


def damaged(record, at):
    member = bytearray(packed(record))
    member[at] ^= 255
    return bytes(member)


@pytest.mark.parametrize(
    ("middle", "reason"),
    [
        (damaged(TWO, 40), BROKEN_MEMBER),
        (damaged(TWO, -6), BROKEN_MEMBER),
        (packed(TWO)[:80], BROKEN_MEMBER),
        (b"rubbish between two members", NO_RECORD),
        (packed(b"<html>no record</html>"), NO_RECORD),
        (packed(TWO[:-80]), CUT_OFF),
    ],
)
def test_a_broken_gzip_member_costs_one_counted_record(read, middle, reason):
    assert read(packed(ONE) + middle + packed(THREE)) == (["1", "3"], {reason: 1})


@pytest.mark.parametrize(
    ("middle", "reason"),
    [
        (warc_record(page(2), length=200), "a record whose length is wrong"),
        (warc_record(page(2), length=2_000_000), CUT_OFF),
        (warc_record(page(2), length=3), "a record whose length is wrong"),
        (TWO.replace(b"Content-Length: ", b"Content-Length: x"), "a WARC header without Content-Length"),
        (TWO.replace(b"WARC-Date", b"WARC-Dote"), "no time of capture"),
        (TWO.replace(b"2022-03-01T", b"2022-13-01T"), "no time of capture"),
        (TWO.replace(b"WARC-Target-URI", b"WARC-Target-URL"), "no http address"),
        (TWO.replace(b"WARC-Type", b"WARC-Tyre"), "no answer, but a nameless record"),
        (warc_record(page(2), kind="request"), "no answer, but a request record"),
        (warc_record(page(2), kind="revisit"), "no answer, but a revisit record"),
        (warc_record(page(2), head=b""), "no HTTP answer in the record"),
        (warc_record(page(2, status=404)), "status 404"),
        (warc_record(page(2, content_type="image/png")), "no HTML or JSON, but image/png"),
        (warc_record(page(2, cut=True)), "cut off when it was captured (length)"),
        (warc_record(page(2, headers={"Content-Length": "9999"})), "a body shorter than its Content-Length"),
        (b"rubbish\r\n\r\n" * 9, NO_RECORD),
        (b"WARC/1.0\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", NO_RECORD),
    ],
)
def test_a_record_that_is_none_or_no_page_costs_one_count(read, middle, reason):
    assert read(ONE + middle + THREE) == (["1", "3"], {reason: 1})


def test_a_huge_record_is_passed_over_and_never_held(read, monkeypatch):
    monkeypatch.setattr(warc_stream, "LARGEST_BLOCK", 50_000)
    huge = warc_record(Stored("http://portal.test/x", WHEN, b"\0" * 5_000_000))
    assert read(ONE + huge + THREE) == (["1", "3"], {TOO_LARGE: 1})
    assert read(packed(ONE) + packed(huge) + packed(THREE)) == (["1", "3"], {TOO_LARGE: 1})


def test_a_body_that_unpacks_to_too_much_is_passed_over(read, monkeypatch):
    monkeypatch.setattr(warc, "LARGEST_ANSWER", 50_000)
    bomb = Stored("http://portal.test/x", WHEN, packed(b"<p>" * 100_000), headers={"Content-Encoding": "gzip"})
    assert read(ONE + warc_record(bomb) + THREE) == (["1", "3"], {TOO_LARGE: 1})


def test_headers_that_claim_much_do_not_take_long(read):
    assert read(b"WARC/1.0\r\nContent-Length: 20000000\r\n\r\n" * 50_000) == ([], {CUT_OFF: 101})


@pytest.mark.parametrize("data", [b"", packed(b""), b"\r\n\r\n"])
def test_an_empty_file_has_no_pages(read, data):
    assert read(data) == ([], {})


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, packed(b"<p>Trang</p>")),
        ({"Content-Encoding": "gzip"}, b"<p>Trang</p>"),
        ({"Transfer-Encoding": "chunked"}, b"5\r\n<p>Tr\r\n7\r\nang</p>\r\n0\r\n\r\n"),
        ({"Transfer-Encoding": "chunked"}, b"<p>Trang</p>"),
    ],
)
def test_encodings_are_undone_and_an_archive_that_undid_them_is_understood(tmp_path, headers, body):
    (tmp_path / "x.warc").write_bytes(warc_record(Stored("http://portal.test/a", WHEN, body, headers=headers)))
    (found,) = read_pages(tmp_path / "x.warc", Counter())
    assert (found.body, found.captured_at, found.status) == (b"<p>Trang</p>", "2022-03-01T12:00:00Z", 200)


def test_a_body_that_cannot_be_decoded_is_passed_over(read):
    wrong = Stored("http://portal.test/a", WHEN, packed(b"x" * 500)[:3] + b"zzz", headers={"Content-Encoding": "gzip"})
    assert read(warc_record(wrong)) == ([], {"a body that is not encoded as its headers say": 1})


def test_many_records_in_one_member_are_all_found(read):
    assert read(packed(ONE + TWO + THREE)) == (["1", "2", "3"], {})


def test_the_manifest_is_not_touched_by_an_export(tmp_path):
    before = manifest_path(DATA).read_bytes()
    write_store(DATA, tmp_path / "x.warc")
    assert manifest_path(DATA).read_bytes() == before
    assert io.BytesIO((tmp_path / "x.warc").read_bytes()).readline() == b"WARC/1.0\r\n"
