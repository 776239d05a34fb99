"""`scripts/read.py`: from what was collected to the articles table, or one page to JSON.

The store is made here by hand; "Xã mở quầy" (the commune opens a counter) is on every page of it.
"""

import hashlib
import json
import runpy
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from reform_figures.records import Capture
from reform_figures.tables import csv_text, manifest_path, raw_folder, read_table, write_bytes, write_text

ROOT = Path(__file__).parents[1]
SOURCES = """
[thu]
publisher = "Xã Thử"
area = "VN-37"
address = "http://thu.test/"
portal = "moha"
[khac]
publisher = "Báo Khác"
area = "VN-35"
address = "http://khac.test/"
portal = "moha"
"""
PAGE = """<meta charset=utf-8><div id=news_details><h1>{title}</h1><p>{date}</p>
<div id=show_description>Xã mở quầy.</div><div id=show_content><p>Cả xã có 9 tổ.</p>{more}</div></div>"""


def page(title="Xã mở quầy", date="19:05 14/04/2023", more="") -> bytes:
    return PAGE.format(title=title, date=date, more=more).encode()


def store(data: Path, *pages: tuple[str, str, bytes]) -> None:
    """A store with (source, address, body) captured in this order."""
    rows = []
    for number, (source, url, body) in enumerate(pages):
        file = f"{source}/{number}.html"
        write_bytes(raw_folder(data) / file, body)
        known = {"raw_id": f"{source}/{number}", "kind": "article", "source": source, "url": url, "final_url": url}
        answer = {"fetched_at": "2024-01-01T00:00:00Z", "status": 200, "content_type": "text/html", "charset": ""}
        body_facts = {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest(), "file": file}
        rows.append(Capture(**known, **answer, **body_facts, etag="", last_modified="", listed_at="", archived=""))
    write_text(manifest_path(data), csv_text(Capture, rows))


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs the script on the store in tmp_path; gives its exit status, its output and its complaints."""
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    script = runpy.run_path(str(ROOT / "scripts" / "read.py"))

    def run_script(*args: str) -> SimpleNamespace:
        if "--page" not in args:
            args = (*args, "--data", str(tmp_path), "--sources", str(tmp_path / "sources.toml"))
        monkeypatch.setattr(sys, "argv", ["read.py", *args])
        try:
            status = script["main"]()
        except SystemExit as stop:
            status = stop.code
        printed = capsys.readouterr()
        return SimpleNamespace(status=status, out=printed.out, err=printed.err)

    return run_script


def test_articles_are_in_order_and_every_page_is_accounted_for(tmp_path, run):
    store(
        tmp_path,
        ("thu", "http://thu.test/b.html", page(date="10:00 02/05/2023")),
        ("thu", "http://thu.test/a.html", page(date="10:00 03/05/2023")),
        ("thu", "http://thu.test/c.html", page(date="")),
        ("thu", "http://thu.test/loi.html", b"<h1>404</h1>"),
        ("khac", "http://khac.test/a.html", page()),
        ("thu", "http://thu.test/b.html", page(title="Sửa", date="10:00 02/05/2023")),
        ("mat", "http://mat.test/a.html", page()),
    )
    done = run()
    assert done.status == 0, done.err
    articles = read_table(tmp_path, "articles")
    assert [a.article_id for a in articles] == ["khac-a", "thu-b", "thu-a", "thu-c"]
    assert articles[1].title == "Sửa"
    assert "7 pages = 4 articles + 2 refused + 1 replaced by a newer capture" in done.out
    assert "1 of them without a date" in done.out
    assert "http://thu.test/loi.html: the page says that there is no such article" in done.err
    assert "http://mat.test/a.html: its source 'mat' is not in sources.toml" in done.err
    assert (tmp_path / "processed" / "dictionary.csv").exists()


def test_a_second_run_writes_the_same_bytes(tmp_path, run):
    store(tmp_path, ("thu", "http://thu.test/a.html", page()), ("khac", "http://khac.test/b.html", page()))
    table = tmp_path / "processed" / "articles.jsonl"
    run()
    before = table.read_bytes()
    run()
    assert table.read_bytes() == before


def test_two_addresses_that_would_share_a_name_do_not(tmp_path, run):
    store(
        tmp_path, ("thu", "http://thu.test/x/a.html", page()), ("thu", "http://thu.test/y/a.html", page(title="Khác"))
    )
    run()
    first, second = sorted(read_table(tmp_path, "articles"), key=lambda a: a.url)
    assert first.article_id == "thu-a"
    assert second.article_id.startswith("thu-a-")


def test_one_article_under_two_addresses_is_read_once(tmp_path, run):
    store(tmp_path, ("thu", "http://thu.test/x/a.html", page()), ("thu", "http://thu.test/y/a.html", page()))
    done = run()
    assert len(read_table(tmp_path, "articles")) == 1
    assert "2 pages = 1 articles + 0 refused + 1 replaced" in done.out


def test_a_digest_has_publisher_and_area_of_what_it_restates(tmp_path, run):
    more = '<p>Nguồn: Báo Khác, 13/04/2023, "Xã mở quầy một cửa"</p>'
    store(tmp_path, ("thu", "http://thu.test/a.html", page(more=more)))
    run()
    (article,) = read_table(tmp_path, "articles")
    assert (article.publisher, article.area) == ("Báo Khác", "VN-35")


def test_a_file_that_changed_behind_the_manifest_is_refused(tmp_path, run):
    store(tmp_path, ("thu", "http://thu.test/a.html", page()), ("thu", "http://thu.test/b.html", page()))
    (raw_folder(tmp_path) / "thu" / "0.html").write_bytes(page(title="Khác"))
    (raw_folder(tmp_path) / "thu" / "1.html").unlink()
    done = run()
    assert done.status == 1
    assert "is not what was stored" in done.err
    assert "cannot be read" in done.err
    assert "read: nothing to read: 2 pages = 0 articles + 2 refused" in done.err


def test_nothing_collected_is_said_and_nothing_read_before_is_lost(tmp_path, run):
    write_text(tmp_path / "processed" / "articles.jsonl", "")
    done = run()
    assert done.status == 1
    assert "run scripts/collect.py first" in done.err
    assert (tmp_path / "processed" / "articles.jsonl").read_text(encoding="utf-8") == ""


def test_one_page_is_printed_as_json(tmp_path, run):
    file = tmp_path / "a.html"
    file.write_bytes(page())
    done = run("--page", str(file), "--url", "http://thu.test/tin/a-7.html")
    article = json.loads(done.out)
    assert done.status == 0
    assert (article["title"], article["published_at"]) == ("Xã mở quầy", "2023-04-14T19:05:00+07:00")
    assert (article["lead"], article["portal"][:4], article["article_id"]) == ("Xã mở quầy.", "moha", "a-7")
    assert article["paragraphs"][-1] == {"role": "body", "text": "Cả xã có 9 tổ."}


@pytest.mark.parametrize(
    ("body", "args", "why"),
    [
        (b"<html><body></body></html>", [], "http://t/a: no portal family recognises the page"),
        (b"\x89PNG\r\n\x1a\n\0\0", [], "http://t/a: this is a PNG picture"),
        (bytes(range(128, 256)) * 9, [], "http://t/a: the letters cannot be read"),
        (page(), ["--portal", "plone"], "http://t/a: no headline and text where plone"),
        (None, [], "No such file or directory"),
    ],
)
def test_bad_input_gives_one_sentence_and_a_failure(tmp_path, run, body, args, why):
    file = tmp_path / "a.html"
    if body is not None:
        file.write_bytes(body)
    done = run("--page", str(file), "--url", "http://t/a", *args)
    assert done.status == 1
    assert done.out == ""
    assert why in done.err
    assert done.err.startswith("read: ")
    assert done.err.count("\n") == 1


def test_a_page_needs_its_address(run):
    done = run("--page", "a.html")
    assert done.status == 2
    assert "--url" in done.err


def test_an_older_copy_from_an_archive_does_not_replace_a_later_page(tmp_path, run):
    store(tmp_path, ("thu", "http://thu.test/a", page("Bài mới")), ("thu", "http://thu.test/a", page("Bài cũ")))
    text = manifest_path(tmp_path).read_text(encoding="utf-8")
    before, after = text.rsplit("2024-01-01T00:00:00Z", 1)
    write_text(manifest_path(tmp_path), f"{before}2022-01-01T00:00:00Z{after}")
    assert run().status == 0
    assert [article.title for article in read_table(tmp_path, "articles")] == ["Bài mới"]
