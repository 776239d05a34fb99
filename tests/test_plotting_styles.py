"""Width, font and greys of a chart: laid out for them, refused where they cannot be had."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.image import imread
from matplotlib.text import Text
from test_labels import outside, overlapping, texts_with_boxes

from reform_figures.charts import CHARTS, draw_chart
from reform_figures.loading import DATA_VARIABLE
from reform_figures.plotting.styling import FONT, Style, style_of, styled, text_width, wrap

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _data_at_hand(monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT / "data"))


@pytest.mark.parametrize(("width_cm", "language", "font"), [(8, "vi", None), (12, "en", "DejaVu Serif")])
@pytest.mark.parametrize("name", CHARTS)
def test_texts_do_not_cover_each_other_at_another_width_or_in_another_font(name, width_cm, language, font):
    chart = draw_chart(name, width_cm=width_cm, language=language, font=font)
    boxes = texts_with_boxes(chart)
    assert overlapping(boxes) == []
    assert outside(chart, boxes) == []


@pytest.mark.parametrize("width_cm", [8, 16, 24])
def test_a_chart_is_as_wide_as_asked(width_cm):
    chart = draw_chart("portal_accounts", width_cm=width_cm)
    assert chart.get_figwidth() * 2.54 == pytest.approx(width_cm)
    pixels = imread(io.BytesIO(chart.png(dpi=100)), format="png").shape[1]
    assert pixels / 100 * 2.54 == pytest.approx(width_cm, abs=0.03)


def test_type_is_no_smaller_than_six_points_and_has_its_full_size_from_fourteen_centimetres_on():
    def sizes(width_cm: float) -> list[float]:
        chart = draw_chart("portal_accounts", width_cm=width_cm)
        return [text.get_size() for text in chart.findobj(Text) if text.get_text()]

    assert min(sizes(8)) >= 6
    assert min(sizes(14)) == pytest.approx(8.2)
    assert max(sizes(24)) == pytest.approx(12.5)


def test_every_text_is_in_the_font_asked_for_whatever_the_user_has_set():
    with mpl.rc_context({"font.family": "DejaVu Sans Mono"}):
        assert {text.get_fontname() for text in _texts(draw_chart("sipas"))} == {FONT}
        assert {text.get_fontname() for text in _texts(draw_chart("sipas", font="DejaVu Serif"))} == {"DejaVu Serif"}


def _texts(chart) -> list[Text]:
    chart.png()
    return [text for text in chart.findobj(Text) if text.get_text()]


def test_in_grey_every_pixel_is_grey_and_neighbouring_lines_stay_apart():
    picture = imread(io.BytesIO(draw_chart("share_online", grey=True).png(dpi=72)), format="png")[..., :3]
    assert np.ptp(picture, axis=2).max() < 0.01
    coloured = imread(io.BytesIO(draw_chart("share_online").png(dpi=72)), format="png")[..., :3]
    assert np.ptp(coloured, axis=2).max() > 0.3


def test_the_standard_style_changes_no_byte():
    assert draw_chart("sipas").svg() == draw_chart("sipas", width_cm=None, font=FONT, grey=False).svg()


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ({"width_cm": 5}, "a chart is 8 to 60 cm wide, not 5"),
        ({"width_cm": 600}, "a chart is 8 to 60 cm wide, not 600"),
        ({"font": "Không Có"}, "font 'Không Có' is not installed"),
        ({"font": "STIXGeneral"}, "font 'STIXGeneral' lacks Vietnamese letters"),
    ],
)
def test_what_cannot_be_had_is_refused_in_one_sentence(style, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")) as refused:
        draw_chart("sipas", **style)
    assert "\n" not in str(refused.value)


def test_a_text_is_broken_where_it_is_as_wide_as_the_room():
    words = "Tỷ lệ hồ sơ nộp trực tuyến theo các bài báo"
    with styled(Style(width=8 / 2.54)):
        lines = wrap(words, 0.9, 9.5)
        assert " ".join(lines) == words
        assert all(text_width(line, 9.5) <= 0.9 for line in lines)
        assert len(lines) > len(wrap(words, 1.6, 9.5)) > 1
    assert style_of() == Style()
