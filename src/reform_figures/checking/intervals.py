"""What a reported number leaves open: the values that its digits and its hedge allow.

In: a `Figure`. Out: an `Interval` of Decimals, and verdicts on whether two intervals meet. "Hơn 3,9 triệu"
(more than 3.9 million) allows numbers above 3,900,000, so 3,924,000 does not contradict it; "92,1%" allows
92.05 to 92.15, half a unit of the last digit told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reform_figures.records import Figure

INFINITY = Decimal("Infinity")
TENTH = Decimal("0.1")
NEAR = Decimal("0.25")
"""Numbers told of the same thing that lie further apart than this part of the larger one count different things."""

HEDGED = ("gt", "lt")
MEASURED = ("percent", "percentage_point", "time", "point")
"""Units of numbers that are rounded even where they are told whole; people or posts told to the unit are exact."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included; either may be infinite."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """The centre, or the finite end of an open interval."""
        if self.low == -INFINITY:
            return self.high
        return self.low if self.high == INFINITY else (self.low + self.high) / 2

    @property
    def half(self) -> Decimal:
        """Half the width: how far the number may lie from its centre. Zero for an open interval."""
        return (self.high - self.low) / 2 if self.is_closed else Decimal(0)

    @property
    def is_closed(self) -> bool:
        return self.low.is_finite() and self.high.is_finite()

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, whole: Interval) -> Interval | None:
        """This divided by a whole, for amounts that are not negative; None where the whole may be zero or endless."""
        if whole.low <= 0 or not (self.is_closed and whole.is_closed):
            return None
        return Interval(max(self.low, Decimal(0)) / whole.high, self.high / whole.low)

    def times(self, factor: int) -> Interval:
        return Interval(self.low * factor, self.high * factor)

    def gap(self, other: Interval) -> Decimal:
        """How far apart two intervals lie; zero where they meet."""
        return max(self.low - other.high, other.low - self.high, Decimal(0))


ZERO = Interval(Decimal(0), Decimal(0))


def told_step(figure: Figure) -> Decimal:
    """One unit of the last digit told: 0.1 for '92,1%', 100000 for '3,9 triệu', 1 for a number word.

    Found from the digits alone, so that it holds for either use of point and comma: the value is the
    digits times a power of ten, and that power is the step.
    """
    numeral = re.split(r"[/–-]", figure.text, maxsplit=1)[0]
    digits = "".join(re.findall(r"\d", numeral)).lstrip("0")
    if not digits or not figure.value:
        return Decimal(1)
    power = (figure.value / Decimal(digits)).normalize()
    return power if power.as_tuple().digits == (1,) else last_digit_step(figure.value)


def last_digit_step(value: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: 100000 for 3900000."""
    return Decimal(1).scaleb(value.normalize().as_tuple().exponent)


def interval_of(figure: Figure, *, reach: Decimal | None = None) -> Interval:
    """The values that a figure allows. Of a fraction this is the numerator, taken as exact.

    `approx` allows one unit of its last digit that is not zero, at most a tenth of the number. `gt` and `lt`
    allow the same to their side: "hơn 3,9 triệu" is said of 3.9 to 4 million; `reach` widens that to a part of
    the number. `ge` and `le` are limits and leave their side open.
    """
    value, digit = figure.value, last_digit_step(figure.value)
    if reach is not None:
        digit = max(digit, abs(value) * reach)
    if figure.bound == "ge":
        return Interval(value, INFINITY)
    if figure.bound == "le":
        return Interval(min(value, Decimal(0)), value)
    if figure.bound == "gt":
        return Interval(value, (figure.value_max or value) + digit)
    if figure.bound == "lt":
        return Interval(value - digit, figure.value_max or value)
    step = told_step(figure)
    exact = figure.of is not None or (step <= 1 and figure.unit not in MEASURED)
    half = Decimal(0) if exact else step / 2
    if figure.bound == "approx":
        half = max(half, min(digit, abs(value) * TENTH))
    return Interval(value - half, (figure.value_max or value) + half)


def loose_interval_of(figure: Figure) -> Interval:
    """`interval_of` with hedges that reach a quarter of the number: beyond it nobody says "hơn" (more than)."""
    return interval_of(figure, reach=NEAR)


def exactly(value: Decimal) -> Interval:
    return Interval(value, value)


def judge(expected: Interval, found: Interval, slack: Decimal) -> str:
    """`holds` where the two meet, `rounding` where they are `slack` apart at most, else `contradicts`."""
    gap = expected.gap(found)
    if not gap:
        return "holds"
    return "rounding" if gap <= slack else "contradicts"


def plain(number: Decimal, step: Decimal = Decimal(1)) -> str:
    """A computed number as text, two digits finer than the step it is compared at, without trailing zeros."""
    finest = min(step, Decimal(1)).scaleb(-2)
    text = f"{number.quantize(finest):f}" if abs(number) < Decimal(10) ** 20 else f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
