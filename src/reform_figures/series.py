"""Series: every reported figure as one observation of an indicator, with the day it became known.

In: figures, the articles they come from, the findings of the checks. Out: `Observation`s, sorted, one a
figure. "Đến nay, cả nước giảm 79.057 người" (so far the country has shed 79,057 people), published on 3
February 2023 about 2022, is an observation of `staff_total.level.person.down` for VN with `period_end`
2022-12-31 and `known_since` 2023-02-03.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from reform_figures.checking import check_articles
from reform_figures.checking.reports import aside_figures, indicator_of, report_key
from reform_figures.checking.states import states_of
from reform_figures.holding import days_held
from reform_figures.local_units import local_unit
from reform_figures.periods import period_days
from reform_figures.published import is_published
from reform_figures.records import Article, Figure, Finding, Observation

REPORTS = "reports_"
"""Findings of this kind compare articles; the rest of their kind is the verdict on an observation."""


def build_series(
    figures: Iterable[Figure], articles: Iterable[Article], findings: Iterable[Finding]
) -> list[Observation]:
    """One observation a figure of a published article, sorted by indicator, area, tier, time, publication and figure.

    Time is the day on which a number holds: what was before a change stands before what is after it. The order of what
    is given changes nothing. Raises ValueError for a period of unknown form and for a figure whose article is not
    given; the message names the figure.
    """
    known = {article.article_id: article for article in articles}
    figures = [f for f in figures if f.article_id not in known or is_published(known[f.article_id])]
    findings = list(findings)
    verdicts = {
        figure_id: finding.kind.removeprefix(REPORTS)
        for finding in findings
        if finding.kind.startswith(REPORTS)
        for figure_id in finding.figures.split()
    }
    for figure in figures:
        _check_figure(figure, known)
    for figure_id in aside_figures(figures, known, findings):
        verdicts.setdefault(figure_id, "several")
    reporting = defaultdict(set)
    for figure in figures:
        reporting[report_key(figure)].add(figure.article_id)
    states = states_of(figures, known)
    observations = [
        _observe(figure, known[figure.article_id], len(reporting[report_key(figure)]), verdicts, states)
        for figure in figures
    ]
    held = days_held(observations)
    return sorted(observations, key=lambda row: _order(row, held[row.figure_id]))


def _check_figure(figure: Figure, known: dict[str, Article]) -> None:
    """Raise ValueError, with the name of the figure, where its article or the form of its period is unknown."""
    if figure.article_id not in known:
        raise ValueError(
            f"figure {figure.figure_id}: its article is not in the table of articles; "
            "run scripts/read.py and scripts/extract.py again"
        )
    try:
        period_days(figure.period)
    except ValueError as error:
        raise ValueError(f"figure {figure.figure_id}: {error}") from error


def _observe(figure: Figure, article: Article, reports: int, verdicts: dict[str, str],
             states: dict[str, tuple[str, str]]) -> Observation:  # fmt: skip
    days = period_days(figure.period)
    state, other = states.get(figure.figure_id, (None, None))
    return Observation(
        indicator=indicator_of(figure),
        theme=figure.theme,
        subject=figure.subject,
        measure=figure.measure,
        unit=figure.unit,
        direction=figure.direction,
        area=figure.area,
        tier=figure.tier,
        period=figure.period,
        period_start=days and days[0].isoformat(),
        period_end=days and days[1].isoformat(),
        period_kind=figure.period_kind,
        base=figure.base,
        status=figure.status,
        value=figure.value,
        of=figure.of,
        value_max=figure.value_max,
        bound=figure.bound,
        hedge=figure.hedge,
        known_since=article.published_at.date().isoformat() if article.published_at else None,
        known_since_precision=article.published_precision or None,
        figure_id=figure.figure_id,
        article_id=figure.article_id,
        publisher=article.publisher,
        state=state,
        other_state=other,
        unit_within=local_unit(figure, article) or None,
        reports=reports,
        verdict=verdicts.get(figure.figure_id, "only"),
    )


def _order(row: Observation, held: str | None) -> tuple:
    """Sorting key: what, whose, when it holds; untold days first, of one day first what was before a change; the
    figure's place last, so that it is unique."""
    article, _, span = row.figure_id.rpartition(":")
    place = (article, *(int(offset) for offset in span.split("-")))
    when = (held or "", row.state != "before", row.period_start or "", row.base or "")
    return (row.theme, row.indicator, row.area, row.tier or "", when, row.status, row.known_since or "", place)


def as_of(day: date, figures: Iterable[Figure], articles: Iterable[Article]) -> list[Observation]:
    """The series as it was public on a day: built, checks and verdicts included, from what was published by then.

    Articles whose date of publication is unknown are left out.
    """
    then = [a for a in articles if a.published_at and a.published_at.date() <= day]
    names = {article.article_id for article in then}
    told = [figure for figure in figures if figure.article_id in names]
    return build_series(told, then, check_articles(told, then))


__all__ = ["as_of", "build_series", "is_published"]
