"""Named charts: every one can be drawn again, to the byte, from its printed code; its page shows nothing unescaped."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from figure_cases import read_case, write_data
from test_notebooks import ALMOST_NOTHING, SMALL
from test_plotting import written

from reform_figures.charts import CHARTS, chart_caption, chart_code, chart_csv, chart_rows, draw_chart
from reform_figures.charts.publishing import ENDINGS, chart_files, write_charts, write_pictures
from reform_figures.checking import check_articles
from reform_figures.loading import DATA_VARIABLE
from reform_figures.plotting import plot_sources
from reform_figures.series import build_series
from reform_figures.tables import read_table, write_table

ROOT = Path(__file__).resolve().parents[1]
ASKED_FOR = {"share_online", "portal_accounts", "portal_services", "portal_dossiers_filed", "staff_cuts_by_year",
             "staff_cuts_cumulative", "communes_cut", "commune_mergers", "communes_cut_map", "public_service_units",
             "on_time_dossiers", "par_index", "sipas", "sipas_map", "reported_when", "sources_per_figure",
             "most_told"}  # fmt: skip
OF_THE_DATA = {"reported_when", "sources_per_figure"}
"""Charts that count whatever the data hold."""
EVERY = pytest.mark.parametrize("name", CHARTS)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A function that makes small data of marked texts and works on them; returns the folder."""

    def write(texts, publisher: str = "Báo") -> Path:
        cases = [read_case(text, f"case-{n}", f"2023-06-0{n + 1}", f"{publisher} {n}") for n, text in enumerate(texts)]
        articles, figures = [a for a, _ in cases], [f for _, told in cases for f in told]
        findings = check_articles(figures, articles)
        write_data(tmp_path, cases, findings=findings, series=build_series(figures, articles, findings))
        monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
        return tmp_path

    return write


def test_the_charts_that_were_asked_for_have_names():
    assert set(CHARTS) >= ASKED_FOR


@EVERY
def test_a_chart_has_its_texts_in_both_languages(name):
    for text in (CHARTS[name].title, CHARTS[name].subtitle, CHARTS[name].limits):
        assert text("en")
        assert text("vi")
        assert text("en") != text("vi")


@EVERY
def test_the_printed_code_draws_the_same_bytes(name, data, tmp_path, monkeypatch):
    data(SMALL)
    monkeypatch.chdir(tmp_path)
    for language in ("en", "vi"):
        exec(chart_code(name, language), {})
        assert (tmp_path / f"{name}.svg").read_bytes() == draw_chart(name, language=language).svg()


def test_charts_drawn_again_are_the_same_to_the_byte_and_carry_no_day(data, tmp_path):
    data(SMALL)
    write_charts(tmp_path / "one")
    write_charts(tmp_path / "two")
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) == len(ENDINGS) * len(CHARTS) + 1
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    for picture in (tmp_path / "one").glob("*.svg"):
        assert b"dc:date" not in picture.read_bytes()


def test_another_run_of_python_draws_the_same_bytes(data):
    folder = data(SMALL)
    code = "import sys; from reform_figures.charts import draw_chart; sys.stdout.buffer.write(draw_chart('{}').svg())"
    told = os.environ | {DATA_VARIABLE: str(folder), "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", code.format("share_online")], env=told, capture_output=True, check=True)
    assert run.stdout == draw_chart("share_online").svg()


def test_unchanged_charts_keep_their_time_and_what_is_gone_is_removed(data, tmp_path):
    data(ALMOST_NOTHING)
    out = tmp_path / "charts"
    write_charts(out)
    first = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    (out / "gone.svg").write_text("")
    write_charts(out)
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == first


@EVERY
def test_a_chart_without_figures_says_so(name, data):
    data(ALMOST_NOTHING)
    if name in OF_THE_DATA:
        return
    files = chart_files(CHARTS[name])
    assert "No figure of this kind in the data yet." in draw_chart(name).alt
    assert "No figure of this kind is in the data yet." in files[f"{name}.md"].decode()
    assert files[f"{name}.csv"].decode().count("\n") == 1


def test_the_data_behind_a_chart_tell_each_number_with_its_sentence(data):
    data(SMALL)
    table = chart_files(CHARTS["share_online"])["share_online.csv"].decode()
    assert ",86," in table
    assert "86.0" not in table
    sentences = pd.read_csv(io.StringIO(table))["sentence"]
    assert len(sentences) == 4
    assert sentences.str.contains("mục tiêu năm 2022 từ 90% trở lên").all()


