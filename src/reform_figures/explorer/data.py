"""What the explorer knows: the series with sentences, articles, checks and the names of all codes.

In: records of the processed tables. Out: lists and texts that JSON can hold. "Giảm 17 tổng cục" (17 general departments
fewer) becomes a row that points to its article, its sentence and the place of "17" in it.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from importlib.resources import files

from reform_figures.checking.reports import is_named
from reform_figures.checking.telling import check_words
from reform_figures.choosing import MERGER
from reform_figures.citing import citation_line, headline_of
from reform_figures.explorer.apart import apart_rows
from reform_figures.explorer.finding import area_words, indicator_words, merged_areas
from reform_figures.holding import days_held
from reform_figures.names import LANGUAGES, name_of, name_table, theme_of
from reform_figures.published import published_address
from reform_figures.records import Article, Figure, Finding, Observation
from reform_figures.tracing import TracedObservation, read_from
from reform_figures.vocabulary import load_rows
from reform_figures.wording import deadline_text, hedged_text, period_text, published_text

COLUMNS = ("article", "span", "indicator", "area", "tier", "period", "start", "end", "kind", "base", "status", "value",
           "of", "max", "bound", "hedge", "amount", "sentence", "at", "length", "reports", "verdict", "checks", "apart",
           "state", "other", "unit_within", "held")  # fmt: skip
"""Of a row: article, indicator, sentence and checks are places in the lists beside it; `at` and `length` say where the
number stands in the sentence, counted as JavaScript counts; `apart` is 1 where no line may run through it; `other` is
the place of the figure on the other side of its change; `held` the day on which the number holds (`holding`)."""

FILE_COLUMNS = (*(f.name for f in fields(TracedObservation)), "subject_name", "area_name")
"""Columns of the file to take away: those of `load_series()`, but for its policy and what can be derived from them."""


def explorer_data(
    series: Iterable[Observation],
    figures: Iterable[Figure],
    articles: Iterable[Article],
    findings: Iterable[Finding],
    versions: Mapping[str, str],
) -> dict:
    """Everything the page shows; numbers as text, as exact as in the tables. `versions`: language → `data_version`.

    Raises KeyError where a row of the series has no figure or no article: the tables are of different runs.
    """
    series = list(series)
    known, told = {a.article_id: a for a in articles}, {f.figure_id: f for f in figures}
    indicators = {row.indicator: row for row in series}
    lists = {"articles": _Places(), "sentences": _Places(), "indicators": _Places(indicators), "checks": _Places()}
    checks = defaultdict(list)
    shown = {row.figure_id for row in series}
    for finding in findings:
        named = finding.figures.split()
        for figure_id in shown.intersection(named):
            vietnamese = check_words(finding, [told[name] for name in named], known, "vi")
            checks[figure_id].append(lists["checks"].place((finding.verdict, (finding.words, vietnamese))))
    apart, held = apart_rows(series, told), days_held(series)
    rows = [_row(row, told[name := row.figure_id], checks[name], lists, name in apart, held[name]) for row in series]
    names = _names(series)
    return {
        "columns": COLUMNS,
        "file_columns": FILE_COLUMNS,
        "rows": rows,
        "indicators": [_indicator(code, indicators[code]) for code in lists["indicators"]],
        "articles": [_article(known[article_id], versions) for article_id in lists["articles"]],
        "sentences": list(lists["sentences"]),
        "checks": list(lists["checks"]),
        "names": names,
        "area_words": area_words(names["area"]),
        "periods": _periods(series),
        "deadlines": _deadlines(series),
        "first": first_indicator(series),
        "merger": {
            "day": MERGER.date().isoformat(),
            "day_text": [period_text(MERGER.date().isoformat(), language) for language in LANGUAGES],
            "areas": sorted(row["code"] for row in load_rows("provinces") if row["change"]),
            "into": merged_areas(),
        },
        "words": explorer_words(),
    }


class _Places(dict):
    """Values in the order of their arrival, each with its place: what repeats is kept once."""

    def __init__(self, values: Iterable = ()) -> None:
        super().__init__({value: n for n, value in enumerate(values)})

    def place(self, value) -> int:
        return self.setdefault(value, len(self))


def _row(
    row: Observation, figure: Figure, checks: list[int], lists: dict[str, _Places], apart: bool, held: str | None
) -> list:
    before = figure.sentence[: figure.start - figure.sentence_start]
    numbers = [None if n is None else f"{n:f}" for n in (row.value, row.of, row.value_max)]
    return [
        lists["articles"].place(row.article_id), f"{figure.start}-{figure.end}",
        lists["indicators"].place(row.indicator), row.area, row.tier, row.period, row.period_start, row.period_end,
        row.period_kind, row.base, row.status, *numbers, row.bound, row.hedge or "",
        [_amount(row, language) for language in LANGUAGES], lists["sentences"].place(figure.sentence), _units(before),
        _units(figure.text), row.reports, row.verdict, checks, int(apart), row.state or "",
        (row.other_state or "").rpartition(":")[2], row.unit_within or "", held,
    ]  # fmt: skip


def _units(text: str) -> int:
    """Length as JavaScript counts it: a letter beyond the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2


