"""Two states of one change: which of them a line may join, and what a reader sees of the others."""

from __future__ import annotations

import matplotlib.dates as mdates
import pandas as pd
import pytest
from figure_cases import read_case
from test_plotting import series, written  # noqa: F401  (a fixture)

from reform_figures.choosing import latest_of_each_area
from reform_figures.notebook import as_table, in_order_of_time, tell_changes
from reform_figures.plotting import plot_amounts, plot_over_time
from reform_figures.series import build_series

COMMUNES = "commune_unit level admin_unit area=VN-22 period_kind=at"
MERGED = (
    f"Trước khi sắp xếp, tỉnh có [48: {COMMUNES} period=2021-03] xã. Từ ngày 05/3/2021, con số ấy chỉ còn "
    f"[37: {COMMUNES} period=2021-03-05] xã."
)
SHARED = (
    f"Giai đoạn 2023 - 2025, trước khi sắp xếp tỉnh có [48: {COMMUNES} period=2023-01-01/2025-12-31] xã, khi hoàn tất "
    f"còn [37: {COMMUNES} period=2025 status=target] xã."
)
LATER = f"Cuối năm 2022, tỉnh có [36: {COMMUNES} period=2022] xã."
YEARS = (
    "Tỷ lệ tăng từ [61%: electronic_document share percent period=2020 period_kind=at] của năm 2020 lên "
    "[74%: electronic_document share percent period=2021 period_kind=at] trong năm 2021."
)


def lines(chart) -> list[list[float]]:
    """Values of every line drawn, from left to right."""
    return [list(line.get_ydata()) for line in chart.axes[0].lines]


def points(chart) -> dict[float, pd.Timestamp]:
    """Value → day of every point drawn."""
    spots = [spot for marks in chart.axes[0].collections for spot in marks.get_offsets().tolist() if any(spot)]
    return {y: pd.Timestamp(mdates.num2date(x)).tz_localize(None) for x, y in spots}


def arrow_ends(chart) -> list[tuple[float, float]]:
    """From which value to which the arrows between points go."""
    return [(note.xyann[1], note.xy[1]) for note in chart.axes[0].texts if getattr(note, "anncoords", "") == "data"]


def offices(text: str) -> str:
    """The same told of offices, whose numbers a line may join."""
    return text.replace(COMMUNES, "division level organisation area=VN-22 period_kind=at").replace("xã", "phòng")


def test_no_line_runs_between_what_was_before_and_what_is_after_in_one_month(series):  # noqa: F811
    chart = plot_over_time(series(offices(MERGED), offices(LATER)), title="Phòng")
    assert lines(chart) == [[37, 36]]
    assert arrow_ends(chart) == [(48, 37)]
    assert {"48 (before)", "37 (after)", "36"} <= set(written(chart))
    assert "from before a change to after it" in " ".join(written(chart))
    assert points(chart)[48] == pd.Timestamp("2021-03-01")
    assert points(chart)[37] == pd.Timestamp("2021-03-05")
    assert "48 organisations (before)" in chart.alt


def test_what_was_before_a_change_stands_at_the_start_of_the_period_that_both_share(series):  # noqa: F811
    chart = plot_over_time(series(SHARED), title="Xã")
    assert points(chart)[48] == pd.Timestamp("2023-01-01")
    assert points(chart)[37] == pd.Timestamp("2025-12-31")
    assert arrow_ends(chart) == [(48, 37)]


def test_numbers_of_units_that_may_count_different_things_have_no_line(series):  # noqa: F811
    removed = f"Ba năm đã giảm được [561: {COMMUNES} period=2021] xã."
    merged = f"Đến hết năm 2025 đã sắp xếp [1.178: {COMMUNES} period=2025] xã."
    chart = plot_over_time(series(removed, merged), title="Xã")
    assert lines(chart) == []
    assert "some those merged" in " ".join(written(chart))
    cuts = [text.replace("period_kind=at", "period_kind=since direction=down base=2018") for text in (removed, merged)]
    assert lines(plot_over_time(series(*cuts), title="Xã")) == [[561, 1178]]  # these count one thing


