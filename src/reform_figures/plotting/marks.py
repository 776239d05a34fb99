"""Marks for hedges and statuses, and labels that do not run into each other.

In: points with their bound and status. Out: what is drawn. "Ít nhất 90%" (at least 90 %) of a plan is a
hollow diamond with an arrow upwards; "khoảng 63%" (about 63 %) has a ring around it.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from reform_figures.names import name_of
from reform_figures.plotting.look import INK

UP, DOWN = ("gt", "ge"), ("lt", "le")
ARROW_POINTS = 15
SIZE = 46
HALO = withStroke(linewidth=2.5, foreground="white")
"""A white rim that keeps a label legible where a line runs behind it."""


@dataclass(frozen=True)
class Point:
    """One reported figure in the coordinates of the axes, with what its mark has to show."""

    x: object
    y: object
    bound: str
    status: str
    colour: str
    marker: str = "o"


def draw_point(axes: Axes, point: Point, *, sideways: bool = False) -> None:
    """Draw the mark of a figure; `sideways` where the value runs along x: arrows then point right and left."""
    marker = "D" if point.status == "target" else point.marker
    fill = point.colour if point.status == "actual" else "white"
    size = SIZE * (0.8 if marker == "D" else 1)
    axes.scatter([point.x], [point.y], s=size, marker=marker, facecolor=fill, edgecolor=point.colour, linewidth=1.6,
                 zorder=4, clip_on=False)  # fmt: skip
    if point.bound == "approx":
        axes.scatter([point.x], [point.y], s=SIZE * 3.2, facecolor="none", edgecolor=point.colour, linewidth=0.9,
                     zorder=3, clip_on=False)  # fmt: skip
    if point.bound in UP + DOWN:
        length = ARROW_POINTS if point.bound in UP else -ARROW_POINTS
        axes.annotate("", (point.x, point.y), xytext=(length, 0) if sideways else (0, length),
                      textcoords="offset points", zorder=3, annotation_clip=False,
                      arrowprops={"arrowstyle": "<|-", "color": point.colour, "linewidth": 1.3, "shrinkA": 0,
                                  "shrinkB": 3})  # fmt: skip


def explain_marks(bounds, statuses, language: str, *, sideways: bool = False, flows: bool = False,
                  conflicts: bool = False) -> str:  # fmt: skip
    """The key to the marks that a chart really has; '' where every figure is plain."""
    side = "_sideways" if sideways else ""
    told = [
        (any(b in UP for b in bounds), f"more_than_mark{side}"),
        (any(b in DOWN for b in bounds), f"less_than_mark{side}"),
        ("approx" in bounds, "approx_mark"),
        ("target" in statuses, "target_mark"),
        ("forecast" in statuses, "forecast_mark"),
        (flows, "flow_mark"),
        (conflicts, "conflict_mark"),
    ]
    parts = [name_of("chart", code, language) for present, code in told if present]
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + "." if text else ""


@dataclass(frozen=True)
class Label:
    """A text beside a point, off the arrow that its bound draws; one that `must` stand is drawn even in a crowd."""

    x: object
    y: object
    text: str
    bound: str = "eq"
    must: bool = True


_PLACES = (
    (0, 9, "center", "bottom"),
    (9, 0, "left", "center"),
    (0, -9, "center", "top"),
    (5, 9, "right", "bottom"),
    (-9, 0, "right", "center"),
    (5, -9, "right", "top"),
    (0, 22, "center", "bottom"),
    (0, -22, "center", "top"),
    (9, 11, "left", "bottom"),
    (9, -11, "left", "top"),
)
"""Where a label may stand: shift in points, alignment; the best first."""


def place_labels(axes: Axes, labels: list[Label], *, room_right: float = 0.0, size: float = 8.5) -> None:
    """Write each label at the first free place around its point; one that finds none and need not stand is left out.

    Free is a place inside the axes (and `room_right` inches beside them), off all points and off the labels before.
    """
    chart = axes.figure
    renderer = chart.canvas.get_renderer() if hasattr(chart.canvas, "get_renderer") else chart._get_renderer()
    scale = chart.dpi / 72
    at = [axes.transData.transform((axes.convert_xunits(p.x), axes.convert_yunits(p.y))) for p in labels]
    taken = [Bbox.from_bounds(x - 5 * scale, y - 5 * scale, 10 * scale, 10 * scale) for x, y in at]
    taken += [_arrow_box(x, y, scale, label.bound) for (x, y), label in zip(at, labels, strict=True)
              if label.bound in UP + DOWN]  # fmt: skip
    edge = axes.get_window_extent(renderer)
    inside = Bbox.from_extents(edge.x0, edge.y0, edge.x1 + (8 + 72 * room_right) * scale, edge.y1 + 12 * scale)
    order = sorted(range(len(labels)), key=lambda i: (not labels[i].must, i))
    for index in order:
        label, own = labels[index], taken[index]
        others = [box for box in taken if box is not own]
        for place in _PLACES:
            text = _write(axes, label, place, size)
            box = text.get_window_extent(renderer)
            if _holds(inside, box) and not any(box.overlaps(other) for other in others):
                break
            text.remove()
        else:
            if not label.must:
                continue
            box = _write(axes, label, _PLACES[0], size).get_window_extent(renderer)
        taken.append(box)


def _write(axes: Axes, label: Label, place: tuple, size: float):
    dx, dy, ha, va = place
    return axes.annotate(label.text, (label.x, label.y), xytext=(dx, dy), textcoords="offset points", ha=ha, va=va,
                         size=size, color=INK, zorder=5, annotation_clip=False, path_effects=[HALO])  # fmt: skip


def _arrow_box(x: float, y: float, scale: float, bound: str) -> Bbox:
    length = (ARROW_POINTS + 2) * scale * (1 if bound in UP else -1)
    return Bbox.from_extents(x - 3 * scale, min(y, y + length), x + 3 * scale, max(y, y + length))


def _holds(outer: Bbox, inner: Bbox) -> bool:
    return outer.x0 <= inner.x0 and inner.x1 <= outer.x1 and outer.y0 <= inner.y0 and inner.y1 <= outer.y1
