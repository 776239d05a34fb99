"""Units: what a numeral counts.

In: a `Slot`. Out: candidates (rule, (unit, cue of the noun or None)), best first.
The noun right of the numeral decides ("711 tổ chức phòng", 711 divisions); where none stands there, the noun that
the sentence counts on its left ("số cục lại tăng 7", the number of departments rose by 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reform_figures.extracting.rejecting import cue_starting_at
from reform_figures.extracting.slot import Slot, is_earlier_state

_RANKED = re.compile(
    r"(?:(?<!sắp )xếp|đứng|vị\s+trí|thứ|hạng|hạng\s+thứ)(?:\s+(?:thứ|hạng|vị\s+trí|ở|vị|thứ\s+hạng|số))*\s*$"
)
_UNKNOWN_NOUN = re.compile(r"[\s\u00a0]+[a-zà-ỹđ]")
_NO_NOUN = re.compile(
    r"[\s\u00a0]+(?:và|so|trong|với|của|tại|ở|là|do|để|thì|đã|được|đến|năm|vào|từ|trên|theo|cho|mà|nhưng|còn|như|có|"
    r"tương|đạt|chiếm|bằng|tăng|giảm|lên|xuống|thuộc|khi|vì|nhằm|sau|trước|nữa|này|nêu|trở|hay|hoặc|gồm|bao|thấp|cao|"
    r"kế|tiếp|mới|nhất|thôi|chỉ|không|rồi|qua|ra|vẫn|song|cùng|tức|hơn|kém|nếu|trừ|kể|ít|nhiều)(?!\w)"
)
_JOINED_NUMBER = re.compile(r"(?:\s*,\s*[\d.,]+)*\s*(?:và|,|-|–|hoặc)\s*[\d.,]+(?![%/\d])")
_NUMBER_OF = re.compile(r"(?<!\w)(?:số|số\s+lượng|tổng\s+số)\s+(?:các\s+)?\Z")
_IN_TURN = re.compile(r"(?:lần\s+lượt|tương\s+ứng)\s+(?:là|đạt|có)?\s*$")
_ISSUED = re.compile(r"(?:ban\s+hành|bãi\s+bỏ|thay\s+thế)\s+(?:được\s+|mới\s+)?$")
_PART_OF = re.compile(r"\s+(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?[\d.]+")


def _case_unit(slot: Slot, cue) -> str:
    """ "trường hợp" (cases) and "chỉ tiêu" (quota places) count what the sentence is about."""
    form = cue.entry.form.strip()
    before = slot.previous
    near = before is not None and before.sentence_index >= slot.sentence_index - 1
    if form == "đơn vị" and near and before.get("unit") == "admin_unit":
        return "admin_unit"
    if form == "văn bản" and ((near and before.get("unit") == "legal_document") or _ISSUED.search(slot.segment)):
        return "legal_document"
    if form not in ("trường hợp", "chỉ tiêu"):
        return cue.entry.unit
    tags = {t for c in slot.left_cues + slot.np_cues for t in c.entry.tags}
    tags |= {t for c in slot.frame.scan.between(*slot.frame.list_head(slot.numeral.start)) for t in c.entry.tags}
    staff = tags & {"staff", "payroll", "civil", "pubemp", "cut", "resign", "recruit", "post", "teacher"}
    if form == "chỉ tiêu":
        return "post" if staff else "other"
    return "dossier" if "dossier" in tags and not staff else "person"


def unit_candidates(slot: Slot) -> Iterator[tuple[str, tuple[str, object]]]:
    numeral, frame = slot.numeral, slot.frame
    cue = cue_starting_at(frame, numeral.end)
    if numeral.percent:
        yield "percent_sign", ("percent", None)
    if numeral.kind == "double":
        yield "twice", ("time", None)
    before = frame.low[max(slot.sentence[0], numeral.start - 30) : numeral.start]
    if _RANKED.search(before) and (numeral.kind == "fraction" or numeral.value < 100):
        yield "ranked", ("rank", None)
    part_of = _PART_OF.match(frame.low, numeral.end)
    if part_of and (whole := cue_starting_at(frame, part_of.end())) is not None and whole.entry.unit:
        yield "part_of", (whole.entry.unit, whole)
    if cue is not None and cue.entry.unit:
        yield "noun_after", (_case_unit(slot, cue), cue)
    if numeral.multiplied and re.match(r"[\s\u00a0]*(?:đồng|vnđ|vnd)", frame.low[numeral.end : numeral.end + 8]):
        yield "money", ("vnd", None)
    if (
        numeral.multiplied
        and frame.low[numeral.start : numeral.end].endswith(("tỷ", "tỉ"))
        and (cue is None or not cue.entry.unit)
    ):
        yield "billions", ("vnd", None)
    rest = frame.low[numeral.end : slot.np_end]
    if cue is None and _UNKNOWN_NOUN.match(rest) and not _NO_NOUN.match(rest):
        following = next((c for c in slot.np_cues if c.entry.unit and c.start - numeral.end < 14), None)
        if following is not None:
            yield "noun_soon_after", (following.entry.unit, following)
        yield "unknown_noun", ("other", None)
    before = slot.in_sentence
    if before is not None and is_earlier_state(before):
        yield "later_state", (before.get("unit"), None)
    joined = _JOINED_NUMBER.match(frame.low, numeral.end)
    shared = cue_starting_at(frame, joined.end()) if joined else None
    if shared is not None and shared.entry.unit == "percentage_point":
        yield "noun_shared", (shared.entry.unit, shared)
    if _IN_TURN.search(slot.segment[-30:]) and (head := next((c for c in slot.clause_cues if c.entry.unit), None)):
        yield "in_turn", (head.entry.unit, head)
    if shared is not None and shared.entry.unit:
        yield "noun_shared", (shared.entry.unit, shared)
    for found in reversed(slot.segment_cues):
        if found.entry.unit and _NUMBER_OF.search(frame.low[max(0, found.start - 12) : found.start]):
            yield "number_of", (found.entry.unit, found)
    for found in reversed(slot.segment_cues):
        if found.entry.unit and frame.period_over(found.start, found.end) is None:
            yield "noun_before", (found.entry.unit, found)
    for found in slot.cell_cues:
        if found.entry.unit:
            yield "column", (found.entry.unit, found)
    while before is not None and before.get("unit") in ("percent", "percentage_point", "time"):
        before = before.in_sentence
    if before is not None:
        yield "carried", (before.get("unit"), None)
    for found in reversed(slot.left_cues):
        if found.entry.unit:
            yield "noun_in_sentence", (found.entry.unit, found)
    if slot.previous is not None and slot.previous.get("unit"):
        yield "carried_over", (slot.previous.get("unit"), None)
    yield "nothing_counted", ("other", None)