def test_states_of_units_in_their_order_are_joined_by_an_arrow_and_no_line(series):  # noqa: F811
    chart = plot_over_time(series(MERGED.replace("period=2021-03]", "period=2020]")), title="Xã")
    assert lines(chart) == []
    assert arrow_ends(chart) == [(48, 37)]
    assert points(chart)[48] == pd.Timestamp("2020-12-31")


def test_a_state_before_without_a_period_stands_over_the_one_after(series):  # noqa: F811
    chart = plot_over_time(series(MERGED.replace(" period=2021-03]", " period=]")), title="Xã")
    assert arrow_ends(chart) == [(48, 37)]
    assert points(chart)[48] == pd.Timestamp("2021-03-05")


def test_before_and_after_are_written_in_vietnamese(series):  # noqa: F811
    chart = plot_over_time(series(MERGED), title="Xã", language="vi")
    assert {"48 (trước)", "37 (sau)"} <= set(written(chart))


def test_states_of_two_years_in_their_order_are_joined_as_any_others(series):  # noqa: F811
    chart = plot_over_time(series(YEARS), title="Văn bản")
    assert lines(chart) == [[61, 74]]
    assert not arrow_ends(chart)
    assert "(before)" not in " ".join(written(chart))


def test_a_state_before_is_not_on_the_line_where_the_one_after_was_filtered_out(series):  # noqa: F811
    rows = series(MERGED, LATER)
    chart = plot_over_time(rows[rows["value"] != 37], title="Xã")
    assert lines(chart) == []
    assert "48 (before)" in written(chart)


def test_rows_say_which_number_was_before_and_which_is_after(series):  # noqa: F811
    texts = written(plot_amounts(series(MERGED), title="Xã"))
    assert {"48 administrative units\n(before)", "37 administrative units\n(after)"} <= set(texts)


def test_the_latest_number_of_a_province_is_not_what_was_before(series):  # noqa: F811
    chosen, several = latest_of_each_area(series(MERGED))
    assert list(chosen["value"]) == [37]
    assert not several


@pytest.mark.parametrize(("number", "state"), [("48", "before"), ("37", "after")])
def test_the_series_tells_the_state_and_the_figure_of_the_other_side(number, state):
    article, figures = read_case(MERGED)
    rows = {row.figure_id: row for row in build_series(figures, [article], [])}
    own = next(figure for figure in figures if figure.text == number)
    assert rows[own.figure_id].state == state
    assert rows[own.figure_id].other_state in rows.keys() - {own.figure_id}


@pytest.mark.parametrize("text", [MERGED, SHARED, MERGED.replace(" period=2021-03]", " period=]")])
def test_what_was_before_is_listed_before_what_is_after(series, text):  # noqa: F811
    rows = series(text, LATER)
    assert list(rows["value"]) == ([36, 48, 37] if text == SHARED else [48, 37, 36])
    mixed = in_order_of_time(rows.sort_values("value"))
    assert list(mixed["value"]) == list(rows["value"])
    told = as_table(rows[rows["value"] != 36]).frame["status"]
    assert list(told) == (["before", "after, target"] if text == SHARED else ["before", "after"])


def test_a_number_before_a_change_keeps_its_period_as_reported(series):  # noqa: F811
    before = series(SHARED).iloc[0]
    assert (before["period"], before["period_end"]) == ("2023-01-01/2025-12-31", pd.Timestamp("2025-12-31"))
    assert before["holds_on"] == pd.Timestamp("2023-01-01")


def test_a_change_is_told_as_a_pair_with_the_status_of_what_is_to_come(series):  # noqa: F811
    told = tell_changes(series(SHARED, LATER))
    assert told == "Communes (Nghệ An): **48 → 37 administrative units** (target, 2025)"
    assert tell_changes(series(LATER)) == ""


def test_a_change_within_a_district_is_not_told_of_its_whole_province(series):  # noqa: F811
    wards = COMMUNES.replace("VN-22", "VN-SG")
    within = f"Trước sáp nhập, Quận 3 có [14: {wards}] phường, sau sáp nhập còn [12: {wards}] phường."
    assert tell_changes(series(within)).startswith("Communes (Hồ Chí Minh City, Quận 3): **14 → 12 ")
