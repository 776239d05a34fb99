"""The tile map of the provinces and the calendar: what is drawn, what stays empty, what is refused."""

from __future__ import annotations

from itertools import pairwise

import matplotlib.colors as mcolors
import pandas as pd
import pytest
from figure_cases import read_case, write_data
from test_plotting import series, written  # noqa: F401  series is a fixture

from reform_figures.choosing import latest_of_each_area
from reform_figures.loading import DATA_VARIABLE, load_articles
from reform_figures.names import name_table
from reform_figures.plotting import plot_calendar, plot_latest_map, plot_tile_map
from reform_figures.plotting.shades import SHADES, ink_on, scale_of
from reform_figures.plotting.tiles import tile_places, tile_text
from reform_figures.vocabulary import load_rows

SIPAS = (
    "Quảng Ninh [90,61%: sipas share percent area=VN-13], Bắc Kạn khoảng [75%: sipas share percent area=VN-53 "
    "bound=approx], Cà Mau phấn đấu [95%: sipas share percent area=VN-59 status=target bound=ge]; cả nước "
    "[82,66%: sipas share percent]."
)
TWO = "Huế [80%: sipas share percent area=VN-26] và [85%: sipas share percent area=VN-26]."


def test_every_province_has_one_tile_of_its_own_with_a_name_short_enough_for_it():
    assert list(tile_places()) == [row["code"] for row in load_rows("provinces")]
    assert len(set(tile_places().values())) == 63
    assert all(0 < len(row["name"]) <= 11 for row in name_table("tile").values())


NORTH_TO_SOUTH = ["VN-03", "VN-07", "VN-HN", "VN-63", "VN-18", "VN-22", "VN-24", "VN-26", "VN-27", "VN-28", "VN-30",
                  "VN-33", "VN-35", "VN-39", "VN-SG", "VN-50", "VN-51", "VN-59"]  # fmt: skip
WEST_TO_EAST = [["VN-71", "VN-05", "VN-06", "VN-69", "VN-54", "VN-13"], ["VN-01", "VN-02", "VN-07", "VN-53", "VN-09"],
                ["VN-14", "VN-63", "VN-66", "VN-20"], ["VN-72", "VN-33", "VN-34"], ["VN-28", "VN-29"],
                ["VN-37", "VN-58", "VN-35", "VN-36"], ["VN-47", "VN-CT", "VN-49", "VN-50"]]  # fmt: skip
NEIGHBOURS = [("VN-HN", "VN-70"), ("VN-HN", "VN-56"), ("VN-HN", "VN-14"), ("VN-61", "VN-HP"), ("VN-13", "VN-HP"),
              ("VN-22", "VN-23"), ("VN-21", "VN-18"), ("VN-24", "VN-25"), ("VN-26", "VN-DN"), ("VN-DN", "VN-27"),
              ("VN-33", "VN-72"), ("VN-58", "VN-57"), ("VN-SG", "VN-41"), ("VN-SG", "VN-57"), ("VN-39", "VN-43"),
              ("VN-CT", "VN-73"), ("VN-59", "VN-55"), ("VN-44", "VN-45"), ("VN-49", "VN-51")]  # fmt: skip


def test_the_tiles_lie_about_where_the_provinces_lie():
    at = tile_places()
    rows = [at[code][0] for code in NORTH_TO_SOUTH]
    assert rows == sorted(rows)
    for line in WEST_TO_EAST:
        columns = [at[code][1] for code in line]
        assert columns == sorted(columns)
    for one, other in NEIGHBOURS:
        assert max(abs(a - b) for a, b in zip(at[one], at[other], strict=True)) == 1, (one, other)


