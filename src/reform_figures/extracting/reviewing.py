"""Reviewing: the period that an article reviews, and the periods that are told by it.

In: the `Frame` of an article with its periods. Out: the reporting period, and the periods with it put in. An article
"tổng kết công tác năm 2023" (on the work of 2023) makes "đến nay" (to date) 2023 and "năm ngoái" (last year) 2022.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from reform_figures.extracting.periods import Period, first_day, last_day, months_of, whole_period

if TYPE_CHECKING:
    from reform_figures.extracting.article import Frame

_REVIEW = re.compile(
    r"(?:tổng\s+kết|sơ\s+kết|kết\s+quả|đánh\s+giá|báo\s+cáo|công\s+tác|giao\s+ban|tình\s+hình|chỉ\s+số|index|sipas)"
)
_DATA_DATE = re.compile(r"(?:số\s+liệu|cập\s+nhật|tính)\s+(?:[^\W\d]+\s+){0,4}\Z")
_AHEAD = re.compile(
    r"(?:bàn|giải\s+pháp|nhiệm\s+vụ\s+(?:trọng\s+tâm\s+)?(?:của\s+)?(?:quý|tháng|năm|6)|phương\s+hướng|"
    r"triển\s+khai)\s[^,.;]*\Z|cuối\s+năm"
)
_SINCE_IT_WAS = re.compile(r"(?<!\w)(?:từ|sau)\s+khi\s[^,.;]{0,70}\Z")
"""'kể từ khi ba làng nhập một hồi tháng 3' (since three villages became one in March): no time that is reviewed."""
_SINCE_NEW_YEAR = {"Q2": "H1", "Q3": "9M"}
NOT_READ = ("furniture", "author", "date_line", "source_line", "blank")
"""Roles of lines that say nothing of what the article is about."""


def find_reporting_period(frame: Frame) -> str | None:
    """The period that the article reviews; the year of publication where nothing tells."""
    start, end = frame.opening
    best, best_score, headline = None, 0, False
    title_end = next((line.end for line in frame.lines if line.role == "title"), 0)
    for period in frame.periods_between(start, end):
        if period.role not in ("in", "until", "plan") or period.kind in (
            "date",
            "dayonly",
            "worded",
            "now",
            "relative",
        ):
            continue
        if period.value.startswith("REPORT") or frame.line_at(period.start).role in NOT_READ:
            continue
        if frame.published and first_day(period.value)[:7] > frame.published.isoformat()[:7]:
            continue
        if frame.published and last_day(period.value) < f"{frame.published.year - 1}":
            continue  # "từ 72 đơn vị năm 2016": no review of years long gone
        looked_back = period.kind == "year" and frame.low.endswith("nhìn lại ", start, period.start)
        review = looked_back or _REVIEW.search(frame.low[max(start, period.start - 60) : period.start])
        titled = period.end <= title_end
        score = 2 + 2 * bool(review) + 3 * titled - 3 * (period.role == "plan")
        score -= 3 * bool(_AHEAD.search(frame.low[max(start, period.start - 50) : period.end]))
        score -= (1 if titled else 3) * (period.kind in ("span", "school"))
        score -= 2 * (period.kind == "bare" and not review)
        if score > best_score and not _SINCE_IT_WAS.search(frame.low, max(start, period.start - 80), period.start):
            best, best_score, headline = period.value, score, titled
    if best:
        since = _SINCE_NEW_YEAR.get(best[5:], "")
        if since and not headline:  # "giao ban quý III, kết quả 9 tháng" reviews the running total
            whole = best[:5] + since
            return whole if any(p.value == whole for p in frame.periods_between(start, end)) else best
        return best
    told = _data_period(frame, end)
    if told:
        return told
    return str(frame.published.year) if frame.published else None


def _data_period(frame: Frame, opening_end: int) -> str | None:
    """The latest interval or date that the article's figures are told for."""
    told: list[str] = []
    for period in frame.periods:
        if frame.line_at(period.start).role in NOT_READ or period.kind == "school":
            continue
        if period.role in ("event", "document", "base", "plan"):
            continue
        day = last_day(period.value) if not period.value.startswith("REPORT") else ""
        if not day or (frame.published and day > frame.published.isoformat()):
            continue
        aside = frame.text[period.start - 1 : period.start] == "("
        interval = period.kind == "interval" and not aside
        before = frame.low[max(0, period.start - 40) : period.start]
        exact = period.kind in ("date", "dayonly", "month", "slashmonth") and period.start < opening_end
        if interval or (period.role == "until" and (exact or _DATA_DATE.search(before))):
            told.append(period.value)
    latest = max(told, key=last_day, default=None)
    if latest is None and frame.published:
        latest = _years_reviewed(frame, frame.published.year)
    return whole_period(latest) if latest else None


