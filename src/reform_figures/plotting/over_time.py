"""Charts over time: one indicator or several in one unit, each figure at the end of its period.

In: rows of the series (`load_series`). Out: a `Chart`. "Đạt 86%, năm 2020 chỉ đạt 30%" (86 %, in 2020 only 30 %)
gives two points and, where the same text asks for "90% trở lên" (90 % and more), a hollow one above them.
"""

from __future__ import annotations

import math
from itertools import cycle

import pandas as pd
from matplotlib.axes import Axes

from reform_figures.checking.reports import counts_units
from reform_figures.names import name_of
from reform_figures.plotting.arranging import SAME_SPOT
from reform_figures.plotting.axes import format_values, set_years, value_limits
from reform_figures.plotting.labels import SIZE, Label, place_labels
from reform_figures.plotting.later import draw_later, later_room
from reform_figures.plotting.look import COLOURS, INK, LINE, MARKERS, Chart, empty_chart, look, stack_axes, start_chart
from reform_figures.plotting.marks import DOWN, Point, draw_point, explain_marks
from reform_figures.plotting.marks import SIZE as MARK
from reform_figures.plotting.states import draw_states, place_states, state_pairs
from reform_figures.plotting.styling import across, pt, tall, wrap
from reform_figures.plotting.texts import alt_text, articles_of, row_amount, row_statistic, row_status, source_note
from reform_figures.wording import number_text

SIDE, NAMES = 1.05, 1.6
"""Inches beside a chart: for the label of a last point, for the names of several lines."""
TICKS = 0.85
"""Inches left of a chart, for the numbers of its axis."""
HEIGHT, PANEL, FIRST, GAP = 3.1, 1.65, 0.2, 0.58
"""Height in inches of one pair of axes, of one of several, and the room above the first and above each other."""
HEADROOM = 0.12
"""Part of the height of a value axis that several pairs of axes have above the largest value, for its label."""
ARROW = 0.09
"""Part of the height that an arrow downwards needs below its point."""
BESIDE = ("different_scope", "several")
"""Verdicts on figures that no line runs through unless their `place` says so: they may count a part."""
FEW = 30
"""In a line of up to this many points all labels may stand off at the end of a thin line; in longer ones those of the
first, the last and what is not reached, so that no thicket grows."""


