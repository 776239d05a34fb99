"""Timing: the period that a figure speaks of; the one that it is compared with is found in `bases`.

In: a `Slot` whose measure is known. Out: candidates, best first.
"Dự kiến ... đến hết năm 2024 còn 895 đơn vị, giảm 140 đơn vị so với năm 2021": 2024 holds for both numbers, 2021
is the base of the second. A period named right behind its number ("30,85% năm 2020") is that number's alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reform_figures.extracting.article import ASSIGNED
from reform_figures.extracting.periods import Period, first_day, last_day
from reform_figures.extracting.slot import Slot, is_earlier_state
from reform_figures.extracting.subjects import load_subjects
from reform_figures.extracting.time_carried import carried_on, is_contrast, points_back, stage_before, time_before

_FRAMES = ("in", "until", "each", "before", "plan")
_ATTACHED = re.compile(r"^[^,;.()\d]{0,60}$")
_GRANTED = re.compile(r"(?<!\w)(?:giao|phê\s+duyệt|phân\s+bổ|bổ\s+sung|bố\s+trí)\s+(?:[^\W\d]+\s+){0,2}\Z")
_COMPARED = re.compile(r"(?<!\w)so\s+(?:với\s+)?(?:[^\W\d]+\s+){0,4}\Z")
_OF_THEN = re.compile(r"(?<!\w)(?:lần|gấp\s+đôi|gấp\s+rưỡi)\s+(?:con\s+số\s+|mức\s+)(?:[^\W\d]+\s+){0,2}\Z")
"""'gấp 1,9 lần mức 22,1% của 9 tháng năm 2022': the level of that time."""

_PLAN_NAMED = re.compile(r"(?<!\w)(?:kế\s+hoạch|chương\s+trình|đề\s+án|nghị\s+quyết)\s(?:[^\W\d]+\s+){0,5}\Z")
_QUOTA = re.compile(r"(?<!\w)(?:giao|ấn\s+định|phân\s+bổ|chỉ\s+tiêu|biên\s+chế|phê\s+duyệt)(?!\w)")
_QUOTA_FOR = re.compile(r"(?<!\w)(?:giao|phân\s+bổ|dành|chỉ\s+tiêu|kế\s+hoạch\s+(?:biên\s+chế|năm))(?!\w)")
_LEVELS = re.compile(r"mức\s+(?:độ\s+)?\d(?:(?:,|\s+và)\s*(?:mức\s+(?:độ\s+)?)?\d)*")
_WHEN = re.compile(r",?\s*(?:khi|lúc)\s[^\d,;.]{0,80}")
_TERRITORY = ("district_unit", "commune_unit", "village_unit", "admin_unit_other")
_TURN = re.compile(r"(?<!\w)(?:thì|nhưng|song|nay|trong\s+khi)(?!\w)")
_CONTRAST = re.compile(r"(?<!\w)(?:trong\s+khi|nhưng|còn|song|và|đến)(?!\w)")


def period_candidates(slot: Slot) -> Iterator[tuple[str, Period]]:
    """The periods that may be the figure's, best first; never the year that it is compared with."""
    told = _periods_told(slot)
    if not slot.direction or not (compared := _compared_with(slot)):
        return told
    return ((rule, period) for rule, period in told if period.value not in compared)


def _compared_with(slot: Slot) -> list[str]:
    """Whole years that the clause compares with: "năm 2020 là 17%, như vậy đã giảm 5% so với năm 2020"."""
    told = slot.frame.periods_between(slot.clause_start, slot.clause_end)
    years = (period for period in told if period.role == "base" and period.kind in ("year", "bare"))
    return [p.value for p in years if slot.frame.low.endswith(("so với ", "hơn "), slot.clause_start, p.start)]


