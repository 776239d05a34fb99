"""Hedges: how a text bounds its number.

In: a `Slot`. Out: candidates (rule, bound), best first. "gần 10.500 biên chế" (nearly 10,500 posts) is `lt`,
"đạt 90% trở lên" (90 % and more) is `ge`; a hedge holds for all members of "ít nhất 02 đơn vị ... và 02 đơn vị".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reform_figures.extracting.slot import Slot

_LINK = re.compile(
    r"\s*(?:có|là|đạt|từ|cả|được|được\s+khoảng|thêm|ở|mức|mốc|con\s+số|tới|đến|giảm|tăng|gấp|gồm|còn|"
    r"khoảng)?(?:\s+(?:mức|là|có|thêm|được|đạt))?\s*"
)
_UPWARDS = re.compile(r"\s*(?:[^\W\d]+\s+){0,3}trở\s+lên(?!\w)")
_DOWNWARDS = re.compile(r"\s*(?:[^\W\d]+\s+){0,3}trở\s+xuống(?!\w)")
_NEGATED = re.compile(r"(?<!\w)không\s+(?!dùng|chuyên|còn)(?:[^\W\d]+\s+){0,6}\Z")
_NOT_ALLOWED = re.compile(r"(?<!\w)không\s+(?:để|được)\s+(?:[^\W\d]+\s+){0,9}\Z")
# "trải rộng trên 63 tỉnh" (spread over 63 provinces) tells where, "trên 63 hồ sơ" (more than 63 dossiers) how many
_SPREAD = re.compile(
    r"(?<!\w)(?:trải(?:\s+(?:rộng|dài|đều))?|triển\s+khai|thực\s+hiện|áp\s+dụng|tiến\s+hành|khảo\s+sát|có\s+mặt|phủ|"
    r"diễn\s+ra)(?:\s+(?:rộng\s+rãi|đồng\s+loạt|đồng\s+bộ|thí\s+điểm))?\s+\Z"
)
_PLACES = ("locality", "admin_unit")
_COORDINATED = re.compile(r"^[^,;.()]*(?:,|\svà)\s+(?:[^\W\d]+\s+){0,2}\Z")


def bound_candidates(slot: Slot) -> Iterator[tuple[str, str]]:
    numeral, frame = slot.numeral, slot.frame
    told = frame.low.find("trở", numeral.end, slot.next_start) >= 0
    after = frame.low[numeral.end : slot.next_start] if told else ""
    if told and _UPWARDS.match(after):
        yield "and_more", "ge"
    if told and _DOWNWARDS.match(after):
        yield "and_less", "le"
    for cue in frame.scan.hedges.between(max(slot.sentence[0], numeral.start - 40), numeral.start)[-1:]:
        bound, side = cue.entry.bound, cue.entry.side
        if side == "before" and bound in ("gt", "lt"):
            bound = _turned_round(frame.low[max(slot.sentence[0], cue.start - 60) : cue.start], bound)
        if cue.entry.word == "trên" and slot.unit in _PLACES:
            if _SPREAD.search(frame.low[max(slot.sentence[0], cue.start - 40) : cue.start]):
                continue
        if side == "before" and bound and _LINK.fullmatch(frame.low[cue.end : numeral.start]):
            yield f"hedge_{cue.entry.name}", bound
    before = slot.in_sentence
    if before is not None and before.bound not in (None, "eq") and before.unit == slot.unit:
        between = slot.between
        if _COORDINATED.match(between) and not frame.periods_between(before.numeral.end, numeral.start):
            yield "coordinated", before.bound
    yield "no_hedge", "eq"


def _turned_round(before: str, bound: str) -> str:
    """The bound as a denial before it leaves it: "không để tỷ lệ đúng hạn xuống dưới 95%" is 95 % and more."""
    if bound == "gt":
        return "le" if _NEGATED.search(before[-40:]) or _NOT_ALLOWED.search(before) else bound
    return "ge" if _NOT_ALLOWED.search(before) else bound
