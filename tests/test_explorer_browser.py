"""The explorer in a real browser: keyboard, shared links and hostile text, at 360 pixels and in either language."""

from __future__ import annotations

import pytest
from browser import LOOK, needs_chromium
from explorer_cases import SEARCH, VERSIONS, case_data, province_data, run_in_browser

from reform_figures.explorer import explorer_data, explorer_page
from reform_figures.explorer.page import SCRIPTS, _read_beside

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def page() -> str:
    return explorer_page(case_data(), {"en": "7 figures.", "vi": "7 số liệu."})


@pytest.fixture(scope="module")
def provinces() -> str:
    return explorer_page(province_data(), {"en": "9 figures.", "vi": "9 số liệu."})


def test_a_province_is_found_by_any_of_its_names_and_leads_to_what_it_became(tmp_path, provinces):
    asked = ["binh duong", "BÌNH DƯƠNG", "Sài Gòn", "tp hcm", "HCMC", "tphcm", "hà giang"]
    probe = f"""{SEARCH} told.found = {asked}.map(ask);
      told.closed = [...document.querySelectorAll("#found button")].map(b => b.disabled);"""
    told = run_in_browser(tmp_path, provinces, "", probe)
    gone = "Bình Dương 2 figures; A part of Hồ Chí Minh City since 12 June 2025."
    city = "Hồ Chí Minh City 2 figures"
    assert told["found"][:2] == [[gone, city], [gone, city]]
    assert all(found[0] == city for found in told["found"][2:6])
    assert told["found"][6][:2] == [
        "Hà Giang no figure in these data; A part of Tuyên Quang since 12 June 2025.",
        "Tuyên Quang no figure in these data",
    ]
    assert all(told["closed"])


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("sáp nhập", "Communes, administrative units"),
        ("sap nhap", "Communes, administrative units"),
        ("merger", "Communes, administrative units"),
        ("tinh giản", "Staff of all kinds, cut, people"),
        ("staff cuts", "Staff of all kinds, cut, people"),
        ("hài lòng", "SIPAS, share, %"),
        ("satisfaction", "SIPAS, share, %"),
    ],
)
def test_an_indicator_is_found_by_everyday_words_of_either_language(tmp_path, provinces, words, first):
    told = run_in_browser(tmp_path, provinces, "", f'{SEARCH} told.found = ask("{words}")')
    assert told["found"][0].startswith(first)


def test_what_nothing_is_found_by_is_said_and_no_word_is_known_to_the_script_itself(tmp_path, provinces):
    told = run_in_browser(
        tmp_path,
        provinces,
        "",
        f'{SEARCH} told.found = ask("xyzzy"); told.text = document.querySelector("#search-told").textContent',
    )
    assert told["found"] == []
    assert told["text"].startswith('Nothing is found by "xyzzy".')
    script = "".join(_read_beside(name) for name in SCRIPTS)
    assert not any(word in script for word in ("hcmc", "HCMC", "merger;", "tinh giản", "một cửa"))


