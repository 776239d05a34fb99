"""What was before a change and what is after it, where one article tells both: kept off the line, joined by an arrow.

In: rows of the series (`state`, `other_state`). Out: rows with their place, and the arrows drawn. "Trước khi sắp xếp có
635 xã, từ 01/12/2019 còn 559" (635 communes before the merger, 559 from 1 December 2019), told of December 2019, are
no rise from 559 at the first of the month to 635 at its end. Numbers of units have no line at all (`counts_units`), so
that their states are joined by an arrow whatever their times.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from reform_figures.plotting.look import INK


def place_states(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in which a state before a change that is told of no earlier time than the one after stands beside the line.

    It is put on the day on which it holds, the start of its period; without one on the day of the state after it. Both
    keep their `state`, which charts write, and so do those of which one is not on the line; others, told of two times
    in their order, need no more than their place in time. Rows need a `place`.
    """
    if "state" not in rows:
        return rows.assign(state=None, other_state=None)
    ends = dict(zip(rows["figure_id"], rows["period_end"], strict=True))
    then = pd.to_datetime(rows["other_state"].map(ends))  # NaT where the state after is not among the rows
    before = rows["state"].eq("before")
    apart = before & ~(rows["period_end"] < then)
    marked = apart | before & rows["place"].ne("line")
    pairs = marked | rows["figure_id"].isin(rows.loc[marked, "other_state"])
    return rows.assign(
        place=rows["place"].mask(apart & rows["place"].eq("line"), "beside"),
        period_end=rows["period_end"].mask(apart, rows["holds_on"].fillna(then)),
        state=rows["state"].where(pairs),
    )


def state_pairs(rows: pd.DataFrame) -> list[tuple]:
    """Pairs (row before, row after) that `place_states` left side by side."""
    told = {row.figure_id: row for row in rows.itertuples()}
    befores = [row for row in told.values() if row.state == "before" and row.other_state in told]
    return [(row, told[row.other_state]) for row in befores]


def draw_states(axes: Axes, rows: pd.DataFrame) -> None:
    """An arrow from each state before a change to the one after it."""
    for before, after in state_pairs(rows):
        ends = [(axes.convert_xunits(row.period_end), row.value) for row in (before, after)]
        axes.add_collection(LineCollection([ends], colors=INK, linewidths=1.0, zorder=2))
        axes.annotate("", (after.period_end, after.value), xytext=(before.period_end, before.value), zorder=3,
                      annotation_clip=False, arrowprops={"arrowstyle": "->", "color": INK, "linewidth": 1.0,
                                                         "shrinkA": 0, "shrinkB": 5})  # fmt: skip
