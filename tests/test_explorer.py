"""The explorer: scraped text stays text, no figure is missing, keyboard and link lead to a sentence."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from figure_cases import read_case

from reform_figures.checking import check_articles
from reform_figures.explorer import explorer_data, explorer_page
from reform_figures.explorer.data import COLUMNS, explorer_words, published_address
from reform_figures.explorer.page import SCRIPTS, _read_beside, content_hash
from reform_figures.names import name_table
from reform_figures.series import build_series
from reform_figures.tables import read_table

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

HOSTILE = (
    "# </script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">\n"
    "=cmd|' /C calc'!A0 \U0001f600 giảm [17: general_department level organisation direction=down] "
    "tổng cục <b>&amp; </script>."
)
CASES = (
    ("Tỷ lệ đạt [30%: online_service_level4 share percent period=2020 period_kind=at].", "2021-01-10"),
    ("Năm 2020, tỷ lệ đạt [55,7%: online_service_level4 share percent period=2020 period_kind=at].", "2021-02-10"),
    (
        "Đạt khoảng [86%: online_service_level4 share percent period=2022-H1 period_kind=at bound=approx], phải đạt ít "
        "nhất [90%: online_service_level4 share percent period=2022 period_kind=at bound=ge status=target].",
        "2022-07-06",
    ),
    ("Dự kiến đạt [99%: online_service_level4 share percent period=2023 status=forecast].", "2022-08-01"),
    ("Tây Ninh đạt hơn [75%: online_service_level4 share percent period=2021 area=VN-37 bound=gt].", "2022-01-02"),
    (HOSTILE, "2023-01-10"),
)


@pytest.fixture(scope="module")
def data() -> dict:
    cases = [read_case(text, f"case-{n}", day, f"Báo {n}") for n, (text, day) in enumerate(CASES)]
    articles = [article for article, _ in cases]
    articles[0] = replace(articles[0], cited_url="https://bao.test/a?x=1&y=<2>")
    articles[2] = replace(articles[2], cited_url="https://bao.vn/a?x=1&y=2")
    articles[5] = replace(articles[5], cited_url="javascript:document.title='run'", publisher="@SUM(1+1)")
    figures = [figure for _, told in cases for figure in told]
    findings = check_articles(figures, articles)
    return explorer_data(build_series(figures, articles, findings), figures, articles, findings)


@pytest.fixture(scope="module")
def page(data) -> str:
    return explorer_page(data, "7 figures.")


def rows_of(data: dict) -> list[dict]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in data["rows"]]


def test_every_row_of_the_series_is_there_with_its_sentence_article_and_checks(data):
    rows = {(row["article"], row["span"]): row for row in rows_of(data)}
    assert len(rows) == 7
    row = next(row for row in rows.values() if row["value"] == "86")
    assert row["amount"] == ["about 86%", "khoảng 86%"]
    sentence = data["sentences"][row["sentence"]]
    assert sentence[row["at"] : row["at"] + row["length"]] == "86%"
    assert data["articles"][row["article"]]["link"] == "https://bao.vn/a?x=1&y=2"
    disagreeing = [row for row in rows.values() if row["verdict"] == "conflict"]
    assert [row["value"] for row in disagreeing] == ["30", "55.7"]
    assert all("cannot all be right" in data["checks"][row["checks"][-1]][1] for row in disagreeing)


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
    assert explorer_page(data, "</footer><script>x</script>").count("<script") == 2
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


def test_an_empty_series_makes_a_page(data):
    empty = explorer_data([], [], [], [])
    assert empty["rows"] == []
    assert empty["first"] == ""
    assert "<h1" in explorer_page(empty)


def test_the_page_of_the_data_at_hand_is_small_and_every_sentence_holds_its_number():
    tables = {name: read_table(ROOT / "data", name) for name in ("series", "figures", "articles", "findings")}
    if not tables["series"]:
        pytest.skip("no data at hand")
    data = explorer_data(*tables.values())
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
    assert all(contrast(c, "#ffffff") >= 3 for c in re.findall(r"colour: \"(#\w+)\"", _read_beside("chart.js")))


def run_in_browser(tmp_path: Path, page: str, address: str, probe: str, width: int = 900) -> dict:
    """What `probe` (JavaScript that sets `told`) finds in the page, opened from a file in a frame of that width."""
    probe = f"const told = {{}}; {probe}; parent.postMessage(JSON.stringify(told), '*');"
    probe = f"onload = () => setTimeout(() => {{ {probe} }}, 100);"
    allowed = page.replace("script-src '", f"script-src '{content_hash(probe)}' '", 1)
    (tmp_path / "explorer.html").write_text(allowed.replace("</body>", f"<script>{probe}</script></body>"), "utf-8")
    frame = (
        f'<meta charset=utf-8><iframe src="explorer.html{escape(address)}" width={width} height=900 style="border:0">'
        "</iframe><pre id=told></pre><script>onmessage = e => { document.getElementById('told').textContent = e.data }"
        "</script>"
    )
    (tmp_path / "frame.html").write_text(frame, "utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile",
               "--virtual-time-budget=4000", "--dump-dom", f"file://{tmp_path}/frame.html"]  # fmt: skip
    dom = subprocess.run(command, capture_output=True, text=True, timeout=60, encoding="utf-8").stdout
    return json.loads(BeautifulSoup(dom, "lxml").select_one("#told").get_text())


@pytest.mark.browser
@browser
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
      document.querySelector("#detail dd button").click();
      told.other = document.querySelector("#detail mark").textContent;
      told.heading = document.activeElement.id;
      document.querySelectorAll("#rows button")[2].click();
      told.clicked = seen().number; told.address = document.querySelector("#detail a").href;
    """
    told = run_in_browser(tmp_path, page, "#indicator=online_service_level4.share.percent&area=VN", probe)
    assert told["stops"] == 1
    assert told["before"] == "Choose a point in the chart or a number in the table."
    assert told["right"]["number"] == "55,7%"
    assert told["right"]["focus"] == "55.7%, Whole country, 2020, Báo 1, articles disagree"
    assert told["right"]["checked"] == "true"
    assert told["right"]["row"] == "55.7%"
    assert told["right"]["hash"] == "#" + told["right"]["link"]
    assert "figure=case-1%3A" in told["right"]["hash"]
    assert told["end"]["number"] == told["beyond"]["number"] == "99%"
    assert "forecast" in told["end"]["focus"]
    assert told["home"]["number"] == "30%"
    assert told["bold"] == "Tỷ lệ đạt 30%."
    assert told["terms"][:2] == ["30%", "Whole country"]
    assert "10 January 2021" in told["terms"]
    assert "contradicts: " in told["terms"][-1]
    assert told["other"] == "55,7%"
    assert told["heading"] == "sentence-heading"
    assert told["clicked"] == "86%"
    assert told["address"] == "https://bao.vn/a?x=1&y=2"


