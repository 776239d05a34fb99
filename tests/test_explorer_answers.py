"""The explorer's answers: a subject of a place, the latest number, the citation and the file to take away."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from browser import needs_chromium
from explorer_cases import SEARCH, VERSIONS, province_data, run_in_browser
from figure_cases import read_case

from reform_figures.explorer import explorer_data, explorer_page
from reform_figures.loading import DATA_VARIABLE
from reform_figures.series import build_series
from reform_figures.tables import csv_text, read_table
from reform_figures.tracing import TracedObservation, trace_observations

pytestmark = needs_chromium
ROOT = Path(__file__).resolve().parents[1]

VILLAGES = "village_unit level admin_unit area=VN-22 tier=commune"
PLANS = (
    (
        f"Trước sáp nhập, Nghệ An có [5.884: {VILLAGES} period=2019-12 period_kind=at] xóm. "
        f"Sau sáp nhập còn [3.983: {VILLAGES} period=2021 period_kind=at] xóm.",
        "2022-01-10",
    ),
    (
        f"Tỉnh sáp nhập [1.294: {VILLAGES} area=VN-69 period=2018-01-01/2019-12-31 period_kind=in] xóm, lập ra "
        f"[598: {VILLAGES} area=VN-69 period=2019 period_kind=at] xóm.",
        "2020-01-10",
    ),
    ("Đến năm 2026, còn [105: commune_unit level admin_unit area=VN-22 tier=commune period=2026 period_kind=at "
     "status=target] xã.", "2023-01-10"),
    ("Bộ phận một cửa xử lý [91%: one_stop share percent]; mức hài lòng là [90%: sipas share percent].", "2023-01-11"),
)  # fmt: skip


@pytest.fixture(scope="module")
def villages() -> str:
    cases = [read_case(text, f"case-{n}", day, f"Báo {n}") for n, (text, day) in enumerate(PLANS)]
    articles, figures = [article for article, _ in cases], [figure for _, told in cases for figure in told]
    return explorer_page(
        explorer_data(build_series(figures, articles, []), figures, articles, [], VERSIONS), {"en": "", "vi": ""}
    )


def test_what_was_before_a_change_keeps_its_mark_and_is_never_the_latest_number(tmp_path, villages):
    probe = """
      const overview = () => [...document.querySelectorAll("#overview tbody tr")].map(tr => tr.textContent);
      const go = (area) => { const field = document.querySelector("#area"); field.value = area;
        field.dispatchEvent(new Event("change")); };
      told.nghean = overview(); told.when = [...document.querySelectorAll("#rows tr")].map(tr =>
        tr.children[1].textContent + ": " + tr.children[2].textContent);
      document.querySelectorAll("#rows button")[0].click();
      told.before = document.querySelectorAll("#detail dd")[2].textContent;
      document.querySelectorAll("#rows button")[2].click();
      told.plan = document.querySelectorAll("#detail dd")[2].textContent;
      go("VN-69"); told.thainguyen = overview();
    """
    told = run_in_browser(tmp_path, villages, "#indicator=&area=VN-22", probe)
    assert told["nghean"][1:] == [
        "Communes, administrative units (1)105 administrative unitsby 2026, target",
        "Villages and residential groups, administrative units (2)3,983 administrative units2021, after the change",
    ]
    assert told["when"] == [
        "December 2019, before the change: 5,884 administrative units",
        "2021, after the change: 3,983 administrative units",
        "by 2026: 105 administrative units",
    ]
    assert told["before"] == "December 2019, before the change"
    assert told["plan"] == "by 2026"
    assert told["thainguyen"][1].endswith("(2)598 administrative units2019")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Nghệ An villages", "Villages and residential groups, administrative units: Nghệ An 2 figures"),
        ("sáp nhập thôn Nghệ An", "Villages and residential groups, administrative units: Nghệ An 2 figures"),
        ("communes in nghe an", "Communes, administrative units: Nghệ An 1 figure"),
        ("xã của tỉnh Nghệ An", "Communes, administrative units: Nghệ An 1 figure"),
        ("tỉnh Nghệ An", "Nghệ An 3 figures"),
        ("cả nước một cửa", "One-stop offices, share, %: Whole country 1 figure"),
    ],
)
def test_a_place_and_a_subject_in_one_search_find_the_subject_of_that_place(tmp_path, villages, words, found):
    probe = f"""{SEARCH} told.found = ask("{words}"); document.querySelector("#found button").click();
      told.hash = location.hash;"""
    told = run_in_browser(tmp_path, villages, "", probe)
    assert told["found"][0] == found
    assert all("Nghệ An" in one or "Whole country" in one for one in told["found"])
    assert "area=VN" in told["hash"]
    assert ("indicator=&" in told["hash"]) == (words == "tỉnh Nghệ An")


def test_a_search_that_finds_nothing_says_so_beneath_its_field(tmp_path, villages):
    probe = f"""{SEARCH}
      const seen = (words) => ({{found: ask(words), text: document.querySelector("#search-told").textContent}});
      told.town = seen("Cửa Lò"); told.salary = seen("lương Nghệ An"); told.none = seen("");
      const field = document.querySelector("#find").getBoundingClientRect(); seen("xyzzy");
      told.gap = document.querySelector("#search-told").getBoundingClientRect().top - field.bottom;
      told.vi = (document.querySelector("[data-language=vi]").click(), seen("Cửa Lò").text);
    """
    told = run_in_browser(tmp_path, villages, "", probe)
    assert told["town"]["found"] == []
    assert told["town"]["text"].startswith('Nothing is found by "Cửa Lò".')
    assert told["salary"]["text"] == 'Nothing is told of Nghệ An by the words "lương". All that is told of it:'
    assert told["salary"]["found"] == ["Nghệ An 3 figures"]
    assert told["none"] == {"found": [], "text": ""}
    assert 0 <= told["gap"] < 40
    assert told["vi"].startswith('Không tìm thấy gì theo "Cửa Lò".')


def test_a_point_has_its_citation_with_a_button_in_either_language(tmp_path):
    provinces = explorer_page(province_data(), {})
    probe = """
      document.querySelector("#rows button").click();
      const line = () => document.querySelector("#citation").textContent;
      told.figure = view.figure; told.en = line();
      document.querySelector("[data-language=vi]").click(); told.vi = line();
      navigator.clipboard.writeText = (text) => { told.copied = text; return Promise.resolve(); };
      document.querySelector("#copy-citation").click();
    """
    told = run_in_browser(tmp_path, provinces, "#indicator=commune_unit.level.admin_unit&area=VN-21", probe)
    assert told["en"] == ('Báo 0, "Thanh Hóa giảm 76 xã", December 2019; as restated in a digest of Reform figures, '
                          f"version 1, data 0, figure {told['figure']}")  # fmt: skip
    assert told["vi"] == ('Báo 0, "Thanh Hóa giảm 76 xã", tháng 12/2019; theo bài tóm lược của Reform figures, '
                          f"phiên bản 1, dữ liệu 0, số liệu {told['figure']}")  # fmt: skip
    assert told["copied"] == told["vi"]


def test_the_file_of_the_page_holds_what_the_table_of_the_exports_holds(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT / "data"))
    tables = [read_table(ROOT / "data", name) for name in ("series", "figures", "articles")]
    page = explorer_page(explorer_data(*tables, [], VERSIONS), {})
    probe = "told.rows = ROWS.map(row => csvCells(row).map(cell => cell === null ? '' : String(cell)));"
    told = run_in_browser(tmp_path, page, "", probe)
    exported = list(csv.reader(io.StringIO(csv_text(TracedObservation, trace_observations(*tables)))))
    assert [row[:-2] for row in told["rows"]] == exported[1:]
