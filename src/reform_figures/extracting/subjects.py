"""Subjects: what a sentence reports with its number.

In: a `Slot` whose unit is known. Out: candidates (rule, subject), best first.
The rules are rows of `subject_rules.csv`: which units, which concepts together, which must be absent. They are
tried on ever wider stretches around the numeral - noun phrase, segment, clause, sentence, the sentence before,
paragraph, headline - and the first stretch that fires a rule decides: "tỷ lệ hồ sơ đúng hạn ... cấp xã là 99,56%"
(dossiers on time ... communes 99.56 %) has its concepts only at the stretch of the clause.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reform_figures.extracting.slot import Slot
from reform_figures.vocabulary import load_rows

VERB = -1
"""Reach of a rule that is tried first, on the segment: its verb says more than the noun ("kỷ luật 27 cán bộ")."""

STRETCHES = ("noun_phrase", "segment", "clause", "right", "sentence", "sentence_before", "paragraph", "headline")


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    all: frozenset[str]
    """concepts that the stretch must hold"""
    sentence: frozenset[str]
    """concepts that its sentence must hold"""
    context: frozenset[str]
    """concepts that sentence, paragraph, heading or headline must hold"""
    none: frozenset[str]
    narrowest: int
    widest: int
    subject: str


@cache
def load_subject_rules() -> dict[str, tuple[tuple[tuple[Rule, ...], ...], tuple[Rule, ...], frozenset[int]]]:
    """Unit → rules that may name the subject of a figure in that unit, in order: those of the noun by width, those of
    the verb; and the widths at which one begins."""
    by_unit = defaultdict(list)
    for row in load_rows("subject_rules"):
        narrowest, widest = (VERB, VERB) if row["reach"] == "first" else row["reach"].split("-")
        concepts = (frozenset(row[column].split()) for column in ("all", "sentence", "context", "none"))
        rule = Rule(row["rule"], *concepts, int(narrowest), int(widest), row["subject"])
        for unit in row["units"].split():
            by_unit[unit].append(rule)
    return {
        unit: (
            tuple(
                tuple(r for r in rules if r.narrowest != VERB and r.narrowest <= width <= r.widest)
                for width in range(len(STRETCHES))
            ),
            tuple(r for r in rules if r.narrowest == VERB),
            frozenset(r.narrowest for r in rules),
        )
        for unit, rules in by_unit.items()
    }


@cache
def load_subjects() -> dict[str, tuple[str, str]]:
    """Subject → (theme, nature: stock, flow or running)."""
    return {row["subject"]: (row["theme"], row["nature"]) for row in load_rows("subjects")}


@cache
def _defaults() -> dict[str, str]:
    return {row["unit"]: row["subject"] for row in load_rows("subject_defaults")}


# Of the concepts of one group only the nearest to the numeral speaks of it.
_EXCLUSIVE = (
    {"parindex", "sipas", "papi", "pci", "dti", "index"},
    {"gendept", "dept", "division", "provdept", "branch"},
    {"district", "commune", "village"},
    {"ontime", "late", "early"},
    {"done", "open"},
    {"answered", "pending", "needanswer"},
    {"receive", "resolve"},
)
_GROUP_OF = {tag: group for group in _EXCLUSIVE for tag in group}
_ORGANISATIONS = {"gendept", "dept", "provdept", "psu"}
_UNDER = re.compile(r"(?<!\w)thuộc\s+(?:các\s+)?\Z")
_LEFT_OUT = re.compile(r"(?<!\w)(?:chưa|không)\s+(?:tính|kể|bao\s+gồm)\s+(?:\w+\s+){0,2}\Z")
_NAMED_TAGS = {"parindex": "par_index", "sipas": "sipas", "papi": "papi", "pci": "pci"}
_NAMED_INDICES = frozenset(_NAMED_TAGS.values())
_AND = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_AMOUNTS_TO = re.compile(
    r"\W*(?:bằng|chiếm|tức|tương\s+đương(?:\s+với)?|tương\s+ứng(?:\s+với)?)\s+(?:hơn|gần|khoảng|trên|tới|đến|xấp\s+xỉ)?\s*"
)
_THIS_NUMBER = re.compile(
    r"(?:con\s+)?số\s+(?:lượng\s+)?(?:này|đó|trên|nêu\s+trên)|tỷ\s+lệ\s+(?:này|đó)|tỉ\s+lệ\s+(?:này|đó)|chỉ\s+số\s+này|trong\s+số\s+(?:này|đó)"
)


def subject_candidates(slot: Slot) -> Iterator[tuple[str, str]]:
    unit = slot.get("unit")
    rules, verbs, starts = load_subject_rules().get(unit, ((), (), frozenset()))
    seen: set[str] = set()
    known = -1
    sentence = _sentence_tags(slot)
    context = _context_tags(slot, sentence)
    if verbs:
        spoken = _spoken(slot, unit)
        for rule in verbs:
            if _fits(rule, spoken, sentence, context):
                yield rule.name, rule.subject
    before = slot.in_sentence
    if unit in _BODIES and before is not None and before.draft.rules["subject"].startswith("bodies_"):
        if _AND.fullmatch(slot.frame.low[before.noun_end : slot.numeral.start]):
            yield before.draft.rules["subject"], before.get("subject")
    if slot.in_sentence is not None and unit == "percent" and _AMOUNTS_TO.fullmatch(slot.segment):
        yield "amounts_to", slot.in_sentence.get("subject")
    earlier = -1
    for width, cues in _stretches(slot, unit):
        _add_tags(seen, cues, slot.numeral.start, slot.frame.scan.folded, nearest=width < 6)
        if earlier < 2 <= width:
            if slot.previous is not None and _THIS_NUMBER.search(slot.segment + slot.noun_phrase):
                yield "this_number", slot.previous.get("subject")
            if carried := _carried(slot, unit):
                yield carried
        if earlier < 5 <= width and (carried := _carried_over(slot, unit)):
            yield carried
        earlier = width
        size, known = known, len(seen)
        for rule in rules[width] if rules and (known != size or width in starts) else ():
            if rule.all <= seen and _fits(rule, seen, sentence, context):
                if rule.name == "index_named" and "component" in seen and (whole := _index_before(slot)):
                    yield "component_of", whole
                yield f"{rule.name}@{STRETCHES[width]}", rule.subject
    if slot.previous is not None and unit in (
        "percent",
        "percentage_point",
        "time",
        "other",
        slot.previous.get("unit"),
    ):
        yield "subject_before", slot.previous.get("subject")
    yield "unit_default", _defaults()[unit]


def _sentence_tags(slot: Slot) -> frozenset[str]:
    """Concepts of the sentence but for those it leaves out: "1.842 biên chế (chưa tính cấp xã)"."""
    frame, span = slot.frame, slot.sentence
    tags = frame.scan.tags(*span)
    if tags & {"communelevel"}:
        cues = [c for c in frame.scan.between(*span) if "communelevel" in c.entry.tags]
        if all(_LEFT_OUT.search(frame.low[max(0, c.start - 24) : c.start]) for c in cues):
            return tags - {"communelevel"}
    return tags


_BODIES = ("organisation", "admin_unit", "locality", "ministry")


def _spoken(slot: Slot, unit: str) -> frozenset[str]:
    """Concepts of the words that act on what is counted: before a count of people, on both sides of a count of bodies
    ("15/18 sở đã công bố dữ liệu mở" is about open data, not about departments)."""
    if unit not in _BODIES:
        before, start = slot.in_sentence, slot.segment_start
        if before is not None:  # "02 lớp tập huấn cho 145 công chức": the noun of the number before acts as well
            start = slot.frame.separator_before(slot.numeral.start, before.numeral.end)
        return slot.frame.scan.tags(start, slot.numeral.start)
    noun_end = slot.noun_end
    behind = [cue for cue in slot.np_cues if cue.start >= noun_end] + slot.right_cues
    return frozenset(tag for cue in slot.segment_cues + behind for tag in cue.entry.tags)


def _paragraph_before(slot: Slot) -> frozenset[str]:
    """Concepts of the paragraph before, of which "chỉ riêng 6 tháng đầu năm" (the first half alone) speaks too."""
    frame = slot.frame
    n = frame.line_index(slot.numeral.start)
    line = next(
        (other for other in reversed(frame.lines[max(0, n - 3) : n]) if other.role in ("body", "list_item")), None
    )
    if line is None or line.end - line.start > 6000:
        return frozenset()
    return frame.scan.tags(line.start, line.end)


def _add_tags(seen: set[str], cues: list, at: int, folded: str, nearest: bool) -> None:
    """Add the concepts of a stretch, the nearest of each exclusive group only (in the headline: the first)."""
    told = [c for c in cues if c.entry.tags]
    if nearest and len(told) > 1:
        told.sort(key=lambda c: min(abs(c.end - at), abs(c.start - at)))
    for cue in told:
        if cue.entry.tags & _ORGANISATIONS and _UNDER.search(folded[max(0, cue.start - 16) : cue.start]):
            continue  # "phòng thuộc các tổng cục" are divisions
        if _LEFT_OUT.search(folded[max(0, cue.start - 24) : cue.start]):
            continue  # "chưa tính cấp xã"
        for tag in cue.entry.tags:
            group = _GROUP_OF.get(tag)
            if group is None or not (seen & group) or cue.entry.tags & group & seen:
                seen.add(tag)


def _fits(rule: Rule, seen: set[str], sentence: set[str], context: set[str]) -> bool:
    told = rule.all <= seen and rule.sentence <= sentence and rule.context <= context
    return told and not (rule.none and rule.none & seen)


def _stretches(slot: Slot, unit: str) -> Iterator[tuple[int, list]]:
    """Width and cues of ever wider stretches; bodies that did something are told by what stands right of them."""
    noun = slot.draft.values.get("noun")
    if unit in ("locality", "ministry") or (unit in ("organisation", "admin_unit") and slot.numeral.kind == "fraction"):
        yield 0, slot.np_cues
        yield 1, slot.right_cues
        yield 2, slot.segment_cues
        yield from _leftwards(slot, slot.clause_start, 3)
    else:
        yield 0, ([noun] if noun is not None and noun.start < slot.numeral.start else []) + slot.np_cues
        yield 1, slot.segment_cues + slot.cell_cues
        yield from _leftwards(slot, slot.clause_start, 2)
        if noun is None or unit in ("document", "percent", "percentage_point", "time", "other"):
            yield 3, slot.right_cues
    frame = slot.frame
    head = frame.list_head(slot.numeral.start)
    yield from _leftwards(slot, slot.sentence[0], 4)
    yield 4, frame.scan.between(*head) if head[1] else []
    line = frame.line_at(slot.numeral.start)
    before = frame.scan.sentences[slot.sentence_index - 1] if slot.sentence_index else None
    same_line = before is not None and before[0] >= line.start
    yield 5, frame.scan.between(*before) if same_line else []
    yield 6, frame.scan.between(frame.paragraph_start(slot.numeral.start), slot.sentence[0])
    yield 7, _heading_cues(slot) + frame.scan.between(*frame.opening)


def _leftwards(slot: Slot, floor: int, width: int) -> Iterator[tuple[int, list]]:
    """The stretches between punctuation left of the segment, the nearest first."""
    frame, end = slot.frame, slot.segment_start
    yield width, []
    while end > floor:
        start = frame.separator_before(end - 1, floor)
        yield width, frame.scan.between(start, end)
        end = start


def _heading_cues(slot: Slot) -> list:
    return slot.frame.scan.between(*slot.frame.heading(slot.numeral.start))


def _context_tags(slot: Slot, sentence: frozenset[str]) -> frozenset[str]:
    """Concepts of the paragraph so far, of the heading, of the headline and of the sentence."""
    frame, scan = slot.frame, slot.frame.scan
    context = scan.tags(frame.paragraph_start(slot.numeral.start), slot.sentence[0])
    context |= scan.tags(*frame.heading(slot.numeral.start)) | scan.tags(*frame.title_span)
    if "portal" not in context and frame.first_tag("portal") < slot.numeral.start:
        # "qua Cổng": the portal that the article has named; or the paragraph before was about it
        if "cong" in sentence or (frame.home == "VN" and "portal" in _paragraph_before(slot)):
            context |= {"portal"}
    if frame.home not in ("VN", "MOHA"):  # a province speaks of its own portal unless it names the national one
        context -= {"portal"}
    return context | sentence


def _carried_over(slot: Slot, unit: str) -> tuple[str, str] | None:
    """The subject of the figure before in the same paragraph, where this sentence names none of its own."""
    before = slot.previous
    line = slot.frame.line_at(slot.numeral.start)
    if before is None or before.numeral.start < line.start or before.get("subject") in (None, "other"):
        return None
    if unit in ("percent", "percentage_point", "time", "other", before.get("unit")):
        return "carried_over", before.get("subject")
    return None


def _index_before(slot: Slot) -> str | None:
    """The named index that the paragraph speaks of, of which "chỉ số thành phần" is a part."""
    before = slot.previous
    start = slot.frame.paragraph_start(slot.numeral.start)
    while before is not None and before.numeral.start >= start:
        if before.get("subject") in _NAMED_INDICES:
            return before.get("subject")
        before = before.previous
    named = slot.frame.scan.tags(start, slot.numeral.start)
    return next((subject for tag, subject in _NAMED_TAGS.items() if tag in named), None)


def _carried(slot: Slot, unit: str) -> tuple[str, str] | None:
    """The subject of the figure before in the sentence, where this one restates or divides it."""
    before = slot.in_sentence
    if before is None or before.get("subject") is None:
        return None
    relative = unit in ("percent", "percentage_point", "time")
    if relative or unit == before.get("unit") or slot.draft.rules.get("unit") in ("carried", "nothing_counted"):
        return "carried", before.get("subject")
    return None
