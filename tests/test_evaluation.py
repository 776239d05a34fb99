"""Scores: counted as in the annotation guide's own tool, with every error told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reform_figures.evaluation import (
    FIELDS,
    as_dict,
    evaluate,
    list_errors,
    match_figures,
    score_fields,
    score_levels,
    score_themes,
)
from reform_figures.evaluation_sets import (
    EvaluationError,
    extract_all,
    read_cases,
    read_figures,
    read_recorded,
    record_scores,
    recorded_levels,
    score_rows,
)

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / "../shared"
SCRIPT = ROOT / "scripts" / "evaluate.py"


def figure(start: int, end: int, text: str = "17", **fields) -> dict:
    told = dict.fromkeys(FIELDS) | {"value": 17, "unit": "organisation", "measure": "level", "theme": "units",
                                    "subject": "general_department", "bound": "eq", "status": "actual"}  # fmt: skip
    return {"start": start, "end": end, "text": text} | told | fields


def judge(predicted: list[dict], gold: list[dict]):
    return evaluate({"a": predicted}, {"a": gold})


def test_a_figure_right_in_every_field_counts_at_every_level():
    levels = score_levels(judge([figure(0, 2)], [figure(0, 2)]))
    assert (levels["f1"] == 1.0).all()


def test_a_wrong_subject_spoils_core_and_strict_and_nothing_else():
    levels = score_levels(judge([figure(0, 2, subject="department")], [figure(0, 2)]))
    assert levels["right"].to_dict() == {"found": 1, "value": 1, "core": 0, "context": 1, "strict": 0}


def test_a_missed_figure_costs_recall_and_a_spurious_one_precision():
    levels = score_levels(judge([figure(0, 2), figure(50, 52)], [figure(0, 2), figure(20, 22), figure(30, 32)]))
    found = levels.loc["found"]
    assert (found["right"], found["predicted"], found["gold"]) == (1, 2, 3)
    assert found["precision"] == 1 / 2
    assert found["recall"] == 1 / 3
    assert found["f1"] == pytest.approx(0.4)


@pytest.mark.parametrize("period", ["2022", None])
def test_each_of_several_readings_is_right(period):
    judged = judge([figure(0, 2, period=period)], [figure(0, 2, period=["2022", None])])
    assert score_levels(judged).loc["context", "right"] == 1


def test_an_optional_figure_is_neither_asked_for_nor_held_against_who_took_it():
    gold = [figure(0, 2), figure(20, 22, optional=True), figure(30, 32, optional=True)]
    levels = score_levels(judge([figure(0, 2), figure(20, 22)], gold))
    assert levels.loc["found", ["predicted", "gold"]].tolist() == [1, 1]


def test_a_numeral_is_matched_by_half_of_the_longer_span_and_once():
    assert match_figures([{"start": 0, "end": 4}], [{"start": 0, "end": 8}]) == {0: 0}
    assert match_figures([{"start": 0, "end": 4}], [{"start": 0, "end": 9}]) == {}
    two = [{"start": 0, "end": 3}, {"start": 0, "end": 4}]
    assert match_figures(two, [{"start": 0, "end": 4}]) == {0: 1}


def test_numbers_are_compared_as_numbers_and_a_numerator_is_not_its_fraction():
    told = figure(0, 5, value=13.5, of=None)
    assert score_levels(judge([figure(0, 5, value=13.50)], [told])).loc["value", "right"] == 1
    assert score_levels(judge([figure(0, 5, value=13.5, of=100)], [told])).loc["value", "right"] == 0


def test_every_error_is_listed_with_what_was_read_and_what_was_expected():
    gold = [figure(0, 2, base=["2015", None]), figure(20, 22, "08")]
    errors = list_errors(judge([figure(0, 2, value=70.0, base="2016"), figure(50, 53, "390")], gold))
    assert errors[["text", "error", "read", "expected"]].to_numpy().tolist() == [
        ["17", "value", "70", "17"],
        ["17", "base", "2016", "2015 or nothing"],
        ["08", "missed", "", "units/general_department"],
        ["390", "spurious", "units/general_department", ""],
    ]


def test_themes_are_those_of_the_reader():
    gold = [figure(0, 2), figure(20, 22, theme="staff", subject="teacher")]
    themes = score_themes(judge([figure(0, 2, theme="other", subject="other")], gold))
    assert themes["gold"].to_dict() == {"staff": 1, "units": 1}
    assert themes["found"].to_dict() == {"staff": 0.0, "units": 1.0}
    assert themes["core"].to_dict() == {"staff": 0.0, "units": 0.0}
    fields = score_fields(judge([figure(0, 2, tier="central")], gold))
    assert fields.loc[["unit", "tier"], "units"].tolist() == [1.0, 0.0]


def test_nothing_marked_and_nothing_taken_scores_without_failing():
    judged = judge([], [])
    assert score_levels(judged)["f1"].sum() == 0
    assert as_dict(judged)["theme_core_recall"] == {}
    assert list_errors(judged).empty


@pytest.fixture(scope="module")
def predictions(tmp_path_factory) -> Path:
    if not (SHARED / "gold").exists():
        pytest.skip("../shared/gold is not on this machine")
    folder = tmp_path_factory.mktemp("predicted")
    texts = ["--text", SHARED / "articles", "--index", SHARED / "articles/index.csv", "--out", folder]
    subprocess.run([sys.executable, ROOT / "scripts/extract.py", *texts], check=True, capture_output=True)
    return folder


def scores_of(script: Path, predicted: Path) -> dict:
    command = [sys.executable, script, predicted, SHARED / "gold", "--json"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(told, parse_float=lambda share: round(float(share), 12))


def test_the_scores_are_those_of_the_tool_beside_the_gold(predictions):
    assert scores_of(SCRIPT, predictions) == scores_of(SHARED / "tools/score.py", predictions)


def test_the_scores_of_spoilt_predictions_are_those_of_the_tool_too(predictions, tmp_path):
    """Figures dropped, moved, cut short, doubled and changed; one article missing."""
    for number, file in enumerate(sorted(predictions.glob("*.jsonl"))[1:]):
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        spoilt = []
        for place, line in enumerate(lines):
            match (place + number) % 7:
                case 1:
                    continue
                case 2:
                    line |= {"start": line["start"] + 1, "end": line["end"] + 2}
                case 3:
                    spoilt.append(line | {"end": line["start"] + 1, "theme": "other"})
                case 4:
                    line |= {"value": line["value"] + 1, "period": None, "of": 63}
            spoilt.append(line)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in spoilt)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    assert scores_of(SCRIPT, tmp_path) == scores_of(SHARED / "tools/score.py", tmp_path)


def run(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True)


def write_gold(folder: Path, *figures: dict, name: str = "a") -> Path:
    folder.mkdir(exist_ok=True)
    lines = "".join(json.dumps(one) + "\n" for one in figures)
    (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_bad_folders_give_one_clear_sentence(tmp_path):
    gold = write_gold(tmp_path / "gold", figure(0, 2))
    other = write_gold(tmp_path / "other", figure(0, 2), name="b")
    (tmp_path / "empty").mkdir()
    for predicted, words in (
        (tmp_path / "nowhere", "is no folder"),
        (tmp_path / "empty", "holds no .jsonl file"),
        (other, "have no article in common"),
    ):
        answer = run(predicted, gold)
        assert answer.returncode == 1
        assert words in answer.stderr
        assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [("17 tổng cục", "line 1: not JSON"), ("[1]", "line 1: not a figure"), ('{"start": 1}', "line 1: not a figure")],
)
def test_a_line_that_is_no_figure_is_named(tmp_path, line, words):
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(EvaluationError, match=words):
        read_figures(tmp_path)


def test_the_command_tells_scores_errors_and_what_was_left_out(tmp_path):
    gold = write_gold(tmp_path / "gold", figure(0, 2), figure(20, 22))
    predicted = write_gold(tmp_path / "predicted", figure(0, 2, unit="person"))
    write_gold(predicted, figure(0, 2), name="b")
    answer = run(predicted, gold, "--errors", "5", "--record", tmp_path / "kept.csv", "--name", "two figures")
    assert answer.returncode == 0
    assert "17  unit: person read, organisation expected" in answer.stdout
    assert "17  missed (units/general_department)" in answer.stdout
    assert "1 predicted articles have no gold and were left out" in answer.stdout
    kept = read_recorded(tmp_path / "kept.csv")
    found = kept[(kept["kind"] == "level") & (kept["name"] == "found")]
    assert found[["gold_set", "articles", "right", "predicted", "gold"]].to_numpy().tolist() == [
        ["two figures", 1, 1, 1, 2]
    ]


def test_scores_recorded_again_replace_those_of_the_same_gold(tmp_path):
    path = tmp_path / "evaluation.csv"
    right = judge([figure(0, 2)], [figure(0, 2)])
    wrong = judge([figure(0, 2, tier="central")], [figure(0, 2)])
    record_scores(path, score_rows(wrong, "one", 1))
    record_scores(path, score_rows(right, "two", 1))
    once = path.read_bytes()
    record_scores(path, score_rows(wrong, "one", 1))
    assert path.read_bytes() == once
    record_scores(path, score_rows(right, "one", 1).assign(rules="0" * 12))
    levels = recorded_levels(read_recorded(path)).set_index("gold")
    assert levels["strict"].to_dict() == {"one": 100.0, "two": 100.0}
    assert levels["rules"].to_dict() == {"one": "earlier ones", "two": "as now"}
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="the header should be gold_set"):
        read_recorded(path)


def test_a_case_is_scored_where_its_numerals_stand_and_says_nothing_of_fields_left_out(tmp_path):
    row = {"id": "cut", "published": "2022-12-30", "area": "VN", "title": "", "text": "Năm 2022 giảm 17 tổng cục.",
           "figures": [{"text": "17", "value": 17, "subject": "general_department"}]}  # fmt: skip
    (tmp_path / "figures.jsonl").write_text(json.dumps(row), encoding="utf-8")
    left = {"table": "figures.jsonl", "why": "", "row": row | {"id": "open"}}
    other = {"table": "periods.csv", "why": "", "row": {}}
    (tmp_path / "open.jsonl").write_text(f"{json.dumps(left)}\n{json.dumps(other)}\n", encoding="utf-8")
    articles, gold = read_cases(tmp_path)
    assert [a.article_id for a in articles] == ["0001-cut", "0002-open"]
    assert [(f["start"], f["end"], f["theme"]) for f in gold["0001-cut"]] == [(14, 16, ["units"])]
    judged = evaluate(extract_all(articles), gold)
    assert score_levels(judged).loc["strict", "right"] == 2


def test_all_cases_of_the_tests_can_be_scored():
    articles, gold = read_cases()
    assert len(articles) == len(gold) > 100
