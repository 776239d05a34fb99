"""Cut a WARC file into its records, whatever state it is in: a broken one costs itself, not those after it.

In: an open WARC or WARC.gz file (ISO 28500; of the latter, one gzip member a record is usual, but not presumed).
Out: a `Piece` for each record: its bytes, or the reason why it cannot be had. A record is header lines, a blank line,
as many bytes as `Content-Length` says, and two line ends. "Tập tin bị hỏng" (the file is damaged) is a count here.

Never more than LARGEST_BLOCK bytes are held, whatever a header claims or a gzip member grows to.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from reform_figures.collecting.bodies import GZIP_MAGIC, LARGEST_ANSWER, PIECE

LARGEST_HEADER = 64 * 1024
FIRST_PIECE = 4 * 1024
"""Bytes of a gzip member that are read at first: what lies behind a short one need not be copied."""
LARGEST_BLOCK = LARGEST_ANSWER + LARGEST_HEADER
"""Bytes of HTTP headers and body as they are stored in a record."""
MOST_RESCUES = 100
"""Times a file that a record with a wrong length is searched for the records it has swallowed: each time may cost
LARGEST_BLOCK."""
START = re.compile(rb"WARC/[01]\.\d+\r\n")
LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r$", re.I | re.M)
MEMBER_MAGIC = GZIP_MAGIC + b"\x08"
NO_RECORD = "no WARC record where one should begin"
TOO_LARGE = f"a record larger than {LARGEST_ANSWER / 1e6:.0f} MB"
CUT_OFF = "a record that ends early"
BROKEN_MEMBER = "a gzip member that is damaged"


@dataclass(frozen=True, slots=True)
class Piece:
    """One record of a file."""

    offset: int
    """Bytes from the start of the file to the record, or to the gzip member that it is in."""
    data: bytes
    """The record from its first header line to the end of its block; b"" where it cannot be had."""
    trouble: str = ""
    """Why it cannot be had."""


def split_records(file: BinaryIO, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The records of an open, seekable file in their order. Raises OSError where the file cannot be read.

    start, end: only the records that begin at offsets from `start` up to `end`; both are where a whole record (of a
    compressed file, a gzip member) begins. Reading part after part gives what was seen when the parts were made so.
    """
    for piece in _split(file, start):
        if end is not None and piece.offset >= end:
            return
        yield piece


def _split(file: BinaryIO, start: int) -> Iterator[Piece]:
    splitter = _Splitter()
    if not _is_compressed(file):
        yield from splitter.split(_Plain(file, start))
        return
    at: int | None = _next_member(file, start, sure=True)
    if at != start:
        yield Piece(start, b"", NO_RECORD)
    while at is not None:
        member = _Member(file, at)
        yield from splitter.split(member)
        end, at = member.end, _next_member(file, at + 1 if member.broken else member.end, not member.broken)
        if not member.broken and at != end and _more(file, end):
            yield Piece(end, b"", NO_RECORD)


def _is_compressed(file: BinaryIO) -> bool:
    """Whether a file is made of gzip members; of one whose beginning is damaged, what comes first after it decides."""
    file.seek(0)
    window = file.read(PIECE)
    if window.startswith(GZIP_MAGIC):
        return True
    record = START.search(window)
    member = _next_member(file, 0, sure=False) if not record or record.start() else None
    return member is not None and (not record or member < record.start())


# --- the bytes of a file, and of a gzip member ---------------------------------------------------------------------


class _Plain:
    """A file that is not compressed, as pieces."""

    broken = False

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self._start = start

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        return iter(lambda: self._file.read(PIECE), b"")

    def offset(self, position: int) -> int:
        return self._start + position


