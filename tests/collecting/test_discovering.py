"""Lists of every kind become addresses, each once; the walk through their pages ends by itself."""

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from reform_figures.collecting.addresses import clean_address, numbered_address
from reform_figures.collecting.discovering import (
    SeenBefore,
    discover,
)
from reform_figures.collecting.failures import FetchFailed
from reform_figures.collecting.fetching import Fetcher
from reform_figures.collecting.machine_lists import feed_items
from reform_figures.collecting.politeness import Pace
from reform_figures.collecting.sources import Source
from reform_figures.portals.listing import Api, Listing

SHARED = Path(__file__).resolve().parents[3] / "shared" / "pages"
needs_pages = pytest.mark.skipif(not SHARED.exists(), reason="needs the rendered pages in ../shared/pages")


def feed_addresses(answer):
    return [item.address for item in feed_items(answer)]


@dataclass
class Answer:
    final_url: str
    body: bytes
    content_type: str = "text/html"


class Web:
    """Answers from a dictionary: a text is a body, a tuple a redirect, a number a status; a function takes a form."""

    def __init__(self, pages):
        self.pages = pages
        self.asked = []

    def __call__(self, url, kind, form=None, seen=()):
        self.asked.append(url)
        page = self.pages.get(url, 404)
        if callable(page):
            page = page(form)
        if isinstance(page, tuple):
            if page[0] in seen:
                raise SeenBefore
            return Answer(page[0], self.pages[page[0]].encode())
        if isinstance(page, int):
            raise FetchFailed(url, f"answered {page}", page)
        return Answer(url, page if isinstance(page, bytes) else page.encode())


def links(*names):
    return "<ul>" + "".join(f'<li class="t"><a href="/{name}.html">Tin {name}</a></li>' for name in names) + "</ul>"


def source(*listing, **keys):
    usual = {
        "name": "p",
        "publisher": "x",
        "address": "http://p.test/",
        "portal": "x",
        "listing": listing or ("tin/",),
    }
    return Source(**{**usual, **keys})


def found(web, listing, *start, **keys):
    result = discover(source(*start), listing, web, **keys)
    assert not result.failed
    return [address.removeprefix("http://p.test/").removesuffix(".html") for address in result.addresses]


BY_PATH = Listing(items="li.t", next_page="page-{n}/")
BY_QUERY = Listing(items="li.t a", next_page="?page={n}")


def test_pages_that_share_links_give_each_article_once():
    web = Web(
        {
            "http://p.test/tin/": links("a", "b", "c", "d"),
            "http://p.test/tin/page-2/": links("c", "d", "e"),
            "http://p.test/tin/page-3/": ("http://p.test/tin/",),
        }
    )
    assert found(web, BY_PATH) == ["a", "b", "c", "d", "e"]
    assert len(web.asked) == 3


@pytest.mark.parametrize("end", [404, 400, 410, "<p>Không có tin</p>", links("c"), links("a", "b")])
def test_the_walk_ends_where_nothing_new_comes(end):
    web = Web({"http://p.test/tin/": links("a", "b"), "http://p.test/tin/?page=2": links("c")})
    web.pages["http://p.test/tin/?page=3"] = end
    web.pages["http://p.test/tin/?page=4"] = links("never")
    assert found(web, BY_QUERY) == ["a", "b", "c"]


def test_a_page_that_fails_is_told_and_the_articles_before_it_are_kept():
    web = Web({"http://p.test/tin/": links("a"), "http://p.test/tin/?page=2": 503})
    result = discover(source(), BY_QUERY, web)
    assert list(result.addresses) == ["http://p.test/a.html"]
    assert str(result.failed[0]) == "http://p.test/tin/?page=2: answered 503"


def test_a_first_page_that_is_not_there_is_a_failure():
    assert str(discover(source(), BY_QUERY, Web({})).failed[0]) == "http://p.test/tin/: answered 404"


def test_several_lists_may_share_articles():
    web = Web({"http://p.test/x/": links("a", "b"), "http://p.test/y/": links("b", "c")})
    assert found(web, Listing(items="li.t"), "x/", "y/") == ["a", "b", "c"]


def test_a_limit_ends_the_walk():
    web = Web({"http://p.test/tin/": links("a", "b"), "http://p.test/tin/?page=2": links("c", "d")})
    assert found(web, BY_QUERY, limit=2) == ["a", "b"]
    assert len(web.asked) == 1
    assert found(web, BY_QUERY, limit=3) == ["a", "b", "c"]


