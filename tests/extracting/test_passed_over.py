"""Numerals of `cases/passed_over.csv` that are no reported figures, each with its reason."""

import pytest

from reform_figures.extracting import explain, extract
from reform_figures.records import REASONS

from .case_tables import article_of, case_id, read_cases, readings, unmark
from .readings import compare_passed_over

ROWS = read_cases("passed_over.csv")


@pytest.mark.parametrize("row", ROWS, ids=case_id)
def test_a_numeral_that_is_no_figure_is_passed_over_with_its_reason(row):
    assert compare_passed_over(row) == []


@pytest.mark.parametrize("row", ROWS, ids=case_id)
def test_the_rule_that_passed_over_a_numeral_is_named(row):
    article, _ = article_of(row, unmark(row["text"])[0])
    for one in extract(article)[1]:
        assert one.rule
        assert explain(article, (one.start, one.end)) == {"passed_over": [(one.rule, one.reason)]}


def test_every_reason_of_the_table_is_known():
    assert {reason for row in ROWS for reason in readings(row["reason"])} <= set(REASONS)