def test_a_tile_has_name_number_hedge_and_target_and_the_others_say_that_nothing_is_told(series):  # noqa: F811
    chart = plot_tile_map(series(SIPAS), title="SIPAS")
    texts = written(chart)
    assert {"Quảng Ninh", "90.61%", "~ 75%", "◇ ≥ 95%", "Hà Giang", "TP.HCM"} <= set(texts)
    assert "82.66%" not in texts  # the country has no tile
    told = " ".join(texts)
    assert "≥ at least; ~ about; ◇ and dashed rim: target; hatched: no article in the data tells it." in told
    assert "No article in the data tells it for 60 of 63 provinces." in told
    assert "Sources (1 article): Báo 0." in told
    hatched = [patch for patch in chart.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == 60
    assert sum(patch.get_linestyle() == "--" for patch in chart.axes[0].patches) == 1
    assert "Quảng Ninh, 2022: 90.61%" in chart.alt
    assert chart.alt.endswith("for 60 of 63 provinces.")


def test_the_map_speaks_vietnamese(series):  # noqa: F811
    texts = " ".join(written(plot_tile_map(series(SIPAS), title="SIPAS", language="vi")))
    for told in ("90,61%", "~ khoảng", "gạch chéo: chưa bài nào trong dữ liệu nêu", "60 trên 63 tỉnh", "từ 90%"):
        assert told in texts


def test_different_periods_put_their_year_on_the_tile(series):  # noqa: F811
    rows = series(SIPAS + " Hà Nội [87%: sipas share percent area=VN-HN period=2021].")
    texts = written(plot_tile_map(rows, title="T"))
    assert texts.count("2022") == 3
    assert texts.count("2021") == 1


def test_one_tile_takes_one_number_of_one_indicator(series):  # noqa: F811
    with pytest.raises(ValueError, match=r"several numbers for Thừa Thiên Huế; .*policy='latest'"):
        plot_tile_map(series(TWO), title="T")
    with pytest.raises(ValueError, match="shows one of these 2 units: percent, point"):
        plot_tile_map(series(SIPAS + " Huế [80: sipas level point area=VN-26] điểm."), title="T")
    with pytest.raises(ValueError, match="shows one of these 2 indicators"):
        plot_tile_map(series(SIPAS + " Huế [80%: par_index share percent area=VN-26]."), title="T")
    assert "No figure of this kind in the data yet." in written(plot_tile_map(series(SIPAS).head(0), title="T"))


def test_a_policy_chooses_among_reports_of_one_province(series):  # noqa: F811
    texts = (SIPAS, "Quảng Ninh [90%: sipas share percent area=VN-13].")
    with pytest.raises(ValueError, match="several numbers for Quảng Ninh"):
        plot_tile_map(series(*texts), title="T")
    told = written(plot_tile_map(series(*texts, policy="latest"), title="T"))
    assert "90%" in told
    assert "90.61%" not in told
    assert "the latest is shown; 1 set aside" in " ".join(told).replace("\n", " ")


def test_a_merged_province_of_today_has_no_tile_among_the_63(series):  # noqa: F811
    rows = series("Lào Cai [90%: sipas share percent area=VN-02 period=2026].")
    assert "90%" in written(plot_tile_map(rows, title="T")), "told in 2023, it is of the smaller province"
    rows["known_since"] = pd.Timestamp("2026-07-01")
    with pytest.raises(ValueError, match=r"Lào Cai: merged or enlarged on 2025-06-12, .* until='2025-06-11'"):
        plot_tile_map(rows, title="T")


def test_of_each_area_the_latest_period_and_none_where_it_has_several_numbers(series):  # noqa: F811
    older = "Quảng Ninh [70%: sipas share percent area=VN-13 period=2020]."
    rows, several = latest_of_each_area(series(older + " " + SIPAS + " " + TWO))
    assert dict(zip(rows["area"], rows["value"], strict=True)) == {
        "VN": 82.66, "VN-13": 90.61, "VN-53": 75.0, "VN-59": 95.0}  # fmt: skip
    assert several == ["VN-26"]
    chart = plot_tile_map(rows, several=several, title="T")
    assert "several" in written(chart)
    assert "for 59 of 63 provinces" in chart.alt
    assert "several: Thừa Thiên Huế" in chart.alt
    nothing, nobody = latest_of_each_area(rows.head(0))
    assert (len(nothing), nobody) == (0, [])


def test_a_part_gives_way_to_its_whole_and_a_round_report_to_an_exact_one(series):  # noqa: F811
    rows = series(
        "Hà Nội [91,43%: par_index share percent area=VN-HN].",
        "Hà Nội hơn [80%: par_index share percent area=VN-HN bound=gt].",
        "Huế [80%: par_index share percent area=VN-26].",
    )
    part = rows[rows["area"] == "VN-26"].assign(value=12.0, verdict="different_scope")
    chosen, several = latest_of_each_area(pd.concat([rows, part], ignore_index=True))
    assert dict(zip(chosen["area"], chosen["value"], strict=True)) == {"VN-26": 80.0, "VN-HN": 91.43}
    assert several == []
    assert latest_of_each_area(pd.concat([part, part.assign(value=13.0)]))[1] == ["VN-26"]


def test_letters_on_every_shade_have_a_contrast_of_four_and_a_half_and_shades_stay_apart_in_grey():
    def luminance(colour: str) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mcolors.to_rgb(colour)]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for shade in SHADES:
        low, high = sorted([luminance(shade), luminance(ink_on(shade))])
        assert (high + 0.05) / (low + 0.05) >= 4.5
    lightness = [116 * luminance(shade) ** (1 / 3) - 16 for shade in SHADES]
    assert all(lighter - darker >= 10 for lighter, darker in pairwise(lightness))


