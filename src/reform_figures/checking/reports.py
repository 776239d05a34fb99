"""What an article reports of a thing, and which reports of several articles tell of the same thing.

In: figures. Out: keys, reports (one number of one article, with its repeats) and threads (reports of several
articles that belong together). An article that tells "giảm 8,94%" of officials and "giảm 49,25%" of part-timers
under one heading (8.94 % and 49.25 % fewer) has two reports; 46.64 % in another article belongs to the second.
"""

from __future__ import annotations

from collections import Counter

from reform_figures.checking.intervals import NEAR, TENTH, Interval, interval_of, loose_interval_of
from reform_figures.checking.looking import Told, clause_before, clause_words, holds_cue, told_as
from reform_figures.periods import period_days
from reform_figures.records import Article, Figure, Finding, Observation

SUMS = ("parts_total", "areas_total", "enumeration_total", "periods_total")
"""Kinds of findings that name a whole first and its parts behind it."""

HEADLINES = ("title", "lead")

RATINGS = ("par_index", "sipas", "papi", "par_index_internal")
"""Subjects that are scores: how many provinces stand in a group of them is another number in every sentence."""

SAME_WORDS = 3
"""So many pairs of syllables in common, and two sentences speak of the same people or things."""

Thread = list[list[Figure]]


def indicator_of(figure: Figure) -> str:
    """Name of the indicator: subject, measure and unit, with the direction where one is set."""
    return ".".join(filter(None, (figure.subject, figure.measure, figure.unit, figure.direction)))


def has_name(figure: Figure) -> bool:
    """Whether the subject is one thing; subjects in `other` gather what has no name."""
    return not figure.subject.endswith("other")


def is_named(figure: Figure) -> bool:
    """Whether two figures of its indicator count the same thing.

    Subjects in `other` gather what has no name, bodies counted under a score stand in any group of it, and legal
    documents are counted by field, issuer and occasion.
    """
    scored = figure.subject in RATINGS or figure.subject.startswith("index")
    counted = figure.measure == "level" and figure.unit not in ("percent", "point", "rank")
    return has_name(figure) and figure.unit != "legal_document" and not (scored and counted)


def counts_units(row: Figure | Observation) -> bool:
    """Whether a number of communes, districts or villages may be of all of them, of those merged or of those left.

    "Sắp xếp 1.178 xã" (1,178 communes merged) and "còn 559 xã" (559 communes left) have the same fields, so that no
    line may join such numbers; those told as a cut have a `direction`, and count one thing.
    """
    return (row.unit, row.measure) == ("admin_unit", "level") and not isinstance(row.direction, str)


def report_key(figure: Figure) -> tuple:
    """What two reports have to share to be reports of the same thing.

    A state belongs to the end of its period: at the end of 2021 is on 31 December 2021. A part of something and a
    mean of something are not the thing itself.
    """
    days = period_days(figure.period)
    is_flow = figure.period_kind == "in"
    when = figure.period if is_flow or days is None else days[1].isoformat()
    return (indicator_of(figure), figure.area, figure.tier, when, is_flow, figure.base, figure.status,
            told_as(figure), figure.of is not None and figure.unit == "point")  # fmt: skip


def known_parts(figures: list[Figure], findings: list[Finding]) -> frozenset[str]:
    """Figures that a finding inside an article shows to be a part of another of the same indicator."""
    key_of = {figure.figure_id: report_key(figure) for figure in figures}
    return frozenset(
        part
        for whole, *rest in (f.figures.split() for f in findings if f.kind in SUMS and f.verdict != "cannot_tell")
        for part in rest
        if part in key_of and key_of[part] == key_of.get(whole)
    )


def headline_figures(figures: list[Figure], articles: dict[str, Article]) -> frozenset[str]:
    """Figures that stand in a headline or a lead."""
    told = {article_id: Told(article, ()) for article_id, article in articles.items()}
    return frozenset(f.figure_id for f in figures if told[f.article_id].role(f) in HEADLINES)