def test_a_province_shows_all_its_indicators_and_each_leads_on(tmp_path, provinces):
    probe = f"""{SEARCH}
      const seen = () => ({{heading: document.querySelector("#chart-heading").textContent, hash: location.hash,
        rows: [...document.querySelectorAll("#overview tbody tr")].map(tr => tr.textContent),
        text: document.querySelector("#overview p")?.textContent, chart: !!document.querySelector("#chart svg"),
        table: document.querySelectorAll("#rows tr").length, heads: document.querySelector("#heads").textContent}});
      ask("bình dương"); document.querySelector("#found button").click(); told.all = seen();
      told.asked = document.querySelector("#find").value;
      document.querySelector("#overview [data-figure]").click();
      told.mark = document.querySelector("#detail mark").textContent;
      told.first = document.querySelector("#indicator option").textContent;
      document.querySelector("#overview button.link").click(); told.one = seen();
      document.querySelector("#back").click(); told.back = seen();
      document.querySelector("#overview .steps button").click(); told.city = seen();
      const area = document.querySelector("#area"); area.value = "VN-21"; area.dispatchEvent(new Event("change"));
      told.other = seen();
    """
    told = run_in_browser(tmp_path, provinces, "", probe)
    assert told["all"]["heading"] == "Bình Dương: all indicators"
    assert "indicator=&area=VN-57" in told["all"]["hash"]
    assert told["all"]["text"] == "A part of Hồ Chí Minh City since 12 June 2025."
    assert told["all"]["rows"] == [
        "Reform indices",
        "SIPAS, share, % (1)91%2021",
        "Staff",
        "Staff of all kinds, cut, people (1)240 people2021 (during the period)",
    ]
    assert not told["all"]["chart"]
    assert told["all"]["table"] == 2
    assert told["all"]["heads"].startswith("Indicator")
    assert told["asked"] == ""
    assert told["mark"] == "91%"
    assert told["first"] == "All indicators: Bình Dương (2)"
    assert told["one"]["heading"] == "SIPAS, share, %: Bình Dương"
    assert told["one"]["chart"]
    assert told["back"]["heading"] == "Bình Dương: all indicators"
    assert told["city"]["heading"] == "Hồ Chí Minh City: all indicators"
    assert told["city"]["rows"][1] == "Communes, administrative units (2)322 administrative units2021"
    assert "Bình Dương" in told["city"]["text"]
    assert told["other"]["heading"] == "Thanh Hóa: all indicators"


def test_the_states_before_and_after_a_change_are_an_arrow_and_no_line(tmp_path, provinces):
    probe = """
      told.lines = document.querySelectorAll("svg .line").length;
      told.changes = document.querySelectorAll("svg .change").length;
      const x = [...document.querySelectorAll(".point > g")].map(g => g.getAttribute("transform").split(" ")[0]);
      told.same = x[0] === x[1];
      told.when = [...document.querySelectorAll("#rows td:first-child")].map(td => td.textContent);
    """
    told = run_in_browser(tmp_path, provinces, "#indicator=commune_unit.level.admin_unit&area=VN-21", probe)
    assert told["changes"] == 1
    assert told["lines"] == 1  # from 559 to 560 a year later: not from 635
    assert told["same"]
    assert told["when"] == ["1 December 2019, after the change", "December 2019, before the change", "2020"]


def test_a_districts_number_is_told_as_its_own_and_a_plan_of_before_a_merger_counts_the_old_territory(
    tmp_path, provinces
):
    probe = """
      told.district = [...document.querySelectorAll("#rows tr")].map(tr => tr.children[2].textContent);
      told.lines = document.querySelectorAll("svg .line").length;
      told.note = document.querySelector("#chart-notes").textContent;
      const area = document.querySelector("#area"); area.value = "VN-69"; area.dispatchEvent(new Event("change"));
      told.after = document.querySelector("#chart-notes").textContent;
      told.old = document.querySelectorAll("svg .line").length;
      document.querySelector("#rows button").click();
      told.when = document.querySelectorAll("#detail dd")[2].textContent;
    """
    told = run_in_browser(tmp_path, provinces, "#indicator=commune_unit.level.admin_unit&area=VN-SG", probe)
    assert told["district"] == ["Quận 3, in Hồ Chí Minh City (communes)", "Hồ Chí Minh City (communes)"]
    assert told["lines"] == 0
    assert told["note"].startswith("1 of them")
    assert "12 June 2025" in told["after"]
    assert told["old"] == 0
    assert told["when"] == "2026 (at the end of the period); told before that time was over"


