"""Levels with their changes, growth rates and multiples: what was, what is, and the difference told.

In: one article's figures (`Told`). Out: `Finding`s. "Còn 895 đơn vị, giảm 140 đơn vị (tương ứng giảm 13,53%)"
(895 units are left, 140 fewer, which is a fall of 13.53 %): 140 of the 1,035 there were before is 13.53 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reform_figures.checking.findings import compare, figure_text
from reform_figures.checking.intervals import Interval, exactly, interval_of, judge
from reform_figures.checking.looking import Told, holds_cue
from reform_figures.checking.states import are_near_by, is_state, same_subject, state_pairs, told_as_state
from reform_figures.periods import one_covers_other, period_days
from reform_figures.records import Figure, Finding

HUNDRED = exactly(Decimal(100))


def check_changes(told: Told) -> Iterator[Finding]:
    """Every change, growth and multiple against the levels that it connects, where the article tells them.

    First what is told of one level in its sentence or against a base period; then what is told beside a state before
    and a state after, in the same or in neighbouring sentences, be it called a change or an amount cut or added.
    """
    checked: set[str] = set()
    for at, figure in enumerate(told.figures):
        if figure.measure not in ("change", "growth", "fold"):
            continue
        now = _level_before(told, at)
        change = _change_before(told, at) if figure.measure == "growth" else None
        before = _level_at_base(told, figure, now)
        if change is not None and (left := now or _state_left(told, change)) is not None:
            found = _growth_of_change(left, change, figure)
        elif now is not None and before is not None:
            found = _difference(before, now, figure)
        else:
            continue
        for finding in found:
            checked |= set() if finding.kind == "change_level" else {figure.figure_id}
            yield finding
    yield from _between_states(told, checked)


def _between_states(told: Told, checked: set[str]) -> Iterator[Finding]:
    """What is told beside a state before and one after: cut or added, in percent, as a multiple.

    Where several such numbers are told there, one may be of a part: the one that fits is taken, and if none does,
    nothing is sure.
    """
    for before, now in state_pairs(told):
        for measures in (("change", "level"), ("growth",), ("fold",)):
            steps = [step for step in told.figures if step.measure in measures and _connects(told, step, before, now)]
            sure = len(steps) == 1 and same_subject(steps[0], now)
            found = [finding for step in steps for finding in _difference(before, now, step, sure=sure)]
            found = [finding for finding in found if finding.verdict in ("holds", "rounding")] or found[:1]
            yield from (finding for finding in found if finding.figures.split()[-1] not in checked)


def _connects(told: Told, step: Figure, before: Figure, now: Figure) -> bool:
    """Whether a change, or an amount cut or added, may be told of the way from one state to the other.

    A heading without a name of its own may be meant for theirs: "cấp xã giảm 76 đơn vị" (76 units fewer).
    """
    same_name = step.subject == now.subject or (step.subject.endswith("other") and step.theme == now.theme)
    if step.direction is None or step.of is not None or step.area != now.area or step.tier not in (None, now.tier):
        return False
    last = max((before, now), key=lambda state: state.start)
    apart = told.between(last, step) if step.start > last.start else told.between(step, last)
    if holds_cue(apart, "parts") or holds_cue(apart, "alone"):
        return False
    return same_name and _fits(now, step) and (are_near_by(step, now) or are_near_by(step, before))


def _state_left(told: Told, change: Figure) -> Figure | None:
    """What is left after a change, told near it in words: 'giảm 20 xã (4,2%); sau sáp nhập còn 460 xã'."""
    left = [
        state
        for state in told.figures
        if is_state(state)
        and (state.measure, state.unit) == ("level", change.unit)
        and same_subject(state, change)
        and told_as_state(state) == "after"
        and are_near_by(state, change)
    ]
    return min(left, key=lambda state: abs(state.start - change.start), default=None)


def _level_before(told: Told, at: int) -> Figure | None:
    """The state that a change is told of: the nearest level or share of its subject before it in the sentence.

    Where the change names its base, a level of the base period is what it is counted from, not what it is told of;
    and a level of its own period may stand in a neighbouring sentence.
    """
    figure = told.figures[at]
    for level in reversed(told.figures[:at]):
        same_sentence = level.sentence_start == figure.sentence_start
        if not same_sentence and not (figure.base and are_near_by(level, figure)):
            return None
        if level.measure not in ("level", "share") or not is_state(level) or not same_subject(level, figure):
            continue
        at_base = figure.base and level.period != figure.period and _is_at(level, figure.base)
        if not at_base and (same_sentence or level.period == figure.period):
            return level if _fits(level, figure) else None
    return None


def _fits(level: Figure, figure: Figure) -> bool:
    """Whether a change can be told of this level: a count changes by counts, a share by percentage points."""
    if figure.measure in ("change", "level"):
        return level.unit == {"percentage_point": "percent"}.get(figure.unit, figure.unit)
    return level.unit not in ("rank", "time")


def _change_before(told: Told, at: int) -> Figure | None:
    """The count that a growth rate restates: it stands next before it ('giảm 140 đơn vị (giảm 13,53%)')."""
    if at == 0:
        return None
    change, growth = told.figures[at - 1], told.figures[at]
    is_count = change.measure in ("change", "level") and change.direction and change.unit != "percentage_point"
    return change if is_count and change.direction == growth.direction and same_subject(change, growth) else None


def _level_at_base(told: Told, figure: Figure, now: Figure | None) -> Figure | None:
    """The earlier state: a level of the same subject at the base period, or the first half of 'từ A xuống còn B'."""
    if now is None:
        return None
    levels = [
        level
        for level in told.figures
        if level is not now
        and is_state(level)
        and (level.measure, level.unit) == (now.measure, now.unit)
        and same_subject(level, now)
        and level.status in ("actual", now.status)
    ]
    at_base = [level for level in levels if figure.base and _is_at(level, figure.base)]
    at_base = [level for level in at_base if level.period != now.period and not _has_nearer(told, level, now)]
    down_to = [
        level
        for level in levels
        if level.end < now.start
        and level.sentence_start == now.sentence_start
        and holds_cue(told.between(level, now), "downto")
    ]
    return min(at_base or down_to, key=lambda level: abs(level.start - now.start), default=None)


def _is_at(level: Figure, base: str) -> bool:
    """Whether a level tells of a base period: a state within it, or a count during just that time."""
    if level.period_kind == "in":
        return period_days(level.period) == period_days(base)
    return one_covers_other(level.period, base)


def _has_nearer(told: Told, before: Figure, now: Figure) -> bool:
    """Whether another level of the same heading and time stands between the two: the earlier one belongs to that."""
    first, last = sorted((before.start, now.start))
    return any(
        first < level.start < last
        and level.value != now.value
        and (level.measure, level.unit, level.period) == (now.measure, now.unit, now.period)
        and is_state(level)
        and same_subject(level, now)
        for level in told.figures
    )


def _growth_of_change(now: Figure, change: Figure, growth: Figure) -> Iterator[Finding]:
    """895 left and 140 fewer: 140 of the 1,035 that there were."""
    if now.unit != change.unit:
        return
    level, step = interval_of(now), interval_of(change)
    before = level + step if change.direction == "down" else level - step
    expected = step.over(before)
    if expected is not None:
        sign = "+" if change.direction == "down" else "-"
        words = f"{figure_text(change)} of ({figure_text(now)} {sign} {figure_text(change)}) is {{expected}}%"
        yield compare("change_level", [now, change, growth], expected.times(100), growth, words)


def _difference(before: Figure, now: Figure, figure: Figure, *, sure: bool = True) -> Iterator[Finding]:
    """A change, growth or multiple against the two states that it connects.

    States that move the other way than told may be of different things, however far apart, and so may a number that is
    not the only one told there (not `sure`). A growth told of a
    share may be meant in percentage points, and "tăng 1,7 lần" as 1.7 times as much or 1.7 times more: the
    reading that fits is taken.
    """
    spans = [interval_of(state) for state in (before, now)]
    readings = list(_readings(*spans, before, figure))
    if readings:
        best = min(range(len(readings)), key=lambda number: readings[number].gap(interval_of(figure)))
        expected = readings[best]
        words = f"from {figure_text(before)} to {figure_text(now)} is {{expected}}"
        reported = interval_of(figure)
        open_case = not sure and judge(expected, reported, reported.half) == "contradicts"
        verdict = "cannot_tell" if expected.high < 0 or open_case else None
        plain = list(_readings(exactly(before.value), exactly(now.value), before, figure))[best].middle
        kind = "change_levels" if figure.measure == "level" else f"{figure.measure}_levels"
        yield compare(kind, [before, now, figure], expected, figure, words, verdict=verdict,
                      result=plain if before.bound != "eq" or now.bound != "eq" else None)  # fmt: skip


def _readings(before: Interval, now: Interval, level: Figure, figure: Figure) -> Iterator[Interval]:
    rise = now - before if figure.direction != "down" else before - now
    if figure.measure in ("change", "level") or level.unit == "percent":
        yield rise
    ratio = now.over(before)
    if figure.measure == "fold" and ratio is not None:
        yield ratio
        yield ratio - exactly(Decimal(1))
    elif figure.measure == "growth" and ratio is not None:
        percent = ratio.times(100)
        yield percent - HUNDRED if figure.direction != "down" else HUNDRED - percent