def _periods_told(slot: Slot) -> Iterator[tuple[str, Period]]:
    frame, numeral = slot.frame, slot.numeral
    roles = _FRAMES if slot.status == "target" or _is_quota(slot) else _FRAMES[:3]
    for cell in frame.column_head(numeral.start) if slot.passage.in_table else ():
        for period in frame.periods_between(*cell):
            yield "column", period
    named = _named_before_bracket(slot)
    if named is not None:
        yield "bracket_after_period", named
    for period in reversed(slot.left_periods):
        if period.value == "yearly" and period.start >= slot.segment_start:
            yield "each_year", period
            break
    if slot.rules["status"] == "in_force_later":
        yield from (("in_force_from", period) for period in slot.right_periods if period.role == "from")
    behind = _attached(slot)
    if behind is not None:
        yield "right_behind", behind
    if (stage := stage_before(slot)) is not None:
        yield "same_stage", stage
    if points_back(slot) and (held := time_before(slot)) is not None:
        yield "same_time", held
    if slot.left_periods:
        if (state := _compared_state(slot)) is not None:
            yield "when_compared", state
        yield from _told_before(slot, slot.left_periods[::-1], roles)
    before = slot.in_sentence
    if before is not None and before.period_found is not None:
        now = before.period_found.kind == "now" and slot.status != before.status
        # "từ 24 năm 2015 nay còn 22"
        if not now and (before.period_rule != "right_behind" or not is_earlier_state(before)):
            yield "figure_before", before.period_found
    if slot.unit in ("person", "post") and (assigned := _assigned_for(slot)) is not None:
        yield "assigned_for", assigned
    if slot.status != "actual" and frame.published is not None:
        start = slot.paragraph_start
        for period in reversed(frame.periods_between(start, numeral.start) or frame.periods_between(*frame.opening)):
            if period.kind == "span" and last_day(period.value) > frame.published.isoformat():
                yield "span_of_the_plan", period
    yield from _told_elsewhere(slot, roles)


def _told_elsewhere(slot: Slot, roles: tuple[str, ...]) -> Iterator[tuple[str, Period]]:
    """Periods told behind the number, before its sentence in the paragraph, and above the paragraph."""
    frame, numeral = slot.frame, slot.numeral
    for period in slot.right_periods:
        if period.role in roles and slot.next_start >= period.start and period.kind != "relative":
            between = frame.low[numeral.end : period.start]
            if ";" in between:
                continue  # "giao 58 nhiệm vụ; đến ngày 20/12 đã xong 54": of what follows
            if _possible(slot, period) and not _CONTRAST.search(between) and not _bracketed_apart(slot, period):
                yield "later_in_sentence", period
    for period in reversed(frame.periods_between(slot.paragraph_start, slot.sentence[0])):
        if period.kind == "now" and slot.status != "actual":
            continue
        if period.role in roles and _possible(slot, period) and not _taken(slot, period):
            # "(năm 2021 xếp thứ 25/63)" holds within its brackets
            if not _in_brackets(slot, period) and not _aside(slot, period) and not is_contrast(frame, period):
                yield "paragraph", period
    if (carried := carried_on(slot)) is not None:
        yield "carried_on", carried
    for rule, period in slot.passage.periods_above:
        if period.role not in _FRAMES or not _possible(slot, period):
            continue
        aside = rule == "list_head" and _in_brackets(slot, period)
        if not aside and not (rule == "heading" and period.kind in ("date", "dayonly", "worded")):
            yield rule, period


def _told_before(slot: Slot, told: list[Period], roles: tuple[str, ...]) -> Iterator[tuple[str, Period]]:
    """Of the periods told before the number in its sentence, the last one first: those of ever wider stretches."""
    for rule, start in (("segment", slot.segment_start), ("clause", slot.clause_start), ("sentence", slot.sentence[0])):
        near = [period for period in told if period.start >= start]
        for period in near:
            if period.role == "before" and period.start < slot.clause_start:
                continue  # a deadline is that of its own clause
            if period.kind == "now" and slot.status != "actual":
                continue  # "hiện có 260 xã, sau khi sắp xếp sẽ giảm 18 xã"
            if (
                (period.role in roles or _was_before(slot, period))
                and not _taken(slot, period)
                and _possible(slot, period)
                and not _aside(slot, period)
                and not _bracketed_apart(slot, period)
            ):
                yield rule, period
        for period in near:
            if period.role == "from" and slot.subject == "base_salary":
                yield "in_force_from", period
            if _holds_from(slot, period):
                yield "holds_from", period
            if period.role == "from" and _possible(slot, period) and (until := _told_until(slot)):
                yield "counted_from", replace(period, value=until, base=period.value, kind="since")


