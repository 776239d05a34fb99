"""A map of tiles: one tile a province, about where it lies, with its number on it.

In: rows of the series, one a province (`load_series`). Out: a `Chart`. "Quảng Ninh đạt 92,18%" (Quảng Ninh reached
92.18 %) shades one tile of 63; a province that no article tells of is hatched. The places are the reviewed table
`vocabulary/names/tiles.csv`; no borders are drawn, so that none are claimed.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from reform_figures.choosing import BEFORE_MERGER, MERGER, latest_of_each_area, rows_after_merger
from reform_figures.names import name_of, name_table
from reform_figures.plotting.look import FAINT, INK, Chart, empty_chart, look, start_chart
from reform_figures.plotting.shades import EMPTY, draw_scale, ink_on, scale_of
from reform_figures.plotting.styling import STANDARD, across, pt, tall, text_width, wrap
from reform_figures.plotting.texts import alt_text, articles_of, source_note
from reform_figures.wording import amount_text, number_text, period_text

MARGIN = 0.25
"""Inches beside the tiles."""
TILE = 0.44
"""Height of a tile in inches."""
LEAST_NAME = 5.0
"""Points: a name that would be smaller stands in two lines."""
HEDGES = {"eq": "", "gt": "> ", "ge": "≥ ", "lt": "< ", "le": "≤ ", "approx": "~ "}
STATUSES = {"actual": "", "target": "◇ ", "forecast": "○ "}
SAME = ["area", "value", "value_max", "of", "bound", "status"]
"""Rows of one province that share these put the same on its tile."""
KEY_ROW = 8
"""The rows from here on have room for the key left of the coast."""


def plot_tile_map(frame: pd.DataFrame, *, title: str, subtitle: str | None = None, several: Collection[str] = (),
                  language: str = "en") -> Chart:  # fmt: skip
    """Draw one number of one indicator for each province, on 63 tiles that lie about where the provinces lie.

    The 63 provinces are those before the mergers of June 2025. Rows of other areas (the country, ministries) are left
    out. Where provinces are told for different periods, the year stands on each tile. `several` names provinces for
    which articles tell several numbers, of which none was chosen: their tiles say so.

    Raises ValueError for rows in several units or of several indicators, for rows of a merged province from after its
    merger, and where a province has several numbers: choose a period, a tier, a status, or a policy
    (`load_series(policy="latest")`, `choosing.latest_of_each_area`).
    """
    rows = frame[frame["area"].isin(list(name_table("tile")))].drop_duplicates(SAME)
    _check_one_number_a_tile(rows)
    if rows.empty:
        return empty_chart(title, language)
    rows = rows.sort_values(["value", "area"], ascending=[False, True])
    several_periods = rows["period"].nunique(dropna=False) > 1
    several = set(several) - set(rows["area"])
    missing = _missing(rows, several, language)
    periods = " " + name_of("chart", "tile_periods", language) if several_periods else ""
    notes = [_key(rows, several, language), missing + periods, source_note(rows, language)]
    tiles = tile_places()
    width, height = (1 + max(place[i] for place in tiles.values()) for i in (1, 0))
    with look():
        subtitle = _subtitle(rows, language) if subtitle is None else subtitle
        chart, axes = start_chart(title, subtitle, notes, max(tall(TILE), TILE) * height, left=across(MARGIN),
                                  right=across(MARGIN), ticks=False)  # fmt: skip
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        scale = scale_of(rows["value"], rows["unit"].iloc[0])
        told = {row.area: row for row in rows.itertuples()}
        for code, place in tiles.items():
            if code in told:
                _draw_tile(axes, place, code, told[code], scale, several_periods, language)
            else:
                _draw_empty(axes, place, code, code in several, language)
        draw_scale(axes, scale, (0.05, KEY_ROW), (0.45, 0.5), language)
        chart.articles = articles_of(rows)
        chart.alt = f"{alt_text(title, rows, language)} {_told_several(several, language)}{missing}"
    return chart


def plot_latest_map(frame: pd.DataFrame, *, title: str, subtitle: str | None = None, language: str = "en") -> Chart:
    """Draw the latest number of each province on its tile; a province with several numbers of its last period has none.

    Raises ValueError as `plot_tile_map` does.
    """
    chosen, several = latest_of_each_area(frame)
    return plot_tile_map(chosen, title=title, subtitle=subtitle, several=several, language=language)


def tile_places() -> dict[str, tuple[int, int]]:
    """Row (from the north) and column (from the west) of each province's tile."""
    return {code: (int(place["row"]), int(place["column"])) for code, place in name_table("tile").items()}


def _check_one_number_a_tile(rows: pd.DataFrame) -> None:
    for column, word in (("unit", "units"), ("indicator", "indicators")):
        found = sorted(rows[column].unique())
        if len(found) > 1:
            raise ValueError(f"a tile map shows one of these {len(found)} {word}: {', '.join(found)}; choose one")
    after = rows_after_merger(rows)
    if not after.empty:
        raise ValueError(
            f"{_names(after['area'])}: merged or enlarged on {MERGER.date()}, which the 63 tiles do not show; "
            f"ask for what was before with until='{BEFORE_MERGER}'"
        )
    several = rows[rows["area"].duplicated(keep=False)]
    if not several.empty:
        raise ValueError(
            f"several numbers for {_names(several['area'])}; a tile has room for one: choose a period, a tier or a "
            "status, load_series(policy='latest'), or choosing.latest_of_each_area(...)"
        )


