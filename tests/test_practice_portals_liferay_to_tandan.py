"""The practice portals of Liferay, WebForms, Plone and Tân Dân behave like their families, and are collected whole.

In: the project's own texts. Out: answers over HTTP, articles read from pages as collected. "Không tìm thấy tin bài"
(article not found) comes with status 200, as it does on a real server.
"""

import gzip
import re
from dataclasses import replace
from datetime import UTC
from html import escape
from urllib.parse import parse_qs, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from protego import Protego
from test_practice_portals import CITES, HOSTILE, PRACTICE, ROOT, crawl, get, new_folder, soup, write_item

from reform_figures.collecting.archive import Archive
from reform_figures.collecting.collector import collect_source
from reform_figures.collecting.sources import read_sources
from reform_figures.portals import PORTALS
from reform_figures.practice import DEFAULT_TRAPS, TRAPS, create_app, load_items, serve
from reform_figures.practice.sonoivu import COOKIE, GRID, make_pager
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Page
from reform_figures.tables import read_manifest

NAMES = ("quangngai", "sonoivu", "thuvien", "dienbien")
SOURCES = read_sources(ROOT / "sources.toml")
LISTS = {
    "quangngai": "/web/guest/tin-tuc",
    "sonoivu": "/TinTuc.aspx",
    "thuvien": "/tin-tuc",
    "dienbien": "/portal/Pages/Tin-tuc-Su-kien.aspx",
}


@pytest.fixture(scope="module")
def client():
    return create_app(PRACTICE).test_client(use_cookies=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One article full of everything for each portal."""
    folder = new_folder(tmp_path_factory.mktemp("practice"))
    for name in NAMES:
        write_item(folder, f"{name}-day-du", portal=name, cites=CITES)
    return folder


def items_of(name: str, folder=PRACTICE) -> list:
    return [item for item in load_items(folder) if item.portal == name]


def collect(source, data, folder=PRACTICE, traps=DEFAULT_TRAPS, listing=None):
    """Collect a source over HTTP; the report, and the articles' pages in the order of the store."""
    with serve(0, folder, traps) as address, Archive(data) as archive:
        source = replace(source, connect_to=address.removeprefix("http://"))
        report = collect_source(source, listing or PORTALS[source.portal].listing, archive, "reform-figures")
        rows = [row for row in read_manifest(data) if row.kind == "article"]
        pages = [
            Page(
                row.final_url, (data / "raw" / row.file).read_bytes(), content_type=row.content_type, source=row.source
            )
            for row in rows
        ]
    return report, pages


# --- every article, once, with all its parts


def expected_lines(item) -> list[tuple[str, str]]:
    roles = {"paragraph": "body", "heading": "heading", "picture": "caption", "list": "list_item"}
    lines = []
    for block in item.blocks:
        lines += [(roles[block.kind], text) for text in block.texts] if block.kind != "table" else []
        lines += [("table_row", " | ".join(row)) for row in block.rows]
    if item.cites:
        shown = f'{item.cites.publisher}, {item.cites.published:%d/%m/%Y}, "{item.cites.title}", {item.cites.url}'
        lines.append(("source_line", f"Nguồn: {shown}"))
    return lines


def expected_time(item):
    """What the portal's pages and addresses tell: Liferay and Tân Dân the day, Plone nothing."""
    midnight = item.published.replace(hour=0, minute=0)
    return {"quangngai": midnight, "sonoivu": item.published, "thuvien": None, "dienbien": midnight}[item.portal]


def check_article(article, item) -> None:
    told = [(p.role, p.text) for p in article.paragraphs]
    assert article.title == item.title
    assert article.lead == item.lead
    assert article.author == item.author
    assert article.published_at == expected_time(item)
    outside = ("title", "date_line", "lead", "author", "furniture")
    assert [line for line in told if line[0] not in outside] == expected_lines(item)
    assert [line for line in told if line[1] == item.lead] == [("lead", item.lead)]


@pytest.mark.parametrize("name", NAMES)
def test_every_article_of_a_portal_is_collected_once_and_read_whole(name, tmp_path):
    report, pages = collect(SOURCES[f"practice-{name}"], tmp_path)
    items = items_of(name)
    assert (report.new, report.refused, report.failed, report.trouble) == (len(items), [], [], [])
    assert len(items) == SOURCES[f"practice-{name}"].expected_minimum == len({page.url for page in pages})
    articles = [read_article(page, portal=SOURCES[f"practice-{name}"].portal) for page in pages]
    by_title = {article.title: article for article in articles}
    assert len(by_title) == len(items)
    for item in items:
        check_article(by_title[item.title], item)
    assert not any(";jsessionid" in page.url or "redirect" in page.url for page in pages)


@pytest.mark.parametrize("name", NAMES)
def test_a_second_run_finds_the_same_articles_unchanged(name, tmp_path):
    collect(SOURCES[f"practice-{name}"], tmp_path)
    report, pages = collect(SOURCES[f"practice-{name}"], tmp_path)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 8)
    assert len(pages) == 8


