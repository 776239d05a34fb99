"""Plotting: one look for all charts; hedges, targets and disagreement drawn, sources beneath.

In: rows of the series as `load_series` gives them. Out: a `Chart`, which is a matplotlib Figure with an
alternative text. "Mục tiêu đạt 90% trở lên" (the target is 90 % and more) is a hollow diamond with an arrow up.

All functions take `language="en"` or `"vi"`.
"""

from reform_figures.plotting.amounts import plot_amounts, plot_counts
from reform_figures.plotting.calendar import plot_calendar
from reform_figures.plotting.look import Chart
from reform_figures.plotting.over_time import plot_over_time
from reform_figures.plotting.parts import plot_parts
from reform_figures.plotting.sources import plot_most_told, plot_sources
from reform_figures.plotting.stretches import plot_stretches
from reform_figures.plotting.tiles import plot_latest_map, plot_tile_map

__all__ = [
    "Chart", "plot_amounts", "plot_calendar", "plot_counts", "plot_latest_map", "plot_most_told", "plot_over_time",
    "plot_parts", "plot_sources", "plot_stretches", "plot_tile_map",
]  # fmt: skip
