"""A numeral's surroundings: the stretches of text that its fields are read from, narrow to wide.

In: a numeral that was not rejected, in its `Frame`. Out: `Slot`. In "giảm 140 đơn vị so với năm 2021 (tương ứng
giảm 13,53%)" (140 units fewer than in 2021, a cut of 13.53 %) the noun phrase of 140 is "đơn vị so với năm 2021",
its left segment "giảm", and the bracket is a segment of its own.
"""

from __future__ import annotations

import re

from reform_figures.extracting.article import NEAR, Frame
from reform_figures.extracting.layout import LONGEST_ROW
from reform_figures.extracting.numerals import Numeral
from reform_figures.extracting.periods import Period
from reform_figures.extracting.scanning import Cue, Cues

_COORDINATION = re.compile(r"\s(?:và|còn|trong khi|nhưng|song|hoặc)\s")


class Passage:
    """What the figures of one sentence share: the sentence and where it stands."""

    __slots__ = (
        "_periods_above", "areas", "end", "frame", "head", "heading", "heading_of_all", "in_table", "index",
        "is_planned", "line", "line_index", "low", "may_point", "periods", "section", "start",
    )  # fmt: skip

    def __init__(self, frame: Frame, index: int, end: int):
        self.frame = frame
        self.index = index
        start, stop = frame.scan.sentences[index]
        self.start = start
        self.end = max(stop, end)  # a sentence without an end may be cut within a numeral
        self.low = frame.low[start : self.end]
        self.line_index = frame.line_index(start)
        self.line = line = frame.lines[self.line_index]
        self.head = frame.list_head(self.line_index)
        """Span of the line that opens the list of which this is an item; (0, 0) where it is none."""
        self.heading = frame.headings[self.line_index]
        """Span of the heading above; (0, 0) where there is none."""
        opens = self.heading[1] and frame.text[slice(*self.heading)].rstrip().endswith(":")
        self.heading_of_all = frame.headings[frame.line_index(self.heading[0])] if opens else self.heading
        """The same, but of an item of a list the heading above the line that opens the list."""
        self.section = frame.section(start)
        self.areas = frame.scan.areas.between(start, self.end)
        """scopes, bodies and provinces that the sentence names"""
        self.periods = frame.periods_between(start, self.end)
        self._periods_above: list[tuple[str, Period]] | None = None
        self.may_point: bool | None = None
        """Whether it may say "in the same time"; None until asked for."""
        self.is_planned: bool | None = None
        """Whether its heading is that of a plan; None until asked for."""
        short = line.end - line.start <= LONGEST_ROW
        self.in_table = short and frame.text.find(" | ", line.start, line.end) >= 0

    def in_head(self, cues: Cues) -> list[Cue]:
        return cues.between(*self.head) if self.head[1] else []

    @property
    def periods_above(self) -> list[tuple[str, Period]]:
        """Periods named in the head of the list, the heading and the section, the last one of each first."""
        if self._periods_above is None:
            above = (self.heading,) if self.heading == self.heading_of_all else (self.heading, self.heading_of_all)
            spans = (("list_head", self.head), *(("heading", span) for span in above), ("section", self.section))
            named = ((rule, self.frame.periods_between(*span)) for rule, span in spans if span[1])
            self._periods_above = [(rule, period) for rule, periods in named for period in reversed(periods)]
        return self._periods_above

    @property
    def tags_before(self) -> list[Cue]:
        """Concepts of the sentence before in the same line."""
        if not self.index:
            return []
        start, end = self.frame.scan.sentences[self.index - 1]
        return self.frame.scan.tagged.between(start, end) if start >= self.line.start else []


