"""Numerals of `cases/numerals.csv`: where they stand and what number they are."""

import re
from decimal import Decimal

import pytest

from reform_figures.extracting import extract
from reform_figures.extracting.numerals import find_numerals

from .case_tables import article_of, case_id, read_rows, readings, unmark

ROWS = read_rows("numerals.csv")
DIGITS = [row for row in ROWS if re.search(r"\d", re.search(r"\[\[(.+?)\]\]", row["text"]).group(1))]
WORDS = [row for row in ROWS if row not in DIGITS]


def number_or_none(cell: str) -> list[Decimal | None]:
    return [Decimal(part) if part else None for part in readings(cell)]


def assert_the_marked_number(row: dict, numeral) -> None:
    assert numeral.value in number_or_none(row["value"])
    assert numeral.of in number_or_none(row["of"])
    assert numeral.value_max in number_or_none(row["value_max"])


@pytest.mark.parametrize("row", DIGITS, ids=case_id)
def test_a_numeral_in_digits_is_the_number_that_a_reader_sees(row):
    text, span = unmark(row["text"])
    found = {(n.start, n.end): n for n in find_numerals(text)}
    assert span in found, f"{text[slice(*span)]!r} is no numeral of its own: {[text[s:e] for s, e in found]}"
    assert_the_marked_number(row, found[span])
    assert found[span].percent == (row["percent"] == "yes")


@pytest.mark.parametrize("row", [r for r in WORDS if r["value"] != "none"], ids=case_id)
def test_a_number_word_that_counts_is_a_figure(row):
    text, span = unmark(row["text"])
    found = {(f.start, f.end): f for f in extract(article_of(row, text)[0])[0]}
    assert span in found, f"{text[slice(*span)]!r} is no figure: {[text[s:e] for s, e in found]}"
    assert_the_marked_number(row, found[span])


@pytest.mark.parametrize("row", [r for r in WORDS if r["value"] == "none"], ids=case_id)
def test_a_number_word_that_counts_nothing_is_no_figure(row):
    text, span = unmark(row["text"])
    figures = extract(article_of(row, text)[0])[0]
    assert [f.text for f in figures if f.start < span[1] and f.end > span[0]] == []
