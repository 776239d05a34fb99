"""The district, town, ward or commune within a province that a sentence speaks of before its number.

In: a figure and its article. Out: the name, to be told beside the province. "Quận 3 còn 12 phường" (District 3 has 12
wards left) counts no wards of Hồ Chí Minh City.
"""

from __future__ import annotations

import re
from functools import cache

from reform_figures.records import Article, Figure
from reform_figures.vocabulary import load_rows

UNNAMED = "?"
"""A district or commune that the text speaks of without a name that could be read."""


def local_unit(figure: Figure, article: Article) -> str:
    """District or commune within a province that a sentence names before its number; '' for the whole area.

    'Quận 3 có 14 phường' (District 3 has 14 wards) is no number of Hồ Chí Minh City, though that is its area; 'thị xã
    Cửa Lò cùng 4 xã' (Cửa Lò town together with 4 communes) counts nothing within Cửa Lò.
    """
    if figure.area not in _province_codes():
        return ""
    before = figure.sentence[: figure.start - figure.sentence_start]
    named = named_units(before)
    again, whole = (_last_wording(before.casefold(), role) for role in ("again", "whole"))
    at, unit = max(named, default=(0, ""))
    if _is_beside(before[max(at + len(unit), again) :]):
        return ""
    if again > max(at, whole):
        earlier = named_units(article.text[: figure.sentence_start]) + named
        return max(earlier)[1] if earlier else UNNAMED
    return unit if at > whole else ""


def _last_wording(text: str, role: str) -> int:
    """Where the last wording of a role in `local_units.csv` ends; -1 where there is none."""
    forms = [form for form, told in _wordings("local_units", "role") if told == role]
    return max((match.end() for form in forms for match in form.finditer(text)), default=-1)


def _is_beside(words: str) -> bool:
    """Whether words that follow a unit's name put what comes next beside it: 'cùng' (together with), 'và' (and)."""
    forms = [form for form, told in _wordings("local_units", "role") if told == "beside"]
    return any(form.match(words.casefold().lstrip(" ,")) for form in forms)


def named_units(text: str) -> list[tuple[int, str]]:
    """Districts, towns, wards and communes that a text names, each with where the name begins: 'Quận 3'."""
    found = []
    for match in _unit_words().finditer(text):
        name = re.match(r" *(\d{1,2}(?![\d.,]*\d| *%)|\w+(?:[ -]\w+)*)", text[match.end() :])
        words = _leading_name(name[1]) if name else ""
        if words and words not in _cities():
            found.append((match.start(), f"{match[0]} {words}"))
    return found


def _leading_name(text: str) -> str:
    """The capitalised words or the number at the beginning: 'Bến Cát' of 'Bến Cát được'."""
    if text.isdigit():
        return text
    words = []
    for word in text.split(" "):
        if not word[:1].isupper():
            break
        words.append(word)
    return " ".join(words)


@cache
def _wordings(table: str, column: str) -> list[tuple[re.Pattern, str]]:
    """The wordings of a vocabulary table, each as whole words, with what they tell."""
    return [(re.compile(rf"(?<!\w){re.escape(row['form'])}(?!\w)"), row[column]) for row in load_rows(table)]


@cache
def _unit_words() -> re.Pattern:
    """Words before the name of a unit, the longer first: 'thị xã' is no 'xã'."""
    forms = sorted((row["form"] for row in load_rows("local_units") if row["role"] == "unit"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)


@cache
def _province_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in load_rows("provinces"))


@cache
def _cities() -> frozenset[str]:
    """Names of the cities that are provinces themselves: 'Hồ Chí Minh', 'Hà Nội'."""
    names = [name for row in load_rows("provinces") for name in (row["name"], *row["other_names"].split(";"))]
    found = [re.match(r"(?:thành phố|TP\.?) *(.+)", name, re.IGNORECASE) for name in names]
    return frozenset(match[1] for match in found if match)
