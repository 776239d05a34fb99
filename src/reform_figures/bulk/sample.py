"""An archive of any size to test and measure with: the practice portals' pages again and again, with other figures.

In: collected pages. Out: a WARC.gz file of as many as are asked for, the same bytes every time. "Giảm 79.057 người"
(79,057 people fewer) becomes "giảm 71.482 người" on the next page, so that no two articles are the same.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from reform_figures import tables
from reform_figures.benchmark_texts import vary_figures
from reform_figures.collecting.sources import Source

_TEXT = re.compile(r">[^<>]*\d[^<>]*[^\x00-\x7f][^<>]*<|>[^<>]*[^\x00-\x7f][^<>]*\d[^<>]*<")
"""Text between two tags with a digit and a Vietnamese letter: what is shown, not scripts or addresses."""
_ENTITY = re.compile(r"(&#\w+;)")
_WHEN = "2023-06-01T00:00:00Z"


def practice_pages(data: Path, sources: dict[str, Source]) -> list[tuple[str, bytes]]:
    """Address and body of every article page in HTML that was collected. Raises OSError, TableError."""
    return [
        (row.final_url or row.url, (tables.raw_folder(data) / row.file).read_bytes())
        for row in tables.read_manifest(data)
        if row.kind == "article" and row.source in sources and "html" in row.content_type
    ]


def varied_pages(pages: Sequence[tuple[str, bytes]], number: int) -> Iterator[tuple[str, bytes]]:
    """So many pages, each with an address and figures of its own: the given ones in turn."""
    for n in range(number):
        url, body = pages[n % len(pages)]
        chance = random.Random(n)
        text = _TEXT.sub(lambda match, chance=chance: _vary(match[0], chance), body.decode("utf-8", "replace"))
        yield f"{url}{'&' if '?' in url else '?'}n={n}", text.encode()


def _vary(text: str, chance: random.Random) -> str:
    """The text with other figures; the digits of "&#7875;" are none."""
    parts = _ENTITY.split(text)
    return "".join(part if at % 2 else vary_figures(part, chance) for at, part in enumerate(parts))


def write_sample(path: Path, pages: Iterator[tuple[str, bytes]]) -> None:
    """The pages as response records of a WARC.gz file."""
    with tables.replacing(path) as file:
        writer = WARCWriter(file, gzip=True)
        for n, (url, body) in enumerate(pages):
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Record-ID": f"<urn:x-sample:{n}>", "WARC-Date": _WHEN},
            )
            writer.write_record(record)
