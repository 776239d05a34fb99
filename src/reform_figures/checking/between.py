"""The same thing reported by several articles: do they agree?

In: all figures and the articles they come from. Out: one `Finding` a group of reports, its kind the verdict:
`reports_agree`, `reports_rounded`, `reports_revised`, `reports_different_scope`, `reports_conflict`. "Giảm 561
đơn vị cấp xã" (561 communes fewer) in one article and 563 in another are a conflict; nothing is averaged. Which
numbers are held against each other, `reports.py` decides.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from reform_figures.checking.findings import figure_text, finding_id
from reform_figures.checking.intervals import loose_interval_of
from reform_figures.checking.looking import told_as
from reform_figures.checking.reports import (
    Thread,
    are_near,
    headline_figures,
    indicator_of,
    is_named,
    known_parts,
    main_report,
    report_key,
    reports_in,
    threads_of,
)
from reform_figures.periods import period_days
from reform_figures.records import Article, Figure, Finding

SETTLING = timedelta(days=45)
"""A number told up to this long after the end of its period may be provisional; a later one then revises it.

What is told of no dated period ('every year') holds for the day it is told."""

VERDICTS = {
    "agree": "holds",
    "rounded": "holds",
    "revised": "cannot_tell",
    "different_scope": "cannot_tell",
    "conflict": "contradicts",
}
"""Verdict on a group of reports → the same in the terms of a finding."""

REASONS = {
    "agree": "all tell the same number",
    "rounded": "the numbers differ by their rounding or hedge alone",
    "revised": "the earlier number was told before the period had settled, or its publisher told it anew",
    "far_apart": "too far apart for one thing: they count different things, or one is wrong",
    "other_stretch": "told for another stretch of time, or for a running total",
    "conflict": "they cannot all be right",
}


def compare_reports(figures: list[Figure], articles: dict[str, Article], findings: list[Finding]) -> list[Finding]:
    """One finding a group of reports. A figure stands in one of them at most.

    `findings` are those inside the articles: a figure found there to be a part is no report of the whole. What
    one article alone tells is compared with nothing, be it one number or several.
    """
    parts, headlines = known_parts(figures, findings), headline_figures(figures, articles)
    groups = defaultdict(lambda: defaultdict(list))
    for figure in sorted(figures, key=lambda f: (f.article_id, f.start)):
        groups[report_key(figure)][figure.article_id].append(figure)
    found, alone = [], {}
    for key in sorted(groups, key=str):
        if len(groups[key]) > 1:
            told = {a: _candidates(f, parts, headlines) for a, f in groups[key].items()}
            found += _compare_group(told, articles)
        elif main := main_report(*groups[key].values(), parts, headlines):
            alone[key] = main
    return found + _flows_and_totals(alone, articles)


def _candidates(figures: list[Figure], parts: frozenset[str], headlines: frozenset[str]) -> list[list[Figure]]:
    """What an article may report of a thing: its main report, or all of them where none is the main one."""
    main = main_report(figures, parts, headlines)
    return [main] if main else reports_in([f for f in figures if f.figure_id not in parts])


def _compare_group(told: dict[str, list[list[Figure]]], articles: dict[str, Article]) -> list[Finding]:
    """Findings on one group: those reports that tell of the same thing, then the articles that found no fellow."""
    threads = threads_of([report for reports in told.values() for report in reports])
    shared = [thread for thread in threads if len({report[0].article_id for report in thread}) > 1]
    found = [_finding(_verdict(thread, articles), _figures(thread, articles), articles) for thread in shared]
    joined = {report[0].article_id for thread in shared for report in thread}
    left = [report for article, reports in told.items() if article not in joined for report in reports]
    if left and is_named(left[0][0]):
        beside = [figure for thread in shared for figure in _figures(thread, articles)]
        found.append(_finding("far_apart", _figures(left, articles), articles, beside))
    return found


def _flows_and_totals(alone: dict[tuple, list[Figure]], articles: dict[str, Article]) -> list[Finding]:
    """What articles tell for stretches of time that end on the same day: during a period, or up to its end.

    Equal numbers agree. Others stand side by side where the period is the same, or where they are so near that the
    same thing must be meant: 563 communes fewer in three years, 561 in the last of them.
    """
    groups = defaultdict(list)
    for report in alone.values():
        first = report[0]
        days = period_days(first.period)
        if days and is_named(first):
            key = (indicator_of(first), first.area, first.tier, days[1], first.base, first.status, told_as(first))
            groups[key].append(report)
    found = []
    for _, reports in sorted(groups.items(), key=lambda item: str(item[0])):
        figures = _figures(reports, articles)
        verdict = _verdict(reports, articles)
        same_period = len({r[0].period for r in reports}) == 1
        is_one = verdict in ("agree", "rounded")
        if len({f.article_id for f in figures}) > 1 and (same_period or is_one or verdict != "far_apart"):
            found.append(_finding(verdict if is_one else "other_stretch", figures, articles))
    return found


def _figures(reports: Thread, articles: dict[str, Article]) -> list[Figure]:
    """The figures of reports, in the order of their publication."""
    ordered = sorted(reports, key=lambda r: (_published(articles[r[0].article_id]), r[0].article_id, r[0].start))
    return [figure for report in ordered for figure in report]


def _verdict(reports: Thread, articles: dict[str, Article]) -> str:
    """Verdict on reports of two articles and more."""
    tellings = _figures(reports, articles)
    if len({(f.value, f.of, f.value_max, f.bound) for f in tellings}) == 1:
        return "agree"
    spans = [loose_interval_of(f) for f in tellings]
    if max(s.low for s in spans) <= min(s.high for s in spans):
        return "rounded"
    if not all(are_near(tellings[0], figure) for figure in tellings):
        return "far_apart"
    first, last = articles[tellings[0].article_id], articles[tellings[-1].article_id]
    days = period_days(tellings[0].period)
    settled = (days[1] if days else _published(first)) + SETTLING if _published(first) < date.max else date.min
    provisional = _published(first) <= settled < _published(last)
    same_house = first.publisher == last.publisher and _published(first) < _published(last)
    return "revised" if provisional or same_house else "conflict"


def _published(article: Article) -> date:
    return article.published_at.date() if article.published_at else date.max


def _finding(reason: str, figures: list[Figure], articles: dict[str, Article], beside: Thread = ()) -> Finding:
    """A finding on reports; `beside` are numbers of other findings that are named for comparison."""
    verdict = reason if reason in VERDICTS else "different_scope"
    numbers = " / ".join(dict.fromkeys(figure_text(f) for f in figures))
    others = " / ".join(dict.fromkeys(figure_text(f) for f in beside))
    told_by = dict.fromkeys(f.article_id for f in figures)
    publishers = ", ".join(dict.fromkeys(articles[article_id].publisher for article_id in told_by))
    count = f"{len(told_by)} article" + ("s" if len(told_by) > 1 else "")
    against = f", beside {others} elsewhere" if others else ""
    kind = f"reports_{verdict}"
    return Finding(
        finding_id=finding_id(kind, figures),
        kind=kind,
        figures=" ".join(f.figure_id for f in figures),
        expected="",
        found=numbers,
        tolerance="",
        verdict=VERDICTS[verdict],
        words=f"{numbers} ({count}: {publishers}){against}: {REASONS[reason]}.",
    )


__all__ = ["compare_reports", "indicator_of", "is_named", "known_parts", "report_key"]
