"""The registry of named charts: which rows, which plotting function, which options.

In: the name of a chart. Out: the chart, its rows, or the code that makes it from `load_series`. "Vẽ lại biểu đồ"
(draw the chart again): what `chart_code` gives can be copied into a file and run.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from reform_figures import plotting
from reform_figures.charts import rows as rows_of
from reform_figures.names import name_of, unknown_code
from reform_figures.plotting import Chart
from reform_figures.plotting.greys import turn_grey
from reform_figures.plotting.styling import style_of, styled


@dataclass(frozen=True)
class NamedChart:
    """A chart that can be drawn again: `choose` gives its rows, `plot` draws them with the `options`.

    Its texts are in `vocabulary/names/charts.csv`.
    """

    choose: Callable[[], pd.DataFrame]
    plot: Callable[..., Chart]
    options: dict = field(default_factory=dict)

    @property
    def chart_id(self) -> str:
        return self.choose.__name__

    def title(self, language: str = "en") -> str:
        return name_of("chart_title", self.chart_id, language)

    def subtitle(self, language: str = "en") -> str:
        return name_of("chart_subtitle", self.chart_id, language)

    def limits(self, language: str = "en") -> str:
        """What the chart does not show."""
        return name_of("chart_limits", self.chart_id, language)


_BY_AREA = {"by": "area", "panels": True}
_BY_LEVEL = {"by": "subject", "panels": True, "until": "2023-12-31"}

_LISTED = (
    NamedChart(rows_of.share_online, plotting.plot_over_time, _BY_LEVEL),
    NamedChart(rows_of.dossiers_online, plotting.plot_over_time, {"by": "area"}),
    NamedChart(rows_of.portal_accounts, plotting.plot_over_time),
    NamedChart(rows_of.portal_services, plotting.plot_over_time),
    NamedChart(rows_of.portal_dossiers_filed, plotting.plot_over_time),
    NamedChart(rows_of.portal_dossiers_synced, plotting.plot_over_time),
    NamedChart(rows_of.staff_cuts_by_year, plotting.plot_parts),
    NamedChart(rows_of.staff_cuts_cumulative, plotting.plot_parts),
    NamedChart(rows_of.public_service_units, plotting.plot_stretches),
    NamedChart(rows_of.communes_cut, plotting.plot_over_time),
    NamedChart(rows_of.commune_mergers, plotting.plot_amounts, {"label": ("area", "period", "publisher")}),
    NamedChart(rows_of.communes_cut_map, plotting.plot_latest_map),
    NamedChart(rows_of.on_time_dossiers, plotting.plot_amounts, {"label": ("area", "tier", "period")}),
    NamedChart(rows_of.par_index, plotting.plot_over_time, _BY_AREA),
    NamedChart(rows_of.sipas, plotting.plot_over_time, _BY_AREA),
    NamedChart(rows_of.sipas_map, plotting.plot_latest_map),
    NamedChart(rows_of.reported_when, plotting.plot_calendar),
    NamedChart(rows_of.sources_per_figure, plotting.plot_sources),
    NamedChart(rows_of.most_told, plotting.plot_most_told),
)

_HOMES = {"load_series": "reform_figures", "load_articles": "reform_figures.loading",
          "join_averages": "reform_figures.averages", "leave_out_marks": "reform_figures.averages",
          "BEFORE_MERGER": "reform_figures.choosing", "counted_days": "reform_figures.choosing"}  # fmt: skip
"""Where the names come from that the functions of rows use, for the printed code."""

CHARTS: dict[str, NamedChart] = {chart.chart_id: chart for chart in _LISTED}
"""Name → chart, in the order of the book."""


def find_chart(chart_id: str) -> NamedChart:
    """A chart by its name. Raises ValueError with the nearest known names."""
    if chart_id not in CHARTS:
        raise ValueError(unknown_code("chart", chart_id, CHARTS))
    return CHARTS[chart_id]


def chart_rows(chart_id: str) -> pd.DataFrame:
    """The data behind a chart: rows of the series, or counts where it counts the data itself."""
    return find_chart(chart_id).choose().reset_index(drop=True)


def draw_chart(
    chart_id: str,
    *,
    language: str = "en",
    width_cm: float | None = None,
    font: str | None = None,
    grey: bool = False,
    rows: pd.DataFrame | None = None,
    **changes,
) -> Chart:
    """Draw a named chart, laid out for its width and font.

    `width_cm` is 8 to 60 (a column of the book, 17.3, by default); the height follows. Type keeps its size down to
    14 cm and shrinks to three quarters of it at 8. `font` is the name of an installed font with Vietnamese letters
    (DejaVu Sans by default), `grey` draws every colour as the grey that is as light. `rows` replaces the data,
    `changes` the title or another argument of the chart's function.

    Raises ValueError for a name that is not known, another width, and a font that is not there or lacks letters.
    """
    chart, style = find_chart(chart_id), style_of(width_cm, font)
    told = {"title": chart.title(language), "subtitle": chart.subtitle(language), **chart.options, **changes}
    with styled(style):
        drawn = chart.plot(chart_rows(chart_id) if rows is None else rows, language=language, **told)
    return turn_grey(drawn) if grey else drawn


def chart_code(chart_id: str, language: str = "en") -> str:
    """The lines that make a chart from `load_series`, to be copied; what they draw is the same to the byte."""
    chart = find_chart(chart_id)
    told = {"title": chart.title(language), "subtitle": chart.subtitle(language), **chart.options}
    if language != "en":
        told["language"] = language
    choosing = inspect.getsource(chart.choose).replace(f"def {chart_id}() -> pd.DataFrame:", f"def {chart_id}_rows():")
    arguments = "".join(f"    {name}={_literal(value)},\n" for name, value in told.items())
    return (
        f"{_imports(chart.choose)}"
        f"from reform_figures.plotting import {chart.plot.__name__}\n\n\n"
        f"{choosing}\n\n"
        f"chart = {chart.plot.__name__}(\n    {chart_id}_rows(),\n{arguments})\n"
        f'open("{chart_id}.svg", "wb").write(chart.svg())\n'
    )


def _imports(choose: Callable) -> str:
    """The lines that import what a function of rows uses."""
    used = [name for name in choose.__code__.co_names if name in _HOMES]
    homes = sorted({_HOMES[name] for name in used})
    return "".join(
        f"from {home} import {', '.join(sorted(name for name in used if _HOMES[name] == home))}\n" for home in homes
    )


def _literal(value) -> str:
    """An argument as it is written in code: texts and tuples of texts in double quotes."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))})"
    return json.dumps(value, ensure_ascii=False)
