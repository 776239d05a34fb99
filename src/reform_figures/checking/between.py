"""The same thing reported by several articles: do they agree?

In: all figures and the articles they come from. Out: one `Finding` a group of reports, its kind the verdict:
`reports_agree`, `reports_rounded`, `reports_revised`, `reports_different_scope`, `reports_conflict`. "Giảm 561
đơn vị cấp xã" (561 communes fewer) in one article and 563 in another are a conflict; nothing is averaged.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from reform_figures.checking.findings import figure_text, finding_id
from reform_figures.checking.intervals import loose_interval_of
from reform_figures.periods import period_days
from reform_figures.records import Article, Figure, Finding

SUMS = ("parts_total", "areas_total", "enumeration_total", "periods_total")
"""Kinds of findings that name a whole first and its parts behind it."""

SETTLING = timedelta(days=45)
"""A number told up to this long after the end of its period may be provisional; a later one then revises it."""

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
    "revised": "the earlier number was told before the period had settled",
    "different_scope": "they do not count the same thing (parts of it, or another stretch of time)",
    "conflict": "they cannot all be right",
}


def indicator_of(figure: Figure) -> str:
    """Name of the indicator: subject, measure and unit, with the direction where one is set."""
    return ".".join(filter(None, (figure.subject, figure.measure, figure.unit, figure.direction)))


def is_named(figure: Figure) -> bool:
    """Whether two figures of its indicator count the same thing: subjects in `other` gather what has no name."""
    return not figure.subject.endswith("other")


def report_key(figure: Figure) -> tuple:
    """What two reports have to share to be reports of the same thing."""
    return (indicator_of(figure), figure.area, figure.tier, figure.period, figure.base, figure.status)


def known_parts(figures: list[Figure], findings: list[Finding]) -> frozenset[str]:
    """Figures that a finding inside an article shows to be a part of another of the same indicator."""
    key_of = {figure.figure_id: report_key(figure) for figure in figures}
    return frozenset(
        part
        for whole, *rest in (f.figures.split() for f in findings if f.kind in SUMS and f.verdict != "cannot_tell")
        for part in rest
        if key_of[part] == key_of[whole]
    )


def compare_reports(figures: list[Figure], articles: dict[str, Article], findings: list[Finding]) -> list[Finding]:
    """One finding a group of reports. A figure stands in one of them at most; one told once stands in none.

    `findings` are those inside the articles: a figure found there to be a part is no report of the whole.
    """
    parts = known_parts(figures, findings)
    groups = defaultdict(lambda: defaultdict(list))
    for figure in sorted(figures, key=lambda f: (f.article_id, f.start)):
        groups[report_key(figure)][figure.article_id, figure.period_kind == "in"].append(figure)
    found = []
    for key in sorted(groups, key=str):
        found += _compare_group(groups[key], articles, parts)
    return found


def _compare_group(tellings: dict, articles: dict[str, Article], parts: frozenset[str]) -> list[Finding]:
    """Findings on one group: `tellings` holds its figures by article and by whether they count during the period."""
    found, reports = [], {True: [], False: []}
    for (_, is_flow), figures in tellings.items():
        report, rest = _report_of(figures, parts)
        if rest:
            found.append(_finding("different_scope", rest, articles))
        if report:
            reports[is_flow].append(report)
    for is_flow, told in reports.items():
        told.sort(key=lambda report: (_published(articles[report[0].article_id]), report[0].figure_id))
        elsewhere = {report[0].article_id for report in reports[not is_flow]} - {r[0].article_id for r in told}
        if len(told) > 1 or (told and elsewhere):
            verdict = _verdict(told, articles) if len(told) > 1 else "different_scope"
            found.append(_finding(verdict, [figure for report in told for figure in report], articles))
    return found


def _report_of(figures: list[Figure], parts: frozenset[str]) -> tuple[list[Figure], list[Figure]]:
    """What one article reports of a thing, with its repeats, and its other figures under the same heading.

    Several numbers that do not fit each other count different things; which one is the whole is known only
    where all others were found to be its parts.
    """
    for whole in (figures, [f for f in figures if f.figure_id not in parts]):
        if whole and all(not loose_interval_of(whole[0]).gap(loose_interval_of(f)) for f in whole):
            return whole, [f for f in figures if f not in whole]
    return [], figures


def _verdict(reports: list[list[Figure]], articles: dict[str, Article]) -> str:
    """Verdict on reports of two articles and more, in the order of their publication."""
    tellings = [figure for report in reports for figure in report]
    if len({(f.value, f.of, f.value_max, f.bound) for f in tellings}) == 1:
        return "agree"
    spans = [loose_interval_of(f) for f in tellings]
    if max(s.low for s in spans) <= min(s.high for s in spans):
        return "rounded"
    if not is_named(tellings[0]):
        return "different_scope"
    first, last = articles[reports[0][0].article_id], articles[reports[-1][0].article_id]
    days = period_days(tellings[0].period)
    provisional = days is not None and _published(first) <= days[1] + SETTLING < _published(last)
    same_house = first.publisher == last.publisher and _published(first) < _published(last)
    return "revised" if provisional or same_house else "conflict"


def _published(article: Article) -> date:
    return article.published_at.date() if article.published_at else date.max


def _finding(verdict: str, figures: list[Figure], articles: dict[str, Article]) -> Finding:
    numbers = " / ".join(dict.fromkeys(figure_text(f) for f in figures))
    told_by = dict.fromkeys(f.article_id for f in figures)
    publishers = ", ".join(dict.fromkeys(articles[article_id].publisher for article_id in told_by))
    count = f"{len(told_by)} article" + ("s" if len(told_by) > 1 else "")
    kind = f"reports_{verdict}"
    return Finding(
        finding_id=finding_id(kind, figures),
        kind=kind,
        figures=" ".join(f.figure_id for f in figures),
        expected="",
        found=numbers,
        tolerance="",
        verdict=VERDICTS[verdict],
        words=f"{numbers} ({count}: {publishers}): {REASONS[verdict]}.",
    )
