"""The explorer: scraped text stays text, no figure is missing, every control has its label in both languages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from explorer_cases import VERSIONS, case_data, rows_of
from figure_cases import read_case

from reform_figures.book import codebook_text
from reform_figures.citing import cite_figure, data_version, headline_of
from reform_figures.explorer import explorer_data, explorer_page
from reform_figures.explorer.data import explorer_words
from reform_figures.explorer.finding import area_words
from reform_figures.explorer.page import SCRIPTS, _read_beside, content_hash
from reform_figures.loading import DATA_VARIABLE, load_series
from reform_figures.names import name_table
from reform_figures.published import is_digest, published_address
from reform_figures.records import Paragraph
from reform_figures.series import build_series
from reform_figures.tables import read_table
from reform_figures.vocabulary import load_rows
from reform_figures.wording import deadline_text

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def data() -> dict:
    return case_data()


@pytest.fixture(scope="module")
def page(data) -> str:
    return explorer_page(data, {"en": "7 figures.", "vi": "7 số liệu."})


def test_every_row_of_the_series_is_there_with_its_sentence_article_and_checks(data):
    rows = {(row["article"], row["span"]): row for row in rows_of(data)}
    assert len(rows) == 7
    row = next(row for row in rows.values() if row["value"] == "86")
    assert row["amount"] == ["about 86%", "khoảng 86%"]
    sentence = data["sentences"][row["sentence"]]
    assert sentence[row["at"] : row["at"] + row["length"]] == "86%"
    assert data["articles"][row["article"]]["link"] == "https://bao.vn/a?x=1&y=2"
    disagreeing = [row for row in rows.values() if row["verdict"] == "conflict"]
    assert [row["value"] for row in disagreeing] == ["30", "35.7"]
    told = [data["checks"][row["checks"][-1]][1] for row in disagreeing]
    assert all("cannot all be right" in english and "không thể cùng đúng" in vietnamese for english, vietnamese in told)
    assert "30% / 35,7% (2 bài: Báo 0, Báo 1)" in told[0][1]


def test_the_place_of_a_number_is_counted_as_the_browser_counts(data):
    row = next(row for row in rows_of(data) if row["value"] == "17")
    units = data["sentences"][row["sentence"]].encode("utf-16-le")
    assert units[2 * row["at"] : 2 * (row["at"] + row["length"])].decode("utf-16-le") == "17"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "https://a b", 'https://a"b', "",
                                  "http://[", "http://tayninh.practice.test/tin"])  # fmt: skip
def test_an_address_that_is_no_published_page_is_none(link):
    article = replace(read_case("Không có số.")[0], url=link)
    assert published_address(article) == ""


def test_no_scraped_text_can_end_the_data_or_become_markup(data, page):
    soup = BeautifulSoup(page, "html.parser")
    data_script, script = soup.select("script")
    assert data_script["type"] == "application/json"
    assert not set("<>&") & set(data_script.string)
    assert json.loads(data_script.string) == json.loads(json.dumps(data))
    assert not soup.select("img, b, iframe, object, link, base")
    assert explorer_page(data, {"en": "</footer><script>x</script>"}).count("<script") == 2
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(", script.string)


def test_the_page_runs_its_own_script_only_and_asks_nobody_for_anything(page):
    soup = BeautifulSoup(page, "html.parser")
    policy = soup.select_one("meta[http-equiv]")["content"]
    assert "default-src 'none'" in policy
    assert f"script-src '{content_hash(soup.select('script')[1].string)}'" in policy
    assert f"style-src '{content_hash(soup.style.string)}'" in policy
    assert not soup.select("[src], [style], [onclick]")
    assert not re.search(
        r"url\(|@import|fetch\(|XMLHttpRequest|import\(", page.replace(soup.select("script")[0].string, "")
    )
    assert [a["href"] for a in soup.select("a")] == ["#chart-heading", "index.html"]


def test_every_control_has_a_label_and_every_word_two_languages(page):
    soup = BeautifulSoup(page, "html.parser")
    for control in soup.select("input, select"):
        assert soup.select_one(f"label[for={control['id']}]"), control["id"]
    words = explorer_words()
    assert all(en and vi for code, (en, vi) in words.items() if not code.startswith("scale_12"))
    assert {element["data-word"] for element in soup.select("[data-word]")} <= set(words)
    script = "".join(_read_beside(name) for name in SCRIPTS)
    assert set(re.findall(r"\bword\(\"(\w+)\"", script)) <= set(words)
    assert set(name_table("status")) == set(re.findall(r"STATUSES = \[(.*?)\]", script)[0].replace('"', "").split(", "))


def test_every_meaning_of_an_indicator_stands_in_both_languages(data):
    assert all(en and vi and en != vi for one in data["indicators"] for en, vi in [one["about"]])
    assert all(row["about_vi"] for row in name_table("subject").values())


def test_of_an_index_of_the_country_all_but_averages_stand_apart():
    texts = [
        "Mức hài lòng bình quân cả nước năm 2021 là [87%: sipas share percent period=2021 period_kind=at].",
        "Năm 2022, [90%: sipas share percent period_kind=at] người dân nói không bị phiền hà.",
        "Quảng Ninh đạt [92%: sipas share percent area=VN-13 period_kind=at].",
        "Có [3: par_index level ministry] bộ vượt mốc [95%: online_service_full share percent period_kind=at].",
    ]
    cases = [read_case(text, f"case-{n}", publisher=f"Báo {n}") for n, text in enumerate(texts)]
    articles, figures = [article for article, _ in cases], [figure for _, told in cases for figure in told]
    told = explorer_data(build_series(figures, articles, []), figures, articles, [], VERSIONS)
    assert {row["value"]: row["apart"] for row in rows_of(told)} == {"87": 0, "90": 1, "92": 0, "95": 1, "3": 0}
    assert "&& !row.apart" in _read_beside("chart.js")


def told_of(*marked: str, **fields) -> dict[str, dict]:
    """Value → row of the page, of articles told line by line."""
    cases = [read_case(text, f"case-{n}", publisher=f"Báo {n}", **fields) for n, text in enumerate(marked)]
    articles, figures = [article for article, _ in cases], [figure for _, told in cases for figure in told]
    return {
        row["value"]: row
        for row in rows_of(explorer_data(build_series(figures, articles, []), figures, articles, [], VERSIONS))
    }


def test_the_states_before_and_after_a_change_of_one_time_are_told_as_such_and_the_first_stands_apart():
    at = "commune_unit level admin_unit area=VN-21 tier=commune period_kind=at"
    rows = told_of(
        f"Trước khi sắp xếp, toàn tỉnh có [635: {at} period=2019-12] đơn vị. "
        f"Kể từ ngày 01/12/2019, con số ấy chỉ còn [559: {at} period=2019-12-01] đơn vị."
    )
    assert {value: (row["state"], row["apart"]) for value, row in rows.items()} == {
        "635": ("before", 1),
        "559": ("after", 0),
    }


def test_states_of_two_years_keep_their_mark_and_stay_on_the_line():
    at = "electronic_document share percent period_kind=at"
    rows = told_of(f"Trước sắp xếp, năm 2018 đạt [72%: {at} period=2018], nay còn [65%: {at} period=2019].")
    assert {value: (row["state"], row["apart"]) for value, row in rows.items()} == {
        "72": ("before", 0),
        "65": ("after", 0),
    }


def test_no_line_runs_through_several_numbers_that_one_article_tells_of_one_time():
    at = "commune_unit level admin_unit area=VN-02 tier=commune period=2021 period_kind=at"
    rows = told_of(f"Có [16: {at}] xã và [2: {at}] phường.", f"Tỉnh có [19: {at}] đơn vị.")
    assert {value: row["apart"] for value, row in rows.items()} == {"16": 1, "2": 1, "19": 0}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Sau khi nhập, Quận 3, Thành phố Hồ Chí Minh, có [14: {}] phường.", "Quận 3"),
        ("Thị xã Bến Cát có [14: {}] xã, phường.", "Thị xã Bến Cát"),
        ("Huyện Tràng Định đi đầu. Sau đợt này, toàn huyện còn [14: {}] xã.", "Huyện Tràng Định"),
        ("Trong đợt này, huyện nhập [14: {}] bản.", "?"),
        ("Huyện Tràng Định đạt 9 điểm; toàn tỉnh có [14: {}] xã.", ""),
        ("Thành phố Hồ Chí Minh có [14: {}] quận.", ""),
        ("Có [14: {}] quận, gồm Quận 2 và quận Thủ Đức.", ""),
        ("Trong 5 huyện, thị xã Cửa Lò có [14: {}] phường.", "thị xã Cửa Lò"),
        ("Các huyện, xã và 3 phường có [14: {}] tổ.", ""),
        ("Thị xã Cửa Lò cùng [14: {}] xã sẽ được nhập vào thành phố Vinh.", ""),
        ("Thị xã Cửa Lò và [14: {}] xã sẽ được nhập vào thành phố Vinh.", ""),
        ("Huyện Tràng Định có [14: {}] xã và 2 thị trấn.", "Huyện Tràng Định"),
        ("Thị xã Bến Cát có 3 xã và [14: {}] phường.", "Thị xã Bến Cát"),
    ],
)
def test_a_number_of_a_district_or_commune_is_not_told_as_the_whole_provinces(text, unit):
    rows = told_of(text.format("commune_unit level admin_unit area=VN-SG tier=commune period_kind=at"))
    assert rows["14"]["unit_within"] == unit


def test_numbers_of_the_country_name_no_unit():
    assert told_of("Huyện Tràng Định và cả nước có [14: commune_unit level admin_unit].")["14"]["unit_within"] == ""


def test_a_digest_is_told_from_a_published_page_and_its_headline_is_not_the_publishers():
    published = read_case("# Đầu đề\nKhông có số.")[0]
    practice = replace(published, url="http://tayninh.practice.test/tin")
    digest = replace(practice, paragraphs=(*practice.paragraphs, Paragraph("source_line", "Theo Báo Thử")))
    assert [is_digest(article) for article in (published, practice, digest)] == [False, False, True]
    assert [headline_of(article) for article in (published, digest)] == ["Đầu đề", ""]


def test_every_code_with_everyday_words_is_a_code_of_the_project_and_the_words_reach_the_page(data):
    for kind in ("theme", "subject", "measure", "direction"):
        assert set(name_table(f"find_{kind}")) <= set(name_table(kind))
    areas = {row["area"] for row in load_rows("bodies")} | set(name_table("area"))
    assert set(name_table("find_area")) <= areas
    assert "TP.HCM" in data["area_words"]["VN-SG"].split(";")
    assert "HN" in data["area_words"]["VN-HN"].split(";")
    assert "bộ tài chính" in area_words(["ORG:Bộ Tài chính"])["ORG:Bộ Tài chính"].split(";")
    assert data["merger"]["into"]["VN-57"] == "VN-SG"
    cut = next(one for one in data["indicators"] if one["code"] == "general_department.level.organisation.down")
    assert {"merger", "sáp nhập", "cut", "giảm"} <= set(cut["words"].split(";"))


def test_every_word_of_the_page_is_a_word_and_two_builds_are_the_same_to_the_byte(page):
    soup, words = BeautifulSoup(page, "html.parser"), explorer_words()
    told = {element["data-word"]: element.get_text() for element in soup.select("[data-word]")}
    assert told["copy"] == "Copy the link to this view"
    assert told == {code: words[code][0] for code in told}
    build = "from explorer_cases import *; from reform_figures.explorer import explorer_page; import hashlib; "
    build += "print(hashlib.sha256(explorer_page(case_data()).encode()).hexdigest())"
    hashes = {
        subprocess.run([sys.executable, "-c", build], cwd=ROOT / "tests", check=True, capture_output=True,
                       env=os.environ | {"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(hashes) == 1


def test_the_file_to_take_away_has_the_columns_of_the_codebook_in_their_order():
    told = explorer_data([], [], [], [], VERSIONS)["file_columns"]
    assert set(told) <= set(re.findall(r"^\| `(\w+)` \|", codebook_text(), re.MULTILINE))
    derived = {"policy", "set_aside", "holds_on", "period_told", "subject_name_vi", "area_name_vi"}
    assert [name for name in load_series().columns if name not in derived] == list(told)


def test_the_line_that_cites_a_figure_is_that_of_cite_figure(monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT / "data"))
    versions = {language: data_version(language) for language in ("en", "vi")}
    data = explorer_data(*(read_table(ROOT / "data", name) for name in ("series", "figures", "articles")), [], versions)
    for row in rows_of(data)[::40]:
        article = data["articles"][row["article"]]
        figure_id = f"{article['id']}:{row['span']}"
        for parts, language in zip(article["cite"], ("en", "vi"), strict=True):
            assert figure_id.join(parts) == cite_figure(figure_id, language)


@pytest.mark.parametrize(
    ("period", "english", "vietnamese"),
    [
        ("2026", "by 2026", "đến năm 2026"),
        ("2020-03", "by March 2020", "đến tháng 3/2020"),
        ("2019-08-26", "by 26 August 2019", "đến 26/8/2019"),
        ("2022-H2", "by the end of the second half of 2022", "đến hết 6 tháng cuối năm 2022"),
        ("2021-01-01/2025-12-31", "by 2025", "đến năm 2025"),
        ("2021-07-21/2021-08-20", "by 20 August 2021", "đến 20/8/2021"),
        ("yearly", "every year", "hằng năm"),
    ],
)
def test_a_plan_is_told_by_when(period, english, vietnamese):
    assert [deadline_text(period, language) for language in ("en", "vi")] == [english, vietnamese]


def test_an_empty_series_makes_a_page(data):
    empty = explorer_data([], [], [], [], VERSIONS)
    assert empty["rows"] == []
    assert empty["first"] == ""
    assert "<h1" in explorer_page(empty)


def test_the_page_of_the_data_at_hand_is_small_and_every_sentence_holds_its_number():
    tables = {name: read_table(ROOT / "data", name) for name in ("series", "figures", "articles", "findings")}
    if not tables["series"]:
        pytest.skip("no data at hand")
    data = explorer_data(*tables.values(), VERSIONS)
    assert len(explorer_page(data).encode()) < 1_500_000
    written = {figure.figure_id: figure.text for figure in tables["figures"]}
    for row in rows_of(data):
        units = data["sentences"][row["sentence"]].encode("utf-16-le")
        number = units[2 * row["at"] : 2 * (row["at"] + row["length"])].decode("utf-16-le")
        assert number == written[f"{data['articles'][row['article']]['id']}:{row['span']}"]


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_ink_stands_out_from_its_ground():
    style = _read_beside("explorer.css")
    for body in re.findall(r"\{([^{}]*)\}", style):
        inks = re.findall(r"(?:^|[;{ ])color: (#\w+)", body)
        grounds = re.findall(r"background: (#\w+)", body) or ["#f2f5f8"]  # the darkest ground that text inherits
        assert all(contrast(ink, ground) >= 4.5 for ink in inks for ground in grounds), body
    assert all(contrast(c, "#ffffff") >= 3 for c in re.findall(r"colour: \"(#\w+)\"", _read_beside("marks.js")))
