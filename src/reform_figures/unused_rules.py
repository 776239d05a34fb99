"""Rules and wordings that never did anything on a corpus: candidates to mend, to test, or to drop.

In: articles, and the figures extracted from them. Out: the rows of the vocabulary that were never matched, and the
subject rules that never set a subject. If no article says "tổng cục" (general department), its row is listed.

A wording counts as matched where it is the longest known one at its place, as the extraction sees it. Provinces are
a closed list and not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reform_figures.extracting.lexicon import fold
from reform_figures.extracting.scanning import find_cues
from reform_figures.records import Article, Figure
from reform_figures.vocabulary import load_rows

WORDINGS = ("terms", "scopes", "bodies", "hedges", "directions", "statuses", "labels", "compounds")
RULES = "subject_rules"


@dataclass(frozen=True, slots=True)
class UnusedRow:
    """A row of a vocabulary table that never did anything."""

    table: str
    name: str
    """the wording, or the name of the rule"""
    meaning: str
    """its meaning in English; of a rule the subject that it would set"""


def find_unused(articles: Iterable[Article], figures: Iterable[Figure]) -> list[UnusedRow]:
    """Rows that never matched, table by table in the order of the tables, then rules that never set a subject."""
    matched = {cue.entry.form for article in articles for cue in find_cues(f" {fold(article.text)} ")}
    unused = [
        UnusedRow(table, row["form"], row["meaning"])
        for table in WORDINGS
        for row in load_rows(table)
        if fold(row["form"].strip()) not in matched
    ]
    fired = {rule for figure in figures for rule in _subject_rules(figure)}
    unused += [UnusedRow(RULES, r["rule"], r["subject"]) for r in load_rows(RULES) if r["rule"] not in fired]
    return unused


def _subject_rules(figure: Figure) -> Iterable[str]:
    """Names of the rules that set the subject, without the stretch of text behind the @."""
    for told in figure.rules.split():
        field, _, rule = told.partition("=")
        if field == "subject":
            yield rule.partition("@")[0]


def count_rows() -> dict[str, int]:
    """Table → how many rows it has."""
    return {table: len(load_rows(table)) for table in (*WORDINGS, RULES)}
