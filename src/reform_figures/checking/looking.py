"""One article's figures as the checks see them: in order, with the words between them.

In: an `Article` and its figures. Out: `Told`, which answers where a figure stands and what stands between
two of them. In "đã hoàn thành 70 nhiệm vụ (đạt tỷ lệ 92,1%)" (70 tasks were completed, a rate of 92.1 %) the
percent is attached to the 70: nothing but the bracket and "a rate of" stands between.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

from reform_figures.records import Article, Figure

ATTACHING_DISTANCE = 25
"""How many characters before a percent may hold the word that attaches it to a count."""


ADDED_DISTANCE = 15
"""How many characters before a number may hold the word that makes it an increase."""

NUMBER = re.compile(r"%|;")
"""Ends of the clauses of an enumeration."""

BEHIND = 35
"""How many characters behind a number may hold 'a day'."""


@cache
def cues(kind: str) -> tuple[str, ...]:
    """Vietnamese wordings that show how two figures belong together, from `cues.csv`."""
    with (Path(__file__).parent / "cues.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(row["cue"] for row in csv.DictReader(rows) if row["kind"] == kind)


def holds_cue(text: str, kind: str) -> bool:
    """Whether one of the cues of a kind stands in the text."""
    lowered = text.casefold()
    return any(cue in lowered for cue in cues(kind))


def clause_before(figure: Figure) -> str:
    """The words before a figure, back to the comma, colon or semicolon."""
    return re.split(r"[;:,](?!\d)", figure.sentence[: figure.start - figure.sentence_start])[-1]


def clause_words(figure: Figure) -> frozenset[tuple[str, str]]:
    """Pairs of neighbouring syllables before a figure, back to a percentage or semicolon: what it is told of."""
    before = figure.sentence[: figure.start - figure.sentence_start]
    clause = NUMBER.split(before)[-1].casefold()
    spoken = re.findall(r"[^\W\d_]+", clause)
    return frozenset(pairwise(spoken))


def told_as(figure: Figure) -> str:
    """`added` of what came on top ('thêm 167.000 tài khoản'), `mean` of so many a day or of each; else ''.

    Of shares and scores a mean is what they are; only counts are something else by the day.
    """
    if figure.unit in ("percent", "percentage_point", "point", "rank", "time"):
        return ""
    before, at = clause_before(figure), figure.start - figure.sentence_start
    after = re.split(r"[;:,.](?!\d)", figure.sentence[at + len(figure.text) :])[0]
    if holds_cue(f" {before}", "mean") or holds_cue(after[:BEHIND], "mean_behind"):
        return "mean"
    return "added" if holds_cue(before[-ADDED_DISTANCE:], "added") else ""


@dataclass(frozen=True)
class Told:
    """The figures of one article, sorted by where they stand."""

    article: Article
    figures: tuple[Figure, ...]

    @cached_property
    def text(self) -> str:
        return self.article.text

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [], 0
        for paragraph in self.article.paragraphs:
            starts.append(at)
            at += len(paragraph.text) + 1
        return starts

    def line(self, figure: Figure) -> int:
        """Number of the paragraph that a figure stands in."""
        return bisect_right(self._line_starts, figure.start) - 1

    def role(self, figure: Figure) -> str:
        """Role of that paragraph: title, lead, body ..."""
        return self.article.paragraphs[self.line(figure)].role

    def between(self, one: Figure, other: Figure) -> str:
        """The text from the end of one figure to the start of a later one."""
        return self.text[one.end : other.start]

    def after(self, figure: Figure, length: int = 30) -> str:
        """The text that follows a figure within its sentence."""
        at = figure.end - figure.sentence_start
        return figure.sentence[at : at + length]

    @cached_property
    def attached(self) -> list[tuple[Figure, Figure]]:
        """Pairs (count, percent) where the percent restates the count: '70 nhiệm vụ (đạt tỷ lệ 92,1%)'."""
        pairs = []
        for count, percent in zip(self.figures, self.figures[1:], strict=False):
            if percent.unit != "percent" or count.unit in ("percent", "percentage_point", "time", "rank", "point"):
                continue
            if count.sentence_start == percent.sentence_start and self._restates(count, percent):
                pairs.append((count, percent))
        return pairs

    def _restates(self, count: Figure, percent: Figure) -> bool:
        words = self.between(count, percent)
        if ";" in words or count.area != percent.area:
            return False
        bracket = "(" in words[-ATTACHING_DISTANCE:] and ")" not in words[words.rfind("(") :]
        attached = bracket or holds_cue(words[-ATTACHING_DISTANCE:], "attach")
        return attached and (bracket or count.subject == percent.subject)
