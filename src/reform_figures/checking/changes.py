"""Levels with their changes, growth rates and multiples: what was, what is, and the difference told.

In: one article's figures (`Told`). Out: `Finding`s. "Còn 895 đơn vị, giảm 140 đơn vị (tương ứng giảm 13,53%)"
(895 units are left, 140 fewer, which is a fall of 13.53 %): 140 of the 1,035 there were before is 13.53 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reform_figures.checking.findings import compare, figure_text
from reform_figures.checking.intervals import Interval, exactly, interval_of
from reform_figures.checking.looking import Told, holds_cue
from reform_figures.periods import one_covers_other, period_days
from reform_figures.records import Figure, Finding

HUNDRED = exactly(Decimal(100))


def check_changes(told: Told) -> Iterator[Finding]:
    """Every change, growth and multiple against the levels that it connects, where the article tells them."""
    for at, figure in enumerate(told.figures):
        if figure.measure not in ("change", "growth", "fold"):
            continue
        now = _level_before(told, at)
        change = _change_before(told, at) if figure.measure == "growth" else None
        before = _level_at_base(told, figure, now)
        if change is not None and now is not None:
            yield from _growth_of_change(now, change, figure)
        elif now is not None and before is not None:
            yield from _difference(before, now, figure)


def _is_state(figure: Figure) -> bool:
    """Whether a figure tells a state that can be compared with another: no flow, no fraction, no range."""
    return figure.direction is None and figure.of is None and figure.value_max is None


def _same_subject(one: Figure, other: Figure) -> bool:
    return (one.subject, one.area, one.tier) == (other.subject, other.area, other.tier)


def _level_before(told: Told, at: int) -> Figure | None:
    """The state that a change is told of: the nearest level or share of its subject before it in the sentence."""
    figure = told.figures[at]
    for level in reversed(told.figures[:at]):
        if level.sentence_start != figure.sentence_start:
            return None
        if level.measure in ("level", "share") and _is_state(level) and _same_subject(level, figure):
            return level if _fits(level, figure) else None
    return None


def _fits(level: Figure, figure: Figure) -> bool:
    """Whether a change can be told of this level: a count changes by counts, a share by percentage points."""
    if figure.measure == "change":
        return level.unit == {"percentage_point": "percent"}.get(figure.unit, figure.unit)
    return level.unit not in ("rank", "time")


def _change_before(told: Told, at: int) -> Figure | None:
    """The count that a growth rate restates: it stands next before it ('giảm 140 đơn vị (giảm 13,53%)')."""
    if at == 0:
        return None
    change, growth = told.figures[at - 1], told.figures[at]
    is_count = change.measure in ("change", "level") and change.direction and change.unit != "percentage_point"
    return change if is_count and change.direction == growth.direction and _same_subject(change, growth) else None


def _level_at_base(told: Told, figure: Figure, now: Figure | None) -> Figure | None:
    """The earlier state: a level of the same subject at the base period, or the first half of 'từ A xuống còn B'."""
    if now is None:
        return None
    levels = [
        level
        for level in told.figures
        if level is not now
        and _is_state(level)
        and (level.measure, level.unit) == (now.measure, now.unit)
        and _same_subject(level, now)
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
        and _is_state(level)
        and _same_subject(level, now)
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


def _difference(before: Figure, now: Figure, figure: Figure) -> Iterator[Finding]:
    """A change, growth or multiple against the two states that it connects.

    States that move the other way than told may be of different things, however far apart. A growth told of a
    share may be meant in percentage points, and "tăng 1,7 lần" as 1.7 times as much or 1.7 times more: the
    reading that fits is taken.
    """
    readings = list(_readings(interval_of(before), interval_of(now), before, figure))
    if readings:
        expected = min(readings, key=lambda reading: reading.gap(interval_of(figure)))
        words = f"from {figure_text(before)} to {figure_text(now)} is {{expected}}"
        verdict = "cannot_tell" if expected.high < 0 else None
        yield compare(f"{figure.measure}_levels", [before, now, figure], expected, figure, words, verdict=verdict)


def _readings(before: Interval, now: Interval, level: Figure, figure: Figure) -> Iterator[Interval]:
    rise = now - before if figure.direction != "down" else before - now
    if figure.measure == "change" or level.unit == "percent":
        yield rise
    ratio = now.over(before)
    if figure.measure == "fold" and ratio is not None:
        yield ratio
        yield ratio - exactly(Decimal(1))
    elif figure.measure == "growth" and ratio is not None:
        percent = ratio.times(100)
        yield percent - HUNDRED if figure.direction != "down" else HUNDRED - percent
