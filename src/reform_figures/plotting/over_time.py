"""Charts over time: one indicator or several in one unit, each figure at the end of its period.

In: rows of the series (`load_series`). Out: a `Chart`. "Đạt 86%, năm 2020 chỉ đạt 30%" (86 %, in 2020 only 30 %)
gives two points and, where the same text asks for "90% trở lên" (90 % and more), a hollow one above them.
"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from reform_figures.names import name_of
from reform_figures.plotting.axes import format_values, set_years, value_limits
from reform_figures.plotting.look import COLOURS, INK, MARKERS, Chart, empty_chart, look, start_chart
from reform_figures.plotting.marks import Label, Point, draw_point, explain_marks, place_labels
from reform_figures.plotting.texts import alt_text, row_amount, row_status, source_note

SIDE = 0.85
"""Inches beside a chart of one line, for the label of its last point."""
BESIDE = ("different_scope", "several")
"""Verdicts on figures that are drawn, but that no line runs through: they may count a part or another thing."""
FEW = 8
"""A line of up to this many points has all of them labelled; of longer ones the first and the last."""


def plot_over_time(frame: pd.DataFrame, *, by: str = "subject", title: str, language: str = "en",
                   subtitle: str | None = None) -> Chart:  # fmt: skip
    """Draw figures over time, one line for each value of the column `by` (subject, area, tier ...).

    Rows without a period cannot be drawn and are left out. What was counted during a period gets a bar over
    that period; stocks and running totals are joined by a line, in which a later report of the same day follows
    the earlier one. Where articles disagree, all their points stand, linked by dots.

    Raises ValueError for rows in more than one unit: they have no common axis.
    """
    rows = frame.dropna(subset=["period_end"]).sort_values(["period_end", "known_since", "figure_id"])
    units = sorted(rows["unit"].unique())
    if len(units) > 1:
        raise ValueError(f"a chart over time needs one unit, these rows have {len(units)}: {', '.join(units)}")
    notes = _notes(rows, language)
    if rows.empty:
        return empty_chart(title, language)
    if subtitle is None:
        subtitle = _subtitle(rows, by, language)
    lines = list(rows.groupby(by, sort=False, dropna=False))
    with look():
        chart, axes = start_chart(title, subtitle, notes, 3.1, left=0.85, right=SIDE if len(lines) == 1 else 1.6)
        set_years(axes, rows["period_end"].min(), rows["period_end"].max())
        axes.set_ylim(*value_limits(_values(rows), units[0]))
        format_values(axes, "y", units[0], language)
        labels, ends = [], []
        for number, (name, line) in enumerate(lines):
            colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
            labels += _draw_line(axes, line, colour, marker, language)
            ends.append((_name(by, name, language), float(line["value"].iloc[-1]), colour))
        if len(lines) > 1:
            _name_lines(axes, ends)
        place_labels(axes, labels, room_right=SIDE - 0.15 if len(lines) == 1 else 0)
        chart.alt = alt_text(title, rows, language)
    return chart


def _values(rows: pd.DataFrame) -> list[float]:
    return [float(v) for v in pd.concat([rows["value"], rows["value_max"].dropna()])]


def _name(by: str, code, language: str) -> str:
    """Name of a line: of a subject, an area, a tier; the text itself for another column."""
    if by in ("subject", "area", "tier", "status", "period_kind") and isinstance(code, str):
        return name_of(by, code, language)
    return "" if pd.isna(code) else str(code)


def _subtitle(rows: pd.DataFrame, by: str, language: str) -> str:
    """What is shown and for whom, as far as it is the same for all rows; then the unit."""
    parts = []
    for column in ("subject", "area"):
        codes = rows[column].unique()
        if len(codes) == 1 and column != by:
            parts.append(name_of(column, codes[0], language))
    unit = rows["unit"].iloc[0]
    return ", ".join([*parts, name_of("unit", unit, language)])


def _notes(rows: pd.DataFrame, language: str) -> list[str]:
    key = explain_marks(set(rows["bound"]), set(rows["status"]), language,
                        flows=(rows["period_kind"] == "in").any(),
                        conflicts=bool(_disagreeing(rows)))  # fmt: skip
    notes = [key] if key else []
    if not rows.empty and value_limits(_values(rows), rows["unit"].iloc[0])[0] > 0:
        notes.append(name_of("chart", "axis_not_zero", language))
    return [*notes, source_note(rows, language)]


def _disagreeing(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Groups of reports of one thing that are in conflict."""
    at_odds = rows[rows["verdict"] == "conflict"]
    return [group for _, group in at_odds.groupby(["indicator", "area", "tier", "period", "base", "status"],
                                                  dropna=False) if group["value"].nunique() > 1]  # fmt: skip


def _draw_line(axes: Axes, line: pd.DataFrame, colour: str, marker: str, language: str) -> list[Label]:
    """Draw one line with its points; returns the labels still to be placed."""
    for status, style in (("actual", "-"), ("forecast", "--")):
        told = line[(line["status"].isin(["actual", status])) & (line["period_kind"] != "in")]
        told = told[~told["verdict"].isin(BESIDE)].drop_duplicates(["period_end", "status"], keep="last")
        if status == "forecast":
            told = told[told["status"] == "forecast"]
            last = line[(line["status"] == "actual") & (line["period_kind"] != "in")].tail(1)
            told = pd.concat([last, told]).sort_values("period_end")
        if len(told) > 1:
            axes.plot(told["period_end"], told["value"], style, color=colour, linewidth=1.6, zorder=2)
    for group in _disagreeing(line):
        axes.vlines(group["period_end"].iloc[0], group["value"].min(), group["value"].max(), color=INK,
                    linestyles=":", linewidth=1.2, zorder=2)  # fmt: skip
    points = line.drop_duplicates(["period_end", "value", "bound", "status", "period_kind"])
    points = points.sort_values(["period_end", "value"], kind="stable")
    labels, told = [], set()
    for number, row in enumerate(points.itertuples()):
        if row.period_kind == "in":
            axes.hlines(row.value, row.period_start, row.period_end, color=colour, linewidth=4, alpha=0.35, zorder=1)
        draw_point(axes, Point(row.period_end, row.value, row.bound, row.status, colour, marker))
        if (row.period_end, row.value, row.status) in told:
            continue
        told.add((row.period_end, row.value, row.status))
        text = row_amount(row, language, with_unit=False) + row_status(row, language)
        must = len(points) <= FEW or number in (0, len(points) - 1)
        labels.append(Label(row.period_end, row.value, text, row.bound, must))
    return labels


def _name_lines(axes: Axes, ends: list[tuple[str, float, str]]) -> None:
    """Names of the lines at the right edge, in their colours, pushed apart where they would touch."""
    low, high = axes.get_ylim()
    least = (high - low) * 0.15
    ends = sorted(ends, key=lambda end: end[1])
    heights = [min(max(end[1], low + least / 2), high - least / 2) for end in ends]
    for number in range(1, len(heights)):
        heights[number] = max(heights[number], heights[number - 1] + least)
    overhang = max(0.0, heights[-1] - (high - least / 2))
    for (name, _, colour), height in zip(ends, heights, strict=True):
        y = (height - overhang - low) / (high - low)
        axes.text(1.025, y, "■", transform=axes.transAxes, color=colour, size=9, va="center")
        axes.text(1.06, y, _broken(name), transform=axes.transAxes, size=8.5, va="center", linespacing=1.1)


def _broken(name: str, width: int = 20) -> str:
    return "\n".join(textwrap.wrap(name, width))
