"""Corrections by people: rows of `corrections.csv`, applied to the figures last.

In: figures and the rows of the table. Out: the figures with the named fields replaced, and a sentence for each row
that no longer fits. "Giảm 17 tổng cục" (17 general departments fewer) read as departments is put right by a row
with numeral 17, field subject, old department, new general_department.

A row names a numeral by its article, its text and where it starts. It is applied only while that numeral stands
there and the field still has the value that was corrected: a correction of a text that has changed helps nobody.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from reform_figures.names import ORGANISATION, name_table, theme_of, unknown_code
from reform_figures.periods import period_days
from reform_figures.records import BOUNDS, DIRECTIONS, MEASURES, PERIOD_KINDS, STATUSES, TIERS, Figure

OPTIONAL = ("of", "value_max", "direction", "tier", "period", "period_kind", "base")
"""Fields that may be empty: not told."""

_CODES = {
    "bound": BOUNDS,
    "measure": MEASURES,
    "direction": DIRECTIONS,
    "tier": TIERS,
    "period_kind": PERIOD_KINDS,
    "status": STATUSES,
}


class CorrectionError(ValueError):
    """A row that can never be applied; the message says which and what was expected."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of corrections.csv. Raises CorrectionError for an unknown field or code; nobody's or for no reason."""

    article_id: str
    numeral: str
    """the numeral as written in the article"""
    start: int
    """offset of its first character in the article's text"""
    field: str
    old: str
    """what was read; empty where nothing was"""
    new: str
    """what is right; empty where the article does not tell"""
    who: str
    when: str
    """day of the correction, ISO 8601"""
    why: str

    def __post_init__(self) -> None:
        for name in ("article_id", "numeral", "who", "why"):
            if not getattr(self, name).strip():
                raise CorrectionError(f"{name} is empty; a correction names its numeral, who made it and why")
        try:
            date.fromisoformat(self.when)
        except ValueError:
            raise CorrectionError(f"when is {self.when!r}; expected a day such as 2023-02-28") from None
        read_value(self.field, self.old)
        if read_value(self.field, self.new) == read_value(self.field, self.old):
            raise CorrectionError(f"old and new are both {self.old!r}; a correction changes something")

    @property
    def figure_id(self) -> str:
        """The figure that the row is about."""
        return f"{self.article_id}:{self.start}-{self.start + len(self.numeral)}"

    def named(self) -> str:
        """The correction as the beginning of a sentence."""
        told = f"from {self.old or 'nothing'} to {self.new or 'nothing'}"
        return f"{self.article_id}, {self.numeral!r} at {self.start}, {self.field} {told}"


COLUMNS = tuple(f.name for f in fields(Correction))


def read_corrections(path: Path) -> list[Correction]:
    """All rows of a table of corrections, none where there is no table.

    Raises CorrectionError with file and line for a header or row that does not fit.
    """
    if not Path(path).exists():
        return []
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path}: not UTF-8 text (byte {error.start} does not fit); save it so") from error
    rows = csv.reader(io.StringIO(text, newline=""))
    header = tuple(next(rows, ()))
    if header != COLUMNS:
        raise CorrectionError(
            f"{path}: the header should be {','.join(COLUMNS)} with commas between, but is {','.join(header)}"
        )
    return [_read_row(path, rows.line_num, row) for row in rows if row]


def _read_row(path: Path, line: int, row: list[str]) -> Correction:
    if len(row) != len(COLUMNS):
        raise CorrectionError(f"{path}, line {line}: {len(row)} cells; expected {len(COLUMNS)}: {', '.join(COLUMNS)}")
    told = dict(zip(COLUMNS, row, strict=True))
    if not told["start"].isdecimal():
        raise CorrectionError(f"{path}, line {line}: start is {told['start']!r}; expected the numeral's offset")
    try:
        return Correction(**told | {"start": int(told["start"])})
    except CorrectionError as error:
        raise CorrectionError(f"{path}, line {line}: {error}") from None


