"""The body of an answer: its encoding undone, no larger than a page can be, never taken for whole when it is not.

In: an open response. Out: bytes, or the failure that it is. "Nén" (compressed) a thousandfold, forty megabytes of
nothing arrive as forty kilobytes: so a body is undone in pieces, and cut off at the cap.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import requests

from reform_figures.collecting.failures import BrokenOff, FetchFailed

LARGEST_ANSWER = 20 * 1024 * 1024
"""Bytes after undoing the content encoding: no article or listing is larger."""
PIECE = 64 * 1024
GZIP_MAGIC = b"\x1f\x8b"


def read_body(url: str, response: requests.Response) -> bytes:
    """The body up to the largest size allowed; nothing of a redirect's."""
    if response.is_redirect or response.status_code == 304:
        length = response.raw.length_remaining
        if length is not None and length < PIECE:
            response.raw.read(PIECE, decode_content=False)  # so that the connection can be used again
        return b""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchFailed(url, f"the answer is encoded as {encoding[:40]!r}, which was not asked for")
    if (response.raw.length_remaining or 0) > LARGEST_ANSWER:
        raise _too_large(url)
    try:
        body = decode_pieces(url, iter(lambda: response.raw.read(PIECE, decode_content=False), b""), encoding)
    except ValueError:  # http.client, of a chunk with a length below zero
        raise BrokenOff("the answer comes in chunks that cannot be read") from None
    if not body and response.raw.length_remaining is None and not response.raw.chunked:
        # http.client takes headers that end early for whole ones: an empty robots.txt would allow everything
        raise BrokenOff("the connection ended before the answer began")
    return body


def _too_large(url: str) -> FetchFailed:
    return FetchFailed(url, f"the answer is larger than {LARGEST_ANSWER / 1e6:.0f} MB and was cut off")


def decode_pieces(url: str, pieces: Iterator[bytes], encoding: str) -> bytes:
    """A body with its content encoding ("", identity, gzip, x-gzip, deflate) undone.

    Raises FetchFailed where it is larger than LARGEST_ANSWER, or is not what the encoding says.
    """
    body = bytearray()
    try:
        for piece in _inflated(pieces, encoding) if encoding not in ("", "identity") else pieces:
            body += piece
            if len(body) > LARGEST_ANSWER:
                raise _too_large(url)
    except zlib.error:
        raise FetchFailed(url, f"the answer says that it is {encoding}, but cannot be decoded as that") from None
    return bytes(body)


def _inflated(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Undo gzip or deflate in pieces of at most PIECE bytes, so that a bomb is seen before it goes off.

    Raises zlib.error where the data is damaged or ends early; urllib3's decoder takes an early end for the end.
    """
    decoder = None
    for piece in pieces:
        if decoder is None:
            decoder = zlib.decompressobj(_window(piece, encoding))
        data, out = piece, b""
        while not decoder.eof and (data or len(out) == PIECE):
            out = decoder.decompress(data, PIECE)
            yield out
            data = decoder.unconsumed_tail
            if decoder.eof and decoder.unused_data.startswith(GZIP_MAGIC):
                decoder, data = zlib.decompressobj(_window(GZIP_MAGIC, encoding)), decoder.unused_data
    if decoder and not decoder.eof:
        raise zlib.error("ends early")


def _window(start: bytes, encoding: str) -> int:
    """zlib's wbits. "deflate" means with a zlib header (RFC 9110 8.4.1.2), but some servers leave that out."""
    if encoding != "deflate":
        return 31
    return 15 if start[0] & 15 == 8 and int.from_bytes(start[:2]) % 31 == 0 else -15
