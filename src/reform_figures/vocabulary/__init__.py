"""The reviewed tables of Vietnamese wordings, read once.

In: the CSV files beside this module. Out: rows as dicts, and the lexicon that the scanner searches for.
"đơn vị sự nghiệp công lập" (public service unit) is one row of `terms.csv`: its unit, its concepts, its
meaning. Adding a wording is adding a row here and a row in `tests/cases`. `seen` names the published article in
which the wording was first met (publisher, day), or where else: "annotation guide" (its examples), "practice",
"tests"; empty: formed by rule, and met nowhere yet.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def load_rows(name: str) -> tuple[dict[str, str], ...]:
    """All rows of `<name>.csv` as dicts of strings, in file order. FileNotFoundError for an unknown table."""
    text = (files(__package__) / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def load_list(role: str) -> tuple[str, ...]:
    """The wordings of one role in `word_lists.csv`, which a single rule asks for; KeyError for an unknown role."""
    forms = tuple(row["form"] for row in load_rows("word_lists") if row["role"] == role)
    if not forms:
        raise KeyError(role)
    return forms
