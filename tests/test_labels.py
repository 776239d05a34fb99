"""Texts of a chart stand clear of each other: on the data at hand, on crowded points, in both languages."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.text import Text
from test_plotting import series, written  # noqa: F401  series is a fixture

from reform_figures.charts import CHARTS, chart_rows, draw_chart
from reform_figures.loading import DATA_VARIABLE
from reform_figures.plotting import plot_over_time
from reform_figures.plotting.arranging import GAP, Place, Room, arrange
from reform_figures.plotting.look import look
from reform_figures.plotting.styling import styled
from reform_figures.wording import number_text

ROOT = Path(__file__).resolve().parents[1]
TOUCHING = 0.5
"""Pixels by which boxes of two texts may meet: letters do not fill their boxes."""


def texts_with_boxes(chart) -> list[tuple[str, object]]:
    """Every text that is drawn, with its box in pixels; ticks outside the view are not."""
    with styled(chart.style), look():  # measured as it is drawn
        return _texts_with_boxes(chart)


def _texts_with_boxes(chart) -> list[tuple[str, object]]:
    FigureCanvasAgg(chart).draw()
    unseen = set()
    for axis in chart.findobj(Axis):
        low, high = sorted(axis.get_view_interval())
        ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
        unseen |= {id(tick.label1) for tick in ticks if not low <= tick.get_loc() <= high}
    texts = [text for text in chart.findobj(Text) if text.get_text().strip() and text.get_visible()]
    return [(t.get_text(), t.get_window_extent()) for t in texts if id(t) not in unseen]


def overlapping(boxes: list[tuple[str, object]]) -> list[tuple[str, str]]:
    def meet(one, other) -> bool:
        return min(
            min(one.x1, other.x1) - max(one.x0, other.x0), min(one.y1, other.y1) - max(one.y0, other.y0)
        ) > TOUCHING  # fmt: skip

    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if meet(one, other)]


def outside(chart, boxes: list[tuple[str, object]]) -> list[str]:
    edge = chart.bbox.padded(TOUCHING)
    return [text for text, box in boxes if box.x0 < edge.x0 or box.x1 > edge.x1 or box.y0 < edge.y0 or box.y1 > edge.y1]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", CHARTS)
def test_texts_of_a_named_chart_of_the_data_at_hand_do_not_cover_each_other(name, language, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT / "data"))
    chart = draw_chart(name, language=language)
    boxes = texts_with_boxes(chart)
    assert overlapping(boxes) == []
    assert outside(chart, boxes) == []


CROWD = " ".join(
    f"Ngày {day}/6/2020 có [{value}: portal_account level account period=2020-06-{day:02d} period_kind=at "
    f"bound={bound}] tài khoản."
    for day, value, bound in [(1, 100, "gt"), (2, 105, "eq"), (3, 90, "lt"), (4, 104, "approx"), (5, 101, "eq"),
                              (6, 103, "ge"), (9, 99, "eq"), (12, 1000, "eq")]
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "vi"])
def test_labels_of_crowded_points_cover_neither_each_other_nor_a_text(series, language):  # noqa: F811
    chart = plot_over_time(series(CROWD), title="Tài khoản", language=language)
    boxes = texts_with_boxes(chart)
    assert overlapping(boxes) == []
    assert outside(chart, boxes) == []
    assert {"1,000", "1.000"} & {text for text, _ in boxes}


def test_numbers_on_one_spot_share_a_label_each_once(series):  # noqa: F811
    told = "Năm 2020 đạt [{}%: online_service_level4 share percent period=2020 period_kind=at]."
    more = "Năm 2022 đạt [96%: online_service_level4 share percent period=2022 period_kind=at]."
    chart = plot_over_time(series(told.format("30"), told.format("30,85"), told.format("30"), more), title="T")
    assert "30%; 30.85%" in written(chart)


def room(spots: list[tuple[float, float]], lines=()) -> Room:
    marks = [[(x - 4, y - 4, x + 4, y + 4)] for x, y in spots]
    return Room((0, 0, 400, 200), spots, marks, [], list(lines), 1.0)


def test_a_label_stands_off_the_line_and_nearest_to_its_own_point():
    spots = [(100.0, 100.0), (130.0, 100.0)]
    (best, *_) = room(spots, lines=[((100.0, 100.0), (100.0, 200.0))]).places(spots[0], 40, 10, far=False)
    assert best.lead is None
    assert best.box[2] <= 96  # left of its point: above runs the line, right of it is the other point
    assert all(place.box[0] < 100 for place in room(spots).places(spots[0], 40, 10, far=False))


def test_a_label_without_room_beside_its_point_stands_off_at_the_end_of_a_line():
    spots = [(100.0, 100.0), (112.0, 100.0), (88.0, 100.0), (100.0, 112.0), (100.0, 88.0)]
    assert room(spots).places(spots[0], 40, 10, far=False) == []
    assert all(place.lead for place in room(spots).places(spots[0], 40, 10, far=True))


def test_who_has_one_place_only_gets_it():
    low, high = Place((0, 0, 10, 10), None, 9), Place((0, 20, 10, 30), None, 20)
    assert arrange([[low, high], [low]]) == [high, low]
    assert arrange([[low], [low]]) in ([low, None], [None, low])
    assert arrange([]) == []


def test_two_labels_are_never_so_close_that_they_read_as_one():
    low, level, off = Place((0, 0, 10, 10), None, 9), Place((12, 0, 22, 10), None, 9), Place((15, 0, 25, 10), None, 14)
    assert arrange([[low], [level, off]], gap=4) == [low, off]
    assert arrange([[low], [level]], gap=4) in ([low, None], [None, level])


def test_room_is_made_for_a_label_that_found_none():
    middle, right = (Place((at, 0, at + 10, 10), None, at) for at in (12, 24))
    wide = Place((0, 0, 22, 10), None, 1)
    assert None not in arrange([[middle, right], [wide], [right, Place((40, 0, 50, 10), None, 40)]])


def test_a_label_is_not_beside_the_arrow_of_another_point():
    spots = [(100.0, 60.0), (160.0, 90.0)]
    marks = [[(96, 56, 104, 64), (97, 60, 103, 85)], [(156, 86, 164, 94)]]  # the first has an arrow up
    found = Room((0, 0, 400, 200), spots, marks, [], [], 1.0).places(spots[1], 40, 10, far=False)
    assert found
    assert all(place.box[0] >= 103 + GAP for place in found)


@pytest.mark.parametrize("width", [10, 12, 17.3])
@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", ["portal_services", "portal_accounts", "portal_dossiers_filed"])
def test_every_number_stands_beside_its_point_or_is_counted_beneath(name, language, width, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT / "data"))
    chart = draw_chart(name, language=language, width_cm=width)
    (axes,) = chart.axes
    told = " ".join(text.get_text().replace("\n", " ") for text in axes.texts)
    numbers = [number_text(value, language) for value in chart_rows(name)["value"]]
    missing = {number for number in numbers if not re.search(rf"(^|[ ;]){re.escape(number)}($|[ ;])", told)}
    beneath = [text for text in written(chart) if re.match("Without a number|Không đủ chỗ", text)]
    assert bool(missing) == bool(beneath)
    boxes = [box for text, box in texts_with_boxes(chart) if text in {t.get_text() for t in axes.texts}]
    least = (GAP - 0.5) * chart.dpi / 72 * chart.style.type
    for one, other in combinations(boxes, 2):
        apart = max(one.x0 - other.x1, other.x0 - one.x1), max(one.y0 - other.y1, other.y0 - one.y1)
        assert max(apart) >= least / 2**0.5


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_legend_has_the_marker_that_the_points_have(language, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT / "data"))
    (axes,) = draw_chart("dossiers_online", language=language).axes
    marks = [one for one in axes.collections if isinstance(one, PathCollection)]
    shapes = lambda legend: {  # noqa: E731
        (tuple(one.get_edgecolor()[0]), one.get_paths()[0].vertices.round(3).tobytes())
        for one in marks if (one.get_offset_transform() == axes.transAxes) == legend
    }  # fmt: skip
    assert len(shapes(True)) == 3  # ministries, localities, the whole country
    assert shapes(True) <= shapes(False)


def test_no_line_to_a_label_runs_through_another_label():
    across = Place((50, 0, 60, 10), ((0.0, 5.0), (50.0, 5.0)), 30)
    between = Place((20, 0, 30, 10), None, 9)
    assert None in arrange([[across], [between]])
