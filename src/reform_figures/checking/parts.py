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

COMPLEMENTS = (
    ("task_completed", "task_open"),
    ("document_answered", "document_pending"),
    ("dossier_on_time", "dossier_late"),
)
"""Subjects whose shares make up 100 % together."""

NEARLY_ALL = Decimal("0.8")
"""Parts that reach this much of a whole (or pass it by as much) are meant to add up to it; see method page."""

OPENING = 20
"""How many characters at the start of a sentence may hold the cue that opens the parts of what was told before."""

FAR = 2
"""Parts told one by one in like sentences that come to this many times their total, or it to them, may hold a slip."""

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
        if count.of and percent.measure == "share":
            expected = exactly(count.value * 100 / count.of)
            words = f"{figure_text(count)} is {{expected}}%"
            yield compare("fraction_percent", [count, percent], expected, percent, words)


def check_part_percent(told: Told) -> Iterator[Finding]:
    """A count with the percent that it makes of a whole told elsewhere: 76 tasks ... 70 of them (92,1%).

    The whole may be any larger count in the same unit, for the same or a wider area, up to the same day. Where
    none fits, the nearest before it in the same paragraph is named, else one of the same subject - unless the
    sentence itself names another whole behind the percent ('1,94% biên chế được giao'). A count that has a percent
    of its own is a part beside this one, not its whole.
    """
    siblings = {count.figure_id for count, percent in told.attached if percent.measure == "share"}
    for part, percent in told.attached:
        if part.of or not is_amount(part) or percent.measure != "share":
            continue
        wholes = [w for w in told.figures if _may_be_whole(w, part) and _share(part, w)]
        fitting = [w for w in wholes if not _share(part, w).gap(interval_of(percent))]
        others = [w for w in wholes if w.start < part.start and w.figure_id not in siblings]
        beside = [w for w in others if told.line(w) == told.line(part)]
        near = fitting or beside or [w for w in others if w.subject == part.subject]
        if not near:
            yield from _part_above_whole(told, part)
        if near and (fitting or not _names_its_whole(told, percent)):
            whole = min(near, key=lambda w: (w.subject != WHOLE_OF.get(part.subject), abs(w.start - part.start)))
            words = f"{figure_text(part)} of {figure_text(whole)} is {{expected}}%"
            verdict = None if fitting or beside else "cannot_tell"
            yield compare("part_percent", [part, whole, percent], _share(part, whole), percent, words, verdict=verdict)


def _part_above_whole(told: Told, part: Figure) -> Iterator[Finding]:
    """A part with its percent that is larger than the whole of its kind told before it in the paragraph."""
    wholes = [
        w
        for w in told.figures
        if w.subject == WHOLE_OF.get(part.subject)
        and (w.unit, w.area, w.tier, w.status) == (part.unit, part.area, part.tier, part.status)
        and is_amount(w)
        and w.of is None
        and told.line(w) == told.line(part)
        and w.end < part.start
        and same_end(w.period, part.period)
    ]
    if wholes and interval_of(wholes[-1]).high < interval_of(part).low:
        limit = Interval(Decimal(0), interval_of(wholes[-1]).high)
        words = f"a part of {figure_text(wholes[-1])} is at most {{expected}}"
        yield compare("range", [wholes[-1], part], limit, part, words, verdict="contradicts")


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
    """'Trong đó' (of which) and the like: the parts behind it add up to the count before it, or stay below it.

    'Of which' at the start of a sentence speaks of the whole told before, not of the last of its parts.
    """
    listed: set[str] = set()
    for at, whole in enumerate(told.figures):
        if not is_amount(whole) or whole.of:
            continue
        parts = _parts_behind(told, at)
        if not parts or (whole.figure_id in listed and parts[0].sentence_start != whole.sentence_start):
            continue
        listed |= {part.figure_id for part in parts}
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
            if not _opens_parts(told, whole, figure):
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


def _opens_parts(told: Told, whole: Figure, figure: Figure) -> bool:
    """Whether a figure is the first part behind a cue; in a later sentence the cue has to open that sentence."""
    if figure.sentence_start == whole.sentence_start:
        return holds_cue(told.between(whole, figure), "parts")
    return holds_cue(figure.sentence[: min(OPENING, figure.start - figure.sentence_start)], "parts")


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
            whole = _nearest_whole(by_area["VN"], parts)
            if whole is not None:
                yield from _sum_finding("areas_total", whole, parts, complete=True)


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
        verdict = "cannot_tell" if added != whole.value and len(parts) < LONG_LIST else None
        yield compare("enumeration_total", [whole, *parts], exactly(added), whole, words, verdict=verdict)
    elif len(parts) >= LONG_LIST and _are_alike(parts) and added - largest <= whole.value <= added * FAR:
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
            if not near and not _share_each_other(counts, shares):
                yield from _among_each_other(counts, shares)
            if near:
                whole = min(near, key=lambda w: added.gap(interval_of(w)))
                if told.line(whole) == told.line(counts[0]) or not _share_each_other(counts, shares):
                    yield from _sum_finding("parts_total", whole, list(counts), complete=True)


def _among_each_other(counts: tuple[Figure, ...], shares: tuple[Figure, ...]) -> Iterator[Finding]:
    """Counts whose shares make up a hundred, each against the share that it has of their sum."""
    added = total(counts)
    for count, share in zip(counts, shares, strict=True):
        expected = interval_of(count).over(added)
        if expected is not None and len({c.sentence_start for c in counts}) == 1:
            words = f"{figure_text(count)} of {sum_text(list(counts))} is {{expected}}%"
            rest = [c for c in counts if c is not count]
            yield compare("part_percent", [count, *rest, share], expected.times(100), share, words)


def _share_each_other(counts: tuple[Figure, ...], shares: tuple[Figure, ...]) -> bool:
    """Whether the shares are those of the counts in their own sum; a number paragraphs away then is another one."""
    added = total(counts)
    parts = [interval_of(count).over(added) for count in counts]
    return all(
        part is not None and not part.times(100).gap(interval_of(share))
        for part, share in zip(parts, shares, strict=True)
    )


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
        pairs = [pair for pair in pairs if not _has_third(told, *pair)]
        if pairs:
            one, other = min(pairs, key=lambda pair: abs(pair[0].start - pair[1].start))
            rest = exactly(Decimal(100)) - interval_of(one)
            yield compare("complement", [one, other], rest, other, f"{figure_text(one)} leaves {{expected}}%")


def _has_third(told: Told, one: Figure, other: Figure) -> bool:
    """Whether a third share of the paragraphs around makes up a hundred with the two: before, on and behind time."""
    rest = exactly(Decimal(100)) - interval_of(one) - interval_of(other)
    lines = range(min(told.line(one), told.line(other)) - 1, max(told.line(one), told.line(other)) + 2)
    return any(
        f.measure == "share"
        and f.unit == "percent"
        and f.figure_id not in (one.figure_id, other.figure_id)
        and told.line(f) in lines
        and rest.low > 0
        and not rest.gap(interval_of(f))
        for f in told.figures
    )
