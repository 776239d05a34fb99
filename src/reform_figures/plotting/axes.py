"""Axes that tell the truth: limits, ticks and grids for values and for time.

In: the values or days to be shown. Out: axes set up. "Tỷ lệ 42,00% đến 42,02%" (a share of 42.00 to 42.02 %)
does not fill the height of a chart: every unit has a least span.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from reform_figures.plotting.styling import pt, text_width
from reform_figures.wording import amount_text, number_text

LEAST_SPAN = {"percent": 10.0, "percentage_point": 5.0, "rank": 10.0, "point": 5.0}
"""Least height of a value axis in the unit; for counts a fifth of the largest value."""
FROM_ZERO = 0.5
"""A count whose smallest value is below this part of the largest one is drawn from zero."""
WIDE_SHARES = 40.0
"""Shares further apart than this, in percent, are drawn on an axis from 0 to 100 %."""
LOG_RANGE = 50
"""Amounts whose largest is this many times the smallest are drawn in steps of ten."""
ROW = 0.36
"""Height of a row in inches; a broken name takes more."""


def value_limits(values: list[float], unit: str) -> tuple[float, float]:
    """Lower and upper end of a value axis with some room; both ends finite and apart, whatever the values."""
    low, high = min(values), max(values)
    if unit == "percent" and high - low > WIDE_SHARES and low >= 0 and high <= 100:
        return 0.0, 105.0
    if unit not in LEAST_SPAN and low >= 0 and (low < FROM_ZERO * high or low == high):
        return 0.0, high * 1.12 or 1.0
    span = max(high - low, LEAST_SPAN.get(unit, abs(high) / 5), 1e-9)
    middle = (low + high) / 2
    bottom, top = middle - span * 0.62, middle + span * 0.62
    if unit == "percent" and low >= 0 and high <= 100:
        shift = min(0.0, 101 - top)
        bottom, top = max(bottom + shift, 0.0), top + shift
    return (max(bottom, 0.0) if low >= 0 else bottom), top


def format_values(axes: Axes, which: str, unit: str, language: str, *, logarithmic: bool = False) -> None:
    """Ticks with grouped numbers on the x or y axis, and a grid across them."""
    axis = getattr(axes, f"{which}axis")
    sign = unit == "percent"
    write = (lambda v: amount_text(v, unit, language)) if sign else (lambda v: number_text(v, language))
    axis.set_major_formatter(FuncFormatter(lambda value, _: write(round(value, 6))))
    if logarithmic:
        low, high = (math.log10(end) for end in axis.get_view_interval())
        decades = range(math.ceil(low), math.floor(high) + 1)
        axis.set_ticks([10.0**power for power in decades[:: 1 if len(decades) < 4 else 2]])
        axis.set_minor_locator(NullLocator())
    else:
        axis.set_major_locator(MaxNLocator(nbins=_most_ticks(axes, which, write), steps=[1, 2, 2.5, 5, 10]))
    axes.grid(axis=which)
    axis.set_tick_params(length=0)


def _most_ticks(axes: Axes, which: str, write: Callable[[float], str]) -> int:
    """Five ticks, or as many as there is room for beside each other."""
    if which == "y":
        return 5
    low, high = axes.get_xlim()
    widest = max(text_width(write(round(low + (high - low) * part, 1)), 9.5) for part in (0.35, 0.55, 0.85, 1))
    room = axes.get_position().width * axes.figure.get_figwidth()
    return max(1, min(5, int(room / (widest + 0.1))))


def set_years(axes: Axes, first: date, last: date) -> None:
    """A time axis of whole years: a line at each turn of the year, its name in the middle of it where there is room."""
    start, end = first.year, last.year + 1
    axes.set_xlim(date(start, 1, 1), date(end, 1, 1))
    years = range(start, end + 1)
    axes.set_xticks([mdates.date2num(date(year, 1, 1)) for year in years], [""] * len(years))
    room = axes.get_position().width * axes.figure.get_figwidth() / (end - start)
    named = range(start, end, math.ceil((text_width("2020", 9.5) + 0.08) / room))
    axes.set_xticks([mdates.date2num(date(year, 7, 2)) for year in named], [str(year) for year in named], minor=True)
    axes.tick_params(axis="x", which="minor", length=0)
    axes.tick_params(axis="x", which="major", length=5, color="#999999")
    axes.grid(axis="x", which="major", color="#EEEEEE")


def is_wide(values: pd.Series) -> bool:
    """Whether amounts lie so far apart that steps of ten show them better; zeros keep the axis plain."""
    values = values.dropna()
    return len(values) > 1 and values.min() > 0 and values.max() / values.min() >= LOG_RANGE


def row_places(*texts: list[str]) -> tuple[list[float], list[float]]:
    """Heights of rows for their broken texts, and where their middles lie below the top, both in inches."""
    lines = [max(text.count("\n") + 1 for text in row) for row in zip(*texts, strict=True)]
    heights = [pt(max(ROW, 0.17 * count + 0.12)) for count in lines]
    return heights, [sum(heights[:number]) + height / 2 for number, height in enumerate(heights)]
