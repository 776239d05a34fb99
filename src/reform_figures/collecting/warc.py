"""WARC files (ISO 28500): what others have archived read as pages, and our store written for others to read.

In: `something.warc.gz`, from whatever crawler; or the store. Out: `ArchivedPage` after page, and a count of what was
no page by its reason, so that pages + skipped = records; or a WARC with one response record a row of the manifest.
"Trang lưu trữ" (an archived page) keeps its address and the time of its capture.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

from fastwarc.warc import WarcRecord
from requests.structures import CaseInsensitiveDict
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from reform_figures.collecting.answers import what_is_wrong
from reform_figures.collecting.bodies import GZIP_MAGIC, LARGEST_ANSWER
from reform_figures.collecting.warc_stream import TOO_LARGE, split_records
from reform_figures.records import Capture
from reform_figures.tables import raw_folder, read_manifest

READABLE = re.compile(r"^$|html|json")
"""Content types of pages that articles are read from; "" where none was sent."""
OUR_HEADERS = {"kind": "Reform-Figures-Kind", "source": "Reform-Figures-Source", "listed_at": "Reform-Figures-Listed"}
"""Columns of the manifest for which WARC has no header."""
ORIGIN = "WARC-Source-URI"
"""Where a copy was copied from: our column `archived`."""


class NoPage(ValueError):  # noqa: N818 - it reads as the sentence it is
    """A record is no page that can be used; the message is the reason, the same for all records of its kind."""


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """One successful HTML or JSON answer in a WARC file."""

    url: str
    """Address as captured."""
    captured_at: str
    """When, UTC, ISO 8601 to the second."""
    status: int
    headers: CaseInsensitiveDict
    """HTTP headers as archived."""
    body: bytes
    """Transfer and content encoding undone."""
    ours: dict[str, str] = field(default_factory=dict)
    """Columns of our manifest (OUR_HEADERS, archived) where the file is an export of ours."""
    offset: int = 0
    """Bytes from the start of the file to the record or its gzip member."""

    @property
    def content_type(self) -> str:
        return " ".join(self.headers.get("Content-Type", "").split())


def read_pages(path: Path, skipped: Counter[str]) -> Iterator[ArchivedPage]:
    """The pages of a WARC or WARC.gz file in its order; all other records are counted in `skipped` by reason.

    Raises OSError where the file cannot be read. A broken record costs one count.
    """
    with Path(path).open("rb") as file:
        for piece in split_records(file):
            if piece.trouble:
                skipped[piece.trouble] += 1
                continue
            try:
                yield read_record(piece.data, piece.offset)
            except NoPage as reason:
                skipped[str(reason)] += 1


def read_record(data: bytes, offset: int = 0) -> ArchivedPage:
    """The page in the bytes of one record. Raises NoPage with the reason where there is none."""
    try:
        record = WarcRecord.from_bytes(data)
        told = CaseInsensitiveDict(list(record.headers))
    except (OSError, ValueError):
        raise NoPage("a WARC header that cannot be read") from None
    kind = told.get("WARC-Type", "").lower()
    if kind not in ("response", "resource"):
        raise NoPage(f"no answer, but a {kind[:20] or 'nameless'} record")
    if told.get("WARC-Truncated"):
        raise NoPage(f"cut off when it was captured ({told['WARC-Truncated'][:20]})")
    url = told.get("WARC-Target-URI", "").strip(" <>")
    if not url.startswith(("http://", "https://")):
        raise NoPage("no http address")
    when = record.record_date
    if when is None:
        raise NoPage("no time of capture")
    if kind == "response":
        status, headers, body = _read_http(data)
    else:
        status, headers, body = 200, CaseInsensitiveDict({"Content-Type": told.get("Content-Type", "")}), _block(data)
    page = ArchivedPage(
        url=url,
        captured_at=when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        status=status,
        headers=headers,
        body=body,
        ours={name: told[header] for name, header in {**OUR_HEADERS, "archived": ORIGIN}.items() if header in told},
        offset=offset,
    )
    _check(page)
    return page


def _check(page: ArchivedPage) -> None:
    """Raises NoPage for what is no successful answer in HTML or JSON."""
    if page.status != 200:
        raise NoPage(f"status {page.status}")
    content_type = page.content_type.partition(";")[0].lower()
    if not READABLE.search(content_type):
        raise NoPage(f"no HTML or JSON, but {content_type[:40]}")
    if len(page.body) > LARGEST_ANSWER:
        raise NoPage(TOO_LARGE)
    if wrong := what_is_wrong("article", page.content_type, page.body):
        raise NoPage(wrong)


def _block(data: bytes) -> bytes:
    return data[data.index(b"\r\n\r\n") + 4 :]


def _read_http(data: bytes) -> tuple[int, CaseInsensitiveDict, bytes]:
    """Status, headers and body of a response record. Raises NoPage where there is no whole HTTP answer in it."""
    block = _block(data)
    head, blank, stored = block.partition(b"\r\n\r\n")
    status = re.match(rb"HTTP/\d(?:\.\d)? (\d{3})\b", head)
    if not status or not blank:
        raise NoPage("no HTTP answer in the record")
    headers, body = _decode(data, stored)
    expected = headers.get("Content-Length", "")
    if expected.isdecimal() and "Transfer-Encoding" not in headers and len(stored) < int(expected[:15]):
        raise NoPage("a body shorter than its Content-Length")
    return int(status[1]), headers, body


def _decode(data: bytes, stored: bytes) -> tuple[CaseInsensitiveDict, bytes]:
    """Headers, and the body with its encodings undone.

    Many archives store the body decoded and leave the headers as they were; then it begins as text does.
    """
    for encodings in ("all", "transfer", "none"):
        record = WarcRecord.from_bytes(data)
        try:
            record.parse_http(auto_decode=encodings)
            headers = CaseInsensitiveDict(list(record.http_headers or ()))
            body = record.reader.read(LARGEST_ANSWER + 1)
        except (OSError, ValueError):
            continue
        coded = headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity")
        if encodings == "all" or body.lstrip()[:1] in (b"<", b"{", b"["):
            if coded and body.startswith(GZIP_MAGIC):
                continue
            return headers, body
    raise NoPage("a body that is not encoded as its headers say")


# --- writing -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Export:
    """What writing the store as WARC came to: rows = written + the rows in `left_out`."""

    rows: int = 0
    left_out: list[str] = field(default_factory=list)
    """One sentence for each row whose file is missing or is not what was stored."""

    @property
    def written(self) -> int:
        return self.rows - len(self.left_out)


def write_store(data: Path, path: Path) -> Export:
    """Write every row of a data folder's manifest as a response record of a WARC file; gzip where it ends in .gz.

    The same store gives the same bytes. The file appears when it is whole. Raises OSError, TableError.
    """
    export, captures = Export(), read_manifest(data)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            writer = WARCWriter(file, gzip=path.suffix == ".gz")
            writer.write_record(_information(writer, path, captures))
            for capture in captures:
                export.rows += 1
                try:
                    body = (raw_folder(data) / capture.file).read_bytes()
                except OSError as error:
                    export.left_out.append(f"{capture.url}: {capture.file} cannot be read ({error.strerror})")
                    continue
                if hashlib.sha256(body).hexdigest() != capture.sha256:
                    export.left_out.append(f"{capture.url}: {capture.file} is not what was stored; collect it again")
                    continue
                writer.write_record(_response(writer, capture, body))
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return export


def _information(writer: WARCWriter, path: Path, captures: list[Capture]):
    """The first record: who wrote the file. Its date is the last one in the store, so that it is the same again."""
    fields = b"software: reform-figures/0.1\r\nformat: WARC File Format 1.0\r\n"
    headers = {
        "WARC-Record-ID": _record_id("warcinfo"),
        "WARC-Filename": path.name,
        "WARC-Date": max((c.fetched_at for c in captures), default="2020-01-01T00:00:00Z"),
    }
    return writer.create_warc_record(
        "", "warcinfo", payload=io.BytesIO(fields), length=len(fields), warc_headers_dict=headers
    )


def _response(writer: WARCWriter, capture: Capture, body: bytes):
    """A row as a response record. The body is stored decoded, so no encoding is named in its headers."""
    kept = {
        "Content-Type": capture.content_type,
        "ETag": capture.etag,
        "Last-Modified": capture.last_modified,
        "Content-Location": capture.final_url if capture.final_url != capture.url else "",
        "Content-Length": str(len(body)),
    }
    ours = {header: getattr(capture, name) for name, header in OUR_HEADERS.items()}
    headers = {
        "WARC-Record-ID": _record_id(capture.raw_id),
        "WARC-Date": capture.fetched_at,
        **{name: value for name, value in {**ours, ORIGIN: capture.archived}.items() if value},
    }
    return writer.create_warc_record(
        capture.url,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders("200 OK", [(n, v) for n, v in kept.items() if v], protocol="HTTP/1.1"),
        warc_headers_dict=headers,
    )


def _record_id(name: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'reform-figures:{name}')}>"
