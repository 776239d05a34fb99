"""What lists tell of an article: its headline, its day; and which articles are wanted by it."""

import gzip
from dataclasses import dataclass
from datetime import date

import pytest

from reform_figures.collecting.discovering import discover
from reform_figures.collecting.failures import FetchFailed
from reform_figures.collecting.listed import Listed, Wanted
from reform_figures.collecting.machine_lists import MOST_SITEMAPS, feed_items, read_moment, sitemap_entries
from reform_figures.collecting.page_lists import page_items, parse_html
from reform_figures.collecting.sources import Source
from reform_figures.portals import PORTALS
from reform_figures.portals.listing import Api, Listing


@dataclass
class Answer:
    final_url: str
    body: bytes
    content_type: str = "text/html; charset=utf-8"


class Web:
    def __init__(self, pages):
        self.pages, self.asked = pages, []

    def __call__(self, url, kind, form=None, seen=()):
        self.asked.append(url)
        page = self.pages.get(url)
        if page is None:
            raise FetchFailed(url, "answered 404", 404)
        return Answer(url, page if isinstance(page, bytes) else page.encode())


def source(*listing, **keys):
    return Source(name="p", publisher="x", address="http://p.test/", portal="x", listing=listing or ("tin/",), **keys)


def page(*items):
    """A listing page in the usual manner: headline, day, lead."""
    return "<div class=list>" + "".join(
        f"<div class=item><h3><a href='/{name}-1.html'>{title}</a></h3><span>{day} | Lượt xem: 12</span>"
        f"<p>Tóm tắt của bài {name}, dài hơn bốn mươi chữ cái để được nhận là phần dẫn.</p></div>"
        for name, title, day in items
    )


LISTING = Listing(items="h3", next_page="page-{n}/")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Fri, 03 Feb 2023 11:00:00 +0000", "2023-02-03T18:00:00+07:00"),
        ("2023-02-03T11:00:00Z", "2023-02-03T18:00:00+07:00"),
        ("2023-02-03T18:00:00", "2023-02-03T18:00:00+07:00"),
        ("2023-02-03", "2023-02-03"),
        ("(03/02/2023)", "2023-02-03T00:00:00+07:00"),
        ("Thứ sáu - 03/02/2023 18:00", "2023-02-03T18:00:00+07:00"),
        ("2023-02-30", ""),
        ("hôm qua", ""),
        ("", ""),
    ],
)
def test_every_form_of_a_time_in_lists_is_read_with_its_zone(text, moment):
    assert read_moment(text) == moment


def test_an_item_of_a_listing_page_keeps_headline_day_and_lead_to_itself():
    answer = Answer(
        "http://p.test/tin/", page(("a", "Tin A", "03/02/2023 18:00"), ("b", "Tin B", "02/02/2023")).encode()
    )
    first, second = page_items(parse_html(answer), answer.final_url, LISTING)
    assert (first.address, first.title, first.listed_at) == (
        "http://p.test/a-1.html",
        "Tin A",
        "2023-02-03T18:00:00+07:00",
    )
    assert (second.title, second.listed_at) == ("Tin B", "2023-02-02T00:00:00+07:00")
    assert first.lead.startswith("Tóm tắt của bài a")


def test_a_day_that_a_lead_speaks_of_is_no_day_of_publication():
    lead = "Ngày 03/02/2023, Thủ tướng chủ trì phiên họp tại Hà Nội."
    body = f"<div><h3><a href='/a-1.html'>Tin A</a></h3><p>{lead}</p></div>"
    answer = Answer("http://p.test/", body.encode())
    assert page_items(parse_html(answer), answer.final_url, LISTING)[0].listed_at == ""


def test_a_feed_tells_headline_lead_and_time_without_mark_up():
    feed = (
        "<rss><channel><item><title>Cải cách &amp;amp; số</title><link>/a-1.html</link>"
        "<description>&lt;p&gt;Kết quả &lt;b&gt;quý I&lt;/b&gt;&lt;/p&gt;</description>"
        "<pubDate>Fri, 03 Feb 2023 11:00:00 +0000</pubDate></item></channel></rss>"
    )
    (item,) = feed_items(Answer("http://p.test/rss", feed.encode()))
    assert (item.title, item.lead, item.listed_at) == ("Cải cách & số", "Kết quả quý I", "2023-02-03T18:00:00+07:00")


