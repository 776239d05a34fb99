"""Periods: every time that a text names, as an ISO-like value with the part that it plays.

In: text (NFC, lower case), the publication date. Out: `Period`s in order.
In "giảm 140 đơn vị so với năm 2021" (140 units fewer than in 2021) the period 2021 is a base; in "đến hết
năm 2024" (by the end of 2024) 2024 is a time reached; "6 tháng đầu năm" (the first six months) is a half-year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from reform_figures.extracting.news_dates import dates_the_news
from reform_figures.extracting.period_forms import find_starts
from reform_figures.extracting.period_values import read_value
from reform_figures.periods import period_days

ROLES = ("in", "until", "from", "base", "before", "plan", "event", "document", "name", "each")
"""What a period does in its sentence: frames a figure (in, until, each), opens an interval (from), is
compared with (base), limits a target (before), or belongs to something else (plan, event, document, name)."""

# What stands before a period and says what it does there; tried in this order on the words before it.
# The words named first are looked for plainly, because most periods have none of them before.
_BEFORE = [
    (
        "document",
        {"-", "/", "số", "ban hành", "ký"},
        re.compile(r"(?:[/-][\wđ]+|số\s+\d+|ban\s+hành|ký)\s*,?\s*(?:ban\s+hành\s+)?(?:ngày\s*)?\Z"),
    ),
    (
        "event",
        {"sáng", "chiều", "tối", "trưa", "đêm", "hôm"},
        re.compile(
            r"(?:sáng|chiều|tối|trưa|đêm|hôm\s+nay|hôm\s+qua)\s*(?:nay|qua)?(?:thứ\s+\w+\s+)?(?:(?:đầu|giữa|cuối)\s+)?[\s,(]*(?:ngày\s*)?\Z"
        ),
    ),
    (
        "base",
        {"so ", "hơn", "bằng", "như"},
        re.compile(
            r"(?:(?<!\w)(?<!nếu\s)như\s+(?:của\s+|mức\s+)?|so(?:\s+v[ớờ]i)?\s+(?:[^\W\d]+,?\s+){0,10}(?:tuần\s+\d+\s+|\d(?:[\d.,]*\d)?%?\s+(?:[^\W\d]+\s+){1,4})?"
            r"|(?:hơn(?:\s+cả)?|thấp\s+hơn|cao\s+hơn|ít\s+hơn|bằng)\s+(?:[^\W\d]+\s+){0,5})\Z"
        ),
    ),
    (
        "base",  # "bằng khoảng 90% tổng số hồ sơ của cả năm 2021": what it is measured by
        {"%"},
        re.compile(r"(?<!\w)bằng\s+(?:[^\W\d]+\s+){0,2}\d[\d.,]*\s?%\s+(?:[^\W\d]+\s+){0,9}\Z"),
    ),
    (
        "base",
        {"lần", "đôi"},
        re.compile(
            r"(?:gấp|bằng|tăng|hơn)\s+(?:(?:gần|hơn|khoảng|tới|trên)\s+)*(?:\d[\d.,]*\s+lần|đôi)\s+(?:(?:so\s+với\s+)?"
            r"(?:thời\s+điểm|hồi|cuối|đầu|giữa)\s+)+\Z"
        ),
    ),
    ("before", {"trước", "nhất"}, re.compile(r"(?:trước|chậm\s+nhất|muộn\s+nhất)\s+(?:[^\W\d]+\s+){0,2}\Z")),
    ("from", {"từ"}, re.compile(r"(?<!\w)từ\s+(?!nay\s)(?:[^\W\d]+\s+){0,4}\Z")),
    (
        "until",
        {"đến", "tới", "hết", "cuối"},
        re.compile(r"(?:đến|tới|hết|cuối)\s+(?!trong\s)(?:\d+\s+giờ\s+(?:\d+\s+phút\s+)?|(?:[^\W\d]+\s+){0,2})\Z"),
    ),
    (
        "plan",
        {"triển", "hướng", "nhiệm", "kế", "đề", "cho", "bàn", "giải", "trọng"},
        re.compile(
            r"(?:triển\s+khai|phương\s+hướng|nhiệm\s+vụ|kế\s+hoạch|đề\s+ra|cho(?!\s+(?:biết|hay|thấy))|định\s+hướng|bàn|giải\s+pháp|"
            r"trọng\s+tâm)"
            r"\s+(?:[^\W\d]+\s+){0,3}\Z"
        ),
    ),
]
_REVIEW = re.compile(
    r"(?:tổng\s+kết|sơ\s+kết|kết\s+quả|đánh\s+giá|báo\s+cáo|công\s+tác|giao\s+ban|tình\s+hình|hoạt\s+động|trong|theo)"
)
_NAMED = re.compile(
    r"(?:chương\s+trình|chiến\s+lược|đề\s+án|quy\s+hoạch|nghị\s+quyết|(?<!pháp\s)luật|kế\s+hoạch)\s[^,;.()]{0,90}\Z"
)
_BASE_WORD = re.compile(r"(?<!\w)(?:so|(?<!nếu\s)như)\s")
_HIGHER = re.compile(r"(?<!\w)hơn\s+(?:cả\s+|so\s+với\s+|cuối\s+|đầu\s+|hồi\s+|mức\s+(?:của\s+)?)?\Z")
_TIMES = re.compile(r"(?<!\w)lần\s+(?:[^\W\d]+\s+){0,2}\Z")
_AS_MANY_TIMES = re.compile(
    r"(?:gấp|bằng|tăng|hơn)\s+(?:(?:gần|hơn|khoảng|tới|trên|cả)\s+)*(?:\d[\d.,]*\s+lần|đôi|rưỡi)\s+(?:(?:con\s+)?(?:số|"
    r"mức)\s+(?:\d[\d.,]*%?\s+)?(?:[^\W\d]+\s+)?)?"
    r"(?:của\s+)?(?:cả\s+)?\Z"
)
_UP_TO = re.compile(r"[\s,]*(?:(?:cho\s+)?(?:đến|tới|-|–)[\s]*(?:[^\W\d]+\s+){0,3})?")
_AT_MEETING = re.compile(
    r"(?<!\w)(?:tại|trong)\s+(?:phiên|hội\s+nghị|cuộc\s+họp|buổi|kỳ\s+họp|lễ)(?:\s+[^\W\d]+){0,8}\s+(?:(?:vào|hôm)\s+)?\Z"
)
"""Before a day: when people met, which no figure is told for."""
_DAYS = ("date", "dayonly", "worded", "iso")
_NEWS = ("date", "worded", "month", "slashmonth", "dayonly")
_YEARS = ("year", "bare", "relative", "half", "months", "quarter", "month", "slashmonth")
_PUT_OFF = re.compile(r"chuyển\s+(?:tiếp\s+)?sang\s\Z")
_OPENS = re.compile(r"(?:^|[.;:\n(“])\s*\Z")
_AHEAD = re.compile(r"triển\s+khai|phương\s+hướng")
_FIRST_WORD = re.compile(r"[^\W\d]+")
_DAY_ROLES = {
    **dict.fromkeys(("sáng", "chiều", "tối", "trưa", "hôm", "đêm", "nay", "dịp"), "event"),
    "từ": "from",
    "đến": "until",
    "tới": "until",
    "trước": "before",
}
"""What a day without a year is told for by its first word."""

_FOUR = re.compile(r"\d{4}")


@dataclass(slots=True)
class Period:
    start: int
    end: int
    value: str
    role: str
    base: str | None = None
    kind: str = ""
    """name of the pattern that matched"""
    dated: bool = True
    """False where the text leaves the year out"""


@lru_cache(maxsize=4096)
def first_day(value: str) -> str:
    """First day of an ISO-like period; '' for 'yearly' and for one that is not settled yet."""
    days = None if value.startswith("REPORT") else period_days(value)
    return days[0].isoformat() if days else ""


@lru_cache(maxsize=4096)
def last_day(value: str) -> str:
    """Last day of an ISO-like period; '' for 'yearly' and for one that is not settled yet."""
    days = None if value.startswith("REPORT") else period_days(value)
    return days[1].isoformat() if days else ""


def whole_period(day: str) -> str:
    """What a report "to 30 June" covers: the last day of a half-year, nine months or a year names it."""
    return {"06-30": f"{day[:4]}-H1", "09-30": f"{day[:4]}-9M", "12-31": day[:4]}.get(day[5:], day)


def months_of(month: str) -> str:
    """The months of the year up to and with this one: "2023-09" is at the end of "2023-9M"."""
    year, count = month[:4], int(month[5:])
    return {3: f"{year}-Q1", 6: f"{year}-H1", 12: year}.get(count, f"{year}-{count}M")


def find_periods(low: str, padded: str, published: date | None) -> list[Period]:
    """All periods that the lower-case text names; `padded` is that text folded, between two blanks.

    Years left out are those of publication until framed."""
    found: list[Period] = []
    year = published.year if published else None
    end = 0
    for at, form in find_starts(low, padded):
        if at < end or (match := form.match(low, at)) is None:
            continue
        kind = match.lastgroup or ""
        value = read_value(match, year, published)
        if value is None:
            continue
        end = match.end()
        words = match.group()
        role = _role_of(low, match, value)
        if role == "plan" and low.endswith("cho ", 0, at) and year and last_day(value)[:4] < str(year):
            role = "in"  # "xếp hạng cho năm 2021" (ranked for 2021) in a text of 2022 plans nothing
        if kind == "span" and match.group("ya") and (role == "from" or words.startswith("từ")):
            # "từ năm 2015 đến hết năm 2020"
            found.append(Period(at, end, value, "in", match.group("ya"), "interval"))
            continue
        if kind == "days" or (kind == "span" and match.group("yn")):
            found.append(Period(at, end, value, "in", None, "interval"))
            continue
        found.append(Period(at, end, value, role, None, kind, _FOUR.search(words) is not None))
    return _join_intervals(low, found)


def _role_of(low: str, match: re.Match, value: str) -> str:
    kind, start = match.lastgroup or "", match.start()
    if kind == "now" or (value.startswith("REPORT^") and match.group()[0] not in "ct"):
        return "until"
    if value == "yearly":
        return "each"
    if kind == "dayonly":
        first = _FIRST_WORD.match(low, start)
        if first is not None and first.group() in _DAY_ROLES:
            return _DAY_ROLES[first.group()]
    before = low[max(0, start - 60) : start]
    if kind in _NEWS and dates_the_news(low, start, match.end(), kind):
        return "event"
    if kind in _DAYS and _AT_MEETING.search(before):
        return "event"
    if before.endswith("sang ") and _PUT_OFF.search(before) and kind in ("relative", "year"):
        return "name"  # what is put off to next year is not told of it
    role = _role_before(before)
    if role == "document" and kind not in _DAYS and before.rstrip(" ").endswith((",", "\n", ".")):
        role = None  # "Quyết định số 91/QĐ-BCT, năm 2020 Bộ sẽ ...": the year of what follows
    if role is not None:
        return role
    if kind == "relative" and low.startswith(" chuyển", match.end()):
        return "name"  # what is put off to next year is not told of it
    if (value.startswith("REPORT@") and _TIMES.search(before)) or (kind in _YEARS and _AS_MANY_TIMES.search(before)):
        return "base"
    if kind == "relative" and value.startswith("REPORT-1:cùng"):
        opens = _OPENS.search(before)
        return "in" if opens and low[match.end() : match.end() + 1] in ",;: " else "base"
    if kind == "span" and _NAMED.search(low[max(0, start - 110) : start]):
        return "name"
    return "in"


def _role_before(before: str) -> str | None:
    """The role that the words before a period give it, None where they give none."""
    for role, words, pattern in _BEFORE:
        for word in words:
            if word in before:
                break
        else:
            continue
        if pattern.search(before) is None:
            continue
        if role == "plan" and _REVIEW.search(before[-45:]) and not _AHEAD.search(before[-45:]):
            continue
        weak = role == "base" and "so " in words
        if weak and not _BASE_WORD.search(before) and not _HIGHER.search(before):
            continue
        return role
    return None


def _join_intervals(low: str, found: list[Period]) -> list[Period]:
    """Join "từ A đến B" into one interval; a year told once serves both ends."""
    joined: list[Period] = []
    skip = False
    for n, period in enumerate(found):
        if skip:
            skip = False
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        opens = period.role == "from" or (period.role == "in" and period.kind in ("slashmonth", "month", "date"))
        opens = opens or (period.kind == "relative" and period.value.startswith("REPORT<"))
        if opens and after is not None and after.start - period.end < 25:
            between = low[period.end : after.start]
            if (
                "\n" not in between
                and _UP_TO.fullmatch(between)
                and (between.strip() or after.kind in ("now", "dayonly"))
            ):
                aside = low[period.start - 1 : period.start] == "(" and low[after.end : after.end + 1] == ")"
                interval = _interval(period, after)
                joined.append(replace(interval, role="name") if aside else interval)
                skip = True
                continue
        if after is not None and (run := _run_on(low, period, after)) is not None:
            joined.append(run)
            skip = True
            continue
        joined.append(period)
    return joined


def _run_on(low: str, first: Period, last: Period) -> Period | None:
    """ "năm 2021 và 8 tháng đầu năm 2022" (2021 and the first eight months of 2022) is one stretch of time."""
    if first.kind != "year" or last.kind not in ("months", "half", "quarter") or low[first.end : last.start] != " và ":
        return None
    if first_day(last.value) != f"{int(first.value) + 1}-01-01" or first.role not in ("in", "until"):
        return None
    return Period(first.start, last.end, f"{first.value}-01-01/{last_day(last.value)}", "in", None, "interval")


def _interval(first: Period, last: Period) -> Period:
    a, b = first.value, last.value
    if a.startswith("REPORT<"):
        return _from_new_year(first, last)
    if b == "REPORT":
        return Period(first.start, last.end, "REPORT", "until", a, "interval")
    year = b[:4]
    if not first.dated and last.dated and year.isdecimal():  # "từ 1/7 đến 30/6/2023": the year told once
        candidate = year + a[4:]
        a = candidate if first_day(candidate) <= first_day(b) else f"{int(year) - 1}{a[4:]}"
    if not first_day(a) or not last_day(b) or first_day(a) > last_day(b):
        return replace(last, start=first.start)
    opens_year = first.kind == "year" or (first.kind == "month" and a[5:] == "01")
    if opens_year and last.kind in ("month", "slashmonth") and a[:4] == b[:4]:
        return Period(first.start, last.end, months_of(b), "in", None, "months")
    return Period(first.start, last.end, f"{first_day(a)}/{last_day(b)}", "in", a, "interval")


def _from_new_year(first: Period, last: Period) -> Period:
    """ "từ đầu năm đến hết tháng 9" (since the year began to the end of September): its nine months."""
    b, year = last.value, first.value[7:]
    if b == "REPORT" or b.startswith("REPORT"):
        return Period(first.start, last.end, first.value, "until", None, "interval")
    if last.kind in ("month", "slashmonth"):
        return Period(first.start, last.end, months_of(b), "in", None, "months")
    end = last_day(b)
    if not end or b[:4] != year:
        return replace(last, start=first.start)
    if last_day(end[:7]) == end:  # "đến hết ngày 30/6": a half-year, as a month would be told
        return Period(first.start, last.end, months_of(end[:7]), "in", None, "months")
    return Period(first.start, last.end, f"{year}-01-01/{end}", "in", None, "interval")
