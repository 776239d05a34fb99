"""Numerals: where they stand and what number they are.

In: text (NFC). Out: `Numeral`s in order, none overlapping; every digit of the text lies in one of them.
"hơn 3,9 triệu tài khoản" (more than 3.9 million accounts) holds one numeral, "3,9 triệu", 3900000.

Vietnamese groups thousands with a point and writes decimals with a comma (Quyết định 1495/QĐ-TTg leaves the
grouping open; the news writes 7.469 and 13,5). Foreign forms are read where they cannot be anything else:
"4.5" is no grouping of three, "1,234,567" has two of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

MULTIPLIERS = {
    "nghìn": 10**3,
    "ngàn": 10**3,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}

_MULTIPLIER = r"(?:nghìn|ngàn|triệu|t[ỷỉ](?!\s+(?:lệ|trọng|suất|giá|mỉ)))(?!\w)"
_NUMBER = r"\d+(?:[.,]\d+)*"
_PERCENT = r"\s?%"

# One pattern finds every kind; the first group that matched names the kind. Each branch starts with a digit,
# so that the search stays linear; longer shapes stand before the shorter ones that they begin with.
_NUMERAL = re.compile(
    rf"""
      (?P<document>\d+[a-z]?(?:/\d{{4}})?(?:/|-)(?=[A-ZĐ])(?:[A-ZĐ][\w&]*)(?:[-/–][\w&]+)*)
    | (?P<clock>\d{{1,2}}(?::\d{{2}}){{1,2}}(?!\d)|\d{{1,2}}h(?:\d{{2}})?(?!\w))
    | (?P<day>\d{{4}}-\d{{2}}-\d{{2}}(?!\d)|\d{{1,2}}(?P<s>[/.-])\d{{1,2}}(?P=s)\d{{4}}(?!\d))
    | (?P<range>{_NUMBER}(?:\s{_MULTIPLIER}|{_PERCENT})?
        (?:\s?[-–—]\s?|\s+đến\s+(?:dưới\s+)?|\s+tới\s+){_NUMBER}(?![\d/]))
    | (?P<fraction>{_NUMBER}\s?/\s?{_NUMBER})
    | (?P<plain>{_NUMBER})
    """,
    re.VERBOSE,
)
LONGEST_NUMBER = 40
"""Characters; what is longer is no number that anybody reports."""

# A number, with a group behind it that tells whether nothing ("alone") or a sign ("percent") follows that could make
# it a date, a fraction, a range, a document's number or a multiple. What has no such group takes the whole pattern
# below. It starts with one character's class: `re` looks for that alone quickly.
_DIGITS = re.compile(
    rf"\d\d*(?:[.,]\d+)*(?:(?![\w.,/:%–—-]|\s?[-–—/%]|\s+(?:đến|tới|Đến|Tới|{_MULTIPLIER}))(?P<alone>)"
    r"|(?P<percent>(?<!\.\d{4})\s?%)(?!\s?[-–—]|\s+(?:đến|tới)))?",
    re.IGNORECASE,
)
_TAIL = re.compile(rf"(?:\s{_MULTIPLIER}){{1,2}}|{_PERCENT}", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_FOREIGN = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3},\d{3}\.\d+")
_COUNTED = re.compile(r"[ \u00a0][^\W\d_]")
_RANGE_PARTS = re.compile(rf"({_NUMBER})({_PERCENT})?(\D+)({_NUMBER})")
_NAMED_BEFORE = re.compile(r"(?:tháng|ngày|năm|quý|lớp|điều|khoản|mức\s+độ|số)\s\Z")
_OWN_MULTIPLIER = re.compile(rf"\s({_MULTIPLIER})")


@dataclass(slots=True)
class Numeral:
    """A numeral as it stands in the text: digits, fraction or range, with its multiplier or percent sign."""

    start: int
    end: int
    kind: str
    """document, clock, day, range, fraction, plain, word"""
    value: Decimal | None
    of: Decimal | None = None
    value_max: Decimal | None = None
    percent: bool = False
    multiplied: bool = False


def read_number(digits: str) -> Decimal | None:
    """The number that digits with points and commas mean, None where they mean none ("1.2.3")."""
    if len(digits) > LONGEST_NUMBER:
        return None
    if digits.isdecimal():
        return Decimal(digits)
    if _GROUPED.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _FOREIGN.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if digits.count(",") == 1 and "." not in digits:
        return Decimal(digits.replace(",", "."))
    if digits.count(".") == 1 and "," not in digits:
        return Decimal(digits)
    return None


def find_numerals(text: str) -> list[Numeral]:
    """All numerals written with digits, in order. Time is linear in the text."""
    found = []
    at = 0
    while digits := _DIGITS.search(text, at):
        start, at = digits.span()
        if kind := digits.lastgroup:
            number = text[start : digits.start(kind)]
            found.append(Numeral(start, at, "plain", read_number(number), None, None, kind == "percent"))
            continue
        match = _NUMERAL.match(text, start)
        assert match is not None  # a number alone matches
        numeral = _READERS[match.lastgroup if match.lastgroup != "s" else "day"](text, match)
        found.append(numeral)
        at = numeral.end
    return found


def _read_fixed(kind: str) -> Callable[[str, re.Match[str]], Numeral]:
    return lambda text, match: Numeral(match.start(), match.end(), kind, None)


def _tail(text: str, at: int) -> tuple[int, int, bool]:
    """End, multiplier and percent sign of what follows a number at `at`."""
    match = _TAIL.match(text, at)
    if not match:
        return at, 1, False
    words = match.group().lower().split()
    if words[0] == "%":
        return match.end(), 1, True
    factor = 1
    for word in words:
        factor *= MULTIPLIERS[word]
    return match.end(), factor, False


def _read_plain(text: str, match: re.Match[str]) -> Numeral:
    end, factor, percent = _tail(text, match.end())
    value = _multiply(read_number(match.group()), factor)
    return Numeral(match.start(), end, "plain", value, None, None, percent, factor > 1)


def _multiply(value: Decimal | None, factor: int) -> Decimal | None:
    """3,9 times a million is 3900000, not 3900000.0: no digit more than the text has."""
    if value is None or factor == 1:
        return value
    return _whole(value * factor)


def _whole(product: Decimal) -> Decimal:
    if product != product.to_integral_value() or product.adjusted() >= 28:
        return product  # more digits than the arithmetic keeps: no statistic has them
    return product.quantize(Decimal(1))


def _read_fraction(text: str, match: re.Match[str]) -> Numeral:
    over, under = match.group().split("/")
    end, factor, _ = _tail(text, match.end())
    end = end if factor > 1 else match.end()
    value, of = (_multiply(read_number(part.strip()), factor) for part in (over, under))
    return Numeral(match.start(), end, "fraction", value, of, None, False, factor > 1)


_SPACED_DASH = re.compile(r"\s[-–—]\s")
_ONE_NUMBER = re.compile(_NUMBER)


def _read_range(text: str, match: re.Match[str]) -> Numeral:
    parts = _RANGE_PARTS.fullmatch(match.group())
    assert parts is not None  # the pattern of all numerals has these parts
    low, low_percent, joint, high = parts.groups()
    end, factor, percent = _tail(text, match.end())
    first, last = read_number(low), read_number(high)
    # "từ 3 đến 5": no sign at the first end means that the sign or multiplier of the second governs both;
    # a falling pair ("2.159 - 17") is no range but two numbers with a dash between them.
    spaced_dash = _SPACED_DASH.search(match.group()) and not (percent or factor > 1)
    if spaced_dash and not _COUNTED.match(text, end):
        low_percent = True  # "mức độ 4 - 192" at the end of a line is a label and its number
    own = _OWN_MULTIPLIER.match(joint)
    if own and factor > 1 and first is not None and last is not None:
        value, value_max = first * MULTIPLIERS[own.group(1)], last * factor
        if value < value_max:  # "800 triệu đến 1,2 tỷ": each end its own multiplier
            return Numeral(match.start(), end, "range", _whole(value), None, _whole(value_max), percent, True)
    named = "ế" in joint or "ớ" in joint
    if named and _NAMED_BEFORE.search(text[max(0, match.start() - 8) : match.start()].lower()):
        low_percent = True  # "nhiều hơn tháng 5 tới 21 nhiệm vụ": the first number names a month
    if own:
        low_percent = True
    if first is None or last is None or first >= last or (low_percent and not percent):
        alone = _ONE_NUMBER.match(text, match.start())
        assert alone is not None
        return _read_plain(text, alone)
    both = _multiply(first, factor), _multiply(last, factor)
    return Numeral(match.start(), end, "range", both[0], None, both[1], percent, factor > 1)


_READERS: dict[str | None, Callable[[str, re.Match[str]], Numeral]] = {
    "document": _read_fixed("document"),
    "clock": _read_fixed("clock"),
    "day": _read_fixed("day"),
    "range": _read_range,
    "fraction": _read_fraction,
    "plain": _read_plain,
}