def test_a_sitemap_is_read_through_its_gzipped_index():
    index = "<sitemapindex><sitemap><loc>http://p.test/s1.xml.gz</loc></sitemap></sitemapindex>"
    urls = "<urlset><url><loc>http://p.test/tin/a-1.html</loc><lastmod>2022-05-01</lastmod></url></urlset>"
    web = Web({"http://p.test/sitemap.xml": index, "http://p.test/s1.xml.gz": gzip.compress(urls.encode())})
    found = discover(source(""), Listing(items="h3", sitemaps=("sitemap.xml",)), web)
    assert [item.modified_at for item in found.addresses.values()] == ["2022-05-01"]


@pytest.mark.parametrize(
    "body", [b"\x1f\x8bnonsense", gzip.compress(b"<urlset>", mtime=0)[:-9], b"", b"<html>", b"\x00\xff"]
)
def test_a_sitemap_that_is_none_names_nothing(body):
    assert sitemap_entries(Answer("http://p.test/s.xml", body)) == ([], [])


def test_a_sitemap_of_the_portal_gives_a_section_only_what_lies_below_it():
    urls = "<urlset>" + "".join(f"<url><loc>http://p.test/{p}</loc></url>" for p in ("tin/a-1.html", "khac/b-1.html"))
    web = Web({"http://p.test/sitemap.xml": urls, "http://p.test/tin/": page(("c", "C", ""))})
    found = discover(source("tin/"), Listing(items="h3", sitemaps=("sitemap.xml",)), web)
    assert list(found.addresses) == ["http://p.test/tin/a-1.html", "http://p.test/c-1.html"]


def test_sitemaps_of_robots_txt_are_read_on_the_same_host_only():
    urls = "<urlset><url><loc>http://p.test/a-1.html</loc></url></urlset>"
    web = Web({"http://p.test/own.xml": urls, "http://other.test/x.xml": urls, "http://p.test/": ""})
    told = ["http://p.test/own.xml", "http://other.test/x.xml"]
    discover(source(""), Listing(items="h3", sitemaps=("sitemap.xml",)), web, sitemaps=told)
    assert "http://p.test/own.xml" in web.asked
    assert "http://other.test/x.xml" not in web.asked


def test_an_index_without_end_is_ended_and_told():
    class Endless(Web):
        def __call__(self, url, kind, form=None, seen=()):
            self.asked.append(url)
            n = len(self.asked)
            return Answer(
                url, f"<sitemapindex><sitemap><loc>http://p.test/{n}.xml</loc></sitemap></sitemapindex>".encode()
            )

    web = Endless({})
    found = discover(source(""), Listing(items="h3", sitemaps=("sitemap.xml",)), web)
    assert len(web.asked) <= MOST_SITEMAPS + 2
    assert any("sitemap more than" in str(failed) for failed in found.failed)


def test_a_list_is_left_where_all_of_a_page_lies_before_the_first_day():
    web = Web(
        {
            "http://p.test/tin/": page(("a", "A", "05/02/2023"), ("b", "B", "03/02/2023")),
            "http://p.test/tin/page-2/": page(("c", "C", "02/01/2023"), ("d", "D", "01/01/2023")),
            "http://p.test/tin/page-3/": page(("e", "E", "31/12/2022")),
        }
    )
    found = discover(source(), LISTING, web, wanted=Wanted(since=date(2023, 2, 1)))
    assert list(found.addresses) == ["http://p.test/a-1.html", "http://p.test/b-1.html"]
    assert found.not_wanted == 2
    assert "http://p.test/tin/page-3/" not in web.asked


def test_an_interface_is_left_where_all_of_a_page_lies_before_the_first_day():
    api = Api(address="?page={n}", article="{link}", title="title.rendered", date="date", page_size=1)
    items = [
        f'[{{"link": "/{n}-1.html", "title": {{"rendered": "T&#226;y {n}"}}, "date": "{day}T08:00:00"}}]'
        for n, day in ((1, "2023-03-01"), (2, "2022-12-31"), (3, "2022-12-30"))
    ]
    web = Web({f"http://p.test/?page={n}": text for n, text in enumerate(items, 1)})
    found = discover(source(""), Listing(items="h3", api=api), web, wanted=Wanted(since=date(2023, 1, 1)))
    (one,) = found.addresses.values()
    assert (one.title, one.listed_at) == ("Tây 1", "2023-03-01T08:00:00+07:00")
    assert web.asked == ["http://p.test/?page=1", "http://p.test/?page=2"]


