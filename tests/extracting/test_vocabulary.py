"""The vocabulary tables: what their cells may hold, in the code lists of the annotation guide."""

import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from reform_figures import vocabulary
from reform_figures.extracting.lexicon import fold, load_lexicon
from reform_figures.extracting.subject_rules import ACTING, load_subject_rules
from reform_figures.names import name_table
from reform_figures.records import BOUNDS, DIRECTIONS, REASONS, STATUSES, TIERS
from reform_figures.vocabulary import load_list, load_rows

UNITS = """percent percentage_point person post organisation admin_unit locality ministry service procedure dossier
record account transaction document legal_document task time rank point vnd day group other"""
UNIT_CODES = set(UNITS.split())
SUBJECTS = {
    "online_services": "online_service_level34 online_service_level4 online_service_full online_service_partial "
    "online_service_other portal_service portal_account portal_dossier_synced portal_dossier_online portal_payment "
    "online_dossier online_payment",
    "staff": "staff_total civil_servant public_employee commune_staff teacher staff_resigned staff_appointed "
    "staff_trained staff_disciplined contract_staff staff_other",
    "units": "general_department department division provincial_department public_service_unit psu_self_financing "
    "district_unit commune_unit village_unit admin_unit_other organisation_other",
    "procedures": "procedure_simplified procedure_total dossier_on_time dossier_late dossier_total one_stop "
    "business_regulation",
    "digital_government": "digital_plan digital_group data_platform egov_architecture open_data staff_record "
    "electronic_document digital_other",
    "indices": "par_index sipas papi pci index_other",
    "institutions": "decree resolution law circular legal_document_other inspection",
    "work_programme": "task_assigned task_completed task_open document_received document_to_answer document_answered "
    "document_pending",
    "finance": "base_salary budget disbursement saving finance_other",
    "other": "other",
}
"""Themes and subjects as the annotation guide lists them."""
THEME_OF = {subject: theme for theme, subjects in SUBJECTS.items() for subject in subjects.split()}

# ISO 3166-2:VN as it stood from 2020 to 2023: 58 provinces and five cities.
ISO_CODES = """01 02 03 04 05 06 07 09 13 14 18 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 39 40 41 43 44
45 46 47 49 50 51 52 53 54 55 56 57 58 59 61 63 66 67 68 69 70 71 72 73 CT DN HN HP SG"""
PROVINCES = {f"VN-{code}" for code in ISO_CODES.split()}
MERGED_2025 = 34
"""Provinces and cities after 12 June 2025 (Nghị quyết 202/2025/QH15)."""

TABLES = sorted(file.name.removesuffix(".csv") for file in files(vocabulary).iterdir() if file.name.endswith(".csv"))
OF_FORMS = [name for name in TABLES if "form" in load_rows(name)[0]]
SCANNED = ("compounds", "terms", "scopes", "bodies", "hedges", "directions", "statuses", "labels")
"""Tables whose forms the scanner searches for in folded text."""
RESOLVED = {"HOME", "LOCAL", "NATIONAL", "HOMEBODY"}
"""Scopes that name no area of their own: the article decides whose they are."""


def column(table: str, name: str) -> list[str]:
    return [row[name] for row in load_rows(table)]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_loads_and_every_row_has_every_cell(table):
    rows = load_rows(table)
    assert rows
    names = set(rows[0])
    for row in rows:
        assert set(row) == names, row
        assert None not in row.values(), row


