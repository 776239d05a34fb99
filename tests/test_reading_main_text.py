"""Articles on pages whose layout nobody declared: what is read out of them, and what is never guessed.

"Xã Bình An" (Bình An commune) is made up; the layouts are those of sites that no content system made.
"""

import json
import subprocess
import sys
import time

import pytest

from reform_figures.portals import PORTALS
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Page

TITLE = "Xã Bình An đưa bộ phận một cửa lên mạng"
SITE = "Cổng thông tin điện tử xã Bình An"
BODY = [
    "Chiều 14/4, xã Bình An mở quầy hướng dẫn nộp hồ sơ qua mạng tại nhà văn hóa thôn Đông.",
    "Sau ba tháng, 72% hồ sơ của xã được nộp trực tuyến, hồi đầu năm mới là 41%, tăng 31 điểm phần trăm.",
    "Cả xã có 9 tổ công nghệ số, mỗi tổ 5 người, trực vào tối thứ ba và thứ năm hằng tuần.",
    "Trong quý I, bộ phận một cửa nhận 1.204 hồ sơ, trả trước hạn và đúng hạn 1.187 hồ sơ.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in BODY)
HEADER = (
    f"<div><h1>{SITE}</h1><span>Hôm nay, 29/11/2026</span><a href='/'>Trang chủ</a><a href='/tin'>Tin tức</a></div>"
)
FOOTER = "<div>Trụ sở: thôn Đông, xã Bình An. Điện thoại: 0123 456 789. Cấp phép ngày 02/01/2015.</div>"


def page_of(middle: str, head: str = f"<title>{TITLE} - {SITE}</title>") -> str:
    opening = f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8>{head}</head><body>"
    return f"{opening}{HEADER}{middle}{FOOTER}</body></html>"


def read(page: str, **known):
    return read_article(Page(url="http://xa.test/tin/12", body=page.encode()), **known)


def told(article, *roles: str) -> list[str]:
    return [p.text for p in article.paragraphs if p.role in (roles or ("lead", "body"))]


LAYOUTS = {
    "named divisions": f"<div class=o1><h1>{TITLE}</h1><div class=o2>{PARAGRAPHS}</div></div>",
    "tables of the nineties": (
        "<table width=760><tr><td width=150><a href=/a>Giới thiệu</a><br><a href=/b>Tin tức</a></td><td>"
        f"<font size=4><b><h1>{TITLE}</h1></b></font><table><tr><td>{PARAGRAPHS}</td></tr></table></td></tr></table>"
    ),
    "breaks for paragraphs": f"<div id=x><h1>{TITLE}</h1><div id=y>{'<br><br>'.join(BODY)}</div></div>",
    "divisions for paragraphs": f"<section><h1>{TITLE}</h1>{''.join(f'<div>{text}</div>' for text in BODY)}</section>",
    "a span around every word": (
        f"<div><h1>{TITLE}</h1><div class=z>"
        + "".join("<p>" + " ".join(f"<span>{w}</span>" for w in text.split()) + "</p>" for text in BODY)
        + "</div></div>"
    ),
    "never closed": f"<div><h1>{TITLE}<div><p>{'<p>'.join(BODY)}",
    "a headline that is no h1": f"<div><div class=tieude>{TITLE}</div><div class=z>{PARAGRAPHS}</div></div>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headline_and_every_paragraph_are_read(layout):
    article = read(page_of(LAYOUTS[layout]))
    assert article.portal == PORTALS["fallback"].label
    assert article.title == TITLE
    assert told(article) == BODY
    assert article.published_at is None


def test_the_label_names_the_package_and_its_version():
    import trafilatura

    assert PORTALS["fallback"].label == f"trafilatura {trafilatura.__version__}"


@pytest.mark.parametrize("title", ["Bộ Nội vụ họp báo quý I", "Tỉnh Bình An - một năm nhìn lại", TITLE])
@pytest.mark.parametrize("said", ["{}", "{} - " + SITE, SITE])
def test_a_headline_may_open_like_the_name_of_a_site(title, said):
    head = f"<title>{said.format(title)}</title>"
    page = page_of(f"<div><h1>{title}</h1><div class=z>{PARAGRAPHS}</div></div>", head)
    assert read(page.replace(f"<h1>{SITE}</h1>", f"<div>{SITE}</div>")).title == title


def test_the_name_of_the_site_is_no_headline():
    page = page_of(f"<div class=z>{PARAGRAPHS}</div>", f"<title>{SITE}</title>")
    with pytest.raises(UnreadablePage):
        read(page.replace(f"<h1>{SITE}</h1>", f"<div>{SITE}</div>"))


def test_a_source_may_ask_for_it_by_name():
    page = page_of(f"<h1 class=title>{TITLE}</h1><div class=article-content>{PARAGRAPHS}</div>")
    assert read(page, portal="fallback").portal.startswith("trafilatura")
    assert read(page).portal == PORTALS["common"].label


def test_the_usual_names_give_way_where_they_hold_much_less():
    page = page_of(
        f"<div class=content><p>Liên hệ: 0123 456 789.</p></div><h1>{TITLE}</h1><div class=z>{PARAGRAPHS}</div>"
    )
    article = read(page)
    assert article.portal.startswith("trafilatura")
    assert told(article) == BODY


def test_lists_tables_and_headings_keep_their_roles():
    middle = (
        f"<div><h1>{TITLE}</h1><div class=z>{PARAGRAPHS}<h3>Kết quả cụ thể</h3>"
        "<ul><li>Khai sinh: 120 hồ sơ.</li><li>Đất đai: 85 hồ sơ.</li></ul>"
        f"<p>{BODY[1]} Đây là kết quả cao nhất.</p>"
        "<table><tr><td>Thôn</td><td>Hồ sơ</td></tr><tr><td>Đông</td><td>120</td></tr></table></div></div>"
    )
    article = read(page_of(middle))
    assert told(article, "heading") == ["Kết quả cụ thể"]
    assert told(article, "list_item") == ["Khai sinh: 120 hồ sơ.", "Đất đai: 85 hồ sơ."]
    assert told(article, "table_row") == ["Thôn | Hồ sơ", "Đông | 120"]


def test_a_box_of_other_news_in_the_text_is_furniture():
    box = (
        "<div class=hop><b>Đọc thêm</b><a href=/1>Xã Yên Hòa giải quyết 98% hồ sơ đúng hạn trong năm qua</a>"
        "<a href=/2>Huyện chi 12 tỷ đồng mua máy tính</a></div>"
    )
    paragraphs = [f"<p>{text}</p>" for text in BODY]
    middle = f"<div><h1>{TITLE}</h1><div class=z>{''.join([*paragraphs[:2], box, *paragraphs[2:]])}</div></div>"
    article = read(page_of(middle))
    assert told(article) == BODY
    assert not any("98%" in text or "12 tỷ" in text for text in told(article, "body", "lead", "heading", "list_item"))


# --- dates


def linked(*articles: tuple[str, str]) -> str:
    data = [{"@type": "NewsArticle", "headline": headline, "datePublished": date} for headline, date in articles]
    return f"<script type='application/ld+json'>{json.dumps(data, ensure_ascii=False)}</script>"


MIDDLE = f"<div><h1>{TITLE}</h1>{{}}<div class=z>{PARAGRAPHS}</div>{{}}</div>"
HEAD = f"<title>{TITLE}</title>"
DATES = [
    (
        "",
        HEAD + '<meta property="article:published_time" content="2023-04-14T19:05:00+07:00">',
        "2023-04-14T19:05:00+07:00",
    ),
    ("", HEAD + '<meta name="pubdate" content="2023-04-14">', "2023-04-14T00:00:00+07:00"),
    ('<span itemprop=datePublished content="2023-04-14T19:05:00+07:00"></span>', HEAD, "2023-04-14T19:05:00+07:00"),
    ('<time datetime="2023-04-14T12:05:00Z">hôm qua</time>', HEAD, "2023-04-14T19:05:00+07:00"),
    ("<div>Thứ sáu, 14/04/2023 19:05</div>", HEAD, "2023-04-14T19:05:00+07:00"),
    ("<p><i>Đăng ngày 14/4/2023</i></p>", HEAD, "2023-04-14T00:00:00+07:00"),
    ("", HEAD + linked((TITLE, "2023-04-14T19:05:00+07:00")), "2023-04-14T19:05:00+07:00"),
    ("", HEAD + linked(("Tin khác", "2024-01-01"), (TITLE, "2023-04-14")), "2023-04-14T00:00:00+07:00"),
    (
        "",
        HEAD + '<script type="application/ld+json">{"datePublished": "2023-04-14",}</script>',
        "2023-04-14T00:00:00+07:00",
    ),
]


@pytest.mark.parametrize(("date", "head", "published"), DATES)
def test_the_date_is_the_one_that_the_page_marks(date, head, published):
    assert read(page_of(MIDDLE.format(date, ""), head)).published_at.isoformat() == published


RELATED = "<ul><li><a href=/1>Xã họp giao ban</a> <time datetime=2024-05-06>06/05/2024</time></li></ul>"
NO_DATES = [
    ("", "", HEAD),
    ("", RELATED, HEAD),
    ("", "<aside><span itemprop=datePublished content=2024-05-06></span></aside>", HEAD),
    ("", "<div>Bình luận: Nguyễn Văn A, 07/05/2024 08:00</div>", HEAD),
    ("", "", HEAD + linked(("Tin khác", "2024-01-01"), ("Tin nữa", "2024-01-02"))),
    ("<div>Lượt xem: 212</div>", "", HEAD),
    ("", "", HEAD + '<meta property="article:modified_time" content="2024-04-14T19:05:00+07:00">'),
    ("", "", HEAD + '<meta property="article:published_time" content="hôm qua">'),
]


@pytest.mark.parametrize(("date", "behind", "head"), NO_DATES)
def test_no_date_is_guessed_from_what_is_around(date, behind, head):
    article = read(page_of(MIDDLE.format(date, behind), head))
    assert article.published_at is None
    assert told(article) == BODY


def test_an_address_with_a_day_in_it_is_no_date():
    page = Page(url="http://xa.test/2019/05/06/tin-12", body=page_of(MIDDLE.format("", "")).encode())
    assert read_article(page).published_at is None


# --- no articles

ITEMS = "".join(f"<div class=tin><a href=/tin/{n}><h4>Xã họp bàn việc số {n} của năm</h4></a></div>" for n in range(40))
REFUSED = {
    "a listing of headlines": f"<h1>Tin tức</h1>{ITEMS}",
    "a missing article": "<h1>Lỗi</h1><p>Không tìm thấy tin bài mà bạn yêu cầu. Xin quay lại trang chủ.</p>",
    "a log-in form": "<h1>Đăng nhập</h1><form><p>Tên đăng nhập</p><input><p>Mật khẩu</p><input></form>",
    "an empty page": "",
    "text without a headline": f"<div class=z>{PARAGRAPHS}</div>",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_page_without_an_article_is_refused(kind):
    with pytest.raises(UnreadablePage) as refusal:
        read(page_of(REFUSED[kind], "<title></title>"))
    assert "\n" not in str(refusal.value)


# --- hostile pages


def test_hidden_text_and_scripts_do_not_become_the_article():
    hidden = (
        f"<div style='display:none'><p>{'Mật 99% hồ sơ ẩn. ' * 20}</p></div><script>var a='{'88% ' * 200}';</script>"
    )
    article = read(page_of(MIDDLE.format(hidden, hidden)))
    assert [text for text in told(article) if "99%" in text or "88%" in text] == []


def test_deep_and_broken_pages_take_no_time():
    started = time.perf_counter()
    deep = "<div>" * 150 + MIDDLE.format("", "") + "</div>" * 150
    assert told(read(page_of(deep))) == BODY
    read(page_of(f"<h1>{TITLE}</h1><div class=z>{PARAGRAPHS * 400}</div>"))
    assert time.perf_counter() - started < 20


def test_starting_up_does_not_load_the_package():
    code = "import sys, reform_figures.reading; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_is_said_on_stderr_about_pages_without_text(capfd):
    with pytest.raises(UnreadablePage):
        read("<html></html>")
    assert capfd.readouterr().err == ""
