"""Shares: fractions with their percents, parts with the percent of a whole, shares that make up a hundred.

In: one article's figures (`Told`). Out: `Finding`s. "Đã hoàn thành 70 nhiệm vụ (đạt 92,1%)" (70 tasks were completed,
92.1 %), after "76 nhiệm vụ" (76 tasks): 70 of 76 is 92.1 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reform_figures.checking.findings import compare, figure_text, sum_text
from reform_figures.checking.intervals import Interval, exactly, interval_of
from reform_figures.checking.looking import Told
from reform_figures.checking.parts import NEARLY_ALL, WHOLE_OF, is_amount, sum_finding, total
from reform_figures.periods import same_end
from reform_figures.records import Figure, Finding

COMPLEMENTS = (
    ("task_completed", "task_open"),
    ("document_answered", "document_pending"),
    ("dossier_on_time", "dossier_late"),
)
"""Subjects whose shares make up 100 % together."""


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
                fits = not added.gap(interval_of(whole))
                if fits or told.line(whole) == told.line(counts[0]) or not _share_each_other(counts, shares):
                    yield from sum_finding("parts_total", whole, list(counts), complete=True)


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
