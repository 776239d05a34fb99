"""scripts/collect.py --from / --warc and scripts/export_warc.py as a person runs them."""

import runpy
import sys
from pathlib import Path

import pytest

from reform_figures.collecting import commoncrawl, wayback
from reform_figures.tables import raw_folder, read_manifest

from .fake_archives import FakeCommonCrawl, FakeWayback, Stored, warc_record
from .fake_portal import ARTICLE
from .test_collect_script import SCRIPT, SOURCES, run

EXPORT = SCRIPT.with_name("export_warc.py")
ROOT = SCRIPT.parents[1]
URL = "http://noivu.test/bai-{}.html"


@pytest.fixture
def command(tmp_path, monkeypatch):
    for module, names in (
        (wayback, ("CDX_SECONDS", "PLAYBACK_SECONDS")),
        (commoncrawl, ("INDEX_SECONDS", "DATA_SECONDS")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, 0.0)
    sources = tmp_path / "sources.toml"
    sources.write_text(SOURCES.format(endpoint="127.0.0.1:1"), encoding="utf-8")
    return [sys.executable, str(SCRIPT), "--sources", str(sources), "--data", str(tmp_path / "data")]


@pytest.mark.parametrize(("kind", "name"), [(FakeWayback, "wayback"), (FakeCommonCrawl, "commoncrawl")])
def test_copies_are_collected_counted_and_not_asked_for_twice(command, tmp_path, kind, name):
    with kind().running() as archive:
        for n, year in enumerate((2019, 2021, 2022)):
            archive.add(URL.format(n), f"{year}0601000000")
        archive.add(URL.format(9), "20220601000000", body="")
        how = ["--from", name, "--archive-address", archive.address, "--since", "2020-01-01", "--until", "2023-12-31"]
        code, out, err = run(command, *how)
        assert (code, out[-1]) == (0, "found 3 = new 2 + unchanged 0 + refused 0 + failed 1")
        assert len(err) == 1
        assert err[0].startswith("collect: bo-noi-vu: http://noivu.test/bai-9.html: its copy ")
        assert run(command, *how)[1][-1] == "found 3 = new 0 + unchanged 2 + refused 0 + failed 1"
    rows = read_manifest(tmp_path / "data")
    assert [row.url for row in rows] == [URL.format(1), URL.format(2)]
    assert all(row.archived and row.kind == "article" for row in rows)


def test_an_archive_that_is_not_there_is_one_sentence(command):
    code, _, err = run(command, "--from", "wayback", "--archive-address", "http://127.0.0.1:1")
    assert code == 1
    assert "nothing answers at 127.0.0.1:1 (connection refused)" in err[0]


def test_pages_of_a_warc_file_are_stored_in_all_their_versions_once(command, tmp_path):
    copies = [
        Stored(URL.format(1), "20220301120000", ARTICLE.format(1).encode()),
        Stored(URL.format(1), "20210301120000", ARTICLE.format("1 cũ").encode()),
        Stored("http://elsewhere.test/bai-2.html", "20220301120000", ARTICLE.format(2).encode()),
        Stored(URL.format(3), "20190301120000", ARTICLE.format(3).encode()),
        Stored(URL.format(4), "20220301120000", b"no", status=404),
    ]
    (tmp_path / "x.warc").write_bytes(b"".join(map(warc_record, copies)))
    how = ["--warc", str(tmp_path / "x.warc"), "--since", "2020-01-01"]
    code, out, err = run(command, *how)
    assert (code, out[-1]) == (0, "found 2 = new 2 + unchanged 0 + refused 0 + failed 0")
    assert err[-1].endswith(
        "x.warc: 4 pages read; passed over: 1 no article of the sources; 1 captured outside the days asked for; "
        "1 status 404"
    )
    assert run(command, *how)[1][-1] == "found 2 = new 0 + unchanged 2 + refused 0 + failed 0"
    rows = read_manifest(tmp_path / "data")
    assert [(r.fetched_at[:4], r.archived.partition(":")[0]) for r in rows] == [("2022", "x.warc"), ("2021", "x.warc")]


def test_an_exported_store_is_read_back_into_the_same_articles(tmp_path):
    file, data = tmp_path / "pages.warc.gz", tmp_path / "data"
    code, out, _ = run([sys.executable, str(EXPORT)], str(file))
    rows = read_manifest(ROOT / "data")
    assert (code, out) == (0, [f"{file}: {len(rows)} rows = {len(rows)} records + 0 left out"])
    again = [sys.executable, str(SCRIPT), "--data", str(data), "--warc", str(file)]
    articles = [row for row in rows if row.kind == "article"]
    code, out, _ = run(again, *(f"--source={name}" for name in dict.fromkeys(row.source for row in articles)))
    assert (code, out[-1].split(" + ")[0]) == (0, f"found {len(articles)} = new {len(articles)}")

    def told(row, folder):
        body = (raw_folder(folder) / row.file).read_bytes()
        return row.raw_id, row.url, row.final_url, row.fetched_at, row.content_type, row.etag, row.listed_at, body

    assert [told(r, data) for r in read_manifest(data)] == [told(r, ROOT / "data") for r in articles]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "wayback", "--warc", "x"], "--warc reads files and --from asks an archive; give one of them"),
        (["--warc", "no.warc"], "--warc no.warc is not there"),
        (["--from", "wayback", "--match", "biên chế"], "--match looks at a portal's lists, which archives do not have"),
        (["--from", "wayback", "--since", "2020"], "'2020' is no day; expected year-month-day, such as 2020-01-31"),
        (["--from", "wayback", "--archive-address", "here"], "should start with http:// or https://"),
    ],
)
def test_options_that_do_not_go_together_are_one_sentence(command, monkeypatch, capsys, arguments, words):
    monkeypatch.setattr(sys, "argv", [*command[1:], *arguments])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(command[1])["main"]()
    assert ended.value.code == 2
    assert words in capsys.readouterr().err.splitlines()[-1]


def test_an_export_of_nothing_says_what_to_run(tmp_path):
    code, out, err = run([sys.executable, str(EXPORT)], str(tmp_path / "x.warc"), "--data", str(tmp_path))
    assert (code, out) == (1, [])
    assert err[0].endswith("manifest.csv is not there; run scripts/collect.py first")
    assert not Path(tmp_path / "x.warc").exists()
