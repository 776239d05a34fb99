"""Plain texts, as copied from pages: every character stays, every line has a part to play."""

import unicodedata
from datetime import date

import pytest

from reform_figures.reading import UnreadablePage, read_text_article

TEXT = """Skip Ribbon Commands

Xã Bình An đưa bộ phận một cửa lên mạng

Tin tức - Sự kiện\xa0Tin trong xã
Xã Bình An đưa bộ phận một cửa lên mạng
MAI LAN 19:05, 14/04/2023 | Lượt xem: 212
Chiều 14/4, xã Bình An mở quầy hướng dẫn nộp hồ sơ qua mạng.

z36_a.jpg\x20
Quầy hướng dẫn ở nhà văn hóa
Không phải đi hai lần
Sau ba tháng, 72% hồ sơ của xã nộp trực tuyến; hồi đầu năm mới là 41%. Cả xã có 9 tổ công nghệ số, mỗi tổ 5 người.
Mai Lan
Từ khóa: một cửa
"""
ROLES = [
    "furniture", "blank", "title", "blank", "furniture", "furniture", "date_line", "lead", "blank", "furniture",
    "caption", "heading", "body", "author", "furniture", "blank",
]  # fmt: skip


def read(text: str, **known):
    return read_text_article(text, **{"name": "binh-an", "published": date(2023, 4, 14), **known})


def test_each_line_plays_its_part():
    article = read(TEXT, publisher="Báo Thử", area="VN-37")
    assert [p.role for p in article.paragraphs] == ROLES
    assert article.title == "Xã Bình An đưa bộ phận một cửa lên mạng"
    assert article.lead == "Chiều 14/4, xã Bình An mở quầy hướng dẫn nộp hồ sơ qua mạng."
    assert (article.article_id, article.publisher, article.area) == ("binh-an", "Báo Thử", "VN-37")
    assert article.author == "Mai Lan"
    assert article.event_date == "2023-04-14"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "text", [TEXT, TEXT.strip(), "Một dòng.", "\n\nMột.\n\n", "Một\r\nHai\r\n", "a\u200bb\n\n\n\nc"]
)
def test_the_text_of_the_article_is_the_given_text(text, form):
    assert read(unicodedata.normalize(form, text)).text == unicodedata.normalize("NFC", text)


def test_the_hour_comes_from_the_date_line_of_the_same_day():
    assert read(TEXT).published_at.isoformat() == "2023-04-14T19:05:00+07:00"
    assert read(TEXT, published=date(2023, 4, 15)).published_at.isoformat() == "2023-04-15T00:00:00+07:00"
    assert read(TEXT, published=None).published_at.isoformat() == "2023-04-14T19:05:00+07:00"


def test_a_text_that_starts_with_a_paragraph_has_the_title_of_the_index():
    text = "Sáng 6/7, xã họp tổng kết sáu tháng. Dự có đại diện các thôn.\nXã nhận 204 hồ sơ."
    article = read(text, title="Xã tổng kết sáu tháng", published=date(2022, 7, 7))
    assert article.title == "Xã tổng kết sáu tháng"
    assert [p.role for p in article.paragraphs] == ["lead", "body"]
    assert article.event_date == "2022-07-06"


def test_a_text_without_letters_is_refused():
    with pytest.raises(UnreadablePage, match="binh-an: the text has no letters"):
        read("\n 1 2 3 \n")