class _Member:
    """One gzip member, inflated in pieces; `broken` and `end` (offset in the file) are known after the last."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self._start = start
        self.broken = False
        self.end = start

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        decoder, read, size = zlib.decompressobj(31), self._start, FIRST_PIECE
        try:
            while not decoder.eof and (data := self._file.read(size)):
                read, size = read + len(data), PIECE
                while not decoder.eof:
                    out = decoder.decompress(data, PIECE)
                    data = decoder.unconsumed_tail
                    if out:
                        yield out
                    elif not data:
                        break
            self.broken = not decoder.eof
        except zlib.error:
            self.broken = True
        self.end = read - len(decoder.unused_data)

    def offset(self, position: int) -> int:
        return self._start


def _next_member(file: BinaryIO, offset: int, sure: bool) -> int | None:
    """Offset of the next gzip member at or after an offset, None where there is none.

    sure: a member should begin right there. Elsewhere the three bytes it begins with may be chance, so that it has
    to inflate to the beginning of a WARC record.
    """
    file.seek(offset)
    if sure and file.read(3) == MEMBER_MAGIC:
        return offset
    while True:
        file.seek(offset)
        window = file.read(1 << 20)
        at = window.find(MEMBER_MAGIC)
        if at < 0:
            if len(window) < 1 << 20:
                return None
            offset += len(window) - 2
            continue
        if _begins_record(window[at : at + 1024]):
            return offset + at
        offset += at + 1


def _more(file: BinaryIO, offset: int) -> bool:
    """Whether anything else than padding follows."""
    file.seek(offset)
    return bool(file.read(PIECE).strip(b"\0\r\n"))


def _begins_record(start: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(start, 5) == b"WARC/"
    except zlib.error:
        return False


# --- records in a row of bytes -------------------------------------------------------------------------------------


class _Buffer:
    """Bytes of a file or member, read as they are needed."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.held = bytearray()
        self.position = 0
        """Bytes given away so far."""

    def fill(self, count: int) -> bool:
        """Hold so many bytes at least; False where fewer are left."""
        while len(self.held) < count:
            piece = next(self._pieces, b"")
            if not piece:
                return False
            self.held += piece
        return True

    def take(self, count: int) -> bytes:
        self.fill(count)
        taken = bytes(self.held[:count])
        del self.held[:count]
        self.position += len(taken)
        return taken

    def skip(self, count: int) -> None:
        while count and self.fill(1):
            count -= len(self.take(min(count, len(self.held))))

    def skip_line_ends(self) -> bytes:
        """Go on to what is no line end; returns those passed over, 1 KB at most."""
        passed = b""
        while len(passed) < 1024 and self.fill(1) and self.held[0] in b"\r\n":
            passed += self.take(1)
        return passed

    def give_back(self, data: bytes) -> None:
        self.held[:0] = data
        self.position -= len(data)

    def skip_to_start(self) -> None:
        """Go on to the next line that begins a record, or to the end."""
        while self.fill(1):
            self.fill(PIECE)
            if found := START.search(self.held):
                self.skip(found.start())
                return
            self.skip(max(1, len(self.held) - 16))

    def header(self) -> bytes:
        """The header lines of a record with the blank line after them; b"" where they have no end."""
        end = -1
        for wanted in (4096, LARGEST_HEADER):
            self.fill(wanted)
            if (end := self.held.find(b"\r\n\r\n", 0, LARGEST_HEADER)) >= 0:
                break
        return self.take(end + 4) if end >= 0 else b""


class _Splitter:
    def __init__(self) -> None:
        self._rescues = 0

    def split(self, source: _Plain | _Member) -> Iterator[Piece]:
        """The records of a file or a gzip member; at least one piece for a member, if only to say it is damaged."""
        buffer, count = _Buffer(source.pieces()), 0
        buffer.skip_line_ends()
        while buffer.fill(1):
            at, count = buffer.position, count + 1
            data, trouble = self._next(buffer)
            buffer.fill(1)  # at the end of a member, its checksum
            if source.broken and not buffer.held:
                data, trouble = b"", BROKEN_MEMBER
            yield Piece(source.offset(at), data, trouble)
        if source.broken and not count:
            yield Piece(source.offset(0), b"", BROKEN_MEMBER)

    def _next(self, buffer: _Buffer) -> tuple[bytes, str]:
        """The next record, or b"" and the reason; leaves the buffer where the one after it begins."""
        buffer.fill(16)
        header = buffer.header() if START.match(buffer.held) else b""
        length = LENGTH.search(header)
        if not length:
            trouble = "a WARC header without Content-Length" if header else NO_RECORD
            if not header:
                buffer.skip(1)
            buffer.skip_to_start()
            return b"", trouble
        size = int(length[1])
        if size > LARGEST_BLOCK:
            buffer.skip(size)
            buffer.skip_line_ends()
            return b"", TOO_LARGE
        block = buffer.take(size)
        if len(block) == size:
            ended = buffer.fill(4) and buffer.held.startswith(b"\r\n\r\n")
            line_ends = buffer.skip_line_ends()
            if ended or not buffer.fill(16) or START.match(buffer.held):
                return header + block, ""
            buffer.give_back(line_ends)
        return b"", self._rescue(buffer, block, size)

    def _rescue(self, buffer: _Buffer, block: bytes, size: int) -> str:
        """Look for records inside the block of one whose length is wrong; returns what is wrong with it."""
        trouble = "a record whose length is wrong" if len(block) == size else CUT_OFF
        self._rescues += 1
        if self._rescues <= MOST_RESCUES:
            buffer.give_back(block)
        buffer.skip_to_start()
        return trouble
