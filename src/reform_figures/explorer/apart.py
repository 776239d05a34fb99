"""What no line of the chart may join: it would make a rise of what was none.

In: rows of the series with their figures. Out: those that stand apart from any line. "Từ 635 xuống còn 559" (from 635
to 559) of one December is no decline over time, and a mark that 3 ministries passed is no index of anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reform_figures.averages import statistic_of
from reform_figures.checking.reports import RATINGS
from reform_figures.records import Figure, Observation


def apart_rows(series: Iterable[Observation], told: dict[str, Figure]) -> set[str]:
    """figure_id of every row that no line may run through: of other bodies, of before a change at one time, or one of
    several numbers that an article tells of the same time."""
    series = list(series)
    known = {row.figure_id: row for row in series}
    sentences = defaultdict(list)
    for figure in told.values():
        sentences[figure.article_id, figure.sentence_start].append(figure)
    groups = defaultdict(list)
    for row in series:
        groups[row.article_id, row.indicator, row.area, row.tier, row.unit_within].append(row)
    apart = set()
    for rows in groups.values():
        for row in rows:
            figure = told[row.figure_id]
            of_other_bodies = _is_of_other_bodies(row, figure, sentences[figure.article_id, figure.sentence_start])
            rivalled = not row.state and _has_rival(row, rows)
            if of_other_bodies or rivalled or _is_before_at_once(row, known):
                apart.add(row.figure_id)
    return apart


def _is_before_at_once(row: Observation, known: dict[str, Observation]) -> bool:
    """Whether a row is the state before a change and is told of no earlier time than the state after it."""
    after = known.get(row.other_state or "")
    return row.state == "before" and not (after and (row.period_end or "9999") < (after.period_end or "9999"))


def _is_of_other_bodies(row: Observation, figure: Figure, beside: list[Figure]) -> bool:
    """Marks that some bodies reached, and of an index of the country, the ministries or the localities all but
    averages."""
    if row.unit != "percent" or row.measure != "share":
        return False
    statistic = statistic_of(figure, beside)
    rated = row.subject in RATINGS and row.area in ("VN", "VN-central", "VN-local")
    return statistic != "average" if rated else statistic == "mark"


def _has_rival(row: Observation, rows: list[Observation]) -> bool:
    """Whether the article tells another number of the same thing for the same month, and nothing says which is the
    whole."""

    def same(other: Observation) -> bool:
        fields = ("period_kind", "base", "status")
        at_once = (row.period_end or "")[:7] == (other.period_end or "")[:7]
        return at_once and all(getattr(row, field) == getattr(other, field) for field in fields)

    is_main = row.verdict != "several"
    return any(same(o) and o.value != row.value and (o.verdict != "several" or not is_main) for o in rows)