@EVERY
def test_every_number_behind_a_chart_has_its_source_and_every_column_its_meaning(name, data):
    data(SMALL)
    files = chart_files(CHARTS[name])
    rows = pd.read_csv(io.StringIO(files[f"{name}.csv"].decode()), keep_default_na=False)
    source = ["title", "cited_title", "read_from", "publisher", "link"]
    if name == "reported_when":
        assert set(rows.columns) >= {*source, "published_at", "published_precision"}
    elif name not in OF_THE_DATA:
        assert set(rows.columns) >= {"sentence", "known_since", "known_since_precision", *source}
        assert rows["sentence"].ne("").all()
    table = files[f"{name}.md"].decode().split('<table class="table columns">')[1].split("</table>")[0]
    told = re.findall(r"<tr><td><code>(\w+)</code><br><span lang=.vi.>(.+)</span></td><td>(.+)</td></tr>", table)
    assert [column for column, _, _ in told] == list(rows.columns)


@EVERY
def test_the_columns_of_the_data_are_explained_beside_them_in_both_languages(name, data):
    data(SMALL)
    files = chart_files(CHARTS[name])
    told = pd.read_csv(io.BytesIO(files[f"{name}.columns.csv"]))
    assert list(told.columns) == ["column", "English", "Vietnamese", "about"]
    assert told["column"].tolist() == pd.read_csv(io.BytesIO(files[f"{name}.csv"]), nrows=0).columns.tolist()
    assert told.notna().all(axis=None)


def test_the_command_the_book_and_python_give_the_same_data_to_the_byte(data, tmp_path):
    data(SMALL)
    write_pictures(["share_online"], tmp_path, grey=True)
    assert sorted(p.name for p in tmp_path.glob("share_online*")) == sorted(f"share_online.{e}" for e in ENDINGS[:-1])
    table = (tmp_path / "share_online.csv").read_bytes()
    assert table == chart_csv("share_online") == chart_files(CHARTS["share_online"])["share_online.csv"]
    told = pd.read_csv(io.BytesIO(table))
    assert set(told["subject_name_vi"]) == {"Dịch vụ công trực tuyến mức độ 3 và 4"}
    assert set(told["area_name_vi"]) == {"Cả nước"}


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ("Accounts on the national portal", "What the chart does not show: People:", "Sources (1):",
                '1. Báo 3, "Bài gốc", 4 June 2023, http://case.test/case-3\n', "Reform figures, version")),
        ("vi", ("Tài khoản trên Cổng", "Biểu đồ không cho thấy: Số người:", "Nguồn (1 bài):",
                '1. Báo 3, "Bài gốc", 4/6/2023, http://case.test/case-3\n', "Reform figures, phiên bản")),
    ],
)  # fmt: skip
def test_a_caption_names_every_article_once_and_says_what_the_chart_does_not_show(language, parts, data):
    folder = data(SMALL)
    write_table(folder, "articles", [replace(a, cited_title="Bài\ngốc") for a in read_table(folder, "articles")])
    caption = chart_caption("portal_accounts", language)
    for part in parts:
        assert part in caption
    assert chart_files(CHARTS["portal_accounts"])[
        "portal_accounts.caption.txt" if language == "en" else "portal_accounts.vi.caption.txt"
    ] == caption.encode()  # fmt: skip


def test_a_caption_names_what_is_drawn_and_nothing_else(data):
    data(YEARS)
    rows = chart_rows("staff_cuts_cumulative")
    assert len(draw_chart("staff_cuts_cumulative").articles) == 2
    assert "Sources (1):" in chart_caption("staff_cuts_cumulative", rows=rows[rows["value"] == 600])
    assert "counts the data themselves" in chart_caption("reported_when")


def test_a_target_whose_sentence_tells_no_time_is_counted_beneath(data):
    told = "Năm 2022 đạt [{}: online_dossier share percent period=2022 period_kind=in status={}] hồ sơ trực tuyến."
    untold = "Mục tiêu là [60%: online_dossier share percent period=2023-04 period_kind=in status=target]."
    data([told.format("40%", "actual"), told.format("50%", "target")])
    assert not any("without a time of its own" in text for text in written(draw_chart("dossiers_online")))
    data([told.format("40%", "actual"), told.format("50%", "target") + " " + untold])
    assert "without a time of its own (1)" in " ".join(written(draw_chart("dossiers_online")))
    assert "Mục tiêu không nêu thời hạn (1)" in " ".join(written(draw_chart("dossiers_online", language="vi")))
    assert set(chart_rows("dossiers_online")["period_told"]) == {"sentence", "elsewhere"}


def test_a_page_shows_the_headline_of_the_published_article_and_no_day_that_nobody_knows(data, tmp_path):
    folder = data(SMALL)
    articles = [
        replace(a, cited_title="Bài <gốc>", published_precision="month") for a in read_table(folder, "articles")
    ]
    write_table(folder, "articles", articles)
    findings = check_articles(read_table(folder, "figures"), articles)
    write_table(folder, "series", build_series(read_table(folder, "figures"), articles, findings))
    page = chart_files(CHARTS["portal_accounts"])["portal_accounts.md"].decode()
    assert ', June 2023: <a href="http://case.test/case-3" lang="vi">Bài &lt;gốc&gt;</a>' in page
    assert not re.search(r"\d June 2023", page)


