"""Period values: what the wording of a period comes to, as an ISO-like value.

In: the match of a form, the year and day of publication. Out: value or None where the wording names no time. In
an article of March 2023 "tháng 6" (June) is 2022-06; "đến nay" (to date) is REPORT, settled once the article's period
is known.
"""

from __future__ import annotations

import re
from datetime import date

from reform_figures.extracting.words import WORD_VALUES

_FRAMED = re.compile(r"đầu|năm|qua|trong")
_FRAMED_BEFORE = re.compile(r"(?:sau|tình hình|kết quả|đánh giá|sơ kết|công tác|hết|lũy kế|luỹ kế|cộng dồn)\s+\Z")


def read_value(match: re.Match, year: int | None, published: date | None) -> str | None:
    """Value of a matched form; its `lastgroup` names the form."""
    return _VALUES[match.lastgroup or ""](match, year, published)


def _word_value(words: str) -> int:
    return WORD_VALUES[" ".join(words.split())]


def _year_word(word: str | None, year: int | None) -> int | None:
    if word is None:
        return None
    if word.isdecimal():
        return int(word)
    return year and year + {"nay": 0, "trước": -1, "ngoái": -1, "sau": 1, "tới": 1}[word]


def _day(y, m, d) -> str | None:
    try:
        return date(int(y), int(m), int(d)).isoformat()
    except (ValueError, TypeError):
        return None


def _near_year(month: int, day: int, published: date | None) -> int | None:
    """The year that puts a day without a year on or just before the publication."""
    if published is None:
        return None
    return published.year if (month, day) <= (published.month, published.day + 3) else published.year - 1


def _months_value(match, year, published):
    n = match.group("n")
    n = int(n) if n.isdecimal() else _word_value(n)
    own = match.group("ny")
    if not 1 <= n <= 12:
        return None
    framed = own or _FRAMED.search(match.group())
    if not framed and n > 5:
        before = match.string[max(0, match.start() - 12) : match.start()]
        opens = match.string.startswith(",", match.end()) and (not before or before.endswith(("\n", ". ", ": ")))
        framed = opens or _FRAMED_BEFORE.search(before)
    if not framed:
        return None
    y = own or year
    return None if y is None else (f"{y}-H1" if n == 6 else f"{y}" if n == 12 else f"{y}-{n}M")


def _span_value(match) -> str:
    """Of a run of years; from "giữa năm 2022" (the middle of 2022) on is from July, up to there is to June."""
    first, last = "07-01" if match.group("fa") else "01-01", "06-30" if match.group("fb") else "12-31"
    return f"{match.group('ya')}-{first}/{match.group('yb')}-{last}"


def _run_value(match) -> str | None:
    """Of years told one by one, "hai năm 2021 và 2022", where they are as many as it says."""
    told, first, last = match.group("yn"), int(match.group("yc")), int(match.group("yd"))
    count = int(told) if told.isdecimal() else _word_value(told)
    return f"{first}-01-01/{last}-12-31" if last - first + 1 == count else None


def _days_value(match, published) -> str | None:
    """Of days of one month, "từ ngày 1 đến ngày 10/3/2020"."""
    month, day = int(match.group("m2") or match.group("m3")), int(match.group("d2"))
    year = match.group("y2") or match.group("y3") or _near_year(month, day, published)
    first, last = _day(year, month, match.group("d1")), _day(year, month, day)
    return f"{first}/{last}" if first and last and first < last else None


def _last_months_value(match, year) -> str | None:
    """Of "ba tháng cuối năm" (the last three months of the year)."""
    told = match.group("ln")
    count = int(told) if told.isdecimal() else _word_value(told)
    year = _year_word(match.group("ly"), year) or year
    if year is None or not 1 < count < 12:
        return None
    return {3: f"{year}-Q4", 6: f"{year}-H2"}.get(count, f"{year}-{13 - count:02d}-01/{year}-12-31")


