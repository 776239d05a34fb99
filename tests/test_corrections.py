"""Corrections: applied to what they were made for, reported where the text has changed, refused where wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from figure_cases import read_case

from reform_figures.corrections import COLUMNS, Correction, CorrectionError, apply_corrections, read_corrections

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Giảm [17: department level organisation direction=down] tổng cục và [08: department level organisation] vụ."


@pytest.fixture
def figures():
    return read_case(TEXT)[1]


def correction(**changes) -> Correction:
    row = {"article_id": "case-1", "numeral": "17", "start": 5, "field": "subject", "old": "department",
           "new": "general_department", "who": "Lê An", "when": "2024-03-01", "why": "tổng cục"}  # fmt: skip
    return Correction(**row | changes)


def test_a_correction_changes_its_field_and_leaves_all_others(figures):
    (first, second), reports = apply_corrections(figures, [correction()])
    assert reports == []
    assert first.subject == "general_department"
    assert first.rules == "subject=corrected:Lê_An"
    assert (first.unit, first.value, first.sentence) == (figures[0].unit, figures[0].value, figures[0].sentence)
    assert second == figures[1]


def test_the_theme_follows_a_corrected_subject(figures):
    (first, _), _ = apply_corrections(figures, [correction(new="decree")])
    assert (first.subject, first.theme) == ("decree", "institutions")


def test_numbers_and_empty_cells_are_read_as_the_figures_hold_them(figures):
    rows = [
        correction(field="value", old="17.0", new="1700"),
        correction(field="direction", old="down", new=""),
        correction(field="base", old="", new="2015"),
        correction(field="area", old="VN", new="ORG:Bộ Y tế"),
    ]
    (first, _), reports = apply_corrections(figures, rows)
    assert reports == []
    assert (first.value, first.direction, first.base, first.area) == (Decimal(1700), None, "2015", "ORG:Bộ Y tế")


def test_corrections_of_one_field_are_applied_in_their_order(figures):
    rows = [correction(), correction(old="general_department", new="division")]
    (first, _), reports = apply_corrections(figures, rows)
    assert (first.subject, reports) == ("division", [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": 6}, "the text has changed, the numeral stands at 5 now; mend start or delete the row"),
        ({"numeral": "18"}, "'17' stands there now, and the numeral is a figure nowhere in the article"),
        ({"numeral": "99", "start": 40}, "no figure stands there now"),
        ({"article_id": "case-2"}, "the article has no figures by now; was it left out, or renamed?"),
        ({"old": "division"}, "subject is read as department by now; look at the sentence and mend or delete the row"),
        ({"field": "direction", "old": "up", "new": "down"}, "it is read so by now; delete the row"),
    ],
)
def test_a_correction_that_no_longer_fits_is_reported_and_not_applied(figures, changes, words):
    row = correction(**changes)
    corrected, reports = apply_corrections(figures, [row])
    assert corrected == figures
    (report,) = reports
    assert report.startswith(f"not applied: {row.article_id}, {row.numeral!r} at {row.start}, {row.field} from ")
    assert words in report
    assert "\n" not in report


def test_no_correction_gives_the_same_figures(figures):
    assert apply_corrections(figures, []) == (figures, [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"field": "colour"}, "field 'colour' cannot be corrected; known fields: value, of, value_max, unit"),
        ({"field": "theme"}, "theme follows from subject; correct the subject"),
        ({"new": "general_dept"}, r"unknown subject 'general_dept'; nearest known: general_department"),
        ({"field": "unit", "old": "organisation", "new": "persn"}, "unknown unit 'persn'; nearest known: person"),
        ({"field": "area", "old": "VN", "new": "VN-99"}, "unknown area 'VN-99'"),
        ({"field": "area", "old": "VN", "new": "ORG:"}, "unknown area 'ORG:'"),
        ({"field": "bound", "old": "eq", "new": "more"}, "unknown bound 'more'; known: eq, approx, gt, ge, lt, le"),
        ({"field": "value", "old": "17", "new": "1,7"}, "value is '1,7'; expected digits with a decimal point"),
        ({"field": "value", "old": "17", "new": "NaN"}, "value is 'NaN'; expected digits"),
        ({"field": "period", "old": "2022", "new": "2022-H3"}, "period 'period'|period '2022-H3' has no known form"),
        ({"field": "unit", "old": "organisation", "new": ""}, "unit is empty; every figure has one"),
        ({"new": "department"}, "old and new are both 'department'"),
        ({"who": " "}, "who is empty"),
        ({"why": ""}, "why is empty"),
        ({"when": "01/03/2024"}, "when is '01/03/2024'; expected a day such as 2023-02-28"),
    ],
)
def test_a_correction_that_can_never_be_applied_is_refused(changes, words):
    with pytest.raises(CorrectionError, match=words):
        correction(**changes)


ROW = "case-1,17,5,subject,department,general_department,Lê An,2024-03-01,tổng cục"


def test_a_table_is_read_as_spreadsheets_save_it(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text(f"\ufeff{','.join(COLUMNS)}\r\n{ROW}\r\n\r\n", encoding="utf-8", newline="")
    assert read_corrections(path) == [correction()]
    assert read_corrections(tmp_path / "none.csv") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ROW.replace("general_department", "offices"), "corrections.csv, line 2: unknown subject 'offices'"),
        (ROW.replace(",5,", ",five,"), "corrections.csv, line 2: start is 'five'; expected the numeral's offset"),
        (ROW + ",more", "corrections.csv, line 2: 10 cells; expected 9"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path, text, words):
    path = tmp_path / "corrections.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{text}\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match=words):
        read_corrections(path)


@pytest.mark.parametrize("body", [b"a;b\n1;2\n", b"", ROW.encode("utf-16")])
def test_a_file_that_is_no_table_of_corrections_is_refused_in_one_sentence(tmp_path, body):
    path = tmp_path / "corrections.csv"
    path.write_bytes(body)
    with pytest.raises(CorrectionError, match=r"corrections\.csv: (the header should be article_id|not UTF-8)"):
        read_corrections(path)


def test_the_table_of_the_project_can_be_read():
    assert isinstance(read_corrections(ROOT / "corrections.csv"), list)
