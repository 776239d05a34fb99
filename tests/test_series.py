"""The series: days, verdicts, and what was known when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from figure_cases import read_case

from reform_figures.checking import check_articles
from reform_figures.periods import one_covers_other, period_days
from reform_figures.records import Paragraph
from reform_figures.series import as_of, build_series, is_published

DAYS = [
    ("2022", "2022-01-01", "2022-12-31"),
    ("2022-H1", "2022-01-01", "2022-06-30"),
    ("2022-H2", "2022-07-01", "2022-12-31"),
    ("2022-Q2", "2022-04-01", "2022-06-30"),
    ("2022-Q4", "2022-10-01", "2022-12-31"),
    ("2022-9M", "2022-01-01", "2022-09-30"),
    ("2022-11M", "2022-01-01", "2022-11-30"),
    ("2022-12M", "2022-01-01", "2022-12-31"),
    ("2023-02", "2023-02-01", "2023-02-28"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-02-28", "2023-02-28", "2023-02-28"),
    ("2023-01-01/2023-02-28", "2023-01-01", "2023-02-28"),
    ("2019/2021", "2019-01-01", "2021-12-31"),
]


@pytest.mark.parametrize(("period", "first", "last"), DAYS)
def test_a_period_covers_its_days(period, first, last):
    assert period_days(period) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("period", [None, "", "yearly"])
def test_a_period_without_days_covers_none(period):
    assert period_days(period) is None


@pytest.mark.parametrize(
    "period", ["22", "2022-13", "2022-02-30", "2022-Q5", "2022-13M", "2022-H3", "Tết", "2022/2020"]
)
def test_a_period_of_unknown_form_is_refused_by_name(period):
    with pytest.raises(ValueError, match="period '"):
        period_days(period)


def test_a_day_lies_within_its_year_and_an_untold_period_in_none():
    assert one_covers_other("2021", "2021-11-23")
    assert one_covers_other("2021-11-23", "2021")
    assert not one_covers_other("2021", "2022")
    assert not one_covers_other("2021", None)


EARLY = "Đến nay giảm [500: staff_total level person direction=down] người."
LATER = "Cả năm giảm [540: staff_total level person direction=down] người."


@pytest.fixture
def two_articles():
    return [read_case(EARLY, "early", "2022-12-20"), read_case(LATER, "late", "2023-06-01", "Bộ Thử")]


def series_of(cases):
    articles, figures = [article for article, _ in cases], [figure for _, told in cases for figure in told]
    return build_series(figures, articles, check_articles(figures, articles))


def test_one_figure_is_one_observation_with_the_day_it_became_known(two_articles):
    first, second = series_of(two_articles)
    assert first.indicator == "staff_total.level.person.down"
    assert (first.period_start, first.period_end) == ("2022-01-01", "2022-12-31")
    assert (first.known_since, second.known_since) == ("2022-12-20", "2023-06-01")
    assert (first.reports, first.verdict, second.verdict) == (2, "revised", "revised")
    assert second.publisher == "Bộ Thử"


def test_the_order_of_the_input_changes_nothing(two_articles):
    articles, figures = [a for a, _ in two_articles], [f for _, told in two_articles for f in told]
    findings = check_articles(figures, articles)
    assert build_series(figures, articles, findings) == build_series(figures[::-1], articles[::-1], findings[::-1])


def test_as_of_a_day_is_what_had_been_published_by_then(two_articles):
    articles, figures = [a for a, _ in two_articles], [f for _, told in two_articles for f in told]
    (only,) = as_of(date(2022, 12, 31), figures, articles)
    assert (only.value, only.reports, only.verdict) == (500, 1, "only")
    assert as_of(date(2022, 1, 1), figures, articles) == []
    assert as_of(date(2024, 1, 1), figures, articles) == series_of(two_articles)


def test_an_unknown_period_is_refused_with_the_figure_it_stands_in():
    article, figures = read_case("Có [5: decree level legal_document period=2022-X9] nghị định.")
    with pytest.raises(ValueError, match=r"figure case-1:3-4: period '2022-X9' has no known form"):
        build_series(figures, [article], [])


def test_a_figure_without_its_article_is_refused_with_what_to_do():
    _, figures = read_case(EARLY)
    with pytest.raises(ValueError, match=r"is not in the table of articles; run scripts/read.py"):
        build_series(figures, [], [])


def test_a_practice_item_that_restates_no_published_article_stays_out_of_the_series():
    item, _ = read_case("Xã có [5: village_unit level admin_unit] xóm.")
    item = replace(item, url="http://tayninh.practice.test/vi/news/x-1.html")
    digest = replace(item, paragraphs=(*item.paragraphs, Paragraph("source_line", "Nguồn: Báo Lâm Đồng, 21/12/2023")))
    real = replace(item, url="https://www.tayninh.gov.vn/vi/news/x-1.html")
    assert [is_published(a) for a in (item, digest, real)] == [False, True, True]
