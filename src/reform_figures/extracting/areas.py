"""Areas and tiers: whose figure it is.

In: a `Slot` whose unit and subject are known. Out: candidates (rule, (area, tier)), best first.
"các bộ, ngành là 5.510 người và địa phương là 73.547 người" (5,510 in ministries, 73,547 in the localities): the
scope named nearest to the left holds until another replaces it, over semicolons too; where none is named, the
article's own home holds ("toàn tỉnh", "cả nước").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reform_figures.extracting.lexicon import concept_bits
from reform_figures.extracting.numeral_place import cue_starting_at
from reform_figures.extracting.scanning import UPPER, Cue
from reform_figures.extracting.scopes import find_mentions
from reform_figures.extracting.slot import Slot
from reform_figures.extracting.topic_areas import (
    find_author,
    find_block_spoken_of,
    find_ministry_spoken_of,
    find_province_of_heading,
    find_province_told,
    find_topic,
    speaks_of_own_house,
)

_TIER_OF_SUBJECT = {
    "district_unit": "district",
    "commune_unit": "commune",
    "village_unit": "commune",
    "commune_staff": "commune",
    "general_department": "central",
    "department": "central",
}
_TIER_OF_TAG = {"village": "commune", "commune": "commune", "district": "district"}
_DEPARTMENTS = concept_bits(["provdept"])
_TIERED = concept_bits(_TIER_OF_TAG)
_COMMUNES = concept_bits(("commune", "communelevel"))
_DISTRICTS = concept_bits(("district", "districtlevel"))
_MERGED = concept_bits(("merge", "surplus", "adminunit", "cut"))
_SURPLUS = concept_bits(["surplus"])
_LOCAL_SUBJECTS = {
    "district_unit",
    "commune_unit",
    "village_unit",
    "commune_staff",
    "admin_unit_other",
    "provincial_department",
}
_OWN_THEMES = ("work_programme", "institutions")
_NAMED_TIER = (
    (re.compile(rf"(?:Xã|xã|Phường|phường|Thị trấn|thị trấn) [{UPPER}1-9]"), "commune"),
    (re.compile(rf"(?:Huyện|huyện|Quận|quận|Thị xã|thị xã) [{UPPER}1-9]"), "district"),
    (
        re.compile(
            r"(?<!\w)(?<!tại )(?<!ở )(?:[Tt]hành phố|TP\.?) "
            rf"(?!Hà Nội|Hồ Chí Minh|HCM|Hải Phòng|Đà Nẵng|Cần Thơ)[{UPPER}]"
        ),
        "district",
    ),
)
_DEPARTMENT_ITSELF = re.compile(
    r"(?<!\w)sở\s(?!,|ngành|ban)(?:[^\W\d]+\s){1,7}?(?:tiếp\s+nhận|giải\s+quyết|trễ|chậm|để|với|đạt|có|cấp|còn)\s"
)
"""'Sở Xây dựng tiếp nhận 2.180 hồ sơ': dossiers of one department of the province."""

_OF_DEPARTMENTS = ("dossier_total", "dossier_on_time", "dossier_late", "online_dossier", "online_payment")
_OWN = ("electronic_document", "staff_appointed", "staff_trained", "staff_disciplined", "disbursement")
_OTHERS_WORK = ("NATIONAL", "VN", "VN-central", "VN-local", "LOCAL")
_CENTRAL_SUBJECTS = {"general_department", "department"}
_PORTAL_OFFICE = "ORG:Văn phòng Chính phủ"
_COUNTED_BODIES = ("locality", "ministry")
# "thành phố giảm 1.473 biên chế": the city just named, not one that is counted
_ITS_OWN = re.compile(
    r"(?:^|[,;.:]\s*)(?:tỉnh|thành\s+phố|tp|địa\s+phương)\s+(?:đã|có|giảm|tăng|còn|được|đang|cũng|sẽ|hiện|"
    r"tiết\s+kiệm|bớt|bố\s+trí|chỉ|mới)(?!\w)"
)
_SEPARATING = frozenset(",;.()")
_GAP = re.compile(r"(?<!\w)(?:tỉnh|địa\s+phương|nơi|nhất)\s[^;.]*(?<!\w)(?:cách|chênh|chênh\s+lệch)\s+nhau(?!\w)")
_MINISTRIES = re.compile(r"(?<!\w)(?:bộ|cơ\s+quan)\s+[^;.]*(?:nhất|cuối)(?!\w)")
# "Địa phương dẫn đầu đạt 94,07%" in an article of one province: another one, or it would be named
_FIRST_OF_ALL = re.compile(r"(?:địa\s+phương|tỉnh)\s+(?:dẫn\s+đầu|đứng\s+đầu|đứng\s+cuối|(?:cao|thấp)\s+nhất)(?!\w)")
_SUMMED = re.compile(r"(?:cộng\s+dồn|lũy\s+kế|luỹ\s+kế|tính\s+gộp|gộp\s+lại)(?!\w)")
_ALTOGETHER = re.compile(r"(?<!\w)(?:tổng|cộng|chung)(?!\w)")


def area_candidates(slot: Slot) -> Iterator[tuple[str, tuple[str, str | None]]]:
    home = slot.frame.home
    if home == "MOHA" or home.startswith("ORG:"):
        yield from _own_areas(slot, home)
    elif slot.theme == "institutions" and (author := find_author(slot)) is not None:
        yield "written_by", (author, "central")
    elif slot.unit not in _COUNTED_BODIES and (ministry := find_ministry_spoken_of(slot)) is not None:
        yield "ministry_spoken_of", (ministry, "central")
    yield from _areas_set(slot, home)
    for rule, cue in find_mentions(slot):
        resolved = _resolve(cue, home, slot)
        if resolved is not None:
            yield f"{rule}_{cue.entry.name}", _with_tier(resolved, slot)
    yield from _areas_by_kind(slot, home)
    before = slot.previous
    if before is not None and before.unit == slot.unit and _SUMMED.match(slot.left):
        if before.numeral.start >= slot.passage.line.start:
            yield "summed", _with_tier((before.area, None), slot)
    before = slot.in_sentence
    if before is not None and slot.unit not in _COUNTED_BODIES:
        tier = slot.frame.home_tier if before.area == home else None
        yield "carried", _with_tier((before.area, tier), slot)
    if home.startswith("ORG:"):
        yield "home_body", (home, "central")
    yield "home", _with_tier(("VN" if home == "MOHA" else home, slot.frame.home_tier), slot)


def _areas_set(slot: Slot, home: str) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """What the subject, a bracket, a list or the number before settles, whatever names stand near the number."""
    if slot.subject == "base_salary":
        yield "one_for_the_country", ("VN", None)
    if slot.unit == "locality" and slot.theme == "indices" and slot.rules["subject"] != "own_index":
        yield "provinces_compared", ("VN-local", "province")
    if slot.theme == "indices" and home in ("VN", "MOHA") and _GAP.search(slot.segment):
        yield (
            "gap_of_first_and_last",
            ("VN-central", "central") if _MINISTRIES.search(slot.segment) else ("VN-local", None),
        )
    if slot.status == "target" and home.startswith("VN-"):
        named = [c.entry.area for c in slot.left_areas if c.entry.area in ("NATIONAL", "HOMEBODY", "HOME")]
        if named and named[-1] == "NATIONAL":
            yield "national_target", _with_tier(("VN", None), slot)
    before = slot.in_sentence
    if before is not None and slot.unit == "percent" and before.unit in ("admin_unit", "organisation"):
        if before.tier and _SEPARATING.isdisjoint(slot.frame.low[before.noun_end : slot.numeral.start]):
            yield "rate_of_bodies", (before.area, before.tier)
    if (cue := _before_bracket(slot)) is not None and (resolved := _resolve(cue, home, slot)) is not None:
        yield "before_bracket", _with_tier(resolved, slot)
    if len(slot.left_areas) > 2 and _is_list_of_provinces(slot):
        yield "several_provinces", _with_tier(("VN-local", None), slot)
    if (block := find_block_spoken_of(slot)) is not None:
        yield "block_spoken_of", _with_tier((block, None), slot)
    if home.startswith("VN-") and slot.subject in _OF_DEPARTMENTS and (own := _DEPARTMENT_ITSELF.search(slot.segment)):
        if not slot.frame.scan.areas.between(slot.segment_start + own.end(), slot.numeral.start):
            yield "department_itself", (home, "province")


def _own_areas(slot: Slot, home: str) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """A ministry or other body at home in the article, where the number is of its own work or its own house."""
    if slot.theme in _OWN_THEMES or slot.subject in _OWN:
        near = slot.frame.scan.areas.between(slot.segment_start, slot.numeral.start)
        others = [c for c in near if c.entry.area in _OTHERS_WORK]
        if not others or not home.startswith("ORG:"):
            yield "own_work", (home, "central")
    if slot.unit not in _COUNTED_BODIES and speaks_of_own_house(slot):
        yield "own_house", (home, "central")


def _areas_by_kind(slot: Slot, home: str) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """What the kind of the thing counted says where no name near the number does."""
    unit, subject, national = slot.unit, slot.subject, home in ("VN", "MOHA")
    if home.startswith("VN-"):
        clause = slot.frame.text[slot.clause_start : slot.numeral.start]
        for pattern, tier in _NAMED_TIER:
            if pattern.search(clause):
                yield f"named_{tier}", _with_tier((home, tier), slot)
    if national and unit not in _COUNTED_BODIES and _ITS_OWN.search(slot.left):
        if (topic := find_topic(slot)) is not None:
            yield "province_spoken_of", _with_tier((topic, None), slot)
    if national and unit not in _COUNTED_BODIES and (province := find_province_of_heading(slot)) is not None:
        yield "province_of_heading", _with_tier((province, None), slot)
    if unit == "ministry":
        yield "unit_ministry", ("VN-central", "central")
    if unit == "locality" and national:
        yield "unit_locality", ("VN-local", "province")
    if national and subject in _CENTRAL_SUBJECTS:
        yield "subject_central", ("VN-central", "central")
    if national and subject in _LOCAL_SUBJECTS:
        yield "subject_local", _with_tier(("VN-local", None), slot)


def _before_bracket(slot: Slot) -> Cue | None:
    """The body or province in "Bộ Khoa học và Công nghệ (78,72%)"."""
    frame, start = slot.frame, slot.segment_start
    if frame.text[start - 1 : start] != "(":
        return None
    end = start - 1 - frame.text[max(0, start - 2) : start - 1].isspace()
    names = [c for c in frame.scan.areas.between(max(0, end - 80), end) if c.end == end]
    if not names or names[-1].entry.area in ("NATIONAL", "HOMEBODY"):
        return None
    return None if slot.unit == "rank" and names[-1].entry.area_kind == "scope" else names[-1]


def _is_list_of_provinces(slot: Slot) -> bool:
    """True where several names stand for one sum: "Đồng Nai, An Giang và Tiền Giang với tổng số 7.336"."""
    names = [c for c in slot.left_areas if c.start >= slot.clause_start and c.entry.area_kind == "province"]
    return len({c.entry.area for c in names}) > 2 and _ALTOGETHER.search(slot.segment) is not None


def _resolve(cue: Cue, home: str, slot: Slot) -> tuple[str, str | None] | None:
    """Area and tier of a named scope in an article of this home; None where the scope does not hold for the number."""
    kind, code, tier = cue.entry.area_kind, cue.entry.area, cue.entry.area_tier
    if home.startswith("ORG:") and code == "VN" and cue.entry.form.startswith(("từ", "cả hệ thống", "toàn hệ thống")):
        return None  # "từ Trung ương đến địa phương": all levels of the body itself
    if home.startswith("ORG:") and code in ("LOCAL", "VN-local", "VN-central") and slot.unit not in _COUNTED_BODIES:
        if code != "VN-central" or "bộ" not in cue.entry.form:
            return None  # its own offices "ở trung ương", "cấp tỉnh"
    provincial = home.startswith("VN-") and home not in ("VN-local", "VN-central")
    if kind == "province":
        return code, None
    if kind == "body":
        if code == _PORTAL_OFFICE and slot.subject.startswith("portal_"):
            return None  # it runs the portal of the whole country
        if code == "MOHA" and home != "MOHA" and slot.theme in _OWN_THEMES and cue.start >= slot.clause_start:
            return "MOHA", "central"
        if code == "MOHA" and home != "MOHA":
            return None if not slot.segment.rstrip().endswith(cue.entry.word) else ("MOHA", "central")
        return code, "central"
    if code == "HOME":
        if provincial:
            return home, slot.frame.home_tier
        named = find_province_told(slot, cue.start)  # "toàn tỉnh" in a national article: the province just named
        return (named, None) if named else None
    if code == "LOCAL":
        return (home if provincial else find_topic(slot) or "VN-local"), tier or None
    if code == "VN-local":
        if not provincial:
            one = cue.entry.word == "địa phương" and slot.unit != "locality"
            return (one and find_topic(slot)) or code, (tier or None)
        if _FIRST_OF_ALL.match(slot.left):
            return code, tier or None
        own = cue.entry.word in ("địa phương", "các địa phương", "ở địa phương", "tại địa phương")
        return (home, None) if own else (code, tier or None)
    if code == "VN-central":
        return code, "central"
    return (code, tier or None) if code == "VN" else None


def _with_tier(area: tuple[str, str | None], slot: Slot) -> tuple[str, str | None]:
    code, tier = area
    if code in ("VN-central", "MOHA") or code.startswith("ORG:"):
        return code, "central"
    if slot.unit == "locality" and slot.frame.low.startswith(" cấp huyện", slot.noun_end):
        return code, "district"
    if slot.unit == "locality" and code in ("VN-local", "VN"):
        return "VN-local", "province"
    if slot.unit == "locality" and slot.numeral.of is not None and slot.numeral.of < 32 and code.startswith("VN-"):
        return code, "district"  # "3/11 địa phương" of a province are its districts
    noun = slot.noun
    if noun is not None and noun.entry.tier and noun.start >= slot.numeral.end:
        return code, noun.entry.tier
    if noun is not None and noun.entry.concepts & _TIERED:
        return code, next(_TIER_OF_TAG[t] for t in noun.entry.tags if t in _TIER_OF_TAG)
    if noun is not None and noun.entry.concepts & _DEPARTMENTS:
        if slot.numeral.kind == "fraction" or (slot.theme != "units" and code.startswith("VN-")):
            return code, "province"  # "14/19 sở" are counted as actors
    if tier is None and slot.theme != "indices" and (named := _tier_counted(slot)):
        return code, named
    if tier is None and slot.unit == "percent" and (share := _tier_of_share(slot)):
        return code, share
    if tier is None and slot.theme == "staff" and _is_of_merged_communes(slot):
        return code, "commune"
    own = _TIER_OF_SUBJECT.get(slot.subject)
    return code, tier or (own if own != "central" else None)


def _tier_of_share(slot: Slot) -> str | None:
    """The tier of "88% xã", a share of communes."""
    noun = cue_starting_at(slot.frame, slot.numeral.end)
    if noun is None or noun.entry.unit != "admin_unit" or not noun.entry.concepts & _TIERED:
        return None
    return next(_TIER_OF_TAG[tag] for tag in noun.entry.tags if tag in _TIER_OF_TAG)


def _is_of_merged_communes(slot: Slot) -> bool:
    """True of people in an article on the merging of communes of a province, whose officials are too many."""
    frame = slot.frame
    if frame.home[3:] in ("", "local", "central") or not frame.home.startswith("VN-"):
        return False
    titled = frame.scan.concepts(*frame.title_span)
    if not titled & _COMMUNES or titled & _DISTRICTS or not titled & _MERGED:
        return False
    told = frame.scan.concepts(*slot.sentence) | frame.scan.concepts(slot.paragraph_start, slot.sentence[0])
    return bool((told | titled) & _SURPLUS)


def _tier_counted(slot: Slot) -> str:
    """The tier named within the wording of what is counted: "1.412 thủ tục cấp tỉnh"; '' where none is."""
    if slot.noun is not None and slot.noun.entry.tier:
        return slot.noun.entry.tier
    if slot.noun is not None and slot.noun.start >= slot.numeral.end:
        return ""
    if slot.frame.low.find("cấp ", slot.segment_start, slot.np_end) < 0:
        return ""  # most numbers stand beside no tier
    tagged = slot.frame.scan.tagged
    near = [
        *tagged.between(slot.numeral.end, slot.np_end),
        *tagged.between(slot.segment_start, slot.numeral.start)[::-1],
    ]
    return next((cue.entry.tier for cue in near if cue.entry.tier), "")
