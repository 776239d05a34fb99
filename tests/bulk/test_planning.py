"""Cutting archives into shards: every record in one shard, at least so many pages in each, broken files included."""

import gzip
import itertools
import random
from pathlib import Path

import pytest

from reform_figures.bulk.planning import BulkError, Segment, cut_shards, find_archives, scan_file
from reform_figures.collecting.warc_stream import NO_RECORD, split_records

from .archives import article_page, record, write_pages, write_records


def pieces(path, start=0, end=None):
    with open(path, "rb") as file:
        return list(split_records(file, start, end))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return write_pages(tmp_path_factory.mktemp("sample") / "s.warc.gz", 90)


def test_segments_follow_each_other_and_hold_so_many_pages(sample):
    segments = scan_file(20, sample).segments
    assert [s.pages for s in segments] == [20, 20, 20, 20, 10]
    assert segments[0].start == 0
    assert all(a.end == b.start for a, b in itertools.pairwise(segments))
    assert segments[-1].end == Path(sample).stat().st_size


def test_reading_segment_after_segment_gives_the_records_of_the_whole_file(sample):
    parts = [p for s in scan_file(20, sample).segments for p in pieces(sample, s.start, s.end)]
    assert parts == pieces(sample)


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
@pytest.mark.parametrize("seed", range(8))
def test_of_a_damaged_file_each_worker_sees_what_the_scan_counted(tmp_path, name, seed):
    randomly = random.Random(f"{name}{seed}")
    body = bytearray()
    path = write_records(tmp_path / name, [record(article_page(title=f"Bài {n}")) for n in range(60)])
    body += (tmp_path / name).read_bytes()
    for _ in range(12):
        at = randomly.randrange(len(body))
        if randomly.random() < 0.5:
            body[at] ^= 1 << randomly.randrange(8)
        else:
            del body[at : at + randomly.randrange(60)]
    (tmp_path / name).write_bytes(body)
    segments = scan_file(7, path).segments
    assert [len(pieces(path, s.start, s.end)) for s in segments] == [s.records for s in segments]
    assert sum(not p.trouble for s in segments for p in pieces(path, s.start, s.end)) > 40


def test_a_file_whose_first_byte_is_damaged_loses_one_record(tmp_path):
    path = tmp_path / "x.warc.gz"
    write_records(path, [record(article_page(title=f"Bài {n}")) for n in range(3)])
    path.write_bytes(b"\0" + path.read_bytes()[1:])
    assert [p.trouble for p in pieces(path)] == [NO_RECORD, "", ""]


def test_requests_and_broken_records_are_no_pages_but_are_in_a_shard(tmp_path):
    answers = [record(article_page()), record(b"", kind="request"), record(b"", kind="metadata")] * 6
    path = write_records(tmp_path / "x.warc.gz", [*answers[:9], b"no record at all", *answers[9:]])
    segments = scan_file(3, path).segments
    assert [(s.records, s.pages) for s in segments] == [(7, 3), (10, 3), (2, 0)]


def test_a_file_that_is_one_gzip_member_cannot_be_cut(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress((record(article_page()) + b"\r\n\r\n") * 30))
    assert [(s.start, s.records) for s in scan_file(5, str(path)).segments] == [(0, 30)]


def test_small_files_share_a_shard_and_the_rest_goes_to_the_last(sample):
    def file(name, *counts):
        return [Segment(name, n, n + 1, count, count) for n, count in enumerate(counts)]

    class Held:
        def __init__(self, segments):
            self.segments = segments

    shards = cut_shards([Held(file("a", 4)), Held(file("b", 4)), Held(file("c", 10, 10, 2)), Held(file("d", 3))], 10)
    assert [[(s.path, s.pages) for s in shard.segments] for shard in shards] == [
        [("a", 4), ("b", 4), ("c", 10)],
        [("c", 10), ("c", 2), ("d", 3)],
    ]
    assert [shard.number for shard in shards] == [0, 1]
    assert [shard.pages for shard in cut_shards([Held(file("a", 4))], 10)] == [4]


def test_a_list_names_files_relative_to_its_own_folder(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("a.warc", "sub/b.warc.gz"):
        (tmp_path / name).touch()
    (tmp_path / "list.txt").write_text("# two files\na.warc\n\nsub/b.warc.gz\na.warc\n")
    assert find_archives([str(tmp_path / "list.txt"), str(tmp_path / "a.warc")]) == [
        str(tmp_path / "a.warc"),
        str(tmp_path / "sub/b.warc.gz"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.txt", b"a.warc\nreport.pdf\n", "one a line, was expected there, but 'report.pdf'"),
        ("list.txt", b"# nothing\n", "was expected there, but nothing"),
        (
            "page.pdf",
            b"%PDF-1.7 \xff\xfe",
            "neither a WARC file, whose name ends in .warc or .warc.gz, nor a list of them",
        ),
        ("list.txt", b"gone.warc\n", r"gone.warc: there is no such file \(1 of 1 WARC files are missing\)"),
    ],
)
def test_an_input_that_is_no_archive_is_told_in_one_sentence(tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BulkError, match=sentence):
        find_archives([str(tmp_path / name)])


def test_an_input_that_is_not_there_is_told_in_one_sentence(tmp_path):
    with pytest.raises(BulkError, match="No such file or directory; a WARC file or a list of them was expected"):
        find_archives([str(tmp_path / "list.txt")])
