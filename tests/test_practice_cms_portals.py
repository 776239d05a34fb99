"""The practice portals of VCCorp's and ePi's CMS, of DotNetNuke and of the ministry's JSON interface.

In: the project's own items. Out: every article collected over real HTTP, once, and read with its parts in their
roles. "Không tìm thấy tin bài" (article not found) is an answer with status 200 here.
"""

import re
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest
from cms_portals import FAMILIES, ITEMS, NAMES, PRACTICE, SOURCES, address_of, get, soup
from protego import Protego

from reform_figures.article_table import read_captures
from reform_figures.collecting import Archive, collect_source
from reform_figures.portals import PORTALS
from reform_figures.practice import create_app, serve
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Page
from reform_figures.tables import read_manifest

OPENS_LEAD = {"chinhphu": "(Chinhphu.vn) - "}
CAPTION_TIMES = {"chinhphu": 2, "nhandan": 1, "quangninh": 2, "noivu-moi": 1}
WITHOUT_DATE_LINE = {"noivu-moi"}
ROLES = {"paragraph": "body", "heading": "heading", "picture": "caption", "list": "list_item", "table": "table_row"}


def expected_lines(item) -> list[tuple[str, str]]:
    """What an article of the portal has to consist of, in order, furniture aside."""
    lines = [("title", item.title)]
    lines.append(("lead", OPENS_LEAD.get(item.portal, "") + item.lead))
    for block in item.blocks:
        texts = [" | ".join(row) for row in block.rows] or block.texts
        times = CAPTION_TIMES[item.portal] if block.kind == "picture" else 1
        lines += [(ROLES[block.kind], text) for text in texts for _ in range(times)]
    return [*lines, ("author", item.author)]


@pytest.fixture(scope="module")
def client():
    return create_app(PRACTICE).test_client()


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """All four portals collected twice over HTTP with every default trap on: the reports, and the data folder."""
    data = tmp_path_factory.mktemp("data")
    with serve(0, PRACTICE) as address, Archive(data) as archive:
        reports = {}
        for name in NAMES:
            source = replace(SOURCES[f"practice-{name}"], connect_to=address.removeprefix("http://"))
            listing = PORTALS[source.portal].listing
            reports[name] = [collect_source(source, listing, archive, "reform-figures/0.1 (+test)") for _ in range(2)]
    return reports, data


@pytest.fixture(scope="module")
def reading(collected):
    return read_captures(collected[1], SOURCES)


# --- the whole way, over HTTP


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_collected_once_and_not_again(collected, name):
    first, second = collected[0][name]
    assert (first.new, first.repeated, first.refused, first.failed, first.trouble) == (8, 0, [], [], [])
    assert (second.new, second.changed, second.unchanged, second.trouble) == (0, 0, 8, [])
    assert SOURCES[f"practice-{name}"].portal == FAMILIES[name]
    rows = [row for row in read_manifest(collected[1]) if row.source == f"practice-{name}" and row.kind == "article"]
    assert sorted(urlsplit(row.url)._replace(scheme="", netloc="").geturl() for row in rows) == sorted(
        address_of(item) for item in ITEMS[name]
    )


def test_every_page_collected_is_read(reading):
    assert reading.refused == []
    assert (reading.captures, reading.replaced, len(reading.articles)) == (32, 0, 32)
    assert len({article.article_id for article in reading.articles}) == 32


@pytest.mark.parametrize("item", [item for name in NAMES for item in ITEMS[name]], ids=lambda item: item.slug)
def test_an_article_has_its_parts_in_their_roles(reading, item):
    article = next(a for a in reading.articles if a.source == f"practice-{item.portal}" and a.title == item.title)
    assert article.portal == PORTALS[FAMILIES[item.portal]].label
    exact = item.published if article.url.endswith(address_of("chinhphu-lang-gom-sang-dem-2020")) else None
    assert article.published_at == (exact or item.published.replace(second=0))
    assert article.event_date == (item.event_date.isoformat() if item.event_date else "")
    assert article.author == item.author
    told = [(p.role, p.text) for p in article.paragraphs if p.role not in ("furniture", "date_line")]
    assert told == expected_lines(item)
    dates = [p.text for p in article.paragraphs if p.role == "date_line"]
    if exact or item.portal in WITHOUT_DATE_LINE:
        assert dates == []
    else:
        assert len(dates) == 1
        assert dates[0].startswith(f"{item.published:%d/%m/%Y %H:%M}")


@pytest.mark.parametrize("name", ["chinhphu", "nhandan"])
def test_other_news_inside_the_text_are_furniture(reading, name):
    titles = {item.title for item in ITEMS[name]}
    for article in (a for a in reading.articles if a.source == f"practice-{name}"):
        others = [p.text for p in article.paragraphs if p.role == "furniture" and p.text in titles]
        assert len(others) == (article.title != ITEMS[name][-1].title)  # the oldest has none before it


