"""One record → one article or one reason: the family of the host, the count of what is wrong, hostile pages."""

import unicodedata
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal

import pytest

from reform_figures.bulk import pages
from reform_figures.bulk.pages import MOST_TAGS, PageReader, Taken, _refuse_unwritable
from reform_figures.bulk.relevance import NO_CUE, NOT_VIETNAMESE
from reform_figures.collecting.warc import NoPage, read_record
from reform_figures.collecting.warc_stream import BROKEN_MEMBER, Piece
from reform_figures.corrections import Correction
from reform_figures.portals import PORTALS

from .archives import PROSE, ROOT, article_page, piece, sources

READER = PageReader(sources())


def read_piece(one, reader=READER):
    (told,) = reader.read([("x.warc:0", one)])
    return told


def read(*args, **keys):
    told = read_piece(piece(*args, **keys))
    assert isinstance(told, Taken), told
    return told


def reason(*args, **keys):
    told = read_piece(piece(*args, **keys))
    assert isinstance(told, NoPage)
    return str(told)


def test_a_page_of_a_declared_host_is_read_by_its_family_with_publisher_and_area():
    taken = read(article_page(), url="http://www.tayninh.practice.test/vi/news/tin-tuc/bai-1.html")
    article = taken.article
    assert (article.source, article.publisher, article.area, article.raw_id) == (
        "practice-tayninh", "Cổng thông tin điện tử tỉnh Tây Ninh", "VN-37", "x.warc:0",
    )  # fmt: skip
    assert article.portal == PORTALS["nukeviet"].label
    assert article.article_id == "practice-tayninh-bai-1"
    assert [(f.text, f.unit, f.direction) for f in taken.figures] == [
        ("1.234", "post", "down"), ("87,5%", "percent", None),
    ]  # fmt: skip
    assert [p.text for p in taken.passed_over] == ["2022", "03/02/2023", "18:00", "2022"]
    assert taken.captured_at == "2023-03-01T12:00:00Z"


def test_a_page_of_an_unknown_host_is_read_as_its_marks_tell_and_belongs_to_the_host():
    article = read(article_page(), url="http://www.ha-xa.test/tin/bai-1.html").article
    assert (article.source, article.publisher, article.area) == ("ha-xa.test", "", "")
    assert article.article_id == "ha-xa.test-bai-1"


def test_a_page_of_no_family_is_read_by_its_main_text():
    page = f"<html><head><title>Kết quả</title></head><body><h1>Kết quả</h1><div>{PROSE * 4}</div></body></html>"
    article = read(page.encode(), url="http://ha-xa.test/1").article
    assert article.portal.startswith("trafilatura")


@pytest.mark.parametrize(
    ("url", "families"),
    [
        ("http://baochinhphu.vn/Chinh-tri/Bai/123456.vgp", ["baochinhphu_old", "vccorp"]),
        ("https://baochinhphu.vn/bai-102230101123456789.htm", ["vccorp", "baochinhphu_old"]),
    ],
)
def test_of_two_families_at_one_host_the_one_whose_addresses_fit_is_tried_first(url, families):
    archived = read_record(piece(article_page(), url=url).data)
    assert [source.portal for source in READER._sources_of(archived, url)] == families


def exported(kind):
    """A record as `scripts/export_warc.py` writes them: with what WARC has no header for."""
    ours = f"Reform-Figures-Source: practice-hanam\r\nReform-Figures-Kind: {kind}\r\n".encode()
    body = (ROOT / "tests" / "pages" / "sharepoint.html").read_bytes()
    data = piece(body, url="http://elsewhere.test/Pages/bai-2.aspx").data
    return Piece(0, data.replace(b"WARC-Type", ours + b"WARC-Type", 1))


def test_an_export_of_ours_names_the_source_of_an_article():
    article = read_piece(exported("article")).article
    assert (article.source, article.area, article.portal) == ("practice-hanam", "VN-63", PORTALS["sharepoint"].label)


def test_a_listing_in_an_export_of_ours_is_no_article():
    assert str(read_piece(exported("listing"))) == "listing of an export"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"kind": "request"}, "no answer, but a request record"),
        ({"status": 404}, "status 404"),
        ({"content_type": "image/png"}, "no HTML or JSON, but image/png"),
        ({"url": "ftp://portal.test/"}, "no http address"),
    ],
)
def test_what_is_no_page_has_its_reason(keys, told):
    assert reason(article_page(), **keys) == told


