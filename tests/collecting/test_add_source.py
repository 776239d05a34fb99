"""scripts/add_source.py: an entry and a review drafted from one page, over HTTP or from a file.

"Cổng thông tin điện tử tỉnh Bình Phước" (Bình Phước provincial portal) becomes a publisher with the area VN-58.
"""

import json
import runpy
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from reform_figures.collecting.sources import read_sources
from reform_figures.drafting import draft_source, guess_area, name_source, write_entry
from reform_figures.practice import serve
from reform_figures.records import Page

from .fake_portal import FakePortal
from .fake_portal import Page as FakePage

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / "../shared/pages"
PAGES = ROOT / "tests" / "pages"


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the script; `waited` holds the seconds that it would have slept."""
    script = runpy.run_path(str(ROOT / "scripts" / "add_source.py"))
    waited = []
    monkeypatch.setattr("reform_figures.collecting.politeness.time.sleep", waited.append)

    def run_script(*args: object) -> SimpleNamespace:
        monkeypatch.setattr(sys, "argv", ["add_source.py", *map(str, args)])
        try:
            status = script["main"]()
        except SystemExit as stop:
            status = stop.code
        said = capsys.readouterr()
        review = dict(line.split(": ", 1) for line in said.out.splitlines() if ": " in line and " = " not in line)
        return SimpleNamespace(status=status, out=said.out, err=said.err, waited=waited, review=review)

    return run_script


def entry_of(out: str, folder: Path):
    """The printed entry as sources.toml would give it."""
    file = folder / "drafted.toml"
    file.write_text(out[: out.index("\nreview of ")], encoding="utf-8")
    (source,) = read_sources(file).values()
    return source


# --- the practice portals over HTTP

LISTINGS = {
    "tayninh": ("nukeviet", "vi/news/tin-tuc/"),
    "hanam": ("sharepoint", "Pages/tin-tuc-su-kien.aspx"),
    "daklak": ("wordpress", ""),
    "noivu": ("moha", "tin-tuc-su-kien.html"),
    "baolamdong": ("baolamdong", "thoi-su/"),
    "quangngai": ("liferay", "web/guest/tin-tuc"),
    "sonoivu": ("webforms", "TinTuc.aspx"),
    "thuvien": ("plone", "tin-tuc"),
    "dienbien": ("tandan", "portal/Pages/Tin-tuc-Su-kien.aspx"),
}


@pytest.fixture(scope="module")
def endpoint():
    with serve(0, ROOT / "practice") as address:
        yield address.removeprefix("http://").rstrip("/")


@pytest.mark.parametrize("portal", LISTINGS)
def test_a_practice_portal_is_drafted_from_its_list_and_from_an_article(portal, endpoint, run, tmp_path):
    family, start = LISTINGS[portal]
    done = run(f"http://{portal}.practice.test/{start}", "--connect-to", endpoint, "--save", tmp_path)
    assert (done.status, done.err) == (0, "")
    source = entry_of(done.out, tmp_path)
    assert (source.name, source.portal, source.verified) == (portal, family, "never")
    assert source.address == f"http://{portal}.practice.test/"
    assert start in ("", source.listing[0])
    assert source.expected_minimum >= 3
    assert done.review["kind"] == "listing"
    assert (tmp_path / f"{family}-{portal}-listing.html").exists()
    assert any(1.5 < seconds <= 2 for seconds in done.waited)

    done = run(done.review["first"], "--connect-to", endpoint, "--save", tmp_path)
    assert (done.status, done.err) == (0, "")
    assert done.review["kind"] == "article"
    assert done.review["read by"].startswith(family)
    assert done.review["title"]
    assert family == "plone" or done.review["date"].endswith("+07:00")
    assert set(done.review["missing"].split(", ")) <= {"nothing", "author", "lead", "date" if family == "plone" else ""}
    assert entry_of(done.out, tmp_path).portal == family
    assert (tmp_path / f"{family}-{portal}-article.html").exists()


# --- saved pages


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/pages is not on this machine")
@pytest.mark.parametrize("family", ["wordpress", "plone", "webforms"])
def test_pages_of_real_servers_are_drafted(family, run, tmp_path):
    truth = json.loads((SHARED / "truth.json").read_text(encoding="utf-8"))
    for file in sorted((SHARED / family).glob("article-*.html")):
        posted = next(item for item in truth if item["key"] == file.stem.removeprefix("article-"))
        done = run(posted["urls"][family], "--page", file)
        assert done.status == 0, file
        assert done.review["kind"] == "article"
        assert done.review["read by"].startswith(family)
        assert ("date" in done.review["missing"]) == (family == "plone")
        assert entry_of(done.out, tmp_path).portal == family
    done = run(posted["urls"][family], "--page", SHARED / family / "listing-1.html")
    assert done.review["kind"] == "listing"
    assert int(done.review["articles linked"]) >= 10


def test_an_unknown_layout_says_fallback_and_what_to_do(run, tmp_path):
    done = run(
        "http://binhan.gov.vn/tin/12", "--page", PAGES / "fallback.html", "--name", "binh-an", "--save", tmp_path
    )
    assert done.status == 0
    source = entry_of(done.out, tmp_path)
    assert (source.name, source.portal, source.publisher) == ("binh-an", "fallback", "Cổng thông tin xã Bình An")
    assert source.listing == ("cchc",)
    assert done.review["family"] == "not recognised"
    assert done.review["date"] == "2023-04-14T19:05:00+07:00"
    assert done.review["last paragraph"] == "Đoài | 85 | 51"
    assert "No family recognises the page" in done.out
    assert "portals/__init__.py" in done.out
    assert (tmp_path / "fallback-binh-an-article.html").read_bytes() == (PAGES / "fallback.html").read_bytes()


NAVIGATION = """<html><head><title>Trang chủ | Cổng thông tin điện tử tỉnh Bình Phước</title>
<meta name="generator" content="NukeViet v4.5"></head><body>
<a href="/">Trang chủ</a><a href="/vi/news/tin-tuc/">Tin tức - Sự kiện</a>
<a href="/vi/news/cchc/">Cải cách hành chính</a>
<a href="https://khac.gov.vn/tin/">Tin tức</a><a href="/vi/news/y-te/">Y tế</a><a href="javascript:;">Tin tức</a>
<div class=news_column><h3><a href="/vi/news/tin-tuc/a-1.html">A</a></h3>
<h3><a href="/vi/news/tin-tuc/b-2.html">B</a></h3>
<h3><a href="/vi/news/tin-tuc/c-3.html">C</a></h3></div></body></html>"""


def test_sections_of_the_navigation_are_proposed_reform_first():
    draft = draft_source(Page(url="https://binhphuoc.gov.vn/vi/news/", body=NAVIGATION.encode()))
    assert (draft.kind, draft.family, len(draft.items)) == ("listing", "nukeviet", 3)
    assert (draft.name, draft.publisher, draft.area) == (
        "binhphuoc",
        "Cổng thông tin điện tử tỉnh Bình Phước",
        "VN-58",
    )
    assert draft.sections == (
        ("vi/news/cchc/", "Cải cách hành chính"),
        ("vi/news/tin-tuc/", "Tin tức - Sự kiện"),
    )
    assert 'listing = ["vi/news/"]' in write_entry(draft)
    assert '#   perhaps: "vi/news/cchc/"    # Cải cách hành chính' in write_entry(draft)


def test_an_entry_is_toml_whatever_the_page_is_called(tmp_path):
    hostile = 'Cổng "x"] \\ \x07 thử'
    page = f"<meta property=\"og:site_name\" content='{hostile}'><a href=/t>Tin tức \x01 = [x]</a>"
    entry = write_entry(draft_source(Page(url="http://x.gov.vn/", body=page.encode())))
    assert entry_of(entry + "\nreview of ", tmp_path).publisher == 'Cổng "x"] \\ thử'.replace("\\ ", "\\  ")


@pytest.mark.parametrize(
    ("publisher", "host", "area"),
    [
        ("Cổng thông tin điện tử tỉnh Tây Ninh", "x.vn", "VN-37"),
        ("Báo Đắk Lắk điện tử", "x.vn", "VN-33"),
        ("CỔNG THÔNG TIN ĐIỆN TỬ TỈNH LÂM ĐỒNG", "x.vn", "VN-35"),
        ("Cổng thông tin điện tử Bộ Nội vụ", "moha.gov.vn", "MOHA"),
        ("Bộ Giáo dục và Đào tạo", "moet.gov.vn", "ORG:Bộ Giáo dục và Đào tạo"),
        ("Sở Nội vụ", "sonoivu.haugiang.gov.vn", "VN-73"),
        ("", "www.thanhhoa.gov.vn", "VN-21"),
        ("Liên kết Hà Nội - Hải Phòng", "x.vn", ""),
        ("Cổng thông tin", "x.gov.vn", ""),
    ],
)
def test_the_area_is_guessed_from_names_or_left_open(publisher, host, area):
    assert guess_area(publisher, host) == area


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.tayninh.gov.vn", "tayninh"),
        ("sonoivu.daklak.gov.vn", "sonoivu-daklak"),
        ("baolamdong.vn", "baolamdong"),
        ("127.0.0.1", "127-0-0-1"),
    ],
)
def test_a_name_is_made_from_the_host(host, name):
    assert name_source(host) == name


# --- what cannot be drafted


def test_a_page_that_is_neither_ends_with_1_and_says_why(run, tmp_path):
    file = tmp_path / "shell.html"
    file.write_text("<html><body><div id=root></div></body></html>", encoding="utf-8")
    done = run("https://x.gov.vn/", "--page", file)
    assert done.status == 1
    assert "JavaScript" in done.review["why"]
    assert "Neither an article nor a list" in done.out


def test_another_page_is_not_overwritten(run, tmp_path):
    args = ("http://binhan.gov.vn/tin/12", "--save", tmp_path / "kept", "--name", "a", "--page")
    assert run(*args, PAGES / "fallback.html").status == 0
    changed = tmp_path / "changed.html"
    changed.write_bytes((PAGES / "fallback.html").read_bytes() + b"<!-- 2 -->")
    done = run(*args, changed)
    assert done.status == 1
    assert done.err.endswith("fallback-a-article.html: holds another page already; move it, or give another --name\n")
    assert run(*args, PAGES / "fallback.html").status == 0


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (FakePage(status=404), "http://portal.test/tin: answered 404 Not Found"),
        (FakePage("<p>x", content_type="application/pdf"), "the answer is 'application/pdf', where a page of text"),
        (FakePage(b"%PDF-1.7"), "http://portal.test/tin: the answer is a PDF file"),
    ],
)
def test_an_answer_that_is_no_page_is_one_sentence(page, words, run):
    with FakePortal().running() as portal:
        portal.pages["/tin"] = page
        done = run("http://portal.test/tin", "--connect-to", portal.endpoint)
    assert (done.status, done.out) == (1, "")
    assert words in done.err
    assert done.err.startswith("add_source: ")
    assert done.err.count("\n") == 1


def test_robots_txt_is_asked_first_and_obeyed(run):
    with FakePortal().running() as portal:
        portal.pages["/robots.txt"] = FakePage("User-agent: *\nDisallow: /tin\n", content_type="text/plain")
        done = run("http://portal.test/tin", "--connect-to", portal.endpoint)
        assert portal.paths() == ["/robots.txt"]
    assert done.err == "add_source: http://portal.test/tin: robots.txt does not allow it\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["tayninh.gov.vn"], "is no address of a page"),
        (["http://[x"], "is no address of a page"),
        (["http://x.vn/", "--name", "Tây Ninh"], "small letters, digits and hyphens"),
    ],
)
def test_wrong_arguments_are_told(args, words, run):
    done = run(*args)
    assert done.status == 2
    assert words in done.err


def test_a_file_that_is_not_there_and_a_wrong_endpoint_are_told(run):
    assert "none.html: No such file or directory" in run("http://x.vn/", "--page", "none.html").err
    assert "it should be HOST:PORT" in run("http://x.vn/", "--connect-to", "here").err
