"""A calendar of what was reported when: months and years of publication, a number in each month.

In: articles (`load_articles`) or rows of the series (`load_series`). Out: a `Chart`. "Đăng ngày 18/3/2023" (published
on 18 March 2023) adds one to March 2023; a month without any is hatched, which says no more than that the data have
none.
"""

from __future__ import annotations

from calendar import month_abbr

import pandas as pd
from matplotlib.patches import Rectangle

from reform_figures.names import name_of
from reform_figures.plotting.look import FAINT, Chart, empty_chart, look, start_chart
from reform_figures.plotting.shades import EMPTY, draw_scale, ink_on, scale_of
from reform_figures.plotting.styling import pt, text_width
from reform_figures.plotting.texts import source_note
from reform_figures.wording import number_text, period_text

COUNTS = ("articles", "figures")
ROW = 0.36
"""Height of a year in inches."""
MOST_YEARS = 30
"""Over a longer span only years with something in them have a row: one wrong day must not make a chart of a metre."""


def plot_calendar(frame: pd.DataFrame, *, title: str, count: str = "articles", subtitle: str | None = None,
                  language: str = "en") -> Chart:  # fmt: skip
    """Draw the number of `articles` or of `figures` (rows) by month of publication, a row a year.

    The day is `published_at` of articles or `known_since` of the series, in Vietnamese time; rows without one are
    left out, and their number stands beneath.

    Raises ValueError for another `count`, and for rows without such a column.
    """
    if count not in COUNTS:
        raise ValueError(f"count {count!r} is not known; choose one of {', '.join(COUNTS)}")
    column = next((name for name in ("published_at", "known_since") if name in frame.columns), None)
    if column is None:
        raise ValueError("these rows do not tell when they were published; take load_articles() or load_series()")
    rows = frame.drop_duplicates("article_id") if count == "articles" else frame
    dated = rows[rows[column].notna()]
    if dated.empty:
        return empty_chart(title, language)
    months = pd.Series([(day.year, day.month) for day in dated[column]]).value_counts()
    notes = [source_note(dated, language)]
    if len(rows) > len(dated):
        notes.insert(0, name_of("chart", "calendar_no_day", language).format(count=len(rows) - len(dated)))
    subtitle = name_of("chart", f"calendar_{count}", language) if subtitle is None else subtitle
    years = _years([year for year, _ in months.index])
    with look():
        chart, axes = start_chart(title, subtitle, notes, pt(ROW) * (len(years) + 1), left=pt(0.6), right=pt(1.1),
                                  ticks=False)  # fmt: skip
        axes.set(xlim=(0, 12), ylim=(len(years), -1))
        axes.set_axis_off()
        scale = scale_of(months.astype(float), "other")
        for month, name in enumerate(_months(axes, language)):
            axes.text(month + 0.5, -0.4, name, size=pt(8.5), ha="center", va="center")
        for down, year in enumerate(years):
            axes.text(-0.15, down + 0.5, str(year), size=pt(9.5), ha="right", va="center")
            for month in range(1, 13):
                _draw_month(axes, down, month, int(months.get((year, month), 0)), scale, language)
        draw_scale(axes, scale, (12.25, 0.05), (0.5, 0.55), language)
        chart.alt = _alt(title, subtitle, months, language)
    return chart


def _years(years: list[int]) -> list[int]:
    first, last = min(years), max(years)
    return list(range(first, last + 1)) if last - first < MOST_YEARS else sorted(set(years))


def _months(axes, language: str) -> list[str]:
    """Short names of the months, or their numbers where those have no room beside each other."""
    form = name_of("period", "month_short", language)
    names = [form.format(month=month, month_short=month_abbr[month]) for month in range(1, 13)]
    room = axes.get_position().width * axes.figure.get_figwidth() / 12 - 0.04
    return names if max(text_width(name, 8.5) for name in names) <= room else [str(n) for n in range(1, 13)]


def _draw_month(axes, down: int, month: int, number: int, scale, language: str) -> None:
    place = ((month - 0.97, down + 0.04), 0.94, 0.92)
    if not number:
        axes.add_patch(Rectangle(*place, **EMPTY))
        return
    shade = scale.shade(number)
    axes.add_patch(Rectangle(*place, facecolor=shade, edgecolor=FAINT, linewidth=0.5))
    axes.text(month - 0.5, down + 0.5, number_text(number, language), size=pt(8.5), ha="center", va="center",
              color=ink_on(shade))  # fmt: skip


def _alt(title: str, subtitle: str, months: pd.Series, language: str) -> str:
    """Title, then the number of each month that has one, in order of time."""
    told = "; ".join(
        f"{period_text(f'{year}-{month:02}', language)}: {number_text(int(number), language)}"
        for (year, month), number in months.sort_index().items()
    )
    return f"{title}. {subtitle} {told}."
