"""Periods of `cases/periods.csv`: the time that a wording names, and the part that it plays in its sentence."""

import pytest

from reform_figures.extracting.article import Frame
from reform_figures.periods import period_days

from .case_tables import article_of, case_id, read_rows, readings, unmark

ROWS = read_rows("periods.csv")


def periods_over(row: dict):
    text, (start, end) = unmark(row["text"])
    article, offset = article_of(row, text)
    frame = Frame(article)
    return [p for p in frame.periods if p.start < end + offset and p.end > start + offset]


@pytest.mark.parametrize("row", [r for r in ROWS if r["value"] != "none"], ids=case_id)
def test_a_period_has_the_value_and_the_part_that_a_reader_sees(row):
    found = periods_over(row)
    assert len(found) == 1, [(p.value, p.role) for p in found]
    assert found[0].value in readings(row["value"])
    assert not row["role"] or found[0].role in readings(row["role"])


@pytest.mark.parametrize("row", [r for r in ROWS if r["value"] == "none"], ids=case_id)
def test_a_wording_that_names_no_time_is_no_period(row):
    assert [(p.value, p.role) for p in periods_over(row)] == []


def test_every_period_of_the_table_covers_days_that_exist():
    for row in ROWS:
        for value in readings(row["value"]):
            assert value in ("none", "yearly") or period_days(value)
