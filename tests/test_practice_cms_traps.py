"""What the practice portals with a CMS or an interface give to machines, how they are served, and their traps.

In: the project's own items. Out: feeds, sitemaps and links that hold; each trap on and off. A feed of "Xã hội"
(society) is `/rss/xa-hoi-1106.rss`, with the section's number in its name.
"""

import gzip
import re
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import requests
from cms_portals import FAMILIES, ITEMS, NAMES, PRACTICE, address_of, get
from protego import Protego

from reform_figures.practice import DEFAULT_TRAPS, TRAPS, create_app, load_items, serve
from reform_figures.reading import read_article
from reform_figures.records import Page


@pytest.fixture(scope="module")
def client():
    return create_app(PRACTICE).test_client()


# --- what is meant for machines


@pytest.mark.parametrize(
    ("portal", "path", "count"),
    [
        ("chinhphu", "/rss/home.rss", 8),
        ("chinhphu", "/rss/kinh-te.rss", 2),
        ("nhandan", "/rss/home.rss", 8),
        ("nhandan", "/rss/xa-hoi-1106.rss", 7),
        ("quangninh", "/RSS.aspx?TabID=119&ModuleID=507", 8),
    ],
)
def test_a_feed_lists_the_articles(client, portal, path, count):
    links = [item.findtext("link") for item in ElementTree.fromstring(get(client, portal, path).data).iter("item")]
    known = [f"http://{portal}.practice.test{address_of(item)}" for item in ITEMS[portal]]
    assert len(links) == count
    assert [link for link in known if link in links] == links


@pytest.mark.parametrize(("portal", "parts"), [("chinhphu", 8), ("nhandan", 9)])
def test_sitemaps_go_by_time_and_hold_every_article(client, portal, parts):
    robots = get(client, portal, "/robots.txt").text
    index = get(client, portal, urlsplit(robots.split("Sitemap: ")[1].strip()).path).text
    places = [urlsplit(loc).path for loc in re.findall("<loc>(.*?)</loc>", index)]
    assert len(places) == parts
    found = [loc for place in places for loc in re.findall("<loc>(.*?)</loc>", get(client, portal, place).text)]
    assert {f"http://{portal}.practice.test{address_of(item)}" for item in ITEMS[portal]} <= set(found)
    assert all(re.search(r"/(sitemaps-\d{4}-\d\d?-\d+-\d+|news-\d{4}-\d\d?|categories)\.xml$", p) for p in places)


def test_dotnetnukes_sitemap_lists_its_tabs_and_no_article(client):
    text = get(client, "quangninh", "/SiteMap.aspx").text
    assert text.count("<loc>") == 4
    assert "/ID/" not in text


def test_epi_sends_its_sitemap_compressed_to_who_takes_it():
    with serve(0, PRACTICE) as address:
        host = {"Host": "nhandan.practice.test"}
        packed = requests.get(
            f"{address}/sitemap.xml", headers={**host, "Accept-Encoding": "gzip"}, stream=True, timeout=5
        )
        plain = requests.get(f"{address}/sitemap.xml", headers={**host, "Accept-Encoding": "identity"}, timeout=5)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.raw.read()) == plain.content
        assert packed.headers["ETag"] != plain.headers["ETag"]


# --- how they are served

LINKS = re.compile(r'(?:href|src|data-url)="([^"#]+)"|<loc>([^<]+)</loc>|<link>([^<]+)</link>|Sitemap: (\S+)')


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


@pytest.mark.parametrize("name", NAMES)
def test_no_link_is_dead_and_every_page_has_an_etag(client, name):
    answers = crawl(client, f"http://{name}.practice.test/")
    assert len(answers) > (4 if name == "noivu-moi" else 25)
    for url, answer in answers.items():
        assert answer.status_code in (200, 301, 302), url
        assert answer.status_code != 200 or re.fullmatch(r'"[0-9a-f]{40}"', answer.headers["ETag"]), url


@pytest.mark.parametrize("name", NAMES)
def test_in_the_path_form_every_link_keeps_the_prefix(client, name):
    front = client.get(f"/{name}/", follow_redirects=True)
    for link in re.findall(r'(?:href|src|action)="([^"]+)"', front.text):
        if not link.startswith(("#", "javascript:")) and "/" in link:
            assert urlsplit(link).path.startswith(f"/{name}/")
    forbidden = re.findall(r"Disallow: (\S+)", client.get(f"/{name}/robots.txt").text)
    assert forbidden
    assert all(path.startswith(f"/{name}/") for path in forbidden)


@pytest.mark.parametrize("name", NAMES)
def test_robots_forbids_no_article(client, name):
    rules = Protego.parse(get(client, name, "/robots.txt").text)
    assert all(rules.can_fetch(address_of(item), "reform-figures") for item in ITEMS[name])
    assert not rules.can_fetch("/admin/", "reform-figures")


