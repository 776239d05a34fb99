"""The workbook for Excel and LibreOffice, and CSV that Excel opens with Vietnamese letters intact.

In: tables as header and rows of typed values. Out: bytes, the same on every run. "Tỷ lệ" (share) stays readable; a
text that begins like a formula ("=", "+", "-", "@", a tab) gets an apostrophe in front and so stays text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from reform_figures.exporting import ExportError

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""How a text begins that a spreadsheet may run (OWASP, CSV injection: full-width signs and line ends too).

The apostrophe itself is among them, so that taking one off always gives the text back.
"""

LONGEST = 32_767
"""Characters that a cell of a spreadsheet can hold."""

_CUT = " [... cut here; whole in the CSV tables]"
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows hold str, int, Decimal, date or None."""

    name: str
    header: list[str]
    rows: list[list]


def safe_text(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula, cut to what a cell holds."""
    text = "'" + text if text.startswith(RISKY) else text
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT


def plain_text(cell: str) -> str:
    """The text that `safe_text` made a cell of."""
    return cell.removeprefix("'")


def excel_csv_bytes(sheet: Sheet) -> bytes:
    """A sheet as CSV for Excel: a byte order mark, CRLF, no formulas, ISO days, numbers with a decimal point."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(sheet.header)
    for row in sheet.rows:
        writer.writerow([_csv_cell(value) for value in row])
    return sink.getvalue().encode("utf-8-sig")


def _csv_cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_text(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def workbook_bytes(sheets: list[Sheet], day: date, title: str) -> bytes:
    """The sheets as one workbook, headers frozen and filtered; `day` is its date, whenever it is made.

    Raises ExportError where a cell cannot be written.
    """
    import xlsxwriter

    sink = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(sink, options)  # its entries carry the day 1980-01-01, not the clock's
    book.set_properties({"title": title, "created": datetime.combine(day, time())})
    formats = {
        "header": book.add_format({"bold": True, "bg_color": "#E8EDF3", "bottom": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
    }
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return sink.getvalue()


def _write_sheet(page, sheet: Sheet, formats: dict) -> None:
    for at, name in enumerate(sheet.header):
        page.write_string(0, at, name, formats["header"])
        page.set_column(at, at, _width(name, [row[at] for row in sheet.rows]))
    for number, row in enumerate(sheet.rows, 1):
        for at, value in enumerate(row):
            if value is not None and _write_cell(page, number, at, value, formats):
                raise ExportError(
                    f"sheet {sheet.name}, row {number + 1}, {sheet.header[at]}: the workbook cannot hold it; a sheet "
                    "has 1,048,576 rows, use the CSV or Parquet tables"
                )
    page.freeze_panes(1, 1)
    if sheet.rows and len(sheet.header) > 2:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)


def _write_cell(page, row: int, column: int, value, formats: dict) -> int:
    """Write one value by its type; what a spreadsheet would round or cannot date is written as text."""
    if isinstance(value, date):
        if value.year >= 1901:  # the days of 1900 are counted wrongly in Excel, earlier ones not at all
            return page.write_datetime(row, column, datetime.combine(value, time()), formats["day"])
        return page.write_string(row, column, value.isoformat())
    if isinstance(value, (int, Decimal)):
        if Decimal(f"{value:.15G}") == value:
            return page.write_number(row, column, value)
        return page.write_string(row, column, f"{value:f}" if isinstance(value, Decimal) else str(value))
    return page.write_string(row, column, safe_text(value))


def _width(name: str, values: list) -> float:
    """Wide enough for nine cells in ten, within reason."""
    lengths = sorted(len(_csv_cell(value)) for value in values if value is not None)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    return min(max(usual, len(name)) + 3, _WIDEST)
