"""The practice portals behave like the families that they stand for.

In: texts written here, and the project's own. Out: answers over HTTP, against what was seen on real servers of
the families. "Thứ sáu - 03/02/2023 18:00" (Friday ...) is how Tây Ninh's date line really read.
"""

import importlib.util
import re
import shutil
import socket
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import requests
from bs4 import BeautifulSoup
from practice_folder import PRACTICE
from protego import Protego

from reform_figures.practice import DEFAULT_TRAPS, TRAPS, ItemError, create_app, load_items, serve, tayninh
from reform_figures.practice.items import PORTAL_NAMES as ALL_PORTALS
from reform_figures.practice.items import Block, read_item

ROOT = Path(__file__).resolve().parents[1]
PORTAL_NAMES = ("tayninh", "hanam", "daklak", "noivu", "baolamdong")
"""The portals tested here; the others have files of their own."""

HEAD = """+++
portal = "{portal}"
title = '{title}'
published = {published}
author = "{author}"
section = "{section}"
lead = '{lead}'
"""
BODY = """+++
Xã đã bỏ 3 loại giấy tờ. Người dân đi lại ít hơn; cán bộ đỡ vất vả.

## Ba việc còn lại

![Bộ phận một cửa buổi sáng](hinh-1.jpg)

- Việc thứ nhất
- Việc thứ hai

| năm | hồ sơ |
| 2022 | 120 |
"""
CITES = """
[cites]
publisher = "Báo Mẫu"
title = "Bài gốc"
published = 2023-02-01
url = "https://example.vn/bai-goc.html"
area = "VN-37"
"""


def write_item(folder: Path, slug: str, body=BODY, cites="", **fields) -> Path:
    told = {"portal": "tayninh", "title": "Một xã bỏ bớt giấy tờ", "published": "2023-02-03T18:00:00+07:00"}
    told |= {"author": "Lan Anh", "section": "tin-tuc", "lead": "Xã làm thử từ tháng 1."} | fields
    path = folder / "items" / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(**told) + cites + body, encoding="utf-8")
    return path


