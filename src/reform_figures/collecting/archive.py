"""The store of everything received: `data/raw/<source>/<kind>-<name>-<hash>.<ext>` and `data/raw/manifest.csv`.

In: answers of portals. Out: files that are never overwritten, and one `Capture` a row of the manifest, which is only
ever appended to. "Trang đã được cập nhật" (the page was updated) gives a new file and a new row beside the old ones.

Killed at any moment, the store is whole at the next opening. Each page is stored in four steps: its row is written
to `.pending.csv`, its body to its file, its row to the manifest, and `.pending.csv` is removed. Opening finishes what
was begun: a body that arrived is entered from `.pending.csv`, a torn last line of the manifest is cut off.
"""

from __future__ import annotations

import csv
import errno
import fcntl
import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from reform_figures.collecting.fetching import Answer
from reform_figures.records import Capture
from reform_figures.tables import csv_text, manifest_path, raw_folder, read_manifest, write_bytes

EXTENSIONS = {"robots": "txt", "feed": "xml", "sitemap": "xml", "api": "json"}
"""Of a kind whose Content-Type does not tell; html for the others."""


class StoreBusy(RuntimeError):  # noqa: N818 - it reads as the sentence it is
    """Another run holds the store."""


class Archive:
    """The store of one data folder, held by one run at a time.

        with Archive(data) as archive:
            capture, outcome = archive.store("practice-tayninh", "article", answer)

    Raises StoreBusy where another run holds it, TableError where the manifest is not one.
    """

    def __init__(self, data: Path) -> None:
        self.folder = raw_folder(data)
        self._manifest = manifest_path(data)
        self._pending = self.folder / ".pending.csv"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self.folder, os.O_RDONLY)
        try:
            self._take_lock()
            _mend_last_line(self._manifest)
            self._raw_ids: set[str] = set()
            self._newest: dict[tuple[str, str], Capture] = {}
            for capture in read_manifest(data):
                self._remember(capture)
            self._finish_pending()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exc) -> None:
        self.close()

    def close(self) -> None:
        """Let the next run have the store."""
        os.close(self._lock)

    def newest(self, source: str, url: str) -> Capture | None:
        """The latest answer of an address, if its file is there and whole; else None: it has to be fetched again."""
        capture = self._newest.get((source, url))
        if capture is None:
            return None
        try:
            whole = (self.folder / capture.file).stat().st_size == capture.bytes
        except OSError:
            whole = False
        return capture if whole else None

    def holds(self, source: str, answer: Answer) -> bool:
        """Whether this very page is in the store, be it as the latest of its address or an earlier one."""
        return f"{source}/{_page_digest(answer)}" in self._raw_ids

    def body(self, capture: Capture) -> bytes:
        """The stored bytes of a row."""
        return (self.folder / capture.file).read_bytes()

    def store(self, source: str, kind: str, answer: Answer, listed_at: str = "") -> tuple[Capture, str]:
        """Keep an answer; returns its row and "new", "changed" or "unchanged" (then it is the row known before).

        A file that was lost is put back in its place. Raises OSError (disk full) with the store as it was.
        """
        if self._pending.exists():  # the disk was full a moment ago
            self._finish_pending()
        sha256 = hashlib.sha256(answer.body).hexdigest()
        known = self._newest.get((source, answer.url))
        if known and known.sha256 == sha256:
            if self.newest(source, answer.url) is None:
                write_bytes(self.folder / known.file, answer.body)
            return known, "unchanged"
        capture = self._describe(source, kind, answer, sha256, listed_at)
        line = _line(capture)
        write_bytes(self._pending, line)
        path = self.folder / capture.file
        if not _holds(path, sha256):
            write_bytes(path, answer.body)
        self._append(line)
        self._pending.unlink()
        self._remember(capture)
        return capture, "changed" if known else "new"

    def _describe(self, source: str, kind: str, answer: Answer, sha256: str, listed_at: str) -> Capture:
        digest = _page_digest(answer)
        content_type = answer.header("Content-Type")
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.I)
        raw_id, number = f"{source}/{digest}", 1
        while raw_id in self._raw_ids:  # a page that went back to what it was before it changed
            number += 1
            raw_id = f"{source}/{digest}-{number}"
        name = "-".join(part for part in (kind, _slug(answer.url, kind), digest) if part)
        return Capture(
            raw_id=raw_id,
            kind=kind,
            source=source,
            url=answer.url,
            final_url=answer.final_url,
            fetched_at=answer.fetched_at,
            status=answer.status,
            content_type=content_type,
            charset=charset[1] if charset else "",
            bytes=len(answer.body),
            sha256=sha256,
            etag=answer.header("ETag"),
            last_modified=answer.header("Last-Modified"),
            listed_at=listed_at,
            archived=answer.archived,
            file=f"{source}/{name}.{_extension(content_type, kind)}",
        )

    def _append(self, line: bytes) -> None:
        """Add a whole line to the manifest, or nothing."""
        handle = os.open(self._manifest, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o644)
        try:
            before = os.fstat(handle).st_size
            text = line if before else csv_text(Capture, []).encode() + line
            try:
                if os.write(handle, text) != len(text):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._manifest))
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, before)
                raise
        finally:
            os.close(handle)

    def _remember(self, capture: Capture) -> None:
        self._raw_ids.add(capture.raw_id)
        known = self._newest.get((capture.source, capture.url))
        if known is None or known.fetched_at <= capture.fetched_at:  # a copy from an archive may be older
            self._newest[capture.source, capture.url] = capture

    def _take_lock(self) -> None:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusy(
                f"another run is collecting into {self.folder}; wait for it to end, or give another --data folder"
            ) from None

    def _finish_pending(self) -> None:
        """Finish or forget the page at which the last run was killed."""
        if self._pending.exists():
            capture = _read_line(self._pending.read_bytes())
            if capture and capture.raw_id not in self._raw_ids and _holds(self.folder / capture.file, capture.sha256):
                self._append(_line(capture))
                self._remember(capture)
            self._pending.unlink()
        for part in [*self.folder.glob(".*.part"), *self.folder.glob("*/.*.part")]:
            part.unlink()


