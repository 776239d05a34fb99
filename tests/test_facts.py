"""Extraction against an independent reading: pairing, and the committed comparison."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from figure_cases import read_case

from reform_figures.facts import Fact, FactsError, compare_facts, read_reviews

ROOT = Path(__file__).resolve().parents[1]
FACTS = ROOT.parent / "shared" / "facts"
CUT = (
    "Năm 2022 cả nước giảm [561: commune_unit level admin_unit direction=down] xã "
    "và [6: district_unit level admin_unit direction=down] huyện."
)
NOTED = {"value": "561", "unit": "admin_unit", "subject": "commune_unit", "area": "VN", "period": "2022"}


def compared(marked: str, *noted: dict, reviews=None) -> list[dict[str, str]]:
    article, figures = read_case(marked, "case")
    facts = {"s1": [Fact(line, "s1", fields) for line, fields in enumerate(noted, 2)]}
    object.__setattr__(article, "cited_url", "http://source.test/1")
    return compare_facts([article], figures, facts, {"http://source.test/1": "s1"}, reviews or {})


@pytest.mark.parametrize(
    ("change", "outcome", "wrong"),
    [
        ({}, "right", ""),
        ({"subject": "district_unit"}, "differs", "subject: commune_unit for district_unit"),
        ({"area": "VN-HN", "period": "2021"}, "differs", "area: VN for VN-HN; period: 2022 for 2021"),
        ({"period": "2022-01-01/2022-12-31"}, "right", ""),
        ({"period": "2022-12-31"}, "differs", "period: 2022 for 2022-12-31"),
        ({"period": "2022-12-31", "period_kind": "at"}, "right", ""),
        ({"period": "2020-01-01/2022-12-31"}, "differs", "period: 2022 for 2020-01-01/2022-12-31"),
        ({"period": ""}, "right", ""),
        ({"value": "562"}, "missing", ""),
        ({"value": ""}, "no_number", ""),
    ],
)
def test_a_fact_is_compared_in_every_field_that_it_tells(change, outcome, wrong):
    (row,) = compared(CUT, NOTED | change)
    assert (row["outcome"], row["wrong"]) == (outcome, wrong)


def test_of_two_figures_of_one_value_the_fact_takes_the_one_that_fits():
    twice = "Giảm [6: commune_unit level admin_unit] xã và [6: district_unit level admin_unit] huyện."
    told = {"value": "6", "unit": "admin_unit"}
    rows = compared(twice, told | {"subject": "district_unit"}, told | {"subject": "commune_unit"})
    assert [row["outcome"] for row in rows] == ["right", "right"]


@pytest.mark.parametrize(("kind", "outcome"), [("fact", "accepted"), ("reading", "accepted"), ("open", "differs")])
def test_a_review_accepts_only_the_difference_that_it_names(kind, outcome):
    wrong = "subject: commune_unit for district_unit"
    review = {"fact": "2", "source": "s1", "wrong": wrong, "kind": kind, "reason": "xã are communes"}
    (row,) = compared(CUT, NOTED | {"subject": "district_unit"}, reviews={("2", wrong): review})
    assert (row["outcome"], row["reviewed"]) == (outcome, f"{kind}: xã are communes")
    (row,) = compared(CUT, NOTED | {"subject": "other"}, reviews={("2", wrong): review})
    assert (row["outcome"], row["reviewed"]) == ("differs", "")


def test_a_review_without_a_reason_is_refused_by_line(tmp_path):
    path = tmp_path / "reviewed.csv"
    path.write_text("fact,source,wrong,kind,reason\n2,s1,missing,fact,\n", encoding="utf-8")
    with pytest.raises(FactsError, match="line 2"):
        read_reviews(path)


needs_facts = pytest.mark.skipif(not FACTS.exists(), reason=f"{FACTS} is absent: the noted facts are not here")


@pytest.fixture(scope="module")
def comparison(tmp_path_factory) -> list[dict[str, str]]:
    """The committed tables compared anew; the committed comparison has to be the same."""
    data = tmp_path_factory.mktemp("data")
    (data / "processed").mkdir()
    for name in ("articles.jsonl", "figures.csv"):
        (data / "processed" / name).symlink_to(ROOT / "data" / "processed" / name)
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "compare_facts.py", "--data", data], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    new = data / "processed" / "facts_compared.csv"
    assert new.read_bytes() == (ROOT / "data" / "processed" / "facts_compared.csv").read_bytes(), (
        "data/processed/facts_compared.csv is not of these tables; run scripts/compare_facts.py"
    )
    with open(new, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_facts
def test_nearly_all_facts_of_the_digests_are_found(comparison):
    found = [bool(row["figure_id"]) for row in comparison]
    assert len(found) > 1600
    assert sum(found) >= 0.97 * len(found)


@needs_facts
def test_nine_of_ten_facts_are_right_in_every_field(comparison):
    outcomes = [row["outcome"] for row in comparison]
    assert outcomes.count("right") >= 0.86 * len(outcomes)
    assert outcomes.count("right") + outcomes.count("accepted") >= 0.92 * len(outcomes)


@needs_facts
def test_every_review_is_of_a_difference_that_is_still_there(comparison):
    there = {(row["fact"], row["wrong"] or ("missing" if not row["figure_id"] else "")) for row in comparison}
    assert set(read_reviews(ROOT / "facts_reviewed.csv")) <= there
