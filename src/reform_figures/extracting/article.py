"""What an article says as a whole: where it speaks of, which period it reviews, who is at home in it.

In: an `Article`. Out: `Frame` - the scan of its text with its numerals, periods and separators - from which
every figure takes what its own sentence does not say. "Bộ Nội vụ tổ chức hội nghị trực tuyến toàn quốc tổng kết
công tác năm 2023" (the ministry holds a national conference on the work of 2023) makes the frame VN, 2023.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from reform_figures.extracting.homes import find_home, find_home_tier
from reform_figures.extracting.index_subjects import find_own_indices
from reform_figures.extracting.layout import (
    Line,
    find_column_head,
    find_headings,
    find_lines,
    find_list_head,
    find_openers,
    find_sections,
)
from reform_figures.extracting.numerals import Numeral, find_numerals
from reform_figures.extracting.periods import Period, find_periods
from reform_figures.extracting.reviewing import NOT_READ, find_reporting_period, settle_periods
from reform_figures.extracting.scanning import Cue, Scan
from reform_figures.records import Article

_NOT_OPENING = (*NOT_READ, "caption")
_SEPARATING = ',;:()[]“”"\n'
_MARKS = [bytearray(b"\1" * length) for length in range(40)]
"""What marks a wording of each length: kept, because making one takes longer than all else in marking."""

ASSIGNED = re.compile(r"(?<!\w)(?:giao|phê\s+duyệt|phân\s+bổ|dự\s+toán|chốt)(?!\w)")
NEAR = 6000
"""Characters: how far back a paragraph is looked through, which is farther than paragraphs of the news are long."""


class Frame:
    """One article, scanned once; the fields of every figure are read off it."""

    def __init__(self, article: Article):
        self.article = article
        self.text = article.text
        lowered = self.text.lower()
        self.low = lowered if len(lowered) == len(self.text) else self.text
        self.scan = Scan(self.text, lowered)
        self.published: date | None = article.published_at.date() if article.published_at else None
        self._lay_out(article)
        self._first_tags: dict[str, float] = {}
        self.numerals: list[Numeral] = find_numerals(self.text)
        self.periods: list[Period] = find_periods(self.low, self.scan.padded, self.published)
        self._period_starts = [p.start for p in self.periods]
        self.reporting_period = find_reporting_period(self)
        """The period that the article reviews; the year of publication where nothing tells."""
        self.periods = settle_periods(self.periods, self.reporting_period, self.published)
        self._period_starts = [p.start for p in self.periods]  # what no reporting period settles is gone
        self._spans = [period for period in self.periods if period.kind == "span"]
        self.separators = self._find_separators()
        self.home = find_home(self)
        """Whose figures these are where a sentence does not say: a province, MOHA, an ORG or VN."""
        self.home_tier = find_home_tier(self)
        """district or commune of an article about one such unit; None for any other."""
        self.belonging: dict[int, bool] = {}
        """Start of a scope, body or province → whether figures may be its own: kept by `scopes`."""
        self._own_indices: tuple[bool, list[int]] | None = None

    def _lay_out(self, article: Article) -> None:
        """Set the lines, and what of them says what the article is about."""
        text, lines = self.text, find_lines(article)
        self.lines: list[Line] = lines
        self._line_starts = [line.start for line in lines]
        self._barred = " | " in text
        self._openers = find_openers(text, lines)
        self._heads: dict[int, tuple[int, int]] = {}
        self.headings = find_headings(text, lines)
        """Of each line the span of the heading above it; (0, 0) where there is none."""
        self._sections = find_sections(text, lines)
        self._section_starts = [start for start, _ in self._sections]
        self.title_span = next(((line.start, line.end) for line in lines if line.role == "title"), (0, 0))
        """Span of the headline; (0, 0) where there is none."""
        self.title_assigns = ASSIGNED.search(self.low, *self.title_span) is not None
        """True where the headline says that posts or money are assigned."""
        self.opening = self.first_lines(4)
        """Span of the headline, the lead and the first sentences, where an article says what it is about."""
        tags = self.scan.tagged.between(*self.opening)
        self.opening_tags = [cue for cue in tags if self.line_at(cue.start).role not in NOT_READ]
        """Concepts of the opening, but for the teasers of other articles that stand between its lines."""
        cues = self.scan.between(*self.title_span)
        named = any(cue.entry.area_kind == "province" for cue in cues)
        self.is_about_the_portal = not named and any("portal" in cue.entry.tags for cue in cues)
        """True where the headline names the national portal and no province: a province tells of it to its readers."""

    @property
    def own_indices(self) -> tuple[bool, list[int]]:
        """Whether the opening is about a province's own index of its bodies, and where the article speaks of it."""
        if self._own_indices is None:  # most articles are not asked
            self._own_indices = find_own_indices(self)
        return self._own_indices

    def first_lines(self, count: int) -> tuple[int, int]:
        """Span of the first lines that are read."""
        read = [line for line in self.lines if line.role not in _NOT_OPENING]
        return (read[0].start, read[min(len(read), count) - 1].end) if read else (0, 0)

    def paragraph_start(self, at: int) -> int:
        """Where the paragraph of `at` begins, or NEAR characters before it in one that is longer."""
        return max(self.line_at(at).start, at - NEAR)

    def line_at(self, at: int) -> Line:
        return self.lines[bisect_right(self._line_starts, at) - 1]

    def line_index(self, at: int) -> int:
        return bisect_right(self._line_starts, at) - 1

    def list_head(self, n: int) -> tuple[int, int]:
        """Span of the sentence that opens the list which line `n` is an item of; (0, 0) where it is none."""
        if n not in self._heads:
            opener = find_list_head(self.text, self.lines, self._openers, n)
            known = (0, 0) if opener is None else self.scan.sentences[self.scan.sentence_at(opener.end - 1)]
            self._heads[n] = known
        return self._heads[n]

    def section(self, at: int) -> tuple[int, int]:
        """Span of the heading of the section that holds `at` ("II. MỤC TIÊU NĂM 2024"); (0, 0) where there is none."""
        n = bisect_right(self._section_starts, at) - 1
        return self._sections[n] if n >= 0 else (0, 0)

    def column_head(self, at: int) -> list[tuple[int, int]]:
        """Of a number in a row of a table: spans of its column's head and of the row's first cell."""
        return find_column_head(self.text, self.lines, self.line_index(at), at) if self._barred else []

    def first_tag(self, tag: str) -> float:
        """Where the article first names a concept; infinity where it never does."""
        if tag not in self._first_tags:
            starts = (c.start for c in self.scan.cues if tag in c.entry.tags)
            self._first_tags[tag] = next(starts, float("inf"))
        return self._first_tags[tag]

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

    def span_before(self, at: int) -> Period | None:
        """The last run of years named before `at`, if any."""
        n = bisect_left(self._spans, at, key=_start_of) - 1
        return self._spans[n] if n >= 0 else None

    def _find_separators(self) -> list[int]:
        """Places of punctuation that ends a segment: none inside a numeral, a wording or a period."""
        text, inside = self.text, bytearray(len(self.text))
        held: tuple[Cue | Numeral | Period, ...] = (*self.scan.cues, *self.numerals, *self.periods)
        for one in held:
            start, end = one.start, one.end
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


def _start_of(period: Period) -> int:
    return period.start


def _places(text: str, marks: str) -> Iterator[int]:
    """Where each of the marks stands: a search for one character at a time is the fastest, and few marks are many."""
    for mark in marks:
        at = text.find(mark)
        while at >= 0:
            yield at
            at = text.find(mark, at + 1)
