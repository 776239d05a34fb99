"""Charts: what is drawn, what is written, what is refused."""

from __future__ import annotations

import matplotlib.colors as mcolors
import matplotlib.dates as mdates
import numpy as np
import pytest
from figure_cases import read_case, write_data
from matplotlib.text import Annotation

from reform_figures.checking import check_articles
from reform_figures.loading import DATA_VARIABLE, load_series
from reform_figures.plotting import plot_amounts, plot_counts, plot_over_time, plot_parts, plot_stretches
from reform_figures.plotting.axes import value_limits
from reform_figures.plotting.look import COLOURS
from reform_figures.series import build_series

SHARES = (
    "Năm 2020 là [30%: online_service_level34 share percent period=2020 period_kind=at], đến quý II/2022 khoảng "
    "[86%: online_service_level34 share percent period=2022-Q2 period_kind=at bound=approx]; mục tiêu năm 2022 từ "
    "[90%: online_service_level34 share percent period_kind=at bound=ge status=target] trở lên, năm 2023 dự kiến "
    "[95%: online_service_level34 share percent period=2023 period_kind=at status=forecast]."
)
CUTS = (
    "Giảm [500: staff_total level person direction=down period_kind=since] người, gồm bộ, ngành "
    "[40: staff_total level person direction=down area=VN-central period_kind=since] và địa phương "
    "[460: staff_total level person direction=down area=VN-local period_kind=since]. Trong năm 2023 giảm "
    "[90: staff_total level person direction=down period=2023] người."
)
OFFICES = (
    "Giảm [8: department level organisation direction=down] cục, hơn "
    "[1.000: public_service_unit level organisation direction=down bound=gt] đơn vị; thêm gần "
    "[70: division level organisation direction=up bound=lt] phòng."
)


@pytest.fixture
def series(tmp_path, monkeypatch):
    """A function from marked texts (one an article) to rows as `load_series` gives them."""

    def load(*texts: str, **codes):
        cases = [read_case(text, f"case-{n}", f"2023-06-0{n + 1}", f"Báo {n}") for n, text in enumerate(texts)]
        articles, figures = [a for a, _ in cases], [f for _, told in cases for f in told]
        findings = check_articles(figures, articles)
        write_data(tmp_path, cases, findings=findings, series=build_series(figures, articles, findings))
        monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
        return load_series(**codes)

    return load


def written(chart) -> list[str]:
    """All texts of a chart: title, notes, labels."""
    return [text.get_text() for text in chart.findobj(lambda artist: hasattr(artist, "get_text")) if text.get_text()]


def arrows(chart) -> list[tuple[float, float]]:
    """Direction of every arrow drawn, in points from its figure."""
    marks = chart.findobj(lambda artist: isinstance(artist, Annotation) and artist.arrow_patch is not None)
    return [tuple(mark.xyann) for mark in marks]


def test_hedges_targets_and_forecasts_are_drawn_and_explained(series):
    chart = plot_over_time(series(SHARES), title="Dịch vụ trực tuyến")
    texts = written(chart)
    assert {"30%", "about 86%", "at least 90% (target)", "95% (forecast)"} <= set(texts)
    assert [(x, np.sign(y)) for x, y in arrows(chart)] == [(0, 1)]  # one arrow up, for "at least"
    key = next(text for text in texts if text.startswith("Arrow up"))
    assert "hollow diamond: target" in " ".join(texts)
    assert "ring around a point: about" in key
    faces = [points.get_facecolor() for points in chart.axes[0].collections if len(points.get_facecolor())]
    assert sum(mcolors.to_hex(face[0]) == "#ffffff" for face in faces) == 2  # target and forecast


def test_the_alternative_text_tells_what_the_chart_shows(series):
    chart = plot_over_time(series(SHARES), title="Dịch vụ trực tuyến")
    for told in ("Dịch vụ trực tuyến", "2020: 30%", "Q2 2022: about 86%", "2022: at least 90% (target)"):
        assert told in chart.alt


def test_sources_and_the_number_of_articles_stand_beneath(series):
    chart = plot_over_time(series(SHARES, SHARES), title="T")
    assert "Sources (2 articles): Báo 0, Báo 1." in written(chart)


