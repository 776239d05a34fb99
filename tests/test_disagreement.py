"""Cases where articles tell different numbers: found, told side by side, nothing unescaped."""

from __future__ import annotations

import pytest
from figure_cases import read_case, write_data

from reform_figures.checking import check_articles
from reform_figures.disagreement import load_cases, show_side_by_side
from reform_figures.loading import DATA_VARIABLE
from reform_figures.series import build_series

FEWER = "Giảm [{}: commune_unit level admin_unit direction=down] xã <b>{}</b>."


@pytest.fixture
def tell(tmp_path, monkeypatch):
    def write(*numbers: str) -> None:
        cases = [read_case(FEWER.format(number, number), f"case-{n}", f"2024-06-0{n + 1}", f"Báo <i>{n}")
                 for n, number in enumerate(numbers)]  # fmt: skip
        articles, figures = [a for a, _ in cases], [f for _, told in cases for f in told]
        findings = check_articles(figures, articles)
        write_data(tmp_path, cases, findings=findings, series=build_series(figures, articles, findings))
        monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))

    return write


def test_a_conflict_is_one_case_with_both_numbers(tell):
    tell("561", "563", "561")
    (case,) = load_cases("conflict").itertuples()
    assert (case.subject, case.area, case.period, case.articles) == ("Communes", "Whole country", "2022", 3)
    assert case.numbers == "561 administrative units / 563 administrative units"
    assert load_cases("agree", "rounded").empty


def test_agreement_is_a_case_too(tell):
    tell("561", "561")
    assert list(load_cases()["verdict"]) == ["agree"]


def test_the_sentences_stand_side_by_side_with_their_numbers_marked(tell):
    tell("561", "563")
    shown = show_side_by_side(load_cases())
    assert "Giảm «561» xã" in repr(shown)
    html = shown._repr_html_()
    assert "Giảm <mark>563</mark> xã &lt;b&gt;563&lt;/b&gt;." in html
    assert "Báo &lt;i&gt;1, 2 June 2024" in html
    assert html.index("561") < html.index("563")


def test_no_case_is_said_and_a_verdict_that_is_none_is_refused(tell):
    tell("561")
    assert repr(show_side_by_side(load_cases("revised"))) == "No case of this kind in the data."
    with pytest.raises(ValueError, match="unknown verdict 'conflicts'; nearest known: conflict"):
        load_cases("conflicts")
