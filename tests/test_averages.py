"""What a percentage is of its whole: an average, the lowest or highest of several bodies, a mark, a part."""

from __future__ import annotations

import pytest
from figure_cases import read_case
from test_plotting import series, written  # noqa: F401  series is a fixture

from reform_figures.averages import join_averages, leave_out_marks, statistic_of
from reform_figures.charts import CHARTS
from reform_figures.charts.publishing import chart_files
from reform_figures.plotting import plot_over_time

SENTENCES = [
    ("PAR INDEX 2023 của các tỉnh đạt trung bình [86,98%: par_index share percent], tăng 2,19%.", "average"),
    ("SIPAS năm 2020 tính chung cả nước là [85%: sipas share percent].", "average"),
    ("Từ [80,08%: sipas share percent] năm 2022, chỉ số trung bình cả nước đã lên 82,66%.", "average"),
    ("Nơi thấp nhất chỉ đạt [75,03%: sipas share percent], trong khi nơi cao nhất là 90,61%.", "lowest"),
    ("Nơi thấp nhất chỉ đạt 75,03%, trong khi nơi cao nhất là [90,61%: sipas share percent].", "highest"),
    ("Năm 2021 có [3: par_index level ministry] bộ trên [90%: par_index share percent bound=gt].", "mark"),
    ("Mọi tỉnh, thành phố vượt mốc [80%: par_index share percent bound=gt].", "mark"),
    ("Xét theo vùng, đồng bằng sông Hồng đạt trung bình [82,95%: par_index share percent].", "part"),
    ("Yếu tố được đánh giá cao nhất là công chức, đạt [83,12%: sipas share percent].", "part"),
    ("Chỉ số ấy của năm 2019 là [84,45%: sipas share percent].", ""),
    ("Có [12: dossier_total level dossier] hồ sơ; mức hài lòng là [93%: sipas share percent].", ""),
    ("Mức trung bìnhx đạt [93%: sipas share percent].", ""),
]


@pytest.mark.parametrize(("text", "statistic"), SENTENCES)
def test_a_sentence_says_what_its_number_is(text, statistic):
    _, figures = read_case(text)
    assert statistic_of(figures[-1], figures) == statistic


INDEX = (
    "Chỉ số trung bình năm 2019 là [81,15%: par_index share percent area=VN-local period=2019 period_kind=at].",
    "Chỉ số trung bình năm 2022 là [84,79%: par_index share percent area=VN-local period=2022 period_kind=at]. "
    "Năm 2022 có [2: par_index level locality area=VN-local period=2022] tỉnh trên "
    "[90%: par_index share percent area=VN-local period=2022 period_kind=at bound=gt].",
    "Tỉnh đứng cuối năm 2021 đạt [75,99%: par_index share percent area=VN-local period=2021 period_kind=at].",
)


def test_a_line_joins_averages_and_leaves_out_what_some_bodies_reached(series):  # noqa: F811
    rows = join_averages(series(*INDEX, subject="par_index", unit="percent"))
    assert dict(zip(rows["value"], rows["place"], strict=True)) == {
        81.15: "line", 75.99: "beside", 84.79: "line", 90.0: "out"}  # fmt: skip
    chart = plot_over_time(rows, by="area", title="PAR INDEX")
    (line,) = [line.get_ydata().tolist() for line in chart.axes[0].lines]
    assert line == [81.15, 84.79]
    texts = " ".join(written(chart)).replace("\n", " ")
    assert "75.99% (lowest)" in texts
    assert "more than 90%" not in texts
    assert "Not drawn (1): figures" in texts
    assert "A line joins averages" in texts
    assert "Không vẽ (1): số liệu" in " ".join(written(plot_over_time(rows, by="area", title="T", language="vi")))


def test_what_a_chart_leaves_out_stands_on_its_page_and_says_so(series):  # noqa: F811
    series(*INDEX)
    page = chart_files(CHARTS["par_index"])["par_index.md"].decode()
    (left_out,) = [line for line in page.splitlines() if "(not drawn)" in line]
    assert "<b>more than 90%</b>" in left_out
    assert "<b>75.99% (lowest)</b>" in page


def test_a_mark_that_some_bodies_reached_is_no_share_of_the_country(series):  # noqa: F811
    rows = leave_out_marks(series(
        "Tháng 5/2020, [12: other level ministry] bộ đạt [30%: online_service_level4 share percent period=2020-05].",
        "Cả nước đạt [30,85%: online_service_level4 share percent period=2020].",
        subject="online_service_level4",
    ))  # fmt: skip
    assert dict(zip(rows["value"], rows["place"], strict=True)) == {30.0: "out", 30.85: "line"}
