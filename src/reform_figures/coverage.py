"""What the series covers: national indicators by year, as a Markdown table.

In: observations. Out: rows of cells, and the table between two marks of a Markdown file. "Đến hết năm 2021 có 76% dịch
vụ mức độ 3, 4" (76 % of services at levels 3 and 4 by the end of 2021) fills the year 2021 of its indicator; where
articles tell different numbers for the year's last period, the cell shows them side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reform_figures.checking.reports import has_name
from reform_figures.names import name_of
from reform_figures.records import Observation
from reform_figures.wording import hedged_text

YEARS = range(2019, 2025)
NATIONAL = ("VN", "VN-central", "VN-local")
ENOUGH = 3
"""Periods that an indicator needs to be listed."""

WIDE = 3
"""So many different numbers are shown in a cell; more are counted."""

BEGIN, END = "<!-- coverage: written by scripts/coverage.py -->", "<!-- end of coverage -->"


def national_coverage(series: Iterable[Observation]) -> list[tuple[str, str, dict[int, list[Observation]]]]:
    """(indicator, area, year → observations) of what was achieved nationally, in at least ENOUGH periods of YEARS.

    Most years first. Indicators whose subject gathers what has no name are left out.
    """
    told: dict[tuple[str, str], dict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in series:
        year = int(row.period_end[:4]) if row.period_end else 0
        if row.status == "actual" and row.area in NATIONAL and year in YEARS and has_name(row):
            told[row.indicator, row.area][year].append(row)
    rows = [
        (indicator, area, years)
        for (indicator, area), years in told.items()
        if len({row.period for rows in years.values() for row in rows}) >= ENOUGH
    ]
    return sorted(rows, key=lambda row: (-len(row[2]), row[0], row[1]))


def coverage_table(series: Iterable[Observation]) -> str:
    """The Markdown table of `national_coverage`: an indicator a row, a year a column."""
    lines = ["| indicator | " + " | ".join(map(str, YEARS)) + " |", "| --- |" + " --- |" * len(YEARS)]
    for _, area, years in national_coverage(series):
        any_row = next(iter(years.values()))[0]
        cells = [_cell(years.get(year, [])) for year in YEARS]
        lines.append(f"| {_title(any_row, area)} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _title(row: Observation, area: str) -> str:
    words = [name_of("subject", row.subject)]
    if row.measure != "level":
        words.append(name_of("measure", row.measure))
    if row.direction:
        words.append(name_of("direction", row.direction))
    if row.unit != "percent":
        words.append(name_of("unit", row.unit))
    return ", ".join(dict.fromkeys(words)) + ("" if area == "VN" else f" ({name_of('area', area)})")


def _cell(rows: list[Observation]) -> str:
    """The numbers of the last period of a year, as told."""
    if not rows:
        return ""
    last = max(row.period_end for row in rows)
    told = dict.fromkeys(
        hedged_text(
            row.value, row.unit, row.bound, hedge=row.hedge, of=row.of, value_max=row.value_max, with_unit=False
        )
        for row in rows
        if row.period_end == last
    )
    shown = " / ".join(list(told)[:WIDE])
    return shown + (f" +{len(told) - WIDE}" if len(told) > WIDE else "")


def put_table(text: str, table: str) -> str:
    """A Markdown text with the table between its marks replaced. Raises ValueError where the marks are not there."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the marks of the table are missing: expected {BEGIN!r} and {END!r}")
    return f"{before}{begin}\n\n{table}\n{end}{after}"
