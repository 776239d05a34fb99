"""Where the time of text → figures goes, step by step.

In: articles. Out: the share of each step. Of "Năm 2022 giảm 1.234 người" (1,234 people fewer in 2022) the first steps
find the known wordings, the number and the year, once a text; the last one decides the dozen fields of each figure.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable

from reform_figures.benchmark_timing import each, in_turn
from reform_figures.extracting import extract
from reform_figures.extracting.article import Frame
from reform_figures.extracting.numerals import find_numerals
from reform_figures.extracting.periods import Period, find_periods
from reform_figures.extracting.scanning import Scan
from reform_figures.records import Article


def share_extraction(articles: list[Article], rounds: int) -> dict[str, float]:
    """Shares of one: wordings and sentences, numerals, times, what else is read of an article as a whole, and the
    fields of its figures. Each step is measured by itself on the same articles."""
    frames = {id(article): Frame(article) for article in articles}  # times are found in what the scan has folded
    steps: dict[str, Callable[[Article], object]] = {
        "wordings": lambda article: Scan(article.text),
        "numerals": lambda article: find_numerals(article.text),
        "times": lambda article: _find_times(frames[id(article)]),
        "article": Frame,
        "whole": extract,
    }
    seconds = in_turn({name: each(run) for name, run in steps.items()}, articles, rounds)
    wordings, numerals, times, article, whole = map(statistics.median, seconds.values())
    shares = {
        "wordings": wordings,
        "numerals": numerals,
        "times": times,
        "article": article - wordings - numerals - times,
        "fields": whole - article,
    }
    return {step: share / whole for step, share in shares.items()}


def _find_times(frame: Frame) -> list[Period]:
    return find_periods(frame.low, frame.scan.padded, frame.published)
