"""Every portal family reads its page in tests/pages: the same small article, in the family's own mark-up.

"Xã Bình An đưa bộ phận một cửa lên mạng" (Bình An commune takes its one-stop office online) is made up for that.
"""

import re
from pathlib import Path

import pytest

from reform_figures.portals import PORTALS, Listing, recognise_portal
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Page

PAGES = Path(__file__).parent / "pages"
FILES = sorted(PAGES.iterdir())

TITLE = "Xã Bình An đưa bộ phận một cửa lên mạng"
LEAD = "Chiều 14/4, xã Bình An mở quầy hướng dẫn nộp hồ sơ qua mạng tại nhà văn hóa thôn Đông."
CAPTION = ("caption", "Cán bộ xã chỉ bà con quét mã tra cứu")
BODY = [
    ("body", "Sau ba tháng, 72% hồ sơ của xã được nộp trực tuyến, hồi đầu năm mới là 41%."),
    CAPTION,
    ("heading", "Không phải đi hai lần"),
    ("body", "Cả xã có 9 tổ công nghệ số, mỗi tổ 5 người, trực vào tối thứ ba và thứ năm."),
    ("list_item", "Khai sinh, khai tử: trả ngay trong buổi."),
    ("list_item", "Đất đai: hẹn qua tin nhắn."),
    ("table_row", "Thôn | Hồ sơ | Qua mạng"),
    ("table_row", "Đông | 120 | 96"),
    ("table_row", "Đoài | 85 | 51"),
]
WITHOUT_DATE = {"plone"}
DATE_LINES = {
    "nukeviet": "Thứ sáu - 14/04/2023 19:05",
    "moha": "19:05 14/04/2023 | Lượt xem : 212",
    "webforms": "19:05 14/04/2023 | Lượt xem : 212",
    "wordpress": "14/04/2023",
    "common": "Thứ 6, 14/04/2023 | 19:05 GMT+7",
}


def family_of(file: Path) -> str:
    return file.stem.split("-")[0]


def page_of(file: Path) -> Page:
    return Page(url=f"http://example.test/tin-tuc/binh-an-{file.stem}.html", body=file.read_bytes(), source="thu")


def test_every_family_has_a_page_here():
    assert {family_of(file) for file in FILES} == set(PORTALS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("declared", [True, False], ids=["declared", "recognised"])
def test_a_family_reads_every_part_of_its_article(file, declared):
    family = family_of(file)
    article = read_article(page_of(file), portal=family if declared else None)
    assert article.portal == PORTALS[family].label
    assert article.title == TITLE
    assert article.lead == LEAD
    assert article.author.casefold() == "mai lan"
    if family in WITHOUT_DATE:
        assert article.published_at is None
    else:
        assert article.published_at.isoformat() == "2023-04-14T19:05:00+07:00"
        assert article.event_date == "2023-04-14"
    told = [(p.role, p.text) for p in article.paragraphs]
    inner = [line for line in told if line[0] not in ("title", "date_line", "lead", "author", "furniture")]
    assert inner == ([*BODY[:2], CAPTION, *BODY[2:]] if family == "baolamdong" else BODY)
    assert [line for line in told if line[0] == "title"] == [("title", TITLE)] == told[:1]
    assert told.count(("lead", LEAD)) == 1
    if family in DATE_LINES:
        assert ("date_line", DATE_LINES[family]) in told


def test_the_headline_before_the_lead_before_the_text():
    for file in FILES:
        roles = [p.role for p in read_article(page_of(file)).paragraphs]
        assert roles.index("title") < roles.index("lead") < roles.index("body"), file.name


@pytest.mark.parametrize("name", PORTALS)
def test_a_declaration_is_complete(name):
    portal = PORTALS[name]
    assert portal.name == name
    assert portal.title
    assert portal.body or portal.reader
    assert len(portal.version.split("-")) == 2
    assert name == "common" or isinstance(portal.listing, Listing)
    assert portal.marks or name in ("common", "fallback")


def test_a_page_without_marks_belongs_to_no_family():
    assert recognise_portal("<html><body><p>Không có dấu hiệu nào.</p></body></html>") is None


def test_the_family_with_most_marks_is_taken():
    page = '<form><input name="__VIEWSTATE"><a href="/_layouts/15/x"></a><i id="s4-workspace"></i></form>'
    assert recognise_portal(page).name == "sharepoint"
    assert recognise_portal('<input name="__VIEWSTATE">').name == "webforms"


@pytest.mark.parametrize(
    ("family", "url", "published"),
    [
        ("vccorp", "https://baochinhphu.vn/mot-cua-102230414190504794.htm", "2023-04-14T19:05:04+07:00"),
        ("tandan", "https://x.gov.vn/portal/Pages/2023-4-14/mot-cua-a1b2c3.aspx", "2023-04-14T00:00:00+07:00"),
    ],
)
def test_a_date_in_the_address_counts_where_the_page_tells_none(family, url, published):
    body = (PAGES / f"{family}.html").read_text(encoding="utf-8").replace("14/04/2023 19:05", "")
    article = read_article(Page(url=url, body=body.encode()), portal=family)
    assert article.published_at.isoformat() == published


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_page_cut_anywhere_is_read_or_refused(file):
    body = file.read_bytes()
    for end in range(0, len(body), 61):
        try:
            article = read_article(Page(url="http://x.test/a", body=body[:end]))
        except UnreadablePage:
            continue
        assert article.text


def test_a_listing_is_no_article():
    entry = (
        '<article class="hentry"><h2 class="entry-title">Tin {n}</h2>'
        '<div class="entry-content"><p>Tóm tắt {n}.</p></div></article>'
    )
    page = '<link rel="https://api.w.org/"><h1>Tin tức</h1>' + "".join(entry.format(n=n) for n in range(9))
    with pytest.raises(UnreadablePage, match=r"http://x\.test/.*expected h1\.entry-title"):
        read_article(Page(url="http://x.test/", body=page.encode()))


def test_a_section_of_the_old_government_newspaper_is_no_article():
    pattern = PORTALS["baochinhphu_old"].listing.article
    assert re.search(pattern, "http://baochinhphu.vn/Tin-noi-bat/Mot-cua/457245.vgp")
    assert not re.search(pattern, "http://baochinhphu.vn/Chinh-tri/442.vgp")
