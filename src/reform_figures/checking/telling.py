"""A check told in words, in either language, from its figures.

In: a `Finding`, its figures and their articles. Out: one sentence. "5.510 + 73.547 = 79.057; bài nêu 79.057: khớp." is
the Vietnamese of "5,510 + 73,547 = 79,057; 79,057 is reported: it holds." The words are in `vocabulary/names/words.csv`
(`check_words`, `report_reason`). The English of the table of findings says by how much two numbers are apart, too.
"""

from __future__ import annotations

from decimal import Decimal

from reform_figures.checking.between import REASONS
from reform_figures.checking.findings import SHORT_SUM
from reform_figures.names import name_of
from reform_figures.records import Article, Figure, Finding
from reform_figures.wording import hedged_text, number_text, period_text

HUNDRED = Decimal(100)


def check_words(finding: Finding, figures: list[Figure], articles: dict[str, Article], language: str) -> str:
    """What was compared and how it came out; `figures` are those of the finding, in its order."""
    if finding.kind.startswith("reports_"):
        return _reports(finding, figures, articles, language)
    if finding.kind in ("total_falls", "out_of_scale"):
        return _over_time(finding, figures, language)
    found = figures[0] if finding.kind.endswith("_total") else figures[-1]
    verdict = name_of("check_words", finding.verdict, language)
    said = _arithmetic(finding, figures, language)
    return _fill("reported", language, said=said, found=_number(found, language), verdict=verdict)


def _fill(code: str, language: str, **parts) -> str:
    return name_of("check_words", code, language).format(**parts)


def _number(figure: Figure, language: str) -> str:
    """A reported number with its hedge and without its unit: 'hơn 3,9 triệu', '46 trên 63'."""
    return hedged_text(
        figure.value,
        figure.unit,
        figure.bound,
        language,
        of=figure.of,
        value_max=figure.value_max,
        hedge=figure.hedge,
        with_unit=False,
    )


def _arithmetic(finding: Finding, figures: list[Figure], language: str) -> str:
    """What the other figures of a comparison make of the one that is reported."""
    first, *rest = figures
    kind = finding.kind
    if kind == "range":
        limit = (rest and first.value) or first.of or HUNDRED
        return _fill("range", language, expected=number_text(limit, language))
    expected = Decimal(finding.expected.removeprefix("at least "))
    told = {"expected": number_text(expected, language), "first": _number(first, language)}
    if kind.endswith("_total"):
        return _sum(finding, rest, expected, language)
    if kind.endswith("_levels"):
        return _fill("levels", language, before=told["first"], now=_number(rest[0], language), **told)
    if kind == "change_level":
        sign = "+" if rest[0].direction == "down" else "-"
        return _fill("change_level", language, change=_number(rest[0], language), sign=sign, **told)
    if kind == "part_percent":
        return _fill(kind, language, whole=_whole(figures, expected, language), **told)
    return _fill(kind, language, **told)


def _whole(figures: list[Figure], expected: Decimal, language: str) -> str:
    """What a part is taken of: a whole told beside it, or the sum of it and the others."""
    part, *others, _ = figures
    added = part.value + sum(other.value for other in others)

    def far(whole: Decimal) -> Decimal:
        return abs(part.value * 100 / whole - expected) if whole else HUNDRED

    if len(others) == 1 and far(others[0].value) <= far(added):
        return _number(others[0], language)
    return _parts([part, *others], language)


def _sum(finding: Finding, parts: list[Figure], expected: Decimal, language: str) -> str:
    told = _parts(parts, language)
    if finding.expected.startswith("at least "):
        return _fill("within", language, parts=told)
    if all(part.of for part in parts) and sum(part.of for part in parts) == expected:
        told = _fill("denominators", language, parts=told)
    return _fill("sum", language, parts=told, expected=number_text(expected, language))


def _parts(parts: list[Figure], language: str) -> str:
    if len(parts) > SHORT_SUM:
        return _fill("many_parts", language, count=len(parts))
    return " + ".join(_number(part, language) for part in parts)


def _reports(finding: Finding, figures: list[Figure], articles: dict[str, Article], language: str) -> str:
    """What several articles report of one thing; the reason is the one that the English words end with."""
    told_by = dict.fromkeys(figure.article_id for figure in figures)
    reason = next(code for code, words in REASONS.items() if finding.words.endswith(f": {words}."))
    return _fill(
        "reports",
        language,
        numbers=" / ".join(dict.fromkeys(_number(figure, language) for figure in figures)),
        count=len(told_by),
        publishers=", ".join(dict.fromkeys(articles[article_id].publisher for article_id in told_by)),
        reason=name_of("report_reason", reason, language),
    )


def _over_time(finding: Finding, figures: list[Figure], language: str) -> str:
    """A running total that falls (from, to), or a number out of scale (it, the one before, the one behind)."""
    told = [f"{_number(figure, language)} ({period_text(figure.period, language)})" for figure in figures]
    return _fill(finding.kind, language, numbers=" / ".join(told))
