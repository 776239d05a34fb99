"""The case tables of `tests/cases`, read into articles and expectations.

In: rows typed by readers. Out: cases whose `[[...]]` marks are turned into spans. "giảm [[140]] đơn vị" (140 units
fewer) is the text "giảm 140 đơn vị" with the span of 140. A cell may accept several readings, joined by a bar.
"""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from reform_figures.plain_text import read_text_article
from reform_figures.records import Article

CASES = Path(__file__).resolve().parents[1] / "cases"
OPEN = "open.jsonl"
"""Rows that a reader stands by and the extraction does not satisfy yet: {table, why, row}."""

_MARKED = re.compile(r"\[\[(.+?)\]\]")
_NO_LETTERS = re.compile(r"[^0-9A-Za-zÀ-ỹ]+")


def read_cases(table: str) -> list[dict]:
    """Rows of a case table. Of CSV all cells are text and an empty one says nothing; of JSONL numbers are Decimal."""
    with (CASES / table).open(encoding="utf-8", newline="") as file:
        if table.endswith(".csv"):
            return list(csv.DictReader(file))
        return [json.loads(line, parse_float=Decimal) for line in file if line.strip()]


def case_id(row: dict) -> str:
    """A readable id: the claim of a row with hyphens, or its own id."""
    return row.get("id") or _NO_LETTERS.sub("-", row["claim"]).strip("-")


def unmark(marked: str) -> tuple[str, tuple[int, int]]:
    """The text without its mark, and the span that was marked. ValueError unless there is exactly one mark."""
    (mark,) = _MARKED.finditer(marked)
    return _MARKED.sub(r"\1", marked), (mark.start(), mark.start() + len(mark.group(1)))


def has_digit(row: dict) -> bool:
    """Whether the marked numeral is written in digits."""
    text, span = unmark(row["text"])
    return re.search(r"\d", text[slice(*span)]) is not None


def article_of(row: dict, text: str) -> tuple[Article, int]:
    """The article that a case describes and the offset of its `text` in it: a title stands on the first line."""
    head = f"{row['title']}\n\n" if row.get("title") else ""
    article = read_text_article(
        head + text,
        name="case",
        published=date.fromisoformat(row.get("published") or "2022-12-30"),
        publisher=row.get("publisher", ""),
        area=row.get("area", "VN"),
        title=row.get("title", ""),
    )
    return article, len(head)


def readings(cell: str) -> list[str]:
    """The readings that a cell accepts."""
    return cell.split("|")


def accepts(expected: object, found: object) -> bool:
    """Whether a value is the expected one, or one of a list of accepted readings."""
    return found in expected if isinstance(expected, list) else found == expected


def find_written(text: str, written: str, start: int) -> tuple[int, int]:
    """Span of a numeral as written, from `start` on; never inside a longer number or word."""
    match = re.compile(rf"(?<!\w)(?<![\d][.,/-]){re.escape(written)}(?![\w]|[.,/]\d)").search(text, start)
    if match is None:
        raise ValueError(f"the numeral {written!r} does not stand in {text[start:]!r}")
    return match.span()
