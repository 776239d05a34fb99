"""Numerals of `cases/passed_over.csv` that are no reported figures, each with its reason."""

import pytest

from reform_figures.extracting import explain, extract
from reform_figures.records import REASONS

from .case_tables import article_of, case_id, read_rows, readings, unmark

ROWS = read_rows("passed_over.csv")


@pytest.mark.parametrize("row", ROWS, ids=case_id)
def test_a_numeral_that_is_no_figure_is_passed_over_with_its_reason(row):
    text, (start, end) = unmark(row["text"])
    figures, passed = extract(article_of(row, text)[0])
    assert [f.text for f in figures if f.start < end and f.end > start] == []
    over = [p for p in passed if p.start <= start and p.end >= end]
    assert len(over) == 1, [(p.text, p.reason) for p in passed]
    assert over[0].reason in readings(row["reason"])


@pytest.mark.parametrize("row", ROWS, ids=case_id)
def test_the_rule_that_passed_over_a_numeral_is_named(row):
    text, span = unmark(row["text"])
    article, _ = article_of(row, text)
    passed = [p for p in extract(article)[1] if p.start <= span[0] and p.end >= span[1]]
    for one in passed:
        assert one.rule
        assert explain(article, (one.start, one.end)) == {"passed_over": [(one.rule, one.reason)]}


def test_every_reason_of_the_table_is_known():
    assert {reason for row in ROWS for reason in readings(row["reason"])} <= set(REASONS)
