"""What every column holds - number, day, code, text - from the records: the one place that all exports ask.

In: a record type. Out: the kind, the codes and the description of each column. "Ngày 3/2/2023" (3 February 2023) in
`known_since` is a day, although a CSV file holds it as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from types import UnionType
from typing import get_args, get_origin, get_type_hints

from reform_figures.names import name_table
from reform_figures.records import (
    BOUNDS,
    DATE_PRECISIONS,
    DIRECTIONS,
    MEASURES,
    PERIOD_KINDS,
    REASONS,
    STATUSES,
    TIERS,
    Article,
)

DAYS = ("period_start", "period_end", "known_since", "event_date")
"""Columns of ISO days, which the records hold as text."""

UNREPEATED = (
    *("figure_id", "finding_id", "figures", "text", "sentence", "words", "rules"),
    *("url", "cited_url", "link", "title", "cited_title", "lead", "page_sha256", "raw_id"),
)
"""Columns of text whose values seldom repeat: a dictionary of them would save nothing."""

_NAMED = ("theme", "subject", "unit", "verdict", "read_from")
_FIXED = {"bound": BOUNDS, "measure": MEASURES, "direction": DIRECTIONS, "tier": TIERS, "status": STATUSES,
          "period_kind": PERIOD_KINDS, "reason": tuple(REASONS), "published_precision": DATE_PRECISIONS,
          "known_since_precision": DATE_PRECISIONS}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: str
    """number, integer, day, time, list or text"""
    about: str
    optional: bool
    """whether a row may leave it empty"""


def columns_of(record: type) -> list[Column]:
    """The columns of a record type, in the order of the table."""
    hints = get_type_hints(record)
    return [_column(f.name, hints[f.name], f.metadata["about"]) for f in fields(record)]


def _column(name: str, hint, about: str) -> Column:
    union = isinstance(hint, UnionType)
    plain = next(a for a in get_args(hint) if a is not type(None)) if union else hint
    kinds = {Decimal: "number", int: "integer", datetime: "time", tuple: "list"}
    kind = "day" if name in DAYS else kinds.get(get_origin(plain) or plain, "text")
    return Column(name, kind, about, union or "''" in about)


def cells_of(record, columns: Iterable[Column]) -> list:
    """A record as typed values: days as `date`, numbers as `Decimal` or int, None where nothing is told."""
    return [_value(getattr(record, column.name), column.kind) for column in columns]


def column_values(records: list, column: Column) -> list:
    """One column of many records, its values as those of `cells_of`: by columns it takes a third of the time."""
    values = list(map(attrgetter(column.name), records))
    if column.kind == "text":
        return [value or None for value in values]
    return [_value(value, "day") for value in values] if column.kind == "day" else values


def _value(value, kind: str):
    if value is None or value == "":
        return None
    return date.fromisoformat(value) if kind == "day" else value


def codes_of(record: type, column: str) -> list[str]:
    """The codes that a column may hold, [] where it holds no code or other values too (areas: ministries by name)."""
    if column == "verdict":
        return list(name_table("verdict" if "indicator" in record.__dataclass_fields__ else "check_verdict"))
    if column in _FIXED:
        return list(_FIXED[column])
    return list(name_table(column)) if column in _NAMED else []


def newest_day(articles: Iterable[Article]) -> date | None:
    """Day of the newest article: the date of a release, which no clock can change. None where no article tells one."""
    return max((a.published_at.date() for a in articles if a.published_at), default=None)
