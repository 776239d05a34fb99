"""Periods as the guide writes them, and the days that they cover.

In: `2022`, `2022-H1`, `2022-Q2`, `2022-9M`, `2023-02`, `2023-02-28`, an interval of two of these joined by
`/`, or `yearly`. Out: first and last day. "6 tháng đầu năm 2022" (the first six months of 2022) is
`2022-H1`: 1 January to 30 June.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

YEARLY = "yearly"
"""A target that holds for every year: it covers no particular days."""

_FORM = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{1,2})M|(\d\d)(?:-(\d\d))?))?")


@lru_cache(maxsize=4096)
def period_days(period: str | None) -> tuple[date, date] | None:
    """First and last day of a period; None where no days are told (None, '' and 'yearly').

    Raises ValueError for a form that the guide does not know, a month 13, a 30 February.
    """
    if not period or period == YEARLY:
        return None
    first, _, last = period.partition("/")
    start, end = _plain_days(first, period)
    if last:
        end = _plain_days(last, period)[1]
    if end < start:
        raise ValueError(f"period {period!r} ends before it starts")
    return start, end


def _plain_days(text: str, period: str) -> tuple[date, date]:
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(
            f"period {period!r} has no known form; expected one like 2022, 2022-H1, 2022-Q2, 2022-9M, 2023-02, "
            "2023-02-28, 2019-01-01/2021-12-31 or yearly"
        )
    year = int(match[1])
    half, quarter, months, month, day = (int(part) if part else 0 for part in match.groups()[1:])
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), _month_end(year, month)
    except ValueError as error:
        raise ValueError(f"period {period!r} names a day that does not exist") from error
    if half:
        return date(year, 6 * half - 5, 1), _month_end(year, 6 * half)
    if quarter:
        return date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)
    if months:
        if months > 12:
            raise ValueError(f"period {period!r} counts more than twelve months of a year")
        return date(year, 1, 1), _month_end(year, months)
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(year: int, month: int) -> date:
    """Last day of a month; ValueError for a month that does not exist."""
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def same_end(one: str | None, other: str | None) -> bool:
    """Whether two periods end on the same day, or either tells none."""
    first, second = period_days(one), period_days(other)
    return first is None or second is None or first[1] == second[1]


def one_covers_other(one: str | None, other: str | None) -> bool:
    """Whether one of two told periods lies wholly within the other ('2021' and '2021-11-23')."""
    first, second = period_days(one), period_days(other)
    if first is None or second is None:
        return False
    return (first[0] <= second[0] and second[1] <= first[1]) or (second[0] <= first[0] and first[1] <= second[1])
