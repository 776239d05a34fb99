"""Shades for amounts: a few steps from light to dark that stay apart in grey, with letters that stay legible on them.

In: the values to be shown. Out: the edges of the steps, a shade and a colour of letters for each value. "Tỷ lệ 42,00%
đến 42,02%" (a share of 42.00 to 42.02 %) is one shade and not the whole range of them: every unit has a least span.
"""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from reform_figures.names import name_of
from reform_figures.plotting.axes import LEAST_SPAN, is_wide
from reform_figures.plotting.look import FAINT, INK
from reform_figures.plotting.styling import pt
from reform_figures.wording import amount_text

SHADES = ("#EAF1F8", "#BDD3E8", "#8DB4D6", "#3E75AC", "#0B3C6F")
"""Lightness 95, 83, 71, 47, 25; letters on them keep a contrast of 4.5 and more."""
DARK = SHADES[3:]
"""Shades that letters stand white on."""
EMPTY = {"facecolor": "white", "edgecolor": "#B5B5B5", "hatch": "////", "linewidth": 0.6}
"""A place without a figure: hatched, so that it is no pale shade."""


@dataclass(frozen=True)
class Scale:
    """Edges of the steps, one more than there are steps, in one unit."""

    edges: tuple[float, ...]
    unit: str

    def shade(self, value: float, *, below: bool = False) -> str:
        """Shade of a value: of the step that begins at or below it, the last step with its upper edge.

        `below` is for a value that was not reached: less than 98 is no step that begins at 98.
        """
        steps = len(self.edges) - 1
        find = bisect.bisect_left if below else bisect.bisect_right
        step = min(max(find(self.edges, value) - 1, 0), steps - 1)
        return SHADES[2 if steps == 1 else round(step * (len(SHADES) - 1) / (steps - 1))]


def ink_on(shade: str) -> str:
    """Colour of letters on a shade."""
    return "white" if shade in DARK else INK


def scale_of(values: pd.Series, unit: str) -> Scale:
    """At most five steps of equal width, or of equal ratios where the amounts are far apart."""
    low, high = float(values.min()), float(values.max())
    if is_wide(values):
        first, last = math.floor(math.log10(low)), math.floor(math.log10(high)) + 1
        stride = math.ceil((last - first) / len(SHADES))
        return Scale(tuple(10.0**power for power in range(first, last + stride, stride)), unit)
    span = LEAST_SPAN.get(unit, abs(high) / 5 or 1.0)
    if high - low < span:
        low, high = (low + high - span) / 2, (low + high + span) / 2
        low = max(low, 0.0) if values.min() >= 0 else low
        high = min(high, 100.0) if unit == "percent" and values.max() <= 100 else high
    whole = bool((values % 1 == 0).all()) and unit != "percent"
    for most in range(len(SHADES), 0, -1):
        ticks = MaxNLocator(nbins=most, steps=[1, 2, 5, 10] if whole else [1, 2, 2.5, 5, 10]).tick_values(low, high)
        edges = sorted({round(float(tick), 6) for tick in ticks})
        if whole:  # what is counted in ones has no step of halves
            edges = sorted({float(math.floor(edge)) for edge in edges[:-1]} | {float(math.ceil(edges[-1]))})
        if len(edges) - 1 <= len(SHADES):
            break
    return Scale(tuple(edges), unit)


def draw_scale(axes: Axes, scale: Scale, at: tuple[float, float], size: tuple[float, float], language: str) -> None:
    """The key: the steps from the largest down, each with the number it begins at; the lowest with the one it is under.

    The edge itself belongs to the step above, so that no number stands at two steps.
    """
    (x, y), (width, height) = at, size
    steps = len(scale.edges) - 1
    for step, low in enumerate(scale.edges[:-1]):
        top = y + height * (steps - 1 - step)
        axes.add_patch(Rectangle((x, top), width, height, facecolor=scale.shade(low), edgecolor=FAINT, linewidth=0.5,
                                 clip_on=False))  # fmt: skip
        edge, word = (scale.edges[1], "scale_under") if step == 0 and steps > 1 else (low, "scale_from")
        told = amount_text(edge, scale.unit, language, with_unit=False)
        words = name_of("chart", word, language).format(amount=told)
        axes.text(x + width * 1.2, top + height / 2, words, size=pt(8), va="center")
