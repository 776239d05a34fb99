"""Extraction held against an independent reading: the facts that readers noted from the published articles.

In: `facts.csv` and `sources.jsonl` (facts of published articles in the annotation guide's fields, noted from the
articles themselves), and the figures extracted from the digests that restate them. Out: one `Comparison` a fact. Of
"Đến hết năm 2021, Cổng có 3.200 dịch vụ" (3,200 services on the portal by the end of 2021) a reader noted 3200,
service, portal_service, VN, 2021; the figure agrees or it does not, and then somebody looks who is wrong.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from reform_figures.periods import period_days
from reform_figures.records import Article, Figure

FIELDS = ("unit", "subject", "area", "period")
"""What has to be right beside the value."""

COLUMNS = ("fact", "source", "article_id", "value", *FIELDS, "figure_id", "outcome", "wrong", "reviewed")
"""fact: line of facts.csv. outcome: right, differs (found with another field), accepted (it differs, and a reviewer
found that the extraction may be right), missing, no_number (a fact in words). wrong: field: ours for theirs."""

REVIEWED = ("fact", "source", "wrong", "kind", "reason")
"""Columns of the file of reviews. wrong as in COLUMNS, or `missing`. kind: fact (noted wrongly by the guide), reading
(two readings are possible) or open (the extraction is wrong, and why it stays so)."""


class FactsError(ValueError):
    """Files of facts that cannot be used; the message says what was expected where."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of facts.csv with the line that it stands on."""

    line: int
    source: str
    fields: dict[str, str]

    @property
    def value(self) -> Decimal | None:
        return _number(self.fields.get("value", ""))


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def read_facts(folder: Path) -> tuple[dict[str, list[Fact]], dict[str, str]]:
    """Facts by source, and source by address. Raises FactsError where the folder is no folder of facts."""
    try:
        with open(folder / "facts.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        lines = (folder / "sources.jsonl").read_text(encoding="utf-8").split("\n")
        sources = {told["url"]: told["source"] for told in map(json.loads, filter(None, lines)) if told.get("url")}
    except (OSError, ValueError, KeyError) as error:
        raise FactsError(f"{folder}: expected facts.csv and sources.jsonl ({error})") from error
    facts = defaultdict(list)
    for line, row in enumerate(rows, 2):
        facts[row["source"]].append(Fact(line, row["source"], row))
    return facts, sources


def read_reviews(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Reviews by fact and difference. Raises FactsError for a row that is no review."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for line, row in enumerate(rows, 2):
        if tuple(row) != REVIEWED or row["kind"] not in ("fact", "reading", "open") or not row["reason"]:
            raise FactsError(f"{path}, line {line}: expected {', '.join(REVIEWED)} with kind fact, reading or open")
    return {(row["fact"], row["wrong"]): row for row in rows}


def compare_facts(
    articles: list[Article], figures: list[Figure], facts: dict[str, list[Fact]], sources: dict[str, str],
    reviews: dict[tuple[str, str], dict[str, str]],
) -> list[dict[str, str]]:  # fmt: skip
    """One row (COLUMNS) for each fact of a source that a digest restates, in the order of facts.csv."""
    by_article = defaultdict(list)
    for figure in figures:
        by_article[figure.article_id].append(figure)
    rows = []
    for article in articles:
        source = sources.get(article.cited_url)
        if source is not None:
            rows += _compare_article(article, by_article[article.article_id], facts[source])
    for row in rows:
        review = reviews.get((row["fact"], row["wrong"] or row["outcome"]))
        if review is not None and review["source"] == row["source"]:
            row["reviewed"] = f"{review['kind']}: {review['reason']}"
            if row["outcome"] in ("differs", "missing") and review["kind"] in ("fact", "reading"):
                row["outcome"] = "accepted"
    return sorted(rows, key=lambda row: int(row["fact"]))


def _compare_article(article: Article, figures: list[Figure], facts: list[Fact]) -> list[dict[str, str]]:
    """Pair facts and figures of one value, those that agree in most fields first; each is taken once."""
    pairs = sorted(
        (len(_wrong(fact, figure)), n, m)
        for n, fact in enumerate(facts)
        for m, figure in enumerate(figures)
        if _same_number(fact, figure)
    )
    taken: dict[int, int] = {}
    for _, n, m in pairs:
        if n not in taken and m not in taken.values():
            taken[n] = m
    for _, n, m in pairs:  # a number told once may be noted twice: "36,3% ... tăng" as level and as rate
        taken.setdefault(n, m)
    return [_row(article, fact, figures[taken[n]] if n in taken else None) for n, fact in enumerate(facts)]


def _same_number(fact: Fact, figure: Figure) -> bool:
    if fact.value is None or figure.value is None:
        return False
    return figure.value == fact.value and figure.of in (None, _number(fact.fields.get("of", "")) or figure.of)


def _wrong(fact: Fact, figure: Figure) -> list[str]:
    """Fields that the fact tells and the figure has otherwise, as "field: ours for theirs"."""
    wrong = []
    for field in FIELDS:
        theirs, ours = fact.fields.get(field) or "", getattr(figure, field) or ""
        same = _same_period(theirs, ours, _is_flow(fact, figure)) if field == "period" else theirs == ours
        if theirs and not same:
            wrong.append(f"{field}: {ours or 'none'} for {theirs}")
    return wrong


def _is_flow(fact: Fact, figure: Figure) -> bool:
    """Whether reader and extraction both count what happened during the period: then its start matters, too."""
    return figure.period_kind == "in" and fact.fields.get("period_kind") in ("in", "", None)


def _same_period(one: str, other: str, flow: bool) -> bool:
    """The same days; of a stock or a running total the same last day: the year 2021 and 31 December 2021."""
    if one == other:
        return True
    try:
        first, second = period_days(one), period_days(other)
    except ValueError:
        return False
    if first is None or second is None:
        return False
    return first == second if flow else first[1] == second[1]


def _row(article: Article, fact: Fact, figure: Figure | None) -> dict[str, str]:
    wrong = _wrong(fact, figure) if figure is not None else []
    told = fact.value is not None
    outcome = "missing" if figure is None else "differs" if wrong else "right"
    return {
        "fact": str(fact.line),
        "source": fact.source,
        "article_id": article.article_id,
        "value": fact.fields.get("value", ""),
        **{field: fact.fields.get(field) or "" for field in FIELDS},
        "figure_id": figure.figure_id if figure is not None else "",
        "outcome": outcome if told else "no_number",
        "wrong": "; ".join(wrong),
        "reviewed": "",
    }