def test_a_digests_sentence_is_said_to_be_ours_in_either_language(tmp_path, provinces):
    probe = """
      const wording = () => document.querySelector("#detail .wording").textContent;
      const footer = () => [...document.querySelectorAll("footer p")].filter(p => p.offsetParent)
        .map(p => p.textContent);
      document.querySelector("#rows button").click(); told.ours = wording(); told.footer = footer();
      told.terms = [...document.querySelectorAll("#detail dd")].map(d => d.textContent);
      told.published = document.querySelector("#rows tr").children[5].textContent;
      document.querySelector("[data-language=vi]").click(); told.vi = wording(); told.footer_vi = footer();
      document.querySelectorAll("#rows button")[2].click(); told.theirs = wording();
      told.csv = shownRows().map(csvCells).map(cells => Object.fromEntries(cells.map((cell, n) =>
        [DATA.file_columns[n], cell])));
    """
    told = run_in_browser(tmp_path, provinces, "#indicator=commune_unit.level.admin_unit&area=VN-21", probe)
    assert told["ours"].startswith("From our digest of the article, in our own words: not the publisher's.")
    assert told["vi"].startswith("Câu trong bản tóm lược của chúng tôi")
    assert told["theirs"] == "Nguyên văn câu của nơi đăng."
    assert told["terms"][5:8] == ["December 2019 (day unknown)", "Thanh Hóa giảm 76 xã", "Bản tóm lược"]
    assert told["published"] == "December 2019 (day unknown)"
    assert told["footer"][-1] == "9 figures."
    assert told["footer_vi"][-1] == "9 số liệu."
    assert len(told["footer_vi"]) == 2
    titles = [(row["read_from"], row["title"], row["cited_title"]) for row in told["csv"]]
    assert titles[:2] == [("digest", "Bản tóm lược", "Thanh Hóa giảm 76 xã")] * 2
    assert titles[2][0] == "article"
    assert [row["state"] for row in told["csv"]] == ["after", "before", ""]
    assert [row["other_state"] for row in told["csv"][:2]] == [row["figure_id"] for row in told["csv"][1::-1]]
    assert told["csv"][0]["area_name"] == "Thanh Hóa"


def test_arrow_keys_lead_from_point_to_sentence_and_the_address_keeps_the_view(tmp_path, page):
    probe = """
      const points = () => [...document.querySelectorAll(".point")], key = (k) => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", {key: k, bubbles: true, cancelable: true}));
      const seen = () => ({number: document.querySelector("#detail mark").textContent,
        focus: document.activeElement.getAttribute("aria-label"),
        checked: document.activeElement.getAttribute("aria-checked"),
        hash: location.hash, link: document.querySelector("#link").value.split("#")[1],
        row: document.querySelector("tr[aria-current] button").textContent});
      told.stops = points().filter(p => p.getAttribute("tabindex") === "0").length;
      told.before = document.querySelector("#detail").textContent;
      points()[0].focus(); key("ArrowRight"); told.right = seen();
      key("End"); told.end = seen(); key("ArrowRight"); told.beyond = seen();
      key("Home"); key("Enter"); told.home = seen();
      told.bold = document.querySelector("#detail blockquote").textContent;
      told.terms = [...document.querySelectorAll("#detail dd")].map(d => d.textContent);
      document.querySelector("#detail dd li button").click();
      told.other = document.querySelector("#detail mark").textContent;
      told.heading = document.activeElement.id;
      document.querySelectorAll("#rows button")[2].click();
      told.clicked = seen().number; told.address = document.querySelector("#detail a").href;
    """
    told = run_in_browser(tmp_path, page, "#indicator=online_service_level4.share.percent&area=VN", probe)
    assert told["stops"] == 1
    assert told["before"] == "Choose a point in the chart or a number in the table."
    assert told["right"]["number"] == "35,7%"
    assert told["right"]["focus"] == "35.7%, Whole country, 2020, Báo 1, articles disagree"
    assert told["right"]["checked"] == "true"
    assert told["right"]["row"] == "35.7%"
    assert told["right"]["hash"] == "#" + told["right"]["link"]
    assert "figure=case-1%3A" in told["right"]["hash"]
    assert told["end"]["number"] == told["beyond"]["number"] == "99%"
    assert "forecast" in told["end"]["focus"]
    assert told["home"]["number"] == "30%"
    assert told["bold"] == "Tỷ lệ đạt 30%."
    assert told["terms"][:2] == ["30%", "Whole country"]
    assert "10 January 2021" in told["terms"]
    assert "contradicts: " in told["terms"][-1]
    assert told["other"] == "35,7%"
    assert told["heading"] == "sentence-heading"
    assert told["clicked"] == "86%"
    assert told["address"] == "https://bao.vn/a?x=1&y=2"


