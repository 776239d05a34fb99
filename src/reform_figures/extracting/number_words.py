"""Number words: numerals that are written as words.

In: a `Frame` whose numerals of digits are known. Out: those and the number words that count a known noun. "Giảm hai
huyện" (two districts fewer) counts as "giảm 2 huyện" does; in "ba người" (three people) of a story nothing is reported.
"""

from __future__ import annotations

import re
from decimal import Decimal

from reform_figures.extracting.article import Frame
from reform_figures.extracting.numerals import Numeral
from reform_figures.extracting.scanning import Cue
from reform_figures.extracting.words import LAST_LETTERS, WORD_VALUES, read_number_word

_COUNTED_BY_WORD = {
    "person", "post", "organisation", "admin_unit", "locality", "ministry", "service", "procedure", "dossier",
    "legal_document", "task", "group", "other", "time", "rank",
}  # fmt: skip
_TWICE = re.compile(r"gấp\s+(đôi|ba|bốn|năm)(?!\w)(?!\s+lần)")
_TWICE_VALUES = {"đôi": 2, "ba": 3, "bốn": 4, "năm": 5}
_ORDINALS = {"nhất": 1, "tư": 4} | {word: value for word, value in WORD_VALUES.items() if value <= 10}
_ORDINAL = re.compile(rf"thứ\s+({'|'.join(_ORDINALS)})(?!\w)")
_PLACED = re.compile(r"(?<!\w)(?:xếp|đứng|vị\s+trí|hạng)\s+(?:ở\s+)?(?:vị\s+trí\s+|hạng\s+)?\Z")
_NO_WORD_BEFORE = re.compile(
    r"(?:thứ|cả|hằng|hàng|mỗi|những|các|mấy|khóa|trong|cuối|đầu|giữa|nhiều|hết|qua|của|vào|đến|từ|tháng|ngày|quý|"
    r"phần|một|hai|"
    r"mười|mươi|trăm|gấp|loại|hạng|lớp|khối|bậc|tầng|số)\s+\Z"
)
_ONE_COUNTED = re.compile(
    r"(?:giảm|còn|thêm|chỉ(?:\s+(?:có|còn))?|lập|tăng|và|trong\s+đó(?:\s+có)?|ít\s+nhất|tối\s+thiểu|duy\s+nhất)\s+(?:được\s+)?\Z"
)
_MULTIPLIED = re.compile(
    r"(?<!\w)(?:gấp|bằng|tăng|giảm|tụt|lên|lùi|vượt|cải\s+thiện)(?:\s+(?:được|thêm|gần|hơn|khoảng|liền|tới|gấp))*\s+\Z"
)


def add_number_words(frame: Frame) -> None:
    """Put number words that count a known noun among the numerals."""
    numerals, low = list(frame.numerals), frame.low
    for match in _TWICE.finditer(low) if "gấp" in low else ():
        value = Decimal(_TWICE_VALUES[match.group(1)])
        numerals.append(Numeral(match.start(1), match.end(1), "double", value))
    for match in _ORDINAL.finditer(low):
        if _PLACED.search(low, max(0, match.start() - 20), match.start()):  # "đứng thứ hai", not Monday
            numerals.append(Numeral(match.start(1), match.end(1), "word", Decimal(_ORDINALS[match.group(1)])))
    for cue in frame.scan.units.cues:
        if low[cue.start - 3 : cue.start - 1] not in LAST_LETTERS:
            continue  # most nouns: seen here already, because the next lines are slower
        if cue.entry.unit not in _COUNTED_BY_WORD or cue.entry.labels.get("after"):
            continue
        word = read_number_word(low, cue.start)
        if word is None:
            continue
        start, end, value = word
        if not _counts(frame, cue, start):
            continue
        if frame.period_over(start, end) or any(n.start < end and n.end > start for n in numerals[-1:]):
            continue
        before = low[max(0, start - 12) : start]
        if (value == 1 and not _ONE_COUNTED.search(before)) or _NO_WORD_BEFORE.search(before):
            continue
        if (
            frame.text[start].isupper()
            and start > 1
            and frame.text[start - 2 : start].strip() not in ("", ".", "-", ":", "”")
        ):
            continue
        numerals.append(Numeral(start, end, "word", value))
    if len(numerals) > len(frame.numerals):
        frame.numerals = sorted(numerals, key=lambda n: n.start)


def _counts(frame: Frame, cue: Cue, start: int) -> bool:
    """Whether a word before this noun counts: "sáu người thôi việc", "tăng hai bậc", but no "ba người" of a story."""
    unit = cue.entry.unit
    if unit in ("time", "rank"):
        return _MULTIPLIED.search(frame.low, max(0, start - 24), start) is not None
    if unit not in ("person", "other") or cue.entry.tags:
        return True
    return unit == "person" and any(c.start - cue.end < 6 for c in frame.scan.tagged.between(cue.end, cue.end + 60))