def _amount(row: Observation, language: str) -> str:
    return hedged_text(row.value, row.unit, row.bound, language, of=row.of, value_max=row.value_max, hedge=row.hedge)


def _indicator(code: str, row: Observation) -> dict:
    """Name, unit and meaning of an indicator: 'General departments, cut, organisations'."""
    named = [[_name("subject", row.subject, language)] for language in LANGUAGES]
    for words, language in zip(named, LANGUAGES, strict=True):
        if row.measure != "level":
            words.append(_name("measure", row.measure, language))
        if row.direction:
            words.append(_name("direction", row.direction, language))
        words.append(_name("unit", row.unit, language))
    return {
        "code": code,
        "name": [", ".join(dict.fromkeys(words)) for words in named],
        "theme": [_name("theme", theme_of(row.subject), language) for language in LANGUAGES],
        "unit": [_name("unit", row.unit, language) for language in LANGUAGES],
        "percent": row.unit == "percent",
        "fields": {name: getattr(row, name) or "" for name in ("theme", "subject", "measure", "unit", "direction")},
        "subject_name": [_name("subject", row.subject, language) for language in LANGUAGES],
        "about": [name_table("subject").get(row.subject, {}).get(column, "") for column in ("about", "about_vi")],
        "words": indicator_words(row),
    }


def _article(article: Article, versions: Mapping[str, str]) -> dict:
    day = article.published_at.date().isoformat() if article.published_at else ""
    return {
        "id": article.article_id,
        "publisher": article.publisher,
        "headline": headline_of(article),
        "day": day,
        "precision": article.published_precision,
        "day_text": [published_text(day, article.published_precision, language) for language in LANGUAGES],
        "link": published_address(article),
        "read": {name: getattr(article, name) for name in ("title", "cited_title")} | {"read_from": read_from(article)},
        "cite": [_citation(article, versions[language], language) for language in LANGUAGES],
    }


def _citation(article: Article, version: str, language: str) -> list[str]:
    """`cite_figure` of any figure of an article: what stands before its id and what stands behind it."""
    figure_id = f"{article.article_id}:0-0"
    before, _, after = citation_line(article, figure_id, version, language).rpartition(figure_id)
    return [before, after]


def _names(series: list[Observation]) -> dict[str, dict[str, list[str]]]:
    """Kind of code → code → English and Vietnamese name, of those that occur."""
    provinces = {row["code"] for row in load_rows("provinces")}
    used = {"area": {row.area for row in series} | provinces, "tier": {row.tier for row in series if row.tier}}
    used |= {kind: set(name_table(kind)) for kind in ("status", "period_kind", "verdict")}
    return {
        kind: {code: [_name(kind, code, language) for language in LANGUAGES] for code in sorted(codes)}
        for kind, codes in used.items()
    }


def _periods(series: list[Observation]) -> dict[str, list[str]]:
    used = {period for row in series for period in (row.period, row.base) if period}
    return {period: [period_text(period, language) for language in LANGUAGES] for period in sorted(used)}


def _deadlines(series: list[Observation]) -> dict[str, list[str]]:
    """Period → by when, of what is planned or expected to be reached."""
    used = {row.period for row in series if row.period and row.period_kind == "at" and row.status != "actual"}
    return {period: [deadline_text(period, language) for language in LANGUAGES] for period in sorted(used)}


def _name(kind: str, code: str, language: str) -> str:
    """Name of a code; the code itself where the tables have no name for it."""
    try:
        return name_of(kind, code, language)
    except ValueError:
        return code


def first_indicator(series: list[Observation]) -> str:
    """The indicator to begin with: a share, reached nationally in the most different periods; '' for no rows."""
    periods = defaultdict(set)
    for row in series:
        if row.area == "VN" and row.status == "actual" and row.measure == "share" and is_named(row):
            periods[row.indicator].add(row.period)
    if periods:
        return min(periods, key=lambda code: (-len(periods[code]), code))
    counts = Counter(row.indicator for row in series)
    return min(counts, key=lambda code: (-counts[code], code), default="")


def explorer_words() -> dict[str, list[str]]:
    """Code → English and Vietnamese words of the page itself, from `words.csv` and the words of the charts."""
    with (files(__package__) / "words.csv").open(encoding="utf-8", newline="") as rows:
        words = {row["code"]: [row[language] for language in LANGUAGES] for row in csv.DictReader(rows)}
    for code, row in name_table("chart").items():
        words.setdefault(code, [row[language] for language in LANGUAGES])
    for power, row in name_table("scale").items():
        words[f"scale_{power}"] = [row[language] for language in LANGUAGES]
    return words
