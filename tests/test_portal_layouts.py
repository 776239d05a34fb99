"""Older and newer layouts of families, and how their lists are turned, on small pages written here.

"Xã Bình An" (Bình An commune) is made up. Mark-up as in the systems' own templates and published scrapers; layouts of
articles that have a page in tests/pages are read by test_portals.
"""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from reform_figures.collecting.addresses import clean_address
from reform_figures.collecting.page_lists import _next_page, page_items
from reform_figures.datelines import read_published
from reform_figures.portals import PORTALS, recognise_portal
from reform_figures.reading import read_article
from reform_figures.records import Page

BASE = "http://x.test/tin-tuc"
SHARED = Path(__file__).resolve().parents[1] / "../shared/pages"
PLONE_4 = """<meta name="generator" content="Plone - http://plone.org"><body><div id="content">
<h1 id="parent-fieldname-title" class="documentFirstHeading">Xã Bình An mở phòng đọc</h1>
<div class="documentByLine"><span class="documentAuthor">bởi <a href="/author/lan">Mai Lan</a></span>
<span class="documentPublished"><span>Xuất bản</span> 14/04/2023 19:05</span></div>
<div id="parent-fieldname-description" class="documentDescription">Phòng đọc mở hai buổi mỗi tuần.</div>
<div id="parent-fieldname-text"><p>Xã xếp 400 cuốn sách lên 6 kệ gỗ, trẻ em được mượn mang về.</p></div></div>"""


def test_plone_4_tells_the_day_and_the_author_where_its_owner_shows_them():
    article = read_article(Page(url=BASE, body=PLONE_4.encode(), content_type="text/html; charset=utf-8"))
    assert article.portal.startswith("plone")
    assert (article.title, article.author) == ("Xã Bình An mở phòng đọc", "Mai Lan")
    assert article.lead == "Phòng đọc mở hai buổi mỗi tuần."
    assert article.published_at.isoformat() == "2023-04-14T19:05:00+07:00"


PLONE = '<div id="content-core">{}</div>'
ECOIT = '<div id="p_p_id_CmsViewTinTrangChuyenMuc_WAR_CmsViewEcoITportlet_INSTANCE_x_"><article>{}</article></div>'
VNPT = '<div id="p_p_id_dsnews_WAR_vnpteportalnewsportlet_INSTANCE_x_">{}</div>'
LISTS = [
    ("plone", PLONE.format('<article class="entry"><span class="summary"><a class="url" href="/a">A</a></span>'), "/a"),
    ("plone", PLONE.format('<div class="entries"><a class="state-published url" href="/a">A</a></div>'), "/a"),
    ("plone", PLONE.format('<h2 class="tileHeadline"><a class="summary url" href="/a">A</a></h2>'), "/a"),
    ("plone", PLONE.format('<table class="listing"><tr><td><a class="url" href="/a">A</a></td></tr></table>'), "/a"),
    ("liferay", '<div class="asset-abstract"><h4 class="asset-title"><a href="/-/a">A</a></h4></div>', "/-/a"),
    ("liferay", VNPT.format('<div><h2><a href="/content/a">A</a></h2></div>'), "/content/a"),
    ("liferay", ECOIT.format('<div><a href="/i">i</a></div><div><a href="/a-12345-2.html">A</a>'), "/a-12345-2.html"),
    ("liferay", '<ul class="title-list"><li><h3 class="asset-title"><a href="/-/b">B</a></h3></li></ul>', ""),
    ("webforms", '<table id="c_GridView1"><tr><td><a href="Tin.aspx?id=7">A</a></td></tr></table>', "/Tin.aspx?id=7"),
    ("webforms", '<div class="list-news"><a href="ct.aspx?NewsID=7&amp;c=2">A</a></div>', "/ct.aspx?NewsID=7&c=2"),
    ("sharepoint", '<div id="ctl00_ctl24_g_23a2"><h2><a href="?ItemID=8035">A</a></h2></div>', "/tin-tuc?ItemID=8035"),
    ("sharepoint", '<div id="ctl00_g_06_ctl00_pnListNews"><a href="/Pages/a.aspx">A</a></div>', "/Pages/a.aspx"),
    ("tandan", '<a href="/portal/pages/2023-2-3/Ha1.aspx">A</a><a href="/x">B</a>', "/portal/pages/2023-2-3/Ha1.aspx"),
]  # fmt: skip


@pytest.mark.parametrize(("family", "markup", "path"), LISTS)
def test_a_list_of_each_layout_gives_its_article(family, markup, path):
    links = {item.address for item in page_items(BeautifulSoup(markup, "lxml"), BASE, PORTALS[family].listing)}
    assert links == ({f"http://x.test{path}"} if path else set())


