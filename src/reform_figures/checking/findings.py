"""How a comparison becomes a row of the findings.

In: the figures compared, what the arithmetic allows, the figure that was reported. Out: a `Finding` with its
verdict and one English sentence. "70 trên 76 nhiệm vụ, đạt 92,1%" (70 of 76 tasks, 92.1 %) holds.
"""

from __future__ import annotations

from decimal import Decimal

from reform_figures.checking.intervals import HEDGED, NEAR, Interval, interval_of, judge, plain, told_step
from reform_figures.records import Figure, Finding
from reform_figures.wording import hedged_text, number_text

VERDICT_WORDS = {
    "holds": "it holds",
    "rounding": "a digit was cut instead of rounded",
    "contradicts": "{gap} apart",
    "cannot_tell": "{gap} apart; one is wrong, or they count different things",
}


SHORT_SUM = 4
"""Sums of up to this many parts are written out."""


def compare(kind: str, figures: list[Figure], expected: Interval, found: Figure, words: str, *,
            at_most: bool = False, verdict: str | None = None, result: Decimal | None = None) -> Finding:  # fmt: skip
    """A finding on one reported figure against what the other figures allow for it.

    `words` says what the arithmetic is, with `{expected}` for its result; `at_most` says that the figures only
    set a limit. A verdict that is given replaces the computed one. `result` is what the bare numbers make, where hedges
    leave so much open that the middle of it would be a number that nobody told.
    """
    step, reported = told_step(found), interval_of(found)
    verdict = verdict or _verdict(expected, reported, figures, found)
    tolerance = expected.half + reported.half
    middle = expected.middle if result is None else result
    told = plain(expected.low if at_most else middle, step)
    said = words.format(expected=number_text(told))
    judged = VERDICT_WORDS[verdict].format(gap=number_text(plain(expected.gap(reported), step)))
    return Finding(
        finding_id=finding_id(kind, figures),
        kind=kind,
        figures=" ".join(figure.figure_id for figure in figures),
        expected=f"at least {told}" if at_most else told,
        found=found.text,
        tolerance="0" if at_most else plain(tolerance, step),
        verdict=verdict,
        words=f"{said}; {figure_text(found)} is reported: {judged}.",
    )


def _verdict(expected: Interval, reported: Interval, figures: list[Figure], found: Figure) -> str:
    """Judge the comparison; a digit may be cut instead of rounded, and a hedge may be stretched.

    "Hơn 1.200" (more than 1,200) may still be said of 1,338, but not of 1,100.
    """
    verdict = judge(expected, reported, reported.half if found.bound == "eq" else Decimal(0))
    if verdict != "contradicts" or not any(figure.bound in HEDGED for figure in figures):
        return verdict
    false_hedge = (found.bound == "gt" and expected.high < reported.low) or (
        found.bound == "lt" and expected.low > reported.high
    )
    stretched = expected.gap(reported) <= NEAR * abs(found.value) and not false_hedge
    return "cannot_tell" if stretched else verdict


def figure_text(figure: Figure) -> str:
    """A reported number in English, with its hedge and without its unit: 'more than 3.9 million', '46 of 63'."""
    return hedged_text(
        figure.value,
        figure.unit,
        figure.bound,
        of=figure.of,
        value_max=figure.value_max,
        hedge=figure.hedge,
        with_unit=False,
    )


def sum_text(figures: list[Figure]) -> str:
    """A short sum in full ('5,510 + 73,547'), a long one by its length ('the 14 parts told one by one')."""
    if len(figures) > SHORT_SUM:
        return f"the {len(figures)} parts told one by one"
    return " + ".join(figure_text(figure) for figure in figures)


def finding_id(kind: str, figures: list[Figure]) -> str:
    """`<kind>:<article>:<start>,<start>...`: stable while the figures are, short enough to read."""
    starts: dict[str, list[str]] = {}
    for figure in figures:
        starts.setdefault(figure.article_id, []).append(str(figure.start))
    return f"{kind}:" + ";".join(f"{article}:{','.join(at)}" for article, at in starts.items())
