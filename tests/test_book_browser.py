"""Every page of the real book in a browser: legible in light and dark, whole at 360 pixels, asking nobody for anything.

In: the book as its readers get it, and a page of the evidence view. Each is opened once and looked at in three ways.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import LOOK, needs_chromium, shared_browser
from built_book import book_pages, built_book
from figure_cases import read_case

from reform_figures.evidence import article_page
from reform_figures.extracting import extract

pytestmark = needs_chromium

NARROW = 360
SMALLEST_CHART = 440
"""Pixels: charts are drawn some 650 wide, with letters of 8 points and more; below two thirds nobody reads them."""

OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true })"


def look_at(page: Path) -> dict:
    """What a page is like, each kind of fault under its name; a fault is a few words."""
    browser = shared_browser()
    browser.open(page.as_uri())
    browser.run(LOOK)
    browser.run(OPEN_ALL)
    browser.run("look.settled()")
    seen = {"texts": browser.run("look.texts()"), "faint": browser.run("look.faintTexts()"),
            "nameless": browser.run("look.namelessDrawings()")}  # fmt: skip
    browser.prefer(dark=True)
    browser.run("look.settled()")
    seen["theme"] = browser.run("document.documentElement.dataset.theme")
    seen["faint in the dark"] = browser.run("look.faintTexts()")
    browser.prefer(dark=False)
    browser.resize(NARROW)
    browser.run("look.settled()")
    seen["wide"] = browser.run("document.scrollingElement.scrollWidth")
    seen["cut"] = browser.run("look.cutThings()")
    seen["small"] = browser.run(f"look.picturesBelow({SMALLEST_CHART})")
    return seen | {"asked": browser.asked, "complaints": browser.complaints}


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict[str, dict]:
    """Page → what it is like; looked at once for all tests of this file."""
    evidence = tmp_path_factory.mktemp("evidence") / "evidence.html"
    article = read_case("# Bộ Nội vụ tổng kết năm 2022\nCác bộ giảm 17 tổng cục; đạt hơn 3,9 triệu tài khoản.")[0]
    evidence.write_text(article_page(article, *extract(article)), encoding="utf-8")
    book = built_book()
    return {str(page.relative_to(book)): look_at(page) for page in book_pages(book)} | {"evidence": look_at(evidence)}


def faults(seen: dict[str, dict], kind: str) -> list[str]:
    return [f"{page}: {fault}" for page, told in seen.items() for fault in told[kind]]


def test_no_page_asks_another_host_and_none_complains_in_the_console(seen):
    assert faults(seen, "asked") == []
    assert faults(seen, "complaints") == []


@pytest.mark.parametrize("kind", ["faint", "faint in the dark"])
def test_every_text_of_every_page_stands_out_from_its_ground(seen, kind):
    assert faults(seen, kind) == []


def test_the_theme_is_dark_for_who_prefers_it(seen):
    assert {told["theme"] for page, told in seen.items() if page not in ("explorer.html", "evidence")} == {"dark"}


def test_at_360_pixels_no_page_scrolls_sideways_and_nothing_is_cut(seen):
    assert {page: told["wide"] for page, told in seen.items() if told["wide"] > NARROW} == {}
    assert faults(seen, "cut") == []


def test_at_360_pixels_charts_are_large_enough_to_be_read(seen):
    assert faults(seen, "small") == []


def test_every_drawing_has_a_name(seen):
    assert faults(seen, "nameless") == []


def test_a_page_with_faults_is_found_out(tmp_path):
    (tmp_path / "chart.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="650" height="9"></svg>')
    page = tmp_path / "page.html"
    page.write_text("""<script src="https://host.test/a.js"></script><body style="color:#222">
      <main><p style="color:#777">faint</p><p style="opacity:.5">veiled</p><p style="color:#999;font-size:24px">huge</p>
      <p style="color:#777;font-size:24px">large</p><p>good</p><p style="color:#777" hidden>unseen</p>
      <div style="background:rgba(0,0,0,.5)"><p>on grey</p></div>
      <div style="overflow:hidden;width:340px"><p style="margin-left:350px;white-space:nowrap">cut off</p></div>
      <div style="overflow:auto;width:340px"><p style="width:700px;text-align:right">scrolled to</p></div>
      <img src="chart.svg" style="width:100%" alt="shrunk"><svg width="9" height="9"></svg></main>
      <div style="height:1px;width:400px"></div><script>console.error("broken")</script>""")  # fmt: skip
    told = look_at(page)
    assert [fault.rpartition(": ")[2] for fault in told["faint"]] == ["faint", "veiled", "huge", "on grey"]
    assert told["cut"] == ["p: cut off"]
    assert told["wide"] == 408
    assert told["small"] == ["344 wide: shrunk"]
    assert len(told["nameless"]) == 1
    assert told["asked"] == ["https://host.test/a.js"]
    assert "broken" in told["complaints"]
