"""The work on one shard: the same function on this machine, in a process of its own, and on another machine.

In: a `Job` (what is the same for all shards) and a `Shard`. Out: one Parquet file a table and, last of all, the counts;
each file appears when it is whole, so that a shard that is interrupted leaves nothing, and done again gives the same
bytes. "Bỏ qua" (passed over) with its reason is every record that gave no article: records = articles + skipped.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from reform_figures import tables
from reform_figures.bulk.pages import PageReader, Taken
from reform_figures.bulk.planning import BulkError, Segment, Shard, file_digest
from reform_figures.collecting.sources import Source
from reform_figures.collecting.warc import NoPage
from reform_figures.collecting.warc_stream import Piece, split_records
from reform_figures.corrections import Correction
from reform_figures.exporting.typed import arrow_table, schema_of

BATCH, BATCH_BYTES = 64, 16 * 1024 * 1024
"""Records that are read together, and how many bytes of them at most (with the last one)."""
READ_WITH = ("ahocorasick-rs", "charset-normalizer", "fastwarc", "lxml", "pyarrow", "selectolax", "trafilatura")
MOST_HELD = 8_000_000
"""Characters of texts and sentences that are held before they are written as a row group."""
MOST_REASONS = 300
OTHER_REASONS = "other reasons"
"""Some reasons hold words of the record ("status 418"): no more of them than this are told apart."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every shard of a run is read with."""

    out: str
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    code: str
    """`code_digest` of the machine that began the run."""


@dataclass(frozen=True, slots=True)
class ShardCounts:
    """What came of one shard, as it stands in its file of counts."""

    shard: int
    records: int
    pages: int
    articles: int
    figures: int
    passed_over: int
    skipped: dict[str, int]
    files: dict[str, dict] = field(default_factory=dict)
    """path below the output folder → bytes and sha256"""


