"""Named charts as files: pictures, the data behind them, and a page of the book for each.

In: the registry and the data. Out: of each the files of `ENDINGS`, the same bytes whenever the data are the same.
"Xem câu gốc" (see the sentence itself) is the list at the end of every page.

Titles and sentences are scraped: on a page they are escaped (Jinja2) and stand in one block of HTML without an empty
line, inside which nothing is read as Markdown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from reform_figures.charts.caption import caption_of
from reform_figures.charts.columns import describe_columns
from reform_figures.charts.data import chart_csv, columns_csv
from reform_figures.charts.registry import CHARTS, NamedChart, chart_code, chart_rows, draw_chart
from reform_figures.citing import headline_of
from reform_figures.loading import find_article, find_figure
from reform_figures.plotting import Chart
from reform_figures.plotting.texts import row_amount, row_statistic, row_status
from reform_figures.wording import period_text, published_text

SCREEN_DPI = 144
"""Dots an inch of a picture of the book."""
PRINT_DPI = 300
"""Dots an inch of a picture that somebody asks for by name: it is meant for paper."""
_LANGUAGES = ("en", "vi")
ENDINGS = ("svg", "png", "vi.svg", "vi.png", "csv", "columns.csv", "caption.txt", "vi.caption.txt", "md")
"""What is written of every chart: pictures, data, what their columns hold, captions, and the page of the book."""


def write_charts(out: Path) -> None:
    """Write all named charts into a folder and remove what else stands there; unchanged files keep their time."""
    out.mkdir(parents=True, exist_ok=True)
    wanted = {name: body for chart in CHARTS.values() for name, body in chart_files(chart).items()}
    wanted["index.md"] = gallery_page().encode()
    for name, body in wanted.items():
        target = out / name
        if not target.exists() or target.read_bytes() != body:
            target.write_bytes(body)
    for path in [path for path in out.iterdir() if path.is_file() and path.name not in wanted]:
        path.unlink()


def write_pictures(names: Iterable[str], out: Path, **style) -> None:
    """Write pictures, data, captions of a few charts into a folder, in a style (`draw_chart`); the rest is left alone.

    Raises ValueError for a name that is not known and a style that cannot be had, before anything is written.
    """
    files = {}
    for name in dict.fromkeys(names):
        rows = chart_rows(name)
        drawn = {language: draw_chart(name, language=language, rows=rows, **style) for language in _LANGUAGES}
        bodies = _bodies(name, rows, drawn, PRINT_DPI)
        files |= {f"{name}.{ending}": body for ending, body in zip(ENDINGS, bodies, strict=False)}  # without a page
    out.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (out / name).write_bytes(body)


def chart_files(chart: NamedChart) -> dict[str, bytes]:
    """File name → content of one chart: pictures and captions in both languages, data, page."""
    name, rows = chart.chart_id, chart_rows(chart.chart_id)
    drawn = {language: draw_chart(name, language=language, rows=rows) for language in _LANGUAGES}
    bodies = [*_bodies(name, rows, drawn), chart_page(chart, rows, drawn["en"].alt).encode()]
    return {f"{name}.{ending}": body for ending, body in zip(ENDINGS, bodies, strict=True)}


def _bodies(name: str, rows: pd.DataFrame, drawn: dict[str, Chart], dpi: int = SCREEN_DPI) -> list[bytes]:
    """What is written of a chart, in the order of `ENDINGS`, without its page."""
    pictures = [body for chart in drawn.values() for body in (chart.svg(), chart.png(dpi))]
    captions = [caption_of(name, chart, language).encode() for language, chart in drawn.items()]
    return [*pictures, chart_csv(name, rows), columns_csv(rows), *captions]


def chart_page(chart: NamedChart, rows: pd.DataFrame, alt: str) -> str:
    """The page of a chart as Markdown: picture, what it does not show, files, columns, code, sentences."""
    return _template("chart_page.md").render(
        chart=chart,
        alt=_option(alt),
        code=Markup(chart_code(chart.chart_id)),
        sentences=_sentences(rows) if "figure_id" in rows else [],
        columns=[(name, escape(about), vietnamese) for name, about, vietnamese in describe_columns(rows)],
        counted="figure_id" not in rows and not rows.empty,
    )


def gallery_page() -> str:
    """The page that leads to all charts."""
    return _template("chart_gallery.md").render(charts=list(CHARTS.values()))


def _option(text: str) -> Markup:
    """A text as the value of a directive's option: quoted, in one line; < and > are no danger in an attribute."""
    return Markup(json.dumps(" ".join(text.split()), ensure_ascii=False))


def _sentences(rows: pd.DataFrame) -> list[dict]:
    """What the list of sentences shows, in the order of the chart; every sentence without line breaks."""
    told = []
    for row in rows.drop_duplicates("figure_id").itertuples():
        figure = find_figure(row.figure_id)
        start = figure.start - figure.sentence_start
        end = start + len(figure.text)
        before, number, after = figure.sentence[:start], figure.sentence[start:end], figure.sentence[end:]
        about = ", ".join(part for part in (row.subject_name, row.area_name, period_text(row.period)) if part)
        told.append({
            "amount": row_amount(row) + row_status(row) + row_statistic(row),
            "drawn": getattr(row, "place", "") != "out",
            "about": about,
            "sentence": _in_one_line(Markup("{}<mark>{}</mark>{}").format(before, number, after)),
            "article": _in_one_line(escape(headline_of(find_article(row.article_id)))),
            "publisher": _in_one_line(escape(row.publisher)),
            "day": published_text(row.known_since, row.known_since_precision),
            "link": row.link if row.link.startswith(("http://", "https://")) else "",
        })  # fmt: skip
    return told


def _in_one_line(text: Markup) -> Markup:
    return Markup(" ".join(text.split()))


@cache
def _template(name: str) -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
                              keep_trailing_newline=True)  # fmt: skip
    return environment.from_string((files(__package__) / name).read_text(encoding="utf-8"))
