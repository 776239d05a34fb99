"""The bilingual glossary: every wording that the extraction knows, and what it sets.

In: the vocabulary tables. Out: rows, and a page of the book. "Tổng cục" (general department) counts organisations
and speaks of the subject `general_department`; "gần" (nearly) bounds its number from above.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape

from reform_figures.names import ORGANISATION, name_of, name_table
from reform_figures.records import REASONS
from reform_figures.vocabulary import load_rows

SECTIONS = {
    "terms": ("What is counted", "A noun behind a number gives its unit, and points to the subjects named beside it."),
    "scopes": ("Whose figures", "Wordings that say whose number it is; it holds until another replaces it."),
    "bodies": ("Ministries and agencies", "Named bodies, whose figures are their own."),
    "provinces": ("Provinces", "The 63 provinces of the years reported on, by their codes of then."),
    "hedges": ("Hedges", "Words that bound a number."),
    "directions": ("Rises and falls", "Verbs that tell which way a number goes."),
    "statuses": ("Done, expected or asked for", "Words that tell whether a number is a result."),
    "labels": ("Numbers that are no figures", "Words beside which a number is passed over, and why."),
    "compounds": ("Words in other words", "They hold a wording of another table, but do not mean it."),
}
"""Vocabulary table → headline and explanation of its part of the page."""

_SCOPES = {
    "HOME": "the article's own province",
    "HOMEBODY": "the article's own province, as a body that acts",
    "LOCAL": "the article's own province, or all localities",
    "NATIONAL": "the whole country, as a body that acts",
}
_KINDS = {
    "compare": "a difference against before",
    "cut": "a cut",
    "add": "an addition",
    "result": "the state reached",
    "other": "no amount of its own",
}


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """One wording of one vocabulary table."""

    table: str
    form: str
    """the Vietnamese wording, as in the table"""
    meaning: str
    """its meaning in English; of a province what became of it"""
    sets: str
    """what it tells about a number, in English; '' where it only keeps other wordings from being read"""


def build_glossary() -> list[GlossaryRow]:
    """All wordings, table by table, each in alphabetical order."""
    rows = [
        GlossaryRow(table, form, row["meaning"] if "meaning" in row else _became(row), _TELLS[table](row))
        for table in SECTIONS
        for row in load_rows(table)
        for form in _forms(row)
    ]
    order = list(SECTIONS)
    return sorted(rows, key=lambda row: (order.index(row.table), _alphabetical(row.form)))


def _forms(row: dict[str, str]) -> list[str]:
    """A province has a name and other names, every other row one form."""
    return [row["form"]] if "form" in row else [row["name"], *filter(None, row["other_names"].split(";"))]


def _became(province: dict[str, str]) -> str:
    """'merged 2025-06-12 into Lào Cai'."""
    into = f" into {name_of('area', province['successor'])}" if province["successor"] else ""
    return province["change"] + into


def _alphabetical(form: str) -> tuple[str, str]:
    """By letters first, then by their marks: 'ban' before 'bản' before 'bao'."""
    plain = unicodedata.normalize("NFD", form.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c)), form


def _tell_term(row: dict[str, str]) -> str:
    unit = f"unit: {_named('unit', row['unit'])}" if row["unit"] else ""
    subjects = dict.fromkeys(s for tag in row["tags"].split() for s in _subjects_of_concepts().get(tag, ()))
    speaks = "speaks of: " + ", ".join(_named("subject", s) for s in subjects) if subjects else ""
    return "; ".join(filter(None, (unit, speaks)))


@cache
def _subjects_of_concepts() -> dict[str, list[str]]:
    """Concept → subjects whose rules ask for it."""
    found = defaultdict(list)
    for row in load_rows("subject_rules"):
        for concept in row["all"].split():
            if row["subject"] not in found[concept]:
                found[concept].append(row["subject"])
    return found


def _tell_area(row: dict[str, str]) -> str:
    code = row.get("area", row.get("code", ""))
    if not code:
        return ""
    area = _SCOPES.get(code) or (code.removeprefix(ORGANISATION) if ORGANISATION in code else _named("area", code))
    tier = f"; tier: {_named('tier', row['tier'])}" if row.get("tier") else ""
    return f"area: {area}{tier}"


def _tell_hedge(row: dict[str, str]) -> str:
    return f"bound: {_named('bound', row['bound'])}" if row["bound"] else "no bound"


def _tell_direction(row: dict[str, str]) -> str:
    direction = f"direction: {_named('direction', row['direction'])}" if row["direction"] else ""
    return "; ".join(filter(None, (direction, _KINDS.get(row["kind"], "")))) or "no direction"


def _tell_status(row: dict[str, str]) -> str:
    return f"status: {_named('status', row['status'])}"


def _tell_label(row: dict[str, str]) -> str:
    side = "in front of" if row["side"] == "before" else "behind"
    return f"{side} the number: {REASONS.get(row['reason'], row['reason'])}"


_TELLS = {
    "terms": _tell_term,
    "scopes": _tell_area,
    "bodies": _tell_area,
    "provinces": _tell_area,
    "hedges": _tell_hedge,
    "directions": _tell_direction,
    "statuses": _tell_status,
    "labels": _tell_label,
    "compounds": lambda row: "",
}


def _named(kind: str, code: str) -> str:
    """'people (`person`)'; the code alone where it has no name."""
    name = name_of(kind, code) if code in name_table(kind) else ""
    return f"{name} (`{code}`)" if name else f"`{code}`"


def glossary_markdown() -> str:
    """The glossary as a Markdown page: a part for each vocabulary table, the nouns by what they count."""
    rows = build_glossary()
    parts = [
        "# Glossary",
        f"The {len(rows):,} Vietnamese wordings that the extraction knows, with their meaning in English and what each "
        "tells about a number. The page is made from the vocabulary tables.",
    ]
    for table, (title, about) in SECTIONS.items():
        part = [row for row in rows if row.table == table]
        parts += [f"## {title}", about]
        if table == "terms":
            parts += _term_parts(part)
        else:
            parts.append(_table(part, "what became of it" if table == "provinces" else "English"))
    return "\n\n".join(parts) + "\n"


def _term_parts(rows: list[GlossaryRow]) -> Iterable[str]:
    by_unit = defaultdict(list)
    for row in rows:
        told, _, speaks = row.sets.partition("; ")
        unit = told if told.startswith("unit: ") else ""
        by_unit[unit].append(GlossaryRow(row.table, row.form, row.meaning, speaks if unit else told))
    for unit, part in sorted(by_unit.items(), key=lambda item: (not item[0], item[0].lower())):
        yield f"### {unit.removeprefix('unit: ').capitalize() or 'Words that give no unit'}"
        yield _table(part, "English")


def _table(rows: list[GlossaryRow], middle: str) -> str:
    lines = [("Vietnamese", middle, "tells"), ("---", "---", "---")]
    lines += [(row.form, row.meaning, row.sets) for row in rows]
    if not any(row.sets for row in rows):
        lines = [line[:2] for line in lines]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return escape(text, quote=False).replace("|", "\\|").replace("*", "\\*")
