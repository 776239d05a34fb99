"""Wholes and their parts: shares against counts, parts against totals, places and periods that add up.

In: one article's figures (`Told`). Out: `Finding`s. "Giảm 79.057 người, gồm 5.510 người ở bộ, ngành và 73.547
người ở địa phương" (79,057 people fewer: 5,510 in ministries and 73,547 in localities): the two have to add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from reform_figures.checking.findings import SHORT_SUM, compare, figure_text, sum_text
from reform_figures.checking.intervals import ZERO, Interval, exactly, interval_of
from reform_figures.checking.looking import Told, holds_cue
from reform_figures.periods import period_days, same_end
from reform_figures.records import Figure, Finding

WHOLE_OF = {
    "task_completed": "task_assigned",
    "document_answered": "document_to_answer",
    "dossier_on_time": "dossier_total",
    "psu_self_financing": "public_service_unit",
}
"""Subjects that are a part of another one: completed tasks are a part of the tasks assigned."""

COMPLEMENTS = (
    ("task_completed", "task_open"),
    ("document_answered", "document_pending"),
    ("dossier_on_time", "dossier_late"),
)
"""Subjects whose shares make up 100 % together."""

NEARLY_ALL = Decimal("0.8")
"""Parts that reach this much of a whole (or pass it by as much) are meant to add up to it; see method page."""

LONG_LIST = 5
"""This many parts told one by one, near the total, are meant to be all of them; of fewer one may be left out."""


def total(figures) -> Interval:
    """The values that a sum of figures allows."""
    return sum((interval_of(f) for f in figures), ZERO)


def is_amount(figure: Figure) -> bool:
    """Whether figures like this one can be added up: counts and changes, no shares, ranks or multiples."""
    return figure.measure in ("level", "change") and figure.unit not in (
        "percent",
        "percentage_point",
        "rank",
        "point",
    )


def check_fraction_percent(told: Told) -> Iterator[Finding]:
    """A fraction and the percent that restates it: '978/1.364 dịch vụ (72%)'."""
    for count, percent in told.attached:
        if count.of:
            expected = exactly(count.value * 100 / count.of)
            words = f"{figure_text(count)} is {{expected}}%"
            yield compare("fraction_percent", [count, percent], expected, percent, words)


def check_part_percent(told: Told) -> Iterator[Finding]:
    """A count with the percent that it makes of a whole told elsewhere: 76 tasks ... 70 of them (92,1%).

    The whole may be any larger count in the same unit, for the same or a wider area, up to the same day. Where
    none fits, the nearest before it in the same paragraph is named, else one of the same subject - unless the
    sentence itself names another whole behind the percent ('1,94% biên chế được giao').
    """
    for part, percent in told.attached:
        if part.of or not is_amount(part) or percent.measure != "share":
            continue
        wholes = [w for w in told.figures if _may_be_whole(w, part) and _share(part, w)]
        fitting = [w for w in wholes if not _share(part, w).gap(interval_of(percent))]
        beside = [w for w in wholes if told.line(w) == told.line(part) and w.start < part.start]
        near = fitting or beside or [w for w in wholes if w.subject == part.subject and w.start < part.start]
        if near and (fitting or not _names_its_whole(told, percent)):
            whole = min(near, key=lambda w: (w.subject != WHOLE_OF.get(part.subject), abs(w.start - part.start)))
            words = f"{figure_text(part)} of {figure_text(whole)} is {{expected}}%"
            verdict = None if fitting or beside else "cannot_tell"
            yield compare("part_percent", [part, whole, percent], _share(part, whole), percent, words, verdict=verdict)


def _share(part: Figure, whole: Figure) -> Interval | None:
    share = interval_of(part).over(interval_of(whole))
    return share and share.times(100)


def _may_be_whole(whole: Figure, part: Figure) -> bool:
    return (
        whole is not part
        and is_amount(whole)
        and whole.of is None
        and whole.unit == part.unit
        and whole.bound in ("eq", "approx")
        and whole.status == part.status
        and whole.value > part.value > 0
        and within_area(part.area, whole.area)
        and same_end(whole.period, part.period)
    )


def within_area(inner: str, outer: str) -> bool:
    """Whether one area is the other or a part of it: everything is a part of VN, provinces of VN-local."""
    if inner == outer or outer == "VN":
        return True
    if outer == "VN-local":
        return inner.startswith("VN-") and inner != "VN-central"
    return outer == "VN-central" and (inner == "MOHA" or inner.startswith("ORG:"))


def _names_its_whole(told: Told, percent: Figure) -> bool:
    following = told.after(percent).lstrip()
    return bool(following) and following[0].isalpha()


def check_parts_total(told: Told) -> Iterator[Finding]:
    """'Trong đó' (of which) and the like: the parts behind it add up to the count before it, or stay below it."""
    for at, whole in enumerate(told.figures):
        if not is_amount(whole) or whole.of:
            continue
        parts = _parts_behind(told, at)
        if not parts:
            continue
        if len(parts) > 2 and not total(parts[1:]).gap(interval_of(parts[0])):
            yield from _sum_finding("parts_total", parts[0], parts[1:])
            parts = parts[:1]
        yield from _sum_finding("parts_total", whole, parts)


def _parts_behind(told: Told, at: int) -> list[Figure]:
    """Counts in the unit of the figure at a position that follow a cue for parts, up to the end of the sentence."""
    whole, sentence, parts = told.figures[at], None, []
    for figure in told.figures[at + 1 :]:
        if told.line(figure) != told.line(whole):
            break
        if sentence is None:
            if figure.unit == "percent" and figure.sentence_start == whole.sentence_start:
                continue
            if not holds_cue(told.between(whole, figure), "parts"):
                break
            sentence = figure.sentence_start
        if figure.sentence_start != sentence:
            break
        alike = figure.unit == whole.unit and is_amount(figure) and figure.of is None
        if alike and figure.direction == whole.direction and figure.status == whole.status:
            if parts and holds_cue(told.between(parts[-1], figure), "parts"):
                break
            parts.append(figure)
    return parts


def _sum_finding(kind: str, whole: Figure, parts: list[Figure], *, complete: bool = False) -> Iterator[Finding]:
    """Compare a whole with the sum of its parts.

    Three parts and more that come near the whole, ministries and localities of the country, and parts that
    pass it are held against it; one or two parts that stay below it are no contradiction.
    """
    sum_of_parts, bounds = total(parts), interval_of(whole)
    areas = {part.area for part in parts}
    complete = complete or (areas == {"VN-central", "VN-local"} and whole.area == "VN" and len(parts) == 2)
    below = sum_of_parts.high < bounds.low
    close = sum_of_parts.high >= bounds.low * NEARLY_ALL
    if below and not complete and not (close and len(parts) > 1):
        limit = Interval(sum_of_parts.low, max(bounds.high, sum_of_parts.high))
        stays = "stays" if len(parts) == 1 else "stay"
        yield compare(kind, [whole, *parts], limit, whole, f"{sum_text(parts)} {stays} within it", at_most=True)
        return
    verdict = "cannot_tell" if below and not complete and len(parts) == 2 else None
    yield compare(kind, [whole, *parts], sum_of_parts, whole, f"{sum_text(parts)} = {{expected}}", verdict=verdict)


def check_areas_total(told: Told) -> Iterator[Finding]:
    """Ministries and localities add up to the country where an article tells all three of the same thing."""
    groups = defaultdict(lambda: defaultdict(list))
    for figure in told.figures:
        if is_amount(figure) and figure.of is None:
            groups[_same_thing(figure)][figure.area].append(figure)
    for by_area in groups.values():
        if len(by_area["VN-central"]) == len(by_area["VN-local"]) == 1 and by_area["VN"]:
            parts = [by_area["VN-central"][0], by_area["VN-local"][0]]
            whole = min(by_area["VN"], key=lambda f: abs(f.start - parts[0].start))
            yield from _sum_finding("areas_total", whole, parts, complete=True)


def _same_thing(figure: Figure) -> tuple:
    return (figure.subject, figure.measure, figure.unit, figure.direction, figure.period, figure.period_kind,
            figure.base, figure.status)  # fmt: skip


def check_enumeration(told: Told) -> Iterator[Finding]:
    """A total told once and then field by field, over several sentences: the fields add up to the total."""
    groups = defaultdict(list)
    for figure in told.figures:
        if figure.of is not None or is_amount(figure):
            groups[figure.subject, figure.unit, figure.area, figure.direction, figure.status].append(figure)
    for (subject, unit, area, *_), group in groups.items():
        yield from _enumerated(group, group, lambda f: f.value, "")
        wholes = [f for f in told.figures if (f.subject, f.unit, f.area) == (WHOLE_OF.get(subject), unit, area)]
        fractions = [f for f in group if f.of is not None]
        yield from _enumerated(wholes, fractions, lambda f: f.of, "the denominators of ")


def _enumerated(wholes: list[Figure], group: list[Figure], number, words: str) -> Iterator[Finding]:
    wholes = [f for f in wholes if f.of is None and is_amount(f)]
    whole = max(wholes, key=lambda f: (f.value, -f.start), default=None)
    if whole is None:
        return
    parts = [f for f in group if f.start > whole.end and f.value != whole.value and same_end(f.period, whole.period)]
    sentences = {f.sentence_start for f in parts} - {whole.sentence_start}
    if len(parts) < 3 or len(sentences) < 3 or any(f.bound != "eq" or f.value > whole.value for f in parts):
        return
    added = sum((number(f) for f in parts), Decimal(0))
    if NEARLY_ALL * whole.value <= added <= whole.value / NEARLY_ALL:
        equals = "=" if len(parts) <= SHORT_SUM else "add up to"
        words = f"{words}{sum_text(parts)} {equals} {{expected}}"
        verdict = "cannot_tell" if added != whole.value and len(parts) < LONG_LIST else None
        yield compare("enumeration_total", [whole, *parts], exactly(added), whole, words, verdict=verdict)


def check_periods_total(told: Told) -> Iterator[Finding]:
    """Two periods that follow each other add up to the period that spans both."""
    groups = defaultdict(dict)
    for figure in told.figures:
        days = period_days(figure.period)
        if days and figure.period_kind == "in" and is_amount(figure) and figure.of is None:
            key = (
                figure.subject,
                figure.measure,
                figure.unit,
                figure.direction,
                figure.area,
                figure.tier,
                figure.status,
            )
            told_best = groups[key].get(days)
            if told_best is None or _exact_and_large(figure) > _exact_and_large(told_best):
                groups[key][days] = figure
    for by_days in groups.values():
        for (start, middle), first in by_days.items():
            for (second_start, end), second in by_days.items():
                whole = by_days.get((start, end))
                if whole is not None and second_start == middle + timedelta(days=1):
                    yield from _sum_finding("periods_total", whole, [first, second], complete=True)


def _exact_and_large(figure: Figure) -> tuple[bool, Decimal]:
    return figure.bound == "eq", figure.value


def check_shares_total(told: Told) -> Iterator[Finding]:
    """Counts told one after another with shares that make up 100 % add up to the whole told before them."""
    pairs = [(count, percent) for count, percent in told.attached if is_amount(count) and percent.measure == "share"]
    for first in range(len(pairs)):
        for last in range(first + 1, len(pairs)):
            counts, shares = zip(*pairs[first : last + 1], strict=True)
            if total(shares).gap(exactly(Decimal(100))) or len({count.unit for count in counts}) > 1:
                continue
            wholes = [w for w in told.figures if w.start < counts[0].start and _may_be_whole(w, counts[0])]
            added = total(counts)
            near = [w for w in wholes if added.gap(interval_of(w)) <= w.value * (1 - NEARLY_ALL)]
            if near:
                whole = min(near, key=lambda w: added.gap(interval_of(w)))
                yield from _sum_finding("parts_total", whole, list(counts), complete=True)


def check_complement(told: Told) -> Iterator[Finding]:
    """Shares of what is done and what is left make up 100 %: completed and open tasks, answered and pending."""
    for done, left in COMPLEMENTS:
        pairs = [
            (one, other)
            for one in told.figures
            for other in told.figures
            if (one.subject, other.subject) == (done, left)
            and one.measure == other.measure == "share"
            and one.unit == other.unit == "percent"
            and (one.area, one.tier, one.status) == (other.area, other.tier, other.status)
            and same_end(one.period, other.period)
        ]
        if pairs:
            one, other = min(pairs, key=lambda pair: abs(pair[0].start - pair[1].start))
            rest = exactly(Decimal(100)) - interval_of(one)
            yield compare("complement", [one, other], rest, other, f"{figure_text(one)} leaves {{expected}}%")
