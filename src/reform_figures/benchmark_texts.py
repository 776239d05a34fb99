"""Texts of any length to measure with: what articles say, again and again, with other figures.

In: paragraphs. Out: texts. "Đến nay, cả nước giảm 79.057 người" (so far the country has shed 79,057 people) returns in
them with other digits, so that no two paragraphs are the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from itertools import count

from reform_figures.plain_text import read_text_article
from reform_figures.records import Article

NUMBERS = re.compile(r"(?<![\d/.,-])\d+(?:[.,]\d+)*(?![\d/]|[.,]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PUBLISHED = date(2023, 2, 3)


def write_texts(paragraphs: list[str], characters: int, number: int = 1) -> Iterator[str]:
    """`number` texts of at least `characters` characters: the paragraphs in turn, every round with other figures."""
    chance = random.Random(2023)
    turns = (vary_figures(paragraph, chance) for _ in count() for paragraph in paragraphs)
    for _ in range(number):
        lines, length = [], 0
        while length < characters:
            lines.append(next(turns))
            length += len(lines[-1]) + 1
        yield "\n".join(lines)


def vary_figures(text: str, chance: random.Random) -> str:
    """The text with other digits in its numbers; years, dates and the places of points and commas stay."""

    def other(match: re.Match) -> str:
        if _YEAR.fullmatch(match[0]):
            return match[0]
        return match[0][0] + "".join(chance.choice("0123456789") if c.isdigit() else c for c in match[0][1:])

    return NUMBERS.sub(other, text)


def as_article(text: str) -> Article:
    return read_text_article(text, name="benchmark", published=_PUBLISHED, area="VN", title="benchmark")
