"""Sentences of `cases/figures.jsonl`, with every figure and the fields that a reader is sure of."""

import pytest

from reform_figures.extracting import explain, extract
from reform_figures.names import theme_of

from .case_tables import article_of, case_id, read_cases
from .readings import compare_figures

CASES = read_cases("figures.jsonl")
EXPLAINED = ("unit", "subject", "bound", "measure", "status", "area", "period", "period_kind", "base")
"""Fields with a rule of their own: the theme comes with the subject, direction with measure, tier with area."""


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_sentence_gives_the_figures_that_a_reader_sees(case):
    assert compare_figures(case) == []


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_every_field_of_a_figure_names_its_rule(case):
    article, _ = article_of(case, case["text"])
    for figure in extract(article)[0]:
        rules = dict(pair.split("=", 1) for pair in figure.rules.split(" "))
        explained = explain(article, (figure.start, figure.end))
        assert figure.theme == theme_of(figure.subject)
        for name in EXPLAINED:
            assert rules.get(name), f"{figure.text}: no rule set {name}"
            assert explained[name], f"{figure.text}: {name} is not explained"
            assert all(rule for rule, _ in explained[name])


def test_a_place_without_a_numeral_is_not_explained():
    article, _ = article_of({}, "Năm 2022, tỉnh giảm 12 thôn.")
    with pytest.raises(KeyError, match="no numeral"):
        explain(article, (10, 14))