def _half_gone(published: date | None) -> str | None:
    """The half-year that "nửa năm qua" (the past half-year) speaks of: the last one that was over, or nearly."""
    if published is None:
        return None
    return f"{published.year}-H1" if 6 <= published.month <= 11 else f"{published.year - (published.month < 6)}-H2"


def _month_value(match, year, published):
    month = {"giêng": 1, "chạp": 12}.get(match.group("mm")) or int(match.group("mm"))
    y = _year_word(match.group("ma") or match.group("mb"), year)
    if not 1 <= month <= 12:
        return None
    if y is None and published:
        y = published.year if month <= published.month else published.year - 1
    return y and f"{y}-{month:02d}"


def _quarter_value(match, year, published):
    told = match.group("q")
    quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(told) or int(told)
    y = _year_word(match.group("qa") or match.group("qb"), year) or year
    return y and f"{y}-Q{quarter}"


def _dayonly_value(match, year, published):
    d, m = int(match.group("dd")), int(match.group("dm"))
    if not (1 <= m <= 12 and 1 <= d <= 31):
        return None
    if published is not None and match.group().startswith("trước"):
        return _due_day(m, d, published)
    return _day(_near_year(m, d, published), m, d)


def _due_day(month: int, day: int, published: date) -> str | None:
    """The day that "trước 30/6" (before 30 June) means: the next one, or one that is over by less than four months."""
    this_year = _day(published.year, month, day)
    if this_year is None or (published - date.fromisoformat(this_year)).days < 120:
        return this_year
    return _day(published.year + 1, month, day)


def _relative_value(match, year, published):
    words = match.group()
    if words.startswith(("hàng", "hằng", "mỗi", "mọi", "/")):
        return "yearly"
    if match.group("ky"):
        return f"REPORT@{match.group('ky')}"
    if year is None:
        return None
    if "đầu" in words:
        return f"REPORT<{year}"
    if words.startswith("trong quý"):
        return "REPORT=quarter"
    if words.startswith(("cả", "hết", "trong")) or ("cuối năm" in words and not words.startswith("từ")):
        return f"REPORT^{year}"
    if "nay" in words and "đầu" not in words:
        return str(year)
    if "ngoái" in words or "trước" in words or "cùng" in words:
        return f"REPORT-1:{words}"
    return str(year + 1) if ("sau" in words or "tới" in words) else "REPORT"


_VALUES = {
    "school": lambda m, y, p: f"{m.group('sa')}-09-01/{m.group('sb') or int(m.group('sa')) + 1}-05-31",
    "span": lambda m, y, p: (
        _run_value(m) if m.group("yn") else _span_value(m) if m.group("ya") < m.group("yb") else None
    ),
    "days": lambda m, y, p: _days_value(m, p),
    "last": lambda m, y, p: _last_months_value(m, y),
    "date": lambda m, y, p: _day(m.group("y"), m.group("m"), m.group("d")),
    "iso": lambda m, y, p: _day(m.group("iy"), m.group("im"), m.group("id")),
    "worded": lambda m, y, p: _day(
        m.group("wy") or _near_year(int(m.group("wm")), int(m.group("wd")), p), m.group("wm"), m.group("wd")
    ),
    "half": lambda m, y, p: (
        _half_gone(p)
        if m.group().endswith("qua")
        else None
        if not (own := _year_word(m.group("hy") or m.group("hy2") or m.group("hy3"), y) or y)
        else f"{own}-H{1 if m.group('mid') or (m.group('side') or m.group('side2')) == 'đầu' else 2}"
    ),
    "months": _months_value,
    "quarter": _quarter_value,
    "month": _month_value,
    "slashmonth": lambda m, y, p: f"{m.group('sy')}-{int(m.group('sm')):02d}",
    "year": lambda m, y, p: m.group("yy"),
    "dayonly": _dayonly_value,
    "relative": _relative_value,
    "now": lambda m, y, p: "REPORT",
    "bare": lambda m, y, p: m.group("bare"),
}
