"""The change letter: what appeared, vanished and changed, with its cause, on small releases."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from figure_cases import read_case, write_data

from reform_figures import tables
from reform_figures.checking import check_articles
from reform_figures.corrections import Correction, apply_corrections
from reform_figures.records import PassedOver
from reform_figures.releases.causes import Evidence
from reform_figures.releases.comparing import compare_releases
from reform_figures.releases.letter import change_letter
from reform_figures.releases.loading import ReleaseError, changed_vocabulary, load_release
from reform_figures.series import build_series

ROOT = Path(__file__).resolve().parents[2]
STAFF = "Đến nay giảm [500: staff_total level person direction=down] người. Còn [7: department level organisation] sở."
MORE = "Cả nước có [63: data_platform level locality] địa phương."
RULES = "unit=noun_after subject=staff@sentence period=clause"


def case(marked: str, name: str = "one", page: str = "aaaa", rules: str = RULES):
    """An article as read from a page, and its figures with rules."""
    article, figures = read_case(marked, name)
    return replace(article, page_sha256=page, portal="news 1"), [replace(f, rules=rules) for f in figures]


def release(folder: Path, cases, passed=()) -> Path:
    articles, figures = [a for a, _ in cases], [f for _, told in cases for f in told]
    findings = check_articles(figures, articles)
    write_data(folder, cases, findings=findings, series=build_series(figures, articles, findings))
    tables.write_table(folder, "passed_over", passed)
    return folder


def passed(figure, rule: str, reason: str) -> PassedOver:
    return PassedOver(figure.article_id, figure.start, figure.end, figure.text, reason, rule, figure.sentence)


@pytest.fixture
def compare(tmp_path):
    """Compare two releases given as cases: (comparison, its changes other than same, the letter)."""

    def compared(before, after, *, over=((), ()), corrections=(), vocabulary=None):
        loaded = [
            load_release(str(release(tmp_path / name, cases, numerals)), ROOT)
            for name, cases, numerals in (("before", before, over[0]), ("after", after, over[1]))
        ]
        comparison = compare_releases(Evidence(*loaded, list(corrections), vocabulary))
        check_sums(comparison)
        return comparison, [c for c in comparison.figures if c.kind != "same"], change_letter(comparison)

    return compared


def check_sums(comparison) -> None:
    """Every figure and observation of either release is counted once."""
    both = sum(comparison.count(kind) for kind in ("same", "moved", "changed"))
    before, after = comparison.evidence.before, comparison.evidence.after
    assert both + comparison.count("vanished") == len(before.figures)
    assert both + comparison.count("appeared") == len(after.figures)
    counts = comparison.observations
    kept = sum(n for (kind, _), n in counts.items() if kind in ("same", "changed"))
    assert kept + sum(n for (kind, _), n in counts.items() if kind == "vanished") == len(before.series)
    assert kept + sum(n for (kind, _), n in counts.items() if kind == "appeared") == len(after.series)
    assert sum(n for (_, old, _), n in comparison.findings.items() if old) == len(before.findings)
    assert sum(n for (_, _, new), n in comparison.findings.items() if new) == len(after.findings)


def test_the_same_tables_give_a_letter_that_says_so(compare):
    _, changes, letter = compare([case(STAFF)], [case(STAFF)])
    assert changes == []
    assert "All 2 figures are the same in both releases." in letter
    assert "## Why" not in letter


def test_figures_of_a_new_article_appear_with_the_page_as_cause(compare):
    _, (change,), letter = compare([case(STAFF)], [case(STAFF), case(MORE, "two")])
    assert (change.kind, change.cause) == ("appeared", "new_page")
    assert "| a new page | 1 | 0 | 0 |" in letter
    assert "“Cả nước có **63** địa phương.”" in letter
    assert "| gained | `data_platform.level.locality` | Data-sharing platforms | 1 |" in letter
    assert "2 observations before - 0 vanished + 1 appeared = 3 after" in letter


def test_figures_of_an_article_that_is_gone_vanish_and_their_indicator_is_lost(compare):
    _, (change,), letter = compare([case(STAFF), case(MORE, "two")], [case(STAFF)])
    assert (change.kind, change.cause) == ("vanished", "page_gone")
    assert "Counts: 2 + 0 + 0 + 1 = 3 before; 2 + 0 + 0 + 0 = 2 after." in letter
    assert "| lost | `data_platform.level.locality` | Data-sharing platforms | 1 |" in letter


def test_a_changed_value_on_a_changed_page_is_one_figure_that_changed(compare):
    changed = STAFF.replace("500", "1.500")
    comparison, changes, letter = compare([case(STAFF)], [case(changed, page="bbbb")])
    assert [(c.kind, c.fields, c.cause) for c in changes] == [("changed", ("value",), "page"), ("moved", (), "")]
    assert "value: 500 → 1500; the page has another SHA-256 than before." in letter
    assert comparison.observations["changed", "with its figure"] == 1


def test_a_figure_whose_text_moved_is_not_told_as_vanished(compare):
    _, changes, letter = compare([case(STAFF)], [case("Sáng nay họp. " + STAFF, page="bbbb")])
    assert {c.kind for c in changes} == {"moved"}
    assert "Of the 2 figures of the earlier release, 2 only moved with their text; 0 appeared" in letter


def test_a_field_set_by_another_rule_changed_by_rule(compare):
    article, figures = case(STAFF)
    other = replace(figures[0], period="2023", rules=RULES.replace("period=clause", "period=article"))
    _, (change,), letter = compare([(article, figures)], [(article, [other, figures[1]])])
    assert (change.fields, change.cause) == (("period",), "rule")
    assert "period: 2022 → 2023; period was set by `clause`, now by `article`." in letter


@pytest.mark.parametrize(
    ("tables_changed", "cause"), [(["terms.csv"], "vocabulary"), (None, "vocabulary"), ([], "unknown")]
)
def test_a_field_that_the_same_rule_sets_otherwise_changed_by_vocabulary(compare, tables_changed, cause):
    article, figures = case(STAFF)
    other = replace(figures[0], unit="post")
    _, (change,), letter = compare([(article, figures)], [(article, [other, figures[1]])], vocabulary=tables_changed)
    assert (change.fields, change.cause) == (("unit",), cause)
    assert ("Vocabulary tables that changed in between: `terms.csv`." in letter) == bool(tables_changed)


def test_a_corrected_field_names_who_and_why_and_a_correction_taken_back_too(compare):
    article, figures = case(STAFF)
    row = Correction("one", "7", figures[1].start, "subject", "department", "general_department", "An", "2023-03-01",
                     "the sentence before says so")  # fmt: skip
    corrected, reports = apply_corrections(figures, [row])
    assert reports == []
    _, (change,), letter = compare([(article, figures)], [(article, corrected)], corrections=[row])
    assert (change.fields, change.cause) == (("subject",), "correction")
    assert "subject corrected by An on 2023-03-01: the sentence before says so." in letter
    _, (back,), _ = compare([(article, corrected)], [(article, figures)])
    assert (back.cause, back.words) == ("correction", "subject: the correction by An no longer applies")


def test_a_numeral_no_longer_passed_over_appears_by_rule_and_one_newly_passed_over_vanishes(compare):
    article, figures = case(STAFF)
    over = [passed(figures[1], "part_of_name", "label")]
    _, (change,), letter = compare([(article, figures[:1])], [(article, figures)], over=(over, ()))
    assert (change.kind, change.cause) == ("appeared", "rule")
    assert "was passed over by `part_of_name` (label)" in letter
    _, (change,), _ = compare([(article, figures)], [(article, figures[:1])], over=((), over))
    assert (change.kind, change.cause, change.words) == (
        "vanished",
        "rule",
        "is now passed over by `part_of_name` (label)",
    )


def test_a_numeral_of_which_a_word_now_says_what_it_counts_appears_by_vocabulary(compare):
    article, figures = case(STAFF)
    over = [passed(figures[1], "unknown_noun", "unclear")]
    _, (change,), _ = compare([(article, figures[:1])], [(article, figures)], over=(over, ()))
    assert change.cause == "vocabulary"
    _, (change,), _ = compare([(article, figures[:1])], [(article, figures)])
    assert change.cause == "unknown"


def test_the_same_page_read_otherwise_is_told_as_that(compare):
    article, figures = case(STAFF)
    longer, more = case(STAFF + "\n" + MORE)
    _, (change,), letter = compare([(article, figures)], [(replace(longer, portal="news 2"), more)])
    assert (change.kind, change.cause) == ("appeared", "reading")
    assert "the page was read by news 1, now by news 2" in letter


def test_verdicts_between_articles_and_checks_inside_them_are_told_before_and_after(compare):
    text = (
        "Giảm [{}: staff_total level person direction=down] người, trong đó bộ, ngành [40: staff_total level person "
        "direction=down area=VN-central] người, địa phương "
        "[470: staff_total level person direction=down area=VN-local] người."
    )
    comparison, _, letter = compare([case(text.format(500))], [case(text.format(510), page="bbbb")])
    assert ("contradicts", "holds") in {(old, new) for _, old, new in comparison.findings}
    assert "| contradicts | holds | 1 |" in letter
    second = case("Đến nay giảm [500: staff_total level person direction=down] người.", "two")
    comparison, _, _ = compare([case(STAFF)], [case(STAFF), second])
    assert comparison.verdicts["only", "agree"] == 1
    assert comparison.observations["changed", "other articles report it now, or no longer do"] == 1


def test_one_number_written_in_two_ways_did_not_change(compare):
    article, figures = case(STAFF)
    same = [replace(figures[0], value=Decimal("500.0")), figures[1]]
    assert compare([(article, figures)], [(article, same)])[1] == []


def test_a_text_of_strangers_cannot_break_the_letter(compare):
    text = "Giảm <script>|*[500: staff_total level person direction=down]* người | [x](y)."
    _, _, letter = compare([], [case(text)])
    assert "&lt;script&gt;\\|\\***500**\\* người \\| \\[x\\](y)." in letter


def test_an_older_release_with_fewer_columns_and_tables_can_be_compared(tmp_path):
    before, after = release(tmp_path / "a", [case(STAFF)]), release(tmp_path / "b", [case(STAFF)])
    path = tables.table_path(before, "figures")
    path.write_text(path.read_text(encoding="utf-8").replace("period_kind", "kind_then"), encoding="utf-8")
    tables.table_path(before, "passed_over").unlink()
    loaded = [load_release(str(folder / "processed"), ROOT) for folder in (before, after)]
    assert {c.kind for c in compare_releases(Evidence(*loaded)).figures} == {"same"}


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=An", "-c", "user.email=an@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def test_a_revision_of_a_repository_is_read_and_its_vocabulary_compared(tmp_path):
    release(tmp_path / "data", [case(STAFF)])
    words = tmp_path / "src" / "reform_figures" / "vocabulary" / "terms.csv"
    words.parent.mkdir(parents=True)
    words.write_text("form\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    assert changed_vocabulary("HEAD", tmp_path) == []
    words.write_text("form\nsở\n")
    release(tmp_path / "data", [case(STAFF), case(MORE, "two")])
    assert len(load_release("HEAD", tmp_path).figures) == 2
    assert len(load_release(str(tmp_path / "data"), tmp_path).figures) == 3
    assert changed_vocabulary("HEAD", tmp_path) == ["terms.csv"]
    assert changed_vocabulary(str(tmp_path), tmp_path) is None


def test_what_is_no_release_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(ReleaseError, match="neither a folder nor a git revision"):
        load_release("--output=x", ROOT)
    with pytest.raises(ReleaseError, match=r"there is no articles\.jsonl"):
        load_release(str(tmp_path), ROOT)
    folder = release(tmp_path / "a", [case(STAFF)])
    tables.table_path(folder, "figures").write_text("a,b\n1,2\n")
    with pytest.raises(ReleaseError, match=r"figures\.csv cannot be read"):
        load_release(str(folder), ROOT)


def test_the_command_prints_or_writes_the_letter_the_same_on_every_run(tmp_path):
    before, after = release(tmp_path / "a", [case(STAFF)]), release(tmp_path / "b", [case(STAFF), case(MORE, "two")])

    def run(*more: str) -> subprocess.CompletedProcess:
        command = [sys.executable, str(ROOT / "scripts" / "change_letter.py"), "--data", str(after), *more]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)

    first, second = run("--before", str(before)), run("--before", str(before), "--out", str(tmp_path / "letter.md"))
    assert first.stdout == (tmp_path / "letter.md").read_text(encoding="utf-8")
    assert second.returncode == 0
    assert re.search(r"^\| all \| 1 \| 0 \| 0 \|$", first.stdout, re.M)
    wrong = run("--before", "no-such-release")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    assert json.dumps(wrong.stderr).count("Traceback") == 0
