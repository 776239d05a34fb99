"""Making the book: notebooks executed, a codebook without gaps, failures that name their place.

What its pages are like is in test_book_pages and test_book_browser.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from figure_cases import read_case, write_data

from reform_figures.book import BookError, build_pages, codebook_text, execute_notebooks, gather_pages
from reform_figures.checking import check_articles
from reform_figures.loading import DATA_VARIABLE
from reform_figures.names import name_table
from reform_figures.series import build_series
from reform_figures.steps import Records
from reform_figures.tables import CSV_TABLES, table_path

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    case = read_case("Giảm [17: general_department level organisation direction=down] tổng cục.")
    series = build_series(case[1], [case[0]], check_articles(case[1], [case[0]]))
    write_data(folder, [case], series=series)
    return folder


def notebook(*cells: str) -> str:
    return json.dumps({
        "cells": [{"cell_type": "code", "id": f"cell-{n}", "metadata": {}, "source": code, "outputs": [],
                   "execution_count": None} for n, code in enumerate(cells)],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4, "nbformat_minor": 5,
    })  # fmt: skip


def execute(folder: Path, data: Path) -> tuple[int, int]:
    """Execute the notebooks of a folder into folder/out: how many were executed, and how many were unchanged."""
    records = Records(folder / "out" / "steps", (folder.resolve(), data.resolve()))
    return execute_notebooks(folder, folder / "out", data, records)


def test_a_notebook_is_executed_once_and_its_picture_gets_the_text_of_its_chart(tmp_path, data):
    chart = (
        "from reform_figures.notebook import load_series\nfrom reform_figures.plotting import plot_amounts\n"
        "plot_amounts(load_series(), title='Tổng cục')"
    )
    (tmp_path / "a.ipynb").write_text(notebook(chart))
    assert execute(tmp_path, data) == (1, 0)
    (cell,) = json.loads((tmp_path / "out" / "a.ipynb").read_text())["cells"]
    assert cell["outputs"][0]["data"]["image/png"]
    assert cell["metadata"]["mystnb"]["image"]["alt"].startswith("Tổng cục. General departments, cut, Whole country")
    assert execute(tmp_path, data) == (0, 1)
    (tmp_path / "out" / "gone.ipynb").write_text(notebook())
    execute(tmp_path, data)
    assert not (tmp_path / "out" / "gone.ipynb").exists()


def test_only_the_notebooks_that_looked_at_what_changed_are_executed_again(tmp_path, data):
    (tmp_path / "words.txt").write_text("one")
    (tmp_path / "a.ipynb").write_text(notebook("open('words.txt').read()"))
    (tmp_path / "b.ipynb").write_text(notebook("from reform_figures.notebook import load_series", "len(load_series())"))
    assert execute(tmp_path, data) == (2, 0)
    (tmp_path / "words.txt").write_text("two")
    assert execute(tmp_path, data) == (1, 1)
    assert "two" in (tmp_path / "out" / "a.ipynb").read_text()
    series = table_path(data, "series")
    told = series.read_text(encoding="utf-8")
    series.write_text(told + told.splitlines(keepends=True)[-1], encoding="utf-8")
    assert execute(tmp_path, data) == (1, 1)
    assert "'2'" in repr(json.loads((tmp_path / "out" / "b.ipynb").read_text())["cells"][1]["outputs"])
    series.write_text(told, encoding="utf-8")
    (tmp_path / "a.ipynb").write_text(notebook("'another cell'"))
    (tmp_path / "c.ipynb").write_text(notebook("'another notebook'"))
    assert execute(tmp_path, data) == (3, 0)
    (tmp_path / "out" / "c.ipynb").write_text(notebook("'edited by hand'"))
    assert execute(tmp_path, data) == (1, 2)


def test_a_failing_cell_is_named_with_its_notebook_and_its_error_and_fails_again(tmp_path, data):
    (tmp_path / "a.ipynb").write_text(notebook("1 + 1"))
    (tmp_path / "b.ipynb").write_text(notebook("1 + 1", "load_nothing()"))
    for _ in range(2):
        with pytest.raises(BookError) as failure:
            execute(tmp_path, data)
        assert str(failure.value) == "b.ipynb, cell 2 (cell-1): NameError: name 'load_nothing' is not defined"
    (tmp_path / "b.ipynb").write_text(notebook("1 + 1"))
    assert execute(tmp_path, data) == (1, 1)  # the one that did not fail was remembered
    with pytest.raises(BookError, match="there are no notebooks in"):
        execute(tmp_path / "out" / "steps", data)


def test_the_codebook_has_every_column_and_every_code():
    text = codebook_text()
    for record in CSV_TABLES.values():
        assert all(f"| `{column.name}` |" in text for column in fields(record))
    for column in ("sentence", "read_from", "cited_title", "link"):
        assert f"| `{column}` | `str` |" in text.split("### Beside the series")[1].split("## Subjects")[0]
    for kind in ("subject", "unit", "area", "status", "bound", "verdict", "date_precision", "read_from"):
        assert all(f"| `{code}` |" in text for code in name_table(kind))
    assert "<article_id>" not in text  # it would be read as a tag
    assert "&lt;article_id&gt;:&lt;start&gt;-&lt;end&gt;" in text


def test_what_the_pages_tell_of_the_data_and_the_explorer_come_from_the_data_asked_for(tmp_path, data, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(data))
    (tmp_path / "charts").mkdir()
    gather_pages(ROOT / "docs", ROOT / "notebooks", tmp_path / "charts", tmp_path / "source")
    stamp, explorer = ((tmp_path / "source" / name).read_text("utf-8") for name in ("_data_stamp.txt", "explorer.html"))
    assert "1 figure from 1 of 1 article, published" in stamp
    assert "1 figure from 1 of 1 article, published" in explorer
    assert "general_department.level.organisation.down" in explorer


def test_a_page_whose_source_is_gone_leaves_the_book(tmp_path):
    source, out = tmp_path / "source", tmp_path / "html"
    source.mkdir()
    (source / "conf.py").write_text('extensions = ["myst_parser"]\nhtml_use_index = False\n')
    (source / "index.md").write_text("# Title\n\n```{toctree}\nother\n```\n")
    (source / "other.md").write_text("# Other\n")
    build_pages(source, out, tmp_path / "cache")
    assert (out / "other.html").exists()
    (source / "index.md").write_text("# Title\n")
    (source / "other.md").unlink()
    build_pages(source, out, tmp_path / "cache")
    assert {page.name for page in out.glob("*.html")} == {"index.html", "search.html"}


def test_a_page_that_sphinx_warns_of_stops_the_book(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "conf.py").write_text('extensions = ["myst_parser"]\n')
    (tmp_path / "source" / "index.md").write_text("# Title\n\n[nowhere](missing.md)\n")
    with pytest.raises(BookError, match=r"Sphinx could not build the pages; .*index.md:3: WARNING"):
        build_pages(tmp_path / "source", tmp_path / "html", tmp_path / "cache")