def test_a_broken_record_has_its_reason():
    assert str(read_piece(Piece(0, b"", BROKEN_MEMBER))) == BROKEN_MEMBER


def test_what_is_wrong_with_one_record_leaves_its_neighbours_alone():
    names = [f"x:{n}" for n in range(3)]
    told = READER.read(zip(names, [piece(article_page()), piece(b"", status=404), piece(article_page())], strict=True))
    assert [one.article.raw_id if isinstance(one, Taken) else str(one) for one in told] == ["x:0", "status 404", "x:2"]


def test_what_is_not_wanted_has_its_reason():
    assert reason(b"<html><body><p>The province cut 1,234 posts.</p></body></html>") == NOT_VIETNAMESE
    assert (
        reason(article_page("<p>Chủ nhà thắng đậm trên sân khách trước sự cổ vũ của người hâm mộ.</p>", "Bóng đá"))
        == NO_CUE
    )


def test_an_unreadable_page_has_a_reason_without_its_own_words():
    listing = f"<html><head><title>Tin</title></head><body><ul><li>{PROSE}</li></ul></body></html>".encode()
    label = PORTALS["nukeviet"].label
    assert reason(listing) == f"no headline and text where {label} has them"
    assert reason(b"<html><body>" + b"<div>" * 30_000 + PROSE.encode()) == "its elements are nested more than 2000 deep"


HOSTILE = {
    "numbers without end": article_page(PROSE + "<p>" + "7 " * 200_000 + "</p>"),
    "a text without end": article_page(PROSE + "<p>" + "biên chế " * 200_000 + "</p>"),
    "a page of 5 MB": article_page(PROSE + "<p>" + "a" * 5_000_000 + "</p>"),
    "letters that are none": article_page().replace(b"\xe1\xba", b"\xff"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_one_count(name):
    assert reason(HOSTILE[name])


def test_an_unknown_page_of_too_many_tags_is_not_searched_for_its_text():
    body = article_page(PROSE + "<table><tr><td>1</table>" * MOST_TAGS)
    assert reason(body, url="http://ha-xa.test/1") == "a page larger than any article's"


def test_a_table_of_all_communes_is_read():
    rows = "".join(f"<tr><td>Xã {n}</td><td>{n * 7}</td></tr>" for n in range(600))
    taken = read(article_page(f"{PROSE}<table>{rows}</table>"))
    assert len(taken.figures) + len(taken.passed_over) > 1_000


def test_an_error_nobody_thought_of_costs_one_count(monkeypatch):
    monkeypatch.setattr(pages, "extract", lambda article: 1 / 0)
    assert reason(article_page()) == "reading failed: ZeroDivisionError"


def test_halves_of_letters_cost_one_count():
    article = read(article_page()).article
    with pytest.raises(NoPage, match="halves of letters"):
        _refuse_unwritable(replace(article, url="http://x/\ud800"), [])


@pytest.mark.parametrize(("number", "fits"), [("9" * 32, True), ("1" + "0" * 32, False), ("0.0000001", False)])
def test_a_number_that_no_column_holds_costs_one_count(number, fits):
    taken = read(article_page())
    figures = [replace(taken.figures[0], value=Decimal(number))]
    with nullcontext() if fits else pytest.raises(NoPage, match="a number that no column holds"):
        _refuse_unwritable(taken.article, figures)


def test_a_correction_of_the_article_is_applied():
    row = Correction("practice-tayninh-bai-1", "1.234", 0, "bound", "eq", "gt", "Lan", "2024-01-01", "hơn, in the scan")
    start = next(f.start for f in read(article_page()).figures if f.text == "1.234")
    taken = read_piece(piece(article_page()), PageReader(sources(), [replace(row, start=start)]))
    first = taken.figures[0]
    assert (first.value, first.bound) == (Decimal(1234), "gt")
    assert "bound=corrected:Lan" in first.rules


def test_composed_and_decomposed_letters_give_the_same_article():
    plain, apart = (article_page(unicodedata.normalize(form, PROSE)) for form in ("NFC", "NFD"))
    assert read(plain).article.paragraphs == read(apart).article.paragraphs