def _was_before(slot: Slot, period: Period) -> bool:
    """ "Trước ngày 19/5/2020, tỷ lệ chỉ khoảng 10%": a state told for the time before a day that is over."""
    published = slot.frame.published
    opens = slot.left.startswith("trước ") and period.start - slot.sentence[0] < len("trước ngày ")
    done = period.role == "before" and slot.status == "actual"
    return opens and done and published is not None and last_day(period.value) < published.isoformat()


def _holds_from(slot: Slot, period: Period) -> bool:
    """ "Từ ngày 1/12/2019, tỉnh còn 559 xã": a state that begins on a day, and is no running total."""
    if period.role != "from" or period.kind not in ("date", "month", "slashmonth", "worded"):
        return False
    stock = load_subjects()[slot.subject][1] not in ("flow", "running")
    published = slot.frame.published
    fresh = published is None or int(period.value[:4]) >= published.year - 1
    return stock and fresh and slot.direction is None and slot.measure in ("level", "share") and _possible(slot, period)


def _compared_state(slot: Slot) -> Period | None:
    """ "so với năm 2022, khi chỉ số là 80%": the state then, told behind the year compared with."""
    period = slot.left_periods[-1]
    if period.role != "base":
        return None
    return period if _WHEN.fullmatch(slot.frame.low, period.end, slot.numeral.start) else None


def _is_quota(slot: Slot) -> bool:
    """Posts that are assigned or planned, as they are for the year to come."""
    return slot.unit == "post" and _QUOTA_FOR.search(slot.frame.low, *slot.sentence) is not None


def _assigned_for(slot: Slot) -> Period | None:
    """The year to come for which the headline says that posts are assigned, where this sentence assigns or counts."""
    frame = slot.frame
    if frame.published is None or not frame.title_assigns:
        return None
    if not _QUOTA.search(frame.low, *slot.sentence):
        return None
    told = [p for p in frame.periods_between(*frame.title_span) if p.kind == "year"]
    named = [p for p in frame.periods_between(*slot.sentence) if p.role in _FRAMES]
    dated = [p for p in named if told and p.value != told[0].value]
    return told[0] if told and not dated and first_day(told[0].value) > frame.published.isoformat() else None


def _told_until(slot: Slot) -> str | None:
    """Up to when a count "từ năm 2020" (since 2020) is told: the time the paragraph speaks of, else that reviewed."""
    frame = slot.frame
    for period in reversed(frame.periods_between(slot.paragraph_start, slot.sentence[0])):
        if period.role in ("in", "until") and _possible(slot, period) and not _aside(slot, period):
            return period.value
    return frame.reporting_period


def _in_brackets(slot: Slot, period: Period) -> bool:
    """A period told in brackets with more than itself holds within them: "(năm 2021 xếp thứ 25/63)", "(trong ngoặc:
    cùng kỳ 2022)"."""
    line = slot.frame.line_at(period.start)
    text = slot.frame.text
    before = text[line.start : period.start]
    end = text.find(")", period.end, line.end)
    return before.count("(") > before.count(")") and (end < 0 or end - period.end > 3)


def _bracketed_apart(slot: Slot, period: Period) -> bool:
    """A period within brackets that tell a figure of their own, where this number stands outside of them: "đạt 90,2%
    (năm 2021 đạt 84,6%)"."""
    text, numeral = slot.frame.text, slot.numeral
    if period.start > numeral.end:
        between = text[numeral.end : period.start]
        if "(" not in between or between.count("(") <= between.count(")"):
            return False
    else:
        between = text[period.end : numeral.start]
        if ")" not in between or between.count(")") <= between.count("("):
            return False
    return _in_brackets(slot, period)


