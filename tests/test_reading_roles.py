"""Lines of a page and the parts they play. A row: mark-up as editors leave it, and the lines that a reader sees.

"Quang cảnh hội nghị" (a view of the conference) is a caption wherever it stands.
"""

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from reform_figures.page_lines import PICTURE, Line, clean_text, find_lines, node_text
from reform_figures.roles import (
    assign_roles,
    is_byline,
    is_date_line,
    is_furniture,
    is_headline,
    name_before_date,
    same_text,
)


def lines_of(markup: str) -> list[Line]:
    return find_lines(LexborHTMLParser(f"<div id=x>{markup}</div>").css_first("#x"))


def texts_of(markup: str) -> list[str]:
    return [line.text for line in lines_of(markup) if not line.marks & PICTURE]


def roles_of(markup: str, **known) -> list[tuple[str, str]]:
    lines = lines_of(markup)
    roles = assign_roles(lines, title=known.pop("title", "Nhan đề"), **known)
    return [(role, line.text) for role, line in zip(roles, lines, strict=True) if role]


LINES = [
    ("<p>một\n  hai</p><p>ba</p>", ["một hai", "ba"]),
    ("<p>một <b>hai</b>, <i>ba</i></p>", ["một hai, ba"]),
    ("một<br>hai<br/>ba", ["một", "hai", "ba"]),
    ("<div>một<div>hai</div>ba</div>", ["một", "hai", "ba"]),
    ("<p>5&nbsp;tổ</p><p>&nbsp;</p><p>&#8203;</p>", ["5\xa0tổ"]),
    ("<p>1.2&#8203;04 hồ&shy; sơ</p>", ["1.204 hồ sơ"]),
    ("<p>5.510<sup>1</sup> người, 30 km<sup>2</sup></p>", ["5.510¹ người, 30 km²"]),
    ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>", ["a", "b", "c"]),
    (
        "<table><tr><th>Xã</th><th>Số</th></tr><tr><td><p>A</p></td><td>1<br>(cũ 2)</td></tr></table>",
        ["Xã | Số", "A | 1 (cũ 2)"],
    ),
    ("<table><tr><td>Tỉnh</td><td></td><td>7</td></tr></table>", ["Tỉnh |  | 7"]),
    ("<table><tr><td><p>a</p><p>b</p><p>c</p></td><td>d</td></tr></table>", ["a", "b", "c", "d"]),
    ("<table><tr><td><img src=x></td></tr><tr><td>ảnh</td></tr></table>", ["ảnh"]),
    ("<script>a</script><style>b</style><!-- c --><p>d</p>", ["d"]),
    ("<p>một<p>hai", ["một", "hai"]),
    ("<?xml:namespace prefix = o ?><p>một</p><![CDATA[x]]>", ["một"]),
    ("<o:p>một</o:p><p>hai</p>", ["một", "hai"]),
]


@pytest.mark.parametrize(("markup", "lines"), LINES)
def test_a_reader_sees_these_lines(markup, lines):
    assert texts_of(markup) == lines


def test_all_text_of_a_body_is_in_its_lines():
    table = "<table><tr><td>e</td><td>f</td></tr></table>"
    markup = f"<div>a<p>b <span>c<em>d</em></span></p>{table}g<ul><li>h</ul><form>i</form></div>"
    words = " ".join(texts_of(markup)).replace("|", " ").split()
    assert "".join(words) == "abcdefghi"


def test_time_is_linear_in_the_number_of_elements():
    started = time.perf_counter()
    assert len(lines_of("<p>một <b>hai</b></p>" * 20_000)) == 20_000
    assert time.perf_counter() - started < 5


def test_captions_are_no_part_of_a_lead():
    lead = LexborHTMLParser("<div><figure><img alt=x><figcaption>ảnh</figcaption></figure>Xã khai trương.</div>")
    assert node_text(lead.css_first("div")) == "Xã khai trương."


def test_clean_text_keeps_the_no_break_space_inside():
    assert clean_text("\xa0 5\xa0tổ \n") == "5\xa0tổ"


BODY = "<p>Một đoạn văn có dấu chấm cuối câu.</p>"
ROLES = [
    ("<p><img src=x></p><p>Quầy số 3</p>", [("caption", "Quầy số 3")]),
    ("<p><img src=x alt='Quầy số 3'></p><p>Quầy số 3.</p>", [("caption", "Quầy số 3.")]),
    ("<p><img src=x></p><p><em>Quầy số 3 của xã.</em></p>", [("caption", "Quầy số 3 của xã.")]),
    ("<p><img src=x></p><p>Xã nhận 204 hồ sơ.</p>", [("body", "Xã nhận 204 hồ sơ.")]),
    ("<p>z36_a.jpg</p><p>Quầy số 3</p>", [("furniture", "z36_a.jpg"), ("caption", "Quầy số 3")]),
    ("<p>Quang cảnh hội nghị</p>", [("caption", "Quang cảnh hội nghị")]),
    ("<p>Chủ tịch xã phát biểu tại buổi lễ</p>" * 2, [("caption", "Chủ tịch xã phát biểu tại buổi lễ")] * 2),
    ("<p>Người dân lấy số thứ tự. Ảnh: M.L</p>", [("caption", "Người dân lấy số thứ tự. Ảnh: M.L")]),
    ("<p><strong>Kết quả bước đầu</strong></p>", [("heading", "Kết quả bước đầu")]),
    ("<h3>Kết quả bước đầu</h3>", [("heading", "Kết quả bước đầu")]),
    ("<p><b>Kết quả</b> bước đầu</p>", [("body", "Kết quả bước đầu")]),
    ("<p><a href='/tin-khac'>Xã khác cũng mở quầy</a></p>", [("furniture", "Xã khác cũng mở quầy")]),
    ("<p>Nhan đề</p>", [("furniture", "Nhan đề")]),
    ("<p>Lượt xem: 1.536</p>", [("furniture", "Lượt xem: 1.536")]),
    ("<p>Tin liên quan:</p>", [("furniture", "Tin liên quan:")]),
    ("<p style='display:none'>ẩn đi</p>", [("furniture", "ẩn đi")]),
    ("<ul><li>một việc;</li></ul>", [("list_item", "một việc;")]),
]


