"""The exercises: solutions pass, untouched copies do not, and a wrong answer is told what is wrong with it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
import requests
from figure_cases import read_case, write_data
from protego import Protego
from test_notebooks import ALMOST_NOTHING, FOLDER, cells, run_cell, source

from reform_figures import exercises
from reform_figures.charts import chart_rows, draw_chart
from reform_figures.checking import check_articles
from reform_figures.exercises.research import complain_of
from reform_figures.exercises.working import outcome_of
from reform_figures.loading import DATA_VARIABLE
from reform_figures.practice import Visit, serve
from reform_figures.series import build_series
from reform_figures.student_copies import (
    BEGIN,
    END,
    OWN_CODE,
    CopyError,
    student_copy,
    without_solution,
    write_copies,
)

ROOT = Path(__file__).resolve().parents[1]
PATH = FOLDER / "90_exercises.ipynb"
CHECKS = [name for name in exercises.__all__ if name.startswith("check_")]

ONLINE = (
    "Năm 2020 đạt [30%: online_service_level34 share percent period=2020 period_kind=at], phấn đấu năm 2021 "
    "[50%: online_service_level34 share percent period=2021 period_kind=at status=target], năm 2022 "
    "[90%: online_service_level34 share percent period=2022 period_kind=at bound=ge status=target] trở lên."
)
RESULTS = (
    "Năm 2021 đạt [48%: online_service_level34 share percent period=2021 period_kind=at]. Cổng có hơn "
    "[3,9 triệu: portal_account level account value=3900000 period_kind=at bound=gt] tài khoản và gần "
    "[4.400: portal_service level service period_kind=at bound=lt] dịch vụ, khoảng "
    "[7 triệu: portal_dossier_synced level dossier value=7000000 bound=approx] hồ sơ; trong ngày "
    "[12: portal_dossier_online level dossier] hồ sơ."
)
THREE = (
    "Cả nước [48%: online_dossier share percent]: bộ, ngành [61%: online_dossier share percent area=VN-central], "
    "địa phương [17%: online_dossier share percent area=VN-local]."
)
MERGER = (
    "Nhập [92: commune_unit level admin_unit area=VN-22] xã thành [44: commune_unit level admin_unit area=VN-22]; tỉnh "
    "có [460: commune_unit level admin_unit area=VN-22] xã, còn [412: commune_unit level admin_unit area=VN-22], giảm "
    "[48: commune_unit level admin_unit area=VN-22 direction=down]."
)
SAVED = "Mỗi năm tiết kiệm hơn [6.000: saving level vnd bound=gt] đồng."
SAVED_MORE = "Mỗi năm tiết kiệm [8.000: saving level vnd] đồng."
RESIGNED = "Cả nước [200: staff_resigned level person] người nghỉ việc."
RESIGNED_MORE = "Cả nước [230: staff_resigned level person] người nghỉ việc."


def write_small(folder: Path, texts: list[str]) -> None:
    cases = [read_case(text, f"case-{n}", f"2023-06-0{n + 1}", f"Báo {n}") for n, text in enumerate(texts)]
    articles, figures = [a for a, _ in cases], [f for _, told in cases for f in told]
    findings = check_articles(figures, articles)
    write_data(folder, cases, findings=findings, series=build_series(figures, articles, findings))


@pytest.fixture
def small(tmp_path, monkeypatch):
    write_small(tmp_path, [ONLINE, RESULTS, THREE, MERGER, SAVED, SAVED_MORE, RESIGNED, RESIGNED_MORE])
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))


def run_checks(notebook_cells: list[dict]) -> dict[str, str]:
    """Run all cells; gives what each check says, by its name."""
    names: dict = {}
    shown = {source(cell): run_cell(source(cell), names) for cell in notebook_cells if cell["cell_type"] == "code"}
    return {code.partition("(")[0]: words for code, words in shown.items() if code.startswith("check_")}


# --- the notebook and its copy, on the data of the project


def test_every_solution_passes_its_check(monkeypatch, capsys):
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT / "data"))
    told = run_checks(cells(PATH))
    assert sorted(told) == CHECKS
    assert {name: words for name, words in told.items() if "<strong>Right.</strong>" not in words} == {}


def test_no_check_passes_on_a_copy_that_nobody_has_touched(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT / "data"))
    (copy,) = write_copies(FOLDER, tmp_path)
    told = run_checks(cells(copy))
    assert sorted(told) == CHECKS
    assert {name: words for name, words in told.items() if "<strong>Not yet.</strong>" not in words} == {}


def test_an_exercise_is_a_task_with_its_time_a_solution_and_a_check():
    told = cells(PATH)
    solutions = [n for n, cell in enumerate(told) if BEGIN in source(cell)]
    assert len(solutions) == 8
    for n in solutions:
        assert re.search(r"\*\*Task\.\*\* .*\*\w+ minutes\.\*$", source(told[n - 1]))
        assert re.fullmatch(r"check_\w+\(.+\)", source(told[n + 1]))
    levels = [line for cell in told for line in source(cell).splitlines() if line.startswith("## ")]
    assert levels[:3] == ["## First steps", "## Working", "## Research"]


def test_solutions_are_folded_away_in_the_book_and_in_jupyterlab():
    for cell in cells(PATH, "code"):
        if BEGIN in source(cell):
            assert cell["metadata"]["jupyter"]["source_hidden"]
            assert cell["metadata"]["tags"] in (["hide-input"], ["hide-cell"])
        if source(cell).startswith("check_"):  # what a check says of the solution tells the answer
            assert cell["metadata"]["tags"] == ["hide-output"]


def test_a_copy_has_every_task_and_check_and_no_line_of_a_solution(tmp_path):
    (copy,) = write_copies(FOLDER, tmp_path / "students")
    told, own = cells(PATH), cells(copy)
    assert [cell["id"] for cell in own] == [cell["id"] for cell in told]
    assert "solution" not in copy.read_text(encoding="utf-8").casefold()
    for full, bare in zip(told, own, strict=True):
        if BEGIN not in source(full):
            continue
        solution = source(full).partition(BEGIN)[2].partition(END)[0].strip().splitlines()
        assert solution
        assert not set(solution) & set(source(bare).splitlines())
        assert source(bare).count(OWN_CODE) == 1
        assert bare["metadata"] == {}


def test_links_of_a_copy_lead_to_the_notebooks(tmp_path):
    (copy,) = write_copies(FOLDER, tmp_path / "students")
    links = [target for cell in cells(copy, "markdown") for target in re.findall(r"\]\(([^)]+)\)", source(cell))]
    assert links
    assert all((copy.parent / target).exists() for target in links)


# --- taking solutions out


def test_a_solution_gives_way_to_a_line_with_its_indent():
    code = f"def f(x):\n    {BEGIN}\n    y = x + 1\n    return y\n    {END}\nf(1)"
    assert without_solution(code, "cell 1") == f"def f(x):\n    {OWN_CODE}\nf(1)"


@pytest.mark.parametrize("code", [f"{BEGIN}\nx = 1", f"x = 1\n{END}", f"{BEGIN}\n{BEGIN}\n{END}"])
def test_a_solution_without_its_end_is_refused_with_the_cell(code):
    with pytest.raises(CopyError, match=r"cell 3 \(a\)"):
        without_solution(code, "cell 3 (a)")


def test_outputs_do_not_leak_the_answers_into_a_copy():
    cell = {"cell_type": "code", "id": "a", "metadata": {"tags": ["hide-cell"]}, "execution_count": 4,
            "source": [BEGIN + "\n", "print(42)\n", END], "outputs": [{"text": "42"}]}  # fmt: skip
    (told,) = student_copy({"cells": [cell]})["cells"]
    assert "42" not in json.dumps(told)
    assert cell["outputs"], "the notebook itself stays as it is"


def test_a_copy_that_somebody_worked_in_is_not_overwritten(tmp_path):
    command = [sys.executable, str(ROOT / "scripts" / "student_copies.py"), "--out", str(tmp_path)]
    for _ in range(2):
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    copy = tmp_path / PATH.name
    told, counted = run.stdout.splitlines()
    assert told == str(copy)
    assert f"1 notebook with exercises, without the solutions; {len(list(FOLDER.glob('*.ipynb'))) - 1} other" in counted
    copy.write_text(copy.read_text(encoding="utf-8").replace(OWN_CODE, "dot = rows.head(1)"), encoding="utf-8")
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "differs from a new copy; move it away" in run.stderr
    assert "dot = rows.head(1)" in copy.read_text(encoding="utf-8")


def test_a_folder_without_solutions_is_told_so(tmp_path):
    with pytest.raises(CopyError, match="has a solution"):
        write_copies(tmp_path, tmp_path / "out")


# --- what the checks say

ODD = [None, "", "abc", 0, -1.5, float("nan"), [], [None], {}, {1: 2}, [pd.NA, pd.NA], {"3,9 triệu": ["gt"]}, pd.NA,
       pd.DataFrame(), pd.DataFrame({"figure_id": [1, 2]}), pd.DataFrame({"spread_percent": [pd.NA] * 2,
       "all_can_be_true": [pd.NA] * 2}), object()]  # fmt: skip


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: type(odd).__name__)
def test_a_check_says_not_yet_to_whatever_is_no_answer(small, name, odd):
    more = {"check_communes": (odd, odd), "check_collected": ([],)}.get(name, ())
    checked = getattr(exercises, name)(odd, *more)
    assert checked.right is (None if name == "check_collected" else False)


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_without_its_data_says_that_it_cannot_tell(name, tmp_path, monkeypatch):
    write_small(tmp_path, ALMOST_NOTHING)
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    more = {"check_communes": (None, None), "check_collected": ([],)}.get(name, ())
    checked = getattr(exercises, name)(None, *more)
    assert checked.right is None
    assert repr(checked).startswith("Cannot be checked. ")


def test_the_dot_is_the_target_whose_period_ends_last(small):
    rows = chart_rows("share_online").sort_values("value", ignore_index=True)
    assert rows["value"].tolist() == [30, 48, 50, 90]
    assert "its status is `actual`" in exercises.check_dot(rows.loc[[1]]).words
    assert "another hollow diamond stands further to the right" in exercises.check_dot(rows.loc[[2]]).words
    assert "4 rows; one point" in exercises.check_dot(rows).words
    for dot in (rows.loc[[3]], rows.loc[3], rows.loc[3, "figure_id"]):
        assert exercises.check_dot(dot).right
    assert "»90%«" in exercises.check_dot(rows.loc[[3]]).words


@pytest.mark.parametrize(
    ("hedges", "words"),
    [
        ({"hơn 3,9 triệu": "gt"}, "did you mean '3,9 triệu'?"),
        ({"3,9": "gt"}, "did you mean '3,9 triệu'?"),
        ({"12": "gt"}, "told without a hedge"),
        ({"3,9 triệu": "more than"}, "is no code of a bound"),
        ({"4.400": "approx"}, "not told as 'about'; read the word beside it: Cổng có hơn"),
        ({"3,9 triệu": "gt", "4.400": "lt"}, "2 of 3 are found"),
        ({"3,9 triệu": "gt", "4.400": "lt", "7 triệu": "approx"}, "All 3 hedges: more than 3.9 million accounts"),
    ],
)
def test_a_wrong_hedge_is_told_what_to_read(small, hedges, words):
    assert exercises.article_to_read().article_id == "case-1"
    checked = exercises.check_hedges(hedges)
    assert words in checked.words
    assert checked.right == words.startswith("All")


def test_a_chart_has_to_speak_vietnamese_with_a_title_of_its_own(small):
    def said(**changes):
        return exercises.check_chart(draw_chart("portal_accounts", **changes))

    assert 'language="vi"' in said(title="Bao nhiêu tài khoản?").words
    assert "has by itself" in said(language="vi").words
    assert "no Vietnamese letter" in said(language="vi", title="Accounts").words
    none = chart_rows("portal_accounts").head(0)
    assert "does not show the rows" in said(language="vi", title="Bao nhiêu?", rows=none).words
    plain = said(language="vi", title="Bao nhiêu tài khoản?")
    assert plain.right
    assert "no program can say: ask your neighbour" in plain.words
    bold = said(language="vi", title="Số người dùng tăng mạnh")
    assert bold.right is None
    assert all(f"'{word}' tells of" in bold.words for word in ("người dùng", "tăng", "mạnh"))
    assert said(language="vi", title="Tài khoản của nhiều tầng lớp").right  # "tầng" is not "tăng"


def test_a_target_without_a_result_of_its_day_is_not_told(small):
    targets, _ = exercises.targets_and_results()
    assert targets["value"].tolist() == [50, 90]
    assert "Row 0" in exercises.check_outcomes(["met", "not told"]).words
    assert "48%" in exercises.check_outcomes(["met", "not told"]).words
    assert "No result in the table ends on the same day" in exercises.check_outcomes(["missed", "missed"]).words
    assert "2 targets stand in the table" in exercises.check_outcomes(["missed"]).words
    assert "none of the words" in exercises.check_outcomes(["Missed", "not told"]).words
    assert exercises.check_outcomes(["missed", "not told"]).right
    assert exercises.check_outcomes(pd.Series(["missed", "not told"])).right


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ([], "not told"),
        ([(50, "eq")], "met"),
        ([(50, "gt")], "met"),
        ([(49.9, "eq"), (30, "lt")], "missed"),
        ([(50, "lt")], "missed"),
        ([(49, "gt")], "cannot tell"),
        ([(60, "le")], "cannot tell"),
        ([(50, "approx")], "cannot tell"),
        ([(51, "eq"), (49, "eq")], "cannot tell"),
    ],
)
def test_hedges_are_bounds_when_a_target_of_fifty_is_judged(told, outcome):
    assert outcome_of(50, pd.DataFrame(told, columns=["value", "bound"])) == outcome


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (39, "the plain mean"),
        (0.5, "the country would have 39%, and not 48%"),
        (70.45, "right in percent"),
        (0.2955, "the part of the localities"),
        (1.7, "no part of a whole"),
        (31 / 44, "Ministries have 70% of the whole"),
    ],
)
def test_a_wrong_weight_is_told_what_it_is(small, weight, words):
    checked = exercises.check_weight(weight)
    assert words in checked.words
    assert checked.right == (weight == 31 / 44)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((92, 44, 48), "went into the merger"),
        ((412, 460, 48), "more communes, not fewer"),
        ((460, 44, 48), "From 460 to 44 it is 416 fewer"),
        ((460, 412, 44), "44 is a level"),
        ((460, 411, 48), "does not tell 411"),
        ((460, 412, 48), "460 - 48 = 412"),
    ],
)
def test_the_communes_of_the_province_are_not_those_of_the_merger(small, answer, words):
    checked = exercises.check_communes(*answer)
    assert words in checked.words
    assert checked.right == (answer == (460, 412, 48))


def test_a_case_can_be_true_where_a_hedge_leaves_room(small):
    disputed = exercises.disputed_cases()
    by_subject = dict(zip(disputed["subject"], disputed.index, strict=True))
    assert sorted(by_subject) == ["Savings", "Staff who resigned"]
    judged = pd.DataFrame({"spread_percent": 15.0, "all_can_be_true": False}, index=disputed.index)
    assert "Savings" in exercises.check_judged(judged).words
    judged.loc[by_subject["Savings"], "spread_percent"] = 100 / 3
    assert "A hedge leaves room" in exercises.check_judged(judged).words
    assert "lacks the column 'all_can_be_true'" in exercises.check_judged(judged[["spread_percent"]]).words
    judged.loc[by_subject["Savings"], "all_can_be_true"] = True
    assert exercises.check_judged(judged).right
    judged["all_can_be_true"] = True
    assert "where another leaves no room" in exercises.check_judged(judged).words


NAMED = "class (class@example.org)"


def log(*paths: str, agent: str = NAMED, pause: float = 1.0) -> list[Visit]:
    return [Visit(n * pause, f"/baolamdong/{path}", agent) for n, path in enumerate(paths)]


@pytest.mark.parametrize(
    ("visits", "words"),
    [
        (log("robots.txt", agent="python-requests/2.32"), "Put a contact into User-Agent"),
        (log("thoi-su/", "robots.txt"), "ask /baolamdong/robots.txt before anything else"),
        (log("robots.txt", "thoi-su/", "tim-kiem/?q=xã"), "robots.txt forbids /baolamdong/tim-kiem/"),
        (log("robots.txt", "thoi-su/", pause=0.05), "came 0.05 s apart"),
        (log("robots.txt", "thoi-su/", "thoi-su/"), "asked for /baolamdong/thoi-su/ 2 times"),
    ],
)
def test_a_visitor_is_told_what_the_portal_would_complain_of(visits, words):
    rules = Protego.parse("User-agent: *\nDisallow: /baolamdong/tim-kiem/\n")
    assert words in complain_of(visits, rules)
    assert complain_of(log("robots.txt", "thoi-su/", "thoi-su/?page=2"), rules) == ""


def test_what_was_collected_is_held_against_the_table(monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(ROOT / "data"))
    visits = log("robots.txt", "thoi-su/")
    expected = exercises.research._articles_of_portal().reset_index(names="address")
    assert exercises.check_collected(expected, visits).right

    def said(collected):
        return exercises.check_collected(collected, visits).words

    assert "no visit" in exercises.check_collected(expected, []).words
    assert "does the list go on?" in said(expected.head(6))
    assert "stands twice" in said(pd.concat([expected, expected.tail(1)]))
    other = pd.DataFrame([{"address": "http://x/baolamdong/tim-kiem/", "headline": "", "figures": 0}])
    assert "other links beside its headlines" in said(pd.concat([expected, other]))
    assert "has the headline" in said(expected.assign(headline="?"))
    assert "The table holds" in said(expected.assign(figures=-1))
    assert "lacks the column 'figures'" in said(expected.drop(columns="figures"))


def test_the_portals_write_down_who_asks_for_what():
    visits: list[Visit] = []
    with serve(0, ROOT / "practice", visits=visits) as address:
        requests.get(f"{address}/baolamdong/thoi-su/?page=2", headers={"User-Agent": NAMED}, timeout=30)
    assert [(visit.path, visit.agent) for visit in visits] == [("/baolamdong/thoi-su/?page=2", NAMED)]


def test_what_articles_say_is_escaped_in_what_a_check_says():
    assert exercises.Checked(False, "<b>5</b>")._repr_html_() == (
        "<p><strong>Not yet.</strong> &lt;b&gt;5&lt;/b&gt;</p>"
    )


# --- the page for instructors


def test_the_lesson_plan_has_no_gap_and_takes_ninety_minutes():
    text = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    spans = [(int(start), int(end)) for start, end in re.findall(r"^\| (\d+)-(\d+) \|", text, re.M)]
    assert spans[0][0] == 0
    assert spans[-1][1] == 90
    assert all(before[1] == after[0] for before, after in pairwise(spans))


def test_every_exercise_has_notes_for_instructors():
    text = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    titles = [line for cell in cells(PATH, "markdown") for line in source(cell).splitlines() if line[:4] == "### "]
    assert len(titles) == 8
    notes = re.findall(r"^### (.+) \((?:first steps|working|research), \d+ minutes\)$", text, re.M)
    assert notes == [title.removeprefix("### ") for title in titles]
