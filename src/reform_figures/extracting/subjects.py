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
from reform_figures.extracting.scanning import Cue
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
from reform_figures.extracting.subject_rules import (
    ACTING,
    NO_RULES,
    STRETCHES,
    VERB,
    Rule,
    fitting_rules,
    load_subject_rules,
)
from reform_figures.vocabulary import load_rows


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
    {"full", "partial"},
)
_GROUPS = tuple(map(concept_bits, _EXCLUSIVE))
_GROUPED = concept_bits(tag for group in _EXCLUSIVE for tag in group)
_ORGANISATIONS = concept_bits(("gendept", "dept", "provdept", "psu"))
_COMMUNES = concept_bits(["communelevel"])
_MERGING = concept_bits(["merge"])
_DOCUMENTS = concept_bits(("decree", "resolution", "circular", "law", "legaldoc"))
_CITED = re.compile(r" (?:số )?\d+[^%\w]")
_COMPONENT = concept_bits(["component"])
_PORTAL = concept_bits(["portal"])
_THE_PORTAL = concept_bits(["cong"])
_UNDER = re.compile(r"(?<!\w)thuộc\s+(?:các\s+)?\Z")
_LEFT_OUT = re.compile(r"(?<!\w)(?:chưa|không)\s+(?:tính|kể|bao\s+gồm)\s+(?:\w+\s+){0,2}\Z")
_OF_THE_PORTAL = frozenset(("portal_service", "portal_account", "portal_payment", "portal_dossier_online"))
_TOLD_BEHIND = (*RELATIVE, "document", "vnd", "day")
_OF_THOSE = re.compile(r"(?:\s+[^\W\d]+){0,5}?\s+(?:của|tại|ở|thuộc)\s+(?:(?:hơn|gần|khoảng|trên|cả|toàn\s+bộ)\s+)?")
"""'1.612 thủ tục của 19 sở': the bodies whose procedures they are."""

_PASSIVE = re.compile(r"(?:\s+[^\W\d]+){0,8}?\s+(?:được|bị)\s")
"""'19 thủ tục được cắt giảm thời gian': what was done to them is told behind."""

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
    by_rows = _by_rows(slot)
    first = next(by_rows)
    if (own := own_index(slot, first[1])) is not None:
        yield own
    yield first
    yield from by_rows


def _by_rows(slot: Slot) -> Iterator[tuple[str, str]]:
    unit, before = slot.unit, slot.in_sentence
    by_width, asked, verbs, verbs_asked, starts = load_subject_rules().get(unit, NO_RULES)
    acting = unit
    if unit == "percent" and (noun := cue_starting_at(slot.frame, slot.numeral.end)) is not None:
        if noun.entry.unit in ("organisation", "admin_unit"):  # "100% xã": what they do counts, as of a number of them
            acting = noun.entry.unit
            _, _, verbs, verbs_asked, _ = load_subject_rules()[acting]
    if verbs:
        for spoken in _spoken(slot, acting):
            for rule in fitting_rules(acting, VERB, spoken & verbs_asked):
                if _holds_around(rule, slot):
                    yield rule.name, rule.subject
    if unit in BODIES and before is not None:
        joint = slot.frame.low[before.noun_end : slot.numeral.start]
        if before.unit in BODIES and before.theme not in ("units", "other") and _AND.fullmatch(joint):
            yield before.rules["subject"], before.subject
        elif _PLACED.search(joint) and before.subject != "other":
            yield "bodies_where", before.subject  # "còn 23 nhiệm vụ quá hạn, tập trung ở 5 sở"
        elif before.theme != "units" and before.unit not in (*BODIES, *RELATIVE) and _OF_THOSE.fullmatch(joint):
            yield "of_those", before.subject
    if before is not None and unit == "percent" and _AMOUNTS_TO.fullmatch(slot.segment):
        yield "amounts_to", before.subject
    if unit in ("organisation", "admin_unit") and slot.noun is not None:
        if slot.told_at_a_rate and "lệ này" in slot.frame.low[slot.noun_end : slot.right_end]:
            yield from bodies_as_before(slot)
        if slot.told_at_a_rate and not _spoken(slot, unit)[-1] & ~slot.noun.entry.concepts:
            yield from bodies_as_before(slot)
        if end := acts_until(slot):
            yield from _of_acting(slot, unit, end)
    if has_moved(slot):
        yield "moved", before.subject
    told, earlier, tried = 0, -1, -1
    for width, cues in _stretches(slot, unit):
        if cues:
            told = _add_concepts(told, cues, slot.numeral.start, slot.frame.low, nearest=width < 6)
        if width != earlier:
            if earlier < 2 <= width:
                if slot.previous is not None and _of_this_number(slot):
                    yield _this_number(slot, unit)
                if not _names_another(slot, unit) and (same := carried(slot, unit)):
                    yield same
            if earlier < 4 <= width and (counted := goes_on(slot, _sentence_concepts(slot))):
                yield "goes_on", counted.subject
            if earlier < 5 <= width and (same := carried_over(slot, unit)):
                yield same
            if (
                earlier < 5 <= width
                and unit == "rank"
                and slot.in_sentence is not None
                and slot.in_sentence.subject != "other"
            ):
                yield "ranked_by", slot.in_sentence.subject  # "đạt 68,14%, lên vị trí thứ 14": the place in that rate
            earlier = width
        if told == tried and width not in starts:
            continue
        tried = told
        for rule in fitting_rules(unit, width, told & asked[width]) if by_width[width] else ():
            if _holds_around(rule, slot):
                if rule.subject == "index_other" and told & _COMPONENT and (whole := index_before(slot)):
                    yield "component_of", whole
                yield f"{rule.name}@{STRETCHES[width]}", rule.subject
    if unit in BODIES:
        yield from bodies_as_before(slot)
    previous = slot.previous
    if previous is not None and (unit in RELATIVE or (unit == previous.unit and not counts_others(slot, previous))):
        yield "subject_before", slot.previous.subject
    yield "unit_default", _defaults()[unit]


