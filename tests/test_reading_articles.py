"""What `read_article` makes of whole pages beyond the families: names, dates, cited sources, and refusals.

"Nguồn: ..." (source) closes a digest and names the article that it restates.
"""

import time

import pytest

from reform_figures.page_parts import cut_site_name
from reform_figures.reading import UnreadablePage, make_article_id, read_article
from reform_figures.records import Page

PAGE = """<html {html}><head><title>Xã mở quầy một cửa - Cổng thử</title>{head}</head><body>
<h1 class="title">Xã mở quầy một cửa</h1>{date}
<div class="article-content">{body}</div></body></html>"""
BODY = "<p>Chiều ngày 10/8, xã mở quầy hướng dẫn.</p><p>Cả xã có 9 tổ công nghệ số.</p>"


def read(
    body: str = BODY, date: str = "", head: str = "", html: str = "", url: str = "http://x.test/mo-quay.html", **known
):
    text = PAGE.format(body=body, date=date, head=head, html=html)
    return read_article(Page(url=url, body=text.encode(), source="thu", raw_id="thu/1"), **known)


DATES = [
    ({"date": "<span class=date>11/08/2022 07:30</span>"}, "2022-08-11T07:30:00+07:00"),
    ({"date": "<p>Thứ năm, 11/08/2022 | 07:30 GMT+7</p>"}, "2022-08-11T07:30:00+07:00"),
    ({"date": "<p>Lượt xem: 9</p><div><span>11/08/2022</span></div>"}, "2022-08-11T00:00:00+07:00"),
    (
        {"head": '<meta property="article:published_time" content="2022-08-11T00:30:00Z">'},
        "2022-08-11T07:30:00+07:00",
    ),
    (
        {"head": '<script type="application/ld+json">{"datePublished": "2022-08-11T07:30:00+07:00"}</script>'},
        "2022-08-11T07:30:00+07:00",
    ),
    ({"body": "<p>11/08/2022 07:30</p>" + BODY}, "2022-08-11T07:30:00+07:00"),
    ({"date": "<time datetime='2022-08-11T07:30:00+07:00'>hôm qua</time>"}, "2022-08-11T07:30:00+07:00"),
    ({"date": "<span class=date>8/11/2022 7:30 AM</span>", "html": 'lang="en-us"'}, "2022-08-11T07:30:00+07:00"),
    ({"date": "<span class=date>8/11/2022 7:30 AM</span>", "html": 'lang="vi-vn"'}, "2022-11-08T07:30:00+07:00"),
]


@pytest.mark.parametrize(("page", "published"), DATES)
def test_the_publication_date_is_found_where_pages_keep_it(page, published):
    assert read(**page).published_at.isoformat() == published


@pytest.mark.parametrize(
    "page",
    [
        {},
        {"head": '<meta property="article:published_time" content="2022-08-11+0707:30:00">'},
        {"body": "<p>Chiều ngày 10/8/2022, xã mở quầy hướng dẫn nộp hồ sơ.</p>" + BODY},
        {"body": BODY + "<p>Tin cũ (11/08/2022)</p>"},
    ],
)
def test_the_day_of_the_event_is_never_taken_for_the_publication(page):
    assert read(**page).published_at is None


def test_the_visible_date_is_the_date_line_and_the_hidden_one_the_time():
    hidden = '<span hidden itemprop="datePublished">2022-08-11T07:30:00+07:00</span>'
    article = read(date=f"{hidden}<p class=date>Thứ năm, 11/08/2022</p>")
    assert [p.text for p in article.paragraphs if p.role == "date_line"] == ["Thứ năm, 11/08/2022"]
    assert article.published_at.hour == 7


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Xã mở quầy - Cổng thông tin điện tử tỉnh Thử", "Xã mở quầy"),
        ("Xã mở quầy | thu.gov.vn", "Xã mở quầy"),
        ("Một cửa - một năm nhìn lại", "Một cửa - một năm nhìn lại"),
        ("Một cửa - một năm nhìn lại – Báo Thử", "Một cửa - một năm nhìn lại"),
    ],
)
def test_only_the_name_of_the_site_is_cut_from_a_title(title, headline):
    assert cut_site_name(title) == headline


