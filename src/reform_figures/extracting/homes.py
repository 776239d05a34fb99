"""Homes: whose figures those of an article are where a sentence does not say.

In: a `Frame`. Out: its home - a province, a ministry or the country - and the tier of an article about one district or
commune. "Hội nghị tổng kết cải cách hành chính tỉnh Đắk Lắk" (conference on the reform in Dak Lak province) makes
Dak Lak the home; "tại Hà Nội" (in Hanoi), where a meeting was, makes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reform_figures.extracting.reviewing import NOT_READ
from reform_figures.extracting.scanning import UPPER, Cue

if TYPE_CHECKING:
    from reform_figures.extracting.article import Frame

_AT = re.compile(r"(?:tại|ở|điểm cầu|đầu cầu|điểm cầu tỉnh|báo)\s*\Z")
_NAMED_UNIT = re.compile(
    r"([HhQqTtXxPp](?<!\w\w)(?:(?<=[Hh])uyện|(?<=[Qq])uận|(?<=[Tt])hị xã|(?<=[Tt])hành phố|(?<=T)P\.|(?<=[Xx])ã|"
    r"(?<=[Pp])hường|(?<=[Tt])hị trấn))\s+"
    rf"([{UPPER}]\w*(?:\s[{UPPER}]\w*)*)"
)
_OF_UNIT = re.compile(
    r"(?:điện tử|UBND|[Ủủ]y ban nhân dân) (huyện|quận|thị xã|xã|phường|thị trấn) "
    rf"([{UPPER}]\w*(?:\s[{UPPER}]\w*)*)"
)
"""A publisher that is the district or commune itself."""
_CITIES = ("thành phố", "tp.")
_COMMUNES = ("xã", "phường", "thị trấn")
# "Báo Nghệ An", "trang của Tỉnh ủy Lai Châu": whose paper tells it, not whose figures they are
_PUBLISHER = re.compile(
    rf"(?:(?<!\w)[Bb]áo\s+(?:[{UPPER}]\w*\s+(?:\w+\s+)?)?|(?<!\w)(?:[Tt]rang|[Cc]ổng|[Đđ]ài|[Tt]ạp chí|[Bb]ản tin)\s"
    r"[^.,;:]{0,40}(?:của|tỉnh ủy|Tỉnh ủy|tỉnh|thành phố)\s+)\Z"
)
_PUBLISHER_WORDS = ("báo", "trang", "cổng", "đài", "tạp chí", "bản tin")
_SITE = re.compile(r"(?<!\w)[Tt]rang\s+(?:tin\s+)?\Z")
_TELLS = re.compile(
    r"\s*(?:đưa\s+tin|cho\s+biết|cập\s+nhật|công\s+bố|thông\s+tin|dẫn|đăng|thống\s+kê|tổng\s+hợp|nguồn)(?!\w)"
)
_BY = re.compile(
    r"(?:(?<!\w)(?:theo|nguồn|dẫn)[:\s]\s*(?:[^\W\d]+\s+){0,3}|(?:bản\s+tin|tin|trang|bài)\s[^.;:]{0,30}của\s+)\Z"
)
_COUNTRY = re.compile(r"(?<!\w)(?:Việt Nam|cả nước|toàn quốc|quốc gia)(?!\w)")
_OWN_WORDS = re.compile(
    r"(?<!\w)(?<!, )(?<!các )(?:tỉnh|thành\s+phố|tp|huyện|sở)\s+"
    r"(?:đã|có|đạt|được|đang|cũng|sẽ|còn|giảm|tăng|xếp|đứng)(?!\w)"
)
ONE_OF_THEM = re.compile(r"[,;.]\s*riêng\s+(?:tại\s+|ở\s+)?\Z")
"""What stands before a province that is one of those told of: "..., riêng tại Hà Nội là 5.270 tài khoản"."""
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
    if area == "MOHA":
        return area
    if area.startswith("ORG:"):
        return "VN" if _is_of_others(frame, area) else area
    cues_read = list(_read(frame, *frame.opening))
    cues = [c for c in cues_read if not _only_venue(frame, c)]
    named = _count_named(frame, cues)
    provinces, bodies, national, local = named
    if area.startswith("VN-"):
        away = national > local + provinces.get(area, 0) or _is_of_others(frame, area)
        return "VN" if away else area
    every = [c for c in cues if c.entry.area in ("VN-local", "VN-central") and _speaks_of_all(frame, c)]
    national += sum(2 if c.start < frame.title_span[1] else 1 for c in every)
    national += sum(2 for c in cues_read if ONE_OF_THEM.search(frame.low, max(0, c.start - 12), c.start))
    province = max(provinces, key=provinces.__getitem__, default="")
    alone = len(provinces) == 1 and not national and not bodies and local
    if province and provinces[province] + local > national and (provinces[province] >= 2 or alone):
        return province
    body = max(bodies, key=bodies.__getitem__, default="")
    opens = bool(cues) and cues[0].start - frame.opening[0] < 3 and cues[0].entry.area == body
    if opens and not _has_national_lead(frame, cues):
        return body
    return body if body and bodies[body] >= 3 and bodies[body] > national else "VN"


def _read(frame: Frame, start: int, end: int) -> Iterator[Cue]:
    """Areas named in what is read of the article: a teaser of another article between its lines is left out."""
    for cue in frame.scan.areas.between(start, end):
        if frame.line_at(cue.start).role not in NOT_READ and not _is_publisher(frame, cue):
            yield cue


def _is_publisher(frame: Frame, cue: Cue) -> bool:
    if cue.entry.area_kind != "province" and cue.entry.area != "HOMEBODY":
        return False
    start = max(0, cue.start - 60)
    before = frame.low[start : cue.start]
    if not any(word in before for word in _PUBLISHER_WORDS):
        return False
    return bool(_PUBLISHER.search(frame.text, start, cue.start) or _SITE.search(frame.text, start, cue.start))


def _only_venue(frame: Frame, cue: Cue) -> bool:
    """A place at which a meeting was; a headline that says "at" means what happened there."""
    return is_venue(frame, cue) and not frame.title_span[0] <= cue.start < frame.title_span[1]


def _speaks_of_all(frame: Frame, cue: Cue) -> bool:
    """True of "các địa phương" (the localities), not of those that are counted: "thứ 16/63 tỉnh, thành phố"."""
    return not frame.text[max(0, cue.start - 2) : cue.start].strip()[-1:].isdigit()


def _is_of_others(frame: Frame, area: str) -> bool:
    """True where the publisher's own province or body is told of nowhere, and the country is."""
    national = False
    for cue in _read(frame, 0, len(frame.text)):
        kind, code = cue.entry.area_kind, cue.entry.area
        if code == area and (kind == "province" or not _only_tells(frame, cue)):
            return False
        if code in ("HOME", "HOMEBODY"):
            return False
        national = national or code in ("VN", "VN-central")
    if area.startswith("ORG:"):
        return _COUNTRY.search(frame.text, *frame.opening) is not None
    return national and _OWN_WORDS.search(frame.low) is None