def test_a_chart_speaks_vietnamese_when_asked(series):
    chart = plot_over_time(series(SHARES.replace("[86%:", "[86,5%:")), title="T", language="vi")
    texts = written(chart)
    assert {"khoảng 86,5%", "ít nhất 90% (mục tiêu)"} <= set(texts)
    assert "Nguồn (1 bài): Báo 0." in texts
    with pytest.raises(ValueError, match="language 'fr' is not available; choose one of en, vi"):
        plot_over_time(series(SHARES), title="T", language="fr")


def test_articles_in_conflict_are_both_drawn_and_linked(series):
    first = "Giảm [561: commune_unit level admin_unit direction=down] xã."
    chart = plot_over_time(series(first, first.replace("561", "563")), title="Xã")
    assert "561; 563" in written(chart)  # on one spot, so that they share a label
    heights = {points.get_offsets()[0][1] for points in chart.axes[0].collections if len(points.get_offsets())}
    assert {561.0, 563.0} <= heights
    assert "articles disagree" in " ".join(written(chart))


def test_two_units_have_no_common_axis(series):
    rows = series(SHARES + " Giảm [8: department level organisation] cục.")
    with pytest.raises(ValueError, match="needs one unit, these rows have 2: organisation, percent"):
        plot_over_time(rows, title="T")
    with pytest.raises(ValueError, match="no common axis: organisation, percent"):
        plot_amounts(rows, title="T")


@pytest.mark.parametrize(
    ("values", "unit"),
    [([42.0, 42.02], "percent"), ([42.0], "percent"), ([0.0], "percent"), ([100.0], "percent"), ([0.0], "person"),
     ([5.0], "person"), ([7_000_000.0, 7_000_001.0], "account"), ([-3.0, 2.0], "percentage_point"),
     ([1e-9], "other"), ([102.0, 250.0], "percent")],
)  # fmt: skip
def test_every_value_lies_inside_axes_that_are_never_a_line(values, unit):
    low, high = value_limits(values, unit)
    assert low <= min(values)
    assert max(values) <= high
    assert high - low > 0


def test_a_hundredth_of_a_percent_does_not_fill_the_chart():
    low, high = value_limits([42.0, 42.02], "percent")
    assert high - low >= 10


def test_an_axis_that_does_not_start_at_zero_says_so(series):
    rows = series("Đạt [98,2%: dossier_on_time share percent period=2021] rồi [99,1%: dossier_on_time share percent].")
    assert "The axis does not start at zero." in written(plot_over_time(rows, title="T"))
    assert "The axis does not start at zero." in written(plot_amounts(rows, title="T"))


def test_nothing_to_draw_is_said_in_the_chart(series):
    rows = series(SHARES).iloc[:0]
    for chart in (plot_over_time(rows, title="T"), plot_amounts(rows, title="T"), plot_parts(rows, title="T"),
                  plot_counts(rows["theme"].value_counts(), title="T")):  # fmt: skip
        assert "No figure of this kind in the data yet." in written(chart)
        assert chart.alt == "T. No figure of this kind in the data yet."


def test_amounts_stand_one_below_the_other_with_their_hedges(series):
    chart = plot_amounts(series(OFFICES), label=("subject", "direction"), title="Tổ chức")
    texts = {text.replace("\n", " ") for text in written(chart)}
    assert {"8 organisations", "more than 1,000 organisations", "less than 70 organisations"} <= texts
    assert {"Departments of ministries, cut", "Divisions, increase"} <= texts
    assert sorted(np.sign(x) for x, _ in arrows(chart)) == [-1, 1]
    assert chart.axes[0].get_xscale() == "log"
    assert "Equal steps along the axis are equal ratios, not equal amounts." in texts


def test_a_total_stands_with_the_parts_that_its_article_tells(series):
    chart = plot_parts(series(CUTS), title="Biên chế")
    texts = written(chart)
    assert {"500 people", "= 40 + 460", "90 people"} <= set(texts)
    widths = [bar.get_width() for bar in chart.axes[0].patches if bar.get_width()]
    assert widths == [40, 460, 90]  # two parts, and a total that is not split


def test_the_same_chart_is_the_same_to_the_byte(series):
    rows = series(SHARES)
    first, second = (plot_over_time(rows, title="T") for _ in range(2))
    assert first.png() == second.png()
    assert first.svg() == second.svg()


