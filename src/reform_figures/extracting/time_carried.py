"""Time carried: what "in that time" points back to, and what goes on holding for the sentences behind it.

In: a `Slot` whose neighbours before are decided. Out: the period that it takes over, or None. In "Từ 1/7/2022 đến
30/6/2023 ... Trong kỳ, 18 người thôi việc. Công chức có 7 người." the two last numbers are of the stretch told first.
"""

from __future__ import annotations

import re

from reform_figures.extracting.article import Frame
from reform_figures.extracting.periods import Period
from reform_figures.extracting.slot import Slot

_FRAMES = ("in", "until")
_POINTING = ("thời ", "giai đoạn", "kỳ", "đợt", "lần ", "năm ấy", "năm đó", "năm này", "cùng năm")
# Every branch starts with a letter, not with a look behind it: `re` looks for such letters quickly. "Thời điểm này"
# (this moment) is now, and points to nothing.
_THAT = r"\s+(?:này|trên|đó|ấy|nói\s+trên|nêu\s+trên)"
_OF_IT = r"\s+(?!họp)(?:[^\W\d]+\s+){0,2}(?:này|ấy|đó)"
_SAME_TIME = re.compile(
    r"(?:cùng(?<!với\scùng)\s+(?:(?:khoảng\s+|quãng\s+)?thời\s+gian|thời\s+điểm|kỳ(?=\s*,)|năm(?=\s*[,.;]))|"
    rf"thời\s+gian{_THAT}|giai\s+đoạn{_THAT}|kỳ{_THAT}|năm{_THAT}|thời\s+điểm{_THAT}(?<!này)|"
    rf"đợt{_OF_IT}|lần{_OF_IT}|kỳ{_OF_IT}|trong\s+kỳ(?=\s*,|\s+(?:có|đã|này)))(?!\w)"
)
_THIS_STAGE = re.compile(rf"(?<!\w)giai\s+đoạn{_THAT}(?!\w)")
_IN_IT = re.compile(rf"(?<!\w)(?:trong|ở|tại)\s+(?:khoảng\s+|quãng\s+)?{_SAME_TIME.pattern}")
"""Told behind the number: "53 bác sĩ thôi việc trong quãng thời gian ấy" (53 doctors left in that time)."""

_CONTRAST = re.compile(r"(?<!\w)trong\s+khi\s+(?:[^\W\d]+\s+){0,3}\Z")
_HOLDING = ("same_time", "same_stage", "carried_on", "holds_from")
"""Rules whose period goes on holding in the paragraph."""


def points_back(slot: Slot) -> bool:
    """True where the sentence says "in the same time", and names no time of its own behind that."""
    start, end = slot.sentence[0], slot.numeral.end
    passage = slot.passage
    if passage.may_point is None:  # asked once for all figures of a sentence, because most sentences point to nothing
        low = passage.low
        passage.may_point = any(word in low for word in _POINTING) and _SAME_TIME.search(low) is not None
    if not passage.may_point:
        return False
    stop = slot.frame.separator_after(end, slot.next_start)
    if _IN_IT.search(slot.frame.low, end, stop):
        return True
    match = _SAME_TIME.search(slot.left)
    return match is not None and not any(
        period.role in _FRAMES and period.start >= start + match.end() for period in slot.left_periods
    )


def stage_before(slot: Slot) -> Period | None:
    """The last run of years named before, where the sentence says "trong giai đoạn này" (in this stage) and names no
    time of its own: "48 huyện phải sắp xếp trong giai đoạn này" speaks of the 2023-2025 of the headline."""
    if "giai đoạn" not in slot.passage.low or not _THIS_STAGE.search(slot.passage.low):
        return None
    if any(period.role in _FRAMES for period in slot.passage.periods):
        return None
    return slot.frame.span_before(slot.sentence[0])


def is_contrast(frame: Frame, period: Period) -> bool:
    """ "có 3.286 dịch vụ, trong khi cuối năm 2020 mới có 2.650": a time brought in for the contrast alone."""
    return _CONTRAST.search(frame.low, max(0, period.start - 40), period.start) is not None


def _carries(slot: Slot) -> bool:
    """True of a figure whose time may hold for later ones."""
    found = slot.period_found
    return found is not None and slot.period != "yearly" and not is_contrast(slot.frame, found)


def time_before(slot: Slot) -> Period | None:
    """The last time told in the paragraph before the sentence, else that of a figure before; "each year" aside."""
    before = slot.previous
    while before is not None and not _carries(before):
        before = before.previous
    line = slot.passage.line
    floor = max(line.start, before.sentence[1]) if before is not None else line.start
    named = [
        p
        for p in slot.frame.periods_between(floor, slot.sentence[0])
        if p.role in _FRAMES and not is_contrast(slot.frame, p)
    ]
    if named:
        return named[-1]
    return before.period_found if before is not None else None


def carried_on(slot: Slot) -> Period | None:
    """What "in that time" in a sentence before of this paragraph pointed to, where no other time is named since."""
    before, start = slot.previous, slot.sentence[0]
    while before is not None and before.period_rule == "figure_before":
        before = before.previous
    if before is None or before.period_rule not in _HOLDING or before.numeral.start < slot.passage.line.start:
        return None
    since = slot.frame.periods_between(before.numeral.end, start)
    return None if any(period.role in _FRAMES for period in since) else before.period_found