@pytest.mark.parametrize("name", NAMES)
def test_an_article_of_a_portal_is_recognised_without_its_family(name, folder, tmp_path):
    source = SOURCES[f"practice-{name}"]
    _, pages = collect(source, tmp_path, folder)
    article = read_article(pages[0])
    assert article.portal == PORTALS[source.portal].label
    check_article(article, items_of(name, folder)[0])


@pytest.mark.parametrize("name", NAMES)
def test_without_traps_the_articles_are_the_same(name, tmp_path):
    report, pages = collect(SOURCES[f"practice-{name}"], tmp_path, traps=frozenset())
    assert (report.new, report.trouble) == (8, [])
    titles = {read_article(page, portal=SOURCES[f"practice-{name}"].portal).title for page in pages}
    assert titles == {item.title for item in items_of(name)}


# --- Liferay


def test_the_pager_of_liferay_names_its_portlet_and_the_portlet_differs_from_page_to_page(client):
    first = soup(get(client, "quangngai", LISTS["quangngai"]))
    following = first.select_one(".lfr-pagination-buttons li:nth-child(3) a")["href"]
    assert re.search(
        r";jsessionid=\w+\.\w+\?p_p_id=101_INSTANCE_Tq7ZkW2mXb9R&.*_101_INSTANCE_Tq7ZkW2mXb9R_cur=2$", following
    )
    titles = [a.get_text() for a in soup(get(client, "quangngai", following)).select(".asset-title")]
    assert titles == [item.title for item in items_of("quangngai")[6:]]
    wrong = soup(get(client, "quangngai", "/web/guest/xa-hoi?_101_INSTANCE_Tq7ZkW2mXb9R_cur=2"))
    assert "p_p_id_101_INSTANCE_c9RfBm5QzN2y_" in str(wrong)


def test_liferay_shows_one_page_under_three_addresses_and_its_last_page_past_the_end(client):
    item = items_of("quangngai")[0]
    place = f"tin-tuc/-/asset_publisher/Tq7ZkW2mXb9R/content/{item.slug}"
    pages = [get(client, "quangngai", f"{site}{place}").data for site in ("/web/guest/", "/vi/", "/")]
    assert pages[0] == pages[1] == pages[2]
    query = "?_101_INSTANCE_Tq7ZkW2mXb9R_cur={}"
    last, beyond = (get(client, "quangngai", LISTS["quangngai"] + query.format(n)).data for n in (2, 99))
    assert last == beyond
    assert get(client, "quangngai", place.replace("Tq7ZkW2mXb9R", "aaaaaaaaaaaa")).status_code == 404


def test_a_liferay_page_holds_several_web_contents_and_the_longest_is_the_body(client):
    item = items_of("quangngai")[0]
    page = soup(get(client, "quangngai", f"/vi/tin-tuc/-/asset_publisher/Tq7ZkW2mXb9R/content/{item.slug}"))
    contents = [node.get_text() for node in page.select(".journal-content-article")]
    assert len(contents) == 3
    assert item.lead in max(contents, key=len)


