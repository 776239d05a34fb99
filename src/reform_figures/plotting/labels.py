"""Labels beside points that cover neither each other nor a mark.

In: points in the coordinates of the axes, each with its text. Out: the texts drawn. "30%", "30,1%" and "30,85%" of the
same day lie on one spot and share one label; a label that finds no room beside its point stands further off, at the
end of a thin line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patheffects import withStroke

from reform_figures.plotting.arranging import GAP, SAME_SPOT, Box, Line, Place, Point, Room, arrange
from reform_figures.plotting.look import FAINT, INK
from reform_figures.plotting.marks import ARROW_POINTS, DOWN, UP
from reform_figures.plotting.styling import across, pt, wrap

SIZE = 8.5
WIDTH = 1.6
"""Inches of the longest line of a label, at the standard width."""
HALO = withStroke(linewidth=2.5, foreground="white")
"""A white rim that keeps a label legible where a line runs behind it."""
_LEAD = {"arrowstyle": "-", "color": FAINT, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 4}


@dataclass(frozen=True)
class Label:
    """A text beside a point; one that may not be `led` is left out where there is no room beside its point."""

    x: object
    y: object
    text: str
    bound: str = "eq"
    led: bool = True
    group: str = ""
    """Labels of one group on the same spot are written as one."""
    wide: bool = False
    """Whether the mark is one drawn around another, and takes more room."""


def place_labels(axes: Axes, labels: list[Label], *, room_right: float = 0.0, room_above: float = 0.17) -> int:
    """Write each label at the best free place around its point; one that finds none at all is left out.

    Free is a place inside the axes, or so many inches beside or above them, off all points, arrows and other texts.
    Returns how many points are left without a label.
    """
    renderer, dot, left_out = axes.figure._get_renderer(), axes.figure.dpi / 72, 0
    scale = pt(dot)
    spots = [tuple(axes.transData.transform((axes.convert_xunits(p.x), axes.convert_yunits(p.y)))) for p in labels]
    marks = [list(_mark_boxes(spot, label, scale)) for label, spot in zip(labels, spots, strict=True)]
    others = [tuple(text.get_window_extent(renderer).extents) for text in axes.texts if text.get_text()]
    edge = axes.get_window_extent(renderer)
    right, top = edge.x1 + 8 * scale + 72 * room_right * dot, edge.y1 + 72 * room_above * scale
    inside = (edge.x0 + 3 * scale, edge.y0, right, top)
    room = Room(inside, spots, marks, others, list(_lines(axes)), scale)
    shared = _share(labels, spots, SAME_SPOT * scale)
    texts = [_write(axes, label) for label, *_ in shared]
    sizes = [text.get_window_extent(renderer) for text in texts]
    choices = [room.places(spot, size.width, size.height, far=label.led)
               for (label, spot, _), size in zip(shared, sizes, strict=True)]  # fmt: skip
    arranged = arrange(choices, GAP * scale)
    for (label, spot, points), text, place in zip(shared, texts, arranged, strict=True):
        if place is None:
            text.remove()
            left_out += points
            continue
        text.set_position(((place.box[0] - spot[0]) / dot, (place.box[1] - spot[1]) / dot))
        if place.lead:
            _draw_lead(axes, label, place, dot)
    return left_out


def _mark_boxes(spot: Point, label: Label, scale: float) -> Iterator[Box]:
    """The room that a mark takes: its point, and the arrow of its bound."""
    x, y = spot
    bound = label.bound
    half = (10 if label.wide else 7.5 if bound == "approx" else 5) * scale
    yield x - half, y - half, x + half, y + half
    if bound in UP + DOWN:
        end = y + (ARROW_POINTS + 2) * scale * (1 if bound in UP else -1)
        yield x - 3 * scale, min(y, end), x + 3 * scale, max(y, end)


def _lines(axes: Axes) -> Iterator[Line]:
    """The straight pieces of all lines and bars drawn so far, in pixels."""
    drawn = [line.get_xydata() for line in axes.lines]
    drawn += [piece for bars in axes.collections if isinstance(bars, LineCollection) for piece in bars.get_segments()]
    for piece in drawn:
        corners = [tuple(corner) for corner in axes.transData.transform(piece)]
        yield from pairwise(corners)


def _share(labels: list[Label], spots: list[Point], near: float) -> list[tuple[Label, Point, int]]:
    """Labels with their spots and the number of points they are of: those of one group on the same spot are joined into
    one text, each number once."""
    shared: list[tuple[Label, Point, list[str]]] = []
    for label, spot in zip(labels, spots, strict=True):
        for number, (first, at, texts) in enumerate(shared):
            if label.group == first.group and math.dist(at, spot) <= near:
                shared[number] = (replace(first, led=first.led or label.led), at, [*texts, label.text])
                break
        else:
            shared.append((label, spot, [label.text]))
    told = [wrap("; ".join(dict.fromkeys(texts)), across(WIDTH), SIZE) for *_, texts in shared]
    return [(replace(first, text="\n".join(lines)), at, len(texts))
            for (first, at, texts), lines in zip(shared, told, strict=True)]  # fmt: skip


def _write(axes: Axes, label: Label):
    """The text of a label, at first on its point."""
    return axes.annotate(label.text, (label.x, label.y), xytext=(0, 0), textcoords="offset points", size=pt(SIZE),
                         color=INK, zorder=5, annotation_clip=False, path_effects=[HALO], ha="left", va="bottom",
                         linespacing=1.05)  # fmt: skip


def _draw_lead(axes: Axes, label: Label, place: Place, scale: float) -> None:
    """Draw the thin line from a point to its label."""
    offset = tuple((a - b) / scale for a, b in zip(place.lead[1], place.lead[0], strict=True))
    axes.annotate("", (label.x, label.y), xytext=offset, textcoords="offset points", zorder=3, annotation_clip=False,
                  arrowprops=_LEAD)  # fmt: skip
