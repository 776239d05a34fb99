"""Bases: the period that a figure is compared with, or counted from.

In: a `Slot` whose period and its kind are known. Out: candidates, best first. "giảm 140 đơn vị so với năm 2021" (140
units fewer than in 2021) has the base 2021.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reform_figures.extracting.periods import Period
from reform_figures.extracting.slot import Slot
from reform_figures.extracting.time_carried import points_back

_EQUALS = re.compile(r"(?<!\w)bằng\s+(?:khoảng\s+|gần\s+|hơn\s+)?\Z")
_MOVES_BY = re.compile(r"[,(]?\s*(?:tăng|giảm|cao hơn|thấp hơn|gấp)\s[^;]{0,20}\d")
_AGAINST = re.compile(r"so\s+v[ớờ]i")


def base_candidates(slot: Slot) -> Iterator[tuple[str, str | None]]:
    """The period compared with or counted from."""
    frame, numeral = slot.frame, slot.numeral
    measure = slot.measure
    if measure in ("change", "growth", "fold"):
        end = slot.clause_end
        behind = [period for period in frame.periods_between(numeral.end, end) if period.role == "base"]
        stop = _next_comparison(slot, end) if behind else end
        # "so với năm 2021 giảm 1.250, so với năm 2016 giảm 9.400" (against each year so many fewer): each its own
        if _AGAINST.match(slot.segment.lstrip()):
            for period in reversed(frame.periods_between(slot.segment_start, numeral.start)):
                if period.role == "base":
                    yield "compared_in_segment", _value(slot, period)
        for period in behind:
            if period.start < stop:
                yield "compared_behind", _value(slot, period)
        for period in reversed(frame.periods_between(slot.clause_start, numeral.start)):
            if period.role == "base":
                yield "compared_before", _value(slot, period)
        before = slot.in_sentence
        if before is not None and before.base and slot.rules["subject"] == "carried":
            yield "carried", before.base
        for period in reversed(slot.left_periods):
            if period.role == "base":
                yield "compared_in_sentence", _value(slot, period)
        found = slot.period_found
        if found is not None and found.base and measure != "fold":
            yield "from", found.base
        prior = slot.previous
        if prior is not None and prior.base and points_back(slot):
            yield "same_time", prior.base
    if measure == "share" and slot.unit == "percent" and _EQUALS.search(slot.segment):
        for period in frame.periods_between(numeral.end, min(slot.clause_end, numeral.end + 60)):
            if period.role == "base":
                yield "measured_by", period.value
    found = slot.period_found
    if found is not None and found.base and slot.period_kind == "since":
        yield "from", found.base
    yield "none", None


def _value(slot: Slot, period: Period) -> str:
    """The period compared with, which is never the figure's own: of "năm 2022 đạt 81%, thấp hơn năm trước 5 điểm" (5
    points lower than the year before) it is 2021, whatever year the article reviews."""
    value = period.value
    if period.kind == "relative" and value == slot.period and value[:4].isdecimal() and "/" not in value:
        return f"{int(value[:4]) - 1}{value[4:]}"
    return value


def _next_comparison(slot: Slot, end: int) -> int:
    """Up to where a comparison behind this number may stand: a later number with its own verb ends it."""
    text = slot.frame.low[slot.numeral.end : end]
    match = _MOVES_BY.search(text)
    first_base = _AGAINST.search(text)
    if match and slot.measure == "fold" and "gấp" in match.group():
        return end  # "số tài khoản gấp 2,8 lần, số hồ sơ gấp 3 lần cùng kỳ năm 2021": one base for both
    if match and (first_base is None or match.start() < first_base.start()):
        inside = text[: match.start()]
        return slot.numeral.end + len(inside) if "(" not in text[: match.end()] else end
    return end
