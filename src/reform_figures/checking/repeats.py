"""Figures told twice in one article, and numbers out of their range.

In: one article's figures (`Told`). Out: `Finding`s. A headline that says "hơn 67.000 người" (more than
67,000 people) agrees with 67.218 in the text below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from reform_figures.checking.findings import compare, figure_text
from reform_figures.checking.intervals import Interval, interval_of
from reform_figures.checking.looking import Told, holds_cue
from reform_figures.checking.reports import are_near, in_same_words, is_named
from reform_figures.periods import same_end
from reform_figures.records import Figure, Finding

HEADLINES = ("title", "lead")


def check_repeats(told: Told) -> Iterator[Finding]:
    """A headline figure against the text, and a figure told twice, paragraphs apart, against itself."""
    groups = defaultdict(list)
    for figure in told.figures:
        groups[same_thing(figure)].append(figure)
    for group in groups.values():
        headlines = [f for f in group if told.role(f) in HEADLINES]
        body = [f for f in group if told.role(f) not in HEADLINES]
        for headline in headlines:
            yield from _against_nearest(headline, body, "contradicts")
        if len(body) == 2 and told.line(body[0]) != told.line(body[1]):
            yield from _against_nearest(body[1], body[:1], "cannot_tell")


def same_thing(figure: Figure) -> tuple:
    """What has to be the same for two figures of an article to tell the same thing; the end of the period too."""
    return (figure.subject, figure.measure, figure.unit, figure.direction, figure.area, figure.tier, figure.status)


def _against_nearest(again: Figure, others: list[Figure], otherwise: str) -> Iterator[Finding]:
    """Compare a figure with the nearest that tells the same; `otherwise` is the verdict where they differ.

    Where several different numbers are told of it, a headline that fits none of them may count something else;
    so may two numbers far apart.
    """
    others = [f for f in others if same_end(f.period, again.period) and (f.of is None) == (again.of is None)]
    if not others or not is_named(again):
        return
    first = min(others, key=lambda f: (_distance(f, again), abs(f.value - again.value), f.start))
    verdict = "holds" if not _distance(first, again) else otherwise
    if verdict != "holds":
        if len({f.value for f in others}) > 1:
            return
        if otherwise == "cannot_tell" and not _is_told_again(first, again):
            return
        verdict = otherwise if are_near(first, again) else "cannot_tell"
    said = (
        f"{figure_text(first)} is told before" if first.start < again.start else f"the text tells {figure_text(first)}"
    )
    yield compare("repeat", [first, again], interval_of(first), again, said, verdict=verdict)


def _distance(one: Figure, other: Figure) -> Decimal:
    """How far two tellings lie apart; behind the same hedge the numbers themselves have to agree."""
    if one.bound == other.bound != "eq":
        return abs(one.value - other.value)
    return interval_of(one).gap(interval_of(other))


def _is_told_again(first: Figure, again: Figure) -> bool:
    """Whether a number that differs is told of the same thing in the same words, and not of a part or a rival."""
    return first.period == again.period and are_near(first, again) and in_same_words(first, again)


def check_ranges(told: Told) -> Iterator[Finding]:
    """Shares over 100 % (unless of a plan or a standard), numerators above their denominator, ranks below the last."""
    for figure in told.figures:
        if figure.of is not None and figure.value > figure.of:
            limit = Interval(Decimal(0), figure.of)
            yield compare("range", [figure], limit, figure, f"at most {figure.of:f} is possible", verdict="contradicts")
        elif _is_impossible_share(figure):
            whole = Interval(Decimal(0), Decimal(100))
            yield compare("range", [figure], whole, figure, "a share is at most 100%", verdict="contradicts")


def _is_impossible_share(figure: Figure) -> bool:
    outside = figure.measure == "share" and figure.unit == "percent" and not 0 <= figure.value <= 100
    held_against = holds_cue(figure.sentence, "plan") or holds_cue(figure.sentence, "standard")
    return outside and not held_against
