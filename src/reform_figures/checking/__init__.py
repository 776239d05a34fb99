"""Checking: what articles say twice has to agree, inside one article and between articles.

In: figures and the articles they come from. Out: `Finding`s, one check a row, with the arithmetic in words.
"Đã hoàn thành 70 nhiệm vụ (đạt tỷ lệ 92,1%)" (70 tasks were completed, a rate of 92.1 %), after "76 nhiệm
vụ" (76 tasks): 70/76 is 92.1 %, so it holds.

Every check is a function from one article's figures to findings; a new one is a function added to `CHECKS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from reform_figures.checking.between import compare_reports
from reform_figures.checking.changes import check_changes
from reform_figures.checking.looking import Told
from reform_figures.checking.over_time import check_over_time
from reform_figures.checking.parts import (
    check_areas_total,
    check_enumeration,
    check_parts_total,
    check_periods_total,
)
from reform_figures.checking.repeats import check_ranges, check_repeats
from reform_figures.checking.reports import aside_figures, known_parts
from reform_figures.checking.shares import (
    check_complement,
    check_fraction_percent,
    check_part_percent,
    check_shares_total,
)
from reform_figures.published import is_published
from reform_figures.records import Article, Figure, Finding

CHECKS: tuple[Callable[[Told], Iterator[Finding]], ...] = (
    check_fraction_percent,
    check_part_percent,
    check_parts_total,
    check_areas_total,
    check_shares_total,
    check_enumeration,
    check_periods_total,
    check_complement,
    check_changes,
    check_repeats,
    check_ranges,
)
"""The checks inside an article. Where two of them compare the same figures, the first one's finding stays."""


def check_article(article: Article, figures: Iterable[Figure]) -> list[Finding]:
    """All findings inside one article, in the order of the text."""
    told = Told(article, tuple(sorted(figures, key=lambda f: f.start)))
    found: dict[frozenset, Finding] = {}
    for check in CHECKS:
        for finding in check(told):
            found.setdefault(frozenset(finding.figures.split()), finding)
    order = {figure.figure_id: number for number, figure in enumerate(told.figures)}
    return sorted(found.values(), key=lambda f: (min(order[i] for i in f.figures.split()), f.finding_id))


def check_articles(figures: Iterable[Figure], articles: Iterable[Article]) -> list[Finding]:
    """All findings: those inside the articles, article by article, then those between articles and over time.

    Invented items of the practice portals are checked inside, but not held against published articles. The
    order of figures and articles given changes nothing. Raises ValueError where a figure names an article that
    is not given.
    """
    known = {article.article_id: article for article in articles}
    by_article: dict[str, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda f: (f.article_id, f.start, f.end)):
        if figure.article_id not in known:
            raise ValueError(
                f"figure {figure.figure_id} stands in article {figure.article_id}, which is not among the "
                f"{len(known)} articles; run scripts/read.py and scripts/extract.py again"
            )
        by_article[figure.article_id].append(figure)
    inside = [finding for article_id, told in by_article.items() for finding in check_article(known[article_id], told)]
    every = [f for article_id, told in by_article.items() if is_published(known[article_id]) for f in told]
    aside = known_parts(every, inside) | aside_figures(every, known, inside)
    return inside + compare_reports(every, known, inside) + check_over_time(every, aside)


__all__ = ["CHECKS", "check_article", "check_articles"]
