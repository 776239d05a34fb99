"""Scanning: one pass over an article that marks every known wording, sentence and paragraph.

In: text (NFC). Out: `Cue`s - a span and the vocabulary rows that its wording has - and sentence spans.
In "Tại địa phương tiếp tục giảm 711 tổ chức phòng" (the localities shed another 711 divisions) the cues are
"tại địa phương" (scope), "giảm" (direction) and "tổ chức phòng" (unit and subject).

The longest wording wins where several start together.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from dataclasses import dataclass

from reform_figures.extracting.lexicon import KINDS, Entry, fold, load_lexicon
from reform_figures.vocabulary import load_list

LONGEST_SENTENCE = 2500
"""Characters; what has no end by then is cut at a blank, so that time stays linear in any text. The longest sentence
of the twelve gold articles has 2,300."""

# Vietnamese capitals lie between the small letters in Unicode, so that no range holds them: they are listed.
UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and c.lower() != c)
# It starts with one character's class, because `re` looks for that alone quickly; what it was decides how to go on.
_SENTENCE_END = re.compile(rf"[\n.!?…](?:(?<=\n)\n*|(?<!\n)[.!?…]*[\"”’)\]]*(?=\s+[{UPPER}\d“\"(\-–+•]|\s*(?:\n|\Z)))")
_SEMICOLON = re.compile(r";\s+(?=[^\W\d])")
"""Not before a digit: "mức độ 3; 4" is one label."""

_ABBREVIATED = frozenset(load_list("abbreviation"))
_ABBREVIATED_ENDS = {letter for word in _ABBREVIATED for letter in (word[-2], word[-2].upper())}


# Not frozen: thousands are made an article, and a frozen one takes three times as long. `__init__` is written out,
# because the one that a dataclass makes while running cannot be compiled.
@dataclass(init=False, slots=True)
class Cue:
    start: int
    end: int
    entry: Entry

    def __init__(self, start: int, end: int, entry: Entry):
        self.start = start
        self.end = end
        self.entry = entry


_BEYOND = sys.maxsize


class Cues:
    """Cues in the order of the text, searchable by place."""

    __slots__ = ("cues", "starts")

    def __init__(self, cues: list[Cue]):
        self.cues = cues
        self.starts = [c.start for c in cues]
        self.starts.append(_BEYOND)  # so that there always is a next one

    def between(self, start: int, end: int) -> list[Cue]:
        """Those that lie wholly within `start:end`, in order."""
        starts = self.starts
        low = bisect_left(starts, start)
        if starts[low] >= end:
            return []
        found = self.cues[low : bisect_left(starts, end, low)]
        if found[-1].end > end:
            found.pop()
        return found


class Scan:
    """The cues and sentences of one text, searchable by place."""

    def __init__(self, text: str, lowered: str | None = None):
        self.text = text
        self.folded = fold(text, lowered)
        self.padded = f" {self.folded} "
        self.sentences = find_sentences(text)
        self._sentence_starts = [s for s, _ in self.sentences]
        self.cues = _within_parts(find_cues(self.padded), self._part_starts(), self.padded)
        self._all = Cues(self.cues)
        self.between = self._all.between
        self._starts = self._all.starts
        self.units, self.tagged, self.areas, self.hedges, self.directions, self.statuses = _by_kind(self.cues)
        self._concepts: dict[tuple[int, int], int] = {}

    def _part_starts(self) -> list[int]:
        """Starts of sentences and of what follows a semicolon, in order."""
        if ";" not in self.text:
            return self._sentence_starts
        return sorted([*self._sentence_starts, *(found.end() for found in _SEMICOLON.finditer(self.text))])

    def starting_at(self, at: int) -> Cue | None:
        n = bisect_left(self._starts, at)
        return self.cues[n] if self._starts[n] == at else None

    def ending_at(self, at: int) -> Cue | None:
        n = bisect_left(self._starts, at) - 1
        return self.cues[n] if n >= 0 and self.cues[n].end == at else None

    def covering(self, start: int, end: int) -> Cue | None:
        """The cue that holds more than the span `start:end`, or breaks off within it; None where there is none."""
        n = bisect_left(self._starts, end) - 1
        cue = self.cues[n] if n >= 0 else None
        if cue is None or cue.end <= start or (cue.start >= start and cue.end <= end):
            return None
        return cue if cue.start < start or cue.end > end else None

    def concepts(self, start: int, end: int) -> int:
        """The concepts of all cues within `start:end`; kept, because the figures of a sentence share them."""
        found = self._concepts.get((start, end))
        if found is None:
            found = self._concepts[start, end] = concepts_of(self.tagged.between(start, end))
        return found

    def sentence_at(self, at: int) -> int:
        """Index of the sentence that holds the character `at`."""
        return bisect_left(self._sentence_starts, at + 1) - 1


def concepts_of(cues: list[Cue]) -> int:
    """The concepts of all these cues, as bits."""
    told = 0
    for cue in cues:
        told |= cue.entry.concepts
    return told


def _by_kind(cues: list[Cue]) -> list[Cues]:
    """The cues of each of the KINDS."""
    kinds: list[list[Cue]] = [[] for _ in KINDS]
    for cue in cues:
        for kind in cue.entry.kinds:
            kinds[kind].append(cue)
    return [Cues(of_kind) for of_kind in kinds]


def _within_parts(cues: list[Cue], starts: list[int], padded: str) -> list[Cue]:
    """The cues, with those that reach over the start of a part looked for anew on either side of it: folding took the
    full stop of "... 16.146 biên chế. Số người làm việc ..." away, and the semicolon of "mức độ 3; mức độ 4 có ..."."""
    at, found = [cue.start for cue in cues], cues
    for start in reversed(starts):
        n = bisect_left(at, start) - 1
        if n >= 0 and cues[n].end > start:
            cue = cues[n]
            left = find_cues(padded[cue.start : start + 1])
            right = find_cues(padded[start : cue.end + 1] + " ")
            halves = [Cue(c.start + cue.start, c.end + cue.start, c.entry) for c in left]
            halves += [Cue(c.start + start, c.end + start, c.entry) for c in right]
            found = [*found[:n], *halves, *found[n + 1 :]]
    return found


def find_cues(padded: str) -> list[Cue]:
    """All known wordings in a folded text between two blanks, longest first where they overlap, as whole words."""
    automaton, entries = load_lexicon()
    return [
        Cue(start, end - 1, entries[index])
        for index, start, end in automaton.find_matches_as_indexes(padded)
        if padded[end] == " "
    ]


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences; a line break always ends one, a point only before a new beginning."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        mark, end = match.span()
        if text[mark] == "\n":
            if start < mark:  # most lines end with a sentence
                _add_sentence(spans, text, start, mark)
        else:
            if text[mark - 1] in _ABBREVIATED_ENDS:
                before = text[max(start, mark - 5) : mark + 1].lower()
                if before.rsplit(" ", 1)[-1] in _ABBREVIATED:
                    continue
            _add_sentence(spans, text, start, end)
        start = end
    _add_sentence(spans, text, start, len(text))
    return spans


def _add_sentence(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add what stands at `start:end` without the blanks around it, in pieces of at most LONGEST_SENTENCE."""
    while start < end:
        cut = end
        if end - start > LONGEST_SENTENCE:
            blank = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            cut = blank if blank > 0 else start + LONGEST_SENTENCE
        if piece := text[start:cut].lstrip():
            first = cut - len(piece)
            spans.append((first, first + len(piece.rstrip())))
        start = cut