def test_an_endless_list_is_ended_and_told(monkeypatch):
    monkeypatch.setattr("reform_figures.collecting.page_lists.MOST_PAGES", 20)

    class Endless(Web):
        def __call__(self, url, kind, form=None, seen=()):
            self.asked.append(url)
            return Answer(url, links(f"n{len(self.asked)}").encode())

    result = discover(source(), BY_QUERY, Endless({}))
    assert len(result.addresses) == 20
    assert "more than 20 pages" in str(result.failed[0])


def test_print_copies_other_hosts_and_other_kinds_of_links_are_not_articles():
    page = """
      <div class=side><h3><a href="/bai-9.html">Đọc nhiều</a></h3></div>
      <h3><a href="/bai-1.html#binh-luan">Tin</a></h3> <h3><a href=" bai-2.html?utm_source=x ">Tin</a></h3>
      <h3><a href="/print/bai-1.html">In</a></h3> <h3><a href="http://other.test/bai-3.html">Tin</a></h3>
      <h3><a href="javascript:;">Tin</a></h3> <h3><a>Tin</a></h3> <h3>Tin</h3> <h3><a href="http://[bad/">Tin</a></h3>
      <h3><a href="//www.p.test/bai-4.html">Tin</a></h3> <h3><a href="/album/7">Ảnh</a></h3>"""
    listing = Listing(items="h3", drop=".side", skip="/print/", article=r"bai-\d+\.html")
    result = discover(source(""), listing, Web({"http://p.test/": page}))
    assert list(result.addresses) == [
        "http://p.test/bai-1.html",
        "http://p.test/bai-2.html",
        "http://www.p.test/bai-4.html",
    ]


def test_the_next_link_is_followed_where_addresses_cannot_be_counted():
    instance = "http://p.test/tin/?p_p_id=101_INSTANCE_k4Yz&_101_INSTANCE_k4Yz_cur="
    pager = "".join(f'<a href="{instance}{n}">{n}</a>' for n in (1, 2, 3))
    web = Web({"http://p.test/tin/": links("a") + pager})
    web.pages[f"{instance}2"] = links("b") + pager
    web.pages[f"{instance}3"] = links("c") + pager
    assert found(web, Listing(items="li.t", next_link='a[href*="_cur={n}"]')) == ["a", "b", "c"]
    assert len(web.asked) == 3


def test_a_webforms_pager_is_sent_with_all_hidden_fields():
    def form(number, *names):
        others = "".join(
            f"""<a href="javascript:__doPostBack('g','Page${n}')">{n}</a>""" for n in (1, 2, 3) if n != number
        )
        state = f'<input type=hidden name=__VIEWSTATE value="state{number}">'
        target = '<input type=hidden name=__EVENTTARGET value="">'
        return f'<form method=post action="TinTuc.aspx">{state}{target}{links(*names)}{others}</form>'

    sent = []

    def answer(fields):
        sent.append(fields)
        if fields is None:
            return form(1, "a", "b")
        return form(2, "c") if fields["__EVENTARGUMENT"] == "Page$2" else form(3, "d")

    web = Web({"http://p.test/TinTuc.aspx": answer})
    assert found(web, Listing(items="li.t", postback=True), "TinTuc.aspx") == ["a", "b", "c", "d"]
    assert sent[1:] == [
        {"__VIEWSTATE": "state1", "__EVENTTARGET": "g", "__EVENTARGUMENT": "Page$2"},
        {"__VIEWSTATE": "state2", "__EVENTTARGET": "g", "__EVENTARGUMENT": "Page$3"},
    ]


