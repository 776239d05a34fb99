"""Marks for hedges and statuses, and the key that explains them.

In: points with their bound and status. Out: what is drawn. "Ít nhất 90%" (at least 90 %) of a plan is a
hollow diamond with an arrow upwards; "khoảng 63%" (about 63 %) has a ring around it.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes

from reform_figures.names import name_of
from reform_figures.plotting.styling import pt

UP, DOWN = ("gt", "ge"), ("lt", "le")
ARROW_POINTS = 15
SIZE = 46
"""Area of a mark in square points: it goes with type twice."""


@dataclass(frozen=True)
class Point:
    """One reported figure in the coordinates of the axes, with what its mark has to show."""

    x: object
    y: object
    bound: str
    status: str
    colour: str
    marker: str = "o"


def draw_point(axes: Axes, point: Point, *, sideways: bool = False, around: bool = False) -> None:
    """Draw the mark of a figure; `sideways` where the value runs along x: arrows then point right and left.

    A target is drawn wide `around` a dot on its spot, which would cover it.
    """
    marker = "D" if point.status == "target" else point.marker
    done = point.status == "actual"
    size = pt(pt(SIZE)) * (3.4 if around else 1.35 if marker == "D" else 1)
    axes.scatter([point.x], [point.y], s=size, marker=marker, facecolor=point.colour if done else "white",
                 edgecolor=point.colour, linewidth=1.6, zorder=4 if done else 3.9, clip_on=False)  # fmt: skip
    if point.bound == "approx":
        axes.scatter([point.x], [point.y], s=pt(pt(SIZE)) * 3.2, facecolor="none", edgecolor=point.colour,
                     linewidth=0.9, zorder=3, clip_on=False)  # fmt: skip
    if point.bound in UP + DOWN:
        length = pt(ARROW_POINTS) * (1 if point.bound in UP else -1)
        axes.annotate("", (point.x, point.y), xytext=(length, 0) if sideways else (0, length),
                      textcoords="offset points", zorder=3, annotation_clip=False,
                      arrowprops={"arrowstyle": "<|-", "color": point.colour, "linewidth": 1.3, "shrinkA": 0,
                                  "shrinkB": 3})  # fmt: skip


def explain_marks(bounds, statuses, language: str, *, sideways: bool = False, flows: bool = False,
                  ranges: bool = False, states: bool = False, conflicts: bool = False) -> str:  # fmt: skip
    """The key to the marks that a chart really has; '' where every figure is plain."""
    side = "_sideways" if sideways else ""
    told = [
        (any(b in UP for b in bounds), f"more_than_mark{side}"),
        (any(b in DOWN for b in bounds), f"less_than_mark{side}"),
        ("approx" in bounds, "approx_mark"),
        ("target" in statuses, "target_mark"),
        ("forecast" in statuses, "forecast_mark"),
        (flows, "flow_mark"),
        (ranges, "range_mark"),
        (states, "state_mark"),
        (conflicts, "conflict_mark"),
    ]
    parts = [name_of("chart", code, language) for present, code in told if present]
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + "." if text else ""
