"""WARC files for the tests: records of every kind, and small samples of the practice portals' pages."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from reform_figures.bulk.sample import practice_pages, varied_pages, write_sample
from reform_figures.collecting.sources import Source, read_sources
from reform_figures.collecting.warc_stream import Piece

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PROSE = (
    "<p>Năm 2022, tỉnh giảm 1.234 biên chế, đạt 87,5% kế hoạch; thủ tục hành chính được cắt giảm ở các địa "
    "phương trong tỉnh, người dân và doanh nghiệp hài lòng hơn.</p>"
)
"""A paragraph with two figures of the themes."""


@cache
def sources() -> tuple[Source, ...]:
    return tuple(read_sources(ROOT / "sources.toml").values())


@cache
def pages() -> list[tuple[str, bytes]]:
    """Every eighth of the collected pages, so that each portal is there."""
    return practice_pages(DATA, {source.name: source for source in sources()})[::8]


def write_pages(path: Path, number: int) -> str:
    write_sample(path, varied_pages(pages(), number))
    return str(path)


def article_page(inside: str = PROSE, title: str = "Kết quả cải cách hành chính năm 2022") -> bytes:
    """A page as the family `nukeviet` has them."""
    return (
        f"<html><head><title>{title}</title></head><body><h1 class='title margin-bottom-lg'>{title}</h1>"
        f"<span class='h5'>Thứ sáu - 03/02/2023 18:00</span><div id='news-bodyhtml'>{inside}</div></body></html>"
    ).encode()


def record(
    body: bytes,
    url: str = "http://tayninh.practice.test/vi/news/tin-tuc/bai-1.html",
    content_type: str = "text/html; charset=utf-8",
    status: int = 200,
    kind: str = "response",
    headers: str = "",
) -> bytes:
    """One record as it stands in a file, without the line ends behind it."""
    http = f"HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\n{headers}\r\n".encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-03-01T12:00:00Z\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode() + http


def piece(*args, **keys) -> Piece:
    return Piece(0, record(*args, **keys))


def write_records(path: Path, records: list[bytes]) -> str:
    """Records as a file, one gzip member each where the name ends in .gz."""
    whole = [one + b"\r\n\r\n" for one in records]
    path.write_bytes(b"".join(gzip.compress(one, mtime=0) if path.suffix == ".gz" else one for one in whole))
    return str(path)


def folder_bytes(folder: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}