class Slot:
    """One numeral with its segment, clause, sentence, the figure before it, and its own fields once decided."""

    # Listed because more than thirty attributes in a dictionary of their own cost far more than in slots.
    __slots__ = (
        "_at_rate", "_earlier", "area", "base", "base_hint", "bound", "clause_start", "direction", "frame",
        "in_sentence", "left", "left_areas", "left_periods", "measure", "next_start", "noun", "np_end", "numeral",
        "passage", "period", "period_found", "period_kind", "period_rule", "previous", "right_periods", "rules",
        "segment", "segment_start", "sentence", "sentence_index", "status", "subject", "theme", "tier", "unit", "value",
    )  # fmt: skip

    def __init__(self, frame: Frame, numeral: Numeral, following: int, previous: Slot | None):
        self.frame = frame
        self.numeral = numeral
        assert numeral.value is not None  # such numerals are passed over
        self.value = numeral.value
        self.previous = previous
        at = numeral.start
        self.sentence_index: int = frame.scan.sentence_at(at)
        before = previous if previous is not None and previous.sentence_index == self.sentence_index else None
        self.in_sentence = before
        passage = before.passage if before is not None else None
        if passage is None or passage.end < numeral.end:
            passage = Passage(frame, self.sentence_index, numeral.end)
        self.passage: Passage = passage
        start, end = self.sentence = passage.start, passage.end
        self.next_start = min(following, end)
        self.np_end = self._noun_phrase_end(end)
        self.segment_start = self._segment_start(start if before is None else min(max(start, before.noun_end), at))
        self.clause_start = max(start, frame.text.rfind(";", start, at) + 1)
        self.segment = frame.low[self.segment_start : at]
        self.left = frame.low[start:at]
        areas, periods = passage.areas, passage.periods
        self.left_areas = [cue for cue in areas if cue.end <= at] if areas else areas
        """scopes, bodies and provinces that the sentence names before the numeral"""
        self.left_periods = [period for period in periods if period.start < at] if periods else periods
        self.right_periods = [period for period in periods if period.start >= numeral.end] if periods else periods
        self.rules: dict[str, str] = {}
        """field → rule that set it"""
        self.unit = self.subject = self.theme = self.bound = self.measure = self.status = self.area = ""
        self.noun: Cue | None = None
        self.direction: str | None = None
        self.tier: str | None = None
        self.period: str | None = None
        self.period_kind: str | None = None
        self.period_found: Period | None = None
        self.period_rule = ""
        self.base: str | None = None
        self.base_hint: str | None = None
        self._at_rate: bool | None = None
        self._earlier: bool | None = None

    def _noun_phrase_end(self, sentence_end: int) -> int:
        """Where the noun phrase right of the numeral ends: punctuation, or what leads to the next numeral."""
        frame, begin = self.frame, self.numeral.end
        end = frame.separator_after(begin, self.next_start)
        if end == self.next_start < sentence_end:
            joint = _COORDINATION.search(frame.low, begin, end)
            if joint:
                end = joint.start()
            verbs = frame.scan.directions.between(begin, end)
            end = next((c.start for c in verbs if c.entry.move != "add"), end)
        return end

    @property
    def paragraph_start(self) -> int:
        """Where the paragraph begins, or NEAR characters before the numeral in a longer one."""
        return max(self.passage.line.start, self.numeral.start - NEAR)

    @property
    def clause_end(self) -> int:
        """The next semicolon, or the end of the sentence."""
        semicolon = self.frame.text.find(";", self.numeral.end, self.sentence[1])
        return semicolon if semicolon >= 0 else self.sentence[1]

    @property
    def noun_end(self) -> int:
        """End of the counted noun, from where the next numeral's own words may begin."""
        noun = self.noun
        return noun.end if noun is not None and noun.start >= self.numeral.end else self.numeral.end

    def _segment_start(self, floor: int) -> int:
        """Behind the last punctuation; a label keeps its number ("Bộ dữ liệu mở đã công bố: 12")."""
        frame, at = self.frame, self.numeral.start
        start = frame.separator_before(at, floor)
        if self.numeral.percent and (joint := frame.low.rfind(" và tỷ lệ ", start, at)) >= 0:
            return joint + 4  # "... mức độ 4 và tỷ lệ hồ sơ đúng hạn đạt 98%": another rate
        if start > floor and at - start < 3 and at - floor < 160 and frame.text[start - 1] in ":-–":
            return floor
        return start

    def in_cells(self, cues: Cues) -> list[Cue]:
        """Of a number in a table: those in the first cell of its row and in the head of its column."""
        if not self.passage.in_table:
            return []
        cells = self.frame.column_head(self.numeral.start)
        return [cue for start, end in cells for cue in cues.between(start, end)]

    @property
    def segment_units(self) -> list[Cue]:
        return self.frame.scan.units.between(self.segment_start, self.numeral.start)

    @property
    def told_at_a_rate(self) -> bool:
        """True of "5 sở còn dưới 50%": bodies that a rate is told of."""
        if self._at_rate is None:
            bodies = self.unit in ("organisation", "admin_unit", "locality", "ministry")
            self._at_rate = bodies and _RATE_BEHIND.match(self.frame.low, self.noun_end, self.sentence[1]) is not None
        return self._at_rate

    @property
    def right_end(self) -> int:
        """Where what follows the noun phrase ends: at the next numeral or the end of the clause."""
        semicolon = self.frame.text.find(";", self.np_end, self.sentence[1])
        end = semicolon if semicolon >= 0 else self.sentence[1]
        did = self.unit in ("locality", "ministry", "percent") or self.numeral.kind == "fraction" or self.told_at_a_rate
        if (
            did
            and self.next_start - self.np_end < 8
            and self.next_start - self.noun_end < (60 if self.noun is None else 26)
        ):
            # "22/22 bộ; 63/63 tỉnh đã có nền tảng": what both have done is told behind the second
            semicolon = self.frame.text.find(";", self.next_start, self.sentence[1])
            return semicolon if semicolon >= 0 else self.sentence[1]
        return min(self.next_start, end)

    @property
    def between(self) -> str:
        """The words between the figure before in this sentence and this one; '' where there is none."""
        if self.in_sentence is None:
            return ""
        return self.frame.low[self.in_sentence.numeral.end : self.numeral.start]


