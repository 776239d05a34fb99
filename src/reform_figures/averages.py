"""Which figures of a share or an index are of its whole, and which a line may join.

In: rows of the series (`load_series`). Out: the rows with two columns more. `statistic`: what the sentence says that
the number is (an `average`, the `lowest` or `highest` of several bodies, a `mark` that some of them reached, a `part`),
or '' where it does not say. `place`: in a chart over time on its `line`, `beside` it, or `out`. "Bình quân cả nước đạt
82,66%" (on average of the country 82.66 %) is an average; "3 bộ vượt mốc 90%" (3 ministries passed the mark of 90 %)
is a mark and no index of anybody.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from reform_figures.loading import read_records
from reform_figures.records import Figure
from reform_figures.vocabulary import load_rows

BODIES, OWN_BODIES = ("ministry", "locality"), ("organisation", "admin_unit", "other")
"""Units that count bodies: beside such a count, a percentage is the mark that so many of them reached. Those of the
second kind count bodies only where the number is of the same subject."""
BESIDE = ("different_scope", "several")
"""Verdicts on figures that may count a part or another thing."""


def join_averages(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of an index, the averages on the line. Lowest and highest stand beside it, as does what is not said to be
    anything else; marks, parts, and several numbers of one article of which none is said to be the average are out."""
    told = _statistics(rows)
    unclear = told.eq("") & rows["verdict"].isin(BESIDE)
    place = pd.Series("beside", index=rows.index, dtype=object)
    return rows.assign(
        statistic=told, place=place.mask(told.eq("average"), "line").mask(told.isin(["mark", "part"]) | unclear, "out")
    )


def leave_out_marks(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a share, but for marks that some bodies reached: those are out. What may be a part stands beside."""
    told = _statistics(rows)
    unclear = told.ne("average") & rows["verdict"].isin(BESIDE)
    place = pd.Series("line", index=rows.index, dtype=object)
    return rows.assign(statistic=told, place=place.mask(unclear, "beside").mask(told.eq("mark"), "out"))


def _statistics(rows: pd.DataFrame) -> pd.Series:
    """What each row's sentence says that its number is."""
    wanted = set(rows["article_id"])
    sentences: dict[tuple[str, int], list[Figure]] = {}
    for figure in read_records("figures"):
        if figure.article_id in wanted:
            sentences.setdefault((figure.article_id, figure.sentence_start), []).append(figure)
    known = {figure.figure_id: (figure, beside) for beside in sentences.values() for figure in beside}
    return pd.Series([statistic_of(*known[name]) for name in rows["figure_id"]], index=rows.index, dtype=object)


def statistic_of(figure: Figure, beside: list[Figure]) -> str:
    """What a sentence says that its number is; `beside` are the figures of that sentence.

    A part is one wherever the sentence names it before the number. Else the nearest word before the number decides,
    then a count of bodies of the same subject beside it, then "average" behind it.
    """
    before = figure.sentence[: figure.start - figure.sentence_start].casefold()
    after = figure.sentence[figure.start - figure.sentence_start :].casefold()
    found = [(match.start(), statistic) for form, statistic in _cues() for match in form.finditer(before)]
    if any(statistic == "part" for _, statistic in found):
        return "part"
    if found:
        return max(found)[1]
    if any(_counts_bodies(other, figure.subject) for other in beside):
        return "mark"
    return "average" if any(statistic == "average" and form.search(after) for form, statistic in _cues()) else ""


def _counts_bodies(figure: Figure, subject: str) -> bool:
    own = figure.subject == subject and figure.unit in OWN_BODIES
    return figure.measure == "level" and (own or figure.unit in BODIES)


@cache
def _cues() -> list[tuple[re.Pattern, str]]:
    """The wordings of `statistics.csv`, each as whole words."""
    rows = load_rows("statistics")
    return [(re.compile(rf"(?<!\w){re.escape(row['form'])}(?!\w)"), row["statistic"]) for row in rows]
