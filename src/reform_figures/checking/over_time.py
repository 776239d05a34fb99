"""The same indicator at different times: running totals that fall, and numbers out of scale.

In: all figures and the articles they come from. Out: `Finding`s of kind `total_falls` and `out_of_scale`. After
"10,2 triệu tài khoản" at the end of 2023 (10.2 million accounts), 3.9 million in March 2024 cannot be the same count.
A difference in time may have a reason that no article tells, so a verdict is `cannot_tell`, not `contradicts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from reform_figures.checking.findings import figure_text, finding_id
from reform_figures.checking.intervals import loose_interval_of, plain
from reform_figures.checking.looking import told_as
from reform_figures.checking.reports import indicator_of, is_named
from reform_figures.periods import period_days
from reform_figures.records import Figure, Finding
from reform_figures.wording import number_text

RUNNING = ("portal_account", "portal_dossier_synced", "portal_dossier_online", "portal_payment")
"""Subjects that are counted from the opening of the national portal on, whatever the sentence says."""

SCALE = Decimal(8)
"""How many times a number may be the next one before or behind it: units mistaken for thousands lie beyond."""

SMALL = Decimal(100)
"""Below this, numbers of one thing differ from sentence to sentence by what they are told of, not by a slip."""


def check_over_time(figures: Iterable[Figure], parts: frozenset[str] = frozenset()) -> list[Finding]:
    """Findings on every indicator told for several times; `parts` are figures beside the main report of an article."""
    series: dict[tuple, list[tuple[date, Figure]]] = defaultdict(list)
    for figure in figures:
        days = period_days(figure.period)
        counts = is_named(figure) and figure.status == "actual" and not told_as(figure)
        if days and counts and figure.figure_id not in parts:
            series[_key(figure)].append((days[1], figure))
    found: list[Finding] = []
    for key in sorted(series, key=str):
        told = sorted(series[key], key=lambda at: (at[0], at[1].article_id, at[1].start))
        found += _falls(told)
        found += _jumps(told)
    return found


def _key(figure: Figure) -> tuple:
    if _is_running(figure) and figure.subject in RUNNING:
        return (indicator_of(figure), figure.area, figure.tier, "since", "")
    return (indicator_of(figure), figure.area, figure.tier, figure.period_kind, figure.base)


def _is_running(figure: Figure) -> bool:
    return figure.period_kind == "since" or (figure.subject in RUNNING and figure.period_kind == "at")


def _falls(told: list[tuple[date, Figure]]) -> Iterator[Finding]:
    """Running totals below an earlier one, against the nearest earlier one that they cannot reach; each such once."""
    if told[0][1].measure != "level" or not _is_running(told[0][1]):
        return
    tops: set[str] = set()
    for number, (day, later) in enumerate(told):
        before = (f for d, f in reversed(told[:number]) if d < day)
        top = next((f for f in before if loose_interval_of(f).low > loose_interval_of(later).high), None)
        if top is not None and top.figure_id not in tops:
            tops.add(top.figure_id)
            yield _finding(
                "total_falls",
                [top, later],
                f"{figure_text(top)} by {top.period}, {figure_text(later)} by {later.period}: "
                "a running total cannot fall; one is wrong, or they count different things.",
            )


def _jumps(told: list[tuple[date, Figure]]) -> list[Finding]:
    """Levels out of scale with those before and behind them, which agree with each other in scale.

    An article that tells such a number beside its neighbour means two things; and where a neighbour is out of scale
    itself, or numbers of one day are with each other, the series mixes several.
    """
    if told[0][1].measure != "level" or told[0][1].of is not None:
        return []
    by_day: dict[date, list[Figure]] = defaultdict(list)
    for day, figure in told:
        if figure.value and figure.value > 0:
            by_day[day].append(figure)
    days = sorted(by_day)
    jumps = [
        (by_day[before][-1], figure, by_day[behind][0])
        for day, before, behind in zip(days[1:-1], days, days[2:], strict=False)
        if not any(_are_mixed(by_day[near]) for near in (before, day, behind))
        for figure in by_day[day]
        if _is_out_of_scale(by_day[before][-1].value, figure.value, by_day[behind][0].value)
    ]
    outliers = {figure.figure_id for _, figure, _ in jumps}
    return [
        _out_of_scale(first, figure, last)
        for first, figure, last in jumps
        if figure.article_id not in (first.article_id, last.article_id)
        and not outliers & {first.figure_id, last.figure_id}
    ]


def _are_mixed(figures: list[Figure]) -> bool:
    values = [figure.value for figure in figures]
    return max(values) > SCALE * min(values)


def _is_out_of_scale(first: Decimal, value: Decimal, last: Decimal) -> bool:
    low, high = sorted((first, last))
    if high > SCALE * low or max(high, value) < SMALL:
        return False
    return value > SCALE * high or SCALE * value < low


def _out_of_scale(first: Figure, figure: Figure, last: Figure) -> Finding:
    larger, smaller = max(figure.value, first.value), min(figure.value, first.value)
    times = number_text(plain((larger / smaller).quantize(Decimal(1))))
    return _finding(
        "out_of_scale",
        [figure, first, last],
        f"{figure_text(figure)} for {figure.period} stands between {figure_text(first)} for {first.period} and "
        f"{figure_text(last)} for {last.period}, a factor of {times}: a digit or a unit is wrong, or they count "
        "different things.",
    )


def _finding(kind: str, figures: list[Figure], words: str) -> Finding:
    return Finding(
        finding_id=finding_id(kind, figures),
        kind=kind,
        figures=" ".join(figure.figure_id for figure in figures),
        expected="",
        found=" / ".join(figure_text(figure) for figure in figures),
        tolerance="",
        verdict="cannot_tell",
        words=words,
    )