_RATE_BEHIND = re.compile(
    r"(?:\s+và\s+\d+)?(?:\s+[^\W\d]+){0,9}?\s+(?:đạt|có|vượt|dưới|trên|tỷ\s+lệ|tỉ\s+lệ|ở\s+mức)\s(?:[^\W\d]+\s+){0,9}?\d[\d.,]*\s?%"
)
_EARLIER = re.compile(r"(?<!\w)từ\s+(?:mức\s+|hơn\s+|gần\s+|khoảng\s+|trên\s+)*$")
_AND_MORE = re.compile(r"(?:\s+[^\W\d]+){1,3}\s+trở\s+(?:lên|xuống)(?!\w)")
_BEFORE_THAT = re.compile(r"trước\s+(?:khi|(?:đợt\s+)?(?:sắp\s+xếp|sáp\s+nhập))(?!\w)")
_LATER = re.compile(r"^[^;.]{0,70}?(?<!\w)(?:xuống|lên|còn|thành|sang)(?!\w)[^;.]{0,40}\d")


def is_earlier_state(slot: Slot) -> bool:
    """True of A in "từ A xuống còn B", and of what was "trước khi sắp xếp" (before the rearrangement)."""
    if slot._earlier is None:  # asked for several fields
        opens = slot.left.startswith("trước")
        follows = "từ" in slot.segment and slot.numeral.kind != "range"
        slot._earlier = (opens or follows) and _was_before(slot, opens, follows)
    return slot._earlier


def _was_before(slot: Slot, opens: bool, follows: bool) -> bool:
    frame, numeral = slot.frame, slot.numeral
    if frame.low.startswith((" trở lên", " trở xuống"), numeral.end) or _AND_MORE.match(frame.low, numeral.end):
        return False  # "từ 98% trở lên" is a bound
    if opens and _BEFORE_THAT.match(slot.left):
        return True
    return bool(follows and _EARLIER.search(slot.segment) and _LATER.search(frame.low[numeral.end : slot.sentence[1]]))
