"""Texts of a chart stand clear of each other: on the data at hand, on crowded points, in both languages."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from test_plotting import series, written  # noqa: F401  series is a fixture

from reform_figures.charts import CHARTS, draw_chart
from reform_figures.loading import DATA_VARIABLE
from reform_figures.plotting import plot_over_time
from reform_figures.plotting.arranging import Place, Room, arrange
from reform_figures.plotting.look import look
from reform_figures.plotting.styling import styled

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
    marks = [(x - 4, y - 4, x + 4, y + 4) for x, y in spots]
    return Room((0, 0, 400, 200), spots, marks, list(lines), 1.0)


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


def test_no_line_to_a_label_runs_through_another_label():
    across = Place((50, 0, 60, 10), ((0.0, 5.0), (50.0, 5.0)), 30)
    between = Place((20, 0, 30, 10), None, 9)
    assert None in arrange([[across], [between]])