@pytest.mark.parametrize(
    ("values", "unit"),
    [([42.0, 42.02], "percent"), ([99.9, 100.0], "percent"), ([0.0], "person"), ([1.0], "rank"), ([5.0], "other"),
     ([1.0, 63.0], "rank"), ([3.0, 4_000_000.0], "dossier"), ([10.0, 1000.0], "dossier"), ([-3.0, 2.0], "point"),
     ([0.02, 205.6], "percent")],
)  # fmt: skip
def test_a_scale_has_few_steps_and_every_value_lies_on_it(values, unit):
    scale = scale_of(pd.Series(values), unit)
    assert 1 <= len(scale.edges) - 1 <= len(SHADES)
    assert list(scale.edges) == sorted(set(scale.edges))
    assert scale.edges[0] <= min(values)
    assert max(values) <= scale.edges[-1]
    assert all(scale.shade(value) in SHADES for value in values)


def test_close_shares_have_one_shade_and_less_than_an_edge_lies_below_it():
    assert len({scale_of(pd.Series([42.0, 42.02]), "percent").shade(value) for value in (42.0, 42.02)}) == 1
    scale = scale_of(pd.Series([75.0, 100.0]), "percent")
    assert scale.shade(95) != scale.shade(95, below=True) == scale.shade(94)


def test_a_range_and_a_part_of_a_whole_are_short_on_a_tile(series):  # noqa: F811
    rows = series("Đạt [10%: sipas share percent area=VN-13]; [46/63: one_stop level admin_unit area=VN-22] xã.")
    rows.loc[rows["unit"] == "percent", "value_max"] = 15.0
    assert {tile_text(row) for row in rows.itertuples()} == {"10–15%", "46 of 63"}


@pytest.fixture
def articles(tmp_path, monkeypatch):
    days = ["2021-11-30", "2021-11-02", "2023-01-10", "2023-01-11"]
    cases = [read_case("Có [3: other level task].", f"case-{n}", day, f"Báo {n}") for n, day in enumerate(days)]
    write_data(tmp_path, cases)
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    return load_articles()


def test_the_calendar_counts_articles_by_month_and_hatches_the_others(articles):
    chart = plot_calendar(articles, title="Bài")
    assert chart.alt == ("Bài. Number of articles by month of publication. Hatched: none in the data. "
                         "November 2021: 2; January 2023: 2.")  # fmt: skip
    texts = written(chart)
    assert {"2021", "2022", "2023", "Jan", "Dec"} <= set(texts)
    assert sum(patch.get_hatch() is not None for patch in chart.axes[0].patches) == 34
    assert {"T1", "T12"} <= set(written(plot_calendar(articles, title="Bài", language="vi")))


def test_articles_without_a_day_are_counted_beneath_and_an_empty_calendar_says_so(articles):
    articles.loc[0, "published_at"] = pd.NaT
    assert "1 without a day are left out." in written(plot_calendar(articles, title="T"))
    assert "No figure of this kind" in plot_calendar(articles.head(0), title="T").alt


def test_one_wrong_day_does_not_make_a_chart_of_a_century(articles):
    articles.loc[0, "published_at"] = pd.Timestamp("1900-01-01", tz="Asia/Ho_Chi_Minh")
    assert "1950" not in written(plot_calendar(articles, title="T"))


def test_the_calendar_counts_figures_of_the_series_and_refuses_what_has_no_day(series):  # noqa: F811
    rows = series(SIPAS, TWO)
    assert "June 2023: 6." in plot_calendar(rows, title="T", count="figures").alt
    assert "June 2023: 2." in plot_calendar(rows, title="T").alt
    with pytest.raises(ValueError, match="count 'sentences' is not known; choose one of articles, figures"):
        plot_calendar(rows, title="T", count="sentences")
    with pytest.raises(ValueError, match="do not tell when they were published"):
        plot_calendar(rows[["article_id"]], title="T")


def test_the_same_map_and_calendar_are_the_same_bytes(series):  # noqa: F811
    rows = series(SIPAS)
    for draw in (plot_tile_map, plot_calendar):
        assert draw(rows, title="T").svg() == draw(rows, title="T").svg()


def test_the_map_of_the_latest_leaves_a_province_with_several_numbers_without_one(series):  # noqa: F811
    older = "Quảng Ninh [70%: sipas share percent area=VN-13 period=2020]."
    texts = written(plot_latest_map(series(older + " " + SIPAS + " " + TWO), title="T"))
    assert {"90.61%", "several"} <= set(texts)
    assert "70%" not in texts
