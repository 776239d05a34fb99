"""Subject stretches: the ever wider stretches of text around a number, and the concepts that they tell.

In: a `Slot` whose unit is known. Out: (width, cues) from the noun phrase to the headline; the concepts told so far. In
"tỷ lệ hồ sơ trễ hạn giảm, hồ sơ đúng hạn đạt 99%" (late dossiers fell, those on time reached 99 %) "đúng hạn" is nearer
to the number than "trễ hạn", which excludes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reform_figures.extracting.lexicon import concept_bits
from reform_figures.extracting.scanning import Cue
from reform_figures.extracting.slot import Slot
from reform_figures.extracting.subject_carrying import RELATIVE
from reform_figures.extracting.subject_context import LEFT_OUT

# Of the concepts of one group only the nearest to the numeral speaks of it.
_EXCLUSIVE = (
    {"parindex", "sipas", "papi", "pci", "dti", "index"},
    {"gendept", "dept", "division", "provdept", "branch"},
    {"district", "commune", "village"},
    {"ontime", "late", "early"},
    {"done", "open"},
    {"answered", "pending", "needanswer"},
    {"receive", "resolve"},
    {"full", "partial"},
)
_GROUPS = tuple(map(concept_bits, _EXCLUSIVE))
_GROUPED = concept_bits(tag for group in _EXCLUSIVE for tag in group)
_ORGANISATIONS = concept_bits(("gendept", "dept", "provdept", "psu"))
_DOCUMENTS = concept_bits(("decree", "resolution", "circular", "law", "legaldoc"))
_CITED = re.compile(r" (?:số )?\d+[^%\w]")
_UNDER = re.compile(r"(?<!\w)thuộc\s+(?:các\s+)?\Z")
_PASSIVE = re.compile(r"(?:\s+[^\W\d]+){0,8}?\s+(?:được|bị)\s")
"""'19 thủ tục được cắt giảm thời gian': what was done to them is told behind."""

_TOLD_BEHIND = (*RELATIVE, "document", "vnd", "day")


def find_stretches(slot: Slot) -> Iterator[tuple[int, list[Cue]]]:
    """Width and telling cues of ever wider stretches; bodies that did something are told by what stands right of
    them."""
    unit, noun, tagged = slot.unit, slot.noun, slot.frame.scan.tagged
    if unit in ("locality", "ministry") or (unit in ("organisation", "admin_unit") and slot.numeral.kind == "fraction"):
        yield 0, tagged.between(slot.numeral.end, slot.np_end)
        yield 1, tagged.between(slot.np_end, slot.right_end)
        yield 2, tagged.between(slot.segment_start, slot.numeral.start)
        yield from _leftwards(slot, slot.clause_start, 3)
    else:
        right = tagged.between(slot.numeral.end, slot.np_end)
        if noun is not None and noun.entry.concepts and not slot.numeral.end <= noun.start <= noun.end <= slot.np_end:
            right = [noun, *right]
        yield 0, right
        left, cells = tagged.between(slot.segment_start, slot.numeral.start), slot.in_cells(tagged)
        yield 1, sorted(left + cells, key=lambda c: c.start) if cells else left
        yield from _leftwards(slot, slot.clause_start, 2)
        if noun is None or unit in _TOLD_BEHIND:
            yield 3, tagged.between(slot.np_end, slot.right_end)
        elif unit == "procedure" and _PASSIVE.match(slot.frame.low, slot.noun_end):
            yield 3, tagged.between(slot.np_end, slot.frame.separator_after(slot.np_end + 1, slot.right_end))
    frame, passage = slot.frame, slot.passage
    yield from _leftwards(slot, slot.sentence[0], 4)
    yield 4, passage.in_head(tagged)
    yield 5, passage.tags_before
    yield 6, tagged.between(slot.paragraph_start, slot.sentence[0])
    yield 7, tagged.between(*passage.heading) + frame.opening_tags


def _leftwards(slot: Slot, floor: int, width: int) -> Iterator[tuple[int, list[Cue]]]:
    """The stretches between punctuation left of the segment, the nearest first."""
    frame, end = slot.frame, slot.segment_start
    yield width, []
    while end > floor:
        start = frame.separator_before(end - 1, floor)
        yield width, frame.scan.tagged.between(start, end)
        end = start


def add_concepts(told: int, cues: list[Cue], at: int, low: str, nearest: bool) -> int:
    """Add the concepts of a stretch, the nearest of each exclusive group only (in the headline: the first)."""
    ordered: Iterable[Cue] = cues
    if nearest and len(cues) > 1:
        if cues[-1].end <= at:  # all left of the numeral
            ordered = reversed(cues)
        elif cues[0].start < at:  # on both sides
            ordered = sorted(cues, key=lambda c: min(abs(c.end - at), abs(c.start - at)))
    for cue in ordered:
        concepts, start = cue.entry.concepts, cue.start
        if not concepts & ~told or (concepts & _DOCUMENTS and _CITED.match(low, cue.end)):
            continue  # told already; "theo Nghị định số 107" tells by which decree
        before = low[start - 24 if start > 24 else 0 : start]
        if "thuộc" in before and concepts & _ORGANISATIONS and _UNDER.search(before[-16:]):
            continue  # "phòng thuộc các tổng cục" are divisions
        if ("chưa" in before or "không" in before) and LEFT_OUT.search(before):
            continue  # "chưa tính cấp xã"
        grouped = concepts & _GROUPED
        if grouped and told & _GROUPED:
            for group in _GROUPS:
                if grouped & group and told & group and not grouped & group & told:
                    concepts &= ~group
        told |= concepts
    return told