def test_a_day_told_by_another_list_rules_an_article_out():
    feed = (
        "<rss><channel><item><link>http://p.test/a-1.html</link>"
        "<pubDate>Sun, 01 Jan 2023 00:00:00 +0700</pubDate></item></channel></rss>"
    )
    web = Web({"http://p.test/tin/": page(("a", "A", ""), ("b", "B", "")), "http://p.test/tin/rss": feed})
    listing = Listing(items="h3", feeds=("rss",))
    assert list(discover(source(), listing, web).addresses) == ["http://p.test/a-1.html", "http://p.test/b-1.html"]
    late = discover(source(), listing, web, wanted=Wanted(since=date(2023, 1, 2)))
    assert list(late.addresses) == ["http://p.test/b-1.html"]


LISTED = Listed(
    "http://p.test/ket-qua-cai-cach-hanh-chinh-9.html", "Kết quả cải cách hành chính quý I", "", "2023-03-15"
)


@pytest.mark.parametrize(
    ("wanted", "listed", "wants"),
    [
        (Wanted(), LISTED, True),
        (Wanted(since=date(2023, 3, 15), until=date(2023, 3, 15)), LISTED, True),
        (Wanted(since=date(2023, 3, 16)), LISTED, False),
        (Wanted(until=date(2023, 3, 14)), LISTED, False),
        (Wanted(since=date(2023, 3, 16)), Listed("http://p.test/x"), True),
        (Wanted(since=date(2023, 3, 16)), Listed("http://p.test/x", modified_at="2023-03-15"), False),
        (Wanted(until=date(2023, 3, 14)), Listed("http://p.test/x", modified_at="2023-03-15"), True),
        (Wanted(match=("cải cách HÀNH chính",)), LISTED, True),
        (Wanted(match=("cai cach hanh chinh",)), LISTED, False),
        (Wanted(match=("hành",)), LISTED, True),
        (Wanted(match=("hàn",)), LISTED, False),
        (Wanted(match=("ca\u0309i ca\u0301ch",)), LISTED, True),  # decomposed
        (Wanted(match=("bóng đá", "quý I")), LISTED, True),
        (Wanted(match=("cải cách hành chính",)), Listed(LISTED.address), True),
        (Wanted(match=("bóng đá",)), Listed(LISTED.address), False),
    ],
)
def test_days_and_terms_decide_by_what_the_list_tells(wanted, listed, wants):
    assert wanted.wants(listed) is wants


def test_a_late_evening_in_utc_is_the_next_day_in_vietnam():
    late = Listed("http://p.test/x", listed_at="2023-03-14T20:00:00+00:00")
    assert Wanted(since=date(2023, 3, 15)).wants(late)


def test_every_family_declares_lists_that_can_be_read():
    for portal in PORTALS.values():
        for api in portal.listing.apis if portal.listing else ():
            assert api.title
            assert api.date


def test_of_several_ways_to_number_pages_the_one_that_the_page_links_to_is_taken():
    listing = Listing(items="h3", next_page=("page/{n}/", "?paged={n}"))
    first = page(("a", "A", "")) + "<a href='?paged=2'>2</a>"
    web = Web({"http://p.test/tin/": first, "http://p.test/tin/?paged=2": page(("b", "B", ""))})
    assert list(discover(source(), listing, web).addresses) == ["http://p.test/a-1.html", "http://p.test/b-1.html"]


def test_of_several_interfaces_the_first_that_answers_is_taken():
    apis = (Api(address="json/{n}", page_size=9), Api(address="?route={n}", page_size=9, whole_portal=True))
    web = Web({"http://p.test/?route=1": '[{"link": "/a-1.html"}]'})
    found = discover(source(""), Listing(items="h3", api=apis), web)
    assert list(found.addresses) == ["http://p.test/a-1.html"]
    assert web.asked == ["http://p.test/json/1", "http://p.test/?route=1"]
