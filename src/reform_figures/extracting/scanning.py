"""Scanning: one pass over an article that marks every known wording, sentence and paragraph.

In: text (NFC). Out: `Cue`s - a span and the vocabulary rows that its wording has - and sentence spans.
In "Tại địa phương tiếp tục giảm 711 tổ chức phòng" (the localities shed another 711 divisions) the cues are
"tại địa phương" (scope), "giảm" (direction) and "tổ chức phòng" (unit and subject).

The longest wording wins where several start together, and it keeps what its first word says: Vietnamese
phrases have their head first, so "tổ chức phòng" may leave its unit to "tổ chức".
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from reform_figures.vocabulary import load_rows

_NOT_WORD = re.compile(r"[^\w ]")
_PUNCTUATION = ",.\n/;\u00a0:-%()“”–\"'?!+…&•*[]|"
# Vietnamese capitals lie between the small letters in Unicode, so that no range holds them: they are listed.
LONGEST_SENTENCE = 2500
"""Characters; what has no end by then is cut at a blank, so that time stays linear in any text. The longest sentence
of the twelve gold articles has 2,300."""

UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and c.lower() != c)
# It starts with one character's class, because `re` looks for that alone quickly; what it was decides how to go on.
_SENTENCE_END = re.compile(rf"[\n.!?…](?:(?<=\n)\n*|(?<!\n)[.!?…]*[\"”’)\]]*(?=\s+[{UPPER}\d“\"(\-–+•]|\s*(?:\n|\Z)))")
_ABBREVIATED = ("tp.", "th.s", "ts.", "pgs.", "gs.", "bs.", "ths.", "tx.", "tt.", "p.", "q.", "st.", "mr.", "ks.")
_ABBREVIATED_ENDS = {letter for word in _ABBREVIATED for letter in (word[-2], word[-2].upper())}


@dataclass(slots=True)
class Entry:
    """What the vocabulary says of one wording; empty fields say nothing."""

    form: str
    unit: str = ""
    tags: frozenset[str] = frozenset()
    area: tuple[str, str, str] | None = None
    """kind (scope, province, body), code, tier"""
    hedge: tuple[str, str] | None = None
    direction: tuple[str, str] | None = None
    status: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    """side (before, after) → reason"""
    concepts: int = 0
    """its tags as bits, see `concept_bits`"""
    kinds: tuple[int, ...] = ()
    """places in `KINDS` of the fields that are not empty"""


KINDS = ("unit", "tags", "area", "hedge", "direction", "status")
"""Fields of an `Entry` by which the cues of an article are kept apart: most rules look for one of them only."""

_BITS: dict[str, int] = {}


def concept_bits(tags: Iterable[str]) -> int:
    """Concepts as bits of one number, so that sets of them are joined and compared in one step."""
    bits = 0
    for tag in tags:
        bits |= _BITS.setdefault(tag, 1 << len(_BITS))
    return bits


@dataclass(slots=True)
class Cue:  # not frozen: thousands are made an article, and a frozen one takes three times as long
    start: int
    end: int
    entry: Entry


def fold(text: str, lowered: str | None = None) -> str:
    """Lower case with everything but letters, digits and blanks turned into blanks; same length as `text`.

    `lowered` is `text.lower()` where it is at hand.
    """
    low = text.lower() if lowered is None else lowered
    if len(low) != len(text):  # a few letters grow when lowered (İ): keep those as they are
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for mark in _PUNCTUATION:  # a tenth of the time that the regular expression takes, which is for what is left
        low = low.replace(mark, " ")
    # blanks made letters, not taken out: a replacement of the same length is ten times as fast
    return low if low.replace(" ", "a").isalnum() else _NOT_WORD.sub(" ", low)


def _fold_form(form: str) -> str:
    return fold(form.strip())


@cache
def load_lexicon() -> tuple[AhoCorasick, list[Entry]]:
    """The automaton over all folded wordings and the entry of each."""
    entries: dict[str, Entry] = {}

    def entry(form: str) -> Entry:
        folded = _fold_form(form)
        return entries.setdefault(folded, Entry(folded))

    for row in load_rows("compounds"):  # words that only contain a term: "cơ bản" (basic) is no "bản" (hamlet)
        entry(row["form"])
    for row in load_rows("terms"):
        e = entry(row["form"])
        e.unit, e.tags = row["unit"], frozenset(row["tags"].split())
    for row in load_rows("scopes"):
        e = entry(row["form"])
        e.area = ("scope", row["area"], row["tier"]) if row["area"] else None
    for row in load_rows("bodies"):
        entry(row["form"]).area = ("body", row["area"], "central")
    for row in load_rows("provinces"):
        for name in (row["name"], *filter(None, row["other_names"].split(";"))):
            for form in (name, f"tỉnh {name}", f"thành phố {name}"):
                entry(form).area = ("province", row["code"], "")
    for row in load_rows("hedges"):
        entry(row["form"]).hedge = (row["bound"], row["side"])
    for row in load_rows("directions"):
        entry(row["form"]).direction = (row["direction"], row["kind"])
    for row in load_rows("statuses"):
        entry(row["form"]).status = row["status"]
    for row in load_rows("labels"):
        entry(row["form"]).labels[row["side"]] = row["reason"]
    _inherit_heads(entries)
    _inherit_concepts(entries)
    for e in entries.values():
        e.concepts = concept_bits(e.tags)
        e.kinds = tuple(n for n, name in enumerate(KINDS) if getattr(e, name))
    # not as a DFA, which is faster by itself and slows all else: it crowds the processor's cache
    automaton = AhoCorasick([" " + form for form in entries], matchkind=MatchKind.LeftmostLongest)
    return automaton, list(entries.values())


def _inherit_heads(entries: dict[str, Entry]) -> None:
    """A longer wording takes the unit, direction, status and hedge of its head where it has none of its own."""
    for form, e in entries.items():
        words = form.split(" ")
        for cut in range(len(words) - 1, 0, -1):
            head = entries.get(" ".join(words[:cut]).rstrip())
            if head is None:
                continue
            named = e.area is not None and (e.area[0] != "scope" or e.area[1] in ("NATIONAL", "HOMEBODY"))
            if not named and not e.unit and not e.tags and e.area is None:
                break
            if not e.unit and not named and (e.tags or e.area) and head.unit != "vnd":
                e.unit = head.unit  # "đồng bộ" (to synchronise) is no sort of "đồng"
            break


def _inherit_concepts(entries: dict[str, Entry]) -> None:
    """A wording of another table ("chuyển sang tự đảm bảo") keeps the concepts of the terms within it."""
    terms = {f: e for f, e in entries.items() if e.tags}
    for form, e in entries.items():
        if e.tags or e.area or not (e.direction or e.status or e.hedge):
            continue
        words = form.split(" ")
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                inner = terms.get(" ".join(words[start:end]))
                if inner is not None:
                    e.tags |= inner.tags
                    break


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
        self.cues = _within_sentences(find_cues(self.padded), self._sentence_starts, self.padded)
        self._all = Cues(self.cues)
        self.between = self._all.between
        self._starts = self._all.starts
        self.units, self.tagged, self.areas, self.hedges, self.directions, self.statuses = _by_kind(self.cues)
        self._concepts: dict[tuple[int, int], int] = {}

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
            found = 0
            for cue in self.tagged.between(start, end):
                found |= cue.entry.concepts
            self._concepts[start, end] = found
        return found

    def sentence_at(self, at: int) -> int:
        """Index of the sentence that holds the character `at`."""
        return bisect_left(self._sentence_starts, at + 1) - 1


def _by_kind(cues: list[Cue]) -> list[Cues]:
    """The cues of each of the KINDS."""
    kinds: list[list[Cue]] = [[] for _ in KINDS]
    for cue in cues:
        for kind in cue.entry.kinds:
            kinds[kind].append(cue)
    return [Cues(of_kind) for of_kind in kinds]


def _within_sentences(cues: list[Cue], starts: list[int], padded: str) -> list[Cue]:
    """The cues, with those that reach over the start of a sentence looked for anew on either side of it: folding took
    the full stop of "... 16.146 biên chế. Số người làm việc ..." away."""
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
    spans, start = [], 0
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
