"""English and Vietnamese names of units, themes, subjects, areas and the other codes.

In: a code of a code list (`portal_account`, `VN-63`). Out: its name for an axis, a label or a codebook.
The names are reviewed tables in `vocabulary/names/`. "Tài khoản trên Cổng quốc gia" (accounts on the
national portal) is the Vietnamese name of `portal_account`.
"""

from __future__ import annotations

import csv
import difflib
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "vi")
FOLDER = Path(__file__).parent / "vocabulary" / "names"
ORGANISATION = "ORG:"
"""Prefix of the area of a ministry or agency, which is named by its Vietnamese name itself."""

_TABLES = {"unit": "units", "theme": "themes", "subject": "subjects", "area": "areas", "column": "columns",
           "tile": "tiles", "chart_title": "charts", "chart_subtitle": "charts", "chart_limits": "charts",
           "find_area": "synonyms", "find_theme": "synonyms", "find_subject": "synonyms", "find_measure": "synonyms",
           "find_direction": "synonyms"}  # fmt: skip


@cache
def name_table(kind: str) -> dict[str, dict[str, str]]:
    """Code → row of names for `unit`, `theme`, `subject`, `area`, `tile` or a kind of words.csv (`status` ...).

    Raises ValueError for a kind that has no names.
    """
    file = FOLDER / f"{_TABLES.get(kind, 'words')}.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        table = {row["code"]: row for row in csv.DictReader(rows) if row.get("kind", kind) == kind}
    if not table:
        raise ValueError(f"there are no names of kind {kind!r} in {FOLDER.name}/{file.name}")
    return table


def check_language(language: str) -> str:
    """The language itself; ValueError where it is none that the names are written in."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not available; choose one of {', '.join(LANGUAGES)}")
    return language


def name_of(kind: str, code: str, language: str = "en") -> str:
    """Name of a code in English or Vietnamese. Raises ValueError that lists the nearest known codes."""
    check_language(language)
    if kind == "area" and code.startswith(ORGANISATION):
        return code.removeprefix(ORGANISATION)
    row = name_table(kind).get(code)
    if row is None:
        raise ValueError(unknown_code(kind, code, name_table(kind)))
    return row[language]


def theme_of(subject: str) -> str:
    """Theme that a subject belongs to. Raises ValueError for an unknown subject."""
    row = name_table("subject").get(subject)
    if row is None:
        raise ValueError(unknown_code("subject", subject, name_table("subject")))
    return row["theme"]


def unknown_code(kind: str, given: str, known) -> str:
    """One sentence that says that a code is unknown and which known ones come nearest, by code or by name."""
    spelt = {}
    for code in known:
        spelt[code.casefold()] = code
        row = name_table(kind).get(code, {}) if kind in _TABLES else {}
        spelt.update({row[language].casefold(): code for language in LANGUAGES if row.get(language)})
    asked = given.casefold()
    near = [text for text in spelt if len(asked) >= 4 and asked in text]
    near += difflib.get_close_matches(asked, spelt, n=5, cutoff=0.55)
    codes = list(dict.fromkeys(spelt[text] for text in near))[:3] or sorted(known)[:8]
    named = ", ".join(_with_name(kind, code) for code in codes)
    return f"unknown {kind} {given!r}; nearest known: {named}"


def _with_name(kind: str, code: str) -> str:
    row = name_table(kind).get(code) if kind in _TABLES else None
    return f"{code} ({row['en']})" if row and row["en"] != code else code
