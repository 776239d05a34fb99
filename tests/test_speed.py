"""What a recorded benchmark says, and what an archive is reckoned to take. "Gấp đôi" is twice as fast."""

import json

import pytest

from reform_figures.speed import read_benchmark, reckon_hours

RUN = {
    "measured": {"day": "2026-11-29"},
    "ratios": {"extract_vs_a": 2.0, "extract_vs_b": 123.456, "read_vs_a": 4.0, "archive_growth_1k": 1.014},
    "absolute": {"extract_share_numerals": 0.25, "extract_share_fields": 0.75, "extract_articles_per_second": 300.0},
    "skipped": {},
}


def test_ratios_are_listed_by_tool_to_three_digits(tmp_path):
    (tmp_path / "plain.json").write_text(json.dumps(RUN), encoding="utf-8")
    run = read_benchmark("plain", tmp_path)
    assert run.ratios_to("extract").to_dict() == {"b": 123.0, "a": 2.0}
    assert run.shares().to_dict() == {"numerals": 0.25, "fields": 0.75}
    assert run.growth().to_dict() == {"archive_growth_1k": 1.01}


def test_a_run_that_nobody_recorded_is_named_with_the_command(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no such run is recorded; scripts/benchmark.py --json plain.json"):
        read_benchmark("plain", tmp_path)


def test_hours_are_those_of_the_pages_that_come_to_each_step():
    rates = {
        "unpack_pages_per_second": 1000.0, "look_pages_per_second": 500.0,
        "read_pages_per_second": 200.0, "page_to_figures_pages_per_second": 100.0, "fallback_pages_per_second": 10.0,
    }  # fmt: skip
    hours = reckon_hours(3_600_000, known=0.25, relevant=0.1, rates=rates)
    # 3.6 million pages: 3,600 s to unpack, 7,200 s to look; 360,000 pass: 90,000 at 10 ms; 270,000 at 100 ms to read
    # and the 5 ms that extracting takes
    assert list(hours.values()) == pytest.approx([3.0, 0.25, 7.875])
