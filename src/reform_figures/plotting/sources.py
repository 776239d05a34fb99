"""How many articles tell of the same thing: bars a theme, split by the number of articles, and bars a number.

In: counts (`theme`, `articles`, `things`), or numbers with their `articles`. Out: a `Chart`. "Chỉ một bài nêu" (one
article alone tells it) is the first part of every bar of a theme.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from reform_figures.names import name_of
from reform_figures.plotting.axes import row_places
from reform_figures.plotting.look import COLOURS, Chart, empty_chart, look, start_chart
from reform_figures.plotting.styling import across, pt, text_width, wrap
from reform_figures.plotting.texts import row_amount, row_status
from reform_figures.wording import number_text, period_text

MANY = 3
"""From this number of articles on, things are counted together."""
_FILL = tuple({"facecolor": colour, "hatch": hatch, "edgecolor": "white"}
              for colour, hatch in ((COLOURS[2], ""), (COLOURS[1], "////"), (COLOURS[0], "")))  # fmt: skip
"""Colour and hatching of one, two, many articles: apart in grey, too."""


def plot_sources(counts: pd.DataFrame, *, title: str, subtitle: str = "", language: str = "en") -> Chart:
    """Draw how many things of each theme one, two, or three and more articles tell; the fullest theme first."""
    if counts.empty:
        return empty_chart(title, language)
    table = counts.assign(articles=counts["articles"].clip(upper=MANY))
    table = table.pivot_table(index="theme", columns="articles", values="things", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=range(1, MANY + 1), fill_value=0).astype(int)
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    names = [name_of("theme", theme, language) for theme in table.index]
    broken = ["\n".join(wrap(name, across(2.0), 9.5)) for name in names]
    heights, places = row_places(broken)
    widest = max(text_width(_numbers(row, language), 8.5) for row in table.to_numpy())
    key = [(_part_name(number, language), fill) for number, fill in zip(table.columns, _FILL, strict=True)]
    with look():
        chart, axes = start_chart(title, subtitle, [], sum(heights) + 0.1, left=across(2.2), right=widest + 0.2,
                                  ticks=False, key=key)  # fmt: skip
        _draw_bars(axes, table, places, language)
        axes.set_yticks(places, broken)
        axes.set_ylim(sum(heights), -0.1)
        axes.set_xlim(0, table.sum(axis=1).max())
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", length=0, pad=6)
    told = [f"{name}: {_numbers(row, language)}" for name, row in zip(names, table.to_numpy(), strict=True)]
    parts = ", ".join(_part_name(number, language) for number in table.columns)
    chart.alt = f"{title} ({parts}). " + "; ".join(told) + "."
    return chart


def _draw_bars(axes: Axes, table: pd.DataFrame, places: list[float], language: str) -> None:
    start = pd.Series(0, index=table.index)
    for number, fill in zip(table.columns, _FILL, strict=True):
        axes.barh(places, table[number], left=start, height=pt(0.22), linewidth=0.6, **fill)
        start = start + table[number]
    for at, row in zip(places, table.to_numpy(), strict=True):
        axes.annotate(_numbers(row, language), (row.sum(), at), xytext=(5, 0), textcoords="offset points",
                      va="center", size=pt(8.5), annotation_clip=False)  # fmt: skip


def _part_name(number: int, language: str) -> str:
    code = {1: "told_by_one", 2: "told_by_two"}.get(number, "told_by_many")
    return name_of("chart", code, language)


def _numbers(row, language: str) -> str:
    """'120 + 8 + 2': things told by one, two, many articles; trailing zeros left out."""
    told = [int(value) for value in row]
    while len(told) > 1 and told[-1] == 0:
        told.pop()
    return " + ".join(number_text(value, language) for value in told)


def plot_most_told(numbers: pd.DataFrame, *, title: str, subtitle: str = "", language: str = "en") -> Chart:
    """Draw for each number, in the order given, how many articles tell it, and how many another one of the same thing.

    `numbers` has the codes and amounts of the series with two counts: `articles` and `others`.
    """
    if numbers.empty:
        return empty_chart(title, language)
    names = [_number_name(row, language) for row in numbers.itertuples()]
    broken = ["\n".join(wrap(name, across(3.3) - 0.2, 9.5)) for name in names]
    heights, places = row_places(broken)
    words = [name_of("chart", word, language) for word in ("tell_it", "tell_another")]
    fills = [{"facecolor": COLOURS[0], "edgecolor": COLOURS[0], "hatch": ""},
             {"facecolor": "white", "edgecolor": COLOURS[0], "hatch": "////"}]  # fmt: skip
    with look():
        chart, axes = start_chart(title, subtitle, [], sum(heights), left=across(3.3), right=across(0.5), ticks=False,
                                  key=list(zip(words, fills, strict=True)))  # fmt: skip
        most = (numbers["articles"] + numbers["others"]).max()
        bar = {"height": pt(0.22), "linewidth": 0.8}
        axes.barh(places, numbers["articles"], **bar, **fills[0])
        axes.barh(places, numbers["others"], left=numbers["articles"], **bar, **fills[1])
        counted = list(zip(numbers["articles"], numbers["others"], strict=True))
        for at, (articles, others) in zip(places, counted, strict=True):
            axes.annotate(_numbers((articles, others), language), (articles + others, at), xytext=(5, 0),
                          textcoords="offset points", va="center", size=pt(8.5), annotation_clip=False)  # fmt: skip
        axes.set_yticks(places, broken)
        axes.set(ylim=(sum(heights), 0), xlim=(0, most * 1.08), xticks=[])
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", length=0, pad=6)
    told = [f"{name}: {_numbers(counts, language)}" for name, counts in zip(names, counted, strict=True)]
    chart.alt = f"{title} ({' + '.join(words)}). {'; '.join(told)}."
    return chart


def _number_name(row, language: str) -> str:
    """'SIPAS, Quảng Ninh, 2023: 90.61%'."""
    whose = name_of("area", row.area, language)
    direction = name_of("direction", row.direction, language) if isinstance(row.direction, str) else ""
    tier = name_of("tier", row.tier, language) if isinstance(row.tier, str) and row.tier != "central" else ""
    parts = (name_of("subject", row.subject, language), direction, whose, tier, period_text(row.period, language))
    return ", ".join(part for part in parts if part) + f": {row_amount(row, language)}{row_status(row, language)}"