def _page_digest(answer: Answer) -> str:
    return hashlib.sha256(answer.url.encode() + b"\n" + answer.body).hexdigest()[:12]


def _line(capture: Capture) -> bytes:
    return csv_text(Capture, [capture]).split("\n", 1)[1].encode()


def _read_line(line: bytes) -> Capture | None:
    """`_line` undone; None where it is no row (of an older version, or damaged when the power went)."""
    try:
        cells = next(csv.reader([line.decode("utf-8")]))
        row = dict(zip(Capture.__dataclass_fields__, cells, strict=True))
        return Capture(**{**row, "status": int(row["status"]), "bytes": int(row["bytes"])})
    except (ValueError, csv.Error):
        return None


def _holds(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except FileNotFoundError:
        return False


def _mend_last_line(manifest: Path) -> None:
    """Give a last line its end, where it is a whole row with its file; else take it off: it never was a row, and
    its page is still in `.pending.csv`."""
    text = manifest.read_bytes() if manifest.exists() else b"\n"
    if not text:  # made, and killed before its first line
        manifest.unlink()
        return
    end = text.rfind(b"\n") + 1
    if end == len(text):
        return
    last = next(csv.reader([text[end:].decode(errors="replace")]))
    whole = len(last) == len(Capture.__dataclass_fields__) and (manifest.parent / last[-1]).is_file()
    if end == 0 and not csv_text(Capture, []).encode().startswith(text):
        return  # not a manifest of ours: reading it says so
    with manifest.open("r+b") as file:
        file.truncate(end if not whole else len(text))
        file.seek(0, os.SEEK_END)
        file.write(b"\n" * whole)
        file.flush()
        os.fsync(file.fileno())
    if manifest.stat().st_size == 0:
        manifest.unlink()


def _slug(url: str, kind: str) -> str:
    """The last part of the address as a readable piece of a file name, "" where it gives none."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2].partition(".")[0]
    words = re.sub(r"[^a-z0-9]+", "-", f"{last}-{parts.query}".lower()).strip("-")
    return "" if kind == words else words[:60].strip("-")


def _extension(content_type: str, kind: str) -> str:
    for word, extension in (("html", "html"), ("json", "json"), ("xml", "xml"), ("plain", "txt")):
        if word in content_type.lower():
            return extension
    return EXTENSIONS.get(kind, "html")
