"""Where a numeral stands: what several rules against it look at.

In: a numeral in its `Frame`. Out: `NumeralPlace` with the wording behind the numeral and the text before it. In "63
điểm cầu" (63 video venues) the wording behind 63 is "điểm cầu".
"""

from __future__ import annotations

from reform_figures.extracting.article import Frame
from reform_figures.extracting.layout import Line
from reform_figures.extracting.numerals import Numeral
from reform_figures.extracting.scanning import Cue

_BLANKS = (" ", "\u00a0")


class NumeralPlace:
    """What several rules against a numeral look at, looked up once."""

    __slots__ = ("after_cue", "before", "frame", "line", "low", "noun_after", "numeral", "text")

    def __init__(self, frame: Frame, numeral: Numeral, line: Line):
        self.frame = frame
        self.numeral = numeral
        self.line = line
        self.text = frame.text
        self.low = frame.low
        self.after_cue = cue = cue_starting_at(frame, numeral.end)
        self.noun_after: Cue | None = cue if cue is not None and cue.entry.unit else None
        self.before = self.text[numeral.start - 1] if numeral.start else ""
        """the character before"""

    def low_before(self, width: int) -> str:
        start = self.numeral.start
        return self.low[max(0, start - width) : start]


def cue_ending_at(frame: Frame, at: int) -> Cue | None:
    """The wording that ends right before `at`, over blanks, a colon or a bracket."""
    text = frame.text
    while at > 0 and text[at - 1] in " \u00a0:(":
        at -= 1
    return frame.scan.ending_at(at)


def cue_starting_at(frame: Frame, at: int) -> Cue | None:
    """The wording that starts right behind `at`, over blanks only."""
    text = frame.text
    while text[at : at + 1] in _BLANKS:
        at += 1
    return frame.scan.starting_at(at)
