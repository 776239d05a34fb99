"""Number words: Vietnamese numbers written in letters.

In: text. Out: spans with their value, where a counted noun follows. "năm xã mới" is five new communes and
"năm 2022" the year 2022; only what stands before a noun that is counted is a number.
"""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_LAST = _UNITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_TEENS = {"mười": 10, **{f"mười {w}": 10 + v for w, v in _LAST.items() if w not in ("mốt", "tư", "năm")}}
_TENS = {
    f"{tens} mươi{' ' + last if last else ''}": 10 * v + (_LAST[last] if last else 0)
    for tens, v in _UNITS.items()
    if v > 1
    for last in ("", *_LAST)
} | {f"{tens} {last}": 10 * _UNITS[tens] + _LAST[last] for tens in list(_UNITS)[1:] for last in ("mốt", "tư", "lăm")}

_HUNDREDS = {f"{word} trăm": 100 * value for word, value in _UNITS.items()}

WORD_VALUES: dict[str, int] = {**_UNITS, **_TEENS, **_TENS, **_HUNDREDS}
"""Number word → value, 1 to 99 and the hundreds, by the regular formation of numerals ("hai mươi tư" = 24)."""

_WORD_BEFORE = re.compile(r"(?<!\w)(?:" + "|".join(sorted(WORD_VALUES, key=len, reverse=True)) + r")\s+\Z")
LAST_LETTERS = frozenset(word[-2:] for word in WORD_VALUES)
"""The last two letters of number words."""


def read_number_word(low: str, end: int) -> tuple[int, int, Decimal] | None:
    """Start, end and value of the number word that stands right before `end` in a lower-case text, or None."""
    if low[max(0, end - 3) : end - 1] not in LAST_LETTERS or low[end - 1] not in " \u00a0\n":
        return None
    start = max(0, end - 24)
    match = _WORD_BEFORE.search(low[start:end])
    if match is None:
        return None
    word = match.group().rstrip()
    return start + match.start(), start + match.start() + len(word), Decimal(WORD_VALUES[word])
