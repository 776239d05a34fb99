"""Rules of subjects: the rows of `subject_rules.csv`, ready to be tried on the concepts of a stretch of text.

In: the vocabulary. Out: per unit its rules, and those that fit a set of concepts. The concepts of "hồ sơ" (dossiers)
and "đúng hạn" (on time) together, said of a count of bodies, fire `bodies_on_time`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from reform_figures.extracting.lexicon import concept_bits
from reform_figures.vocabulary import load_rows

VERB = -1
"""Reach of a rule that is tried first, on the segment: its verb says more than the noun ("kỷ luật 27 cán bộ")."""

ACTING = "acting"
"""In the column of units: districts, communes, departments and other bodies that did something ("12 huyện chưa hoàn
thành nhiệm vụ" is about tasks)."""

STRETCHES = ("noun_phrase", "segment", "clause", "right", "sentence", "sentence_before", "paragraph", "headline")
CLAUSE, SENTENCE, SENTENCE_BEFORE = map(STRETCHES.index, ("clause", "sentence", "sentence_before"))


class Rule(NamedTuple):
    name: str
    all: int
    """concepts that the stretch must hold, as bits"""
    sentence: int
    """concepts that its sentence must hold"""
    absent: int
    """concepts that its sentence must not hold: those with a minus in the column"""
    context: int
    """concepts that sentence, paragraph, heading or headline must hold"""
    none: int
    narrowest: int
    widest: int
    subject: str


class UnitRules(NamedTuple):
    """Rules that may name the subject of a figure in one unit."""

    by_width: tuple[tuple[Rule, ...], ...]
    """those of the noun by the width of the stretch, in order"""
    asked: tuple[int, ...]
    """by width: the concepts that its rules ask for or forbid"""
    verbs: tuple[Rule, ...]
    verbs_asked: int
    starts: frozenset[int]
    """widths at which a rule begins"""


@cache
def load_subject_rules() -> dict[str, UnitRules]:
    """Unit → its rules."""
    by_unit: dict[str, list[Rule]] = defaultdict(list)
    for row in load_rows("subject_rules"):
        narrowest, widest = (VERB, VERB) if row["reach"] == "first" else map(int, row["reach"].split("-"))
        held = [tag for tag in row["sentence"].split() if tag[0] != "-"]
        absent = [tag[1:] for tag in row["sentence"].split() if tag[0] == "-"]
        tags = (row["all"].split(), held, absent, row["context"].split(), row["none"].split())
        bits = [concept_bits(some) for some in tags]
        rule = Rule(row["rule"], bits[0], bits[1], bits[2], bits[3], bits[4], narrowest, widest, row["subject"])
        for unit in row["units"].split():
            by_unit[unit].append(rule)
    return {unit: _of_unit(rules) for unit, rules in by_unit.items()}


def _of_unit(rules: list[Rule]) -> UnitRules:
    by_width = tuple(
        tuple(r for r in rules if r.narrowest != VERB and r.narrowest <= width <= r.widest)
        for width in range(len(STRETCHES))
    )
    verbs = tuple(r for r in rules if r.narrowest == VERB)
    starts = frozenset(r.narrowest for r in rules)
    return UnitRules(by_width, tuple(map(_asked, by_width)), verbs, _asked(verbs), starts)


def _asked(rules: Iterable[Rule]) -> int:
    asked = 0
    for rule in rules:
        asked |= rule.all | rule.none
    return asked


NO_RULES = _of_unit([])


@lru_cache(maxsize=4096)
def fitting_rules(unit: str, width: int, told: int) -> tuple[Rule, ...]:
    """Rules for which a stretch with these concepts will do, in order; kept, because articles are alike in them."""
    rules = load_subject_rules()[unit]
    tried = rules.verbs if width == VERB else rules.by_width[width]
    return tuple(r for r in tried if r.all & told == r.all and not r.none & told)
