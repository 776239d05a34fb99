"""The one look of all charts: type, colours, layout, sources beneath, alternative text.

In: title, subtitle and notes. Out: a `Chart` (a matplotlib Figure that carries its alternative text) with one
pair of axes. "Nguồn: 5 bài" (sources: 5 articles) stands under every chart.
"""

from __future__ import annotations

import base64
import io
import textwrap
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reform_figures.names import name_of

INK, FAINT, GRID = "#222222", "#595959", "#DDDDDD"
COLOURS = ("#0B3C6F", "#D95F02", "#7FB3D5", "#8C2D6B", "#5A5A5A", "#B8860B")
"""Neighbours differ in lightness (25, 55, 71, 36, 38, 58), so that they stay apart in grey, too."""
MARKERS = ("o", "s", "^", "P", "X", "v")
WIDTH = 6.8
"""Width of every chart in inches: a column of the book."""
LINE = 0.17
"""Height of a line of small type in inches."""

LEGEND = {"frameon": False, "fontsize": 8.5, "handlelength": 1.2, "borderpad": 0}
"""How a key to fillings looks."""

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "text.color": INK,
    "text.parse_math": False,  # a $ in a headline is a dollar
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": "white",
    "hatch.linewidth": 0.7,
    "svg.hashsalt": "reform-figures",
    "svg.fonttype": "path",
}
"""DejaVu Sans comes with matplotlib and has all Vietnamese letters: the same picture on every machine."""


class Chart(Figure):
    """A matplotlib Figure with an alternative text, shown as a picture in a notebook.

    It is not known to pyplot, so that it is shown once and closes by itself.
    """

    alt: str = ""

    def png(self, dpi: int = 144) -> bytes:
        """The picture as PNG, the same bytes for the same chart."""
        return self._rendered("png", dpi=dpi, metadata={"Software": None})

    def svg(self) -> bytes:
        """The picture as SVG, letters as paths, the same bytes for the same chart."""
        return self._rendered("svg", metadata={"Date": None, "Creator": None})

    def _rendered(self, kind: str, **kwargs) -> bytes:
        buffer = io.BytesIO()
        with look():
            self.savefig(buffer, format=kind, **kwargs)
        return buffer.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Picture and alternative text for Jupyter; the text stands for the picture where none can be shown."""
        width = round(self.get_figwidth() * 96)
        data = {"image/png": base64.b64encode(self.png()).decode("ascii"), "text/plain": self.alt}
        return data, {"image/png": {"width": width, "alt": self.alt}}


@contextmanager
def look():
    """Everything drawn inside has the look, whatever the user's own settings."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        yield


def start_chart(
    title: str,
    subtitle: str,
    notes: list[str],
    height: float,
    *,
    left: float,
    right: float = 0.25,
    ticks: bool = True,
) -> tuple[Chart, Axes]:
    """A chart with its texts in place and empty axes.

    `height` is that of the axes in inches, `left` and `right` the room beside them, `ticks` whether there is to be
    room under them. Title and subtitle stand above, each of the notes below; long ones are broken.
    """
    headline = textwrap.wrap(title, 66)
    under = textwrap.wrap(subtitle, 92)
    below = [line for note in notes for line in textwrap.wrap(note, 98)]
    top = 0.16 + 0.23 * len(headline) + LINE * len(under) + 0.14
    bottom = (0.5 if ticks else 0.2) + LINE * len(below)
    total = top + height + bottom
    chart = Chart(figsize=(WIDTH, total))
    y = total - 0.12
    for line in headline:
        chart.text(0.12 / WIDTH, y / total, line, size=12.5, weight="bold", va="top")
        y -= 0.23
    for line in under:
        chart.text(0.12 / WIDTH, y / total, line, size=9.5, color=FAINT, va="top")
        y -= LINE
    for number, line in enumerate(reversed(below)):
        chart.text(0.12 / WIDTH, (0.08 + LINE * number) / total, line, size=8.2, color=FAINT, va="bottom")
    axes = chart.add_axes((left / WIDTH, bottom / total, (WIDTH - left - right) / WIDTH, height / total))
    return chart, axes


def stack_axes(axes: Axes, count: int, first: float, gap: float) -> list[Axes]:
    """Axes one below the other in the place of one pair; inches above the first and above each other for its name."""
    chart, place = axes.figure, axes.get_position()
    above, between = first / chart.get_figheight(), gap / chart.get_figheight()
    height = (place.height - above - between * (count - 1)) / count
    axes.remove()
    tops = [place.y1 - above - number * (height + between) for number in range(count)]
    return [chart.add_axes((place.x0, top - height, place.width, height)) for top in tops]


def empty_chart(title: str, language: str) -> Chart:
    """A chart that says that there is nothing to draw: a notebook runs through whatever the data hold."""
    words = name_of("chart", "no_figures", language)
    with look():
        chart, axes = start_chart(title, "", [], 0.6, left=0.3, ticks=False)
        axes.set_axis_off()
        axes.text(0.5, 0.5, words, ha="center", va="center", transform=axes.transAxes)
    chart.alt = f"{title}. {words}"
    return chart
