"""Homes: whose figures those of an article are where a sentence does not say.

In: a `Frame`. Out: its home - a province, a ministry or the country - and the tier of an article about one district or
commune. "Hội nghị tổng kết cải cách hành chính tỉnh Đắk Lắk" (conference on the reform in Dak Lak province) makes
Dak Lak the home; "tại Hà Nội" (in Hanoi), where a meeting was, makes none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reform_figures.extracting.scanning import UPPER, Cue

if TYPE_CHECKING:
    from reform_figures.extracting.article import Frame

_AT = re.compile(r"(?:tại|ở|điểm cầu|đầu cầu|điểm cầu tỉnh|báo)\s*\Z")
_NAMED_UNIT = re.compile(
    r"([HhQqTtXxPp](?<!\w\w)(?:(?<=[Hh])uyện|(?<=[Qq])uận|(?<=[Tt])hị xã|(?<=[Tt])hành phố|(?<=T)P\.|(?<=[Xx])ã|"
    r"(?<=[Pp])hường|(?<=[Tt])hị trấn))\s+"
    rf"([{UPPER}]\w*(?:\s[{UPPER}]\w*)*)"
)
_ATTENDING = re.compile(r"điểm\s+cầu|đầu\s+cầu|tham\s+dự|theo\s+dõi|dự\s+(?:từ|hội\s+nghị|họp|phiên|buổi)|cùng\s+dự")


class _Named(NamedTuple):
    """How often the opening names each kind of area; the headline counts twice."""

    provinces: dict[str, int]
    bodies: dict[str, int]
    national: int
    local: int
    """the home that a word like "toàn tỉnh" (the whole province) speaks of"""


def find_home(frame: Frame) -> str:
    """The home of an article: what its publisher is, unless the opening speaks of something else."""
    area = frame.article.area or "VN"
    if area == "MOHA" or area.startswith("ORG:"):
        return area
    cues = [c for c in frame.scan.between(*frame.opening) if c.entry.area and not is_venue(frame, c)]
    named = _count_named(frame, cues)
    provinces, bodies, national, local = named
    if area.startswith("VN-"):
        return "VN" if national > local + provinces.get(area, 0) else area
    province = max(provinces, key=provinces.get, default=None)
    if province and provinces[province] + local > national and provinces[province] >= 2:
        return province
    body = max(bodies, key=bodies.get, default=None)
    opens = bool(cues) and cues[0].start - frame.opening[0] < 3 and cues[0].entry.area[1] == body
    if opens and not _has_national_lead(frame, cues):
        return body
    return body if body and bodies[body] >= 3 and bodies[body] > national else "VN"


def _count_named(frame: Frame, cues: list[Cue]) -> _Named:
    provinces: dict[str, int] = {}
    bodies: dict[str, int] = {}
    national = local = 0
    title_end = frame.title_span[1] or frame.opening[0]
    for cue in cues:
        kind, code, _ = cue.entry.area
        home = code in ("HOME", "HOMEBODY")
        if (kind == "province" or home) and _ATTENDING.search(_clause_of(frame, cue.start)):
            continue
        weight = 2 if cue.start < title_end else 1
        if kind == "province":
            provinces[code] = provinces.get(code, 0) + weight
        elif kind == "body" and code.startswith("ORG:"):
            bodies[code] = bodies.get(code, 0) + weight
        elif code in ("NATIONAL", "VN") or kind == "body":
            national += weight
        elif home:
            local += weight
    return _Named(provinces, bodies, national, local)


def _clause_of(frame: Frame, at: int) -> str:
    start, end = frame.scan.sentences[frame.scan.sentence_at(at)]
    return frame.low[max(start, frame.text.rfind(";", start, at) + 1) : end]


def _has_national_lead(frame: Frame, cues: list[Cue]) -> bool:
    """True where headline or lead speak of the country, the government or all ministries."""
    end = frame.first_lines(2)[1]
    return any(c.start < end and c.entry.area[1] in ("NATIONAL", "VN", "VN-central", "VN-local") for c in cues)


def find_home_tier(frame: Frame) -> str | None:
    """district or commune where the headline names such a unit and the opening says which kind it is."""
    start, end = frame.title_span
    title, opening = frame.text[start:end], frame.text[slice(*frame.opening)]
    if any(c.entry.area and c.entry.area[0] == "province" for c in frame.scan.between(start, end)):
        return None
    for kind, name in _NAMED_UNIT.findall(opening):
        if name in title and not (kind.lower() in ("thành phố", "tp.") and _is_province(frame, name)):
            return "commune" if kind.lower() in ("xã", "phường", "thị trấn") else "district"
    return None


def _is_province(frame: Frame, name: str) -> bool:
    places = (c for c in frame.scan.between(*frame.opening) if c.entry.area and c.entry.area[0] == "province")
    return any(name in frame.text[c.start : c.end + 1] for c in places)


def is_venue(frame: Frame, cue: Cue) -> bool:
    """True of a place that only says where a meeting was: "tại Hà Nội", "điểm cầu Đắk Lắk"."""
    before = frame.low[max(0, cue.start - 14) : cue.start]
    return cue.entry.area[0] == "province" and _AT.search(before) is not None
