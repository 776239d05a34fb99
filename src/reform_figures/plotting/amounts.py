"""Charts of amounts beside each other: one row a figure, and wholes with their parts.

In: rows of the series (`load_series`). Out: a `Chart`. "Giảm 17 tổng cục; giảm 08 cục; giảm 145 vụ" (17 general
departments, 8 and 145 departments fewer) gives three rows, each with its own number.
"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from reform_figures.names import name_of
from reform_figures.plotting.axes import LEAST_SPAN, format_values, is_wide, value_limits
from reform_figures.plotting.look import COLOURS, GRID, INK, Chart, empty_chart, look, start_chart
from reform_figures.plotting.marks import UP, Point, draw_point, explain_marks
from reform_figures.plotting.texts import alt_text, row_amount, row_status, source_note
from reform_figures.wording import number_text, period_text

ROW = 0.36
"""Height of a row in inches; a broken label takes more."""
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
    told = ["indicator", "area", "tier", "period", "value", "bound", "status"]
    rows = frame.drop_duplicates([*told, *(column for column in ("base", "publisher") if column in label)])
    if rows.empty:
        return empty_chart(title, language)
    scale = _scale(rows)
    key = explain_marks(set(rows["bound"]), set(rows["status"]), language, sideways=True)
    warning = {"log": "log_axis", "part": "axis_not_zero"}.get(scale)
    notes = [key, warning and name_of("chart", warning, language), source_note(rows, language)]
    names = [_row_name(row, label, language) for row in rows.itertuples()]
    heights = [max(ROW, 0.17 * (name.count("\n") + 1) + 0.12) for name in names]
    with look():
        chart, axes = start_chart(title, subtitle, [n for n in notes if n], sum(heights) + 0.1, left=2.45, right=1.75)
        centres = _centres(heights)
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
    told = row_amount(row, language) + row_status(row, language)
    axes.annotate("\n".join(textwrap.wrap(told, 24)), (row.value, at), xytext=(22 if row.bound in UP else 11, 0),
                  size=8.5, textcoords="offset points", va="center", annotation_clip=False)  # fmt: skip


def _centres(heights: list[float]) -> list[float]:
    centres, at = [], 0.0
    for height in heights:
        centres.append(at + height / 2)
        at += height
    return centres


def _row_name(row, columns: tuple[str, ...], language: str) -> str:
    parts = []
    for column in columns:
        code = getattr(row, column)
        if isinstance(code, str):
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


def plot_parts(frame: pd.DataFrame, *, parts: tuple[str, ...] = ("VN-central", "VN-local"), whole: str = "VN",
               title: str, subtitle: str = "", language: str = "en") -> Chart:  # fmt: skip
    """Draw totals with the parts told of them: a bar for each article and period, a tick where the total lies.

    The parts are areas (ministries and localities by default), taken from the article that tells the total, of
    the same indicator, period and kind. A total whose parts are not told is a tick without a bar.
    """
    rows = frame[frame["area"].isin([whole, *parts])].dropna(subset=["period_end"])
    groups = _wholes_with_parts(rows, whole, parts)
    drawn = rows[rows["figure_id"].isin({row.figure_id for total, told in groups for row in (total, *told) if row})]
    notes = [source_note(drawn, language)]
    if not groups:
        return empty_chart(title, language)
    with look():
        chart, axes = start_chart(title, subtitle, notes, 0.62 * len(groups) + 0.4, left=2.1, right=1.45)
        axes.set_xlim(0, max(total.value for total, _ in groups) * 1.05)
        axes.set_ylim(len(groups) - 0.4, -0.85)
        for number, (total, told) in enumerate(groups):
            _draw_parts(axes, number, total, told, language)
        axes.set_yticks(range(len(groups)), [_whole_name(total, language) for total, _ in groups])
        format_values(axes, "x", groups[0][0].unit, language)
        axes.tick_params(axis="y", length=0, pad=6)
        _part_key(axes, parts, language)
        chart.alt = alt_text(title, drawn, language)
    return chart


def _wholes_with_parts(rows: pd.DataFrame, whole: str, parts: tuple[str, ...]) -> list[tuple]:
    """Totals in order of time, each with the parts that its own article tells of it; the same told again, once."""
    same = ["article_id", "indicator", "period", "period_kind", "base", "status"]
    groups = {}
    ordered = rows.assign(base=rows["base"].fillna("")).sort_values(["period_end", "known_since", "figure_id"])
    for key, group in ordered.groupby(same, sort=False):
        total = next(group[group["area"] == whole].itertuples(), None)
        if total is not None:
            told = [next(group[group["area"] == area].itertuples(), None) for area in parts]
            values = tuple(part and part.value for part in told)
            groups.setdefault((key[1:4], total.value, values), (total, told))
    return list(groups.values())


def _draw_parts(axes: Axes, at: int, total, told: list, language: str) -> None:
    start = 0.0
    for number, part in enumerate(told):
        if part is not None:
            axes.barh(at, part.value, left=start, height=0.5, color=(COLOURS[1], COLOURS[2])[number % 2],
                      edgecolor="white", linewidth=0.8, hatch=("////", "")[number % 2])  # fmt: skip
            start += part.value
    axes.vlines(total.value, at - 0.33, at + 0.33, color=INK, linewidth=2)
    place = {"textcoords": "offset points", "size": 8.5, "annotation_clip": False}
    words = textwrap.wrap(row_amount(total, language) + row_status(total, language), 20)
    summed = " + ".join(number_text(part.value, language) for part in told if part is not None)
    rise = 5 * len(words)
    axes.annotate(
        "\n".join(words), (total.value, at), xytext=(7, 6 if summed else 0), weight="bold", va="center", **place
    )
    axes.annotate(f"= {summed}" if summed else "", (total.value, at), xytext=(7, -2 - rise), va="center", **place)


def _whole_name(total, language: str) -> str:
    when = period_text(total.period, language)
    kind = name_of("period_kind", total.period_kind, language) if isinstance(total.period_kind, str) else ""
    return "\n".join(textwrap.wrap(f"{when}, {kind}" if when else kind, 25))


def _part_key(axes: Axes, parts: tuple[str, ...], language: str) -> None:
    """Names of the parts in a row above the bars, each with its colour."""
    handles = [
        axes.barh(0, 0, color=(COLOURS[1], COLOURS[2])[n % 2], hatch=("////", "")[n % 2], edgecolor="white")
        for n, _ in enumerate(parts)
    ]
    names = [name_of("area", part, language) for part in parts]
    axes.legend(handles, names, loc="lower left", ncols=len(parts), bbox_to_anchor=(-0.01, 1.0), frameon=False,
                fontsize=8.5, handlelength=1.2, borderpad=0)  # fmt: skip


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
