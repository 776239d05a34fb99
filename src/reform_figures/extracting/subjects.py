"""Subjects: what a sentence reports with its number.

In: a `Slot` whose unit is known. Out: candidates (rule, subject), best first.
The rules are rows of `subject_rules.csv`: which units, which concepts together, which must be absent. They are
tried on ever wider stretches around the numeral - noun phrase, segment, clause, sentence, the sentence before,
paragraph, headline - and the first stretch that fires a rule decides: "tỷ lệ hồ sơ đúng hạn ... cấp xã là 99,56%"
(dossiers on time ... communes 99.56 %) has its concepts only at the stretch of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reform_figures.extracting.index_subjects import asked_for_index, index_before, own_index
from reform_figures.extracting.lexicon import concept_bits
from reform_figures.extracting.numeral_place import cue_starting_at
from reform_figures.extracting.scanning import Cue, concepts_of
from reform_figures.extracting.slot import Slot
from reform_figures.extracting.subject_carrying import (
    BODIES,
    RELATIVE,
    acts_until,
    bodies_as_before,
    carried,
    carried_over,
    counts_others,
    goes_on,
    has_moved,
)
from reform_figures.extracting.subject_context import holds_around, sentence_concepts
from reform_figures.extracting.subject_rules import (
    ACTING,
    CLAUSE,
    NO_RULES,
    SENTENCE,
    SENTENCE_BEFORE,
    STRETCHES,
    VERB,
    UnitRules,
    fitting_rules,
    load_subject_rules,
)
from reform_figures.extracting.subject_stretches import add_concepts, find_stretches
from reform_figures.vocabulary import load_rows


@cache
def load_subjects() -> dict[str, tuple[str, str]]:
    """Subject → (theme, nature: stock, flow or running)."""
    return {row["subject"]: (row["theme"], row["nature"]) for row in load_rows("subjects")}


@cache
def _defaults() -> dict[str, str]:
    return {row["unit"]: row["subject"] for row in load_rows("subject_defaults")}


_COMPONENT = concept_bits(["component"])
_MERGING = concept_bits(["merge"])
_ACTORS = ("organisation", "admin_unit")
_OF_OTHERS = (*BODIES, *RELATIVE)
_GOING_ON = (CLAUSE, SENTENCE, SENTENCE_BEFORE)
"""Widths before whose rows the figures before are asked."""

_OF_THOSE = re.compile(r"(?:\s+[^\W\d]+){0,5}?\s+(?:của|tại|ở|thuộc)\s+(?:(?:hơn|gần|khoảng|trên|cả|toàn\s+bộ)\s+)?")
"""'1.612 thủ tục của 19 sở': the bodies whose procedures they are."""

_AND = re.compile(r"\s*(?:,|và|,\s*và|,?\s*(?:trong\s+đó\s+có|trong\s+đó|bao\s+gồm|gồm))\s*(?:có\s+)?")
_PLACED = re.compile(r"(?<!\w)(?:tập\s+trung|xảy\s+ra|phát\s+sinh)\s+(?:chủ\s+yếu\s+|nhiều\s+)?(?:ở|tại|vào)\s+\Z")
_AMOUNTS_TO = re.compile(
    r"\W*(?:bằng|chiếm|tức|tương\s+đương(?:\s+với)?|tương\s+ứng(?:\s+với)?)\s+(?:giảm\s+|tăng\s+)?(?:hơn|gần|khoảng|trên|tới|đến|"
    r"xấp\s+xỉ)?\s*"
)
_THIS_NUMBER = re.compile(
    r"(?:con\s+)?số\s+(?:lượng\s+)?(?:này|đó|trên|nêu\s+trên)|tỷ\s+lệ\s+(?:này|đó)|tỉ\s+lệ\s+(?:này|đó)|"
    r"chỉ\s+số\s+này|số\s+(?:dịch\s+vụ|hồ\s+sơ|thủ\s+tục|tài\s+khoản|giao\s+dịch|đơn\s+vị)\s+(?:này|nêu\s+trên)|trong\s+số\s+(?:này|đó)|(?:số|tỷ\s+lệ)\s+ấy|con\s+số\s+(?:đã|mới|chỉ)\s+(?:là|lên|đạt)"
)


def subject_candidates(slot: Slot) -> Iterator[tuple[str, str]]:
    """What the index rules say of an index told, else what the rows of the table do."""
    if (asked := asked_for_index(slot)) is not None:
        yield asked
    by_rows = _by_rows(slot, load_subject_rules().get(slot.unit, NO_RULES))
    first = next(by_rows)
    if (own := own_index(slot, first[1])) is not None:
        yield own
    yield first
    yield from by_rows


def _by_rows(slot: Slot, rules: UnitRules) -> Iterator[tuple[str, str]]:
    """What the verb says, the number before, the rows of the table for ever wider stretches, and the default."""
    yield from _by_verb(slot, rules)
    yield from _of_the_one_before(slot)
    yield from _of_what_bodies_did(slot)
    if slot.in_sentence is not None and has_moved(slot, slot.in_sentence):
        yield "moved", slot.in_sentence.subject
    yield from _by_stretches(slot, rules)
    if slot.unit in BODIES:
        yield from bodies_as_before(slot)
    previous = slot.previous
    if previous is not None:
        if slot.unit in RELATIVE or (slot.unit == previous.unit and not counts_others(slot, previous)):
            yield "subject_before", previous.subject
    yield "unit_default", _defaults()[slot.unit]


def _by_verb(slot: Slot, rules: UnitRules) -> Iterator[tuple[str, str]]:
    """What the rules say that are tried first, on the words that act on what is counted."""
    acting = slot.unit
    if acting == "percent" and (noun := cue_starting_at(slot.frame, slot.numeral.end)) is not None:
        if noun.entry.unit in _ACTORS:  # "100% xã": what they do counts, as of a number of them
            acting = noun.entry.unit
            rules = load_subject_rules()[acting]
    if rules.verbs:
        for spoken in _spoken(slot, acting):
            for rule in fitting_rules(acting, VERB, spoken & rules.verbs_asked):
                if holds_around(rule, slot):
                    yield rule.name, rule.subject


def _of_the_one_before(slot: Slot) -> Iterator[tuple[str, str]]:
    """The subject of the number before in the sentence, where the words between join the two."""
    unit, before = slot.unit, slot.in_sentence
    if unit in BODIES and before is not None:
        joint = slot.frame.low[before.noun_end : slot.numeral.start]
        if before.unit in BODIES and before.theme not in ("units", "other") and _AND.fullmatch(joint):
            yield before.rules["subject"], before.subject
        elif _PLACED.search(joint) and before.subject != "other":
            yield "bodies_where", before.subject  # "còn 23 nhiệm vụ quá hạn, tập trung ở 5 sở"
        elif before.theme != "units" and before.unit not in _OF_OTHERS and _OF_THOSE.fullmatch(joint):
            yield "of_those", before.subject
    if before is not None and unit == "percent" and _AMOUNTS_TO.fullmatch(slot.segment):
        yield "amounts_to", before.subject


def _of_what_bodies_did(slot: Slot) -> Iterator[tuple[str, str]]:
    """What organisations or administrative units did, or are told a rate of."""
    noun = slot.noun
    if slot.unit not in _ACTORS or noun is None:
        return
    if slot.told_at_a_rate:
        if "lệ này" in slot.frame.low[slot.noun_end : slot.right_end]:
            yield from bodies_as_before(slot)
        if not _spoken(slot, slot.unit)[-1] & ~noun.entry.concepts:
            yield from bodies_as_before(slot)
    if end := acts_until(slot):
        yield from _of_acting(slot, noun, end)


def _of_acting(slot: Slot, noun: Cue, end: int) -> Iterator[tuple[str, str]]:
    """What the bodies that the noun names did up to `end`, where it is more than to be rearranged."""
    own, tagged = noun.entry.concepts, slot.frame.scan.tagged
    did = concepts_of(tagged.between(slot.noun_end, end)) & ~own
    if did and not did & _MERGING:
        for rule in (*fitting_rules(ACTING, VERB, did), *fitting_rules("locality", SENTENCE, did)):
            if holds_around(rule, slot):
                yield rule.name, rule.subject
    elif not _spoken(slot, slot.unit)[-1] & ~own:
        yield from bodies_as_before(slot)  # "3/11 huyện vượt mức 30%" is no count of districts


def _by_stretches(slot: Slot, rules: UnitRules) -> Iterator[tuple[str, str]]:
    """What the rows say of the concepts told so far, and before the rows of some widths what goes on from before."""
    unit, at, low = slot.unit, slot.numeral.start, slot.frame.low
    told, reached, tried = 0, -1, -1
    for width, cues in find_stretches(slot):
        if cues:
            told = add_concepts(told, cues, at, low, nearest=width < 6)
        if width != reached:
            reached = width
            if width in _GOING_ON:
                yield from _going_on(slot, width)
        if told == tried and width not in rules.starts:
            continue
        tried = told
        for rule in fitting_rules(unit, width, told & rules.asked[width]) if rules.by_width[width] else ():
            if holds_around(rule, slot):
                if rule.subject == "index_other" and told & _COMPONENT and (whole := index_before(slot)):
                    yield "component_of", whole
                yield f"{rule.name}@{STRETCHES[width]}", rule.subject


def _going_on(slot: Slot, width: int) -> Iterator[tuple[str, str]]:
    """What the number shares with one before it, to be asked before the rows for a stretch of this width."""
    if width == CLAUSE:
        if slot.previous is not None and _of_this_number(slot):
            yield _this_number(slot, slot.previous)
        if not _names_another(slot) and (same := carried(slot)):
            yield same
    elif width == SENTENCE:
        if counted := goes_on(slot, sentence_concepts(slot)):
            yield "goes_on", counted.subject
    else:
        if same := carried_over(slot):
            yield same
        before = slot.in_sentence
        if slot.unit == "rank" and before is not None and before.subject != "other":
            yield "ranked_by", before.subject  # "đạt 68,14%, lên vị trí thứ 14": the place in that rate


def _of_this_number(slot: Slot) -> bool:
    words = slot.segment + slot.frame.low[slot.numeral.end : slot.np_end]
    return (
        "này" in words or "đó" in words or "trên" in words or "ấy" in words or "con số" in words
    ) and _THIS_NUMBER.search(words) is not None


def _this_number(slot: Slot, previous: Slot) -> tuple[str, str]:
    """What "tỷ lệ này" (this rate) is of: the sentence before, where it tells a rate without its number, else the
    figure before."""
    if previous.sentence_index < slot.sentence_index - 1 and (told := concepts_of(slot.passage.tags_before)):
        asked = load_subject_rules()[slot.unit].asked[SENTENCE]
        for rule in fitting_rules(slot.unit, SENTENCE, told & asked):
            if holds_around(rule, slot):
                return f"this_number_{rule.name}", rule.subject
    return "this_number", previous.subject


def _spoken(slot: Slot, unit: str) -> tuple[int, ...]:
    """Concepts of the words that act on what is counted: before a count of people, on both sides of a count of bodies
    ("15/18 sở đã công bố dữ liệu mở" is about open data, not about departments), the nearer ones first."""
    tagged, at = slot.frame.scan.tagged, slot.numeral.start
    if unit not in BODIES:
        before, start = slot.in_sentence, slot.segment_start
        if before is not None:  # "02 lớp tập huấn cho 145 công chức": the noun of the number before acts as well
            start = slot.frame.separator_before(at, before.numeral.end)
        return (concepts_of(tagged.between(start, at)),)
    np_end = slot.np_end
    near = concepts_of(tagged.between(slot.segment_start, at)) | concepts_of(tagged.between(slot.noun_end, np_end))
    return near, near | concepts_of(tagged.between(np_end, slot.right_end))


def _names_another(slot: Slot) -> bool:
    """True where the words since the number before name a subject of their own behind a semicolon: "biên chế hành chính
    giảm 8,7%; biên chế sự nghiệp giảm 7,6%"."""
    before, start = slot.in_sentence, slot.clause_start
    if before is None or start <= before.numeral.end:
        return False
    told = concepts_of(slot.frame.scan.tagged.between(start, slot.numeral.start))
    if not told or not load_subject_rules().get(slot.unit, NO_RULES).by_width[CLAUSE]:
        return False
    return any(r.subject != "other" and holds_around(r, slot) for r in fitting_rules(slot.unit, CLAUSE, told))
