"""Of which whole a row is: what a line of the chart may join, and what it would make a rise of that was none.

In: rows of the series with their figures and articles. Out: for each row whether it stands apart from any line,
whether it is the state before or after a change of one time, and the district or commune that its sentence names. "Quận
3 còn 12 phường" (District 3 has 12 wards left) counts no wards of Hồ Chí Minh City.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reform_figures.averages import statistic_of
from reform_figures.checking.reports import RATINGS
from reform_figures.records import Article, Figure, Observation
from reform_figures.vocabulary import load_rows

UNNAMED = "?"
"""A district or commune that the text speaks of without a name that could be read."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a row counts, beside its fields."""

    apart: bool
    """no line may run through it"""
    stage: str
    """before or after a change, where the article gives the state before no earlier time; '' for all other rows"""
    unit: str
    """district or commune that the sentence names, `UNNAMED` where the name stands elsewhere; '' for the whole area"""


def wholes_of(series: Iterable[Observation], told: dict[str, Figure], articles: dict[str, Article]) -> dict[str, Whole]:
    """figure_id → the whole that it counts, for every row of the series."""
    series = list(series)
    sentences = defaultdict(list)
    for figure in told.values():
        sentences[figure.article_id, figure.sentence_start].append(figure)
    units = {row.figure_id: local_unit(told[row.figure_id], articles[row.article_id]) for row in series}
    groups = defaultdict(list)
    for row in series:
        groups[row.article_id, row.indicator, row.area, row.tier, units[row.figure_id]].append(row)
    stages = _stages(series)
    wholes = {}
    for (*_, unit), rows in groups.items():
        for row in rows:
            figure, stage = told[row.figure_id], stages.get(row.figure_id, "")
            of_other_bodies = _is_of_other_bodies(row, figure, sentences[figure.article_id, figure.sentence_start])
            apart = of_other_bodies or stage == "before" or (not stage and _has_rival(row, rows))
            wholes[row.figure_id] = Whole(apart, stage, unit)
    return wholes


def _is_of_other_bodies(row: Observation, figure: Figure, beside: list[Figure]) -> bool:
    """Marks that some bodies reached, and of an index of the country, the ministries or the localities all but
    averages."""
    if row.unit != "percent" or row.measure != "share":
        return False
    statistic = statistic_of(figure, beside)
    rated = row.subject in RATINGS and row.area in ("VN", "VN-central", "VN-local")
    return statistic != "average" if rated else statistic == "mark"


def _has_rival(row: Observation, rows: list[Observation]) -> bool:
    """Whether the article tells another number of the same thing for the same month, and nothing says which is the
    whole."""

    def same(other: Observation) -> bool:
        fields = ("period_kind", "base", "status")
        at_once = (row.period_end or "")[:7] == (other.period_end or "")[:7]
        return at_once and all(getattr(row, field) == getattr(other, field) for field in fields)

    is_main = row.verdict != "several"
    return any(same(o) and o.value != row.value and (o.verdict != "several" or not is_main) for o in rows)


def _stages(series: list[Observation]) -> dict[str, str]:
    """Row → before or after, of the pairs whose earlier state has no earlier time: '635, from December on 559'."""
    known = {row.figure_id: row for row in series}
    stages = {}
    for row in series:
        after = known.get(row.other_state or "")
        if row.state == "before" and after and not (row.period_end or "9999") < (after.period_end or "9999"):
            stages |= {row.figure_id: "before", after.figure_id: "after"}
    return stages


def local_unit(figure: Figure, article: Article) -> str:
    """District or commune within a province that a sentence names before its number; '' for the whole area.

    'Quận 3 có 14 phường' (District 3 has 14 wards) is no number of Hồ Chí Minh City, though that is its area.
    """
    if figure.area not in _province_codes():
        return ""
    before = figure.sentence[: figure.start - figure.sentence_start]
    named = named_units(before)
    again, whole = (_last_wording(before.casefold(), role) for role in ("again", "whole"))
    at, unit = max(named, default=(-1, ""))
    if again > max(at, whole):
        earlier = named_units(article.text[: figure.sentence_start]) + named
        return max(earlier)[1] if earlier else UNNAMED
    return unit if at > whole else ""


def _last_wording(text: str, role: str) -> int:
    """Where the last wording of a role in `local_units.csv` ends; -1 where there is none."""
    forms = [form for form, told in _wordings("local_units", "role") if told == role]
    return max((match.end() for form in forms for match in form.finditer(text)), default=-1)


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
