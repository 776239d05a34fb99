"""Where labels may stand: boxes around points, none over another, none over a mark.

In: the spots of points and the sizes of their texts, in pixels. Out: a box for each text, and whether a line has to
lead to it. Of "4,55%", "10,76%" and "11,13%" on one slope the middle one has least room and must not take what is left
for the others: all are arranged in several orders, and the order that leaves out and leads away the fewest is taken.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Line = tuple[Point, Point]

NEAR, FAR = (9, 14, 20), (28, 38, 50, 64, 80, 100)
"""Distances of a text from its point, in points; from those in `FAR` a line leads back to it."""
DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (2, 1), (-2, 1), (2, -1), (-2, -1),
              (1, 3), (-1, 3))  # fmt: skip
"""Where a text may stand, the best first: above, right, below, left, then aslant."""
SAME_SPOT = 6
"""Points nearer than this, in points, are on the same spot."""
CROSSED, LED, LEFT_OUT = 25, 15, 400
"""What a line behind a text, a line that leads to it and leaving it out cost, in points of distance."""


@dataclass(frozen=True)
class Place:
    """One place for a text: its box, the line that leads to it from its point (or None), and what it costs."""

    box: Box
    lead: Line | None
    cost: float


@dataclass(frozen=True)
class Room:
    """What stands in a pair of axes: its edge, all points, their marks, the lines drawn; `scale` is pixels a point."""

    inside: Box
    spots: Sequence[Point]
    marks: Sequence[Box]
    lines: Sequence[Line]
    scale: float

    def places(self, spot: Point, width: float, height: float, *, far: bool) -> list[Place]:
        """The free places for a text of this size at a point, the best first."""
        found = []
        for distance in (*NEAR, *FAR) if far else NEAR:
            for rank, direction in enumerate(DIRECTIONS):
                box = _box_at(spot, width, height, direction, distance * self.scale)
                lead = (spot, _nearest(box, spot)) if distance in FAR else None
                if self._is_free(box, spot, lead):
                    crossed = sum(_cuts(line, box) or bool(lead and _cross(lead, line)) for line in self.lines)
                    found.append(Place(box, lead, distance + rank + CROSSED * min(crossed, 2) + LED * bool(lead)))
        return sorted(found, key=lambda place: place.cost)

    def _is_free(self, box: Box, spot: Point, lead: Line | None) -> bool:
        """Whether a text may stand there: no other point is as near to it, nor to the line that leads to it."""
        edge = self.inside
        within = edge[0] <= box[0] and box[2] <= edge[2] and edge[1] <= box[1] and box[3] <= edge[3]
        if not within or any(_overlap(box, mark) for mark in self.marks):
            return False
        near = SAME_SPOT * self.scale
        others = [other for other in self.spots if math.dist(other, spot) > near]
        if lead:
            return not any(_cuts(lead, (x - near, y - near, x + near, y + near)) for x, y in others)
        own = math.dist(spot, _nearest(box, spot)) + near
        return all(math.dist(other, _nearest(box, other)) >= own for other in others)


def arrange(choices: Sequence[list[Place]]) -> list[Place | None]:
    """A place for each text out of its own, none over another; None for one that finds none.

    The orders tried: fewest places first, and round from each text, forwards and backwards.
    """
    count = len(choices)
    turns = [[(start + step) % count for step in range(count)] for start in range(count)]
    orders = [sorted(range(count), key=lambda n: len(choices[n])), *turns, *(turn[::-1] for turn in turns)]
    arranged = [_in_order(choices, order) for order in orders]
    return min(arranged, key=_cost, default=[])


def _in_order(choices: Sequence[list[Place]], order: Iterable[int]) -> list[Place | None]:
    taken: list[Place | None] = [None] * len(choices)
    for number in order:
        others = [place for place in taken if place]
        taken[number] = next((place for place in choices[number] if all(_go_together(place, o) for o in others)), None)
    return taken


def _cost(places: list[Place | None]) -> float:
    return sum(place.cost if place else LEFT_OUT for place in places)


def _go_together(one: Place, other: Place) -> bool:
    if _overlap(one.box, other.box):
        return False
    leads = [(a.lead, b.box) for a, b in ((one, other), (other, one)) if a.lead]
    if any(_cuts(lead, box) for lead, box in leads):
        return False
    return not (one.lead and other.lead and _cross(one.lead, other.lead))


def _box_at(spot: Point, width: float, height: float, direction: tuple[int, int], far: float) -> Box:
    """The box of a text whose nearest edge or corner lies so far from the spot."""
    length = math.hypot(*direction)
    x, y = (at + far * part / length for at, part in zip(spot, direction, strict=True))
    x -= width * (0.5 if not direction[0] else direction[0] < 0)
    y -= height * (0.5 if not direction[1] else direction[1] < 0)
    return x, y, x + width, y + height


def _nearest(box: Box, spot: Point) -> Point:
    """The point of a box nearest to a spot."""
    return min(max(spot[0], box[0]), box[2]), min(max(spot[1], box[1]), box[3])


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _cuts(line: Line, box: Box) -> bool:
    """Whether a straight line has a part inside a box: it is clipped at each of the four edges (Liang and Barsky)."""
    (x0, y0), (x1, y1) = line
    start, end = 0.0, 1.0
    for step, room in ((x0 - x1, x0 - box[0]), (x1 - x0, box[2] - x0), (y0 - y1, y0 - box[1]), (y1 - y0, box[3] - y0)):
        if step == 0 and room < 0:
            return False
        if step < 0:
            start = max(start, room / step)
        elif step > 0:
            end = min(end, room / step)
    return start < end


def _cross(one: Line, other: Line) -> bool:
    """Whether two straight lines cross between their ends; lines that meet in an end do not."""

    def side(line: Line, point: Point) -> float:
        (x0, y0), (x1, y1) = line
        return (x1 - x0) * (point[1] - y0) - (y1 - y0) * (point[0] - x0)

    return side(one, other[0]) * side(one, other[1]) < 0 and side(other, one[0]) * side(other, one[1]) < 0
