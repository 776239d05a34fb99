"""A numeral's surroundings: the stretches of text that its fields are read from, narrow to wide.

In: a numeral that was not rejected, in its `Frame`. Out: `Slot`. In "giảm 140 đơn vị so với năm 2021 (tương ứng
giảm 13,53%)" (140 units fewer than in 2021, a cut of 13.53 %) the noun phrase of 140 is "đơn vị so với năm 2021",
its left segment "giảm", and the bracket is a segment of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from reform_figures.extracting.article import Frame
from reform_figures.extracting.numerals import Numeral
from reform_figures.extracting.scanning import Cue

_COORDINATION = re.compile(r"\s(?:và|còn|trong khi|nhưng|song|hoặc)\s")


@dataclass(slots=True)
class Draft:
    """The fields of a figure while they are being decided, each with its rule."""

    values: dict = field(default_factory=dict)
    rules: dict = field(default_factory=dict)


class lazy:  # noqa: N801
    """An attribute computed when it is first read: functools.cached_property without its lock (gone in Python 3.12)."""

    def __init__(self, compute):
        self.compute = compute
        self.name = compute.__name__

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.compute(instance)
        return value


class Slot:
    """One numeral with its segment, clause, sentence and the figure before it."""

    def __init__(self, frame: Frame, numeral: Numeral, following: int, previous: Slot | None):
        self.frame = frame
        self.numeral = numeral
        self.previous = previous
        index = frame.scan.sentence_at(numeral.start)
        self.sentence_index = index
        start, end = frame.scan.sentences[index]
        self.sentence = start, max(end, numeral.end)  # a sentence without an end may be cut within a numeral
        end = self.sentence[1]
        self.next_start = min(following, end)
        self.draft = Draft()
        same = previous is not None and previous.sentence_index == index
        self.in_sentence = previous if same else None
        self.np_end = self._noun_phrase_end(end)
        floor = previous.noun_end if same else start
        self.segment_start = self._segment_start(min(max(start, floor), numeral.start))
        self.clause_start = self._clause_start(start)

    def _noun_phrase_end(self, sentence_end: int) -> int:
        """Where the noun phrase right of the numeral ends: punctuation, or what leads to the next numeral."""
        frame, begin = self.frame, self.numeral.end
        end = frame.separator_after(begin, min(sentence_end, self.next_start))
        if end == self.next_start < sentence_end:
            joint = _COORDINATION.search(frame.low, begin, end)
            if joint:
                end = joint.start()
            verbs = [c for c in frame.scan.between(begin, end) if c.entry.direction and c.entry.direction[1] != "add"]
            end = verbs[0].start if verbs else end
        return end

    @property
    def noun_end(self) -> int:
        """End of the counted noun, from where the next numeral's own words may begin."""
        noun = self.draft.values.get("noun")
        return noun.end if noun is not None and noun.start >= self.numeral.end else self.numeral.end

    def _segment_start(self, floor: int) -> int:
        """Behind the last punctuation; a label keeps its number ("Bộ dữ liệu mở đã công bố: 12")."""
        start = self.frame.separator_before(self.numeral.start, floor)
        labelled = start > floor and self.frame.text[start - 1] in ":-–" and self.numeral.start - start < 3
        return floor if labelled and self.numeral.start - floor < 160 else start

    def _clause_start(self, sentence_start: int) -> int:
        semicolon = self.frame.text.rfind(";", sentence_start, self.numeral.start)
        return semicolon + 1 if semicolon >= 0 else sentence_start

    @lazy
    def np_cues(self) -> list[Cue]:
        return self.frame.scan.between(self.numeral.end, self.np_end)

    @lazy
    def segment_cues(self) -> list[Cue]:
        return self.frame.scan.between(self.segment_start, self.numeral.start)

    @lazy
    def cell_cues(self) -> list[Cue]:
        """Of a number in a table: what the head of its column and the first cell of its row say."""
        cells = self.frame.column_head(self.numeral.start)
        return [cue for start, end in cells for cue in self.frame.scan.between(start, end)]

    @lazy
    def clause_cues(self) -> list[Cue]:
        return self.frame.scan.between(self.clause_start, self.numeral.start)

    @lazy
    def left_cues(self) -> list[Cue]:
        return self.frame.scan.between(self.sentence[0], self.numeral.start)

    @lazy
    def right_cues(self) -> list[Cue]:
        """What follows the noun phrase up to the next numeral or the end of the clause."""
        semicolon = self.frame.text.find(";", self.np_end, self.sentence[1])
        end = semicolon if semicolon >= 0 else self.sentence[1]
        if self.get("unit") in ("locality", "ministry") and self.next_start - self.np_end < 8:
            # "22/22 bộ; 63/63 tỉnh đã có nền tảng": what both have done is told behind the second
            semicolon = self.frame.text.find(";", self.next_start, self.sentence[1])
            end = semicolon if semicolon >= 0 else self.sentence[1]
        else:
            end = min(self.next_start, end)
        return self.frame.scan.between(self.np_end, end)

    @lazy
    def segment(self) -> str:
        return self.frame.low[self.segment_start : self.numeral.start]

    @lazy
    def left(self) -> str:
        return self.frame.low[self.sentence[0] : self.numeral.start]

    @lazy
    def noun_phrase(self) -> str:
        return self.frame.low[self.numeral.end : self.np_end]

    @lazy
    def between(self) -> str:
        """The words between the figure before in this sentence and this one; '' where there is none."""
        if self.in_sentence is None:
            return ""
        return self.frame.low[self.in_sentence.numeral.end : self.numeral.start]

    def get(self, name: str):
        return self.draft.values.get(name)

    @property
    def value(self) -> Decimal:
        return self.numeral.value


_EARLIER = re.compile(r"(?<!\w)từ\s+(?:mức\s+|hơn\s+|gần\s+|khoảng\s+|trên\s+)*$")
_BEFORE_THAT = re.compile(r"trước\s+(?:khi|(?:đợt\s+)?(?:sắp\s+xếp|sáp\s+nhập))(?!\w)")
_LATER = re.compile(r"^[^;.]{0,70}?(?<!\w)(?:xuống|lên|còn|thành|sang)(?!\w)[^;.]{0,40}\d")


def is_earlier_state(slot: Slot) -> bool:
    """True of A in "từ A xuống còn B", and of what was "trước khi sắp xếp" (before the rearrangement)."""
    frame, numeral = slot.frame, slot.numeral
    if _BEFORE_THAT.match(slot.left):
        return True
    return bool(
        numeral.kind != "range"
        and _EARLIER.search(slot.segment)
        and _LATER.search(frame.low[numeral.end : slot.sentence[1]])
    )
