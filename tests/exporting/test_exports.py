"""Every export read back by a program that did not write it, and equal to the tables."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from figure_cases import read_case, write_data
from frictionless import Package, system

from reform_figures import tables
from reform_figures.checking import check_articles
from reform_figures.exporting import ExportError
from reform_figures.exporting.columns import cells_of, columns_of
from reform_figures.exporting.datapackage import release_version, write_data_package
from reform_figures.exporting.release import RECORD_TYPES, build_export
from reform_figures.exporting.typed import parquet_bytes
from reform_figures.exporting.workbook import LONGEST, Sheet, excel_csv_bytes, plain_text, safe_text, workbook_bytes
from reform_figures.names import name_table
from reform_figures.records import Capture, Figure
from reform_figures.series import build_series
from reform_figures.tracing import TracedObservation, trace_observations

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
RISKY = ("=", "+", "-", "@", "\t")
TEXT = (
    "# =Giảm biên chế\n"
    "-Giảm [500: staff_total level person direction=down] người, đạt [13,53%: staff_total share percent].\n"
    "@Cả năm có [2: online_service_other level other period=yearly status=target period_kind=in] việc."
)


@pytest.fixture(scope="module")
def export():
    return build_export(DATA)


@pytest.fixture(scope="module")
def traced():
    return trace_observations(*(tables.read_table(DATA, name) for name in ("series", "figures", "articles")))


@pytest.fixture(scope="module")
def workbook(export):
    return openpyxl.load_workbook(io.BytesIO(export.files["reform-figures.xlsx"]))


@pytest.fixture
def hostile(tmp_path) -> Path:
    """A small data folder whose texts begin like formulas."""
    case = read_case(TEXT, publisher="+Báo Thử")
    findings = check_articles(case[1], [case[0]])
    write_data(tmp_path, [case], findings=findings, series=build_series(case[1], [case[0]], findings))
    tables.write_dictionary(tmp_path)
    return tmp_path


def test_two_runs_write_the_same_bytes_and_count_every_row(tmp_path):
    outs = []
    for name, zone in (("one", "UTC"), ("two", "Asia/Ho_Chi_Minh")):
        command = [sys.executable, str(ROOT / "scripts" / "export.py"), "--out", str(tmp_path / name)]
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "TZ": zone})
        assert run.returncode == 0, run.stderr
        outs.append({p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.*")})
    assert outs[0] == outs[1]
    rows = len(tables.read_table(DATA, "series"))
    told = re.fullmatch(r"(\d+) observations = (\d+) in SDMX-CSV \+ (\d+) without days", run.stdout.splitlines()[-1])
    assert int(told[1]) == rows == int(told[2]) + int(told[3])


def test_the_plain_tables_are_those_of_data_processed(export):
    for name in ("figures.csv", "targets.csv", "articles.jsonl"):
        assert export.files[name] == (DATA / "processed" / name).read_bytes()


def test_every_form_of_the_series_has_the_sentence_title_day_and_link_beside_each_number(export, traced):
    plain = list(csv.DictReader(io.StringIO(export.files["series.csv"].decode(), newline="")))
    stored = list(csv.DictReader((DATA / "processed" / "series.csv").open(encoding="utf-8", newline="")))
    assert [{name: row[name] for name in stored[0]} for row in plain] == stored
    excel = list(csv.DictReader(io.StringIO(export.files["series_excel.csv"].decode("utf-8-sig"), newline="")))
    sdmx = list(csv.DictReader(io.StringIO(export.files["sdmx/series.csv"].decode(), newline="")))
    parquet = pq.read_table(io.BytesIO(export.files["series.parquet"])).to_pylist()
    names = ("sentence", "read_from", "title", "cited_title", "link", "publisher", "known_since",
             "known_since_precision")  # fmt: skip
    expected = {row.figure_id: [getattr(row, name) for name in names] for row in traced}
    for rows in (plain, excel):
        assert {row["figure_id"]: [plain_text(row[name]) for name in names] for row in rows} == expected
    assert {row["figure_id"]: [str(row[name] or "") for name in names] for row in parquet} == expected
    assert all([row[name.upper()] for name in names] == expected[row["FIGURE_ID"]] for row in sdmx)


def test_a_number_of_the_series_can_be_cited_without_the_repository(export):
    rows = list(csv.DictReader(io.StringIO(export.files["series.csv"].decode(), newline="")))
    told = "Nhìn toàn tỉnh, năm 2019 Điện Biên có 10 đơn vị hành chính cấp huyện và 130 đơn vị hành chính cấp xã."
    (row,) = [row for row in rows if (row["sentence"], row["value"]) == (told, "130")]
    assert (row["publisher"], row["read_from"]) == ("VietNamNet", "digest")
    assert row["cited_title"] == "Phương án sáp nhập xã, mở rộng thành phố Điện Biên Phủ"
    assert (row["known_since"], row["known_since_precision"]) == ("2019-09-30", "month")
    assert row["link"].startswith("https://m.vietnamnet.vn/vn/thoi-su/phuong-an-sap-nhap-xa-")


def test_the_date_of_a_release_is_that_of_the_newest_article_or_the_one_given(export):
    newest = max(a.published_at for a in tables.read_table(DATA, "articles") if a.published_at).date()
    assert export.day == newest
    given = build_export(DATA, date(2026, 1, 2))
    assert json.loads(given.files["datapackage.json"])["created"].startswith("2026-01-02")
    book = openpyxl.load_workbook(io.BytesIO(given.files["reform-figures.xlsx"]))
    assert book.properties.created == datetime(2026, 1, 2)


def test_no_cell_of_the_workbook_is_a_formula(workbook, hostile):
    book = openpyxl.load_workbook(io.BytesIO(build_export(hostile).files["reform-figures.xlsx"]))
    cells = [cell for one in (workbook, book) for page in one for row in page.iter_rows() for cell in row]
    assert not [c.coordinate for c in cells if c.data_type == "f"]
    assert not [c.value for c in cells if isinstance(c.value, str) and c.value.startswith(RISKY)]
    texts = {cell.value for cell in cells}
    assert {"'=Giảm biên chế", "'+Báo Thử", "'-Giảm 500 người, đạt 13,53%.", "'@Cả năm có 2 việc."} <= texts


def test_no_cell_of_the_csv_for_excel_is_a_formula_and_its_letters_survive(hostile):
    body = build_export(hostile).files["figures_excel.csv"]
    assert body.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(RISKY)]
    assert "'-Giảm 500 người, đạt 13,53%." in cells


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "\n=1", "+84", "-5", "@a", "\tx", "'a", "''", "plain", "", "5"])
def test_taking_the_apostrophe_off_gives_the_text_back(text):
    assert plain_text(safe_text(text)) == text


def test_a_negative_number_stays_a_number_and_one_that_excel_would_round_becomes_text():
    sheet = Sheet("s", ["n"], [[Decimal("-5.5")], [Decimal("12345678901234567.8")], [date(1897, 1, 2)], ["x" * 40_000]])
    page = openpyxl.load_workbook(io.BytesIO(workbook_bytes([sheet], date(2023, 1, 1), "t")))["s"]
    told = [page.cell(row, 1).value for row in range(2, 6)]
    assert told[:3] == [-5.5, "12345678901234567.8", "1897-01-02"]
    assert len(told[3]) == LONGEST
    assert told[3].endswith("whole in the CSV tables]")
    assert excel_csv_bytes(sheet).decode("utf-8-sig").splitlines()[1] == "-5.5"


def test_the_sheets_hold_the_tables_with_numbers_as_numbers_and_days_as_days(workbook, traced):
    for name in ("series", "figures", "findings"):
        columns = columns_of(RECORD_TYPES[name])
        page = workbook[name]
        assert [cell.value for cell in page[1]] == [c.name for c in columns]
        assert page.freeze_panes == "B2"
        held = traced if name == "series" else tables.read_table(DATA, name)
        rows = [cells_of(record, columns) for record in held]
        read = [[_read(cell) for cell in row] for row in page.iter_rows(min_row=2)]
        assert read == [[float(v) if isinstance(v, Decimal) else v for v in row] for row in rows]


def _read(cell):
    if isinstance(cell.value, datetime):
        return cell.value.date()
    return plain_text(cell.value) if isinstance(cell.value, str) else cell.value


def test_the_articles_sheet_has_every_article_with_its_day_and_link(workbook):
    rows = list(workbook["articles"].values)
    assert rows[0] == ("article_id", "publisher", "title", "cited_title", "read_from", "day", "published_precision",
                       "link")  # fmt: skip
    articles = tables.read_table(DATA, "articles")
    assert [row[0] for row in rows[1:]] == [a.article_id for a in articles]
    assert [row[5] and row[5].date() for row in rows[1:]] == [
        a.published_at and a.published_at.date() for a in articles
    ]


def test_the_codebook_sheet_names_every_column_and_every_code_in_two_languages(workbook):
    rows = list(workbook["codebook"].values)[1:]
    named = {(row[0], row[1], row[2]) for row in rows}
    assert all(row[3] and row[4] for row in rows)
    for name in ("series", "figures", "findings"):
        assert {("column", name, f.name) for f in fields(tables.TABLES[name])} <= named
    for name in ("series", "findings"):
        kinds = {"series": ("theme", "subject", "unit", "measure", "status", "verdict"), "findings": ("kind",)}[name]
        for kind in kinds:
            codes = {getattr(row, kind) for row in tables.read_table(DATA, name)}
            assert {("code", "check" if kind == "kind" else kind, code) for code in codes} <= named
    assert {row.verdict for row in tables.read_table(DATA, "findings")} <= set(name_table("check_verdict"))


def test_every_column_of_every_table_has_a_name():
    wanted = {f.name for record in (*tables.TABLES.values(), TracedObservation) for f in fields(record)}
    assert wanted <= set(name_table("column"))
    assert all(row["en"] and row["vi"] for row in name_table("column").values())


@pytest.mark.parametrize(("name", "record"), [("series", TracedObservation), ("figures", Figure)])
def test_parquet_is_typed_and_equal_to_the_table(export, traced, name, record):
    table = pq.read_table(io.BytesIO(export.files[f"{name}.parquet"]))
    columns = columns_of(record)
    assert table.column_names == [c.name for c in columns]
    held = traced if name == "series" else tables.read_table(DATA, name)
    assert [list(row.values()) for row in table.to_pylist()] == [cells_of(row, columns) for row in held]
    assert table.schema.field("value").type == pa.decimal128(38, 6)
    assert pa.types.is_dictionary(table.schema.field("subject").type)
    assert (
        table.schema.field("unit").metadata[b"about"]
        == columns_of(record)[table.column_names.index("unit")].about.encode()
    )
    if name == "series":
        assert table.schema.field("period_end").type == pa.date32()


def test_a_number_that_does_not_fit_the_decimals_is_refused_by_name():
    _, (figure,) = read_case("Giảm [500: staff_total level person] người.")
    with pytest.raises(ExportError, match=r"column value: 0\.0000001 does not fit"):
        parquet_bytes(Figure, [replace(figure, value=Decimal("0.0000001"))])


def validate(folder: Path):
    with system.use_context(trusted=False):
        return Package(str(folder / "datapackage.json")).validate()


def test_frictionless_finds_the_data_package_valid_beside_the_tables_and_in_the_export(export, tmp_path):
    assert validate(DATA / "processed").valid
    for name, body in export.files.items():
        tables.write_bytes(tmp_path / name, body)
    report = validate(tmp_path)
    assert report.valid
    rows = {task.name: task.stats["rows"] for task in report.tasks}
    assert rows == export.counts


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("series.csv", r",actual,", ",hoped,", "constraint-error"),
        ("series.csv", r":\d+-\d+,", ":1-2,", "foreign-key"),
        ("figures.csv", r",eq,", ",,", "constraint-error"),
        ("passed_over.csv", r",\d+,\d+,", ",forty,45,", "type-error"),
    ],
)
def test_frictionless_finds_what_is_wrong_in_a_table(export, tmp_path, table, old, new, error):
    for name, body in export.files.items():
        tables.write_bytes(tmp_path / name, body)
    body = (tmp_path / table).read_text(encoding="utf-8")
    broken, times = re.subn(old, new, body, count=1)
    assert times == 1
    tables.write_text(tmp_path / table, broken)
    assert error in {type_ for (type_,) in validate(tmp_path).flatten(["type"])}


def test_the_committed_data_package_is_the_one_that_the_tables_give(tmp_path):
    articles = tables.read_table(DATA, "articles")
    newest = max(a.published_at for a in articles if a.published_at).date()
    path = write_data_package(tmp_path, articles, newest)
    assert path.read_bytes() == (DATA / "processed" / "datapackage.json").read_bytes()
    assert "created" not in json.loads(write_data_package(tmp_path, articles, None).read_text(encoding="utf-8"))


def test_version_and_licence_are_those_of_the_citation_and_the_project(export):
    package = json.loads(export.files["datapackage.json"])
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert package["version"] == citation["version"] == project["version"] == release_version()
    assert package["licenses"][0]["name"] == citation["license"]


def test_the_dictionary_describes_every_column_in_the_order_of_the_tables():
    with (DATA / "processed" / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["type"] and row["about"] for row in rows)
    for name in tables.TABLES:
        told = [row["column"] for row in rows if row["table"] == name]
        path = tables.table_path(DATA, name)
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert told == (list(json.loads(first)) if name == "articles" else first.split(","))
    manifest = tables.manifest_path(DATA).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert (
        [row["column"] for row in rows if row["table"] == "manifest"] == manifest == [f.name for f in fields(Capture)]
    )


def test_without_a_series_or_a_day_one_sentence_says_what_to_do(tmp_path, hostile):
    def run(data: Path):
        command = [
            sys.executable,
            str(ROOT / "scripts" / "export.py"),
            "--data",
            str(data),
            "--out",
            str(tmp_path / "o"),
        ]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")

    told = run(tmp_path / "nothing")
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "run scripts/read.py first" in told.stderr
    articles = [replace(a, published_at=None) for a in tables.read_table(hostile, "articles")]
    tables.write_table(hostile, "articles", articles)
    assert "give the day of the release with --date" in run(hostile).stderr
    (hostile / "processed" / "dictionary.csv").unlink()
    assert not (tmp_path / "o").exists()