def new_folder(folder: Path) -> Path:
    shutil.copytree(PRACTICE / "templates", folder / "templates")
    shutil.copy(PRACTICE / "portals.toml", folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Eight items a portal, one of them full of everything and the newest but one."""
    folder = new_folder(tmp_path_factory.mktemp("practice"))
    for portal in PORTAL_NAMES:
        for day in range(1, 8):
            published = f"2022-05-0{day}T08:00:00+07:00"
            write_item(folder, f"{portal}-tin-{day}", portal=portal, title=f"Tin số {day}", published=published)
        write_item(folder, f"{portal}-day-du", portal=portal, cites=CITES)
    write_item(folder, "chieu-muon", title="Họp chiều: 1/2 kế hoạch", published="2024-02-20T12:47:00+07:00")
    write_item(folder, "muc-khac", section="y-te", published="2021-01-01T08:00:00+07:00")
    return folder


@pytest.fixture(scope="module")
def client(folder):
    return create_app(folder).test_client()


@pytest.fixture(scope="module")
def own_client():
    return create_app(PRACTICE).test_client()


def get(client, portal: str, path: str, **kwargs):
    return client.get(path, base_url=f"http://{portal}.practice.test", **kwargs)


def soup(answer) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "lxml")


def address_of(folder: Path, slug: str) -> str:
    item = next(item for item in load_items(folder) if item.slug == slug)
    return {
        "tayninh": f"/vi/news/tin-tuc/{slug}-{item.number}.html",
        "hanam": f"/Pages/{slug}.aspx",
        "daklak": f"/{slug}/",
        "noivu": f"/tin-tuc-su-kien/{slug}-{item.number}.html",
        "baolamdong": f"/{item.section}/{item.published:%Y%m}/{slug}-{item.digest[:7]}/",
    }[item.portal]


# --- the texts


def test_an_item_file_gives_its_fields_and_blocks(tmp_path):
    item = read_item(write_item(tmp_path, "mot-xa", cites=CITES))
    assert (item.slug, item.portal, item.author, item.section) == ("mot-xa", "tayninh", "Lan Anh", "tin-tuc")
    assert item.published.isoformat() == "2023-02-03T18:00:00+07:00"
    assert (item.cites.publisher, item.cites.published) == ("Báo Mẫu", date(2023, 2, 1))
    assert item.blocks == (
        Block("paragraph", ("Xã đã bỏ 3 loại giấy tờ. Người dân đi lại ít hơn; cán bộ đỡ vất vả.",)),
        Block("heading", ("Ba việc còn lại",)),
        Block("picture", ("Bộ phận một cửa buổi sáng",), "hinh-1.jpg"),
        Block("list", ("Việc thứ nhất", "Việc thứ hai")),
        Block("table", rows=(("năm", "hồ sơ"), ("2022", "120"))),
    )


def test_a_time_in_another_zone_becomes_vietnam_time(tmp_path):
    item = read_item(write_item(tmp_path, "x", published="2023-02-03T11:00:00Z"))
    assert item.published.isoformat() == "2023-02-03T18:00:00+07:00"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('portal = "tayninh"', 'portal = "hue"', "portal is 'hue'; expected one of tayninh"),
        ('author = "Lan Anh"\n', "", "author is missing"),
        ("author =", "auther =", "auther is unknown; known are portal, title"),
        ("18:00:00+07:00", "18:00:00", "published has no zone"),
        ("2023-02-03T18:00:00+07:00", "2023-02-03", "expected a time with its zone"),
        ('section = "tin-tuc"', 'section = "Tin tức"', "section is 'Tin tức'"),
        ("title = ", "title : ", "is not TOML"),
        ("+++\nXã", "Xã", "expected TOML between two lines '+++'"),
        ("- Việc thứ hai", "Việc thứ hai", "line 15: every line of a list"),
        ("## Ba việc", "# Ba việc", "line 11: a heading is written '## heading'"),
        ("(hinh-1.jpg)", "(hình 1.jpg)", "line 13: a picture is written"),
        ("| 2022 | 120 |", "|---|---|", "line 18: every line of a table"),
        ("vất vả.", "vất vả.\nDòng thứ hai.", "line 9: expected one line and then a blank line"),
        ("vất vả.", "vất vả\x08.", "control character '\\x08'"),
    ],
)
def test_a_malformed_file_names_itself_and_what_was_expected(tmp_path, old, new, words):
    path = write_item(tmp_path, "hong")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ItemError) as refused:
        load_items(tmp_path)
    assert str(refused.value).startswith(f"{path}")
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_utf_8_is_refused_by_name(tmp_path):
    path = write_item(tmp_path, "cu")
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1258", errors="replace"))
    with pytest.raises(ItemError, match=r"cu\.md: is not UTF-8"):
        load_items(tmp_path)


def test_two_files_with_one_address_are_refused(tmp_path):
    path = write_item(tmp_path, "trung")
    (tmp_path / "articles").mkdir()
    shutil.copy(path, tmp_path / "articles")
    with pytest.raises(ItemError, match="gets the same address as"):
        load_items(tmp_path)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(ItemError, match="no texts found"):
        load_items(tmp_path)


def test_a_section_without_a_name_is_refused(tmp_path):
    write_item(new_folder(tmp_path), "x", section="la-hoac")
    with pytest.raises(ItemError, match=r"section 'la-hoac' of x\.md has no name under \[sections\]"):
        create_app(tmp_path)


def test_the_project_has_a_digest_for_each_portal_and_forty_other_items():
    items = load_items(PRACTICE)
    assert {item.portal for item in items if item.cites} >= set(PORTAL_NAMES)
    assert sum(item.cites is None for item in items) >= 40


# --- listings

LISTINGS = {
    "tayninh": ("/vi/news/tin-tuc/", ".panel-body h2 a, .panel-body h3 a", ".pagination a[rel=next]"),
    "hanam": ("/Pages/tin-tuc-su-kien.aspx", "a.Title", ".PageNumber a"),
    "daklak": ("/", "h2.entry-title a", "a.next.page-numbers"),
    "noivu": ("/tin-tuc-su-kien.html", "#list_news li p a", ".pagination a"),
    "baolamdong": ("/", ".b-grid__title a", ".pagination a"),
}


def walk_listing(client, portal: str) -> list[str]:
    """Paths of the articles on all pages that the pager leads to; page 1 may come under two addresses."""
    start, articles, pager = LISTINGS[portal]
    pages, waiting = {}, [start]
    for page in waiting:
        tree = soup(get(client, portal, page))
        pages[tuple(urlsplit(a["href"]).path for a in tree.select(articles))] = page
        for a in tree.select(pager):
            path = "?".join(filter(None, urlsplit(urljoin(page, a["href"]))[2:4]))
            if path not in waiting:
                waiting.append(path)
    assert len(pages) > 1
    return [path for shown in pages for path in shown]


@pytest.mark.parametrize("portal", PORTAL_NAMES)
def test_the_listing_reaches_every_item_of_the_portal_once(own_client, portal):
    slugs = [item.slug for item in load_items(PRACTICE) if item.portal == portal]
    assert walk_listing(own_client, portal) == [address_of(PRACTICE, slug) for slug in slugs]


@pytest.mark.parametrize(
    ("portal", "path", "status", "location"),
    [
        ("tayninh", "/vi/news/tin-tuc/page-9/", 301, "/vi/news/tin-tuc/"),
        ("tayninh", "/vi/news/tin-tuc/page-1/", 301, "/vi/news/tin-tuc/"),
        ("tayninh", "/vi/news/tin-tuc/wrong-111111.html", 404, None),
        ("tayninh", "/vi/news/khong-co/wrong-111111.html", 301, "/vi/news/"),
        ("hanam", "/Pages/tin-tuc-su-kien.aspx?Page=9", 200, None),
        ("hanam", "/Pages/khong-co.aspx", 404, None),
        ("daklak", "/page/9/", 404, None),
        ("daklak", "/feed/?paged=9", 404, None),
        ("daklak", "/khong-co/", 404, None),
        ("noivu", "/tin-tuc-su-kien.html?page=9", 200, None),
        ("noivu", "/tin-tuc-su-kien/khong-co-111111.html", 404, None),
        ("baolamdong", "/?page=9", 404, None),
        ("baolamdong", "/tin-tuc/202302/khong-co-1234567/", 404, None),
    ],
)
def test_past_the_end_each_family_answers_in_its_own_way(client, portal, path, status, location):
    answer = get(client, portal, path)
    assert (answer.status_code, answer.headers.get("Location")) == (status, location)


def test_past_the_end_the_ministry_shows_an_empty_list_and_sharepoint_its_first_page(client):
    first, last, beyond = (soup(get(client, "noivu", f"/tin-tuc-su-kien.html?page={page}")) for page in (1, 2, 9))
    assert [a["href"] for a in first.select(".pagination a")] == ["/tin-tuc-su-kien.html?page=2"]
    assert last.select(".pagination a")[-1]["href"] == "/tin-tuc-su-kien.html?page=3"  # which is empty
    assert beyond.select("#list_news a") == []
    pages = [soup(get(client, "hanam", f"/Pages/tin-tuc-su-kien.aspx?Page={page}")) for page in (9, 1, 2)]
    links = [[a["href"] for a in page.select("a.Title")] for page in pages]
    assert links[0] == links[1] != links[2]


def test_a_nukeviet_page_ends_with_the_head_of_the_next_one(client):
    first, second = (soup(get(client, "tayninh", f"/vi/news/tin-tuc/{page}")) for page in ("", "page-2/"))
    shared = [a["href"] for a in first.select("ul.related a")]
    assert shared == [a["href"] for a in second.select(".panel-body h2 a, .panel-body h3 a")][:3]
    assert len(shared) == 3


def test_a_second_or_wrong_address_leads_to_the_canonical_one(folder, client):
    right = address_of(folder, "muc-khac")
    listed = soup(get(client, "tayninh", "/vi/news/y-te/")).select_one(".panel-body h2 a")["href"]
    assert listed == right.replace("tin-tuc", "y-te")
    for path in (listed, right.replace("muc-khac", "sai")):
        answer = get(client, "tayninh", path)
        assert (answer.status_code, answer.headers["Location"]) == (301, right)


# --- articles

PARTS = [
    ("tayninh", "h1.title[itemprop=headline]", "Một xã bỏ bớt giấy tờ"),
    ("tayninh", "span[itemprop=datePublished]", "2023-02-03T18:00:00+07:00"),
    ("tayninh", "span.h5", "Thứ sáu - 03/02/2023 18:00"),
    ("tayninh", "div.hometext[itemprop=description]", "Xã làm thử từ tháng 1."),
    ("tayninh", "p.h5.text-right", "Tác giả: Lan Anh"),
    ("hanam", "h3.header-title", "Một xã bỏ bớt giấy tờ"),
    ("hanam", "h1#pageTitle", "Một xã bỏ bớt giấy tờ"),
    ("hanam", ".publishDate", "03/02/2023 18:00"),
    ("hanam", "#divArticleDescription.ms-rtestate-field", "\u200bXã làm thử từ tháng 1."),
    ("daklak", "article.hentry h1.entry-title", "Một xã bỏ bớt giấy tờ"),
    ("daklak", "time.entry-date[datetime='2023-02-03T18:00:00+07:00']", "03/02/2023"),
    ("daklak", ".byline a[rel=author]", "quantri"),
    ("noivu", "#news_details h1", "Một xã bỏ bớt giấy tờ"),
    ("noivu", "#show_description", "Xã làm thử từ tháng 1."),
    ("noivu", "#show_content p b", "Lan Anh"),
    ("baolamdong", ".b-maincontent h1.title", "Một xã bỏ bớt giấy tờ"),
    ("baolamdong", "p.detail-meta", "LAN ANH 18:00, 03/02/2023"),
    ("baolamdong", "p.sapo", "(LĐ online) - Xã làm thử từ tháng 1."),
]


@pytest.mark.parametrize(("portal", "selector", "text"), PARTS)
def test_the_parts_of_an_article_stand_where_the_family_has_them(folder, client, portal, selector, text):
    page = soup(get(client, portal, address_of(folder, f"{portal}-day-du")))
    assert page.select_one(selector).get_text().strip() == text


BODIES = {
    "tayninh": "#news-bodyhtml",
    "hanam": "#divArticleDescription2.ms-rtestate-field > div[class^=ExternalClass]",
    "daklak": "div.entry-content",
    "noivu": "#show_content",
    "baolamdong": "div.b-maincontent .entry",
}


@pytest.mark.parametrize("portal", PORTAL_NAMES)
def test_the_body_holds_every_block_and_ends_with_the_source_line(folder, client, portal):
    body = soup(get(client, portal, address_of(folder, f"{portal}-day-du"))).select_one(BODIES[portal])
    words = re.sub(r"[\s\u200b]+", " ", body.get_text(" "))
    for text in (
        "Xã đã bỏ 3 loại giấy tờ. Người dân đi lại ít hơn; cán bộ đỡ vất vả.",
        "Ba việc còn lại",
        "Bộ phận một cửa buổi sáng",
        "Việc thứ nhất Việc thứ hai",
        "năm hồ sơ 2022 120",
    ):
        assert text in words
    quoted = "“Bài gốc”" if portal == "daklak" else '"Bài gốc"'
    last = body.select("p")[-1].get_text().strip("\u200b")
    assert last == f"Nguồn: Báo Mẫu, 01/02/2023, {quoted}, https://example.vn/bai-goc.html"


def test_the_ministrys_date_line_carries_a_constant_view_counter(folder, client):
    path = address_of(folder, "noivu-day-du")
    line = soup(get(client, "noivu", path)).select_one("#news_details p").get_text()
    assert re.fullmatch(r"18:00 03/02/2023 \| Lượt xem : \d+", line)
    assert soup(get(client, "noivu", path)).select_one("#news_details p").get_text() == line


def test_nukeviet_writes_its_meta_date_and_its_feed_date_wrong(folder, client):
    page = soup(get(client, "tayninh", address_of(folder, "tayninh-day-du")))
    assert page.select_one('meta[property="article:published_time"]')["content"] == "2023-02-03+0718:00:00"
    feed = ElementTree.fromstring(get(client, "tayninh", "/vi/news/rss/").data)
    assert feed.findtext("channel/item/pubDate") == "Tue, 20 Feb 2024 05:02:00 GMT"  # 12:47 in Vietnam
    assert feed.findtext("channel/item/title") == "Họp chiều: 1/2 kế hoạch"
    assert b"1&#x002F;2" in get(client, "tayninh", "/vi/news/rss/").data


def test_a_print_copy_repeats_the_article_under_another_address(folder, client):
    page = soup(get(client, "tayninh", address_of(folder, "tayninh-day-du")))
    copy = soup(get(client, "tayninh", page.select_one("a[title='In ra']")["href"]))
    assert copy.select_one("#bodytext").get_text() == page.select_one("#news-bodyhtml").get_text()
    assert copy.select_one("link[rel=canonical]")["href"].endswith(address_of(folder, "tayninh-day-du"))


# --- what is meant for machines


def test_wordpress_rest_tells_totals_and_local_and_utc_times(client):
    answer = get(client, "daklak", "/wp-json/wp/v2/posts?per_page=3&page=2")
    assert (answer.headers["X-WP-Total"], answer.headers["X-WP-TotalPages"]) == ("8", "3")
    assert 'page=1>; rel="prev"' in answer.headers["Link"]
    assert 'page=3>; rel="next"' in answer.headers["Link"]
    newest = get(client, "daklak", "/wp-json/wp/v2/posts").json[0]
    assert (newest["date"], newest["date_gmt"]) == ("2023-02-03T18:00:00", "2023-02-03T11:00:00")
    assert newest["link"] == "http://daklak.practice.test/daklak-day-du/"
    assert "<h3>Ba việc còn lại</h3>" in newest["content"]["rendered"]
    assert get(client, "daklak", f"/wp-json/wp/v2/posts/{newest['id']}").json == newest


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("search=bỏ bớt", ["Một xã bỏ bớt giấy tờ"]),
        ("search=BO BOT", ["Một xã bỏ bớt giấy tờ"]),
        ("search=không thấy", []),
        ("after=2022-05-06T08:00:00", ["Một xã bỏ bớt giấy tờ", "Tin số 7"]),
        ("after=2022-05-06T00:59:00Z&before=2022-05-07T08:00:00", ["Tin số 6"]),
    ],
)
def test_wordpress_rest_chooses_by_words_and_time(client, query, titles):
    posts = get(client, "daklak", f"/wp-json/wp/v2/posts?_fields=title.rendered&{query}").json
    assert posts == [{"title": {"rendered": title}} for title in titles]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("posts?page=9", 400, "rest_post_invalid_page_number"),
        ("posts?per_page=101", 400, "rest_invalid_param"),
        ("posts?page=0", 400, "rest_invalid_param"),
        ("posts?after=2022", 400, "rest_invalid_param"),
        ("posts/1", 404, "rest_post_invalid_id"),
    ],
)
def test_wordpress_rest_refuses_with_a_code(client, query, status, code):
    answer = get(client, "daklak", f"/wp-json/wp/v2/{query}")
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_the_wordpress_feed_holds_whole_texts_and_its_sitemap_no_lastmod(client):
    feed = ElementTree.fromstring(get(client, "daklak", "/feed/").data)
    item = feed.find("channel/item")
    assert item.findtext("pubDate") == "Fri, 03 Feb 2023 11:00:00 +0000"
    assert "Việc thứ hai" in item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    index = get(client, "daklak", "/wp-sitemap.xml").data
    part = ElementTree.fromstring(index)[0][0].text
    assert get(client, "daklak", urlsplit(part).path).data.count(b"<loc>") == 8
    assert b"lastmod" not in get(client, "daklak", urlsplit(part).path).data


def test_nukeviet_sitemap_and_newspaper_feed_list_their_items(client):
    part = ElementTree.fromstring(get(client, "tayninh", "/sitemap.xml").data)[0][0].text
    assert get(client, "tayninh", urlsplit(part).path).data.count(b"+07:00</lastmod>") == 10
    feed = ElementTree.fromstring(get(client, "baolamdong", "/rss/tin-tuc").data)
    assert len(feed.findall("channel/item")) == 8
    assert feed.findtext("channel/item/pubDate") == "Fri, 03 Feb 2023 18:00:00 +0700"


@pytest.mark.parametrize("portal", PORTAL_NAMES)
def test_robots_forbids_a_system_folder_and_a_link_of_the_listing_but_no_article(own_client, portal):
    rules = Protego.parse(get(own_client, portal, "/robots.txt").text)
    start = LISTINGS[portal][0]
    links = [urljoin(start, a["href"]) for a in soup(get(own_client, portal, start)).select("a[href]")]
    assert any(not rules.can_fetch(link, "reform-figures") for link in links)
    assert all(rules.can_fetch(path, "reform-figures") for path in [start, *walk_listing(own_client, portal)])
    folders = ("/admin/", "/_vti_bin/", "/wp-admin/")
    assert any(not rules.can_fetch(path, "reform-figures") for path in folders)


# --- how they are served


LINKS = re.compile(r'(?:href|src)="([^"#]+)"|<loc>([^<]+)</loc>|<link>([^<]+)</link>|Sitemap: (\S+)')


def crawl(client, base: str) -> dict:
    """Every address of the portal at `base` that links, pictures, feeds or sitemaps lead to, with its answer."""
    waiting, answers = [base + "robots.txt", base], {}
    while waiting:
        url = waiting.pop()
        if url in answers or not url.startswith(base):
            continue
        answer = answers[url] = client.get(url[len(base) - 1 :], base_url=base[:-1])
        links = ["".join(found) for found in LINKS.findall(answer.data.decode(errors="replace"))]
        for link in [*links, answer.headers.get("Location", "")]:
            if link and not link.startswith("javascript:"):
                waiting.append(urljoin(url, link.replace("&amp;", "&")))
    return answers


@pytest.mark.parametrize("base", [f"http://{name}.practice.test/" for name in PORTAL_NAMES])
def test_no_link_is_dead_and_every_page_has_an_etag_that_answers_304(own_client, base):
    answers = crawl(own_client, base)
    assert len(answers) > 15
    for url, answer in answers.items():
        assert answer.status_code in (200, 301, 302), url
        if answer.status_code == 200:
            etag = answer.headers["ETag"]
            assert re.fullmatch(r'"[0-9a-f]{40}"', etag), url
            again = own_client.get(url[len(base) - 1 :], base_url=base[:-1], headers={"If-None-Match": etag})
            assert (again.status_code, again.data) == (304, b""), url
            assert answer.data.strip(), url


@pytest.mark.parametrize("portal", PORTAL_NAMES)
def test_in_the_path_form_every_link_keeps_the_prefix(own_client, portal):
    front = own_client.get(f"/{portal}/", follow_redirects=True)
    links = re.findall(r'(?:href|src|action)="([^"]+)"', front.text)
    assert len(links) > 8
    for link in links:
        if not link.startswith(("#", "javascript:")) and "/" in link:
            assert urlsplit(link).path.startswith(f"/{portal}/")
            assert own_client.get(link).status_code in (200, 301, 302), link
    forbidden = re.findall(r"Disallow: (\S+)", own_client.get(f"/{portal}/robots.txt").text)
    assert forbidden
    assert all(path.startswith(f"/{portal}/") for path in forbidden)


@pytest.mark.parametrize("host", ["hanam.practice.test", "HANAM.practice.test:8000", "hanam.localhost:8000"])
def test_the_host_header_chooses_the_portal(client, host):
    assert "Cổng luyện tập Hà Nam" in client.get("/Pages/tin-tuc-su-kien.aspx", headers={"Host": host}).text


def test_the_index_links_all_portals_and_an_unknown_path_is_404(client):
    page = soup(client.get("/"))
    assert [a["href"] for a in page.select("a")] == [f"/{name}/" for name in ALL_PORTALS]
    assert client.get("/khong-co/").status_code == 404
    assert client.get("/hanam/Pages/khong-co.aspx").status_code == 404


def test_two_ports_give_the_same_bytes(folder):
    paths = {name: [LISTINGS[name][0], address_of(folder, f"{name}-day-du")] for name in PORTAL_NAMES}
    paths["tayninh"] += ["/vi/news/rss/", "/sitemap.xml", "/robots.txt"]
    paths["daklak"] += ["/feed/", "/wp-json/wp/v2/posts", "/wp-sitemap.xml"]
    with serve(0, folder) as one, serve(0, folder) as other:
        assert one != other
        for name, wanted in paths.items():
            for path in wanted:
                host = {"Host": f"{name}.practice.test"}
                answers = [requests.get(base + path, headers=host, timeout=5) for base in (one, other)]
                assert answers[0].status_code == 200
                assert answers[0].content == answers[1].content
                assert answers[0].headers["ETag"] == answers[1].headers["ETag"]
                host["If-None-Match"] = answers[0].headers["ETag"]
                assert requests.get(other + path, headers=host, timeout=5).status_code == 304


def test_the_server_is_gone_after_its_block(folder):
    with serve(0, folder) as address:
        port = int(address.rpartition(":")[2])
    with pytest.raises(requests.ConnectionError):
        requests.get(address, timeout=2)
    with serve(port, folder) as again:
        assert again == address


HOSTILE = 'Tin <script>alert("x")</script> & "trích" ]]> <b>đậm</b> {{ 7 * 7 }}'
HOSTILE_IN_WORDPRESS = "Tin <script>alert(“x”)</script> & “trích” ]]> <b>đậm</b> {{ 7 * 7 }}"


def test_hostile_texts_and_hosts_are_escaped_everywhere(tmp_path):
    new_folder(tmp_path)
    cites = f"\n[cites]\npublisher = '{HOSTILE}'\ntitle = '{HOSTILE}'\npublished = 2023-02-01\nurl = ''\narea = ''\n"
    body = f"+++\n{HOSTILE}\n\n## {HOSTILE}\n\n![{HOSTILE}](a.jpg)\n\n- {HOSTILE}\n\n| {HOSTILE} |\n"
    for portal in PORTAL_NAMES:
        fields = {"portal": portal, "title": HOSTILE, "lead": HOSTILE, "author": "<i>A</i>"}
        write_item(tmp_path, f"{portal}-xau", body, cites, **fields)
    client = create_app(tmp_path).test_client()
    kinds = set()
    for portal in PORTAL_NAMES:
        for url, answer in crawl(client, f"http://{portal}.practice.test/").items():
            kinds.add(answer.content_type)
            if answer.content_type == "image/jpeg":
                continue
            text = answer.text.replace("<![CDATA[", "")
            assert "<script" not in text.replace("\\u003c", "<"), url
            assert "<b>đậm" not in text, url
            assert "<i>a" not in text.lower(), url
            if "xml" in answer.content_type:
                ElementTree.fromstring(answer.data)
        title = soup(get(client, portal, address_of(tmp_path, f"{portal}-xau"))).select("h1")[-1].get_text()
        assert title == (HOSTILE if portal != "daklak" else HOSTILE_IN_WORDPRESS)
        page = client.get(LISTINGS[portal][0], headers={"Host": f'{portal}.localhost:80"><script>'})
        assert "<script>" not in page.text
    assert len(kinds) >= 6


# --- traps


@pytest.mark.parametrize(
    ("trap", "portal", "path", "mark"),
    [
        ("shared_links", "tayninh", "/vi/news/tin-tuc/", '<ul class="related">'),
        ("broken_published_time", "tayninh", "tayninh-day-du", "2023-02-03+0718:00:00"),
        ("feed_month_for_minutes", "tayninh", "/vi/news/rss/", "05:02:00 GMT"),
        ("past_end_first_page", "hanam", "/Pages/tin-tuc-su-kien.aspx?Page=9", 'class="Title"'),
        ("invisible_characters", "hanam", "hanam-day-du", "giấy tờ.&#160; Người dân đi lại ít hơn;&#160;cán bộ"),
        ("file_names_as_text", "hanam", "hanam-day-du", ">hinh-1.jpg&#160;</p>"),
        ("repeated_captions", "baolamdong", "baolamdong-day-du", "sáng</p>\n<p>Bộ phận một cửa buổi sáng</p>"),
    ],
)
def test_a_trap_is_there_when_on_and_gone_when_off(folder, trap, portal, path, mark):
    path = path if path.startswith("/") else address_of(folder, path)
    pages = [get(create_app(folder, traps).test_client(), portal, path).text for traps in ({trap}, set())]
    assert [mark in page for page in pages] == [True, False]


def test_without_its_trap_a_page_past_the_end_is_404(folder):
    client = create_app(folder, DEFAULT_TRAPS - {"past_end_redirect"}).test_client()
    assert get(client, "tayninh", "/vi/news/tin-tuc/page-9/").status_code == 404


def test_the_flood_guard_refuses_the_41st_request_of_a_minute_and_the_151st_of_five(folder, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(tayninh.time, "monotonic", lambda: now[0])
    client = create_app(folder, {"flood_guard"}).test_client()

    def ask(count):
        answers = [get(client, "tayninh", "/vi/news/tin-tuc/") for _ in range(count)]
        return [answer.status_code for answer in answers], answers[-1].headers.get("Retry-After")

    assert ask(40) == ([200] * 40, None)
    assert ask(1) == ([429], "60")
    assert get(client, "hanam", "/Pages/tin-tuc-su-kien.aspx").status_code == 200
    for _ in range(3):
        now[0] += 61
        assert ask(36) == ([200] * 36, None)
    now[0] += 61
    assert ask(2) == ([200, 429], "60")  # 41 + 3 * 36 = 149 before
    now[0] += 301
    assert ask(40) == ([200] * 40, None)


def test_no_guard_stands_by_default(client):
    assert "flood_guard" not in DEFAULT_TRAPS
    answers = [get(client, "tayninh", "/vi/news/tin-tuc/") for _ in range(60)]
    assert {answer.status_code for answer in answers} == {200}


def test_an_unknown_trap_is_refused_with_the_known_ones(folder):
    with pytest.raises(ValueError, match="unknown trap 'quicksand'; known traps: shared_links") as refused:
        create_app(folder, {"quicksand"})
    assert all(name in str(refused.value) for name in TRAPS)


# --- the script


@pytest.fixture
def script(monkeypatch):
    spec = importlib.util.spec_from_file_location("practice_portals", ROOT / "scripts" / "practice_portals.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.signal, "signal", lambda *args: None)

    def run(*arguments, while_serving=None):
        def sleep(seconds):
            if while_serving:
                while_serving()
            raise KeyboardInterrupt

        monkeypatch.setattr(module.time, "sleep", sleep)
        monkeypatch.setattr("sys.argv", ["practice_portals.py", *map(str, arguments)])
        return module.main()

    return run


def test_the_script_prints_the_addresses_and_ends_with_ctrl_c(script, folder, capsys):
    assert script("--port", 0, "--folder", folder, "--trap", "flood_guard") == 0
    out = capsys.readouterr().out
    assert re.search(r"Practice portals at http://127\.0\.0\.1:\d+/ with 42 texts; extra traps: flood_guard", out)
    assert all(f"/{name}/ " in out for name in PORTAL_NAMES)
    assert out.endswith("Stopped.\n")


def test_the_script_says_in_one_sentence_that_a_port_is_in_use(script, folder, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert script("--port", port, "--folder", folder) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"practice_portals: port {port} is in use by another program; choose another one, or 0 for any free port\n"
    )


def test_the_script_says_in_one_sentence_that_a_text_is_malformed(script, tmp_path, capsys):
    path = write_item(new_folder(tmp_path), "hong", portal="hue")
    assert script("--port", 0, "--folder", tmp_path) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"practice_portals: {path}: portal is 'hue'")
    assert said.count("\n") == 1
