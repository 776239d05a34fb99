"""Charts of what was counted over which stretch of time: a bar from the base to the day, a point for a stock.

In: rows of the series (`load_series`). Out: a `Chart`. "So với năm 2016, cả nước giảm 7.469 đơn vị" (against 2016 the
country has 7,469 units fewer), told of 2022, is a bar from 2016 to 2022; "còn 48.442 đơn vị" (48,442 units are left) on
a day is a point. Bars that overlap cannot be added, and the eye sees which do.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from matplotlib.axes import Axes

from reform_figures.names import name_of
from reform_figures.periods import period_days
from reform_figures.plotting.axes import set_years
from reform_figures.plotting.labels import SIZE
from reform_figures.plotting.look import COLOURS, LINE, Chart, empty_chart, look, start_chart
from reform_figures.plotting.marks import UP, Point, draw_point, explain_marks
from reform_figures.plotting.styling import across, current_style, pt, wrap
from reform_figures.plotting.texts import alt_text, articles_of, row_amount, row_status, source_note, told_by

ROW = 0.4
"""Height of a row in inches: its words above its bar."""
LEFT, RIGHT = 1.55, 0.4
"""Inches beside the axes, left for the names of areas."""
SAME = ["area", "direction", "value", "value_max", "bound", "status", "start", "period_end"]
"""Reports that share these are one row."""
AREAS = ("VN", "VN-central", "VN-local")


def plot_stretches(frame: pd.DataFrame, *, title: str, subtitle: str = "", language: str = "en") -> Chart:
    """Draw each number as a bar over the time in which it was counted, a row each, by area and in order of time.

    A stock, told of a day, is a point. A bar begins with the base told, or with the period where it was counted within
    it; where an article counts since a day that it does not tell, the bar is dotted from the edge. The number stands
    above the bar, with who tells it.
    """
    rows = frame.dropna(subset=["period_end"])
    if rows.empty:
        return empty_chart(title, language)
    rows = rows.assign(start=[_start(row) for row in rows.itertuples()])
    groups = [group for _, group in rows.groupby(SAME, dropna=False, sort=False)]
    groups.sort(key=lambda group: _order(group.iloc[0]))
    open_start = any(_is_open(group.iloc[0]) for group in groups)
    key = explain_marks(set(rows["bound"]), set(rows["status"]), language, sideways=True)
    notes = [key, name_of("chart", "open_start", language) if open_start else "", source_note(rows, language)]
    first, last = rows["start"].fillna(rows["period_end"]).min(), rows["period_end"].max()
    stretches = [_stretch(group.iloc[0], first, last) for group in groups]
    words = [_words(group, stretch, language) for group, stretch in zip(groups, stretches, strict=True)]
    heights = [pt(ROW + LINE * text.count("\n")) for text in words]
    with look():
        chart, axes = start_chart(title, subtitle, [note for note in notes if note], sum(heights) + 0.1,
                                  left=across(LEFT), right=across(RIGHT))  # fmt: skip
        set_years(axes, first, last)
        axes.set_ylim(sum(heights) + 0.05, -0.05)
        tops = [sum(heights[:number]) for number in range(len(heights))]
        for top, height, group, text in zip(tops, heights, groups, words, strict=True):
            beside = group["period_kind"].iloc[0] == "at"
            _draw_row(axes, top + (height / 2 if beside else height - pt(0.11)), group, text)
        _name_areas(axes, [group["area"].iloc[0] for group in groups], tops, language)
        chart.articles = articles_of(rows)
        chart.alt = alt_text(title, pd.concat([group.head(1) for group in groups]), language)
    return chart


def _start(row):
    """The day from which a number was counted; NaT for a stock, and where the start is not told."""
    if row.period_kind == "in":
        return row.period_start
    days = period_days(row.base) if row.period_kind == "since" and isinstance(row.base, str) else None
    if days is None:
        return pd.NaT
    whole_year = (days[1] - days[0]).days > 1
    return pd.Timestamp(days[1] + timedelta(days=1) if whole_year else days[0])  # against 2016: from its end on


def _is_open(row) -> bool:
    return row["period_kind"] == "since" and pd.isna(row["start"])


def _order(row) -> tuple:
    """By area; stocks, then changes by the beginning of their stretch and its end; then the number."""
    area = AREAS.index(row["area"]) if row["area"] in AREAS else len(AREAS)
    stock = row["period_kind"] == "at"
    start = row["start"] if not pd.isna(row["start"]) else pd.Timestamp.min
    return area, row["area"], not stock, start, row["period_end"], str(row["direction"]), row["value"]


def _stretch(row, first, last) -> tuple[float, float]:
    """Where a bar begins and ends, as parts of an axis of whole years from the first day to the last."""
    whole_years = date(first.year, 1, 1), date(last.year + 1, 1, 1)

    def part(day) -> float:
        return (day.date() - whole_years[0]) / (whole_years[1] - whole_years[0])

    end = part(row["period_end"])
    return 0.0 if _is_open(row) else end if pd.isna(row["start"]) else part(row["start"]), end


def _words(group: pd.DataFrame, stretch: tuple[float, float], language: str) -> str:
    """The number and who tells it, as wide as there is room on the side of the bar to which they reach."""
    row = next(group.itertuples())
    words = f"{_amount(row, language)}{row_status(row, language)}; {told_by(group, language)}"
    width = current_style().width - across(LEFT + RIGHT)
    start, end = stretch
    beside = row.period_kind == "at"
    left = (start + end) / 2 < 0.5
    room = (1 - (end if beside else start)) * width + across(RIGHT) - 0.05 if left else end * width
    return "\n".join(wrap(words, room - _shift(row) / 72, SIZE))


def _shift(row) -> float:
    """How many points behind its anchor a row's text begins."""
    return pt(22 if row.bound in UP else 10 if row.period_kind == "at" else 3)


