"""Figures for periods behind the end of an axis of time, noted at its edge.

In: the axes and the rows that lie behind their end. Out: marks beside the axes at the height of their values, each with
its period. "Năm 2030 tối thiểu 90%" (at least 90 % in 2030) stands beside a chart of 2018 to 2023 and does not stretch
it to twice its width.
"""

from __future__ import annotations

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes

from reform_figures.plotting.labels import SIZE
from reform_figures.plotting.look import FAINT, INK, LINE
from reform_figures.plotting.marks import Point, draw_point
from reform_figures.plotting.styling import across, pt, wrap
from reform_figures.plotting.texts import row_amount, row_status
from reform_figures.wording import period_text

LATER, LEAST = 1.75, 1.3
"""Inches beside the axes for later figures and their texts: they go with the width, down to what goes with type."""
FIRST, STEP = 0.22, 0.17
"""Inches from the edge to the first mark, and from mark to mark."""


def later_room() -> float:
    """Inches beside the axes for later figures and their texts."""
    return max(across(LATER), pt(LEAST))


def draw_later(axes: Axes, rows: pd.DataFrame, colour: str, marker: str, language: str) -> None:
    """Draw rows behind the end of the axis at its right edge, in the order of time; texts that would touch give way."""
    rows = rows.drop_duplicates(["period", "value", "bound", "status"]).sort_values("period_end", kind="stable")
    if rows.empty:
        return
    place = axes.get_position()
    width, height = place.width * axes.figure.get_figwidth(), place.height * axes.figure.get_figheight()
    start, end = axes.get_xlim()
    low, high = axes.get_ylim()
    first, step = pt(FIRST), pt(STEP)
    texts = first + step * len(rows)
    told = []
    for number, row in enumerate(rows.itertuples()):
        x = end + (first + step * number) / width * (end - start)
        draw_point(axes, Point(mdates.num2date(x), row.value, row.bound, row.status, colour, marker))
        words = f"{period_text(row.period, language)}: {row_amount(row, language, with_unit=False)}"
        lines = wrap(words + row_status(row, language), later_room() - texts - 0.08, SIZE)
        told.append(((row.value - low) / (high - low) * height, lines, x, row.value))
    top = float("inf")
    for at, lines, x, value in sorted(told, reverse=True, key=lambda one: one[0]):
        y = min(at, top - pt(LINE) * len(lines) / 2)
        top = y - pt(LINE) * len(lines) / 2 - 0.04
        axes.annotate("\n".join(lines), (1 + texts / width, y / height), xycoords="axes fraction", va="center",
                      size=pt(SIZE), color=INK, annotation_clip=False, linespacing=1.05)  # fmt: skip
        lead = (x + 0.09 / width * (end - start), end + (texts - 0.03) / width * (end - start))
        heights = (value, low + y / height * (high - low))
        axes.plot(lead, heights, color=FAINT, linewidth=0.7, clip_on=False, zorder=3)