def _years_reviewed(frame: Frame, year: int) -> str | None:
    """The run of years that the opening names and that was just over when the article appeared, in `year`."""
    over = (str(year), str(year - 1))
    spans = (p.value for p in frame.periods_between(*frame.opening) if p.kind == "span" and p.role in ("in", "until"))
    return next((value for value in spans if last_day(value)[:4] in over), None)


def settle_periods(periods: list[Period], reporting: str | None, published: date | None) -> list[Period]:
    """Put the reporting period in place of "đến nay", and the year before it in place of "năm ngoái"."""
    settled = []
    to_date = reporting
    if reporting and published and last_day(reporting)[:4] > str(published.year):
        to_date = str(published.year)  # a round of "2023-2025" that is under way
    for period in periods:
        value = _settled(period, reporting, to_date) if period.value.startswith("REPORT") else period.value
        if value is not None:
            settled.append(period if value == period.value else replace(period, value=value))
    return settled


def _settled(period: Period, reporting: str | None, to_date: str | None) -> str | None:
    """What a period told by the reporting period comes to; None where that is not known."""
    told = period.value
    framed = period.role == "in" and reporting and "/" not in reporting and len(reporting) <= 8
    if told.startswith("REPORT@"):
        year = told[7:]  # "cùng kỳ 2022" (the same time of 2022): its nine months where nine are reported
        return year + reporting[4:] if framed and reporting else year
    if told == "REPORT=quarter":  # "trong quý" (in the quarter) of a report on one
        return reporting if reporting and reporting[4:6] == "-Q" else None
    if told.startswith("REPORT^"):  # "cả năm" (the whole year), "đến cuối năm" (by the end of the year)
        return reporting[:4] if reporting and last_day(reporting)[:4] == reporting[:4] else told[7:]
    if told.startswith("REPORT<"):
        return _since_new_year(reporting, told[7:])
    if told.startswith("REPORT-1"):
        value = _year_before(reporting, told)
        return value[:4] + reporting[4:] if framed and reporting and value else value
    return to_date


def _since_new_year(reporting: str | None, year: str) -> str:
    """ "từ đầu năm" (since the year began) in a report on October is ten months, in one on a half-year that half."""
    if reporting is None or reporting[:4] != year or "/" in reporting or len(reporting) == 10:
        return year
    if len(reporting) == 7 and reporting[5:].isdecimal():
        return months_of(reporting)
    return reporting


def _year_before(reporting: str | None, wording: str) -> str | None:
    if reporting is None:
        return None
    if "quý" in wording and reporting[4:6] == "-Q":
        quarter = int(reporting[6])
        return f"{reporting[:4]}-Q{quarter - 1}" if quarter > 1 else f"{int(reporting[:4]) - 1}-Q4"
    year = str(int(last_day(reporting)[:4]) - 1) if last_day(reporting) else None
    if year and "tháng" in wording and len(reporting) == 7:
        month = date.fromisoformat(first_day(reporting))
        return date.fromordinal(month.toordinal() - 1).isoformat()[:7]
    return year
