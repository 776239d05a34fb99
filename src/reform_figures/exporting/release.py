"""All exports of a data folder: file name → bytes, with the counts that show that nothing was lost.

In: DATA/processed. Out: an `Export`. "116 dòng" (116 rows) of the series are 116 rows in every form of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reform_figures import tables
from reform_figures.exporting import ExportError, sdmx
from reform_figures.exporting.columns import newest_day
from reform_figures.exporting.datapackage import FILE, data_package_text, release_version
from reform_figures.exporting.sheets import SHEET_TABLES, articles_sheet, codebook_sheet, read_me_sheet, table_sheet
from reform_figures.exporting.typed import parquet_bytes
from reform_figures.exporting.workbook import excel_csv_bytes, workbook_bytes
from reform_figures.tracing import TracedObservation, trace_observations

RECORD_TYPES = {**tables.TABLES, "series": TracedObservation}
"""What a row of each exported table is: those of data/processed, but each observation with where it was read."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written, and what went into it."""

    files: dict[str, bytes]
    day: date
    counts: dict[str, int]
    """rows of each table"""
    without_days: int
    """observations that SDMX cannot hold: they speak of no particular days"""


def build_export(data: Path, day: date | None = None) -> Export:
    """Every export of DATA/processed; the series with sentences and links.

    `day` is the day of the release, else that of the newest article.

    Raises ExportError, FileNotFoundError or TableError, each with one sentence.
    """
    held = {name: tables.read_table(data, name) for name in tables.TABLES}
    if not held["series"]:
        raise ExportError(f"{tables.table_path(data, 'series')} holds no observations; there is nothing to export")
    day = day or newest_day(held["articles"])
    if day is None:
        raise ExportError("no article tells its day of publication; give the day of the release with --date")
    held["series"] = trace_observations(held["series"], held["figures"], held["articles"])
    files = {tables.table_path(data, name).name: tables.table_path(data, name).read_bytes() for name in held}
    files[tables.table_path(data, "series").name] = tables.csv_text(TracedObservation, held["series"]).encode()
    files[tables.DICTIONARY] = tables.dictionary_text(RECORD_TYPES).encode()
    files[FILE] = data_package_text(held["articles"], day, RECORD_TYPES).encode()
    files |= _spreadsheets(held, day)
    for name in ("series", "figures"):
        files[f"{name}.parquet"] = parquet_bytes(RECORD_TYPES[name], held[name])
    text, without_days = sdmx.sdmx_csv(held["series"])
    files["sdmx/series.csv"] = text.encode()
    files["sdmx/without_days.csv"] = tables.csv_text(TracedObservation, without_days).encode()
    files |= {f"sdmx/{name}.csv": body.encode() for name, body in sdmx.code_lists(held["series"]).items()}
    return Export(files, day, {name: len(rows) for name, rows in held.items()}, len(without_days))


def _spreadsheets(held: dict[str, list], day: date) -> dict[str, bytes]:
    series, figures, findings = (table_sheet(name, RECORD_TYPES[name], held[name]) for name in SHEET_TABLES)
    sheets = [series, figures, findings, articles_sheet(held["articles"]), codebook_sheet()]
    book = workbook_bytes([*sheets, read_me_sheet(day, release_version(), sheets)], day, "Reform figures")
    return {
        "reform-figures.xlsx": book,
        "series_excel.csv": excel_csv_bytes(series),
        "figures_excel.csv": excel_csv_bytes(figures),
    }