@cache
def code_digest() -> str:
    """SHA-256 of what decides, beside the pages, which figures come out: this package's code and vocabulary, and the
    versions of the packages that it reads and writes with."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in READ_WITH).encode())
    root = Path(str(files("reform_figures")))
    for path in sorted(path for kind in ("*.py", "*.csv") for path in root.rglob(kind)):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def extract_shard(job: Job, shard: Shard) -> ShardCounts:
    """Read one shard and write its files. Raises OSError, and BulkError where the input or the code has changed."""
    if code_digest() != job.code:
        raise BulkError(
            "this worker has another version of reform_figures, or of a package that it reads with, than the machine "
            "that began the run; install the same on all of them"
        )
    reader, skipped = _reader(job.sources, job.corrections), Counter()
    with ExitStack() as stack:
        written = _ShardTables(job.out, shard.number, stack)
        for segment in shard.segments:
            for batch in _batches(segment):
                for one in reader.read(batch):
                    if isinstance(one, NoPage):
                        count_reason(skipped, str(one))
                    else:
                        written.add(one)
        written.close()
    counts = ShardCounts(
        shard=shard.number,
        records=shard.records,
        pages=shard.pages,
        **written.rows,
        skipped=dict(sorted(skipped.items())),
        files=written.describe(),
    )
    assert counts.records == counts.articles + skipped.total(), counts
    text = json.dumps(vars_of(counts), ensure_ascii=False, indent=1) + "\n"
    tables.write_text(tables.shard_counts_path(job.out, shard.number), text)
    return counts


def count_reason(skipped: Counter[str], reason: str, number: int = 1) -> None:
    """Count records under a reason, or under OTHER_REASONS where there are too many of them."""
    skipped[reason if reason in skipped or len(skipped) < MOST_REASONS else OTHER_REASONS] += number


def read_counts(out: str, shard: Shard) -> ShardCounts | None:
    """The counts of a shard that is whole; None for one that has to be read (again)."""
    try:
        counts = ShardCounts(**json.loads(tables.shard_counts_path(out, shard.number).read_text(encoding="utf-8")))
        sizes = {name: (Path(out) / name).stat().st_size for name in counts.files}
    except (FileNotFoundError, TypeError, ValueError):
        return None
    whole = all(sizes[name] == told["bytes"] for name, told in counts.files.items())
    return counts if whole and (counts.records, counts.pages) == (shard.records, shard.pages) else None


def vars_of(counts: ShardCounts) -> dict:
    return {name: getattr(counts, name) for name in ShardCounts.__dataclass_fields__}


@lru_cache(maxsize=1)
def _reader(sources: tuple[Source, ...], corrections: tuple[Correction, ...]) -> PageReader:
    """One reader a process. What was loaded for it stays, so the garbage collector need not look through it again."""
    reader = PageReader(sources, corrections)
    gc.collect()
    gc.freeze()
    return reader


def _batches(segment: Segment) -> Iterator[list[tuple[str, Piece]]]:
    """The records of a segment, some at a time."""
    batch, held = [], 0
    for raw_id, piece in _records(segment):
        batch.append((raw_id, piece))
        held += len(piece.data)
        if len(batch) == BATCH or held > BATCH_BYTES:
            yield batch
            batch, held = [], 0
    yield batch


def _records(segment: Segment) -> Iterator[tuple[str, Piece]]:
    """The records of a segment, each named by file and offset (and its place in a gzip member of several)."""
    seen, place, before = 0, 1, -1
    with Path(segment.path).open("rb") as file:
        for piece in split_records(file, segment.start, segment.end):
            seen, place = seen + 1, place + 1 if piece.offset == before else 1
            before = piece.offset
            yield f"{segment.path}:{piece.offset}" + (f".{place}" if place > 1 else ""), piece
    if seen != segment.records:
        raise BulkError(
            f"{segment.path}: {seen} records from {segment.start} to {segment.end}, where {segment.records} were when "
            "the run began; the file has changed, so begin again in another folder"
        )


class _ShardTables:
    """The Parquet files of one shard in the making; they take their places when the `stack` closes."""

    def __init__(self, out: str, number: int, stack: ExitStack) -> None:
        self.rows = dict.fromkeys(tables.BULK_TABLES, 0)
        self._out = Path(out)
        self._paths = {name: tables.shard_path(self._out, name, number) for name in tables.BULK_TABLES}
        self._files: dict[str, BinaryIO] = {
            name: stack.enter_context(tables.replacing(path)) for name, path in self._paths.items()
        }
        self._schemas = {name: bulk_schema(name) for name in tables.BULK_TABLES}
        self._writers = {
            name: stack.enter_context(pq.ParquetWriter(file, self._schemas[name], compression="zstd"))
            for name, file in self._files.items()
        }
        self._waiting: list[Taken] = []
        self._held = 0

    def add(self, taken: Taken) -> None:
        self._waiting.append(taken)
        self._held += len(taken.article.text) + sum(
            len(row.sentence) for rows in (taken.figures, taken.passed_over) for row in rows
        )
        if self._held >= MOST_HELD:
            self._flush()

    def close(self) -> None:
        if self._waiting:
            self._flush()
        for writer in self._writers.values():
            writer.close()

    def describe(self) -> dict[str, dict]:
        """Size and digest of each file."""
        return {
            path.relative_to(self._out).as_posix(): {"bytes": path.stat().st_size, "sha256": file_digest(str(path))}
            for path in self._paths.values()
        }

    def _flush(self) -> None:
        waiting, self._waiting, self._held = self._waiting, [], 0
        self._write("articles", [t.article for t in waiting], [datetime.fromisoformat(t.captured_at) for t in waiting])
        for name in ("figures", "passed_over"):
            rows = [(row, taken.article.raw_id) for taken in waiting for row in getattr(taken, name)]
            self._write(name, [row for row, _ in rows], [raw_id for _, raw_id in rows])

    def _write(self, name: str, records: list, added: list) -> None:
        """One row group: the records, and beside them the column that only bulk tables have."""
        schema = self._schemas[name]
        own, last = pa.schema(list(schema)[:-1]), schema.field(len(schema) - 1)
        table = arrow_table(own, tables.BULK_TABLES[name], records).append_column(last, pa.array(added, last.type))
        self._writers[name].write_table(table)
        self.rows[name] += len(records)


@cache
def bulk_schema(name: str) -> pa.Schema:
    """Columns of a bulk table: those of the record, and one that an archive with many captures of a page needs."""
    about = "when the page was captured" if name == "articles" else "capture that it was read from, as in articles"
    if name == "articles":
        added = pa.field("captured_at", pa.timestamp("us", UTC.tzname(None)), metadata={"about": about})
    else:
        added = pa.field("raw_id", pa.string(), metadata={"about": about})
    return schema_of(tables.BULK_TABLES[name]).append(added)