@pytest.mark.parametrize("table", OF_FORMS)
def test_a_form_stands_once_in_a_table(table):
    keys = [k for k in ("form", "side", "role", "where") if k in load_rows(table)[0]]
    counted = Counter(tuple(row[k] for k in keys) for row in load_rows(table))
    assert [key for key, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("table", OF_FORMS)
def test_every_form_is_composed_and_without_stray_blanks(table):
    for form in column(table, "form"):
        assert form, "an empty form would match everywhere"
        assert unicodedata.is_normalized("NFC", form), form
        assert form == " ".join(form.split(" ")).strip(), repr(form)


@pytest.mark.parametrize("table", SCANNED)
def test_forms_of_the_scanner_are_in_lower_case(table):
    assert [form for form in column(table, "form") if form != form.lower()] == []


def test_forms_that_fold_to_the_same_words_say_the_same():
    for table in SCANNED:
        said: dict[tuple, set] = {}
        for row in load_rows(table):
            rest = tuple(value for name, value in row.items() if name not in ("form", "meaning"))
            said.setdefault((fold(row["form"]), row.get("side", "")), set()).add(rest)
        assert [key for key, values in said.items() if len(values) > 1] == [], table


@pytest.mark.parametrize("table", [t for t in TABLES if "meaning" in load_rows(t)[0]])
def test_every_row_says_its_meaning(table):
    assert [row for row in load_rows(table) if not row["meaning"].strip()] == []


def test_units_are_those_of_the_guide():
    used = set(column("terms", "unit")) | set(column("subject_defaults", "unit"))
    used |= {unit for cell in column("subject_rules", "units") for unit in cell.split()}
    assert used - {"", ACTING} <= UNIT_CODES


def test_every_unit_of_the_guide_has_a_default_subject():
    assert UNIT_CODES - set(column("subject_defaults", "unit")) == set()


def test_subjects_and_their_themes_are_those_of_the_guide():
    assert dict(zip(column("subjects", "subject"), column("subjects", "theme"), strict=True)) == THEME_OF


def test_every_subject_rule_and_default_names_a_known_subject():
    assert set(column("subject_rules", "subject")) | set(column("subject_defaults", "subject")) <= set(THEME_OF)
    assert load_subject_rules()


def test_a_subject_rule_has_a_name_of_its_own():
    assert [name for name, times in Counter(column("subject_rules", "rule")).items() if times > 1] == []


def test_concepts_that_a_subject_rule_asks_for_are_on_some_term():
    tagged = {tag for cell in column("terms", "tags") for tag in cell.split()}
    for row in load_rows("subject_rules"):
        for name in ("all", "sentence", "context", "none"):
            asked = {tag.removeprefix("-") for choice in row[name].split() for tag in choice.split("|")}
            assert asked <= tagged, f"{row['rule']}: {name} asks for {asked - tagged}, which no term has"


def test_bounds_directions_statuses_and_reasons_are_those_of_the_guide():
    assert set(column("hedges", "bound")) - {""} <= set(BOUNDS)
    assert set(column("directions", "direction")) - {""} <= set(DIRECTIONS)
    assert set(column("statuses", "status")) - {"", "deadline", "reached"} <= set(STATUSES)
    assert set(column("labels", "reason")) - {"rank"} <= set(REASONS)
    assert set(column("labels", "side")) <= {"before", "after"}


@pytest.mark.parametrize(
    ("role", "table"),
    [
        ("loose_label", "labels"), ("slogan", "labels"), ("weak_status", "statuses"), ("forecast", "statuses"),
        ("proposal", "statuses"), ("short_noun", "terms"),
    ],
)  # fmt: skip
def test_a_word_of_a_list_stands_in_the_table_that_its_rule_reads(role, table):
    assert set(load_list(role)) - set(column(table, "form")) == set()


def test_an_unknown_list_is_an_error():
    with pytest.raises(KeyError):
        load_list("no such role")


def test_tiers_and_areas_of_scopes_are_those_of_the_guide():
    assert set(column("scopes", "tier")) - {""} <= set(TIERS)
    assert set(column("scopes", "area")) - {""} - RESOLVED <= {"VN", "VN-central", "VN-local", "MOHA"} | PROVINCES


def test_a_body_is_the_ministry_of_home_affairs_or_named_by_its_vietnamese_name():
    for row in load_rows("bodies"):
        area = row["area"]
        assert area == "MOHA" or (area.startswith("ORG:") and len(area) > 8), row


def test_there_are_63_provinces_with_the_codes_of_iso_3166_2():
    codes = column("provinces", "code")
    assert len(codes) == len(set(codes)) == 63
    assert set(codes) == PROVINCES


def test_a_province_has_names_that_no_other_province_has():
    names = Counter()
    for row in load_rows("provinces"):
        names.update({name.strip().lower() for name in (row["name"], *row["other_names"].split(";")) if name.strip()})
    assert [name for name, times in names.items() if times > 1] == []


def test_a_province_that_ended_in_2025_has_a_successor_that_goes_on():
    rows = {row["code"]: row for row in load_rows("provinces")}
    ended = [row for row in rows.values() if row["valid_until"]]
    assert len(rows) - len(ended) == MERGED_2025
    for row in rows.values():
        assert bool(row["valid_until"]) == bool(row["successor"]), row
    for row in ended:
        assert row["valid_until"] == "2025-06-11", row
        assert row["successor"] != row["code"]
        assert rows[row["successor"]]["valid_until"] == "", row


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        ("VN-63", "VN-18"), ("VN-67", "VN-18"), ("VN-50", "VN-49"), ("VN-33", None), ("VN-32", "VN-33"),
        ("VN-37", None), ("VN-41", "VN-37"), ("VN-57", "VN-SG"), ("VN-43", "VN-SG"), ("VN-61", "VN-HP"),
        ("VN-27", "VN-DN"), ("VN-70", "VN-68"), ("VN-14", "VN-68"), ("VN-40", "VN-35"), ("VN-72", "VN-35"),
        ("VN-56", None), ("VN-54", "VN-56"), ("VN-06", "VN-02"), ("VN-03", "VN-07"), ("VN-59", None),
        ("VN-55", "VN-59"), ("VN-36", "VN-34"), ("VN-28", "VN-29"), ("VN-31", "VN-30"), ("VN-24", "VN-25"),
        ("VN-53", "VN-69"), ("VN-20", "VN-66"), ("VN-45", None), ("VN-46", "VN-45"), ("VN-47", "VN-44"),
        ("VN-51", "VN-49"), ("VN-52", "VN-CT"), ("VN-73", "VN-CT"), ("VN-58", "VN-39"), ("VN-HN", None),
    ],
)  # fmt: skip
def test_a_province_went_where_the_resolution_of_2025_put_it(code, successor):
    (row,) = [row for row in load_rows("provinces") if row["code"] == code]
    assert row["successor"] == (successor or "")


def test_every_code_of_the_guide_has_a_name():
    assert set(name_table("unit")) >= UNIT_CODES
    assert set(SUBJECTS) <= set(name_table("theme"))
    assert set(THEME_OF) <= set(name_table("subject"))
    assert PROVINCES | {"VN", "VN-central", "VN-local", "MOHA"} <= set(name_table("area"))


def test_a_province_has_the_same_name_in_both_tables():
    names = name_table("area")
    for row in load_rows("provinces"):
        assert names[row["code"]]["vi"] in (row["name"], *row["other_names"].split(";")), row["code"]


def test_every_form_of_the_scanner_is_in_its_lexicon():
    _, entries = load_lexicon()
    known = {entry.form for entry in entries}
    for table in SCANNED:
        assert [form for form in column(table, "form") if fold(form.strip()) not in known] == [], table
