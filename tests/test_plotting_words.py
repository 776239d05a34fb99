"""Names and numbers in words, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reform_figures.names import name_of, name_table, theme_of
from reform_figures.records import BOUNDS, DIRECTIONS, MEASURES, PERIOD_KINDS, STATUSES, TIERS
from reform_figures.wording import hedged_text, number_text, period_text

GUIDE = Path(__file__).resolve().parents[1] / "../shared/gold/GUIDE.md"

NUMBERS = [
    ("3900000", "3.9 million", "3,9 triệu"),
    ("79057", "79,057", "79.057"),
    ("1783174", "1,783,174", "1.783.174"),
    ("13.53", "13.53", "13,53"),
    ("26700000000", "26.7 billion", "26,7 tỷ"),
    ("8100000000000", "8.1 trillion", "8.100 tỷ"),
    ("156000000", "156 million", "156 triệu"),
    ("1000000", "1 million", "1 triệu"),
    ("0", "0", "0"),
    ("0.5", "0.5", "0,5"),
    ("-12", "-12", "-12"),
]


@pytest.mark.parametrize(("value", "english", "vietnamese"), NUMBERS)
def test_a_number_is_written_the_way_of_the_language_and_loses_no_digit(value, english, vietnamese):
    assert (number_text(value), number_text(value, "vi")) == (english, vietnamese)


AMOUNTS = [
    (("90", "percent", "ge"), {}, "at least 90%", "ít nhất 90%"),
    (("63", "percent", "approx"), {}, "about 63%", "khoảng 63%"),
    (("10500", "post", "lt"), {}, "less than 10,500 posts", "dưới 10.500 biên chế"),
    (("46", "locality", "eq"), {"of": 63}, "46 of 63 localities", "46 trên 63 địa phương"),
    (("10", "percent", "eq"), {"value_max": 15}, "10 to 15%", "10 đến 15%"),
    (("1", "dossier", "eq"), {}, "1 dossier", "1 hồ sơ"),
    (("1.7", "time", "gt"), {}, "more than 1.7 times", "hơn 1,7 lần"),
    (("5", "organisation", "eq"), {"of": float("nan")}, "5 organisations", "5 tổ chức"),
]


@pytest.mark.parametrize(("amount", "more", "english", "vietnamese"), AMOUNTS)
def test_an_amount_keeps_its_hedge_and_its_unit(amount, more, english, vietnamese):
    assert hedged_text(*amount, **more) == english
    assert hedged_text(*amount, "vi", **more) == vietnamese


PERIODS = [
    ("2022", "2022", "2022"),
    ("2022-H1", "first half of 2022", "6 tháng đầu năm 2022"),
    ("2022-H2", "second half of 2022", "6 tháng cuối năm 2022"),
    ("2022-Q3", "Q3 2022", "quý 3/2022"),
    ("2022-9M", "first 9 months of 2022", "9 tháng đầu năm 2022"),
    ("2023-02", "February 2023", "tháng 2/2023"),
    ("2023-02-28", "28 February 2023", "28/2/2023"),
    ("2019-01-01/2021-12-31", "2019 to 2021", "2019 đến 2021"),
    ("yearly", "every year", "hằng năm"),
    (None, "", ""),
]


@pytest.mark.parametrize(("period", "english", "vietnamese"), PERIODS)
def test_a_period_is_told_in_words(period, english, vietnamese):
    assert (period_text(period), period_text(period, "vi")) == (english, vietnamese)


def test_every_code_of_the_records_has_a_name():
    for kind, codes in {"bound": BOUNDS, "measure": MEASURES, "direction": DIRECTIONS, "status": STATUSES,
                        "period_kind": PERIOD_KINDS, "tier": TIERS}.items():  # fmt: skip
        assert set(name_table(kind)) == set(codes)
        assert all(kind == "bound" or name_of(kind, code, language) for code in codes for language in ("en", "vi"))


def test_every_subject_belongs_to_a_theme_and_no_name_is_empty():
    for kind in ("unit", "theme", "subject", "area"):
        assert all(row["en"] and row["vi"] for row in name_table(kind).values())
    assert {theme_of(subject) for subject in name_table("subject")} == set(name_table("theme"))
    assert sum(code.startswith("VN-") and code not in ("VN-central", "VN-local") for code in name_table("area")) == 63


def test_the_names_cover_the_units_and_subjects_of_the_guide():
    if not GUIDE.exists():
        pytest.skip("the annotation guide (../shared/gold/GUIDE.md) is not on this machine")
    text = GUIDE.read_text(encoding="utf-8")
    units = text.split("### Units")[1].split("### Themes")[0]
    assert set(re.findall(r"`(\w+)`", units)) <= set(name_table("unit"))
    for theme, subjects in re.findall(r"^\| `(\w+)` \| (.*) \|$", text.split("### Themes and subjects")[1], re.M):
        for subject in re.findall(r"`(\w+)`", subjects):
            assert theme_of(subject) == theme


@pytest.mark.parametrize(
    ("kind", "given", "nearest"),
    [("subject", "portal_acounts", "portal_account"), ("area", "Hà Nam", "VN-63"), ("status", "targets", "target"),
     ("subject", "công chức", "civil_servant")],
)  # fmt: skip
def test_an_unknown_name_is_answered_with_the_nearest_known_ones(kind, given, nearest):
    with pytest.raises(ValueError, match=rf"unknown {kind} '{given}'; nearest known: {nearest}\b"):
        name_of(kind, given)


def test_a_ministry_is_named_by_its_own_name():
    assert name_of("area", "ORG:Bộ Tài chính") == "Bộ Tài chính"