def _of_acting(slot: Slot, unit: str, end: int) -> Iterator[tuple[str, str]]:
    """What bodies did, where it is more than to be rearranged."""
    own, tagged = slot.noun.entry.concepts, slot.frame.scan.tagged
    did = _told(tagged.between(slot.noun_end, end)) & ~own
    if did and not did & _MERGING:
        for rule in (*fitting_rules(ACTING, VERB, did), *fitting_rules("locality", 4, did)):
            if _holds_around(rule, slot):
                yield rule.name, rule.subject
    elif not _spoken(slot, unit)[-1] & ~own:
        yield from bodies_as_before(slot)  # "3/11 huyện vượt mức 30%" is no count of districts


def _of_this_number(slot: Slot) -> bool:
    words = slot.segment + slot.frame.low[slot.numeral.end : slot.np_end]
    return (
        "này" in words or "đó" in words or "trên" in words or "ấy" in words or "con số" in words
    ) and _THIS_NUMBER.search(words) is not None


def _this_number(slot: Slot, unit: str) -> tuple[str, str]:
    """What "tỷ lệ này" (this rate) is of: the sentence before, where it tells a rate without its number, else the
    figure before."""
    if slot.previous.sentence_index < slot.sentence_index - 1:
        told = _told(slot.passage.tags_before)
        for rule in fitting_rules(unit, 4, told & load_subject_rules()[unit][1][4]) if told else ():
            if _holds_around(rule, slot):
                return f"this_number_{rule.name}", rule.subject
    return "this_number", slot.previous.subject


def _holds_around(rule: Rule, slot: Slot) -> bool:
    """True where the sentence and what stands around it hold what the rule asks of them."""
    if not (rule.sentence or rule.context or rule.absent):
        return True
    told = _sentence_concepts(slot)
    if rule.sentence & ~told or rule.absent & told:
        return False
    if rule.context & _PORTAL and slot.frame.home not in ("VN", "MOHA") and not slot.frame.is_about_the_portal:
        if not (_clause_concepts(slot) & _PORTAL or _in_list_of_the_portal(slot) or _after_the_portal(slot)):
            return False  # a province speaks of its own portal unless the clause names the national one
    asked = rule.context & ~told
    return not (asked and asked & ~_context_concepts(slot, told, asked))


def _sentence_concepts(slot: Slot) -> int:
    """Concepts of the sentence but for those it leaves out: "1.842 biên chế (chưa tính cấp xã)"."""
    frame, span = slot.frame, slot.sentence
    told = frame.scan.concepts(*span)
    if told & _COMMUNES:
        cues = [c for c in frame.scan.tagged.between(*span) if c.entry.concepts & _COMMUNES]
        if all(_LEFT_OUT.search(frame.low[max(0, c.start - 24) : c.start]) for c in cues):
            return told & ~_COMMUNES
    return told


def _in_list_of_the_portal(slot: Slot) -> int:
    """ "Cổng ghi nhận:" (the portal counts:) opens a list of what the portal does."""
    head = slot.passage.head
    return slot.frame.scan.concepts(*head) & (_PORTAL | _THE_PORTAL) if head[1] else 0


def _after_the_portal(slot: Slot) -> bool:
    """True where the figure before in this paragraph was one of the portal."""
    before = slot.previous
    return before is not None and before.subject in _OF_THE_PORTAL and before.numeral.start >= slot.passage.line.start


def _clause_concepts(slot: Slot) -> int:
    return slot.frame.scan.concepts(slot.clause_start, slot.clause_end)


def _spoken(slot: Slot, unit: str) -> tuple[int, ...]:
    """Concepts of the words that act on what is counted: before a count of people, on both sides of a count of bodies
    ("15/18 sở đã công bố dữ liệu mở" is about open data, not about departments), the nearer ones first."""
    tagged, at = slot.frame.scan.tagged, slot.numeral.start
    if unit not in BODIES:
        before, start = slot.in_sentence, slot.segment_start
        if before is not None:  # "02 lớp tập huấn cho 145 công chức": the noun of the number before acts as well
            start = slot.frame.separator_before(at, before.numeral.end)
        return (_told(tagged.between(start, at)),)
    np_end = slot.np_end
    near = _told(tagged.between(slot.segment_start, at)) | _told(tagged.between(slot.noun_end, np_end))
    return near, near | _told(tagged.between(np_end, slot.right_end))