@pytest.mark.browser
@browser
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
    assert told["30%"] != told["55.7%"]
    assert told["30%"]["fill"] == "#0b3c6f"
    assert not told["30%"]["arrow"]
    assert told["links"] == 1
    assert "hollow diamond: target" in told["marks"]
    assert "One province or other area" in told["marks"]


@pytest.mark.browser
@browser
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


@pytest.mark.browser
@browser
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
    assert head.startswith("figure_id,indicator,area,")
    assert ",'@SUM(1+1)," in row
    assert ",\"'=cmd|" in row
    assert ",17," in row
    assert told["cells"] == ["-5.5", "'-5+1", "'+1", "'@x", '"\'\tx"', "' =1", '"a""b"', "'\uff1d1"]


@pytest.mark.browser
@browser
@pytest.mark.parametrize("address", ["", "#area=&lang=vi&log=1"])
def test_at_360_pixels_nothing_reaches_over_the_edge(tmp_path, page, address):
    probe = """
      document.querySelector("#rows button").click();
      told.wide = document.documentElement.scrollWidth;
      told.over = [...document.querySelectorAll("main *, header *")].filter(e => !e.closest(".scroll, svg, select") &&
        e.getBoundingClientRect().right > 360.5).map(e => e.tagName + e.id);
    """
    told = run_in_browser(tmp_path, page, address, probe, width=360)
    assert told["wide"] <= 360
    assert told["over"] == []


@pytest.mark.browser
@browser
def test_an_empty_series_is_told_in_a_sentence(tmp_path):
    told = run_in_browser(tmp_path, explorer_page(explorer_data([], [], [], [])), "",
                          'told.text = document.querySelector("#told").textContent')  # fmt: skip
    assert told["text"] == "No figure fits this choice."