@pytest.mark.parametrize(("markup", "roles"), ROLES)
def test_a_line_between_paragraphs_plays_this_part(markup, roles):
    told = roles_of(BODY + BODY + markup + BODY)
    assert told[0] == told[-1] == ("body", "Một đoạn văn có dấu chấm cuối câu.")
    assert told[2:-1] == roles


ENDS = [
    ("<p style='text-align:right'><strong>Nhóm biên soạn</strong></p>", [("author", "Nhóm biên soạn")]),
    ("<p>Mai Lan</p>", [("author", "Mai Lan")]),
    ("<p>LN</p>", [("author", "LN")]),
    ("<p>Tin, ảnh: M.L</p>", [("author", "Tin, ảnh: M.L")]),
    (
        "<p>Bảo An - Hữu Phúc</p><p>Từ khóa: một cửa</p>",
        [("author", "Bảo An - Hữu Phúc"), ("furniture", "Từ khóa: một cửa")],
    ),
    ("<p>Nguồn: Báo Thử</p>", [("source_line", "Nguồn: Báo Thử")]),
    ("<p>Mai Lan</p><p>Nguồn: Báo Thử</p>", [("author", "Mai Lan"), ("source_line", "Nguồn: Báo Thử")]),
    ("<p>Quang cảnh buổi họp</p>", [("caption", "Quang cảnh buổi họp")]),
    ("<p>Tổng số: 204 hồ sơ</p>", [("body", "Tổng số: 204 hồ sơ")]),
    ("<p>Xong việc.</p>", [("body", "Xong việc.")]),
]


@pytest.mark.parametrize(("markup", "roles"), ENDS)
def test_the_last_lines_play_this_part(markup, roles):
    assert roles_of(BODY + BODY + markup)[2:] == roles


OPENINGS = [
    ("<p><b>Chiều 14/4, xã mở quầy hướng dẫn nộp hồ sơ qua mạng tại nhà văn hóa thôn.</b></p>", "", "lead"),
    ("<p>(BT) - Chiều 14/4, xã mở quầy.</p>", "", "lead"),
    ("<p>Chiều 14/4, xã mở quầy.</p>", "Chiều 14/4, xã mở quầy.", "lead"),
    ("<p>Chiều 14/4, xã mở quầy.</p>", "", "body"),
    ("<p>Chiều 14/4, xã mở quầy.</p>", "Một lời dẫn khác.", "body"),
    ("<p>14/04/2023 19:05</p>", "", "date_line"),
]


@pytest.mark.parametrize(("markup", "lead", "role"), OPENINGS)
def test_the_first_line_plays_this_part(markup, lead, role):
    assert roles_of(markup + BODY + BODY, lead=lead)[0][0] == role


def test_no_line_of_a_page_is_without_a_role():
    markup = "".join(part for part, _ in ROLES + ENDS)
    assert len(roles_of(markup)) == sum(1 for line in lines_of(markup) if not line.marks & PICTURE)


@pytest.mark.parametrize(
    ("line", "is_one", "name"),
    [
        ("Thứ Tư, 07/12/2022 - 08:15 | Lượt xem: 1.536 | Cỡ chữ: A- A A+ | In bài viết", True, ""),
        ("MAI LAN 08:13, 21/12/2023", True, "MAI LAN"),
        ("12-01-2022 15:48", True, ""),
        ("Chiều ngày 10/8/2022, tại hội trường xã, tỉnh họp", False, None),
        ("Tính đến 31/12/2022 xã có 5 tổ", False, None),
        ("Cả xã có 9 tổ", False, None),
    ],
)
def test_a_date_line_is_a_date_and_no_sentence(line, is_one, name):
    assert is_date_line(line) is is_one
    if is_one:
        assert name_before_date(line) == name


def test_words_alone_tell_furniture_only_where_the_line_is_nothing_else():
    assert is_furniture("Chia sẻ")
    assert not is_furniture("Chia sẻ tại hội nghị, bà cho biết xã có 9 tổ.")
    assert is_furniture("BCD CP03022023_1.jpg")
    assert not is_furniture("Xem thêm người dân nói gì.")


def test_a_headline_is_short_and_has_no_full_stop():
    assert is_headline("Xã đưa một cửa lên mạng: 72% hồ sơ nộp trực tuyến")
    assert not is_headline("Chiều 14/4, xã mở quầy.")


def test_a_byline_is_no_sentence():
    assert is_byline("PV")
    assert not is_byline("Xã Bình An có 9 tổ công nghệ số")


def test_same_text_looks_at_letters_only():
    assert same_text("“Một cửa” – lên mạng", '"một cửa" - lên  mạng')
    assert not same_text("", "")
