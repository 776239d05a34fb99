"""Figures for periods behind the end of an axis of time, noted at its edge.

In: the axes and the rows that lie behind their end. Out: marks beside the axes at the height of their values, each with
its period. "Năm 2030 tối thiểu 90%" (at least 90 % in 2030) stands beside a chart of 2018 to 2023 and does not stretch
it to twice its width.
"""

from __future__ import annotations

import textwrap

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes

from reform_figures.plotting.labels import SIZE
from reform_figures.plotting.look import FAINT, INK, LINE
from reform_figures.plotting.marks import Point, draw_point
from reform_figures.plotting.texts import row_amount, row_status
from reform_figures.wording import period_text

LATER = 1.75
"""Inches beside the axes for later figures and their texts."""
FIRST, STEP = 0.22, 0.17
"""Inches from the edge to the first mark, and from mark to mark."""
LETTERS = 20
"""Most letters in a line of their texts."""


def draw_later(axes: Axes, rows: pd.DataFrame, colour: str, marker: str, language: str) -> None:
    """Draw rows behind the end of the axis at its right edge, in the order of time; texts that would touch give way."""
    rows = rows.drop_duplicates(["period", "value", "bound", "status"]).sort_values("period_end", kind="stable")
    if rows.empty:
        return
    place = axes.get_position()
    width, height = place.width * axes.figure.get_figwidth(), place.height * axes.figure.get_figheight()
    start, end = axes.get_xlim()
    low, high = axes.get_ylim()
    texts = FIRST + STEP * len(rows)
    told = []
    for number, row in enumerate(rows.itertuples()):
        x = end + (FIRST + STEP * number) / width * (end - start)
        draw_point(axes, Point(mdates.num2date(x), row.value, row.bound, row.status, colour, marker))
        words = f"{period_text(row.period, language)}: {row_amount(row, language, with_unit=False)}"
        lines = textwrap.wrap(words + row_status(row, language), LETTERS)
        told.append(((row.value - low) / (high - low) * height, lines, x, row.value))
    top = float("inf")
    for at, lines, x, value in sorted(told, reverse=True, key=lambda one: one[0]):
        y = min(at, top - LINE * len(lines) / 2)
        top = y - LINE * len(lines) / 2 - 0.04
        axes.annotate("\n".join(lines), (1 + texts / width, y / height), xycoords="axes fraction", va="center",
                      size=SIZE, color=INK, annotation_clip=False, linespacing=1.05)  # fmt: skip
        lead = (x + 0.09 / width * (end - start), end + (texts - 0.03) / width * (end - start))
        heights = (value, low + y / height * (high - low))
        axes.plot(lead, heights, color=FAINT, linewidth=0.7, clip_on=False, zorder=3)