def reports_in(figures: list[Figure]) -> list[list[Figure]]:
    """The reports in one article's figures of one key: numbers that fit each other are one report told again."""
    reports: list[list[Figure]] = []
    for figure in figures:
        span = interval_of(figure, reach=TENTH)
        fitting = (r for r in reports if all(not interval_of(f, reach=TENTH).gap(span) for f in r))
        report = next(fitting, None)
        if report is None:
            reports.append([figure])
        else:
            report.append(figure)
    return reports


def main_report(figures: list[Figure], parts: frozenset[str], headlines: frozenset[str]) -> list[Figure] | None:
    """The report that an article makes of a thing, where it tells several numbers: the whole, else the headline's.

    None where neither is told: several numbers that do not fit each other count different things.
    """
    reports = reports_in(figures)
    if len(reports) == 1:
        return reports[0]
    wholes = [r for r in reports if not all(f.figure_id in parts or _is_singled_out(f) for f in r)]
    if len(wholes) == 1:
        return wholes[0]
    titled = [r for r in wholes if any(f.figure_id in headlines for f in r)]
    return titled[0] if len(titled) == 1 else None


def _is_singled_out(figure: Figure) -> bool:
    """Whether a figure is told of one part alone: 'riêng tại Hà Nội là 5.270' (in Hà Nội alone it is 5,270)."""
    return holds_cue(clause_before(figure), "alone")


def aside_figures(figures: list[Figure], articles: dict[str, Article], findings: list[Finding]) -> frozenset[str]:
    """Figures beside the main report of their article, or one of several where none is the main one."""
    parts, headlines = known_parts(figures, findings), headline_figures(figures, articles)
    groups: dict[tuple, list[Figure]] = {}
    for figure in sorted(figures, key=lambda f: (f.article_id, f.start)):
        groups.setdefault((figure.article_id, report_key(figure)), []).append(figure)
    aside = set()
    for group in groups.values():
        main = main_report(group, parts, headlines) or []
        aside |= {f.figure_id for f in group} - {f.figure_id for f in main}
    return frozenset(aside)


def are_near(one: Figure, other: Figure) -> bool:
    """Whether two numbers are near enough to be meant for the same thing."""
    return abs(one.value - other.value) <= NEAR * max(abs(one.value), abs(other.value))


def threads_of(reports: list[list[Figure]]) -> list[Thread]:
    """Reports of several articles that belong together; a thread holds one report of an article at most.

    Equal numbers belong together, then such as differ by rounding or hedge, then two that are near each other:
    each the only report of its article, or told in the same words.
    """
    told_by = Counter(report[0].article_id for report in reports)

    def are_fellows(one: Thread, other: Thread) -> bool:
        if not all(are_near(f, g) for f in _flat(one) for g in _flat(other)):
            return False
        sole = all(told_by[r[0].article_id] == 1 for r in one + other)
        return sole or any(in_same_words(f, g) for f in _flat(one) for g in _flat(other))

    threads = [[report] for report in reports]
    for fits in (_are_equal, _meet, are_fellows) if is_named(reports[0][0]) else (_are_equal, _meet):
        joined: list[Thread] = []
        for thread in threads:
            fellow = next((t for t in joined if _may_join(t, thread) and fits(t, thread)), None)
            if fellow is None:
                joined.append(thread)
            else:
                fellow.extend(thread)
        threads = joined
    return threads


def in_same_words(one: Figure, other: Figure) -> bool:
    """Whether two figures stand in sentences that name the same people or things."""
    return len(clause_words(one) & clause_words(other)) >= SAME_WORDS


def _flat(thread: Thread) -> list[Figure]:
    return [figure for report in thread for figure in report]


def _may_join(one: Thread, other: Thread) -> bool:
    return not {r[0].article_id for r in one} & {r[0].article_id for r in other}


def _are_equal(one: Thread, other: Thread) -> bool:
    return {(f.value, f.of) for f in _flat(one)} == {(f.value, f.of) for f in _flat(other)}


def _meet(one: Thread, other: Thread) -> bool:
    spans: list[Interval] = [loose_interval_of(f) for f in _flat(one) + _flat(other)]
    return max(s.low for s in spans) <= min(s.high for s in spans)