def _names(areas: pd.Series, most: int = 5) -> str:
    codes = sorted(areas.unique())
    return ", ".join(name_of("area", code) for code in codes[:most]) + (" ..." if len(codes) > most else "")


def _subtitle(rows: pd.DataFrame, language: str) -> str:
    """Subject, unit, and the period where it is the same for all."""
    row = rows.iloc[0]
    parts = [name_of("subject", row["subject"], language)]
    if isinstance(row["direction"], str):
        parts.append(name_of("direction", row["direction"], language))
    parts.append(name_of("unit", row["unit"], language))
    if rows["period"].nunique(dropna=False) == 1:
        parts.append(period_text(row["period"], language))
    return ", ".join(part for part in parts if part)


def _told_several(several: set[str], language: str) -> str:
    names = ", ".join(name_of("area", code, language) for code in sorted(several))
    return f"{name_of('chart', 'tile_many', language)}: {names}. " if names else ""


def _missing(rows: pd.DataFrame, several: set[str], language: str) -> str:
    tiles = name_table("tile")
    count = len(tiles) - len(rows) - len(several & set(tiles))
    return name_of("chart", "tile_missing", language).format(count=count, all=len(tiles))


def _key(rows: pd.DataFrame, several: set[str], language: str) -> str:
    """What the signs on the tiles mean, of those that are there; and the empty tiles."""
    signs = [bound for bound in HEDGES if bound != "eq" and bound in set(rows["bound"])]
    signs += [status for status in STATUSES if status != "actual" and status in set(rows["status"])]
    parts = [name_of("chart", f"tile_{sign}", language) for sign in [*signs, *["several"] * bool(several), "empty"]]
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + "."


def _draw_empty(axes: Axes, place: tuple[int, int], code: str, several: bool, language: str) -> None:
    """A tile without a number: hatched where none is told, with a dotted rim and a word where several are."""
    down, across_map = place
    look = EMPTY | ({"hatch": "", "linestyle": ":", "linewidth": 1.4, "edgecolor": FAINT} if several else {})
    axes.add_patch(Rectangle((across_map + 0.03, down + 0.05), 0.94, 0.9, **look))
    back = None if several else {"facecolor": "white", "edgecolor": "none", "pad": pt(1.2)}
    _write(axes, across_map, down + (0.32 if several else 0.5), name_table("tile")[code]["name"], 6.8, FAINT, bbox=back)
    if several:
        _write(axes, across_map, down + 0.68, name_of("chart", "tile_many", language), 6.8, FAINT, style="italic")


def _write(
    axes: Axes, left: float, y: float, text: str, size: float, colour: str, *, broken: bool = True, **how
) -> None:
    """A text in the middle of a tile, as large as there is room for it, at most of its `size`; a long name broken."""
    room = 0.9 * across(STANDARD - 2 * MARGIN) / axes.get_xlim()[1]
    lines = [text]
    if broken and pt(size) * room / text_width(text, size) < LEAST_NAME:
        lines = wrap(text, max(room, text_width(text, size) * 0.55), size)
    fitting = min(pt(size), *(pt(size) * room / text_width(line, size, how.get("weight", "normal")) for line in lines))
    axes.text(
        left + 0.5, y, "\n".join(lines), size=fitting, color=colour, ha="center", va="center", linespacing=0.95, **how
    )


def _draw_tile(axes: Axes, place: tuple[int, int], code: str, row, scale, with_year: bool, language: str) -> None:
    down, left = place
    shade = scale.shade(row.value, below=row.bound == "lt")
    axes.add_patch(Rectangle((left + 0.03, down + 0.04), 0.94, 0.92, facecolor=shade, edgecolor=INK, linewidth=0.6))
    if row.status != "actual":  # inside the tile, in the colour of its letters: a dark rim is not seen on a dark tile
        axes.add_patch(Rectangle((left + 0.055, down + 0.085), 0.89, 0.83, facecolor="none",
                                 edgecolor=ink_on(shade), linewidth=0.9, linestyle="--"))  # fmt: skip
    year = str(row.period_end.year) if with_year and not pd.isna(row.period_end) else ""
    ink = ink_on(shade)
    _write(axes, left, down + (0.26 if year else 0.29), name_table("tile")[code]["name"], 6.6, ink)
    _write(axes, left, down + (0.59 if year else 0.71), tile_text(row, language), 8.5, ink, broken=False, weight="bold")
    if year:
        _write(axes, left, down + 0.83, year, 6, ink, broken=False)


def tile_text(row, language: str = "en") -> str:
    """The number of a row as short as a tile needs it: '≥ 90%', '◇ 95%' for a target, '46 of 63'."""
    amount = amount_text(row.value, row.unit, language, of=row.of, with_unit=False)
    if not pd.isna(row.value_max):
        amount = (
            number_text(row.value, language) + "–" + amount_text(row.value_max, row.unit, language, with_unit=False)
        )
    return STATUSES[row.status] + HEDGES[row.bound] + amount
