"""scripts/benchmark.py and what it measures; no speed is asserted, for machines differ."""

from __future__ import annotations

import importlib.util
import json
import math
import random
from pathlib import Path

import pytest

from reform_figures import benchmark_pages, benchmarking
from reform_figures.benchmark_peers import load_peers
from reform_figures.benchmark_profile import share_extraction
from reform_figures.benchmark_texts import as_article, vary_figures, write_texts
from reform_figures.benchmark_timing import in_turn
from reform_figures.benchmarking import Plan, Results, measure_hostile, size_name

ROOT = Path(__file__).resolve().parents[1]
TINY = Plan(
    rounds=1, growth=(2_000, 4_000), hostile=600, memory=2_000, patience_seconds=10, article=1_000, archives=(10, 30)
)
PARAGRAPHS = ["Năm 2022 giảm 1.234 người, đạt 87,5%.", "Ngày 03/02/2023 có 63/63 tỉnh."]


@pytest.fixture
def script():
    spec = importlib.util.spec_from_file_location("benchmark", ROOT / "scripts" / "benchmark.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.stay_on_one_core = lambda: None  # this process runs other tests, too
    return module


@pytest.fixture
def few_pages(monkeypatch):
    load = benchmark_pages.load_pages
    monkeypatch.setattr(benchmark_pages, "load_pages", lambda data, sources: load(data, sources)[:2])
    monkeypatch.setattr(benchmarking, "QUICK", TINY)


def test_a_quick_run_writes_positive_ratios_by_name(script, few_pages, tmp_path, capsys):
    assert script.main(["--quick", "--json", str(tmp_path / "ratios.json")]) == 0
    written = json.loads((tmp_path / "ratios.json").read_text(encoding="utf-8"))
    assert set(written) == {"measured", "ratios", "absolute", "skipped"}
    ratios = written["ratios"]
    assert {
        "extract_vs_bare_re", "read_vs_beautifulsoup", "page_to_figures_vs_beautifulsoup",
        "extract_growth_2k", "extract_growth_4k", "memory_growth_2k",
        "archive_vs_ceiling", "archive_growth_30", "archive_memory_growth_30",
        "hostile_digits", "hostile_brackets", "hostile_conjunctions", "hostile_quotes", "hostile_quotes_growth",
    } <= set(ratios)  # fmt: skip
    assert all(isinstance(ratio, float) and ratio > 0 and math.isfinite(ratio) for ratio in ratios.values())
    for peer in ("quantulum3", "dateparser", "trafilatura", "resiliparse", "newspaper4k"):
        assert any(name.endswith(f"_vs_{peer}") for name in ratios) != (peer in written["skipped"])
    assert f"{len(ratios)} ratios measured" in capsys.readouterr().out


def test_without_pages_it_ends_with_one_sentence(script, tmp_path, capsys):
    assert script.main(["--quick", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_saved_pages_are_measured_where_a_family_is_known_by_its_marks(script, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(benchmarking, "QUICK", TINY)
    real = ROOT.parent / "shared" / "pages" / "wordpress"
    if not real.exists():
        pytest.skip("../shared/pages is not on this machine")
    name = "article-moha-2023-03-03.html"
    (tmp_path / name).write_bytes((real / name).read_bytes())
    (tmp_path / "nothing.html").write_text("<p>Không có bài nào ở đây.</p>", encoding="utf-8")
    (known,) = benchmark_pages.load_saved_pages(tmp_path)
    assert (known.page.url.endswith(name), known.portal) == (True, "wordpress")
    assert script.main(["--quick", "--pages", str(tmp_path)]) == 0
    (tmp_path / name).unlink()
    assert script.main(["--quick", "--pages", str(tmp_path)]) == 1
    assert "no *.html there" in capsys.readouterr().err


def test_the_shares_of_the_steps_make_up_the_whole():
    articles = [as_article(text) for text in write_texts(PARAGRAPHS, 6_000, 3)]
    shares = share_extraction(articles, rounds=3)
    assert list(shares) == ["wordings", "numerals", "times", "article", "fields"]
    assert sum(shares.values()) == pytest.approx(1)
    assert all(0 < shares[step] < 1 for step in ("wordings", "numerals", "times", "fields"))


def test_contestants_run_in_turn_once_to_warm_up_and_then_over_all():
    told = []
    contestants = {name: (lambda inputs, name=name: told.append((name, list(inputs)))) for name in "ab"}
    seconds = in_turn(contestants, [1, 2], rounds=2)
    assert told == [("a", [1]), ("b", [1]), *[("a", [1, 2]), ("b", [1, 2])] * 2]
    assert {name: len(rounds) for name, rounds in seconds.items()} == {"a": 2, "b": 2}


def test_some_of_the_inputs_are_taken_evenly():
    assert benchmarking.some_of(list(range(10)), 4) == [0, 3, 6, 9]
    assert benchmarking.some_of(list(range(3)), 40) == [0, 1, 2]


def test_a_peer_that_is_not_installed_is_named_with_the_command_that_installs_it():
    def load():
        raise ImportError("No module named 'somebody'")

    skipped: dict[str, str] = {}
    assert load_peers({"somebody": load}, skipped) == {}
    assert "No module named 'somebody'" in skipped["somebody"]
    assert "uv sync --inexact --group peers" in skipped["somebody"]


def test_a_text_on_which_extraction_fails_is_told_and_the_others_are_measured(monkeypatch):
    ordinary = [benchmarking.as_article(PARAGRAPHS[0])]
    measured = benchmarking.extract

    def extract(article):
        if "777" in article.text:
            raise ValueError("too many digits")
        return measured(article)

    monkeypatch.setattr(benchmarking, "extract", extract)
    results = Results()
    measure_hostile(results, ordinary, TINY)
    assert results.skipped == {"hostile_digits of 6 characters": "extract failed: 'too many digits'"}
    assert {"hostile_brackets", "hostile_brackets_growth"} <= set(results.ratios)
    assert not {name for name in results.ratios if name.startswith("hostile_digits")}


def test_varied_figures_keep_years_dates_and_the_places_of_points_and_commas():
    varied = vary_figures("Năm 2022 giảm 1.234 người, đạt 87,5%, ngày 03/02/2023, 63/63 tỉnh", random.Random(1))
    words = varied.replace(",", " ").split()
    assert words[1] == "2022"
    assert "03/02/2023" in words
    assert "63/63" in words
    assert words[3][0] + words[3][1] + str(len(words[3])) == "1.5"
    assert words[3] != "1.234"


def test_long_texts_repeat_the_paragraphs_with_other_figures_and_are_the_same_every_time():
    (text,) = write_texts(PARAGRAPHS, 500)
    lines = text.split("\n")
    assert 500 <= len(text) < 500 + max(map(len, PARAGRAPHS))
    assert len(set(lines[::2])) == len(lines[::2])
    assert [text] == list(write_texts(PARAGRAPHS, 500))


@pytest.mark.parametrize(("characters", "name"), [(6_000, "6k"), (1_000_000, "1m"), (1_500_000, "1500k"), (750, "750")])
def test_sizes_have_short_names(characters, name):
    assert size_name(characters) == name
