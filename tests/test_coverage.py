"""The table of national indicators by year: what it shows, and that the README shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import read_case

from reform_figures.checking import check_articles
from reform_figures.coverage import BEGIN, END, coverage_table, national_coverage, put_table
from reform_figures.series import build_series
from reform_figures.tables import read_table

ROOT = Path(__file__).resolve().parents[1]
SHARE = "Đạt [{}%: online_service_level4 share percent period={} period_kind=at{}] dịch vụ."


def series_of(*told: tuple) -> list:
    cases = [read_case(SHARE.format(*(*row, "")[:3]), f"case-{n}") for n, row in enumerate(told)]
    articles, figures = [article for article, _ in cases], [figure for _, fs in cases for figure in fs]
    return build_series(figures, articles, check_articles(figures, articles))


def test_a_year_shows_what_its_last_period_tells_side_by_side():
    series = series_of((10, "2019"), (20, "2020-H1"), (30, "2020"), (31, "2020"), (76, "2021", " bound=gt"))
    last = coverage_table(series).splitlines()[-1]
    assert last == "| Online services at level 4, share | 10% | 30% / 31% | more than 76% |  |  |  |"


@pytest.mark.parametrize(
    "extra", [" status=target", " area=VN-HN"], ids=["targets are no results", "a province is not the nation"]
)
def test_other_rows_are_not_counted(extra):
    assert national_coverage(series_of(*((n, f"20{n}", extra) for n in (19, 20, 21)))) == []


def test_two_periods_are_not_enough():
    assert national_coverage(series_of((19, "2019"), (20, "2020"), (21, "2020"))) == []


def test_a_file_without_the_marks_is_refused():
    with pytest.raises(ValueError, match="coverage"):
        put_table("# Readme", "| a |")
    assert put_table(f"a {BEGIN} old {END} b", "| a |\n") == f"a {BEGIN}\n\n| a |\n\n{END} b"


def test_the_readme_shows_the_table_of_the_committed_series():
    readme, table = (
        (ROOT / "README.md").read_text(encoding="utf-8"),
        coverage_table(read_table(ROOT / "data", "series")),
    )
    assert put_table(readme, table) == readme, "the table in README.md is not of this data; run scripts/coverage.py"


def test_national_indicators_are_told_over_the_years():
    covered = national_coverage(read_table(ROOT / "data", "series"))
    assert len({indicator for indicator, _, _ in covered}) >= 20
    assert sum({2020, 2021, 2022, 2023} <= set(years) for _, _, years in covered) >= 4
