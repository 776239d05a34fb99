"""What is to be read, cut into shards: each can be worked on alone, lost and done again.

In: WARC files, and lists of them. Out: `Shard`s, each naming files and offsets, never holding pages, and of at least
SHARD_PAGES answers (but for a whole input that has fewer). The cut depends on the files alone, not on who reads them
how fast, so that every run of the same "kho lưu trữ" (archive) has the same shards.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reform_figures.collecting.warc_stream import LARGEST_HEADER, split_records

SHARD_PAGES = 1_000
ARCHIVES = (".warc", ".warc.gz")
"""How the names of WARC files end; any other input is a list of them."""
_ANSWER = re.compile(rb"^WARC-Type:[ \t]*(?:response|resource)[ \t]*\r$", re.I | re.M)


class BulkError(ValueError):
    """A run that cannot begin or go on; the message says what, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Records of one file."""

    path: str
    """The file as it was named."""
    start: int
    """Offset of the first record (of a compressed file, of its gzip member)."""
    end: int
    """Offset behind the last one."""
    records: int
    """Records, the broken ones included."""
    pages: int
    """Records that hold answers."""


@dataclass(frozen=True, slots=True)
class Shard:
    """What one worker reads in one go."""

    number: int
    segments: tuple[Segment, ...]

    @property
    def records(self) -> int:
        return sum(segment.records for segment in self.segments)

    @property
    def pages(self) -> int:
        return sum(segment.pages for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Scan:
    """What one file holds."""

    path: str
    bytes: int
    sha256: str
    segments: tuple[Segment, ...]


def find_archives(inputs: Iterable[str]) -> list[str]:
    """The WARC files that are named, and those on the lists that are, in order, each once.

    A list is a text file with one path a line, relative to its own folder; empty lines and lines that begin with #
    are left out. Raises BulkError for what is neither, and for a file that is not there.
    """
    found: dict[str, None] = {}
    for name in inputs:
        found |= dict.fromkeys([name] if name.endswith(ARCHIVES) else _read_list(name))
    missing = [path for path in found if not Path(path).is_file()]
    if missing:
        raise BulkError(f"{missing[0]}: there is no such file ({len(missing)} of {len(found)} WARC files are missing)")
    return list(found)


def _read_list(name: str) -> list[str]:
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BulkError(f"{name}: {error.strerror}; a WARC file or a list of them was expected") from None
    except UnicodeDecodeError:
        raise BulkError(
            f"{name}: neither a WARC file, whose name ends in .warc or .warc.gz, nor a list of them"
        ) from None
    paths = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    wrong = next((path for path in paths if not path.endswith(ARCHIVES)), None)
    if wrong is not None or not paths:
        told = f"but {wrong[:80]!r}" if wrong is not None else "but nothing"
        raise BulkError(f"{name}: a list of WARC files (.warc or .warc.gz), one a line, was expected there, {told}")
    return [str(Path(name).parent / path) for path in paths]


def file_digest(path: str) -> str:
    """SHA-256 of a file, hexadecimal. Raises OSError."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def scan_file(shard_pages: int, path: str) -> Scan:
    """Where a file can be cut into parts of so many pages. Raises OSError where it cannot be read.

    It is read on from each cut as a worker will read on from there: of damaged files only that gives the same records.
    """
    segments, start, size = [], 0, Path(path).stat().st_size
    with Path(path).open("rb") as file:
        while start < size:
            segments.append(_next_segment(file, path, start, size, shard_pages))
            start = segments[-1].end
    return Scan(path, size, file_digest(path), tuple(segments))


def _next_segment(file: BinaryIO, path: str, start: int, size: int, shard_pages: int) -> Segment:
    records = pages = 0
    offset = -1
    for piece in split_records(file, start):
        if pages >= shard_pages and not piece.trouble and piece.offset != offset:  # the same: inside a gzip member
            return Segment(path, start, piece.offset, records, pages)
        offset = piece.offset
        records += 1
        pages += _ANSWER.search(piece.data, 0, LARGEST_HEADER) is not None
    return Segment(path, start, size, records, pages)


def cut_shards(scans: Sequence[Scan], shard_pages: int = SHARD_PAGES) -> list[Shard]:
    """Segments in order, joined until they hold so many pages; what is left over goes to the last shard."""
    shards: list[tuple[Segment, ...]] = []
    waiting: list[Segment] = []
    for segment in (segment for scan in scans for segment in scan.segments):
        waiting.append(segment)
        if sum(s.pages for s in waiting) >= shard_pages:
            shards.append(tuple(waiting))
            waiting = []
    if waiting and shards:
        shards[-1] += tuple(waiting)
    elif waiting:
        shards.append(tuple(waiting))
    return [Shard(number, segments) for number, segments in enumerate(shards)]
