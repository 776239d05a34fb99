"""Where the tables lie and how they are written: the only module that knows paths and file formats.

In and out: lists of records (`reform_figures.records`). A table is plain UTF-8 CSV with a header, except
`articles.jsonl`, whose rows hold paragraphs. "247.344 biên chế" (247,344 posts) is stored as 247344:
numbers without grouping, an empty cell for what is not told.

A table is written beside its place and moved there in one step, so that no reader ever sees half of it.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import UnionType
from typing import BinaryIO, get_args, get_type_hints

from reform_figures.records import Article, Capture, Figure, Finding, Observation, Paragraph, PassedOver, Target

CSV_TABLES = {
    "figures": Figure,
    "passed_over": PassedOver,
    "findings": Finding,
    "series": Observation,
    "targets": Target,
}
TABLES = {"articles": Article, **CSV_TABLES}
"""Name of each processed table and the record that a row of it is."""
DICTIONARY = "dictionary.csv"
BULK_TABLES = {"articles": Article, "figures": Figure, "passed_over": PassedOver}
"""The tables that a bulk run writes, one Parquet file a shard."""
PART = ".part"
"""How a file ends that is not whole yet; its name begins with a full stop, so that readers of folders pass it over."""


csv.field_size_limit(2**31 - 1)  # a hostile header of 200 KB in one row must not make a whole table unreadable


class TableError(ValueError):
    """A table that cannot be read; the message names file, row and what was expected."""


def raw_folder(data: Path) -> Path:
    """Pages as received."""
    return Path(data) / "raw"


def manifest_path(data: Path) -> Path:
    return raw_folder(data) / "manifest.csv"


def table_path(data: Path, name: str) -> Path:
    """File of a processed table; KeyError for a name that is no table."""
    TABLES[name]
    return Path(data) / "processed" / (f"{name}.jsonl" if name == "articles" else f"{name}.csv")


def shard_path(out: Path, name: str, number: int) -> Path:
    """Parquet file of one shard of a bulk run's table."""
    return Path(out) / name / f"part-{number:05d}.parquet"


def shard_counts_path(out: Path, number: int) -> Path:
    """Counts of one shard; they are written last, so that a shard that has them is whole."""
    return Path(out) / "shards" / f"{number:05d}.json"


def run_plan_path(out: Path) -> Path:
    """What a bulk run reads, and how it is cut into shards."""
    return Path(out) / "plan.json"


def run_manifest_path(out: Path) -> Path:
    """What a whole bulk run has read and written; only a finished run has it."""
    return Path(out) / "manifest.json"


def write_text(path: Path, text: str) -> None:
    """Write a whole file in one step: beside its place, flushed to disk, then moved there."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, body: bytes) -> None:
    """`write_text` for bytes. Raises OSError with the place untouched (disk full, no permission)."""
    with replacing(path) as file:
        file.write(body)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to be written that takes the place of `path` once the block has ended well, and vanishes otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PART)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def csv_text(record_type: type, records: Iterable) -> str:
    """Records as CSV text with a header; Decimals without exponent, None as an empty cell."""
    names = [f.name for f in fields(record_type)]
    lines: list[str] = []

    class Sink:
        write = staticmethod(lines.append)

    writer = csv.writer(Sink, lineterminator="\n")
    writer.writerow(names)
    for record in records:
        writer.writerow([_cell(getattr(record, name)) for name in names])
    return "".join(lines)


def _cell(value) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _readers(record_type: type) -> dict:
    """Column name → function from cell to value, from the type of the field."""
    readers = {}
    for name, hint in get_type_hints(record_type).items():
        optional = isinstance(hint, UnionType)
        plain = next(a for a in get_args(hint) if a is not type(None)) if optional else hint
        readers[name] = _optional(plain) if optional else plain
    return readers


def _optional(plain):
    return lambda cell: plain(cell) if cell else None


def read_csv(path: Path, record_type: type) -> list:
    """Read a CSV table back into records. Raises TableError where a column or a cell does not fit."""
    readers = _readers(record_type)
    records = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        if header != list(readers):
            missing = [n for n in readers if n not in header] or "none"
            raise TableError(f"{path}: the header should be {','.join(readers)}; missing: {missing}")
        for number, row in enumerate(rows, 2):
            try:
                records.append(record_type(*(read(cell) for read, cell in zip(readers.values(), row, strict=True))))
            except (ValueError, InvalidOperation) as error:
                raise TableError(f"{path}, line {number}: {error}") from error
    return records


def write_table(data: Path, name: str, records: Iterable) -> Path:
    """Write a processed table as a whole, in the order given; returns its path."""
    path = table_path(data, name)
    records = list(records)
    if name == "articles":
        write_text(path, "".join(json.dumps(article_dict(a), ensure_ascii=False) + "\n" for a in records))
    else:
        write_text(path, csv_text(TABLES[name], records))
    return path


def read_table(data: Path, name: str) -> list:
    """Read a processed table. Raises FileNotFoundError with the command that makes it."""
    path = table_path(data, name)
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there yet; run {_MADE_BY[name]} first")
    return list(_read_articles(path)) if name == "articles" else read_csv(path, TABLES[name])


_MADE_BY = {
    "articles": "scripts/read.py",
    "figures": "scripts/extract.py",
    "passed_over": "scripts/extract.py",
    "findings": "scripts/check.py",
    "series": "scripts/build_series.py",
    "targets": "scripts/build_series.py",
}


def article_dict(article: Article) -> dict:
    """An article as JSON-ready values: `published_at` ISO 8601, paragraphs as {role, text}."""
    row = asdict(article)
    row["published_at"] = article.published_at.isoformat() if article.published_at else None
    row["paragraphs"] = [{"role": p.role, "text": p.text} for p in article.paragraphs]
    return row


def _read_articles(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
                row["published_at"] = row["published_at"] and datetime.fromisoformat(row["published_at"])
                row["paragraphs"] = tuple(Paragraph(**p) for p in row["paragraphs"])
                yield Article(**row)
            except (ValueError, TypeError, KeyError) as error:
                raise TableError(f"{path}, line {number}: not an article ({error})") from error


def read_manifest(data: Path) -> list[Capture]:
    """All captures in the order they were stored; an empty list where nothing was collected yet."""
    path = manifest_path(data)
    return read_csv(path, Capture) if path.exists() else []


def write_dictionary(data: Path) -> Path:
    """Write `dictionary.csv` beside the tables that it describes; returns its path."""
    path = Path(data) / "processed" / DICTIONARY
    write_text(path, dictionary_text(TABLES))
    return path


def dictionary_text(record_types: dict[str, type]) -> str:
    """One row a column of every table, and of the manifest, from the descriptions on the records."""
    rows = ["table,column,type,about\n"]
    for name, record_type in {**record_types, "manifest": Capture}.items():
        for column in fields(record_type):
            cells = (name, column.name, str(column.type), column.metadata["about"])
            rows.append(",".join('"' + c.replace('"', '""') + '"' for c in cells) + "\n")
    return "".join(rows)
