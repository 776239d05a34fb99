"""What every column of a chart's data holds, for its page.

In: the rows of a chart. Out: name, meaning and Vietnamese name of each column. "Mức độ chắc chắn" is `bound`: how the
text hedges its number.
"""

from __future__ import annotations

from dataclasses import fields

import pandas as pd

from reform_figures.names import name_of
from reform_figures.records import Article
from reform_figures.tracing import TracedObservation

ADDED = {
    "subject_name": "name of the subject in English",
    "area_name": "name of the area in English",
    "subject_name_vi": "name of the subject in Vietnamese",
    "area_name_vi": "name of the area in Vietnamese",
    "period_told": "sentence where the sentence of the number names a time, elsewhere where the period was carried "
    "over from the text around it or from what the article reports on; empty where there is no period",
    "policy": "which of several reports of the same thing were chosen: all, latest, first or official",
    "set_aside": "how many articles that policy left out",
    "holds_on": "day on which the number holds: the last of its period, the first where it was before a change of that "
    "time",
    "statistic": "what the sentence says that the number is: average, lowest, highest, mark (a number that some bodies "
    "reached) or part; empty where it does not say",
    "place": "line for what a chart may join to other points - reported and expected states are, a target and what was "
    "counted during a period are drawn without a line; beside where it stands by itself; out where it is not drawn",
    "before": "state before the cut that the same article tells, in the same unit; empty where it tells none",
    "after": "state after the cut that the same article tells, in the same unit; empty where it tells none",
    "articles": "how many articles tell it; where the row has a figure_id, that is the report known first",
    "others": "how many articles tell another number of the same thing",
    "things": "how many things are told by so many articles: same indicator, area, tier, period, base and status",
    "characters": "length of the text that was read, in characters",
}
"""Columns that the loaders and the functions of rows add to those of the tables."""

LOADED = ("subject_name", "area_name", "policy", "set_aside")
"""Those of them that `load_series` adds."""


def describe_columns(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Name, meaning and Vietnamese name of each column, in order.

    Raises KeyError for a column that nobody has described.
    """
    record = TracedObservation if "figure_id" in rows else Article
    about = {f.name: f.metadata["about"] for one in (TracedObservation, record) for f in fields(one)} | ADDED
    return [(name, about[name], name_of("column", name, "vi")) for name in rows.columns]
