"""Checks over time: running totals that fall, numbers out of scale."""

from __future__ import annotations

import pytest
from figure_cases import read_case

from reform_figures.checking import check_articles

ACCOUNTS = "Cổng có [{}: portal_account level account period={} period_kind=at] tài khoản."
CUT = "Đã giảm [{}: staff_total level person direction=down period={} period_kind=since base=2015] người."
YEARLY = "Trong năm có [{}: staff_resigned level person period={}] người thôi việc."
NAMELESS = "Có [{}: organisation_other level organisation period={} period_kind=at] tổ chức."


def over_time(form: str, *told: tuple[str, str]) -> list[tuple[str, str]]:
    """(kind, numbers) of the findings over time on one sentence told with several numbers and periods."""
    cases = [read_case(form.format(*case), f"case-{n}", "2025-06-01", f"Báo {n}") for n, case in enumerate(told)]
    found = check_articles([f for _, figures in cases for f in figures], [article for article, _ in cases])
    return [(f.kind, f.found) for f in found if f.kind in ("total_falls", "out_of_scale")]


@pytest.mark.parametrize("form", [ACCOUNTS, CUT])
def test_a_running_total_that_falls_is_a_finding(form):
    told = [("1.000", "2020"), ("3.000", "2021"), ("2.000", "2022"), ("4.000", "2023")]
    assert over_time(form, *told) == [("total_falls", "3,000 / 2,000")]
    assert over_time(form, *told[:2], ("3.000", "2022"), told[3]) == []


@pytest.mark.parametrize("form", [YEARLY, NAMELESS])
def test_what_is_counted_anew_every_year_may_fall(form):
    assert over_time(form, ("3.000", "2021"), ("2.000", "2022")) == []


def test_totals_of_different_starts_are_not_compared():
    other = CUT.replace("base=2015", "base=2021")
    cases = [read_case(CUT.format("3.000", "2021"), "a"), read_case(other.format("900", "2022"), "b")]
    found = check_articles([f for _, figures in cases for f in figures], [article for article, _ in cases])
    assert [f.kind for f in found] == []


def test_a_number_out_of_scale_between_two_that_agree_is_a_finding():
    assert over_time(YEARLY, ("210", "2020"), ("24.000", "2021"), ("260", "2022")) == [
        ("out_of_scale", "24,000 / 210 / 260")
    ]
    assert over_time(YEARLY, ("210", "2020"), ("21", "2021"), ("260", "2022")) == [("out_of_scale", "21 / 210 / 260")]


def test_growth_is_not_out_of_scale():
    assert over_time(YEARLY, ("10", "2020"), ("300", "2021"), ("9.000", "2022")) == []
    assert over_time(YEARLY, ("210", "2020"), ("900", "2021"), ("260", "2022")) == []


def test_what_has_no_name_is_not_out_of_scale():
    assert over_time(NAMELESS, ("210", "2020"), ("24.000", "2021"), ("260", "2022")) == []


def test_an_article_that_tells_a_number_beside_its_neighbour_means_two_things():
    both = YEARLY.format("24.000", "2021") + " " + YEARLY.format("210", "2020")
    cases = [read_case(both, "a"), read_case(YEARLY.format("260", "2022"), "b")]
    found = check_articles([f for _, figures in cases for f in figures], [article for article, _ in cases])
    assert [f.kind for f in found if f.kind == "out_of_scale"] == []


def test_a_series_that_mixes_two_things_has_no_slip():
    told = [("210", "2019"), ("24.000", "2020"), ("260", "2021"), ("25.000", "2022"), ("250", "2023")]
    assert over_time(YEARLY, *told) == []
