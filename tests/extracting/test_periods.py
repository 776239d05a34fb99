"""Periods of `cases/periods.csv`: the time that a wording names, and the part that it plays in its sentence."""

import pytest

from reform_figures.periods import period_days

from .case_tables import case_id, read_cases, readings
from .readings import compare_period

ROWS = read_cases("periods.csv")


@pytest.mark.parametrize("row", [r for r in ROWS if r["value"] != "none"], ids=case_id)
def test_a_period_has_the_value_and_the_part_that_a_reader_sees(row):
    assert compare_period(row) == []


@pytest.mark.parametrize("row", [r for r in ROWS if r["value"] == "none"], ids=case_id)
def test_a_wording_that_names_no_time_is_no_period(row):
    assert compare_period(row) == []


def test_every_period_of_the_table_covers_days_that_exist():
    for row in ROWS:
        for value in readings(row["value"]):
            assert value in ("none", "yearly") or period_days(value)
