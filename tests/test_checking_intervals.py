"""What a reported number allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_cases import read_case

from reform_figures.checking.intervals import Interval, interval_of, told_step


def the_figure(mark: str):
    return read_case(f"Có [{mark}].")[1][0]


STEPS = [
    ("92,1%: task_completed share percent", "0.1"),
    ("13,53%: staff_total growth percent", "0.01"),
    ("13.53%: staff_total growth percent value=13.53", "0.01"),
    ("3,9 triệu: portal_account level account value=3900000", "100000"),
    ("320 nghìn: portal_account level account value=320000", "1000"),
    ("2.159: division level organisation", "1"),
    ("07: document_pending level document", "1"),
    ("8.100 tỷ: saving level vnd value=8100000000000", "1000000000"),
    ("hai: division level organisation value=2", "1"),
    ("3,0%: staff_total growth percent", "0.1"),
]


@pytest.mark.parametrize(("mark", "step"), STEPS)
def test_the_last_digit_told_is_read_from_the_text(mark, step):
    assert told_step(the_figure(mark)) == Decimal(step)


INTERVALS = [
    ("92,1%: task_completed share percent", "92.05", "92.15"),
    ("79.057: staff_total level person", "79057", "79057"),
    ("320 nghìn: portal_account level account value=320000", "319500", "320500"),
    ("63%: psu_self_financing share percent bound=approx", "62", "64"),
    ("3,9 triệu: portal_account level account value=3900000 bound=gt", "3900000", "4000000"),
    ("2,5 triệu: staff_record level record value=2500000 bound=lt", "2400000", "2500000"),
    ("90%: dossier_on_time share percent bound=ge", "90", "Infinity"),
    ("10%: staff_total growth percent bound=le", "0", "10"),
    ("46/63: digital_plan share locality", "46", "46"),
]


@pytest.mark.parametrize(("mark", "low", "high"), INTERVALS)
def test_a_number_allows_what_its_digits_and_its_hedge_allow(mark, low, high):
    assert interval_of(the_figure(mark)) == Interval(Decimal(low), Decimal(high))
