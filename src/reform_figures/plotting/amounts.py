"""Charts of amounts beside each other: one row a figure.

In: rows of the series (`load_series`). Out: a `Chart`. "Giảm 17 tổng cục; giảm 08 cục; giảm 145 vụ" (17 general
departments, 8 and 145 departments fewer) gives three rows, each with its own number.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from reform_figures.names import name_of
from reform_figures.plotting.axes import LEAST_SPAN, format_values, is_wide, row_places, value_limits
from reform_figures.plotting.look import COLOURS, GRID, Chart, empty_chart, look, start_chart
from reform_figures.plotting.marks import UP, Point, draw_point, explain_marks
from reform_figures.plotting.styling import across, pt, text_width, wrap
from reform_figures.plotting.texts import alt_text, articles_of, row_amount, row_status, source_note
from reform_figures.wording import number_text, period_text

CENTRAL = "VN-central"
LEFT, RIGHT = 2.45, 1.75
"""Inches beside the rows, for their names and for their numbers."""
STEMS = {"actual": "-", "forecast": "--", "target": ":"}
"""How the line to a point is drawn: what is not done yet is not drawn through."""


def plot_amounts(frame: pd.DataFrame, *, label: tuple[str, ...] = ("subject", "area", "period"), title: str,
                 subtitle: str = "", language: str = "en") -> Chart:  # fmt: skip
    """Draw figures as rows, each with its point, its hedge and its number in words, in the order given.

    `label` names the columns that tell a row from the others (subject, area, tier, period, base, publisher). With
    `publisher`, the same number told by two of them stands twice. Counts in different
    units may stand side by side, as each number is written with its own. Amounts far apart are drawn in steps of
    ten, shares close together on a part of the axis; both without stems, whose length would mean nothing.

    Raises ValueError where shares, points or ranks are mixed with counts: they have no common axis.
    """
    told = ["indicator", "area", "tier", "period", "value", "bound", "status", "state"]
    rows = frame.drop_duplicates([*told, *(column for column in ("base", "publisher") if column in label)])
    if rows.empty:
        return empty_chart(title, language)
    scale = _scale(rows)
    key = explain_marks(set(rows["bound"]), set(rows["status"]), language, sideways=True)
    warning = {"log": "log_axis", "part": "axis_not_zero"}.get(scale)
    notes = [key, warning and name_of("chart", warning, language), source_note(rows, language)]
    names = [_row_name(row, label, language) for row in rows.itertuples()]
    told = [_told(row, language) for row in rows.itertuples()]
    heights, centres = row_places(names, told)
    with look():
        chart, axes = start_chart(title, subtitle, [n for n in notes if n], sum(heights) + 0.1, left=across(LEFT),
                                  right=across(RIGHT))  # fmt: skip
        _set_value_axis(axes, rows, scale, language)
        for centre, row, words in zip(centres, rows.itertuples(), told, strict=True):
            _draw_row(axes, centre, row, scale, words)
        axes.set_yticks(centres, names)
        axes.set_ylim(sum(heights), -0.1)
        axes.tick_params(axis="y", length=0, pad=6)
        axes.spines["left"].set_visible(False)
        chart.articles = articles_of(rows)
        chart.alt = alt_text(title, rows, language)
    return chart


def _scale(rows: pd.DataFrame) -> str:
    """`zero` for an axis from zero, `log` for steps of ten, `part` for shares that lie close together at the top."""
    units = set(rows["unit"])
    if len(units) > 1 and units & set(LEAST_SPAN):
        raise ValueError(f"these rows have no common axis: {', '.join(sorted(units))}; choose counts or one unit")
    if units == {"percent"}:
        return "part" if rows["value"].min() > 50 and rows["value"].max() - rows["value"].min() < 25 else "zero"
    return "log" if is_wide(rows["value"]) else "zero"


def _draw_row(axes: Axes, at: float, row, scale: str, words: str) -> None:
    colour, style = (COLOURS[0], STEMS[row.status]) if scale == "zero" else (GRID, ":")
    axes.hlines(at, axes.get_xlim()[0], row.value, color=colour, linestyles=style, linewidth=1.4)
    draw_point(axes, Point(row.value, at, row.bound, row.status, COLOURS[0]), sideways=True)
    axes.annotate(words, (row.value, at), xytext=(_behind(row), 0), size=pt(8.5), textcoords="offset points",
                  va="center", annotation_clip=False)  # fmt: skip


def _told(row, language: str) -> str:
    """The number of a row in words, as wide as there is room behind a point at the end of the axis."""
    words = row_amount(row, language) + row_status(row, language) + _states(row, language)
    return "\n".join(wrap(words, across(RIGHT) - _behind(row) / 72 - 0.03, 8.5))


def _behind(row) -> float:
    """How many points behind its point a row's number begins."""
    return pt(22 if row.bound in UP else 11)


