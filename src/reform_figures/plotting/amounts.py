"""Charts of amounts beside each other: one row a figure.

In: rows of the series (`load_series`). Out: a `Chart`. "Giảm 17 tổng cục; giảm 08 cục; giảm 145 vụ" (17 general
departments, 8 and 145 departments fewer) gives three rows, each with its own number.
"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from reform_figures.names import name_of
from reform_figures.plotting.axes import LEAST_SPAN, format_values, is_wide, row_places, value_limits
from reform_figures.plotting.look import COLOURS, GRID, Chart, empty_chart, look, start_chart
from reform_figures.plotting.marks import UP, Point, draw_point, explain_marks
from reform_figures.plotting.texts import alt_text, row_amount, row_status, source_note
from reform_figures.wording import number_text, period_text

CENTRAL = "VN-central"
NAME = 29
"""Most letters in a line of a row's name: wider ones would run over the left edge."""
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
    heights, centres = row_places(names)
    with look():
        chart, axes = start_chart(title, subtitle, [n for n in notes if n], sum(heights) + 0.1, left=2.45, right=1.75)
        _set_value_axis(axes, rows, scale, language)
        for centre, row in zip(centres, rows.itertuples(), strict=True):
            _draw_row(axes, centre, row, scale, language)
        axes.set_yticks(centres, names)
        axes.set_ylim(sum(heights), -0.1)
        axes.tick_params(axis="y", length=0, pad=6)
        axes.spines["left"].set_visible(False)
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


def _draw_row(axes: Axes, at: float, row, scale: str, language: str) -> None:
    colour, style = (COLOURS[0], STEMS[row.status]) if scale == "zero" else (GRID, ":")
    axes.hlines(at, axes.get_xlim()[0], row.value, color=colour, linestyles=style, linewidth=1.4)
    draw_point(axes, Point(row.value, at, row.bound, row.status, COLOURS[0]), sideways=True)
    told = row_amount(row, language) + row_status(row, language) + _states(row, language)
    axes.annotate("\n".join(textwrap.wrap(told, 24)), (row.value, at), xytext=(22 if row.bound in UP else 11, 0),
                  size=8.5, textcoords="offset points", va="center", annotation_clip=False)  # fmt: skip


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
    return "\n".join(textwrap.wrap(", ".join(parts), NAME))


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
    with look():
        chart, axes = start_chart(
            title, subtitle, [note] if note else [], 0.32 * len(counts) + 0.1, left=2.45, ticks=False
        )
        axes.barh(range(len(counts)), counts, height=0.62, color=COLOURS[0])
        for at, count in enumerate(counts):
            axes.annotate(number_text(count, language), (count, at), xytext=(5, 0), textcoords="offset points",
                          va="center", size=8.5)  # fmt: skip
        axes.set_yticks(range(len(counts)), ["\n".join(textwrap.wrap(name, NAME)) for name in names])
        axes.set_ylim(len(counts) - 0.4, -0.6)
        axes.set_xlim(0, counts.max() * 1.1)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", length=0, pad=6)
        chart.alt = (
            f"{title}. "
            + "; ".join(f"{name}: {number_text(count, language)}" for name, count in zip(names, counts, strict=True))
            + "."
        )
    return chart
