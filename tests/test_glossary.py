"""The glossary and the list of rules that never did anything: both from the vocabulary, both complete."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from figure_cases import read_case, write_data

from reform_figures.extracting import extract
from reform_figures.glossary import SECTIONS, build_glossary, glossary_markdown
from reform_figures.unused_rules import RULES, WORDINGS, count_rows, find_unused
from reform_figures.vocabulary import load_rows

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "list_unused_rules.py"


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, str], str]:
    return {(row.table, row.form): f"{row.meaning}: {row.sets}" for row in build_glossary()}


def test_every_wording_of_the_vocabulary_is_in_the_glossary(told):
    for table in SECTIONS:
        assert all((table, row.get("form") or row["name"]) in told for row in load_rows(table))


@pytest.mark.parametrize(
    ("table", "form", "words"),
    [
        ("terms", "tổng cục", "unit: organisations (`organisation`); speaks of: General departments"),
        ("hedges", "khoảng", "about: bound: about (`approx`)"),
        ("scopes", "cả nước", "the whole country: area: Whole country (`VN`)"),
        ("bodies", "bộ nội vụ", "Ministry of Home Affairs: area: Ministry of Home Affairs (`MOHA`)"),
        ("bodies", "bộ y tế", "Ministry of Health: area: Bộ Y tế"),
        ("provinces", "Hà Giang", "merged 2025-06-12 into Tuyên Quang: area: Hà Giang (`VN-03`)"),
        ("statuses", "dự kiến", "expected: status: forecast (`forecast`)"),
        ("directions", "giảm", "to fall, to cut: direction: cut (`down`)"),
        ("labels", "nghị định", "in front of the number: number, article or clause of a legal document"),
        ("compounds", "cơ bản", "basic: "),
    ],
)
def test_a_wording_tells_what_it_means_and_what_it_sets(told, table, form, words):
    assert words in told[table, form]


def test_wordings_stand_in_alphabetical_order_without_regard_to_marks():
    forms = [row.form for row in build_glossary() if row.table == "hedges"]
    assert forms.index("chưa đến") < forms.index("gần") < forms.index("khoảng") < forms.index("trên")


def test_the_page_has_a_part_for_every_table_and_no_broken_row():
    page = glossary_markdown()
    assert page.startswith("# Glossary\n")
    assert all(f"\n## {title}\n" in page for title, _ in SECTIONS.values())
    for line in page.splitlines():
        if line.startswith("|"):
            assert line.endswith("|")
            assert line.replace("\\|", "").count("|") in (3, 4)
        assert "<" not in line


def test_rows_that_an_article_does_not_use_are_listed_and_those_it_uses_are_not():
    article, _ = read_case("# Bộ Nội vụ tổng kết năm 2022\nKết quả giảm 17 tổng cục.")
    unused = {(row.table, row.name) for row in find_unused([article], extract(article)[0])}
    assert ("terms", "tổng cục") not in unused
    assert ("directions", "giảm") not in unused
    assert (RULES, "general_departments") not in unused
    assert ("terms", "giáo viên") in unused
    assert (RULES, "teachers") in unused


def test_on_no_article_every_row_is_unused():
    assert len(find_unused([], [])) == sum(count_rows().values())
    assert set(count_rows()) == {*WORDINGS, RULES}


def test_the_command_counts_used_and_unused_rows_of_every_table(tmp_path):
    write_data(tmp_path, [read_case("Giảm [17: general_department level organisation] tổng cục.")])
    answer = subprocess.run([sys.executable, SCRIPT, "--data", tmp_path], capture_output=True, text=True, check=True)
    assert "terms\tgiáo viên\tteacher\n" in answer.stdout
    assert "terms\ttổng cục\t" not in answer.stdout
    assert f"hedges: {len(load_rows('hedges'))} rows = 0 used + " in answer.stdout
    nothing = subprocess.run([sys.executable, SCRIPT, "--data", tmp_path / "none"], capture_output=True, text=True)
    assert nothing.returncode == 1
    assert "run scripts/read.py first" in nothing.stderr
