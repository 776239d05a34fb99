"""Dates that pages print: when an article was published and on which day its event was.

In: a line of a page. Out: a datetime in Asia/Ho_Chi_Minh (+07:00, no summer time) or an ISO day.
"Thứ sáu - 03/02/2023 18:00 390 0" (Friday - day/month/year and time, then two counters) is
2023-02-03T18:00+07:00.

The day stands before the month. Only an English locale that writes AM or PM puts the month first, and only
the caller knows the locale. A date that does not exist is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=7))

MONTH_NAMES = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH_NAME = r"(?P<name>" + "|".join(sorted(MONTH_NAMES, key=len, reverse=True)) + r")"
_DATE_FORMS = [
    re.compile(form, re.I)
    for form in (
        rf"(?<!\d)(?P<day>\d\d?)\s?(?P<sep>[/.-])\s?(?P<month>\d\d?)\s?(?P=sep)\s?{_YEAR}(?!\d)",
        rf"(?<![\d/.-]){_YEAR}(?P<sep>[/.-])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)(?![\d+])",
        rf"(?<!\d)(?P<day>\d\d?)\s+(?:tháng|thg)\s+(?P<month>\d\d?)(?:\s+năm|,)?\s+{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<day>\d\d?)\s+tháng\s+{_MONTH_NAME},?\s+{_YEAR}(?!\d)",
        rf"tháng\s+{_MONTH_NAME}\s+(?P<day>\d\d?),\s+{_YEAR}(?!\d)",
    )
]
_TIME = r"(?P<hour>\d\d?)\s?(?::|h|g|giờ)\s?(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\s?(?P<half>AM|PM|SA|CH)\b)?"
_TIME_BEHIND = re.compile(rf"\D{{0,15}}?{_TIME}", re.I)
_TIME_BEFORE = re.compile(rf"(?<!\d){_TIME}\D{{0,25}}$", re.I)
_ZONE_MARK = re.compile(r"\(?\b(?:GMT|UTC)\s*\+\s*0?7(?::00)?\)?", re.I)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_PUBLISHED_LABEL = re.compile(r"\b(?:ngày\s+)?(?:đăng|xuất\s+bản)\b", re.I)

_LONGEST_LINE = 300
"""A publication date stands on a short line; behind that many characters is no date of the page."""


def read_published(line: str, month_first: bool = False) -> datetime | None:
    """Publication time that a line tells, with +07:00; midnight where it tells the day only; None where none.

    `month_first`: the page's locale is English, so a date with AM or PM is month/day/year.
    """
    line = line.strip()[:_LONGEST_LINE]
    if _ISO.fullmatch(line):
        return _read_iso(line)
    line = _ZONE_MARK.sub(" ", line)
    label = _PUBLISHED_LABEL.search(line)
    if label:
        after_label = _read_first_date(line[label.end() :], month_first)
        if after_label:
            return after_label
    return _read_first_date(line, month_first)


def _read_iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _read_first_date(line: str, month_first: bool) -> datetime | None:
    found = sorted((m for form in _DATE_FORMS for m in form.finditer(line)), key=re.Match.start)
    for match in found:
        time = _TIME_BEHIND.match(line, match.end()) or _TIME_BEFORE.search(line[: match.start()])
        english = month_first and bool(time and (time["half"] or "").upper() in ("AM", "PM"))
        day = (english and _day_of(match, True)) or _day_of(match, False)
        if day:
            return _at_time(day, time)
    return None


def _day_of(match: re.Match, english: bool) -> date | None:
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else MONTH_NAMES[" ".join(parts["name"].lower().split())]
    day = int(parts["day"])
    if english and match.start("day") < match.start("month"):
        day, month = month, day
    try:
        return date(int(parts["year"]), month, day)
    except ValueError:
        return None


def _at_time(day: date, time: re.Match | None) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    if not time:
        return midnight
    hour, half = int(time["hour"]), (time["half"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    if half in ("AM", "SA") and hour == 12:
        hour = 0
    try:
        return midnight.replace(hour=hour, minute=int(time["minute"]), second=int(time["second"] or 0))
    except ValueError:
        return midnight


def cut_dates(line: str) -> str:
    """What is left of a line without its dates and times: '' or a few words where it is a date line."""
    line = _ZONE_MARK.sub(" ", line)
    for form in _DATE_FORMS:
        line = form.sub(" ", line)
    return re.sub(_TIME, " ", line, flags=re.I)


# The day of an event: "chiều ngày 03/03", "Sáng 6/7", "Chiều nay (12-1)", or "Ngày 10/8" opening a sentence.
_EVENT_DAY = (
    r"(?P<day>\d\d?)(?:\s?[/-]\s?(?P<month>\d\d?)(?:\s?[/-]\s?(?P<year>(?:19|20)\d\d))?(?![\d/])(?!-\d)"
    r"|\s+tháng\s+(?P<month2>\d\d?)(?:\s+năm\s+(?P<year2>(?:19|20)\d\d))?(?!\d))"
)
_EVENTS = [
    (
        ("sáng", "trưa", "chiều", "tối", "đêm"),
        re.compile(
            r"\b(?:sáng|trưa|chiều|tối|đêm)(?:\s+(?:sớm|muộn|nay|qua|thứ\s+\w+|chủ\s+nhật))?[\s,(]*(?:ngày\s+)?"
            + _EVENT_DAY,
            re.I,
        ),
    ),
    (
        ("ngày",),
        re.compile(
            r"(?:^|[.!?)–-]\s*)(?:(?:vừa\s+qua|mới\s+đây|hôm\s+nay),?\s+)?(?:trong\s+|vào\s+)?ngày\s+" + _EVENT_DAY,
            re.I,
        ),
    ),
]
"""Forms, each with the words of which it has one: those are looked for first, which takes a tenth of the time."""
_EARLIEST, _LATEST = timedelta(days=-92), timedelta(days=31)
"""News reports what was in the quarter before it or announces the month behind it."""


def read_event_day(paragraphs: Iterable[str], published: datetime | None) -> str:
    """ISO day of the event that an article's first paragraphs tell, '' where they tell none.

    A day without a year gets the year that brings it nearest to the publication; without a publication date
    only a day told with its year counts. Days of a quarter or more before publication are history, not the event.
    """
    lowered = [(paragraph, paragraph.lower()) for paragraph in paragraphs]
    for words, event in _EVENTS:
        for paragraph, low in lowered:
            if not any(word in low for word in words):
                continue
            for match in event.finditer(paragraph):
                day = _event_day(match, published)
                if day:
                    return day.isoformat()
    return ""


def _event_day(match: re.Match, published: datetime | None) -> date | None:
    day, month = int(match["day"]), int(match["month"] or match["month2"])
    told_year = match["year"] or match["year2"]
    if told_year:
        years = [int(told_year)]
    elif published:
        years = [published.year - 1, published.year, published.year + 1]
    else:
        return None
    days = []
    for year in years:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    if not published:
        return days[0] if days else None
    near = [d for d in days if _EARLIEST <= d - published.date() <= _LATEST]
    return min(near, key=lambda d: abs(d - published.date()), default=None)
