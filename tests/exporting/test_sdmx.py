"""SDMX-CSV 2.0: read back by pysdmx, described by docs/sdmx.md."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pysdmx.io import read_sdmx
from pysdmx.io.csv.sdmx20.reader import read

from reform_figures.exporting import ExportError
from reform_figures.exporting.sdmx import (
    ATTRIBUTES,
    CODE_LISTS,
    DIMENSIONS,
    HEADER,
    area_code,
    code_lists,
    sdmx_csv,
    time_period,
)
from reform_figures.periods import period_days
from reform_figures.tables import read_table
from reform_figures.tracing import trace_observations

ROOT = Path(__file__).resolve().parents[2]
PERIODS = [
    ("2022", "2022"),
    ("2022-H1", "2022-S1"),
    ("2022-H2", "2022-S2"),
    ("2022-Q2", "2022-Q2"),
    ("2022-9M", "2022-01-01/P9M"),
    ("2022-12M", "2022-01-01/P1Y"),
    ("2023-02", "2023-02"),
    ("2023-02-28", "2023-02-28"),
    ("2019/2021", "2019-01-01/P3Y"),
    ("2023-01-01/2023-02-28", "2023-01-01/P2M"),
    ("2022-12-15/2023-02-14", "2022-12-15/P2M"),
    ("2022-12-15/2023-01-13", "2022-12-15/P30D"),
    ("2023-02-01/2023-02-10", "2023-02-01/P10D"),
]


@pytest.fixture(scope="module")
def series():
    return trace_observations(*(read_table(ROOT / "data", name) for name in ("series", "figures", "articles")))


@pytest.mark.parametrize(("period", "told"), PERIODS)
def test_a_period_becomes_a_time_period_of_sdmx(period, told):
    assert time_period(period) == told


def test_pysdmx_reads_every_observation_back_with_its_value_and_key(series):
    text, without_days = sdmx_csv(series)
    (dataset,) = read(text)
    (again,) = read_sdmx(text).data  # takes every file with STRUCTURE_ID for the later version 2.1
    assert again.data.equals(dataset.data)
    frame = dataset.data
    assert dataset.short_urn == "Dataflow=REFORM_FIGURES:REPORTED_FIGURES(1.0.0)"
    assert list(frame.columns) == HEADER[3:]
    held = [row for row in series if period_days(row.period)]
    assert [row for row in series if row not in held] == without_days
    for told, row in zip(frame.to_dict("records"), held, strict=True):
        assert Decimal(told["OBS_VALUE"]) == row.value
        assert (told["FIGURE_ID"], told["UNIT_MEASURE"], told["BOUND"]) == (row.figure_id, row.unit, row.bound)
        assert told["OBS_STATUS"] == {"actual": "A", "forecast": "F", "target": "T"}[row.status]
        assert told["BASE_PER"] == (time_period(row.base) if row.base else "")
    assert not frame.duplicated(list(DIMENSIONS)).any()
    assert not (frame[list(DIMENSIONS)] == "").any().any()


def test_every_code_of_the_data_stands_in_its_code_list(series):
    text, _ = sdmx_csv(series)
    lists = {
        name: {row["code"] for row in csv.DictReader(io.StringIO(body))} for name, body in code_lists(series).items()
    }
    rows = list(csv.DictReader(io.StringIO(text)))
    for concept in (*CODE_LISTS, "REF_AREA", "OBS_STATUS"):
        assert {row[concept] for row in rows} - {""} <= lists[f"CL_{concept}"], concept
    codes = [code for held in lists.values() for code in held]
    assert all(re.fullmatch(r"[A-Za-z0-9_@$-]+", code) for code in codes)


def test_a_ministry_has_a_code_without_marks_and_two_never_share_one(series):
    assert area_code("ORG:Bộ Nội vụ") == "ORG_BO_NOI_VU"
    assert area_code("ORG:Đài Tiếng nói Việt Nam") == "ORG_DAI_TIENG_NOI_VIET_NAM"
    one, other = (replace(series[0], area=f"ORG:{name}") for name in ("Bộ Nội vụ", "Bộ Nơi vụ"))
    assert "ORG_BO_NOI_VU,Bộ Nội vụ,Bộ Nội vụ" in code_lists([one])["CL_REF_AREA"]
    with pytest.raises(ExportError, match="would both be ORG_BO_NOI_VU"):
        code_lists([one, other])


def test_the_page_about_sdmx_explains_every_concept_and_no_other():
    text = (ROOT / "docs" / "sdmx.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([A-Z_]+)` \| `", text, re.M) == [*DIMENSIONS, "OBS_VALUE", *ATTRIBUTES]
    assert set(re.findall(r"`CL_([A-Z_]+)`", text)) == {*CODE_LISTS, "REF_AREA", "OBS_STATUS"}
