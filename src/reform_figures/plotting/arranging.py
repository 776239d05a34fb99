"""Where labels may stand: boxes around points, none over another, none over a mark.

In: the spots of points and the sizes of their texts, in pixels. Out: a box for each text, and whether a line has to
lead to it. Of "4,55%", "10,76%" and "11,13%" on one slope the middle one has least room and must not take what is left
for the others: all are arranged in several orders, and the order that leaves out and leads away the fewest is taken.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Line = tuple[Point, Point]

NEAR, FAR = (9, 14), (20, 28, 38, 50, 64, 80, 100, 130, 165)
"""Distances of a text from its point, in points; from those in `FAR` a line leads back to it."""
GAP = 4
"""Points between two texts, at the least: what stands closer is read as one string."""
DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (2, 1), (-2, 1), (2, -1), (-2, -1),
              (1, 3), (-1, 3))  # fmt: skip
"""Where a text may stand, the best first: above, right, below, left, then aslant."""
SAME_SPOT = 6
"""Points nearer than this, in points, are on the same spot."""
AGAIN = 40
"""How often room is made for a text that found no place."""
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
    """What stands in a pair of axes: its edge, all points, for each the boxes of its mark (the dot, the arrow of its
    bound), other texts, the lines drawn; `scale` is pixels a point."""

    inside: Box
    spots: Sequence[Point]
    marks: Sequence[Sequence[Box]]
    texts: Sequence[Box]
    lines: Sequence[Line]
    scale: float

    def places(self, spot: Point, width: float, height: float, *, far: bool) -> list[Place]:
        """The free places for a text of this size at a point, the best first."""
        found, (own, others) = [], self._marks_of(spot)
        for distance in (*NEAR, *FAR) if far else NEAR:
            for rank, direction in enumerate(DIRECTIONS):
                box = _box_at(spot, width, height, direction, distance * self.scale)
                lead = (spot, _nearest(box, spot)) if distance in FAR else None
                if self._is_free(box, lead, own, others):
                    crossed = sum(_cuts(line, box) or bool(lead and _cross(lead, line)) for line in self.lines)
                    found.append(Place(box, lead, distance + rank + CROSSED * min(crossed, 2) + LED * bool(lead)))
        return sorted(found, key=lambda place: place.cost)

    def _marks_of(self, spot: Point) -> tuple[list[Box], list[Box]]:
        """The marks of all points on this spot, and those of the others."""
        own, others = [], []
        for other, boxes in zip(self.spots, self.marks, strict=True):
            (own if math.dist(other, spot) <= SAME_SPOT * self.scale else others).extend(boxes)
        return own, others

    def _is_free(self, box: Box, lead: Line | None, own: list[Box], others: list[Box]) -> bool:
        """Whether a text may stand there: no other mark is as near to it, nor on the line that leads to it."""
        edge, gap = self.inside, GAP * self.scale
        within = edge[0] <= box[0] and box[2] <= edge[2] and edge[1] <= box[1] and box[3] <= edge[3]
        if not within or any(_overlap(box, mark) for mark in own) or any(_apart(box, t) < gap for t in self.texts):
            return False
        if lead:
            return all(_apart(box, mark) >= gap and not _runs_into(lead, mark) for mark in others)
        nearest = gap + min(_apart(box, mark) for mark in own)
        return all(_apart(box, mark) >= nearest for mark in others)


def arrange(choices: Sequence[list[Place]], gap: float = 0) -> list[Place | None]:
    """A place for each text out of its own, none nearer to another than the gap; None for one that finds none.

    The orders tried: fewest places first, and round from each text, forwards and backwards. Then, a few times, a text
    that found none takes the place where it is least in the way, and those in its way look for another. At last each
    takes its best place that is left.
    """
    count = len(choices)
    turns = [[(start + step) % count for step in range(count)] for start in range(count)]
    orders = [sorted(range(count), key=lambda n: len(choices[n])), *turns, *(turn[::-1] for turn in turns)]
    best = places = min((_in_order(choices, order, gap) for order in orders), key=_cost)
    tried: Counter[Place] = Counter()
    for _ in range(AGAIN):
        waiting = [n for n in range(count) if places[n] is None and choices[n]]
        if not waiting:
            break
        places = _make_room(choices, places, waiting[0], gap, tried)
        best = min(best, places, key=_cost)
    for number in [*range(count)] * 2:  # where others have moved there may be a better place by now
        best = _in_order(choices, [number], gap, [None if n == number else place for n, place in enumerate(best)])
    return best


def _make_room(choices: Sequence[list[Place]], places: list[Place | None], number: int, gap: float,
               tried: Counter[Place]) -> list[Place | None]:  # fmt: skip
    """Places with one for the text of that number; those that stood in its way have another, or none.

    A place that was `tried` before is less welcome each time, so that two texts do not drive each other out for ever.
    """

    def in_the_way(place: Place) -> list[int]:
        return [n for n, other in enumerate(places) if other and not _go_together(place, other, gap)]

    chosen = min(choices[number], key=lambda p: p.cost + LEFT_OUT * (len(in_the_way(p)) + tried[p]))
    tried[chosen] += 1
    moved = in_the_way(chosen)
    kept = [None if n in moved else chosen if n == number else place for n, place in enumerate(places)]
    others = [n for n in range(len(choices)) if kept[n] is None and n not in moved]
    return _in_order(choices, [*moved, *others], gap, kept)


def _in_order(choices: Sequence[list[Place]], order: Iterable[int], gap: float,
              placed: Sequence[Place | None] = ()) -> list[Place | None]:  # fmt: skip
    """The texts of that order each at its best place that is free, after those that are `placed`."""
    taken = list(placed) or [None] * len(choices)
    for number in order:
        others = [place for place in taken if place]
        free = (place for place in choices[number] if all(_go_together(place, other, gap) for other in others))
        taken[number] = next(free, None)
    return taken


def _cost(places: list[Place | None]) -> float:
    return sum(place.cost if place else LEFT_OUT for place in places)


def _go_together(one: Place, other: Place, gap: float) -> bool:
    if _overlap(one.box, other.box) or _apart(one.box, other.box) < gap:
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


def _apart(one: Box, other: Box) -> float:
    """How far apart two boxes are; 0 where they meet."""
    across, up = (max(one[i] - other[i + 2], other[i] - one[i + 2], 0.0) for i in (0, 1))
    return math.hypot(across, up)


def _runs_into(lead: Line, mark: Box) -> bool:
    """Whether a line runs into a mark; one that begins within it, because the marks overlap, may run out of it."""
    (x, y), (to_x, to_y) = lead
    if mark[0] <= x <= mark[2] and mark[1] <= y <= mark[3]:
        return (to_x - x) * (mark[0] + mark[2] - 2 * x) + (to_y - y) * (mark[1] + mark[3] - 2 * y) > 0
    return _cuts(lead, mark)


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