def _draw_row(axes: Axes, at: float, group: pd.DataFrame, words: str) -> None:
    row = next(group.itertuples())
    first, last = axes.get_xlim()
    end = axes.convert_xunits(row.period_end)
    start = first if _is_open(group.iloc[0]) else end if pd.isna(row.start) else axes.convert_xunits(row.start)
    style = ":" if _is_open(group.iloc[0]) else "--" if row.status != "actual" else "-"
    if start < end:
        axes.hlines(at, start, end, color=COLOURS[0], linewidth=2.4, linestyles=style)
    if row.period_kind != "in":
        draw_point(axes, Point(row.period_end, at, row.bound, row.status, COLOURS[0]), sideways=True)
    beside = row.period_kind == "at"
    left = (start + end) / 2 < (first + last) / 2
    shift = _shift(row) * (1 if left else -1)
    axes.annotate(words, (end if beside or not left else start, at), xytext=(shift, 0 if beside else pt(6)),
                  textcoords="offset points", ha="left" if left else "right", va="center" if beside else "bottom",
                  size=pt(SIZE), annotation_clip=False)  # fmt: skip


def _amount(row, language: str) -> str:
    """'7,469 fewer'; a stock as it is."""
    amount = row_amount(row, language, with_unit=False)
    if not isinstance(row.direction, str):
        return amount
    return name_of("chart", {"down": "fewer", "up": "more"}[row.direction], language).format(amount=amount)


def _name_areas(axes: Axes, areas: list[str], tops: list[float], language: str) -> None:
    """The name of each area at its first row, and a line above it."""
    firsts = [number for number, area in enumerate(areas) if number == 0 or areas[number - 1] != area]
    names = ["\n".join(wrap(name_of("area", areas[number], language), across(LEFT) - 0.2, 9.5)) for number in firsts]
    axes.set_yticks([tops[number] + pt(0.12) for number in firsts], names, va="top")
    axes.tick_params(axis="y", length=0, pad=6)
    for number in firsts[1:]:
        axes.axhline(tops[number] + 0.01, color="#999999", linewidth=0.8)
