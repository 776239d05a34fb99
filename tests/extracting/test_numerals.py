"""Numerals of `cases/numerals.csv`: where they stand and what number they are."""

import pytest

from .case_tables import case_id, has_digit, read_cases
from .readings import compare_numeral

ROWS = read_cases("numerals.csv")


@pytest.mark.parametrize("row", [r for r in ROWS if has_digit(r)], ids=case_id)
def test_a_numeral_in_digits_is_the_number_that_a_reader_sees(row):
    assert compare_numeral(row) == []


@pytest.mark.parametrize("row", [r for r in ROWS if not has_digit(r) and r["value"] != "none"], ids=case_id)
def test_a_number_word_that_counts_is_a_figure(row):
    assert compare_numeral(row) == []


@pytest.mark.parametrize("row", [r for r in ROWS if not has_digit(r) and r["value"] == "none"], ids=case_id)
def test_a_number_word_that_counts_nothing_is_no_figure(row):
    assert compare_numeral(row) == []