def test_the_liferay_feed_lists_every_article_with_the_way_back_behind_its_address(client):
    listing = soup(get(client, "quangngai", LISTS["quangngai"]))
    address = listing.select_one("link[type='application/rss+xml']")["href"]
    feed = ElementTree.fromstring(get(client, "quangngai", address).data)
    links = [item.findtext("link") for item in feed.iter("item")]
    assert len(links) == 8
    assert all("redirect" in parse_qs(urlsplit(link).query) for link in links)
    assert feed.findtext("channel/item/pubDate") == "Fri, 01 Sep 2023 07:40:00 +0700"
    index = ElementTree.fromstring(get(client, "quangngai", "/sitemap.xml").data)
    part = urlsplit(index[0][0].text)
    assert get(client, "quangngai", f"{part.path}?{part.query}").text.count("<loc>") == 4


# --- WebForms


def post(client, fields: dict, cookie="x" * 24):
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    return client.post("/TinTuc.aspx", base_url="http://sonoivu.practice.test", data=fields, headers=headers)


def fields_of(page: BeautifulSoup, argument: str) -> dict:
    fields = {i["name"]: i["value"] for i in page.select("input[type=hidden]")}
    return fields | {"__EVENTTARGET": GRID, "__EVENTARGUMENT": argument}


def test_webforms_turns_a_page_for_the_whole_form_and_the_session_only(client):
    first = soup(get(client, "sonoivu", "/TinTuc.aspx"))
    right = fields_of(first, "Page$2")
    answer = post(client, right)
    assert [a.get_text() for a in soup(answer).select("a.Title")] == [i.title for i in items_of("sonoivu")[3:6]]
    for missing in right:
        assert post(client, {k: v for k, v in right.items() if k != missing}).status_code == 500
    assert post(client, right, cookie="").status_code == 500
    assert post(client, right | {"__EVENTARGUMENT": "Page$9"}).status_code == 500
    assert post(client, right | {"__VIEWSTATE": "không"}).status_code == 500
    second = fields_of(soup(answer), "Page$3")
    assert post(client, right | {"__VIEWSTATE": second["__VIEWSTATE"]}).status_code == 500
    assert len(soup(post(client, second)).select("a.Title")) == 2


@pytest.mark.parametrize(
    ("page", "last", "shown"),
    [
        (1, 1, ["1"]),
        (1, 3, ["1", "2", "...=Page$3", "Trang cuối=Page$Last"]),
        (3, 3, ["...=Page$2", "3"]),
        (3, 5, ["...=Page$2", "3", "4", "...=Page$5", "Trang cuối=Page$Last"]),
    ],
)
def test_the_page_behind_the_shown_numbers_is_three_dots(page, last, shown):
    dotted = [f"{text}={argument}" if not text.isdigit() else text for argument, text, _ in make_pager(page, last)]
    assert dotted == shown


def test_webforms_sets_a_session_and_declares_no_charset(client):
    answer = get(client, "sonoivu", "/TinTuc.aspx")
    assert answer.headers["Content-Type"] == "text/html"
    assert re.match(rf"{COOKIE}=[0-9a-f]{{24}}; HttpOnly", answer.headers["Set-Cookie"])
    assert b"charset" not in answer.data
    latin = [c for c in answer.data.decode("utf-8") if "\u00a0" <= c <= "\u00ff"]
    assert latin == []
    assert "Công bố" not in answer.text
    assert "C&#244;ng bố" in answer.text


def test_a_missing_article_of_webforms_is_a_page_that_says_so(client):
    answer = get(client, "sonoivu", "/ChiTiet.aspx?ItemID=999")
    assert (answer.status_code, "Không tìm thấy tin bài" in soup(answer).get_text()) == (200, True)
    with pytest.raises(UnreadablePage, match="there is no such article"):
        read_article(Page("http://x.test/ChiTiet.aspx?ItemID=999", answer.data), portal="webforms")
    without = create_app(PRACTICE, DEFAULT_TRAPS - {"missing_is_200"}).test_client()
    assert get(without, "sonoivu", "/ChiTiet.aspx?ItemID=999").status_code == 404


# --- Plone