def plot_over_time(frame: pd.DataFrame, *, by: str = "subject", panels: bool = False, until: str | None = None,
                   title: str, language: str = "en", subtitle: str | None = None) -> Chart:  # fmt: skip
    """Draw figures over time, one line for each value of the column `by` (subject, area, tier ...).

    Rows without a period cannot be drawn and are left out, but for what was before a change that is drawn. What was
    counted during a period gets a bar over that period; stocks and running totals are joined by a line, in which a
    later report of the same day follows the earlier one. Where articles disagree, all their points stand, linked by
    dots. Numbers of communes, districts and villages have no line, as some count all of them and some those merged. Two
    states that one article tells of a change, before and after, are joined by an arrow where no line runs between them
    or time alone does not tell them apart; what was before stands at the start of a period that both share.

    `panels` gives each line axes of its own, all with the same scales. `until` (an ISO day) ends the axis of time:
    later figures stand at its right edge. Rows may say in a column `place` what is on the `line`, what `beside` it
    and what is `out` (`reform_figures.averages`); how many are left out stands beneath.

    Raises ValueError for rows in more than one unit: they have no common axis.
    """
    rows = _in_order(frame)
    left_out = int((rows["place"] == "out").sum())
    rows = rows[rows["place"] != "out"]
    if rows.empty:
        return empty_chart(title, language)
    if subtitle is None:
        subtitle = _subtitle(rows, by, language)
    later = rows["period_end"] > pd.Timestamp(until or "2262-01-01")
    lines = [(_name(by, name, language), line) for name, line in rows.groupby(by, sort=False, dropna=False)]
    axes_each = len(lines) if panels else 1
    side = later_room() if later.any() else across(SIDE if axes_each == len(lines) else NAMES)
    notes = _notes(rows, left_out, later.any(), language)
    first, gap = pt(FIRST), pt(GAP)
    height = tall(HEIGHT) if axes_each == 1 else first + (tall(PANEL) + gap) * axes_each - gap

    def draw(notes: list[str]) -> tuple[Chart, int]:
        chart, axes = start_chart(title, subtitle, notes, height, left=pt(TICKS), right=side)
        stacked = [axes] if axes_each == 1 else stack_axes(axes, axes_each, first, gap)
        for axes in stacked:
            _set_axes(axes, rows, rows[~later], HEADROOM if len(stacked) > 1 else 0, language)
        return chart, _draw_lines(stacked, lines, later, side, language)

    with look():
        chart, unnamed = draw(notes)
        if unnamed:
            word = "no_room" if unnamed > 1 else "no_room_one"
            without = name_of("chart", word, language).format(count=number_text(unnamed, language))
            chart, _ = draw([without, *notes])
        chart.articles = articles_of(rows)
        chart.alt = alt_text(title, rows, language)
    return chart


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with a period, in order of time, each with its `place`. Raises ValueError for several units."""
    rows = frame
    if "place" not in rows:
        off = rows["verdict"].isin(BESIDE) | _count_units(rows)
        rows = rows.assign(place=off.map({True: "beside", False: "line"}))
    rows = place_states(rows).dropna(subset=["period_end"])
    units = sorted(rows["unit"].unique())
    if len(units) > 1:
        raise ValueError(f"a chart over time needs one unit, these rows have {len(units)}: {', '.join(units)}")
    return rows.sort_values(["period_end", "known_since", "figure_id"])


def _count_units(rows: pd.DataFrame) -> pd.Series:
    return pd.Series([counts_units(row) for row in rows.itertuples()], index=rows.index, dtype=bool)


def _set_axes(axes: Axes, rows: pd.DataFrame, within: pd.DataFrame, headroom: float, language: str) -> None:
    """Time as far as the rows `within` reach, values as far as all of them do."""
    starts = within["period_end"].where(within["period_kind"] != "in", within["period_start"])
    set_years(axes, starts.min(), within["period_end"].max())
    low, high = value_limits(_values(rows), rows["unit"].iloc[0])
    span = high - low
    if (rows["bound"].isin(DOWN) & (rows["value"] < low + ARROW * span)).any():
        low -= ARROW * span
    axes.set_ylim(low, high + headroom * span)
    format_values(axes, "y", rows["unit"].iloc[0], language)


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


def _notes(rows: pd.DataFrame, left_out: int, later: bool, language: str) -> list[str]:
    """What stands beneath: the key, what is not on the axes, what is left out, the sources."""
    key = explain_marks(set(rows["bound"]), set(rows["status"]), language,
                        flows=(rows["period_kind"] == "in").any(), ranges=rows["value_max"].notna().any(),
                        states=bool(state_pairs(rows)), conflicts=bool(_disagreeing(rows)))  # fmt: skip
    from_zero = value_limits(_values(rows), rows["unit"].iloc[0])[0] <= 0
    averages = "statistic" in rows and (rows.loc[rows["place"] == "line", "statistic"] == "average").all()
    carried = _carried_targets(rows)
    told = [
        key,
        "" if from_zero else name_of("chart", "axis_not_zero", language),
        name_of("chart", "later_at_edge", language) if later else "",
        name_of("chart", "line_of_averages", language) if averages and (rows["place"] == "beside").any() else "",
        *(() if averages else _why_beside(rows, language)),
        name_of("chart", "carried_target", language).format(count=number_text(carried, language)) if carried else "",
        name_of("chart", "left_out", language).format(count=number_text(left_out, language)) if left_out else "",
        source_note(rows, language),
    ]
    return [text for text in told if text]


def _carried_targets(rows: pd.DataFrame) -> int:
    """How many targets are drawn at a time that their own sentences do not tell, one told by several articles once."""
    if "period_told" not in rows:
        return 0
    targets = rows[(rows["status"] == "target") & (rows["period_told"] == "elsewhere")]
    return len(targets.drop_duplicates(["indicator", "area", "tier", "period_end", "value", "bound"]))


def _why_beside(rows: pd.DataFrame, language: str) -> list[str]:
    """A sentence for each reason why points stand beside a line that others are joined by."""
    alone = rows[(rows["place"] == "beside") & (rows["period_kind"] != "in") & (rows["status"] != "target")]
    joined = rows[(rows["place"] == "line") & (rows["period_kind"] != "in")]
    if alone.loc[_count_units(alone), "period_end"].nunique() > 1:
        return [name_of("chart", "off_line_units", language)]
    if joined["period_end"].nunique() < 2:
        return []
    return [name_of("chart", f"off_line_{v}", language) for v in BESIDE if (alone["verdict"] == v).any()]


def _disagreeing(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Groups of reports of one thing that are in conflict."""
    at_odds = rows[rows["verdict"] == "conflict"]
    return [group for _, group in at_odds.groupby(["indicator", "area", "tier", "period", "base", "status"],
                                                  dropna=False) if group["value"].nunique() > 1]  # fmt: skip


def _draw_lines(stacked: list[Axes], lines: list[tuple[str, pd.DataFrame]], later: pd.Series, side: float,
                language: str) -> int:  # fmt: skip
    """Draw every line into its axes, then names and labels; `stacked` has one pair for all lines or one for each.

    Returns how many points found no room for their labels.
    """
    waiting: list[list[Label]] = [[] for _ in stacked]
    dots = [_dots(axes, lines[number :: len(stacked)]) for number, axes in enumerate(stacked)]
    for number, (name, line) in enumerate(lines):
        at, colour, marker = number % len(stacked), COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
        waiting[at] += _draw_line(stacked[at], line[~later[line.index]], dots[at], colour, marker, language)
        draw_later(stacked[at], line[later[line.index]], colour, marker, language)
        if len(stacked) > 1:
            stacked[at].set_title(name, loc="left", size=pt(9.5), weight="bold", pad=pt(9))
    alone = len(stacked) == len(lines)
    if not alone:
        _name_lines(stacked[0], [(name, float(line["value"].iloc[-1])) for name, line in lines], side)
    beside = side - 0.15 if alone and not later.any() else 0
    above = 0.05 if len(stacked) > 1 else 0.17
    return sum(place_labels(axes, labels, room_right=beside, room_above=above)
               for axes, labels in zip(stacked, waiting, strict=True))  # fmt: skip


