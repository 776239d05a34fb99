"""The look at a page's bytes: it loses no page with figures of the themes, however the page is written."""

import json
import unicodedata
from pathlib import Path

import pytest

from reform_figures import tables
from reform_figures.bulk.relevance import NO_CUE, NOT_VIETNAMESE, why_irrelevant
from reform_figures.extracting import extract
from reform_figures.plain_text import read_text_article
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Page

from .archives import DATA, PROSE, ROOT, sources

SHARED = ROOT.parent / "shared" / "pages"
FOOTBALL = "Chiều nay, đội nhà thắng đậm trên sân khách trước sự cổ vũ của người hâm mộ, khép lại mùa giải đáng nhớ. "
ENGLISH = "<p>The province cut 1,234 posts in 2022, and its administrative procedures were simplified.</p>" * 9


def html(text, charset="utf-8"):
    return f"<html><head><meta charset={charset}><title>x</title></head><body>{text}</body></html>"


def has_figures_of_the_themes(article):
    return any(figure.theme != "other" for figure in extract(article)[0])


def test_no_collected_page_with_figures_of_the_themes_is_lost():
    portals = {source.name: source.portal for source in sources()}
    looked_at, passed_over = 0, []
    for row in tables.read_manifest(DATA):
        if row.kind != "article":
            continue
        body = (tables.raw_folder(DATA) / row.file).read_bytes()
        looked_at += 1
        if why_irrelevant(body, row.content_type):
            page = Page(row.url, body, row.content_type, row.final_url, row.source)
            passed_over.append(has_figures_of_the_themes(read_article(page, portal=portals[row.source])))
    assert looked_at > 300
    assert passed_over  # the other items of the portals: some have no cue
    assert not any(passed_over)


@pytest.mark.parametrize("folder", [ROOT / "tests" / "pages", SHARED])
def test_no_page_of_a_real_system_with_figures_of_the_themes_is_lost(folder):
    files = sorted(p for p in folder.rglob("*") if p.suffix in (".html", ".json"))
    if not files:
        pytest.skip(f"{folder} is not here")
    for path in files:
        if why_irrelevant(path.read_bytes(), ""):
            try:
                article = read_article(Page(f"http://portal.test/{path.name}", path.read_bytes()))
            except UnreadablePage:
                continue
            assert not has_figures_of_the_themes(article), path


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "annotated").glob("*.txt")), ids=lambda path: path.stem[:3])
def test_no_annotated_article_is_lost(path: Path):
    text = path.read_text(encoding="utf-8")
    assert has_figures_of_the_themes(read_text_article(text, name="x", published=None))
    assert why_irrelevant(html(text).encode(), "") == ""


def entities(text):
    return "".join(c if c < "\x80" else f"&#{ord(c)};" for c in text)


WRITINGS = {
    "decomposed": html(unicodedata.normalize("NFD", PROSE)).encode(),
    "decimal entities": html(entities(PROSE)).encode(),
    "hexadecimal entities": html("".join(c if c < "\x80" else f"&#x{ord(c):x};" for c in PROSE)).encode(),
    "named entities": html(
        PROSE.replace("ê", "&ecirc;").replace("ô", "&ocirc;").replace("à", "&agrave;").replace("á", "&aacute;")
    ).encode(),
    "json": json.dumps({"content": PROSE}).encode(),
    "utf-16": html(PROSE, "utf-16").encode("utf-16"),
    "utf-16 without a mark": html(PROSE, "utf-16").encode("utf-16-le"),
    "capitals": html(PROSE.upper()).encode(),
    "a tag in each wording": html(
        PROSE.replace("biên chế", "biên <b>chế</b>").replace("thủ tục", "th<i>ủ</i> tục")
    ).encode(),
    "line ends in each wording": html(PROSE.replace(" ", "\n\t")).encode(),
    "no-break spaces": html(PROSE.replace(" ", "&nbsp;")).encode(),
    "a wrong charset": html(PROSE, "iso-8859-1").encode(),
}


@pytest.mark.parametrize("name", WRITINGS)
def test_a_page_is_not_lost_by_how_its_letters_are_written(name):
    assert why_irrelevant(WRITINGS[name], "text/html") == ""


def test_a_page_in_windows_1258_is_not_lost():
    body = html(with_tones_apart(PROSE), "windows-1258").encode("windows-1258")
    assert why_irrelevant(body, "") == ""
    assert why_irrelevant(body, "text/html; charset=windows-1258") == ""


def with_tones_apart(text):
    """How that encoding writes Vietnamese: the letter with its circumflex, breve or horn, then the tone."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", char)
        tone = next((m for m in marks[1:] if m in "\u0300\u0301\u0303\u0309\u0323"), "")
        out.append(unicodedata.normalize("NFC", marks.replace(tone, "")) + tone if tone else char)
    return "".join(out)


@pytest.mark.parametrize(
    "body",
    [
        html(ENGLISH).encode(),
        html("<p>该省2022年减少1234个编制，简化行政审批事项。</p>" * 30).encode(),
        html("<p>该省2022年减少1234个编制。</p>" * 30, "gb2312").encode("gb2312"),
        html("<p>Провинция сократила 1234 должности в 2022 году.</p>" * 30, "windows-1251").encode("windows-1251"),
        html("<p>La région a supprimé 1 234 postes en 2022, l'été dernier, grâce à la réforme.</p>" * 30).encode(),
        html("<p>La r&eacute;gion a supprim&eacute; 1 234 postes en 2022.</p>" * 30).encode(),
        html(ENGLISH + "<a href=/vi>Tiếng Việt</a>").encode(),
        b"",
    ],
    ids=["English", "Chinese", "GB 2312", "Russian", "French", "entities", "link", "empty"],
)
def test_a_page_in_another_language_is_not_vietnamese(body):
    assert why_irrelevant(body, "text/html") == NOT_VIETNAMESE


def test_bytes_that_are_no_text_are_left_to_reading_to_refuse():
    assert why_irrelevant(bytes(range(256)) * 100, "text/html") == ""


def test_a_vietnamese_page_about_something_else_has_no_cue():
    assert why_irrelevant(html(FOOTBALL * 9).encode(), "") == NO_CUE


def test_an_everyday_word_is_a_cue_where_a_number_counts_it():
    # "phòng" is a room in a house, and a division of an office; five of them are counted
    assert why_irrelevant(html(FOOTBALL * 9 + "Anh ngồi trong phòng.").encode(), "") == NO_CUE
    assert why_irrelevant(html(FOOTBALL * 9 + "Cơ quan ấy nay còn 5 phòng.").encode(), "") == ""
    assert why_irrelevant(html(FOOTBALL * 9 + "Nay còn năm phòng.").encode(), "") == ""