def _told(cues: list[Cue]) -> int:
    told = 0
    for cue in cues:
        told |= cue.entry.concepts
    return told


def _paragraph_before(slot: Slot) -> int:
    """Concepts of the paragraph before, of which "chỉ riêng 6 tháng đầu năm" (the first half alone) speaks too."""
    frame = slot.frame
    n = slot.passage.line_index
    line = next(
        (other for other in reversed(frame.lines[max(0, n - 3) : n]) if other.role in ("body", "list_item")), None
    )
    if line is None or line.end - line.start > 6000:
        return 0
    return frame.scan.concepts(line.start, line.end)


def _add_concepts(told: int, cues: list[Cue], at: int, low: str, nearest: bool) -> int:
    """Add the concepts of a stretch, the nearest of each exclusive group only (in the headline: the first)."""
    if nearest and len(cues) > 1:
        if cues[-1].end <= at:  # all left of the numeral
            cues = reversed(cues)
        elif cues[0].start < at:  # on both sides
            cues = sorted(cues, key=lambda c: min(abs(c.end - at), abs(c.start - at)))
    for cue in cues:
        concepts, start = cue.entry.concepts, cue.start
        if concepts & _DOCUMENTS and _CITED.match(low, cue.end):
            continue  # "theo Nghị định số 107" tells by which decree
        before = low[start - 24 if start > 24 else 0 : start]
        if "thuộc" in before and concepts & _ORGANISATIONS and _UNDER.search(before[-16:]):
            continue  # "phòng thuộc các tổng cục" are divisions
        if ("chưa" in before or "không" in before) and _LEFT_OUT.search(before):
            continue  # "chưa tính cấp xã"
        grouped = concepts & _GROUPED
        if grouped and told & _GROUPED:
            for group in _GROUPS:
                if grouped & group and told & group and not grouped & group & told:
                    concepts &= ~group
        told |= concepts
    return told


def _stretches(slot: Slot, unit: str) -> Iterator[tuple[int, list[Cue]]]:
    """Width and telling cues of ever wider stretches; bodies that did something are told by what stands right of
    them."""
    noun, tagged = slot.noun, slot.frame.scan.tagged
    if unit in ("locality", "ministry") or (unit in ("organisation", "admin_unit") and slot.numeral.kind == "fraction"):
        yield 0, tagged.between(slot.numeral.end, slot.np_end)
        yield 1, tagged.between(slot.np_end, slot.right_end)
        yield 2, tagged.between(slot.segment_start, slot.numeral.start)
        yield from _leftwards(slot, slot.clause_start, 3)
    else:
        right = tagged.between(slot.numeral.end, slot.np_end)
        outside = noun is not None and not (slot.numeral.end <= noun.start and noun.end <= slot.np_end)
        yield 0, [noun, *right] if outside and noun.entry.concepts else right
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


def _leftwards(slot: Slot, floor: int, width: int) -> Iterator[tuple[int, list]]:
    """The stretches between punctuation left of the segment, the nearest first."""
    frame, end = slot.frame, slot.segment_start
    yield width, []
    while end > floor:
        start = frame.separator_before(end - 1, floor)
        yield width, frame.scan.tagged.between(start, end)
        end = start


def _context_concepts(slot: Slot, sentence: int, asked: int) -> int:
    """Concepts of the paragraph so far, of the heading and of the headline; the portal where it is asked for."""
    frame, scan, at = slot.frame, slot.frame.scan, slot.numeral.start
    context = scan.concepts(slot.paragraph_start, slot.sentence[0])
    context |= scan.concepts(*slot.passage.heading) | scan.concepts(*frame.title_span)
    if not asked & _PORTAL:
        return context
    if not context & _PORTAL and frame.first_tag("portal") < at:
        # "qua Cổng": the portal that the article has named; or the paragraph before was about it
        if sentence & _THE_PORTAL or (frame.home == "VN" and _paragraph_before(slot) & _PORTAL):
            context |= _PORTAL
    return context


def _names_another(slot: Slot, unit: str) -> bool:
    """True where the words since the number before name a subject of their own behind a semicolon: "biên chế hành chính
    giảm 8,7%; biên chế sự nghiệp giảm 7,6%"."""
    before, start = slot.in_sentence, slot.clause_start
    if before is None or start <= before.numeral.end:
        return False
    told = _told(slot.frame.scan.tagged.between(start, slot.numeral.start))
    by_width, _, _, _, _ = load_subject_rules().get(unit, NO_RULES)
    if not told or not by_width[2]:
        return False
    return any(r.subject != "other" and _holds_around(r, slot) for r in fitting_rules(unit, 2, told))