def test_hedges_plans_and_disagreement_are_drawn(tmp_path, page):
    probe = """
      for (const point of document.querySelectorAll(".point")) told[point.getAttribute("aria-label").split(",")[0]] = {
        fill: point.querySelector(".shape").getAttribute("fill"), arrow: !!point.querySelector(".bound"),
        ring: !!point.querySelector(".approx"), at: point.querySelector("g").getAttribute("transform")};
      told.links = document.querySelectorAll("svg .conflict").length;
      told.marks = [...document.querySelectorAll("#marks li")].map(li => li.textContent);
    """
    told = run_in_browser(tmp_path, page, "#indicator=online_service_level4.share.percent&area=", probe)
    assert told["at least 90%"]["fill"] == told["99%"]["fill"] == "#ffffff"
    assert told["at least 90%"]["arrow"]
    assert told["more than 75%"]["arrow"]
    assert told["about 86%"]["ring"]
    assert told["30%"] != told["35.7%"]
    assert told["30%"]["fill"] == "#0b3c6f"
    assert not told["30%"]["arrow"]
    assert told["links"] == 1
    assert "hollow diamond: target" in told["marks"]
    assert "One province or other area" in told["marks"]


def test_area_status_and_language_of_a_shared_link_are_obeyed_and_the_unknown_is_told(tmp_path, page):
    probe = """
      const state = () => ({rows: [...document.querySelectorAll("#rows button")].map(b => b.textContent),
        told: document.querySelector("#told").textContent,
        title: document.querySelector("#chart-heading").textContent});
      told.shared = state(); told.lang = document.documentElement.lang;
      const area = document.querySelector("#area"); area.value = "VN-37";
      const status = document.querySelector("#status"); status.value = ""; status.dispatchEvent(new Event("change"));
      area.value = "VN-37"; area.dispatchEvent(new Event("change")); told.province = state(); told.hash = location.hash;
      document.querySelector("[data-language=en]").click(); told.english = state();
      const find = document.querySelector("#find"); find.value = "tong cuc"; find.dispatchEvent(new Event("input"));
      told.found = [...document.querySelectorAll("#indicator option")].map(o => o.value);
    """
    address = "#indicator=online_service_level4.share.percent&area=VN&status=target&lang=vi&figure=gone"
    told = run_in_browser(tmp_path, page, address, probe)
    assert told["lang"] == "vi"
    assert told["shared"]["rows"] == ["ít nhất 90%"]
    assert told["shared"]["told"].startswith("Liên kết yêu cầu nội dung không có trong dữ liệu này: gone.")
    assert told["shared"]["title"] == "Dịch vụ công trực tuyến mức độ 4, tỷ lệ, %: Cả nước"
    assert told["province"]["rows"] == ["hơn 75%"]
    assert "area=VN-37" in told["hash"]
    assert told["english"]["rows"] == ["more than 75%"]
    assert told["english"]["told"] == "1 figure from 1 article."
    assert "general_department.level.organisation.down" in told["found"]