NEXT = [
    ("plone", '<ul class="pagination"><li class="next"><a href="/t?b_start:int=30">x</a>', "/t?b_start:int=30"),
    ("plone", '<div class="listingBar"><span class="next"><a href="/t?b_start:int=9">x</a>', "/t?b_start:int=9"),
    ("plone", '<ul class="pagination"><li><a href="/t?b_start:int=0">1</a></li></ul>', None),
    ("liferay", '<a href="/t?_a_cur=20">9</a><a href="/t;jsessionid=AB.x?_a_cur=2&amp;z=1">2</a>', "/t?_a_cur=2&z=1"),
    ("wordpress", '<a class="wp-block-query-pagination-next" href="/t/?query-3-page=2">x</a>', "/t/?query-3-page=2"),
    ("wordpress", '<div class="nav-previous"><a href="/?cat=3&amp;paged=2">Cũ hơn</a></div>', "/?cat=3&paged=2"),
    ("wordpress", '<div class="page-nav"><a href="/muc/page/2/">2</a></div>', "/muc/page/2/"),
]  # fmt: skip


@pytest.mark.parametrize(("family", "markup", "path"), NEXT)
def test_the_pager_of_each_layout_leads_to_page_two(family, markup, path):
    found = _next_page(BeautifulSoup(markup, "lxml"), BASE, BASE, PORTALS[family].listing, 2, {BASE})
    assert (found and found[0]) == (path and f"http://x.test{path}")


@pytest.mark.parametrize(
    ("family", "address", "is_one"),
    [
        ("tandan", "https://x.vn/portal/pages/2021-5-7/Chien-dich-cz7od4fe8gt9z.aspx", True),
        ("tandan", "https://x.vn/portal/Pages/Tin-tuc.aspx", False),
        ("webforms", "http://x.vn/ChiTiet.aspx?ItemID=37", True),
        ("webforms", "http://x.vn/tin.aspx?cat=2&NewsID=7", True),
        ("webforms", "http://x.vn/Default.aspx?page=gioithieu", False),
        ("liferay", "http://x.vn/web/guest/t/-/asset_publisher/abc/content/bai", True),
        ("liferay", "http://x.vn/web/guest/lien-he", False),
    ],
)
def test_the_addresses_of_articles_are_told_from_others(family, address, is_one):
    assert bool(re.search(PORTALS[family].listing.article, address)) == is_one


def test_the_way_back_and_the_session_are_no_part_of_an_address():
    link = "/t/content/a;jsessionid=9C.n1?inheritRedirect=false&redirect=%2Ft%3Fcur%3D2&id=3&_101_INSTANCE_a_redirect=x"
    assert clean_address(BASE, link) == "http://x.test/t/content/a?id=3"


def test_a_tandan_page_is_not_taken_for_plain_sharepoint():
    page = (
        "Microsoft SharePoint /_layouts/ _vti_bin _spPageContextInfo MSOWebPartPage s4-workspace "
        '<div class="tandan-div-article"><p class="tandan-p-article-news-title">'
        '<span class="tandan-span-date-publish"><div class="tandan-p-article-main">'
    )
    assert recognise_portal(page).name == "tandan"


def test_the_short_month_of_java_is_read():
    assert read_published("3 thg 2, 2023").isoformat() == "2023-02-03T00:00:00+07:00"


REAL = [
    ("wordpress", "listing-1.html", 10, "http://127.0.0.1:8081/page/2/"),
    ("wordpress", "category-1.html", 10, "http://127.0.0.1:8081/category/cai-cach-hanh-chinh/page/2/"),
    ("wordpress", "blocktheme-listing-1.html", 10, "http://127.0.0.1:8081/page/2/"),
    ("plone", "listing-1.html", 20, "http://127.0.0.1:8084/Plone/tin-tuc?b_start:int=20"),
    ("plone", "listing-past-end.html", 0, None),
    ("webforms", "listing-1.html", 10, "http://127.0.0.1:8083/TinTuc.aspx"),
]


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/pages is not on this machine")
@pytest.mark.parametrize(("family", "file", "count", "following"), REAL)
def test_the_lists_of_real_servers_are_walked_by_their_declarations(family, file, count, following):
    listing = PORTALS[family].listing
    here = {"wordpress": "http://127.0.0.1:8081/", "plone": "http://127.0.0.1:8084/Plone/tin-tuc"}
    here = here.get(family, "http://127.0.0.1:8083/TinTuc.aspx")
    body = (SHARED / family / file).read_bytes()
    items = page_items(BeautifulSoup(body, "lxml"), here, listing)
    links = {item.address for item in items if re.search(listing.article, item.address)}
    assert len(links) == count
    found = _next_page(BeautifulSoup(body, "lxml"), here, here, listing, 2, {here} if family != "webforms" else set())
    assert (found and found[0]) == following