def test_no_plone_page_tells_a_date_but_the_feed_and_the_sitemap_do(client):
    item = items_of("thuvien")[0]
    for path in (f"/tin-tuc/{item.slug}", "/tin-tuc"):
        assert not re.search(r"\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d", get(client, "thuvien", path).text)
    answer = get(client, "thuvien", "/tin-tuc/RSS")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    rss = {"r": "http://purl.org/rss/1.0/", "dc": "http://purl.org/dc/elements/1.1/"}
    told = ElementTree.fromstring(answer.data).findall("r:item", rss)
    assert [i.findtext("r:title", namespaces=rss) for i in told] == [i.title for i in items_of("thuvien")[:5]]
    in_utc = f"{item.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+00:00"
    assert told[0].findtext("dc:date", namespaces=rss) == in_utc
    index = get(client, "thuvien", "/sitemap.xml.gz")
    assert index.content_type == "application/octet-stream"
    part = ElementTree.fromstring(gzip.decompress(index.data))[0][0].text
    assert part.endswith("/sitemap.xml.gz?page=1")
    sitemap = gzip.decompress(get(client, "thuvien", "/sitemap.xml.gz?page=1").data).decode()
    assert sitemap.count("<lastmod>") == 10
    assert f"<loc>http://thuvien.practice.test/tin-tuc/{item.slug}</loc><lastmod>{in_utc}</lastmod>" in sitemap


def test_plone_shows_its_last_batch_past_the_end_and_answers_missing_pages_as_asked(client):
    last, beyond = (soup(get(client, "thuvien", f"/tin-tuc?b_start:int={n}")) for n in (6, 2000))
    assert last == beyond
    assert len(last.select("a.summary")) == 2
    plain = create_app(PRACTICE, frozenset()).test_client()
    assert soup(get(plain, "thuvien", "/tin-tuc?b_start:int=2000")).select("a.summary") == []
    missing = get(client, "thuvien", "/tin-tuc/khong-co", headers={"Accept": "*/*"})
    assert (missing.status_code, missing.json) == (404, {"error_type": "NotFound"})
    shown = get(client, "thuvien", "/tin-tuc/khong-co", headers={"Accept": "text/html"})
    assert (shown.status_code, shown.mimetype) == (404, "text/html")
    assert get(client, "thuvien", "/tin-tuc", headers={"Accept": "application/json"}).status_code == 401


# --- Tân Dân


def test_a_tandan_address_holds_the_day_without_zeros_and_random_letters_behind_the_headline(client):
    page = soup(get(client, "dienbien", LISTS["dienbien"]))
    links = [a["href"] for a in page.select(".channel-news-title a")]
    assert links[1].startswith("/portal/Pages/2023-8-7/Quoc-lo-qua-deo-thong-xe-mot-chieu")
    assert re.search(r"chieu[a-z0-9]{6}\.aspx$", links[1])
    other_case = get(client, "dienbien", links[1].replace("Pages", "pages"))
    assert other_case.data.replace(b"/pages/", b"/Pages/") == get(client, "dienbien", links[1]).data
    assert "07/08/2023" not in other_case.text
    dated = get(create_app(PRACTICE, frozenset()).test_client(), "dienbien", links[1])
    assert "Đăng ngày 07/08/2023 06:50" in dated.text


# --- what all of them do


@pytest.mark.parametrize("name", NAMES)
def test_robots_forbids_a_link_of_the_list_but_no_article(client, name, tmp_path):
    rules = Protego.parse(get(client, name, "/robots.txt").text)
    links = [urljoin(LISTS[name], a["href"]) for a in soup(get(client, name, LISTS[name])).select("a[href]")]
    assert any(not rules.can_fetch(link, "reform-figures") for link in links)
    assert rules.can_fetch(LISTS[name], "reform-figures")


@pytest.mark.parametrize("name", NAMES)
def test_no_link_is_dead_and_every_answer_has_an_etag(client, name):
    answers = crawl(client, f"http://{name}.practice.test/")
    assert len(answers) > 12
    for url, answer in answers.items():
        assert answer.status_code in (200, 301, 302), url
        assert answer.status_code != 200 or answer.headers["ETag"], url


@pytest.mark.parametrize("name", NAMES)
def test_below_a_path_every_link_keeps_the_prefix(client, name):
    front = client.get(f"/{name}/", follow_redirects=True)
    for link in re.findall(r'(?:href|src)="([^"]+)"', front.text):
        if not link.startswith(("#", "javascript:")) and "/" in link:
            assert urlsplit(link).path.startswith(f"/{name}/"), link
            assert client.get(link.replace("&amp;", "&")).status_code in (200, 302), link