def _only_tells(frame: Frame, cue: Cue) -> bool:
    """True of a body that is named as the source: "theo bản tin của Bộ Thông tin và Truyền thông"."""
    before = frame.low[max(0, cue.start - 48) : cue.start]
    return bool(_TELLS.match(frame.low, cue.end) or _BY.search(before))


def _count_named(frame: Frame, cues: list[Cue]) -> _Named:
    provinces: dict[str, int] = {}
    bodies: dict[str, int] = {}
    national = local = 0
    title_end = frame.title_span[1] or frame.opening[0]
    for cue in cues:
        kind, code = cue.entry.area_kind, cue.entry.area
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
    return any(c.start < end and c.entry.area in ("NATIONAL", "VN", "VN-central", "VN-local") for c in cues)


def find_home_tier(frame: Frame) -> str | None:
    """district or commune where the headline names such a unit and the opening says which kind it is."""
    start, end = frame.title_span
    title, opening = frame.text[start:end], frame.text[slice(*frame.opening)]
    if any(c.entry.area_kind == "province" for c in frame.scan.between(start, end)):
        return None
    if (published := _OF_UNIT.search(frame.article.publisher)) and published[2] in opening:
        return "commune" if published[1] in _COMMUNES else "district"
    named = [(kind.lower(), name) for kind, name in _NAMED_UNIT.findall(opening) if name in title]
    named = [(kind, name) for kind, name in named if kind not in _CITIES or not _is_province(frame, name)]
    if not named:
        return None
    kinds = [kind for kind, name in named if name == named[0][1]]
    said = [kind for kind in kinds if f"{kind} {named[0][1]}".lower() in title.lower()]
    # a district and its town may share a name: where the headline does not tell, it is the district
    return "commune" if all(kind in _COMMUNES for kind in said or kinds) else "district"


def _is_province(frame: Frame, name: str) -> bool:
    places = (c for c in frame.scan.between(*frame.opening) if c.entry.area_kind == "province")
    return any(name in frame.text[c.start : c.end + 1] for c in places)


def is_venue(frame: Frame, cue: Cue) -> bool:
    """True of a place that only says where a meeting was: "tại Hà Nội", "điểm cầu Đắk Lắk"."""
    before = frame.low[max(0, cue.start - 14) : cue.start]
    return cue.entry.area_kind == "province" and _AT.search(before) is not None