CITED = 'Nguồn: Cổng thông tin điện tử tỉnh Thử, 10/08/2022, "Tỉnh họp, bàn "một cửa""'


PORTAL, TITLE = "Cổng thông tin điện tử tỉnh Thử", 'Tỉnh họp, bàn "một cửa"'


@pytest.mark.parametrize(
    ("line", "publisher", "title", "url"),
    [
        (CITED, PORTAL, TITLE, ""),
        (f"{CITED}, https://thu.gov.vn/a?id=1", PORTAL, TITLE, "https://thu.gov.vn/a?id=1"),
        ("Nguồn: Báo Khác, 08/2022, “Một cửa”, https://k.vn/a,b.htm", "Báo Khác", "Một cửa", "https://k.vn/a,b.htm"),
        ('Nguồn: "Một cửa, một năm", Báo Khác, 10/08/2022, https://k.vn/a', "Báo Khác", "Một cửa, một năm",
         "https://k.vn/a"),
        (f"Nguồn: Báo Khác, 10/08/2022, https://k.vn/{'a' * 900}", "Báo Khác", "", f"https://k.vn/{'a' * 900}"),
        ("Nguồn: Báo Khác, https://k.vn/a, và các báo", "Báo Thử", "", "https://k.vn/a"),
        ("Nguồn: Báo Khác", "Báo Thử", "", ""),
        ("Theo: Báo Khác", "Báo Thử", "", ""),
    ],
)  # fmt: skip
def test_a_source_line_names_the_article_that_a_digest_restates(line, publisher, title, url):
    article = read(body=f"{BODY}<p>{line}</p>", publisher="Báo Thử", area="VN-37")
    assert (article.publisher, article.cited_title, article.cited_url) == (publisher, title, url)
    assert article.area == "VN-37"
    assert article.paragraphs[-1].role == "source_line"


@pytest.mark.parametrize(
    ("date", "line", "precision"),
    [
        ("10/08/2022", "Nguồn: Báo Khác, 08/2022", "month"),
        ("10/08/2022", "Nguồn: Báo Khác, 10/08/2022", "day"),
        ("10/08/2022", "Nguồn: Báo Khác", "day"),
        ("10/08/2022", "Nguồn: Báo Khác, 07/2022", "day"),  # printed anew, on a day that the page tells
        ("", "Nguồn: Báo Khác, 08/2022", ""),
    ],
)
def test_a_day_of_publication_is_no_more_exact_than_the_source_line_tells(date, line, precision):
    shown = f"<span class=date>{date}</span>" if date else ""
    article = read(date=shown, body=f"{BODY}<p>{line}</p>")
    assert (article.published_at is None) == (not date)
    assert article.published_precision == precision


def test_a_lead_that_the_editor_repeats_is_there_once():
    lead = "Xã mở quầy hướng dẫn nộp hồ sơ qua mạng."
    article = read(date=f"<h2 class=sapo>{lead}</h2>", body=f"<p>{lead}</p>{BODY}")
    assert [p.text for p in article.paragraphs if p.role == "lead"] == [lead]
    assert article.text.count(lead) == 1


@pytest.mark.parametrize("part", ['",', '", 1/2022', "“,”,", "https://a.vn,"])
def test_a_hostile_source_line_takes_no_longer_than_its_length(part):
    start = time.perf_counter()
    read(body=f'{BODY}<p>Nguồn: "https://{part * 40_000}</p>')
    read(body=f'{BODY}<p>Nguồn: "https://{part * 160}</p>')
    assert time.perf_counter() - start < 2