def _aside(slot: Slot, period: Period) -> bool:
    """A period in brackets belongs to the word before the brackets alone: "(năm 2015)"."""
    text = slot.frame.text
    return text[period.start - 1 : period.start] == "(" and text[period.end : period.end + 1] == ")"


def _possible(slot: Slot, period: Period) -> bool:
    """What is told as done cannot lie behind the day of publication; a plan's span may."""
    published = slot.frame.published
    if published is None or slot.status != "actual":
        return True
    day = published.isoformat()
    if slot.previous is not None and slot.previous.period_found is period:
        return True  # what holds for the figure before may hold for this one
    if first_day(period.value) > day and last_day(period.value)[:4] <= str(published.year + 1):
        head = slot.frame.low[slice(*slot.passage.head)]
        if _is_quota(slot):
            return True
        return ASSIGNED.search(head + slot.left) is not None  # quotas are assigned for the year to come
    if period.kind == "span" and last_day(period.value)[:4] > day[:4]:
        # a round of rearrangement, "giai đoạn 2023-2025", is told as such before it is over
        near = int(last_day(period.value)[:4]) - published.year <= 2
        return first_day(period.value) <= day and slot.unit == "admin_unit" and slot.subject in _TERRITORY and near
    return first_day(period.value) <= day


def _named_before_bracket(slot: Slot) -> Period | None:
    """ "so với năm 2020 (đạt 87,56%)": the figure in brackets is that of the year named before them."""
    frame = slot.frame
    if frame.text[slot.segment_start - 1 : slot.segment_start] != "(" or slot.segment_units:
        return None
    at = slot.segment_start - 1
    at -= frame.text[max(0, at - 1) : at].isspace()
    period = frame.period_over(at - 1, at)
    verbs = frame.scan.directions.between(slot.segment_start, slot.numeral.start)
    moves = any(c.entry.move == "compare" for c in verbs)
    return period if period is not None and period.end == at and period.role != "document" and not moves else None


def _attached(slot: Slot) -> Period | None:
    frame, numeral = slot.frame, slot.numeral
    for period in slot.right_periods:
        if period.start > slot.next_start:
            break
        before = frame.low[numeral.end : period.start]
        if _ATTACHED.match(_LEVELS.sub("", before.removesuffix("(") if _aside(slot, period) else before)) is None:
            return None
        if _PLAN_NAMED.search(before):
            return None  # "32/58 nhiệm vụ trong Kế hoạch năm 2021": the plan's year
        if _TURN.search(before):
            return None  # "năm 2015 là 274.848 thì năm 2021 chỉ còn 247.344": of the next number
        # posts are granted, for the years to come as well
        granted = period.kind in ("span", "year") and _GRANTED.search(slot.segment)
        if not granted and not _possible(slot, period):
            continue
        if period.role in ("in", "until", "each") or (period.role == "before" and slot.status == "target"):
            return period
        if period.role == "plan" and _is_quota(slot):
            return period
        if period.role == "base":  # "so với mức 80,08% của năm 2022": compared with this very number
            then = _OF_THEN.search(frame.low, slot.clause_start, numeral.start)
            return period if then or _COMPARED.search(slot.segment) else None
    return None


def _taken(slot: Slot, period: Period) -> bool:
    """True where the period belongs to an earlier figure of the sentence alone."""
    before = slot.previous
    while before is not None and before.numeral.end > period.start - 200:
        if before.period_rule == "right_behind" and before.period_found == period:
            return True
        before = before.previous
    return False


def settle_interval(slot: Slot, period: Period) -> tuple[str, str | None]:
    """Value and base of a period for this figure: cuts counted from A to B are told as of B since A."""
    if period.kind == "interval" and period.base and slot.direction and slot.measure in ("level", "change", "growth"):
        end = period.value.split("/")[-1]
        if end.endswith("-12-31"):
            return end[:4], period.base
        if last_day(end[:7]) == end and len(period.base) < 10:
            return end[:7], period.base
    return period.value, None
