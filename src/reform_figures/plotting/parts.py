"""Charts of wholes with their parts: a bar for each article and stretch of time.

In: rows of the series (`load_series`). Out: a `Chart`. "Cả nước tinh giản 79.057 người; địa phương 73.547 người, các
bộ, ngành 5.510 người" (the country shed 79,057 people, the localities 73,547, the ministries 5,510) is one bar of two
parts.
"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from reform_figures.names import name_of
from reform_figures.plotting.axes import format_values
from reform_figures.plotting.labels import SIZE
from reform_figures.plotting.look import COLOURS, FAINT, INK, LEGEND, Chart, empty_chart, look, start_chart
from reform_figures.plotting.texts import alt_text, row_amount, row_status, source_note, told_by
from reform_figures.wording import number_text, period_text

FAR_OUT = 8
"""A total so many times the next one does not set the end of the axis: it is written at its edge."""
FILL = ({"color": COLOURS[1], "hatch": "////"}, {"color": COLOURS[2], "hatch": ""})
"""Colour and hatching of the parts: apart in grey, too."""
WHOLE = {"color": "white", "hatch": "", "edgecolor": FAINT}
"""What an article does not split."""


def plot_parts(frame: pd.DataFrame, *, parts: tuple[str, ...] = ("VN-central", "VN-local"), whole: str = "VN",
               title: str, subtitle: str = "", language: str = "en") -> Chart:  # fmt: skip
    """Draw totals with the parts told of them: a bar for each article and period, a tick where the total lies.

    The parts are areas (ministries and localities by default), taken from the article that tells the total, of
    the same indicator, period and kind. What is not split is white. Totals told alike stand once, with the number of
    articles; one far beyond the others stands at the edge of the axis.
    """
    rows = frame[frame["area"].isin([whole, *parts])].dropna(subset=["period_end"])
    groups = _wholes_with_parts(rows, whole, parts)
    if not groups:
        return empty_chart(title, language)
    shown = [row.figure_id for total, told, _ in groups for row in (total, *told) if row]
    drawn = rows[rows["figure_id"].isin(shown)]
    articles = [article for *_, told in groups for article in told]
    end, beyond = _axis_end([float(total.value) for total, *_ in groups])
    notes = [source_note(rows[rows["article_id"].isin(articles)], language)]
    if beyond:
        notes.insert(0, name_of("chart", "beyond_axis", language))
    with look():
        chart, axes = start_chart(title, subtitle, notes, 0.55 * len(groups) + 0.5, left=2.1, right=1.45)
        axes.set_xlim(0, end)
        axes.set_ylim(len(groups) - 0.4, -1.0)
        axes.spines["left"].set_bounds(-0.5, len(groups) - 0.4)  # off the key above
        format_values(axes, "x", groups[0][0].unit, language)
        for number, (total, told, _) in enumerate(groups):
            _draw_parts(axes, number, total, told, language)
        names = [_whole_name(total, told_by(rows[rows["article_id"].isin(articles)], language), language)
                 for total, _, articles in groups]  # fmt: skip
        axes.set_yticks(range(len(groups)), names)
        axes.tick_params(axis="y", length=0, pad=6)
        _part_key(axes, [name_of("area", part, language) for part in parts], name_of("chart", "not_split", language))
        chart.alt = alt_text(title, drawn, language)
    return chart


def _wholes_with_parts(rows: pd.DataFrame, whole: str, parts: tuple[str, ...]) -> list[tuple]:
    """Totals in order of time, each with the parts that its own article tells of it and with all articles that tell
    the same."""
    same = ["article_id", "indicator", "period", "period_kind", "base", "status"]
    groups: dict[tuple, tuple] = {}
    ordered = rows.assign(base=rows["base"].fillna("")).sort_values(["period_end", "known_since", "figure_id"])
    for key, group in ordered.groupby(same, sort=False):
        total = next(group[group["area"] == whole].itertuples(), None)
        if total is None:
            continue
        told = [next(group[group["area"] == area].itertuples(), None) for area in parts]
        alike = (*key[1:], total.value)
        if alike not in groups or (any(told) and not any(groups[alike][1])):
            groups[alike] = (total, told, groups[alike][2] if alike in groups else [])
        groups[alike][2].append(total.article_id)
    return list(groups.values())


def _axis_end(values: list[float]) -> tuple[float, bool]:
    """End of the axis, and whether a value lies beyond it."""
    *_, second, largest = [0.0, *sorted(values)]
    beyond = 0 < FAR_OUT * second < largest
    return (second * 1.3 if beyond else largest * 1.05), beyond


def _draw_parts(axes: Axes, at: int, total, told: list, language: str) -> None:
    end = axes.get_xlim()[1]
    beyond = total.value > end
    start = 0.0
    for part, fill in zip(told, FILL, strict=True):
        if part is not None:
            axes.barh(at, part.value, left=start, height=0.5, **({"edgecolor": "white", "linewidth": 0.8} | fill))
            start += part.value
    rest = total.value - start
    if rest > 0:
        axes.barh(at, rest, left=start, height=0.5, linewidth=0.8, zorder=1, **WHOLE)
    if beyond:
        axes.plot([end], [at], marker=">", color=INK, markersize=8, clip_on=False)
    else:
        axes.vlines(total.value, at - 0.33, at + 0.33, color=INK, linewidth=2)
    place = {"textcoords": "offset points", "size": SIZE, "annotation_clip": False, "va": "center"}
    words = textwrap.wrap(row_amount(total, language) + row_status(total, language), 20)
    known = [part for part in told if part is not None]
    x = min(total.value, end)
    axes.annotate("\n".join(words), (x, at), xytext=(8, 6 if known else 0), weight="bold", **place)
    summed = " + ".join(number_text(part.value, language) for part in known)
    if known:
        adds_up = sum(part.value for part in known) == total.value
        words_of = f"= {summed}" if adds_up else name_of("chart", "of_which", language).format(parts=summed)
        axes.annotate(words_of, (x, at), xytext=(8, -2 - 5 * len(words)), **place)


def _whole_name(total, teller: str, language: str) -> str:
    """Which stretch of time, and who tells it: '2022, VOH', 'up to 2022, 2 articles'."""
    when = period_text(total.period, language)
    if total.period_kind == "since":
        base = period_text(total.base, language)
        form = "from_to" if base and base[-4:] != when[-4:] else "" if base else "up_to"
        when = name_of("chart", form, language).format(base=base, period=when) if form else when
    return "\n".join([*textwrap.wrap(when, 25), *textwrap.wrap(teller, 25)])


def _part_key(axes: Axes, parts: list[str], not_split: str) -> None:
    """Names of the parts in a row above the bars, each with its colour."""
    fills = [{"edgecolor": "white"} | fill for fill in FILL] + [WHOLE]
    handles = [axes.barh(0, 0, **fill) for fill in fills]
    axes.legend(handles, [*parts, not_split], loc="upper left", ncols=len(fills), bbox_to_anchor=(-0.42, 1.02),
                columnspacing=1.4, **LEGEND)  # fmt: skip