def test_meaning_and_checks_are_told_in_the_language_of_the_view(tmp_path, page):
    probe = """
      const seen = () => { document.querySelector("#rows button").click(); return {
        about: document.querySelector("#about").textContent,
        checks: [...document.querySelectorAll("#detail dd")].at(-1).textContent,
        foreign: document.querySelectorAll("#detail [lang=en]").length}; };
      told.vi = seen(); document.querySelector("[data-language=en]").click(); told.en = seen();
    """
    told = run_in_browser(
        tmp_path, page, "#indicator=online_service_level4.share.percent&area=VN&lang=vi", probe
    )  # fmt: skip
    assert told["vi"]["about"].startswith("dịch vụ nộp hồ sơ và trả phí hoàn toàn qua mạng")
    assert told["vi"]["checks"] == "mâu thuẫn: 30% / 35,7% (2 bài: Báo 0, Báo 1): không thể cùng đúng."
    assert told["vi"]["foreign"] == 0
    assert told["en"]["about"].startswith("services that can be applied and paid for online")
    assert told["en"]["checks"].endswith("they cannot all be right.")


def test_hostile_text_is_shown_and_never_run_and_the_file_holds_no_formula(tmp_path, page):
    probe = """
      document.querySelector("#rows button").click();
      told.quote = document.querySelector("blockquote").textContent;
      told.mark = document.querySelector("mark").textContent;
      told.title = document.title; told.links = document.querySelectorAll("#detail a, main img, main b").length;
      HTMLAnchorElement.prototype.click = function () { told.file = this.download; told.kind = this.protocol; };
      document.querySelector("#download").click();
      told.csv = csvText(shownRows());
      told.cells = ["-5.5", "-5+1", "+1", "@x", "\\tx", " =1", "a\\"b", "\\uFF1D1"].map(csvCell);
    """
    told = run_in_browser(tmp_path, page, "#indicator=general_department.level.organisation.down", probe)
    assert told["quote"].startswith("=cmd|' /C calc'!A0 \U0001f600 giảm 17 tổng cục <b>&amp; </script>.")
    assert told["mark"] == "17"
    assert told["title"] == "Explore the figures - Reform figures"
    assert told["links"] == 0
    assert (told["file"], told["kind"]) == ("general_department.level.organisation.down_vn.csv", "blob:")
    head, row = told["csv"].removeprefix("\ufeff").strip().split("\r\n")
    assert head.startswith("indicator,theme,subject,measure,")
    assert ",'@SUM(1+1)," in row
    assert ",\"'=cmd|" in row
    assert ",17," in row
    assert told["cells"] == ["-5.5", "'-5+1", "'+1", "'@x", '"\'\tx"', "' =1", '"a""b"', "'\uff1d1"]


@pytest.mark.parametrize("address", ["", "#area=&lang=vi&log=1", "#indicator=&area=VN&lang=vi"])
def test_at_360_pixels_nothing_reaches_over_the_edge(tmp_path, page, address):
    probe = """
      document.querySelector("#rows button").click();
      const find = document.querySelector("#find"); find.value = "online"; find.dispatchEvent(new Event("input"));
      told.wide = document.documentElement.scrollWidth;
      told.over = [...document.querySelectorAll("main *, header *")].filter(e => !e.closest(".scroll, svg, select") &&
        e.getBoundingClientRect().right > 360.5).map(e => e.tagName + e.id);
    """
    told = run_in_browser(tmp_path, page, address, probe, width=360)
    assert told["wide"] <= 360
    assert told["over"] == []


def test_every_text_that_is_seen_has_enough_contrast(tmp_path, page):
    probe = f"""
      document.querySelector("#rows button").click();
      {LOOK}
      told.seen = look.texts(); told.faint = look.faintTexts();
    """
    told = run_in_browser(tmp_path, page, "", probe)
    assert told["seen"] > 60
    assert told["faint"] == []


def test_an_empty_series_is_told_in_a_sentence(tmp_path):
    told = run_in_browser(tmp_path, explorer_page(explorer_data([], [], [], [], VERSIONS)), "",
                          'told.text = document.querySelector("#told").textContent')  # fmt: skip
    assert told["text"] == "No figure fits this choice."
