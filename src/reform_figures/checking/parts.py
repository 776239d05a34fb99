"""Wholes and their parts: parts against totals, places, fields and periods that add up.

In: one article's figures (`Told`). Out: `Finding`s. "Giảm 79.057 người, gồm 5.510 người ở bộ, ngành và 73.547
người ở địa phương" (79,057 people fewer: 5,510 in ministries and 73,547 in localities): the two have to add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from reform_figures.checking.findings import SHORT_SUM, compare, sum_text
from reform_figures.checking.intervals import ZERO, Interval, exactly, interval_of
from reform_figures.checking.looking import Told, clause_words, holds_cue
from reform_figures.periods import period_days, same_end
from reform_figures.records import Figure, Finding

WHOLE_OF = {
    "task_completed": "task_assigned",
    "document_answered": "document_to_answer",
    "dossier_on_time": "dossier_total",
    "psu_self_financing": "public_service_unit",
}
"""Subjects that are a part of another one: completed tasks are a part of the tasks assigned."""

NEARLY_ALL = Decimal("0.8")
"""Parts that reach this much of a whole (or pass it by as much) are meant to add up to it; see method page."""

OPENING = 20
"""How many characters at the start of a sentence may hold the cue that opens the parts of what was told before."""

SLIP = Decimal("0.02")
"""Parts that miss a tenth or a thousandth of their whole by less than this lack a digit, or the whole has one more."""

LONG_LIST = 5
"""This many parts told in like sentences, near the total, are meant to be all; of fewer one may be left out."""


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


def check_parts_total(told: Told) -> Iterator[Finding]:
    """'Trong đó' (of which) and the like: the parts behind it add up to the count before it, or stay below it.

    'Of which' at the start of a sentence speaks of the whole told before, not of the last of its parts.
    """
    listed: set[str] = set()
    for at, whole in enumerate(told.figures):
        if not is_amount(whole) or whole.of:
            continue
        parts = _parts_behind(told, at)
        if not parts or not _are_its_parts(told, whole, parts, listed):
            continue
        listed |= {part.figure_id for part in parts}
        if len(parts) > 2 and not total(parts[1:]).gap(interval_of(parts[0])):
            yield from sum_finding("parts_total", parts[0], parts[1:])
            parts = parts[:1]
        yield from sum_finding("parts_total", whole, parts)


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


def _are_its_parts(told: Told, whole: Figure, parts: list[Figure], listed: set[str]) -> bool:
    """Whether figures behind a cue are meant as parts of a whole, in its sentence or in a later one.

    In a later sentence the cue has to open that sentence, and the whole must not itself be a part (`listed`); a sum
    that fits is no accident.
    """
    first = parts[0]
    if first.sentence_start == whole.sentence_start or (len(parts) > 1 and not total(parts).gap(interval_of(whole))):
        return True
    opening = first.sentence[: min(OPENING, first.start - first.sentence_start)]
    return whole.figure_id not in listed and holds_cue(opening, "parts")


def sum_finding(kind: str, whole: Figure, parts: list[Figure], *, complete: bool = False) -> Iterator[Finding]:
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
        if len(parts) > 2 and _lacks_digits(sum_of_parts, bounds):
            words = f"{sum_text(parts)} = {{expected}}"
            yield compare(kind, [whole, *parts], sum_of_parts, whole, words, verdict="cannot_tell")
            return
        limit = Interval(sum_of_parts.low, max(bounds.high, sum_of_parts.high))
        stays = "stays" if len(parts) == 1 else "stay"
        yield compare(kind, [whole, *parts], limit, whole, f"{sum_text(parts)} {stays} within it", at_most=True)
        return
    verdict = "cannot_tell" if below and not complete and len(parts) == 2 else None
    yield compare(kind, [whole, *parts], sum_of_parts, whole, f"{sum_text(parts)} = {{expected}}", verdict=verdict)


def _lacks_digits(added: Interval, whole: Interval) -> bool:
    """Whether a whole is ten, a hundred or a thousand times its parts."""
    if not (added.is_closed and whole.is_closed) or added.low <= 0:
        return False
    times = whole.middle / added.middle
    return any(abs(times / power - 1) < SLIP for power in (10, 100, 1000))


def check_areas_total(told: Told) -> Iterator[Finding]:
    """Ministries and localities add up to the country where an article tells all three of the same thing."""
    groups = defaultdict(lambda: defaultdict(list))
    for figure in told.figures:
        if is_amount(figure) and figure.of is None:
            groups[_same_thing(figure)][figure.area].append(figure)
    for by_area in groups.values():
        if len(by_area["VN-central"]) == len(by_area["VN-local"]) == 1 and by_area["VN"]:
            parts = [by_area["VN-central"][0], by_area["VN-local"][0]]
            whole = _nearest_whole(by_area["VN"], parts)
            if whole is not None:
                yield from sum_finding("areas_total", whole, parts, complete=True)


def _nearest_whole(wholes: list[Figure], parts: list[Figure]) -> Figure | None:
    """The whole that fits its parts, else the nearest one in the text.

    What comes besides them is no whole ('ngoài ra'), and what is told of one year alone is no part of another's.
    """
    added = total(parts)
    wholes = [w for w in wholes if not holds_cue(w.sentence, "besides")]
    fitting = [w for w in wholes if not added.gap(interval_of(w))]
    alone = any(holds_cue(part.sentence, "one_time") for part in parts)
    together = [w for w in wholes if not alone or w.sentence_start == parts[0].sentence_start]
    return min(fitting or together, key=lambda f: abs(f.start - parts[0].start), default=None)


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
    first = wholes[0]
    listed = _parts_after(first, group)
    if first is not whole and len(listed) >= LONG_LIST and _are_alike(listed):
        whole = first
    parts = _parts_after(whole, group)
    sentences = {f.sentence_start for f in parts} - {whole.sentence_start}
    if len(parts) < 3 or len(sentences) < 3 or any(f.bound != "eq" for f in parts):
        return
    added = sum((number(f) for f in parts), Decimal(0))
    equals = "=" if len(parts) <= SHORT_SUM else "add up to"
    words = f"{words}{sum_text(parts)} {equals} {{expected}}"
    largest = max(number(f) for f in parts)
    if NEARLY_ALL * whole.value <= added <= whole.value / NEARLY_ALL and largest <= whole.value:
        complete = len(parts) >= LONG_LIST and _are_alike(parts)
        verdict = None if complete or added == whole.value else "cannot_tell"
        yield compare("enumeration_total", [whole, *parts], exactly(added), whole, words, verdict=verdict)
    elif len(parts) >= LONG_LIST and _are_alike(parts) and (whole is first or added - largest <= whole.value):
        yield compare("enumeration_total", [whole, *parts], exactly(added), whole, words, verdict="cannot_tell")


def _parts_after(whole: Figure, group: list[Figure]) -> list[Figure]:
    return [f for f in group if f.start > whole.end and f.value != whole.value and same_end(f.period, whole.period)]


def _are_alike(parts: list[Figure]) -> bool:
    """Whether the parts are told in like sentences, each in one of its own: lines of a list."""
    own = len({part.sentence_start for part in parts}) == len(parts)
    return own and bool(frozenset.intersection(*(clause_words(part) for part in parts)))


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
                    yield from sum_finding("periods_total", whole, [first, second], complete=True)


def _exact_and_large(figure: Figure) -> tuple[bool, Decimal]:
    return figure.bound == "eq", figure.value
