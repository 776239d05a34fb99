"""Meetings: numerals that tell who came together, and where.

In: the place of a numeral. Out: (reason, rule) or None. "Hội nghị trực tuyến đến 63 tỉnh, thành phố" (a conference
joined by 63 provinces over video) tells of the meeting, not of the reform.
"""

from __future__ import annotations

import re

from reform_figures.extracting.numeral_place import NumeralPlace

_ATTENDING = re.compile(
    r"(?:tham\s+dự|dự\s+(?:hội\s+nghị|họp|lễ|buổi|qua|trực\s+tuyến)|có\s+mặt\s+tại|tham\s+gia\s+hội\s+nghị)"
)
_CONNECTED = re.compile(r"(?:trực\s+tuyến|kết\s+nối|truyền|nối\s+cầu|điểm\s+cầu)\s[^,.;]{0,40}\Z")
_PRESENT = re.compile(
    r"(?:cùng\s+|tới\s+|đến\s+)?(?:tham\s+)?dự(?=,|\s+(?:và|có|hội|họp|lễ|buổi|phiên|tại|cuộc|đại|với|chỉ)(?!\w))"
)
_OPENS_PRESENT = ("cùng", "tới", "đến", "tham", "dự")
_MEETING_UNITS = ("person", "locality", "ministry", "organisation", "admin_unit")
_ADDRESSED = re.compile(
    r"(?:trực\s+tuyến\s+(?:đến|tới|với|từ)|kết\s+nối\s+(?:đến|tới|với)|"
    r"truyền\s+(?:hình\s+)?(?:trực\s+tiếp\s+)?(?:đến|tới|về)|nối\s+cầu|"
    r"chỉ\s+đạo|gửi(?:\s+đến)?|điểm\s+cầu|đầu\s+cầu|yêu\s+cầu|đề\s+nghị|"
    r"báo\s+cáo\s+của(?:[^,.;]*?))\s+(?:\w+\s+){0,3}\Z"
)
_MET = re.compile(r"(?<!\w)làm\s+việc\s+(?:trực\s+tiếp\s+)?với\s+[^,.;]{0,40}\Z")
_JOINED = re.compile(r"(?:\s+[^\W\d]+,?){0,9}?(?:\s+và|,)\s+(?:tại\s+|ở\s+|lãnh\s+đạo\s+)?")


def by_meeting(place: NumeralPlace) -> tuple[str, str] | None:
    frame, numeral, low = place.frame, place.numeral, place.low
    if numeral.percent or numeral.kind == "fraction":
        return None
    opening = frame.scan.sentences[frame.scan.sentence_at(numeral.start)][0]
    clause = max(opening, low.rfind(";", opening, numeral.start) + 1)
    clause += low.startswith(" ", clause)
    if low.startswith(_OPENS_PRESENT, clause) and _PRESENT.match(low, clause):
        return "venue", "attending"
    cue = place.noun_after
    if cue is None or cue.entry.unit not in _MEETING_UNITS:
        return None
    before = place.low_before(60)
    if "làm việc" in before and _MET.search(before):
        return "venue", "met"
    if cue.entry.unit in ("locality", "ministry") and _ADDRESSED.search(before):
        return "venue", "addressed"
    if cue.entry.unit == "admin_unit" and _CONNECTED.search(before):
        return "venue", "connected"
    if cue.entry.unit != "ministry":
        behind = low[cue.end : frame.separator_after(cue.end, cue.end + 60)]
        if _tells_attending(behind) or _tells_attending(before[-30:]):
            return "venue", "attending"
    return None


def _tells_attending(words: str) -> bool:
    return ("dự" in words or "mặt" in words or "tham" in words) and _ATTENDING.search(words) is not None


def goes_on_with_venues(between: str) -> bool:
    """True of the words between two numbers that both tell venues: "điểm cầu của 10 huyện và 151 xã"."""
    return len(between) < 60 and _JOINED.fullmatch(between) is not None