@pytest.mark.parametrize("name", NAMES)
def test_hostile_texts_are_escaped_everywhere(tmp_path, name):
    (tmp_path / "templates").symlink_to(PRACTICE / "templates")
    (tmp_path / "portals.toml").write_bytes((PRACTICE / "portals.toml").read_bytes())
    (tmp_path / "items").mkdir()
    hostile = 'Tin <script>alert("x")</script> & "trích" ]]> <b>đậm</b> {{ 7 * 7 }}'
    (tmp_path / "items" / "xau.md").write_text(
        f"+++\nportal = \"{name}\"\ntitle = '{hostile}'\npublished = 2023-02-03T18:00:00+07:00\nauthor = '<i>A</i>'\n"
        f"section = \"tin-tuc\"\nlead = '{hostile}'\n+++\n{hostile} Hết.\n\n"
        f"## {hostile}\n\n![{hostile}](a.jpg)\n\n- {hostile}\n",
        encoding="utf-8",
    )
    item = load_items(tmp_path)[0]
    client = create_app(tmp_path).test_client()
    for url, answer in crawl(client, f"http://{name}.practice.test/").items():
        assert not re.search(r"<script>|<b>đậm|<i>A", answer.data.decode(errors="replace")), url
        if "xml" in answer.content_type:
            ElementTree.fromstring(answer.data)
    answer = get(client, name, address_of(item))
    article = read_article(Page(url="http://x.test/", body=answer.data), portal=FAMILIES[name])
    assert article.title == hostile
    assert [p.text for p in article.paragraphs if p.role == "body"] == [f"{hostile} Hết."]


# --- traps

CAUGHT = "quangninh-trung-tam-hanh-chinh-cong-2023"
MAGAZINE = "chinhphu-lang-gom-sang-dem-2020"
ODD = next(item.slug for item in ITEMS["noivu-moi"] if item.number % 2)


@pytest.mark.parametrize(
    ("trap", "portal", "path", "mark"),
    [
        ("time_only_in_address", "chinhphu", MAGAZINE, ("", 'data-role="publishdate"')),
        (
            "caption_as_paragraph",
            "chinhphu",
            MAGAZINE,
            ("<p>Cửa lò lúc gần sáng, khói mỏng bay là là trên mái ngói</p>\n", ""),
        ),
        ("caption_as_paragraph", "quangninh", CAUGHT, ("<p>Người dân lấy số tự động tại sảnh trung tâm</p>", "")),
        ("related_inside_text", "chinhphu", MAGAZINE, ('type="RelatedNewsBox"', "")),
        ("related_inside_text", "nhandan", "nhandan-doi-bong-nu-lang-chai-2023", ('class="article-relate"', "")),
        ("tracking_links", "chinhphu", "/", ("utm_source=list", "")),
        ("adverts_inside_text", "nhandan", "nhandan-doi-bong-nu-lang-chai-2023", ("adsWeb_AdsArticleMiddle", "")),
        ("most_read_beside_list", "nhandan", "/xa-hoi/", ("utm_source=most-read", "")),
        ("most_read_beside_list", "quangninh", "/Default.aspx?tabid=119", ("dnn_RightPane", "")),
        ("todays_date_in_header", "quangninh", CAUGHT, ("dnnCURRENTDATE_lblDate", "")),
        ("ids_like_the_articles", "quangninh", CAUGHT, ("dnnTITLE_lblTitle", "")),
        ("escaped_html", "noivu-moi", ODD, ("&lt;p&gt;", "")),
        ("seven_decimals", "noivu-moi", ODD, (":00.0", ':00"')),
    ],
)
def test_a_trap_is_there_when_on_and_gone_when_off(trap, portal, path, mark):
    path = path if path.startswith("/") else address_of(path)
    on, off = (get(create_app(PRACTICE, traps).test_client(), portal, path).text for traps in ({trap}, set()))
    there, gone = mark
    assert there in on
    assert not there or there not in off
    assert gone in off
    assert not gone or gone not in on


@pytest.mark.parametrize(
    ("trap", "portal", "path", "on", "off"),
    [
        ("empty_timeline", "chinhphu", "/timelinelist/0/9.htm", 200, 404),
        ("missing_is_200", "chinhphu", "/khong-co-102200101000000000.htm", 200, 404),
        ("missing_is_200", "quangninh", "/Default.aspx?tabid=119&ID=999999", 200, 404),
        ("missing_is_200", "noivu-moi", "/api/Public/PostDetail?ID=999999", 200, 404),
        ("missing_feed_redirects", "nhandan", "/rss/khong-co.rss", 302, 404),
        ("cookie_test", "quangninh", "/Default.aspx?tabid=119", 302, 200),
        ("shell_for_everything", "noivu-moi", "/sitemap.xml", 200, 404),
    ],
)
def test_a_trap_changes_the_answer_of_the_server(trap, portal, path, on, off):
    base = f"http://{portal}.practice.test"
    answers = [create_app(PRACTICE, traps).test_client().get(path, base_url=base) for traps in ({trap}, set())]
    assert [answer.status_code for answer in answers] == [on, off]


def test_the_cookie_test_asks_once():
    client = create_app(PRACTICE).test_client()
    base = "http://quangninh.practice.test"
    first = client.get("/Default.aspx?tabid=119", base_url=base)
    assert first.headers["Location"] == "/Default.aspx?tabid=119&AspxAutoDetectCookieSupport=1"
    assert client.get("/Default.aspx?tabid=119", base_url=base).status_code == 200
    assert client.get("/quangninh/Default.aspx?tabid=119").headers["Location"].startswith("/quangninh/Default.aspx")


def test_every_trap_of_these_portals_is_on_by_default():
    assert {name for name, words in TRAPS.items() if words.startswith(NAMES)} <= DEFAULT_TRAPS