def test_a_notebook_gets_picture_and_alternative_text(series):
    data, about = plot_amounts(series(OFFICES), title="T")._repr_mimebundle_()
    assert data["image/png"].startswith("iVBORw0KGgo")
    assert data["text/plain"] == about["image/png"]["alt"]


def test_a_dollar_in_a_headline_is_a_dollar(series):
    chart = plot_amounts(series(OFFICES), title="Giá $1 và $\\frac{1$ nữa")
    assert chart.png().startswith(b"\x89PNG")


def test_labels_do_not_cover_each_other(series):
    months = " ".join(
        f"Tháng {n} có [{1000 + 7 * n}: portal_account level account period=2022-{n:02d} period_kind=at] tài khoản."
        for n in range(1, 13)
    )
    chart = plot_over_time(series(months), title="T")
    renderer = chart._get_renderer()
    labels = [text for text in chart.axes[0].texts if text.get_text().startswith("1,0")]
    boxes = [text.get_window_extent(renderer) for text in labels]
    assert len(boxes) >= 4
    assert not any(one.overlaps(other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_neighbouring_colours_differ_in_lightness():
    def lightness(colour: str) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mcolors.to_rgb(colour)]
        return 116 * float(np.dot(linear, (0.2126, 0.7152, 0.0722))) ** (1 / 3) - 16

    first_three = [lightness(colour) for colour in COLOURS[:3]]
    assert [round(value) for value in first_three] == [25, 55, 71]


def test_later_figures_stand_at_the_edge_with_their_period_and_do_not_stretch_the_axis(series):
    goal = "Đến năm 2030 phải đạt [95%: online_service_level34 share percent period=2030 status=target bound=ge]."
    chart = plot_over_time(series(SHARES + " " + goal), until="2023-12-31", title="T")
    texts = " ".join(written(chart)).replace("\n", " ")
    assert "2030: at least 95% (target)" in texts
    assert "2029" not in texts
    assert "Right of the axis: figures for later periods" in texts
    assert "2030: at least 95% (target)" in chart.alt


def test_lines_in_panels_have_one_scale_and_their_name_above_them(series):
    more = "Toàn trình đạt [40%: online_service_full share percent period=2023 period_kind=at]."
    chart = plot_over_time(series(SHARES, more), panels=True, title="T")
    assert [axes.get_title(loc="left") for axes in chart.axes] == [
        "Online services at level 3 or 4", "Full-process online services"]  # fmt: skip
    assert len({(axes.get_xlim(), axes.get_ylim()) for axes in chart.axes}) == 1


def test_a_range_is_a_bar_upwards_and_explained(series):
    rows = series("Các tỉnh đạt [78%: sipas share percent area=VN-local period_kind=at].")
    chart = plot_over_time(rows.assign(value_max=92.0), title="T")
    assert "78 to 92%" in written(chart)
    assert "Bar upwards from a point: a range." in written(chart)
    (bar,) = [bars.get_segments()[0] for bars in chart.axes[0].collections if hasattr(bars, "get_segments")]
    assert bar[:, 1].tolist() == [78.0, 92.0]


PARTLY = (
    "Giảm [500: staff_total level person direction=down period=2021] người, trong đó bộ, ngành "
    "[40: staff_total level person direction=down area=VN-central period=2021] người."
)
FAR = "Năm 2022 giảm [9.000: staff_total level person direction=down period=2022] người."


def test_parts_that_do_not_add_up_are_told_as_of_which(series):
    texts = written(plot_parts(series(PARTLY), title="T"))
    assert "of which 40" in texts
    assert not any(text.startswith("=") for text in texts)
    assert "the rest is not in the data" in texts


def test_one_total_far_beyond_the_others_stands_at_the_edge_of_the_axis(series):
    chart = plot_parts(series(PARTLY, FAR), title="T")
    assert chart.axes[0].get_xlim()[1] < 1000
    assert "9,000 people" in written(chart)
    assert any(text.startswith("An arrow at the end of the axis") for text in written(chart))


def test_totals_told_alike_stand_once_with_the_number_of_articles(series):
    texts = written(plot_parts(series(FAR, FAR), title="T"))
    assert texts.count("9,000 people") == 1
    assert "2022\n2 articles" in texts


SPANS = (
    "So với năm 2016, giảm [7.469: public_service_unit level organisation direction=down period_kind=since "
    "period=2022 base=2016] đơn vị.",
    "Đến nay giảm [3.819: public_service_unit level organisation direction=down period_kind=since period=2020] đơn vị; "
    "cuối năm 2021 còn [48.442: public_service_unit level organisation period=2021-12-31 period_kind=at] đơn vị.",
    "Năm 2024 dự kiến tăng [12: public_service_unit level organisation direction=up period=2024 status=forecast].",
)


def test_a_bar_runs_from_the_base_to_the_day_and_is_dotted_where_no_base_is_told(series):
    chart = plot_stretches(series(*SPANS, SPANS[0]), title="Đơn vị")
    texts = written(chart)
    assert {"7,469 fewer; 2 articles", "48,442; Báo 1", "3,819 fewer; Báo 1", "12 more (forecast); Báo 2"} <= set(texts)
    assert any(text.startswith("Dotted from the edge") for text in texts)
    bars = [bars.get_segments()[0][:, 0] for bars in chart.axes[0].collections if hasattr(bars, "get_segments")]
    days = [tuple(str(mdates.num2date(end).date()) for end in bar) for bar in bars]
    assert ("2017-01-01", "2022-12-31") in days
    assert "giảm 7.469; 2 bài" in written(plot_stretches(series(*SPANS, SPANS[0]), title="T", language="vi"))


def test_a_change_stands_with_the_states_that_its_article_tells(series):
    rows = series("Giảm [76: commune_unit level admin_unit direction=down area=VN-21] xã.")
    chart = plot_amounts(rows.assign(before=635.0, after=559.0), label=("area",), title="T")
    assert any("(635 → 559)" in text.replace("\n", " ") for text in written(chart))
    assert "Communes, cut, Thanh Hóa, 2022: 76 administrative units" in chart.alt


def test_that_ministries_are_central_is_not_told_twice(series):
    rows = series("Đúng hạn [99%: dossier_on_time share percent area=VN-central tier=central].")
    texts = {text.replace("\n", " ") for text in written(plot_amounts(rows, label=("area", "tier"), title="T"))}
    assert "Ministries and central agencies" in texts


def test_a_target_on_the_spot_of_a_dot_is_drawn_around_it(series):
    on_target = (
        "Năm 2021 đạt [20%: online_service_level4 share percent period=2021 period_kind=at]; năm 2022 đạt "
        "[30,2%: online_service_level4 share percent period_kind=at], mục tiêu "
        "[30%: online_service_level4 share percent period_kind=at status=target]."
    )
    sizes = {
        mcolors.to_hex(marks.get_facecolor()[0]): marks.get_sizes()[0]
        for marks in plot_over_time(series(on_target), title="Dịch vụ").axes[0].collections
        if len(marks.get_facecolor())
    }
    inscribed, dot = sizes["#ffffff"] ** 0.5, sizes[COLOURS[0].lower()] ** 0.5
    assert inscribed > dot + 3  # a white gap of 1.5 points all around


def test_points_off_the_line_are_explained_beneath(series):
    sure = "Năm {} đạt [{}%: online_service_level4 share percent period={} period_kind=at]."
    texts = [sure.format(2020, 10, 2020), sure.format(2022, 60, 2022), sure.format(2021, 20, 2021)]
    assert "off the line" not in " ".join(written(plot_over_time(series(*texts), title="Dịch vụ")))
    chart = plot_over_time(series(*texts, sure.format(2021, 70, 2021)), title="Dịch vụ")
    assert [list(line.get_ydata()) for line in chart.axes[0].lines] == [[10, 60]]
    notes = " ".join(written(chart))
    assert "Points off the line: articles tell numbers of that time that are too far apart" in notes


def test_nearly_and_under_are_told_apart_as_the_text_has_them(series):
    rows = series(OFFICES)
    near = rows[rows["value"] == 70]
    wordings = [("gần", "nearly 70", "gần 70"), ("ngót", "nearly 70", "ngót 70"), ("dưới", "less than 70", "dưới 70"),
                (None, "less than 70", "dưới 70")]  # fmt: skip
    for hedge, english, vietnamese in wordings:
        told = near.assign(hedge=hedge)
        assert english in " ".join(written(plot_amounts(told, title="Phòng")))
        assert vietnamese in " ".join(written(plot_amounts(told, title="Phòng", language="vi")))
    assert (
        "arrow to the left: nearly, less than or at most"
        in " ".join(written(plot_amounts(near, title="Phòng"))).lower()
    )
