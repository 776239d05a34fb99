"""The one look of all charts: type, colours, layout, sources beneath, alternative text.

In: title, subtitle and notes. Out: a `Chart` (a matplotlib Figure that carries its alternative text) with one
pair of axes. "Nguồn: 5 bài" (sources: 5 articles) stands under every chart.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from reform_figures.names import name_of
from reform_figures.plotting.styling import Style, across, current_style, pt, styled, text_width, wrap

INK, FAINT, GRID = "#222222", "#595959", "#DDDDDD"
COLOURS = ("#0B3C6F", "#D95F02", "#7FB3D5", "#8C2D6B", "#5A5A5A", "#B8860B")
"""Neighbours differ in lightness (25, 55, 71, 36, 38, 58), so that they stay apart in grey, too."""
MARKERS = ("o", "s", "^", "P", "X", "v")
LINE = 0.17
"""Height of a line of small type in inches."""
EDGE = 0.12
"""Inches between the edge of the chart and its texts."""
SWATCH = 0.17
"""Width of a filling in the key, in inches."""

Key = Sequence[tuple[str, dict]]
"""Names of fillings, each with what a patch needs to look like it."""

STYLE = {
    "text.color": INK,
    "text.parse_math": False,  # a $ in a headline is a dollar
    "text.hinting": "no_hinting",  # letters fitted to pixels are up to a tenth wider or narrower at another resolution
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


class Chart(Figure):
    """A matplotlib Figure with an alternative text, shown as a picture in a notebook.

    It is not known to pyplot, so that it is shown once and closes by itself.
    """

    alt: str = ""
    articles: tuple[str, ...] = ()
    """Ids of the articles that tell its numbers; none where it counts the data themselves."""
    style: Style = Style()
    """What it was laid out for."""

    def draw(self, renderer) -> None:
        """Draw with the look that it was laid out in, also where `savefig` or a canvas asks."""
        with styled(self.style), look():
            super().draw(renderer)

    def png(self, dpi: int = 144) -> bytes:
        """The picture as PNG, the same bytes for the same chart."""
        return self._rendered("png", dpi=dpi, metadata={"Software": None})

    def svg(self) -> bytes:
        """The picture as SVG, letters as paths, the same bytes for the same chart."""
        return self._rendered("svg", metadata={"Date": None, "Creator": None})

    def _rendered(self, kind: str, **kwargs) -> bytes:
        buffer = io.BytesIO()
        with styled(self.style), look():
            self.savefig(buffer, format=kind, **kwargs)
        return buffer.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Picture and alternative text for Jupyter; the text stands for the picture where none can be shown."""
        width = round(self.get_figwidth() * 96)
        data = {"image/png": base64.b64encode(self.png()).decode("ascii"), "text/plain": self.alt}
        return data, {"image/png": {"width": width, "alt": self.alt}}


@contextmanager
def look():
    """Everything drawn inside has the look, in the type of the current style, whatever the user's own settings."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE | {"font.family": current_style().font, "font.size": pt(9.5)})
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
    key: Key = (),
) -> tuple[Chart, Axes]:
    """A chart with its texts in place and empty axes.

    `height` is that of the axes in inches, `left` and `right` the room beside them, `ticks` whether there is to be
    room under them. Title, subtitle and the `key` to fillings stand above, each of the notes below; long ones are
    broken.
    """
    style, room = current_style(), current_style().width - 2 * EDGE
    headline, under = wrap(title, room, 12.5, "bold"), wrap(subtitle, room, 9.5)
    below = [line for note in notes for line in wrap(note, room, 8.2)]
    keyed = _key_lines(key, room)
    top = 0.3 + pt(0.23 * len(headline) + LINE * (len(under) + 1.2 * len(keyed)))
    bottom = pt((0.5 if ticks else 0.2) + LINE * len(below))
    total = top + height + bottom
    chart = Chart(figsize=(style.width, total))
    chart.style = style
    across_chart, y = EDGE / style.width, total - 0.12
    for line in headline:
        chart.text(across_chart, y / total, line, size=pt(12.5), weight="bold", va="top")
        y -= pt(0.23)
    for line in under:
        chart.text(across_chart, y / total, line, size=pt(9.5), color=FAINT, va="top")
        y -= pt(LINE)
    _draw_key(chart, keyed, y - 0.07)
    for number, line in enumerate(reversed(below)):
        y = 0.08 + pt(LINE) * number
        chart.text(across_chart, y / total, line, size=pt(8.2), color=FAINT, va="bottom")
    axes = chart.add_axes((left / style.width, bottom / total, 1 - (left + right) / style.width, height / total))
    return chart, axes


def _key_lines(key: Key, room: float) -> list[list[tuple[float, str, dict]]]:
    """The entries of a key in lines, each with where its filling begins, in inches from the first."""
    lines: list[list[tuple[float, str, dict]]] = []
    at = 0.0
    for name, fill in key:
        width = pt(SWATCH) + 0.06 + text_width(name, 8.5)
        if not lines or at + width > room:
            lines.append([])
            at = 0.0
        lines[-1].append((at, name, fill))
        at += width + across(0.2)
    return lines


def _draw_key(chart: Chart, lines: list[list[tuple[float, str, dict]]], y: float) -> None:
    width, height = chart.get_size_inches()
    for number, line in enumerate(lines):
        middle = y - pt(1.2 * LINE) * (number + 0.4)
        for at, name, fill in line:
            corner = ((EDGE + at) / width, (middle - pt(0.055)) / height)
            size = (pt(SWATCH) / width, pt(0.11) / height)
            chart.add_artist(Rectangle(corner, *size, transform=chart.transFigure, linewidth=0.8, **fill))
            x = (EDGE + at + pt(SWATCH) + 0.06) / width
            chart.text(x, middle / height, name, size=pt(8.5), va="center_baseline")


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
