"""Choosing among reports, and not joining what a merger parted."""

from __future__ import annotations

import pandas as pd
import pytest

from reform_figures.choosing import choose_reports, refuse_across_merger, rows_after_merger
from reform_figures.plotting.texts import source_note
from reform_figures.publishers import is_official

COLUMNS = ["indicator", "area", "tier", "period", "period_kind", "base", "status", "value", "known_since",
           "article_id", "publisher"]  # fmt: skip


def reports(*rows: tuple) -> pd.DataFrame:
    """Reports of one thing: (value, day known, article, publisher), or with another period in front."""
    full = [(*row, "2021")[:5] for row in rows]
    told = [("cut", "VN", None, period, "in", None, "actual", *row) for *row, period in full]
    frame = pd.DataFrame(told, columns=COLUMNS)
    return frame.assign(known_since=pd.to_datetime(frame["known_since"]))


THREE = reports(
    (561, "2022-01-05", "a", "Báo Thử"), (563, "2023-02-01", "b", "Báo Khác"), (560, "2022-06-01", "c", "Bộ Nội vụ")
)


@pytest.mark.parametrize(("policy", "value"), [("latest", 563), ("first", 561), ("official", 560)])
def test_a_policy_keeps_one_article_and_counts_the_others(policy, value):
    chosen = choose_reports(THREE, policy)
    assert list(chosen["value"]) == [value]
    assert list(chosen["set_aside"]) == [2]


def test_all_keeps_every_report():
    assert list(choose_reports(THREE, "all")["value"]) == [561, 563, 560]


def test_what_only_one_article_tells_stays_whatever_the_policy():
    frame = pd.concat([THREE, reports((9, "2020-01-01", "d", "Báo Thử", "2019"))], ignore_index=True)
    assert list(choose_reports(frame, "official")["value"]) == [560, 9]


def test_an_article_of_unknown_day_is_neither_latest_nor_in_the_way():
    frame = pd.concat([THREE, reports((1, None, "d", "Báo Thử"))], ignore_index=True)
    assert list(choose_reports(frame, "latest")["value"]) == [563]


def test_several_numbers_of_the_chosen_article_stay_together():
    frame = pd.concat([THREE, reports((500, "2023-02-01", "b", "Báo Khác"))], ignore_index=True)
    assert list(choose_reports(frame, "latest")["value"]) == [563, 500]


def test_an_unknown_policy_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="all, latest, first, official"):
        choose_reports(THREE, "newest")


def test_a_chart_says_which_policy_it_follows_and_what_it_set_aside():
    assert source_note(choose_reports(THREE, "latest")).endswith("the latest is shown; 2 set aside.")
    assert "để ngoài 2" in source_note(choose_reports(THREE, "official"), "vi")
    assert source_note(choose_reports(THREE, "all")).endswith("Bộ Nội vụ.")


@pytest.mark.parametrize(
    ("publisher", "official"),
    [
        ("Bộ Nội vụ", True),
        ("Sở Nội vụ tỉnh Yên Bái", True),
        ("UBND tỉnh Trà Vinh", True),
        ("Báo điện tử Chính phủ", True),
        ("Cổng thông tin điện tử tỉnh Đồng Nai", True),
        ("Báo Đồng Nai", False),
        ("VietNamNet", False),
        ("", False),
    ],
)
def test_an_authority_is_told_by_the_first_words_of_its_name(publisher, official):
    assert is_official(publisher) == official


def area_at(*rows: tuple) -> pd.DataFrame:
    """Rows of (area, day on which the number holds, day known: unknown where not given)."""
    frame = pd.DataFrame([(*row, None)[:3] for row in rows], columns=["area", "holds_on", "known_since"])
    return frame.assign(**{day: pd.to_datetime(frame[day]) for day in ("holds_on", "known_since")})


@pytest.mark.parametrize("known", ["2025-12-20", None])
def test_a_province_before_and_after_its_merger_is_refused_by_name(known):
    with pytest.raises(ValueError, match=r"Đà Nẵng.*2025-06-12.*across_merger=True"):
        refuse_across_merger(area_at(("VN-DN", "2023-12-31"), ("VN-DN", "2025-12-31", known)))


@pytest.mark.parametrize(
    "rows",
    [
        (("VN-DN", "2023-12-31"), ("VN-DN", "2025-06-11")),
        (("VN-DN", "2023-12-31"), ("VN-DN", "2025-12-31", "2022-07-01")),  # a target set before the merger
        (("VN-HN", "2023-12-31"), ("VN-HN", "2025-12-31")),  # Hà Nội was left as it was
        (("VN", "2023-12-31"), ("VN", "2025-12-31")),
        (("VN-DN", "2025-12-31"), ("VN-35", "2023-12-31")),
        (("VN-DN", "2023-12-31"), ("VN-DN", None)),
    ],
)
def test_what_counts_the_same_territory_is_not_refused(rows):
    refuse_across_merger(area_at(*rows))


@pytest.mark.parametrize(
    ("holds_on", "known", "enlarged"),
    [
        ("2026-12-31", "2020-07-08", False),  # a plan for 2021 to 2026, told of the smaller province
        ("2026-12-31", "2025-06-11", False),
        ("2026-12-31", "2025-06-12", True),
        ("2025-12-31", "2026-01-20", True),  # what an enlarged province had at the end of the year of its merger
        ("2024-12-31", "2026-01-20", False),
        ("2023-01-01", "2026-01-20", False),  # before a change in 2023 to 2025, told after it
        ("2025-12-31", None, True),
        (None, "2026-01-20", False),
    ],
)
def test_what_was_told_before_the_merger_counts_the_smaller_province(holds_on, known, enlarged):
    rows = area_at(("VN-69", holds_on, known), ("VN-HN", holds_on, known))  # Hà Nội was left as it was
    assert list(rows_after_merger(rows)["area"]) == (["VN-69"] if enlarged else [])
