"""Whether the sentence of a number tells its time, or the time was carried over from elsewhere.

In: a sentence and the period that a number of it has. Out: `sentence` or `elsewhere`. "Mục tiêu là 60%" (the target is
60 %) names no time: that the target is one of 2023 was told before it, or only by the day of the article.
"""

from __future__ import annotations

from functools import lru_cache

from reform_figures.extracting.lexicon import fold
from reform_figures.extracting.periods import find_periods

_TIMES = {"in", "until", "from", "before", "each", "plan"}
"""Parts that a time plays where it is the time of a number; a base or the day of a document is none."""


def period_told(sentence: str, period: str | None) -> str:
    """`sentence` where it names a time, `elsewhere` where it names none; '' for a number without a period."""
    if not period:
        return ""
    return "sentence" if _names_a_time(sentence) else "elsewhere"


@lru_cache(maxsize=16384)
def _names_a_time(sentence: str) -> bool:
    low = sentence.lower()
    return any(period.role in _TIMES for period in find_periods(low, f" {fold(sentence)} ", None))
