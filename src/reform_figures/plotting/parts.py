"""Charts of wholes with their parts: a bar for each article and stretch of time.

In: rows of the series (`load_series`). Out: a `Chart`. "Cả nước tinh giản 79.057 người; địa phương 73.547 người, các
bộ, ngành 5.510 người" (the country shed 79,057 people, the localities 73,547, the ministries 5,510) is one bar of two
parts.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from reform_figures.names import name_of
from reform_figures.plotting.axes import format_values
from reform_figures.plotting.labels import SIZE
from reform_figures.plotting.look import COLOURS, FAINT, INK, LINE, Chart, Key, empty_chart, look, start_chart
from reform_figures.plotting.styling import across, pt, wrap
from reform_figures.plotting.texts import alt_text, articles_of, row_amount, row_status, source_note, told_by
from reform_figures.wording import number_text, period_text

LEFT, RIGHT = 2.1, 1.45
"""Inches beside the bars, for their times and for their numbers."""
ROW = 0.55
"""Height of a row in inches."""
FAR_OUT = 8
"""A total so many times the next one does not set the end of the axis: it is written at its edge."""
FILL = ({"facecolor": COLOURS[1], "hatch": "////", "edgecolor": "white"},
        {"facecolor": COLOURS[2], "hatch": "", "edgecolor": "white"})  # fmt: skip
"""Colour and hatching of the parts: apart in grey, too."""
WHOLE = {"facecolor": "white", "hatch": "", "edgecolor": FAINT}
"""What no article in the data tells the parts of."""


def plot_parts(frame: pd.DataFrame, *, parts: tuple[str, ...] = ("VN-central", "VN-local"), whole: str = "VN",
               title: str, subtitle: str = "", language: str = "en") -> Chart:  # fmt: skip
    """Draw totals with the parts told of them: a bar for each article and period, a tick where the total lies.

    The parts are areas (ministries and localities by default), taken from the article that tells the total, of
    the same indicator, period and kind. The rest is white. Totals told alike stand once, with the number of
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
    sources = rows[rows["article_id"].isin(articles)]
    notes = [source_note(sources, language)]
    if beyond:
        notes.insert(0, name_of("chart", "beyond_axis", language))
    names = [_whole_name(total, told_by(rows[rows["article_id"].isin(articles)], language), language)
             for total, _, articles in groups]  # fmt: skip
    words = [_told(total, told, language) for total, told, _ in groups]
    lines = max(
        max(name.count("\n") + 1, len(whole) + len(split)) for name, (whole, split) in zip(names, words, strict=True)
    )
    row = pt(max(ROW, LINE * lines + 0.12))
    with look():
        chart, axes = start_chart(title, subtitle, notes, row * (len(groups) + 0.1), left=across(LEFT),
                                  right=across(RIGHT), key=_key(parts, language))  # fmt: skip
        axes.set_xlim(0, end)
        axes.set_ylim(len(groups) - 0.4, -0.5)
        format_values(axes, "x", groups[0][0].unit, language)
        for number, ((total, told, _), told_words) in enumerate(zip(groups, words, strict=True)):
            _draw_parts(axes, number, total, told, told_words, 0.275 / row)
        axes.set_yticks(range(len(groups)), names)
        axes.tick_params(axis="y", length=0, pad=6)
        chart.articles = articles_of(sources)
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


def _told(total, told: list, language: str) -> tuple[list[str], list[str]]:
    """The total in words, and its parts beneath, each in lines as wide as there is room behind a bar."""
    room = across(RIGHT) - 0.14
    whole = wrap(row_amount(total, language) + row_status(total, language), room, SIZE, "bold")
    known = [part for part in told if part is not None]
    if not known:
        return whole, []
    summed = " + ".join(number_text(part.value, language) for part in known)
    adds_up = sum(part.value for part in known) == total.value
    words = f"= {summed}" if adds_up else name_of("chart", "of_which", language).format(parts=summed)
    return whole, wrap(words, room, SIZE)


def _draw_parts(axes: Axes, at: int, total, told: list, words: tuple[list[str], list[str]], height: float) -> None:
    """One bar of a `height` in rows, with its words behind it."""
    end = axes.get_xlim()[1]
    beyond = total.value > end
    start = 0.0
    for part, fill in zip(told, FILL, strict=True):
        if part is not None:
            axes.barh(at, part.value, left=start, height=height, linewidth=0.8, **fill)
            start += part.value
    rest = total.value - start
    if rest > 0:
        axes.barh(at, rest, left=start, height=height, linewidth=0.8, zorder=1, **WHOLE)
    if beyond:
        axes.plot([end], [at], marker=">", color=INK, markersize=8, clip_on=False)
    else:
        axes.vlines(total.value, at - 0.66 * height, at + 0.66 * height, color=INK, linewidth=2)
    whole, split = words
    lift = pt(LINE * 72 / 2)
    for lines, y, weight in ((whole, lift * len(split), "bold"), (split, -lift * len(whole), "normal")):
        axes.annotate("\n".join(lines), (min(total.value, end), at), xytext=(8, y), textcoords="offset points",
                      size=pt(SIZE), weight=weight, va="center", annotation_clip=False)  # fmt: skip


def _whole_name(total, teller: str, language: str) -> str:
    """Which stretch of time, and who tells it: '2022, VOH', 'up to 2022, 2 articles'."""
    when = period_text(total.period, language)
    if total.period_kind == "since":
        base = period_text(total.base, language)
        form = "from_to" if base and base[-4:] != when[-4:] else "" if base else "up_to"
        when = name_of("chart", form, language).format(base=base, period=when) if form else when
    room = across(LEFT) - 0.2
    return "\n".join([*wrap(when, room, 9.5), *wrap(teller, room, 9.5)])


def _key(parts: tuple[str, ...], language: str) -> Key:
    """Names of the parts, and of what is not split, each with its filling."""
    names = [*(name_of("area", part, language) for part in parts), name_of("chart", "not_split", language)]
    return list(zip(names, [*FILL, WHOLE], strict=True))