def test_scraped_text_on_a_page_is_text(data):
    hostile = (
        "# Cổng <script>alert(1)</script> [x](http://evil.test) {{ 7 }}\n"
        "Cổng <img src=x onerror=alert(1)> có [4.400: portal_service level service period_kind=at] dịch vụ ```{raw}."
    )
    data([hostile], publisher="Báo <b>")
    page = chart_files(CHARTS["portal_services"])["portal_services.md"].decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "Báo &lt;b&gt;" in page
    assert "<mark>4.400</mark>" in page
    (block,) = page.split('<ol class="sentences">')[1:]
    assert "\n\n" not in block.split("</ol>")[0]  # an empty line would end the HTML, and Markdown would begin


def test_a_link_that_is_no_web_address_is_no_link(data, monkeypatch):
    data(SMALL)
    chart = CHARTS["portal_services"]
    monkeypatch.setattr("reform_figures.charts.publishing.chart_rows",
                        lambda name: chart_rows(name).assign(link="javascript:alert(1)"))  # fmt: skip
    assert "javascript:" not in chart_files(chart)["portal_services.md"].decode()


def test_a_name_that_is_not_known_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match="unknown chart 'share_onlin'; nearest known: share_online"):
        draw_chart("share_onlin")


def test_a_named_chart_takes_other_rows_another_title_another_language(data):
    data(SMALL)
    rows = chart_rows("portal_accounts")
    chart = draw_chart("portal_accounts", rows=rows, title="Của tôi", language="vi")
    assert {"Của tôi", "khoảng 3,9 triệu"} <= set(written(chart))


@pytest.mark.parametrize(("language", "part"), [("en", "two articles"), ("vi", "hai bài")])
def test_things_are_counted_by_the_number_of_articles_that_tell_them(language, part):
    counts = pd.DataFrame({"theme": ["staff"] * 3 + ["units"], "articles": [1, 2, 5, 1], "things": [1200, 3, 1, 2]})
    texts = written(plot_sources(counts, title="T", language=language))
    assert {part, "2", "1,200 + 3 + 1" if language == "en" else "1.200 + 3 + 1"} <= set(texts)


YEARS = (
    "Trong năm 2022 giảm [90: staff_total level person direction=down period=2022] người.",
    "Từ đầu năm đến 15/12/2023 giảm [80: staff_total level person direction=down period_kind=since "
    "period=2023-12-15 base=2023-01-01] người.",
    "Đến nay giảm [700: staff_total level person direction=down period_kind=since period=2022] người; so với 2015 giảm "
    "[900: staff_total level person direction=down period_kind=since period=2022 base=2015] người.",
    "Giai đoạn 2016-2021 giảm [600: staff_total level person direction=down period=2016-01-01/2021-12-31] người.",
)


def test_cuts_of_a_year_and_cuts_of_longer_are_two_charts(data):
    data(YEARS)
    assert sorted(chart_rows("staff_cuts_by_year")["value"]) == [80, 90]
    assert sorted(chart_rows("staff_cuts_cumulative")["value"]) == [600, 700, 900]


def test_a_cut_of_communes_has_the_states_of_its_own_article_that_lie_so_far_apart(data):
    data([
        "Thanh Hóa giảm [76: commune_unit level admin_unit direction=down area=VN-21 period=2019] xã, từ "
        "[635: commune_unit level admin_unit area=VN-21 period=2019] còn "
        "[559: commune_unit level admin_unit area=VN-21 period=2019] xã.",
        "Lào Cai giảm [10: commune_unit level admin_unit direction=down area=VN-02 period=2020] xã.",
    ])  # fmt: skip
    rows = chart_rows("commune_mergers").set_index("area")
    assert tuple(rows.loc["VN-21", ["value", "before", "after"]]) == (76, 635, 559)
    assert rows.loc["VN-02", ["before", "after"]].isna().all()
    assert len(rows) == 2


def test_the_numbers_most_told_come_first_with_the_articles_that_tell_another(data):
    told = "Cổng có [{}: portal_service level service period=2022 period_kind=at] dịch vụ."
    data([told.format("4.400"), told.format("4.400"), told.format("3.805")])
    rows = chart_rows("most_told")
    assert list(zip(rows["value"], rows["articles"], rows["others"], strict=True)) == [(4400, 2, 1), (3805, 1, 2)]
    chart = draw_chart("most_told")
    assert {"2 + 1", "1 + 2", "articles that tell another number"} <= set(written(chart))
    assert "Services on the national portal, Whole country, 2022: 4,400 services: 2 + 1" in chart.alt