RSS = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>http://p.test/</link><atom:link href="/self" rel="self"/>
<item><title>A&x;</title><link><![CDATA[http://p.test/a.html]]></link></item><item><link> /b.html </link></item>
<item><title>không có</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://p.test/"/><entry><link rel="self" href="/s"/>
<link rel="alternate" href="/a.html"/></entry><entry><link href="/b.html"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel>
<link>/</link></channel><item><link>/a.html</link></item><item><link>/b.html</link></item></rdf:RDF>"""


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF, RSS.replace("</rss>", "")])
def test_feeds_of_every_kind_are_read(feed):
    assert feed_addresses(Answer("http://p.test/rss", feed.encode())) == [
        "http://p.test/a.html",
        "http://p.test/b.html",
    ]


@pytest.mark.parametrize("body", [b"<html><body>404</body></html>", b"nothing", b"  ", b"\x00\xff", b"{}"])
def test_what_is_no_feed_gives_no_links(body):
    assert feed_addresses(Answer("http://p.test/rss", body)) == []


def test_a_feed_adds_to_the_pages_and_may_be_missing():
    listing = Listing(items="li.t", feeds=("../rss/{section}/", "/none"))
    web = Web({"http://p.test/vi/tin-tuc/": links("a", "c"), "http://p.test/vi/rss/tin-tuc/": RSS})
    assert found(web, listing, "vi/tin-tuc/") == ["a", "b", "c"]


def posts(*names):
    return json.dumps([{"link": f"http://p.test/{name}.html"} for name in names])


REST = Listing(items="li.t", api=Api("wp-json/posts?per_page=2&page={n}", page_size=2))
PAGE = "http://p.test/wp-json/posts?per_page=2&page="


def test_an_interface_for_machines_is_asked_first_and_is_enough():
    web = Web({f"{PAGE}1": posts("a", "b"), f"{PAGE}2": posts("c")})
    assert found(web, REST, "") == ["a", "b", "c"]
    assert web.asked == [f"{PAGE}1", f"{PAGE}2"]


def test_an_interface_may_end_with_a_status():
    web = Web({f"{PAGE}1": posts("a", "b"), f"{PAGE}2": 400})
    assert found(web, REST, "") == ["a", "b"]


@pytest.mark.parametrize("answer", [404, 401, 500, "<html></html>", '{"code": "rest_disabled"}', "[" * 100_000])
def test_pages_are_walked_where_the_interface_does_not_answer(answer):
    web = Web({f"{PAGE}1": answer, "http://p.test/": links("a", "b")})
    assert found(web, REST, "") == ["a", "b"]


def test_an_interface_that_breaks_off_is_completed_from_the_pages():
    web = Web({f"{PAGE}1": posts("a", "b"), f"{PAGE}2": 500, "http://p.test/": links("b", "c")})
    assert found(web, REST, "") == ["a", "b", "c"]


def test_an_interface_to_the_whole_portal_is_not_asked_for_a_section():
    web = Web({f"{PAGE}1": posts("a", "b"), "http://p.test/category/x/": links("c")})
    assert found(web, REST, "category/x/") == ["c"]


def test_an_interface_may_be_on_another_host_and_name_articles_by_number():
    api = Api("?skip={offset}&take=2", items="data.rows", article="https://api.p.test/Detail?ID={ID}", page_size=2)
    start = "https://api.p.test/ByCategory?ID=12"
    web = Web({f"{start}&skip=0&take=2": json.dumps({"data": {"rows": [{"ID": 7}, {"ID": 8}]}})})
    web.pages[f"{start}&skip=2&take=2"] = json.dumps({"data": {"rows": [{"ID": 9}, {"none": 1}, "odd"]}})
    web.pages[f"{start}&skip=4&take=2"] = json.dumps({"data": {"rows": []}})
    result = discover(source(start), Listing(items="a", api=api), web)
    assert list(result.addresses) == [f"https://api.p.test/Detail?ID={n}" for n in (7, 8, 9)]


@pytest.mark.parametrize(
    ("base", "template", "number", "address"),
    [
        ("http://p.test/vi/tin/", "page-{n}/", 3, "http://p.test/vi/tin/page-3/"),
        ("http://p.test/x.aspx?CateID=169&Page=1", "?Page={n}", 2, "http://p.test/x.aspx?CateID=169&Page=2"),
        ("http://p.test/tin", "?b_start:int={offset}", 3, "http://p.test/tin?b_start:int=40"),
        ("http://p.test/tin/", "trang-{n}.htm", 2, "http://p.test/tin/trang-2.htm"),
    ],
)
def test_addresses_of_pages_are_counted(base, template, number, address):
    assert numbered_address(base, template, number, 20) == address


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("ChiTiet.aspx?ItemID=37", "http://p.test/tin/ChiTiet.aspx?ItemID=37"),
        ("?ItemID=8035", "http://p.test/tin/list.aspx?ItemID=8035"),
        ("HTTP://P.Test:80/A;jsessionid=9F?x=1&utm_medium=a&y=2#top", "http://p.test/A?x=1&y=2"),
        ("/tin tức.html", "http://p.test/tin%20t%E1%BB%A9c.html"),
        ("/tin%20t%E1%BB%A9c.html", "http://p.test/tin%20t%E1%BB%A9c.html"),
        ("http://user:secret@p.test/a", "http://p.test/a"),
        ("http://p.test", "http://p.test/"),
        ("mailto:a@b.vn", ""),
        ("javascript:;", ""),
        ("http://p.test:port/", ""),
        ("https://[::1]:8443/a", "https://[::1]:8443/a"),
    ],
)
def test_a_link_has_one_address(link, address):
    assert clean_address("http://p.test/tin/list.aspx", link) == address


# --- pages that real servers rendered (shared with the project, not part of it)


def shared(server, name):
    return (SHARED / server / name).read_bytes()


@needs_pages
def test_the_form_of_a_real_webforms_pager_is_the_one_its_server_took():
    asked = []

    def answer(form):
        asked.append(form)
        return shared("webforms", "listing-1.html" if form is None else "listing-2-postback.html")

    address = "http://127.0.0.1:8083/"
    web = Web({f"{address}TinTuc.aspx": answer})
    listing = Listing(items="a.Title", postback=True)
    result = discover(source("TinTuc.aspx", address=address), listing, web)
    assert list(result.addresses)[::10] == [f"{address}ChiTiet.aspx?ItemID=65", f"{address}ChiTiet.aspx?ItemID=55"]
    taken = dict(
        line.split(" = ", 1)
        for line in shared("webforms", "postback-request.txt").decode().splitlines()
        if line.startswith("__")
    )
    assert asked[1].keys() == taken.keys()
    # the file shows the first hundred characters of the long values
    assert all(asked[1][name].startswith(value) for name, value in taken.items())


@needs_pages
@pytest.mark.parametrize(
    ("listing", "pages", "count"),
    [
        (
            Listing(items="h2.entry-title", next_page="page/{n}/"),
            {"": "listing-1.html", "page/2/": "listing-2.html"},
            20,
        ),
        (
            Listing(items="h2.wp-block-post-title", next_link="a.wp-block-query-pagination-next"),
            # the second capture shows page 1 again: that server passed over ?query-0-page=2
            {"": "blocktheme-listing-1.html", "page/2/": "blocktheme-listing-2.html"},
            10,
        ),
    ],
)
def test_real_wordpress_lists_of_both_themes_are_walked(listing, pages, count):
    address = "http://127.0.0.1:8081/"
    web = Web({address + path: shared("wordpress", name) for path, name in pages.items()})
    assert len(discover(source("", address=address), listing, web).addresses) == count
    assert f"{address}page/2/" in web.asked


@needs_pages
def test_a_real_plone_list_ends_although_it_never_answers_404():
    address = "http://127.0.0.1:8084/Plone/"
    pages = {"tin-tuc": "listing-1.html", "tin-tuc?b_start:int=20": "listing-2.html"}
    web = Web({address + path: shared("plone", name) for path, name in pages.items()})
    for start in (40, 60, 80):  # Plone answers the last page; here, the second one
        web.pages[f"{address}tin-tuc?b_start:int={start}"] = shared("plone", "listing-2.html")
    listing = Listing(items="a.summary", next_page="?b_start:int={offset}", page_size=20)
    assert len(discover(source("tin-tuc", address=address), listing, web).addresses) == 40
    assert len([asked for asked in web.asked if not asked.lower().endswith(("rss", "rss.xml"))]) == 3


@needs_pages
def test_real_feeds_are_read():
    for server, name, count in (("wordpress", "feed.xml", 10), ("plone", "rss.xml", 15)):
        assert len(feed_addresses(Answer("http://127.0.0.1/", shared(server, name)))) == count


def test_forms_are_sent_as_a_browser_sends_them(portal, source):
    def answer(handler):
        body = f"{handler.headers['Content-Type']} {handler.form}".encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    portal.pages["POST /TinTuc.aspx"] = answer
    fetcher = Fetcher(source(), "reform-figures", Pace())
    sent = fetcher.fetch(
        "http://portal.test/TinTuc.aspx", form={"__EVENTARGUMENT": "Page$2", "__VIEWSTATE": "/w+="}
    ).body
    fetcher.close()
    kind, form = sent.decode().split()
    assert kind == "application/x-www-form-urlencoded"
    assert parse_qs(form) == {"__EVENTARGUMENT": ["Page$2"], "__VIEWSTATE": ["/w+="]}
