"""The evidence view: nothing of the text lost, nothing of it run, every figure reachable without a mouse."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from html import escape
from pathlib import Path

import pytest
from browser import CHROMIUM, shared_browser
from bs4 import BeautifulSoup
from figure_cases import read_case, write_data

from reform_figures import evidence
from reform_figures.evidence import THEME_LETTERS, article_html, article_page, index_page
from reform_figures.extracting import extract
from reform_figures.names import name_table
from reform_figures.records import Paragraph

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "scripts" / "show_evidence.py"
TEXT = (
    "# Bộ Nội vụ tổng kết công tác năm 2022\n"
    "Sau sắp xếp, các bộ giảm 17 tổng cục và 08 cục; cả nước có hơn 3,9 triệu tài khoản trên Cổng.\n"
    "Nghị quyết số 76/NQ-CP đặt mục tiêu ít nhất 90% hồ sơ được giải quyết đúng hạn."
)
HOSTILE = "# <script>alert(\"x\")</script> & 'tin'\n</p><img src=x onerror=alert(1)> giảm 17 tổng cục <b>"


def article_of(marked: str, **changes):
    article = read_case(marked)[0]
    return replace(article, **changes)


def page_of(article) -> str:
    return article_page(article, *extract(article))


def text_lines(html: str) -> list[str]:
    """The text that a page shows, line by line, without letters, cards and roles."""
    soup = BeautifulSoup(html, "lxml")
    for part in soup.select(".card, sup, .role"):
        part.decompose()
    return [line.get_text() for line in soup.select(".text .line p")]


@pytest.mark.parametrize("marked", [TEXT, HOSTILE])
def test_the_whole_text_is_shown_character_for_character(marked):
    article = article_of(marked)
    lines = [paragraph.text for paragraph in article.paragraphs]
    assert text_lines(page_of(article)) == lines
    assert text_lines(article_html(article)) == lines


def test_a_digest_names_the_article_that_it_restates_and_no_day_that_nobody_knows():
    line = Paragraph("source_line", "Nguồn: Báo Thử, 01/2023")
    article = article_of(TEXT, cited_title="Bài <gốc>", published_precision="month", publisher="Báo Thử")
    digest = replace(article, url="http://nhandan.practice.test/a", paragraphs=(*article.paragraphs, line))
    for told, words in ((digest, "Our digest of: "), (article, "Restates: ")):
        for html in (page_of(told), article_html(told)):
            about = BeautifulSoup(html, "lxml").select_one(".about").get_text()
            assert f"{words}Báo Thử, January 2023: “Bài <gốc>”" in about
            assert "10 January" not in html
    plain = BeautifulSoup(page_of(article_of(TEXT, publisher="Báo Thử")), "lxml").select_one(".about").get_text()
    assert plain.startswith("Báo Thử, 10 January 2023\n")
    listed = BeautifulSoup(index_page([(digest, "a.html", 1, 1)]), "lxml")
    assert listed.select_one(".day").get_text() == "2023-01"
    assert "1 article. Each" in listed.get_text()


def test_every_numeral_is_marked_as_figure_or_as_passed_over():
    article = article_of(TEXT)
    figures, passed = extract(article)
    soup = BeautifulSoup(page_of(article), "lxml")
    for part in soup.select(".card, sup"):
        part.decompose()
    assert [mark.get_text() for mark in soup.select(".line .figure")] == [f.text for f in figures]
    assert [mark.get_text() for mark in soup.select(".line .passed")] == [p.text for p in passed]
    assert {"17", "3,9 triệu", "90%"} <= {f.text for f in figures}
    assert {"2022", "76/NQ-CP"} <= {p.text for p in passed}


def test_a_figure_shows_its_fields_in_words_and_the_rule_of_each():
    article, (figure,) = read_case("Giảm hơn [17: general_department level organisation direction=down] tổng cục.")
    figure = replace(figure, bound="gt", rules="unit=noun_after measure=cut area=whole bound=hedge_hơn")
    card = BeautifulSoup(article_page(article, [figure], []), "lxml").select_one(".figure .card")
    assert card.select_one(".headline").get_text() == "more than 17 organisations, cut"
    assert card.select_one(".gist").get_text() == "General departments · Whole country · 2022 · reported"
    rows = {row.contents[0].get_text(): [cell.get_text() for cell in row.contents[1:]] for row in card.select(".row")}
    assert rows["value"] == ["17", "numeral"]
    assert rows["unit"] == ["organisation organisations", "noun_after"]
    assert rows["bound"] == ["gt more than", "hedge_hơn"]
    assert rows["direction"] == ["down cut", "cut"]
    assert rows["tier"] == ["not told", "whole"]


def test_what_was_before_a_change_is_not_said_to_hold_at_the_end_of_the_period():
    communes = "commune_unit level admin_unit area=VN-22 period_kind=at"
    article, figures = read_case(f"Trước sắp xếp có [460: {communes}] xã, sau sắp xếp còn [412: {communes}] xã.")
    cards = BeautifulSoup(article_page(article, figures, []), "lxml").select(".figure .card")
    kinds = [row.get_text(" ") for card in cards for row in card.select(".row") if "at " in row.get_text(" ")]
    assert ["before a change" in kind for kind in kinds] == [True, False]
    assert "at the end of the period" in kinds[1]


def test_a_number_of_what_has_no_unit_with_a_name_is_told_without_one():
    article, (figure,) = read_case("Cổng có hơn [35.000: online_service_other level other bound=gt] lượt truy cập.")
    card = BeautifulSoup(article_page(article, [figure], []), "lxml").select_one(".figure .card .headline")
    assert card.get_text() == "more than 35,000"


def test_a_numeral_passed_over_shows_its_reason():
    card = BeautifulSoup(page_of(article_of(TEXT)), "lxml").find(class_="headline", string=re.compile("legal_document"))
    assert card.get_text() == "No figure: legal_document"
    assert "number, article or clause of a legal document" in card.parent.get_text()


def test_the_numerals_passed_over_are_listed_each_with_its_reason():
    article = article_of("# Tin\nNgày 10/01/2023 và ngày 10/01/2023, theo Nghị quyết số 76/NQ-CP, giảm 17 tổng cục.")
    items = BeautifulSoup(page_of(article), "lxml").select("details li")
    told = {item.get_text() for item in items}
    assert any(text.startswith("2: ") and text.endswith(" - 10/01/2023 (2 times)") for text in told)
    assert any("legal document" in text and text.endswith(" - 76/NQ-CP") for text in told)


def test_every_mark_can_be_reached_by_keyboard_and_names_its_card():
    soup = BeautifulSoup(page_of(article_of(TEXT)), "lxml")
    marks = soup.select(".line .figure, .line .passed")
    assert marks
    for mark in marks:
        assert mark["tabindex"] == "0"
        assert mark.select_one(".card")["id"] == mark["aria-describedby"]
    ids = [element["id"] for element in soup.select("[id]")]
    assert len(ids) == len(set(ids))


def test_two_articles_in_one_notebook_have_cards_of_their_own():
    one, other = (article_html(article_of(TEXT, article_id=name)) for name in ("a", "b"))
    assert set(re.findall(r' id="([^"]+)"', one)).isdisjoint(re.findall(r' id="([^"]+)"', other))


def test_nothing_of_a_hostile_text_becomes_markup():
    article = article_of(HOSTILE, url="javascript:alert(1)", publisher='<i onclick="x">', article_id='"><script>')
    for html in (page_of(article), article_html(article), index_page([(article, 'a"b.html', 1, 1)])):
        soup = BeautifulSoup(html, "lxml")
        assert not soup.select("script, img, b:not([class=headline]):not(.about b), i[onclick]")
        assert "javascript:" not in html
        assert escape(article.title) in html.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")


def test_a_page_asks_nobody_for_anything():
    article = article_of(TEXT, url="https://tayninh.gov.vn/tin?a=1&b=2")
    html = page_of(article)
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import|<script|<link|\ssrc=", html)
    links = BeautifulSoup(html, "lxml").select("a")
    assert [(link["href"], link["rel"]) for link in links] == [(article.url, ["noopener", "noreferrer"])]


def test_a_mark_that_reaches_over_a_line_is_cut_at_its_end_and_loses_nothing():
    article, (figure,) = read_case("Giảm [17: general_department level organisation] tổng cục.")
    article = replace(article, paragraphs=(Paragraph("body", "Giảm 1"), Paragraph("body", "7 tổng cục.")))
    figure = replace(figure, end=8, text="1\n7", sentence="Giảm 1\n7 tổng cục.")
    html = article_page(article, [figure], [])
    assert text_lines(html) == ["Giảm 1", "7 tổng cục."]
    assert len(BeautifulSoup(html, "lxml").select(".line .figure")) == 2


def test_codes_without_a_name_are_shown_as_they_are():
    article, (figure,) = read_case("Giảm [17: general_department level organisation] tổng cục.")
    figure = replace(figure, unit="boat", theme="sea", area="VN-99", period="some day", value=Decimal("17"))
    html = article_page(article, [figure], [])
    assert all(code in html for code in ("boat", "sea", "VN-99", "some day"))


def test_every_theme_has_a_letter_of_its_own_and_a_look():
    assert set(THEME_LETTERS) == set(name_table("theme"))
    assert len(set(THEME_LETTERS.values())) == len(THEME_LETTERS)
    assert all(f".figure.{theme} {{" in evidence._style() for theme in THEME_LETTERS)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2: 1 for no difference, 21 for black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_ink_stands_out_from_its_ground():
    style = evidence._style()
    grounds = re.findall(r"--ink: (#\w+); --ground: (#\w+)", style)
    assert len(grounds) == len(THEME_LETTERS) + 1
    for ink, ground in grounds:
        assert contrast(ink, ground) >= 4.5
        assert contrast("#111", ground) >= 4.5
    for ink in re.findall(r"[^-]color: (#\w+)", style):
        assert contrast(ink, "#fff") >= 4.5


def test_the_index_lists_articles_by_day_with_links_that_hold():
    later, earlier = article_of(TEXT, title="Sau"), read_case(TEXT, published="2021-01-10")[0]
    rows = BeautifulSoup(index_page([(later, "b c.html", 4, 2), (earlier, "a.html", 0, 2)]), "lxml").select("tbody tr")
    assert [[cell.get_text() for cell in row.select("td")] for row in rows] == [
        ["2021-01-10", "Bộ Nội vụ tổng kết công tác năm 2022", "Báo Thử", "0", "2"],
        ["2023-01-10", "Sau", "Báo Thử", "4", "2"],
    ]
    assert [row.a["href"] for row in rows] == ["a.html", "b%20c.html"]


def run(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True)


def test_the_command_writes_a_page_an_article_and_an_index(tmp_path):
    case = read_case("Giảm [17: general_department level organisation] tổng cục.")
    write_data(tmp_path, [case, read_case("Không có số.", "case-2")])
    answer = run("--data", tmp_path, "--out", tmp_path / "out")
    assert answer.returncode == 0, answer.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["case-1.html", "case-2.html", "index.html"]
    assert "1 figure taken" in (tmp_path / "out/case-1.html").read_text(encoding="utf-8")
    assert "2 articles = 2 pages + index.html" in answer.stdout
    one = run("--data", tmp_path, "--out", tmp_path / "one", "--article", "case-2")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["case-2.html"]
    assert one.returncode == 0


def test_the_command_shows_a_text_of_ones_own(tmp_path):
    text = tmp_path / "mine.txt"
    text.write_text("Tổng kết năm 2022\n\nGiảm 17 tổng cục.\n", encoding="utf-8")
    answer = run("--text", text, "--out", tmp_path / "out")
    assert answer.returncode == 0, answer.stderr
    assert "mine.html: 1 figure + 1 passed over" in answer.stdout


def test_an_unknown_article_or_folder_is_told_in_one_sentence(tmp_path):
    write_data(tmp_path, [read_case("Không có số.")])
    for arguments, words in (
        (("--data", tmp_path, "--article", "case-7"), "unknown article 'case-7'; nearest known: case-1"),
        (("--data", tmp_path / "none"), "is not there yet; run scripts/read.py first"),
        (("--text", tmp_path / "none.txt"), "none.txt"),
    ):
        answer = run(*arguments, "--out", tmp_path / "out")
        assert answer.returncode == 1
        assert words in answer.stderr
        assert "Traceback" not in answer.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_on_a_narrow_screen_nothing_reaches_over_the_edge_and_a_focused_figure_opens_its_card(tmp_path):
    (tmp_path / "page.html").write_text(page_of(article_of(TEXT)), encoding="utf-8")
    browser = shared_browser()
    browser.open((tmp_path / "page.html").as_uri(), width=360)
    told = browser.run("""
      [...document.querySelectorAll(".line .figure, .line .passed")].map(mark => {
        mark.focus();
        const card = mark.querySelector(".card"), box = card.getBoundingClientRect(), at = mark.getBoundingClientRect();
        return {shown: getComputedStyle(card).display, left: box.left, right: box.right, gap: box.top - at.bottom};
      })
    """)
    assert browser.run("document.documentElement.scrollWidth") <= 360
    assert len(told) == sum(map(len, extract(article_of(TEXT))))
    for card in told:
        assert card["shown"] == "block"
        assert 0 <= card["left"] < card["right"] <= 360
        assert -8 <= card["gap"] < 30


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_printed_page_tells_all_figures_in_its_table_and_asks_nobody_to_point(tmp_path):
    (tmp_path / "page.html").write_text(page_of(article_of(TEXT)), "utf-8")
    browser = shared_browser()
    browser.open((tmp_path / "page.html").as_uri())
    seen = """({ rows: [...document.querySelectorAll("tbody tr")].filter(tr => tr.checkVisibility()).length,
      reasons: [...document.querySelectorAll("details li")].filter(li => li.checkVisibility()).length,
      told: document.querySelector("header").innerText })"""
    on_screen = browser.run(seen)
    browser.print_it()
    printed = browser.run(seen)
    assert (on_screen["rows"], on_screen["reasons"]) == (0, 0)
    assert "Point at a number" in on_screen["told"]
    assert (printed["rows"], printed["reasons"]) == (4, 2)  # 17, 08, 3,9 triệu, 90%; the year and the resolution
    assert "Point at a number" not in printed["told"]
    assert "the table behind the text" in printed["told"]