@pytest.mark.parametrize("name", NAMES)
def test_with_all_traps_off_the_same_articles_are_collected(name, tmp_path):
    with serve(0, PRACTICE, frozenset()) as address, Archive(tmp_path) as archive:
        source = replace(SOURCES[f"practice-{name}"], connect_to=address.removeprefix("http://"))
        report = collect_source(source, PORTALS[source.portal].listing, archive, "reform-figures/0.1 (+test)")
    assert (report.new, report.trouble) == (8, [])
    articles = read_captures(tmp_path, SOURCES).articles
    assert {a.title for a in articles} == {item.title for item in ITEMS[name]}
    assert {a.published_at.date() for a in articles} == {item.published.date() for item in ITEMS[name]}


@pytest.mark.parametrize(
    ("name", "start", "section"),
    [
        ("chinhphu", "kinh-te/trang-1.htm", "kinh-te"),
        ("nhandan", "van-hoa/", "van-hoa"),
        ("quangninh", "Default.aspx?tabid=132", "xa-hoi"),
        ("noivu-moi", "api/Public/PostsByCategory?ID=14", "xa-hoi"),
    ],
)
def test_a_section_alone_can_be_collected(name, start, section, tmp_path):
    with serve(0, PRACTICE) as address, Archive(tmp_path) as archive:
        source = replace(SOURCES[f"practice-{name}"], connect_to=address.removeprefix("http://"), listing=(start,))
        source = replace(source, expected_minimum=1)
        collect_source(source, PORTALS[source.portal].listing, archive, "reform-figures/0.1 (+test)")
    titles = {article.title for article in read_captures(tmp_path, SOURCES).articles}
    assert titles == {item.title for item in ITEMS[name] if item.section == section}


def test_the_interface_is_read_over_its_pages(tmp_path):
    listing = PORTALS["moha_api"].listing
    api = replace(listing.api, address="?skip={offset}&take=3&requireTotalCount=true", page_size=3)
    with serve(0, PRACTICE) as address, Archive(tmp_path) as archive:
        source = replace(SOURCES["practice-noivu-moi"], connect_to=address.removeprefix("http://"))
        source = replace(source, listing=source.listing[:1])
        report = collect_source(source, replace(listing, api=api), archive, "reform-figures/0.1 (+test)")
        lists = [row.url for row in read_manifest(tmp_path) if row.kind == "api"]
    assert (report.new, report.trouble) == (8, [])
    assert [re.search(r"skip=(\d+)", url)[1] for url in lists] == ["0", "3", "6"]


# --- lists

PAGES = {
    "chinhphu": [("/", "/trang-2.htm", "/trang-3.htm"), "a.box-category-link-title"],
    "nhandan": [("/xa-hoi/", "/xa-hoi/?page=2"), ".content-col .story__heading a"],
    "quangninh": [
        ("/Default.aspx?tabid=119", "/tin-tuc/tabid/119/currentpage/2/language/vi-VN/Default.aspx"),
        ".listcategory__content a",
    ],
}


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_a_list_hold_each_item_once(client, name):
    pages, selector = PAGES[name]
    shown = [[a.get_text() for a in soup(get(client, name, page)).select(selector)] for page in pages]
    listed = [item.title for item in ITEMS[name] if name != "nhandan" or item.section == "xa-hoi"]
    assert [title for page in shown for title in page] == listed
    assert [len(page) for page in shown] == [6, len(listed) - 6, 0][: len(pages)]


def test_a_vccorp_list_comes_in_pieces_too_and_ends_with_nothing(client):
    zone = soup(get(client, "chinhphu", "/kinh-te.htm")).select_one("#hdZoneId")["value"]
    piece = soup(get(client, "chinhphu", f"/timelinelist/{zone}/1.htm"))
    assert len(piece.select("a[data-linktype=newsdetail]")) == 2
    end = get(client, "chinhphu", f"/timelinelist/{zone}/2.htm")
    assert (end.status_code, end.data) == (200, b"")


def test_an_epi_list_repeats_its_first_page_past_the_end(client):
    first, beyond = (soup(get(client, "nhandan", f"/xa-hoi/{page}")) for page in ("", "?page=9"))
    assert [a["href"] for a in first.select(".content-col h2 a")] == [
        a["href"] for a in beyond.select(".content-col h2 a")
    ]


def test_epis_interface_tells_times_as_numbers_and_robots_forbids_it(client):
    told = get(client, "nhandan", "/api/morenews-zone-1106-1.html").json
    newest = next(item for item in ITEMS["nhandan"] if item.section == "xa-hoi")
    assert (told["error_message"], told["data"]["load_more"]) == ("Success", True)
    assert told["data"]["contents"][0]["date"] == int(newest.published.timestamp())
    assert not Protego.parse(get(client, "nhandan", "/robots.txt").text).can_fetch("/api/x.html", "reform-figures")