def test_the_article_knows_where_it_comes_from():
    article = read()
    assert (article.source, article.raw_id, article.url) == ("thu", "thu/1", "http://x.test/mo-quay.html")
    assert article.article_id == "thu-mo-quay"
    assert len(article.page_sha256) == 64


def test_the_address_after_redirects_names_the_article():
    page = Page(
        url="http://x.test/cu.html",
        final_url="http://x.test/moi.html",
        body=PAGE.format(html="", head="", date="", body=BODY).encode(),
    )
    assert (read_article(page).article_id, read_article(page).url) == ("moi", "http://x.test/moi.html")


REFUSED = {
    "a bot challenge": (b"<script>document.cookie='D1N=1';window.location.reload(true);</script>", "a bot challenge"),
    "a page without a body": (b"<html><head><title>x</title></head><body></body></html>", "no portal family"),
    "an empty file": (b"", "no portal family"),
    "a text that is no page": ("Chỉ là một dòng chữ.".encode(), "no portal family"),
    "an empty shell": (b'<html><body><div id="root"></div><script src="a.js"></script></body></html>', "JavaScript"),
    "a soft 404": ("<html><body><h1>Lỗi</h1><p>Không tìm thấy tin bài</p></body></html>".encode(), "no such article"),
    "an empty text": (b"<h1>A</h1><div class='article-content'> &nbsp; </div>", "no portal family"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_page_without_an_article_is_refused_in_one_sentence(kind):
    body, why = REFUSED[kind]
    with pytest.raises(UnreadablePage, match=why) as refusal:
        read_article(Page(url="http://x.test/a", body=body))
    assert str(refusal.value).startswith("http://x.test/a: ")
    assert "\n" not in str(refusal.value)


def test_a_new_layout_of_a_declared_family_says_where_its_selectors_belong():
    with pytest.raises(UnreadablePage, match=r"expected .*#news-bodyhtml.*portals/nukeviet\.py"):
        read(portal="nukeviet")


def test_an_answer_that_is_not_the_declared_interface_says_so():
    with pytest.raises(UnreadablePage, match="an answer of the interface that moha_api"):
        read(portal="moha_api")


def test_an_unknown_family_is_an_error_of_the_caller():
    with pytest.raises(ValueError, match="unknown portal family 'nukeveit'; known: nukeviet"):
        read(portal="nukeveit")


def test_a_page_nested_without_end_is_refused_at_once():
    started = time.perf_counter()
    with pytest.raises(UnreadablePage, match="nested more than 2000 deep"):
        read(body="<div>" * 200_000)
    assert time.perf_counter() - started < 2


def test_reading_twice_gives_the_same():
    assert read(date="<span class=date>11/08/2022</span>") == read(date="<span class=date>11/08/2022</span>")


IDS = [
    ("https://x.vn/vi/news/tin-tuc/mo-quay-1234.html", "s-mo-quay-1234"),
    ("https://x.vn/tin/mo-quay/", "s-mo-quay"),
    ("https://x.vn/ChiTiet.aspx?ItemID=37", "s-chitiet-itemid-37"),
    ("https://x.vn/Pages/default.aspx?ItemID=37&utm_source=z", "s-pages-itemid-37"),
    ("https://x.vn/?p=36", "s-p-36"),
    ("https://x.vn/-/mo-quay;jsessionid=AB12?p_p_id=1", "s-mo-quay-p-p-id-1"),
    ("https://x.vn/Đổi-mới%20một%20cửa.htm", "s-doi-moi-mot-cua"),
    ("https://x.vn/", "s-x-vn"),
    ("", "s-article"),
]


@pytest.mark.parametrize(("url", "article_id"), IDS)
def test_an_address_gives_a_name_in_small_ascii_letters(url, article_id):
    assert make_article_id("s", url) == article_id


def test_long_addresses_get_names_of_their_own():
    one, other = (make_article_id("s", f"https://x.vn/{'mot-cua-' * 20}{n}.html") for n in (1, 2))
    assert one != other
    assert max(len(one), len(other)) <= 102