def _dots(axes: Axes, lines: list[tuple[str, pd.DataFrame]]) -> list[tuple[float, float]]:
    """Where the dots of a pair of axes lie, in pixels: what is reported, not what is aimed at."""
    told = pd.concat([line[line["status"] != "target"] for _, line in lines])
    return [_spot(axes, row) for row in told.itertuples()]


def _spot(axes: Axes, row) -> tuple[float, float]:
    return tuple(axes.transData.transform((axes.convert_xunits(row.period_end), row.value)))


def _draw_line(axes: Axes, line: pd.DataFrame, dots: list, colour: str, marker: str, language: str) -> list[Label]:
    """Draw one line with its points; returns the labels still to be placed.

    A target on one of the `dots` is drawn so large that the dot lies within it.
    """
    near = SAME_SPOT * axes.figure.dpi / 72
    joined = line[(line["place"] == "line") & (line["period_kind"] != "in")]
    for status, style in (("actual", "-"), ("forecast", "--")):
        told = joined[joined["status"].isin(["actual", status])].drop_duplicates(["period_end", "status"], keep="last")
        if status == "forecast":  # from the last that was reached
            told = pd.concat([told[told["status"] == "actual"].tail(1), told[told["status"] == "forecast"]])
        if len(told) > 1:
            axes.plot(told["period_end"], told["value"], style, color=colour, linewidth=1.6, zorder=2)
    for group in _disagreeing(line):
        axes.vlines(group["period_end"].iloc[0], group["value"].min(), group["value"].max(), color=INK,
                    linestyles=":", linewidth=1.2, zorder=2)  # fmt: skip
    draw_states(axes, line)
    points = line.drop_duplicates(["period_end", "value", "value_max", "bound", "status", "period_kind", "state"])
    points = points.sort_values(["period_end", "value", "status"], kind="stable")
    labels = []
    for number, row in enumerate(points.itertuples()):
        if row.period_kind == "in":
            axes.hlines(row.value, row.period_start, row.period_end, color=colour, linewidth=4, alpha=0.35, zorder=1)
        if not pd.isna(row.value_max):
            axes.vlines(row.period_end, row.value, row.value_max, color=colour, linewidth=3, alpha=0.5, zorder=1)
        around = row.status == "target" and any(math.dist(_spot(axes, row), dot) <= near for dot in dots)
        draw_point(axes, Point(row.period_end, row.value, row.bound, row.status, colour, marker), around=around)
        text = row_amount(row, language, with_unit=False) + row_status(row, language) + row_statistic(row, language)
        led = len(points) <= FEW or number in (0, len(points) - 1) or row.status != "actual"
        labels.append(Label(row.period_end, row.value, text, row.bound, led, group=colour, wide=around))
    return labels


def _name_lines(axes: Axes, ends: list[tuple[str, float]], side: float) -> None:
    """Names of the lines at the right edge, each behind its own mark, pushed apart where they would touch."""
    place = axes.get_position()
    width, height = place.width * axes.figure.get_figwidth(), place.height * axes.figure.get_figheight()
    low, high = axes.get_ylim()
    broken = ["\n".join(wrap(name, side - pt(0.38), SIZE)) for name, _ in ends]
    at = [(value - low) / (high - low) * height for _, value in ends]
    named = sorted(zip(broken, at, cycle(COLOURS), cycle(MARKERS), strict=False), key=lambda one: one[1])
    halves = [pt(LINE) * (name.count("\n") + 1.3) / 2 for name, *_ in named]
    heights = [min(max(at, half), height - half) for (_, at, *_), half in zip(named, halves, strict=True)]
    for number in range(1, len(heights)):
        heights[number] = max(heights[number], heights[number - 1] + halves[number - 1] + halves[number])
    overhang = max(0.0, heights[-1] + halves[-1] - height)
    for (name, _, colour, marker), at in zip(named, heights, strict=True):
        y = (at - overhang) / height
        axes.scatter([1 + pt(0.22) / width], [y], s=0.7 * pt(pt(MARK)), marker=marker, color=colour,
                     linewidth=1.6, transform=axes.transAxes, clip_on=False)  # fmt: skip
        axes.text(1 + pt(0.34) / width, y, name, transform=axes.transAxes, size=pt(SIZE), va="center", linespacing=1.1)
