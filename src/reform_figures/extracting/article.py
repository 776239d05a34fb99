"""What an article says as a whole: where it speaks of, which period it reviews, who is at home in it.

In: an `Article`. Out: `Frame` - the scan of its text with its numerals, periods and separators - from which
every figure takes what its own sentence does not say. "Bộ Nội vụ tổ chức hội nghị trực tuyến toàn quốc tổng kết
công tác năm 2023" (the ministry holds a national conference on the work of 2023) makes the frame VN, 2023.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reform_figures.extracting.homes import find_home, find_home_tier
from reform_figures.extracting.index_subjects import find_own_indices
from reform_figures.extracting.numerals import Numeral, find_numerals
from reform_figures.extracting.periods import Period, find_periods
from reform_figures.extracting.reviewing import NOT_READ, find_reporting_period, settle_periods
from reform_figures.extracting.scanning import Cue, Scan
from reform_figures.records import Article

_SEPARATING = ',;:()[]“”"\n'
_MARKS = [bytearray(b"\1" * length) for length in range(40)]
"""What marks a wording of each length: kept, because making one takes longer than all else in marking."""

_ITEM = re.compile(r"\s*(?:[-–+•*]|\d+\s[-–.)])\s")
_SECTION = re.compile(r"\s*(?:[IVX]{1,4}|[A-D])\s?[.)/–-]\s*\S")
LONGEST_SECTION_HEADING = 120
_LABELLED = re.compile(r"[^.;:\n]{2,90}:\s*[\d.,/]+")
ASSIGNED = re.compile(r"(?<!\w)(?:giao|phê\s+duyệt|phân\s+bổ|dự\s+toán)(?!\w)")
LONGEST_ROW = 600
"""Characters: what is longer is prose with bars in it."""

LONGEST_TABLE = 80
"""Rows of a table that its head is looked for above."""

LONGEST_LIST = 15
"""Lines of a list that its head is looked for above."""

FARTHEST_HEADING = 12
"""Lines that a heading is looked for above."""

NEAR = 6000
"""Characters: how far back a paragraph is looked through, which is farther than paragraphs of the news are long."""


@dataclass(slots=True)
class Line:
    """A paragraph of the article with its place in the text."""

    start: int
    end: int
    role: str


class Frame:
    """One article, scanned once; the fields of every figure are read off it."""

    def __init__(self, article: Article):
        self.article = article
        self.text = article.text
        lowered = self.text.lower()
        self.low = lowered if len(lowered) == len(self.text) else self.text
        self.scan = Scan(self.text, lowered)
        self.published: date | None = article.published_at.date() if article.published_at else None
        self.lines = _find_lines(article)
        self._barred = " | " in self.text
        self._first_tags: dict[str, float] = {}
        self._heads: dict[int, tuple[int, int]] = {}
        self._line_starts = [line.start for line in self.lines]
        self.numerals: list[Numeral] = find_numerals(self.text)
        self.periods: list[Period] = find_periods(self.low, self.scan.padded, self.numerals, self.published)
        self._period_starts = [p.start for p in self.periods]
        self.periods = settle_periods(self.periods, self.reporting_period, self.published)
        self._period_starts = [p.start for p in self.periods]  # what no reporting period settles is gone
        self.separators = self._find_separators()

    def paragraph_start(self, at: int) -> int:
        """Where the paragraph of `at` begins, or NEAR characters before it in one that is longer."""
        return max(self.line_at(at).start, at - NEAR)

    def line_at(self, at: int) -> Line:
        return self.lines[bisect_right(self._line_starts, at) - 1]

    def line_index(self, at: int) -> int:
        return bisect_right(self._line_starts, at) - 1

    def list_head(self, n: int) -> tuple[int, int]:
        """Span of the line that opens the list which line `n` is an item of; (0, 0) where it is none."""
        if n not in self._heads:
            self._heads[n] = self._find_list_head(n)
        return self._heads[n]

    @cached_property
    def _list_openers(self) -> list[int]:
        """Lines that end in a colon."""
        return [n for n, line in enumerate(self.lines) if self.text[line.start : line.end].rstrip().endswith(":")]

    def _find_list_head(self, n: int) -> tuple[int, int]:
        opener = bisect_left(self._list_openers, n) - 1
        if opener < 0 or self._list_openers[opener] < n - LONGEST_LIST:
            return 0, 0
        line = self.lines[n]
        for other in reversed(self.lines[max(0, n - LONGEST_LIST) : n]):
            if self.text[other.start : other.end].rstrip().endswith(":"):
                listed = line.role in ("list_item", "table_row") or _ITEM.match(self.text, line.start)
                if not listed and not _LABELLED.match(self.text, line.start):
                    return 0, 0
                return self.scan.sentences[self.scan.sentence_at(other.end - 1)]
            if other.role not in ("blank", "list_item", "table_row") and not (
                _ITEM.match(self.text, other.start) or _LABELLED.match(self.text, other.start)
            ):
                break
        return 0, 0

    @cached_property
    def headings(self) -> list[tuple[int, int]]:
        """Of each line the span of the nearest heading above it that is not farther than FARTHEST_HEADING lines."""
        above, last, found = [], -1, (0, 0)
        for n, line in enumerate(self.lines):
            above.append(found if 0 <= n - last <= FARTHEST_HEADING else (0, 0))
            if line.role in ("date_line", "furniture", "author", "caption", "blank"):
                continue
            text = self.text[line.start : line.end].rstrip()
            if line.role == "heading" or text.endswith(":") or (0 < len(text) < 70 and text[-1] not in ".…!?;,"):
                last, found = n, (line.start, line.end)
        return above

    def section(self, at: int) -> tuple[int, int]:
        """Span of the heading of the section that holds `at` ("II. MỤC TIÊU NĂM 2024"); (0, 0) where there is none."""
        n = bisect_right(self._section_starts, at) - 1
        return self._sections[n] if n >= 0 else (0, 0)

    @cached_property
    def _sections(self) -> list[tuple[int, int]]:
        """Headings set in capitals or numbered with Roman numerals or letters: they hold until the next one."""
        found = []
        for line in self.lines:
            if line.role in ("title", "table_row") or not 3 < line.end - line.start <= LONGEST_SECTION_HEADING:
                continue
            text = self.text[line.start : line.end]
            capitals = text.isupper() and " " in text.strip() and line.role in ("heading", "body", "list_item")
            if capitals or (_SECTION.match(text) and text.rstrip()[-1] not in ".;"):
                found.append((line.start, line.end))
        return found

    @cached_property
    def _section_starts(self) -> list[int]:
        return [start for start, _ in self._sections]

    def _row(self, n: int) -> str:
        return self.text[self.lines[n].start : self.lines[n].end]

    def column_head(self, at: int) -> list[tuple[int, int]]:
        """Of a number in a row of a table: spans of its column's head and of the row's first cell."""
        if not self._barred:
            return []
        n = self.line_index(at)
        if self.lines[n].end - self.lines[n].start > LONGEST_ROW:
            return []
        row = self._row(n)
        if " | " not in row:
            return []
        first, bars = n, row.count(" | ")
        while n - first < LONGEST_TABLE and first > 0 and self._row(first - 1).count(" | ") == bars:
            first -= 1
        column = self.text.count(" | ", self.lines[n].start, at)
        cells = [_cell(self.text, self.lines[n], 0)] if column else []
        if first < n:
            cells.append(_cell(self.text, self.lines[first], column))
        if first > 0:
            cells.append((self.lines[first - 1].start, self.lines[first - 1].end))
        return cells

    def first_tag(self, tag: str) -> float:
        """Where the article first names a concept; infinity where it never does."""
        if tag not in self._first_tags:
            starts = (c.start for c in self.scan.cues if tag in c.entry.tags)
            self._first_tags[tag] = next(starts, float("inf"))
        return self._first_tags[tag]

    @cached_property
    def is_about_the_portal(self) -> bool:
        """True where the headline names the national portal and no province: a province tells of it to its readers."""
        cues = self.scan.between(*self.title_span)
        named = any(cue.entry.area and cue.entry.area[0] == "province" for cue in cues)
        return not named and any("portal" in cue.entry.tags for cue in cues)

    def period_over(self, start: int, end: int) -> Period | None:
        """The period whose wording holds the span, if any."""
        n = bisect_right(self._period_starts, start) - 1
        return self.periods[n] if n >= 0 and self.periods[n].end >= end else None

    def periods_between(self, start: int, end: int) -> list[Period]:
        starts = self._period_starts
        low = bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return []
        return self.periods[low : bisect_left(starts, end, low)]

    def _find_separators(self) -> list[int]:
        """Places of punctuation that ends a segment: none inside a numeral, a wording or a period."""
        text, inside = self.text, bytearray(len(self.text))
        for held in (*self.scan.cues, *self.numerals, *self.periods):
            start, end = held.start, held.end
            inside[start:end] = _MARKS[end - start] if end - start < len(_MARKS) else b"\1" * (end - start)
        found, joined = [at for at in _places(text, _SEPARATING) if not inside[at]], 0
        for at in sorted(_places(text, "-–")):
            if not (at and text[at - 1].isspace() and text[at + 1 : at + 2].isspace()):
                continue  # a dash separates between blanks only
            at -= 1  # the blank before the dash
            if at < joined:
                continue  # that blank belongs to the dash before: " - - "
            joined = at + 3
            if not inside[at]:
                found.append(at)
        found.sort()
        return found

    def separator_before(self, at: int, floor: int) -> int:
        """End of the last separator in `floor:at`, else `floor`."""
        n = bisect_left(self.separators, at) - 1
        return max(floor, self.separators[n] + 1) if n >= 0 else floor

    def separator_after(self, at: int, ceiling: int) -> int:
        n = bisect_left(self.separators, at)
        return min(ceiling, self.separators[n]) if n < len(self.separators) else ceiling

    @cached_property
    def title_span(self) -> tuple[int, int]:
        """Span of the headline; (0, 0) where there is none."""
        return next(((line.start, line.end) for line in self.lines if line.role == "title"), (0, 0))

    @cached_property
    def title_assigns(self) -> bool:
        """True where the headline says that posts or money are assigned."""
        return ASSIGNED.search(self.low, *self.title_span) is not None

    @cached_property
    def opening(self) -> tuple[int, int]:
        """Span of the headline, the lead and the first sentences, where an article says what it is about."""
        return self.first_lines(4)

    def first_lines(self, count: int) -> tuple[int, int]:
        """Span of the first lines that are read."""
        read = [line for line in self.lines if line.role not in (*NOT_READ, "caption")]
        return (read[0].start, read[min(len(read), count) - 1].end) if read else (0, 0)

    @cached_property
    def reporting_period(self) -> str | None:
        """The period that the article reviews; the year of publication where nothing tells."""
        return find_reporting_period(self)

    @cached_property
    def opening_tags(self) -> list[Cue]:
        """Concepts of the opening, but for the teasers of other articles that stand between its lines."""
        cues = self.scan.tagged.between(*self.opening)
        return [cue for cue in cues if self.line_at(cue.start).role not in NOT_READ]

    @cached_property
    def own_indices(self) -> tuple[bool, list[int]]:
        """Whether the opening is about a province's own index of its bodies, and where the article speaks of it."""
        return find_own_indices(self)

    @cached_property
    def home_tier(self) -> str | None:
        """district or commune of an article about one such unit; None for any other."""
        return find_home_tier(self)

    @cached_property
    def home(self) -> str:
        """Whose figures these are where a sentence does not say: a province, MOHA, an ORG or VN."""
        return find_home(self)


def _cell(text: str, line: Line, column: int) -> tuple[int, int]:
    start = line.start
    for _ in range(column):
        start = text.index(" | ", start) + 3
    end = text.find(" | ", start, line.end)
    return start, end if end >= 0 else line.end


def _places(text: str, marks: str) -> Iterator[int]:
    """Where each of the marks stands: a search for one character at a time is the fastest, and few marks are many."""
    for mark in marks:
        at = text.find(mark)
        while at >= 0:
            yield at
            at = text.find(mark, at + 1)


def _find_lines(article: Article) -> list[Line]:
    lines, at = [], 0
    for paragraph in article.paragraphs:
        lines.append(Line(at, at + len(paragraph.text), paragraph.role))
        at += len(paragraph.text) + 1
    return lines