def read_value(field: str, cell: str):
    """The value that a cell gives to a field of a figure. Raises CorrectionError for an unknown field or code."""
    if field == "theme":
        raise CorrectionError("theme follows from subject; correct the subject")
    if field not in _CHECKS:
        raise CorrectionError(f"field {field!r} cannot be corrected; known fields: {', '.join(_CHECKS)}")
    if not cell:
        if field in OPTIONAL:
            return None
        raise CorrectionError(f"{field} is empty; every figure has one")
    return _CHECKS[field](field, cell)


def _read_number(field: str, cell: str) -> Decimal:
    try:
        number = Decimal(cell)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise CorrectionError(f"{field} is {cell!r}; expected digits with a decimal point, such as 1364 or 13.5")
    return number


def _read_code(field: str, cell: str) -> str:
    if cell not in _CODES[field]:
        raise CorrectionError(f"unknown {field} {cell!r}; known: {', '.join(_CODES[field])}")
    return cell


def _read_name(field: str, cell: str) -> str:
    if field == "area" and cell.removeprefix(ORGANISATION) and cell.startswith(ORGANISATION):
        return cell
    if cell not in name_table(field):
        raise CorrectionError(unknown_code(field, cell, name_table(field)))
    return cell


def _read_period(field: str, cell: str) -> str:
    try:
        period_days(cell)
    except ValueError as error:
        raise CorrectionError(f"{field}: {error}") from None
    return cell


_CHECKS: dict[str, Callable] = {
    **dict.fromkeys(("value", "of", "value_max"), _read_number),
    **dict.fromkeys(("unit", "subject", "area"), _read_name),
    **dict.fromkeys(_CODES, _read_code),
    **dict.fromkeys(("period", "base"), _read_period),
}


def apply_corrections(figures: Iterable[Figure], rows: Iterable[Correction]) -> tuple[list[Figure], list[str]]:
    """Figures with the corrections applied in their order, and a sentence for each row that was not applied.

    A corrected field has the rule `corrected:<who>`; the theme follows a corrected subject.
    """
    corrected = {figure.figure_id: figure for figure in figures}
    reports = []
    for row in rows:
        doubt = _find_doubt(row, corrected)
        if doubt:
            reports.append(f"not applied: {row.named()}: {doubt}")
        else:
            corrected[row.figure_id] = _correct(corrected[row.figure_id], row)
    return list(corrected.values()), reports


def _find_doubt(row: Correction, figures: dict[str, Figure]) -> str:
    """Why a correction no longer fits, with what to do; '' where it does."""
    figure = figures.get(row.figure_id)
    if figure is None or figure.text != row.numeral:
        return _find_moved(row, [f for f in figures.values() if f.article_id == row.article_id])
    now = getattr(figure, row.field)
    if now == read_value(row.field, row.old):
        return ""
    if now == read_value(row.field, row.new):
        return "it is read so by now; delete the row"
    return f"{row.field} is read as {now or 'nothing'} by now; look at the sentence and mend or delete the row"


def _find_moved(row: Correction, others: list[Figure]) -> str:
    if not others:
        return "the article has no figures by now; was it left out, or renamed?"
    starts = [str(f.start) for f in others if f.text == row.numeral]
    if starts:
        return f"the text has changed, the numeral stands at {' and '.join(starts)} now; mend start or delete the row"
    here = next((repr(f.text) for f in others if f.start == row.start), "no figure")
    return f"{here} stands there now, and the numeral is a figure nowhere in the article; look there and delete the row"


def _correct(figure: Figure, row: Correction) -> Figure:
    changed = {row.field: read_value(row.field, row.new)}
    if row.field == "subject":
        changed["theme"] = theme_of(row.new)
    rules = dict(told.split("=", 1) for told in figure.rules.split())
    rules[row.field] = f"corrected:{'_'.join(row.who.split())}"
    return replace(figure, **changed, rules=" ".join(f"{name}={rule}" for name, rule in rules.items()))