def test_a_telerik_grid_is_paged_by_posting_its_form(client):
    base = "http://quangninh.practice.test"
    page = soup(get(client, "quangninh", "/Default.aspx?tabid=121"))
    form = {i["name"]: i.get("value", "") for i in page.select("form input[type=hidden]")}
    action, button = page.select_one("form")["action"], page.select_one(".rgPageNext")["name"]
    rows = [a.get_text() for a in page.select(".rgMasterTable tbody a")]
    for fields in (
        {**form, button: " "},
        {**form, "__EVENTTARGET": re.search(r"'(.*?\$ctl07)'", str(page.select(".rgNumPart a")[1]))[1]},
    ):
        second = soup(client.post(action, data=fields, base_url=base))
        shown = [a.get_text() for a in second.select(".rgMasterTable tbody a")]
        assert rows + shown == [item.title for item in ITEMS["quangninh"]]
        assert second.select_one(".rgCurrentPage").get_text() == "2"
    assert client.post(action, data={button: " "}, base_url=base).status_code == 500


def test_the_ministrys_menu_leads_to_its_categories(client):
    menu = get(client, "noivu-moi", "/api/Public/MenuDetail?ID=2794").json["childs"]
    numbers = [re.search(r"---id(\d+)$", child["URL"])[1] for child in menu]
    assert [f"api/Public/PostsByCategory?ID={n}" for n in numbers] == list(SOURCES["practice-noivu-moi"].listing)
    posts = [
        get(client, "noivu-moi", f"/api/Public/PostsByCategory?ID={n}&skip=0&take=20&requireTotalCount=true").json
        for n in numbers
    ]
    assert [told["totalCount"] for told in posts] == [len(told["data"]) for told in posts] == [8, 2, 2]


# --- addresses


@pytest.mark.parametrize(
    ("portal", "path", "status"),
    [
        ("chinhphu", "/khong-co-102200101000000000.htm", 200),
        ("chinhphu", "/khong-co/trang-2.htm", 404),
        ("nhandan", "/khong-co-post999999.html", 404),
        ("nhandan", "/khong-co/", 404),
        ("quangninh", "/Default.aspx?tabid=119&ID=999999", 200),
        ("quangninh", "/Default.aspx?tabid=777", 404),
        ("noivu-moi", "/api/Public/PostDetail?ID=999999", 200),
        ("noivu-moi", "/khong-co", 200),
        ("noivu-moi", "/sitemap.xml", 200),
    ],
)
def test_what_is_not_there_is_read_as_no_article(client, portal, path, status):
    answer = get(client, portal, path)
    assert answer.status_code == status
    page = Page(url=f"http://{portal}.practice.test{path}", body=answer.data, content_type=answer.content_type)
    with pytest.raises(UnreadablePage):
        read_article(page, portal=FAMILIES[portal])


def test_the_ministrys_page_of_an_article_is_refused_with_the_way_out(client):
    item = ITEMS["noivu-moi"][0]
    answer = get(client, "noivu-moi", f"/tin-tuc/chu-gi-cung-duoc---id{item.number}")
    page = Page(url="http://x.test/", body=answer.data, content_type=answer.content_type)
    with pytest.raises(UnreadablePage, match="empty shell that JavaScript fills; collect the portal's JSON interface"):
        read_article(page)


@pytest.mark.parametrize(("name", "form"), [("chinhphu", "-102"), ("nhandan", "-post")])
def test_a_wrong_slug_leads_to_the_right_one(client, name, form):
    right = address_of(ITEMS[name][0])
    answer = client.get("/sai" + right[right.rindex(form) :], base_url=f"http://{name}.practice.test")
    assert (answer.status_code, answer.headers["Location"]) == (301, right)


def test_dotnetnuke_has_the_same_article_under_two_addresses(client):
    item = ITEMS["quangninh"][0]
    pages = [get(client, "quangninh", p).data for p in (address_of(item), f"/Default.aspx?tabid=119&ID={item.number}")]
    assert pages[0] == pages[1]
    assert address_of(item) in soup(get(client, "quangninh", address_of(item))).select_one("[rel=canonical]")["href"]


def test_print_copies_are_never_followed(client):
    for name, selector in (("chinhphu", ".detail-print a"), ("nhandan", "a.print"), ("quangninh", "a[rel=nofollow]")):
        page = soup(get(client, name, address_of(ITEMS[name][0])))
        copy = urljoin(f"http://{name}.practice.test/", page.select_one(selector)["href"])
        listing = PORTALS[FAMILIES[name]].listing
        assert re.search(listing.skip, copy), name
        assert get(client, name, copy.split(".test")[1]).status_code == 200
