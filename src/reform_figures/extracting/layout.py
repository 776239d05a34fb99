"""Layout: the lines of an article, and what stands above each: heading, section, the head of its list or column.

In: an `Article`, its text and lines. Out: `Line`s and spans; (0, 0) where there is none. Under "Kết quả năm 2022:"
(results of 2022) the item "- Tinh giản biên chế: 146 người" (staff cut: 146) has that line as the head of its list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from reform_figures.records import Article

_ITEM = re.compile(r"\s*(?:[-–+•*]|\d+\s[-–.)])\s")
_SECTION = re.compile(r"\s*(?:[IVX]{1,4}|[A-D])\s?[.)/–-]\s*\S")
LONGEST_SECTION_HEADING = 120
_LABELLED = re.compile(r"[^.;:\n]{2,90}:\s*[\d.,/]+")
LONGEST_ROW = 600
"""Characters: what is longer is prose with bars in it."""

LONGEST_TABLE = 80
"""Rows of a table that its head is looked for above."""

LONGEST_LIST = 15
"""Lines of a list that its head is looked for above."""

FARTHEST_HEADING = 12
"""Lines that a heading is looked for above."""

_PASSED_OVER = ("date_line", "furniture", "author", "caption", "blank")
"""Roles of lines that are no heading and stand between one and its paragraph."""


@dataclass(slots=True)
class Line:
    """A paragraph of the article with its place in the text."""

    start: int
    end: int
    role: str


def find_lines(article: Article) -> list[Line]:
    lines, at = [], 0
    for paragraph in article.paragraphs:
        lines.append(Line(at, at + len(paragraph.text), paragraph.role))
        at += len(paragraph.text) + 1
    return lines


def find_headings(text: str, lines: list[Line]) -> list[tuple[int, int]]:
    """Of each line the span of the nearest heading above it that is not farther than FARTHEST_HEADING lines."""
    above: list[tuple[int, int]] = []
    last, found = -1, (0, 0)
    for n, line in enumerate(lines):
        above.append(found if 0 <= n - last <= FARTHEST_HEADING else (0, 0))
        if line.role in _PASSED_OVER:
            continue
        words = text[line.start : line.end].rstrip()
        if line.role == "heading" or words.endswith(":") or (0 < len(words) < 70 and words[-1] not in ".…!?;,"):
            last, found = n, (line.start, line.end)
    return above


def find_sections(text: str, lines: list[Line]) -> list[tuple[int, int]]:
    """Headings set in capitals or numbered with Roman numerals or letters: they hold until the next one."""
    found = []
    for line in lines:
        if line.role in ("title", "table_row") or not 3 < line.end - line.start <= LONGEST_SECTION_HEADING:
            continue
        words = text[line.start : line.end]
        capitals = words.isupper() and " " in words.strip() and line.role in ("heading", "body", "list_item")
        if capitals or (_SECTION.match(words) and words.rstrip()[-1] not in ".;"):
            found.append((line.start, line.end))
    return found


def find_openers(text: str, lines: list[Line]) -> list[int]:
    """Indices of the lines that end in a colon, which may open a list."""
    return [n for n, line in enumerate(lines) if text[line.start : line.end].rstrip().endswith(":")]


def find_list_head(text: str, lines: list[Line], openers: list[int], n: int) -> Line | None:
    """The line that opens the list which line `n` is an item of; None where it is none."""
    nearest = bisect_left(openers, n) - 1
    if nearest < 0 or openers[nearest] < n - LONGEST_LIST:
        return None
    opener = openers[nearest]
    for other in lines[opener + 1 : n]:
        if other.role not in ("blank", "list_item", "table_row") and not (
            _ITEM.match(text, other.start) or _LABELLED.match(text, other.start)
        ):
            return None
    line = lines[n]
    listed = line.role in ("list_item", "table_row") or _ITEM.match(text, line.start)
    return lines[opener] if listed or _LABELLED.match(text, line.start) else None


def find_column_head(text: str, lines: list[Line], n: int, at: int) -> list[tuple[int, int]]:
    """Of a number at `at` in line `n`, a row of a table: spans of its row's first cell and of its column's head."""
    line = lines[n]
    if line.end - line.start > LONGEST_ROW:
        return []
    first, bars = n, _bars(text, line)
    if not bars:
        return []
    while n - first < LONGEST_TABLE and first > 0 and _bars(text, lines[first - 1]) == bars:
        first -= 1
    column = text.count(" | ", line.start, at)
    cells = [_cell(text, line, 0)] if column else []
    if first < n:
        cells.append(_cell(text, lines[first], column))
    if first > 0:
        cells.append((lines[first - 1].start, lines[first - 1].end))
    return cells


def _bars(text: str, line: Line) -> int:
    return text.count(" | ", line.start, line.end)


def _cell(text: str, line: Line, column: int) -> tuple[int, int]:
    start = line.start
    for _ in range(column):
        start = text.index(" | ", start) + 3
    end = text.find(" | ", start, line.end)
    return start, end if end >= 0 else line.end