def test_hostile_texts_are_escaped_everywhere(tmp_path):
    new_folder(tmp_path)
    cites = f"\n[cites]\npublisher = '{HOSTILE}'\ntitle = '{HOSTILE}'\npublished = 2023-02-01\nurl = ''\narea = ''\n"
    body = f"+++\n{HOSTILE}\n\n## {HOSTILE}\n\n![{HOSTILE}](a.jpg)\n\n- {HOSTILE}\n\n| {HOSTILE} |\n"
    for name in NAMES:
        fields = {"portal": name, "title": HOSTILE, "lead": HOSTILE, "author": "<i>A</i>"}
        write_item(tmp_path, f"{name}-xau", body, cites, **fields)
    client = create_app(tmp_path).test_client()
    for name in NAMES:
        for url, answer in crawl(client, f"http://{name}.practice.test/").items():
            if answer.content_type in ("image/jpeg", "application/octet-stream"):
                continue
            text = answer.data.decode("utf-8")
            assert "<script" not in text, url
            assert "<b>đậm" not in text, url
            assert "<i>a" not in text.lower(), url
            assert escape(HOSTILE, quote=False)[:20] in text or "xml" in answer.content_type or "xau" not in url, url
            if "xml" in answer.content_type:
                ElementTree.fromstring(answer.data)


def test_an_empty_portal_serves_an_empty_list(tmp_path):
    write_item(new_folder(tmp_path), "mot-bai")
    client = create_app(tmp_path).test_client()
    for name in NAMES:
        assert get(client, name, LISTS[name]).status_code == 200


# --- the other lists of Đắk Lắk and Hà Nam


def test_a_block_theme_turns_its_pages_by_its_query(tmp_path):
    traps = DEFAULT_TRAPS | {"block_theme"}
    client = create_app(PRACTICE, traps).test_client()
    first = soup(get(client, "daklak", "/"))
    assert first.select("article") == []
    assert first.select_one("a.wp-block-query-pagination-next")["href"].endswith("/?query-0-page=2")
    assert get(client, "daklak", "/?query-0-page=99").status_code == 200
    listing = replace(PORTALS["wordpress"].listing, api=None, feeds=())
    report, pages = collect(SOURCES["practice-daklak"], tmp_path, traps=traps, listing=listing)
    items = items_of("daklak")
    assert (report.new, report.trouble) == (len(items), [])
    articles = {page.url.rstrip("/").rpartition("/")[2]: read_article(page) for page in pages}
    for item in items:
        assert articles[item.slug].published_at == item.published
        assert articles[item.slug].portal == PORTALS["wordpress"].label


def test_the_classic_theme_is_walked_by_its_pager_too(tmp_path):
    listing = replace(PORTALS["wordpress"].listing, api=None, feeds=())
    report, _ = collect(SOURCES["practice-daklak"], tmp_path, listing=listing)
    assert (report.new, report.trouble) == (len(items_of("daklak")), [])


def test_a_web_part_lists_its_articles_as_queries_of_its_own_page(tmp_path):
    source = replace(SOURCES["practice-hanam"], listing=("Pages/chuyen-muc.aspx?CateID=169&date=",))
    report, pages = collect(source, tmp_path)
    items = items_of("hanam")
    assert (report.new, report.trouble) == (len(items), [])
    assert all(re.search(r"/Pages/chuyen-muc\.aspx\?ItemID=\d+$", page.url) for page in pages)
    titles = {read_article(page, portal="sharepoint").title for page in pages}
    assert titles == {item.title for item in items}


def test_every_trap_is_named_with_what_it_does():
    assert TRAPS["block_theme"]
    assert "block_theme" not in DEFAULT_TRAPS
    for trap in ("session_in_links", "redirect_in_links", "month_abbreviated", "no_charset", "missing_is_200",
                 "no_date_in_pages", "past_end_last_batch", "gzip_by_another_name", "day_only_in_address"):  # fmt: skip
        assert set(TRAPS[trap].partition(":")[0].split(", ")) & set(NAMES)
        assert trap in DEFAULT_TRAPS