def _states(row, language: str) -> str:
    """' (635 → 559)' for a change whose states before and after the rows tell (`before`, `after`)."""
    before, after = getattr(row, "before", None), getattr(row, "after", None)
    if before is None or pd.isna(before):
        return ""
    return f" ({number_text(before, language)} → {number_text(after, language)})"


def _row_name(row, columns: tuple[str, ...], language: str) -> str:
    parts = []
    for column in columns:
        code = getattr(row, column)
        if isinstance(code, str) and not (column == "tier" and row.area == CENTRAL):  # its name tells the tier
            parts.append(_label_text(column, code, language))
    return "\n".join(wrap(", ".join(parts), across(LEFT) - 0.2, 9.5))


def _label_text(column: str, code: str, language: str) -> str:
    """A code in words: 'Communes', 'first half of 2020', 'against 2016'; a publisher is its own name."""
    if column == "period":
        return period_text(code, language)
    if column == "base":
        return name_of("chart", "against", language).format(period=period_text(code, language))
    return code if column == "publisher" else name_of(column, code, language)


def _set_value_axis(axes: Axes, rows: pd.DataFrame, scale: str, language: str) -> None:
    low, high = float(rows["value"].min()), float(rows["value"].max())
    units = rows["unit"].unique()
    if scale == "log":
        axes.set_xscale("log")
        axes.set_xlim(low / 3, high * 1.5)
    elif scale == "part":
        axes.set_xlim(*value_limits([low, high], units[0]))
    else:
        axes.set_xlim(0, high * 1.05 or 1)
    format_values(axes, "x", units[0] if len(units) == 1 else "other", language, logarithmic=scale == "log")


def plot_counts(counts: pd.Series, *, title: str, subtitle: str = "", note: str = "", kind: str | None = None,
                language: str = "en") -> Chart:  # fmt: skip
    """Draw counts of the data itself (figures a theme, numerals a reason) as bars, in the order given.

    `kind` names the code list of the index (`theme`, `status`); None takes its values as they are.
    """
    if counts.empty:
        return empty_chart(title, language)
    names = [name_of(kind, code, language) if kind else str(code) for code in counts.index]
    broken = ["\n".join(wrap(name, across(LEFT) - 0.2, 9.5)) for name in names]
    heights, places = row_places(broken)
    told = [number_text(count, language) for count in counts]
    with look():
        chart, axes = start_chart(title, subtitle, [note] if note else [], sum(heights) + 0.1, left=across(LEFT),
                                  right=max(text_width(number, 8.5) for number in told) + 0.2, ticks=False)  # fmt: skip
        axes.barh(places, counts, height=pt(0.2), color=COLOURS[0])
        for at, count, number in zip(places, counts, told, strict=True):
            axes.annotate(number, (count, at), xytext=(5, 0), textcoords="offset points", va="center", size=pt(8.5),
                          annotation_clip=False)  # fmt: skip
        axes.set_yticks(places, broken)
        axes.set_ylim(sum(heights), -0.1)
        axes.set_xlim(0, counts.max() or 1)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", length=0, pad=6)
        chart.alt = (
            f"{title}. "
            + "; ".join(f"{name}: {number_text(count, language)}" for name, count in zip(names, counts, strict=True))
            + "."
        )
    return chart
