"""Subjects that are not said again: a number goes on with what the one before it counted.

In: a `Slot` whose unit is known. Out: the figure before whose subject it shares, if any. "Tỉnh được giao 1.200 biên
chế, giảm 40 biên chế" (1,200 posts, 40 fewer): both are of the same posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reform_figures.extracting.lexicon import concept_bits
from reform_figures.extracting.slot import Slot

RELATIVE = ("percent", "percentage_point", "time", "other")
"""Units that tell of something else's unit."""

BODIES = ("organisation", "admin_unit", "locality", "ministry")
_RATED = ("percent", "percentage_point", *BODIES)
_ACTS = re.compile(
    r"(?:(?:,|\s+và)\s+[\d./]+\s[^\d;.()]{2,40}?)?(?:\s+[^\W\d]+){0,6}?\s+(?:đã|chưa|vẫn|đều|đang|mới|còn|không|bị|được|hoàn\s+thành|đạt|vượt|có\s+(?:tỷ|tỉ)\s+lệ|có\s+"
    r"(?:số|hồ\s+sơ|kết\s+quả|kế\s+hoạch)|triển\s+khai|thực\s+hiện|ban\s+hành|tổ\s+chức|sử\s+dụng|áp\s+dụng|xây\s+dựng|công\s+bố|"
    r"công\s+khai|bố\s+trí|giải\s+ngân|kết\s+nối|cung\s+cấp|đưa|nộp|để\s+xảy\s+ra|dẫn\s+đầu|chậm|tăng\s+điểm|giảm\s+điểm|"
    r"lắp\s+đặt|đăng\s+ký|phê\s+duyệt|xếp\s+loại|tiếp\s+nhận|trả\s+kết\s+quả|gửi|báo\s+cáo|giao|thiếu|thừa|khuyết)(?!\w)"
)
_ANY_UNIT = frozenset(("đơn vị", "đầu mối"))
"""Nouns that may stand for the one before: "giảm 8 vụ, còn 20 đơn vị" (8 departments fewer, 20 units left)."""

_LEVELS = concept_bits(("communelevel", "districtlevel"))
_MOVED = re.compile(r"\W*(?:và\s+)?(?:đã\s+)?(?:giảm|tăng)\s+(?:được\s+)?(?:hơn|gần|khoảng|trên)?\s*")


def has_moved(slot: Slot, before: Slot) -> bool:
    """True of a bare rise or cut of what the number before in the sentence counted."""
    same = slot.unit == before.unit and _MOVED.fullmatch(slot.segment) is not None
    return same and _is_same_noun(slot, before)


def carried(slot: Slot) -> tuple[str, str] | None:
    """The subject of the figure before in the sentence, where this one restates or divides it."""
    unit, before = slot.unit, slot.in_sentence
    if before is None:
        return None
    if unit == "dossier" and (listed := _listed(slot)) is not None:
        return "listed", listed.subject
    relative = unit in ("percent", "percentage_point", "time")
    if relative and before.rules["subject"] == "unit_default":
        return None  # a wider stretch may know better
    if (
        relative
        or (unit == before.unit and not counts_others(slot, before))
        or slot.rules["unit"] in ("carried", "nothing_counted")
    ):
        return "carried", before.subject
    return None


def _listed(slot: Slot) -> Slot | None:
    """The dossiers that the sentence counted before their percent, where this number is the next of a list that says
    no more of them: "cấp tỉnh có 6.596 hồ sơ nộp trực tuyến, đạt 28%; cấp huyện có 2.521 hồ sơ, đạt 37%"."""
    before = slot.in_sentence
    while before is not None and before.unit in RELATIVE:
        before = before.in_sentence
    if before is None or before.unit != slot.unit or before is slot.in_sentence or slot.noun is None:
        return None
    scan = slot.frame.scan
    told = scan.concepts(slot.segment_start, slot.numeral.start) | scan.concepts(slot.numeral.end, slot.np_end)
    return None if told & ~(slot.noun.entry.concepts | _LEVELS) or "số " in slot.segment else before


def carried_over(slot: Slot) -> tuple[str, str] | None:
    """The subject of the figure before in the same paragraph, where this sentence names none of its own."""
    unit, before = slot.unit, slot.previous
    if before is None or before.numeral.start < slot.passage.line.start or before.subject == "other":
        return None
    if unit != before.unit and before.rules["subject"] == "unit_default":
        return None
    if unit in RELATIVE or (unit == before.unit and not counts_others(slot, before)):
        return "carried_over", before.subject
    return None


def counts_others(slot: Slot, before: Slot) -> bool:
    """True of organisations under another noun: the "cơ quan, tổ chức" (bodies) of a sentence after general
    departments are none of those."""
    if slot.unit != "organisation" or before.theme != "units" or slot.noun is None:
        return False
    if slot.noun.entry.word in _ANY_UNIT:
        return False
    return not _is_same_noun(slot, before)


def goes_on(slot: Slot, told: int) -> Slot | None:
    """The figure of the sentence before, where this one, with the concepts `told`, says nothing but its noun: "Sở A có
    84 dịch vụ mức độ 4. Sở B có 61 dịch vụ" (84 services at level 4; 61 services)."""
    noun, before = slot.noun, _counted_before(slot)
    if noun is None or before is None or before.rules["subject"] == "unit_default":
        return None
    if "số " in slot.segment or not _is_same_noun(slot, before):
        return None  # "số hồ sơ bị trả lại là 16 hồ sơ" counts something else
    return None if told & ~noun.entry.concepts else before


def _counted_before(slot: Slot) -> Slot | None:
    """The only figure in this unit of the sentence before, in the same line."""
    before, found = slot.previous if slot.in_sentence is None else None, None
    while before is not None and before.sentence_index == slot.sentence_index - 1:
        if before.numeral.start < slot.passage.line.start or (found and before.unit == slot.unit):
            return None
        found = before if before.unit == slot.unit else found
        before = before.previous
    return found


def _is_same_noun(slot: Slot, before: Slot) -> bool:
    """True where the noun says nothing that the one before did not say: "dịch vụ" after "dịch vụ mức độ 4"."""
    told = before.noun.entry.concepts if before.noun is not None else 0
    return slot.noun is not None and not slot.noun.entry.concepts & ~told


def acts_until(slot: Slot) -> int:
    """Where what bodies did is told up to: "12 huyện đã hoàn thành nhiệm vụ", "14/19 sở"; 0 of "giảm 12 huyện"."""
    frame, end = slot.frame, slot.noun_end
    verb = _ACTS.match(frame.low, end, end + 90)
    if verb is not None:
        return frame.separator_after(verb.end(), slot.sentence[1])
    return frame.separator_after(end, slot.right_end) if slot.numeral.kind == "fraction" else 0


def bodies_as_before(slot: Slot) -> Iterator[tuple[str, str]]:
    """What bodies did that are told with a rate alone, or after others that did something."""
    previous, before = slot.previous, slot.in_sentence
    if previous is not None and slot.told_at_a_rate and previous.subject != "other":
        if previous.unit in _RATED and previous.numeral.start >= slot.passage.line.start:
            yield "bodies_at_a_rate", previous.subject  # "còn 8 bộ có tỷ lệ dưới 10%": of what the rate is told
    if before is not None and before.rules["subject"].startswith("bodies_"):
        yield before.rules["subject"], before.subject  # "10/17 sở ... trên 90%, mới có 3/11 địa phương vượt 30%"
