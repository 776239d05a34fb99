"""The pages of the real book as files: no request to another host, no broken link or anchor, no picture without words.

What only a browser can see is in test_book_browser.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from built_book import book_pages, built_book
from lxml import html

LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "audio": "src",
          "video": "src", "embed": "src", "object": "data", "form": "action"}  # fmt: skip
"""Elements whose address a browser asks for by itself, or sends to; a link to be followed is no request."""


@pytest.fixture(scope="module")
def book() -> Path:
    return built_book()


@cache
def tree(page: Path):
    return html.parse(str(page), html.HTMLParser(encoding="utf-8")).getroot()


@cache
def anchors(page: Path) -> set[str]:
    return {*tree(page).xpath("//@id"), *tree(page).xpath("//a/@name")}


def test_no_page_asks_another_host_for_anything(book):
    found = []
    for page in book_pages(book):
        for element in tree(page).iter(*LOADED):
            asked = [element.get(LOADED[element.tag]) or "", *re.split(r",\s*", element.get("srcset") or "")]
            canonical = element.get("rel") == "canonical"
            found += [f"{page.name}: {address}" for address in asked if urlsplit(address).netloc and not canonical]
    for style in book.rglob("*.css"):
        asked = re.findall(r"(?:@import|url\()\s*[\"']?((?:https?:)?//[^\s\"')]+)", style.read_text(encoding="utf-8"))
        found += [f"{style.name}: {address}" for address in asked]
    assert found == []


def test_every_link_and_every_anchor_leads_somewhere(book):
    broken = []
    for page in book_pages(book):
        for element in tree(page).iter():
            for name in ("href", "src"):
                address = element.get(name) if isinstance(element.tag, str) else None
                if address and not leads_somewhere(page, address):
                    broken.append(f"{page.relative_to(book)} -> {address}")
    assert broken == []


def leads_somewhere(page: Path, address: str) -> bool:
    """Whether a link leads to a file and, in a page, to a place that is there. Other hosts are not asked."""
    link = urlsplit(address)
    if link.scheme in ("data", "mailto"):
        return True
    if link.scheme or link.netloc:
        return link.scheme in ("http", "https") and re.fullmatch(r"[\w.-]+\.\w+(:\d+)?", link.netloc) is not None
    target = (page.parent / unquote(link.path)).resolve() if link.path else page
    if not target.is_file():
        return False
    is_a_view = target.name == "explorer.html" and "=" in link.fragment  # what to show, not a place
    return not link.fragment or target.suffix != ".html" or is_a_view or unquote(link.fragment) in anchors(target)


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("#here", True), ("#gone", False), ("other.html", True), ("other.html#there", True), ("other.html#here", False),
        ("gone.html", False), ("../other.html", False), ("", True), ("https://a.vn/b", True), ("https:///b", False),
        ("http//a.vn", False), ("file:///etc/passwd", False), ("explorer.html#area=VN", True),
        ("explorer.html#area", False), ("a%20file.csv", True), ("mailto:x@y.vn", True),
    ],
)  # fmt: skip
def test_a_broken_link_is_told_from_a_good_one(tmp_path, address, leads):
    (tmp_path / "page.html").write_text("<h1 id=here>x</h1>")
    (tmp_path / "other.html").write_text("<h1 id=there>x</h1>")
    (tmp_path / "explorer.html").write_text("<p>x</p>")
    (tmp_path / "a file.csv").write_text("x")
    assert leads_somewhere(tmp_path / "page.html", address) is leads


def test_every_page_can_be_reached_from_the_landing_page(book):
    reached, ahead = set(), [book / "index.html"]
    while ahead:
        page = ahead.pop()
        if page in reached:
            continue
        reached.add(page)
        links = (urlsplit(address) for address in tree(page).xpath("//a/@href"))
        local = [link.path for link in links if link.path.endswith(".html") and not link.netloc]
        ahead += [(page.parent / unquote(path)).resolve() for path in local]
    assert set(book_pages(book)) - reached == {book / "search.html"}  # opened by the search box


def test_every_picture_has_words_that_say_what_it_shows(book):
    pictures = 0
    for page in book_pages(book):
        for image in tree(page).iter("img"):
            pictures += 1
            words = (image.get("alt") or "").split()
            assert len(words) >= 5, f"{page.relative_to(book)}: {image.get('src')} says only {words}"
            assert not re.search(r"\.(png|svg|jpe?g)\b|/_images", image.get("alt")), f"{page.name}: {image.get('alt')}"
        for drawing in tree(page).xpath("//svg[not(@aria-hidden='true')]"):
            named = drawing.get("aria-label") or drawing.get("aria-labelledby") or drawing.findtext("title")
            assert named, f"{page.relative_to(book)}: a drawing without a name"
    assert pictures > 40


def test_the_landing_page_tells_the_data_and_leads_to_the_explorer(book):
    landing = tree(book / "index.html").text_content()
    assert re.search(r"The data at hand: [\d,]+ figures from \d+ of \d+ articles", landing)
    assert tree(book / "index.html").xpath("//a[@href='explorer.html']")


def test_solutions_of_exercises_wait_behind_a_fold(book):
    page = (book / "notebooks" / "90_exercises.html").read_text(encoding="utf-8")
    folded = re.findall(r"<details class=\"[^\"]*hide[^\"]*\">.*?</details>", page, re.S)
    solutions = [fold for fold in folded if "Show the solution" in fold]
    assert len(solutions) == 8
    assert all("BEGIN SOLUTION" in fold for fold in solutions)
    assert page.count("BEGIN SOLUTION") == 8
