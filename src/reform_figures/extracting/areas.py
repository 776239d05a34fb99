"""Areas and tiers: whose figure it is.

In: a `Slot` whose unit and subject are known. Out: candidates (rule, (area, tier)), best first.
"các bộ, ngành là 5.510 người và địa phương là 73.547 người" (5,510 in ministries, 73,547 in the localities): the
scope named nearest to the left holds until another replaces it, over semicolons too; where none is named, the
article's own home holds ("toàn tỉnh", "cả nước").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reform_figures.extracting.article import Frame
from reform_figures.extracting.homes import is_venue
from reform_figures.extracting.lexicon import concept_bits
from reform_figures.extracting.scanning import UPPER, Cue
from reform_figures.extracting.slot import Slot

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
    (re.compile(rf"(?<!\w)(?:[Xx]ã|[Pp]hường|[Tt]hị trấn) [{UPPER}1-9]"), "commune"),
    (re.compile(rf"(?<!\w)(?:[Hh]uyện|[Qq]uận|[Tt]hị xã) [{UPPER}1-9]"), "district"),
)
_MEETING = re.compile(r"hội\s+nghị|cuộc\s+họp|phiên\s+họp|tổ\s+chức|diễn\s+ra|điểm\s+cầu")
_OWN = ("electronic_document", "staff_appointed", "staff_trained", "staff_disciplined", "disbursement")
_OTHERS_WORK = ("NATIONAL", "VN", "VN-central", "VN-local", "LOCAL")
_CENTRAL_SUBJECTS = {"general_department", "department"}
_OF = re.compile(
    r"(?:của|ở|tại|thuộc|trong|về|do|trên\s+địa\s+bàn|các|cho|cấp)\s+(?:các\s+|khối\s+|cơ\s+quan\s+|cấp\s+)?\Z"
)
_COUNTED_BODIES = ("locality", "ministry")
_COMPARED_WITH = re.compile(
    r"(?<!\w)(?:so\s+v[ớờ]i|hơn|bằng|kém)\s+(?:[^\W\d]+\.?\s+){0,4}\Z|(?<!\w)lần\s+(?:[^\W\d]+\s+){0,5}\Z"
)
# "Bộ" alone, with its capital, is the ministry that speaks; "Bộ Tài chính" is another, "Bộ chỉ số" a set of indices
_OWN_HOUSE = re.compile(
    rf"(?<!\w)(?:cơ quan |của |thuộc |tại |ở )?Bộ(?!\s+(?:[{UPPER}]|trưởng|máy|phận|chỉ|luật|thủ|tiêu|đội|dữ|tài|mã|hồ|"
    r"câu|quy))(?=[\s,])"
)
_ASKED = re.compile(r"(?<!\w)(?:kiến\s+nghị|đề\s+nghị|xin)\s+(?:[^\W\d]+\s+)?\Z")
_LEADS = re.compile(r"(?:dẫn\s+đầu|đứng\s+đầu|nhất|(?:quy\s+định|chế\s+độ|chính\s+sách)\s+(?:chung\s+)?của)\s+\Z")
_ASSIGNS = re.compile(r"\s+(?:giao|hỗ\s+trợ|phân\s+bổ|quy\s+định|yêu\s+cầu)(?!\w)")
_HEADS = re.compile(r"(?:(?:tại|ở|riêng|như|còn|đơn\s+cử|ví\s+dụ|tỉnh|thành\s+phố|tp\.?|là)[\s,:]*)*")
# "thành phố giảm 1.473 biên chế": the city just named, not one that is counted
_ITS_OWN = re.compile(
    r"(?:^|[,;.:]\s*)(?:tỉnh|thành\s+phố|tp|địa\s+phương)\s+(?:đã|có|giảm|tăng|còn|được|đang|cũng|sẽ|hiện|tiết\s+kiệm|bớt|bố\s+trí|chỉ|mới)(?!\w)"
)
_ALTOGETHER = re.compile(r"(?<!\w)(?:tổng|cộng|chung)(?!\w)")
_ATTRIBUTED = re.compile(r"(?<!\w)(?:theo|tổng\s+hợp|số\s+liệu|báo\s+cáo|thống\s+kê)\s")
_GOES_ON = re.compile(
    r"(?:trong\s+(?:đó|số)|kết\s+quả|theo\s+đó|riêng|cụ\s+thể|cùng\s+thời\s+gian|như\s+vậy|ngoài\s+ra|số\s+còn\s+lại|đồng\s+thời)"
)
_ITSELF = ("NATIONAL", "HOMEBODY")
_AT_PLACE = re.compile(r"(?:tại|ở)\s*\Z")
_PREPOSED = re.compile(r"(?:của|ở|tại|thuộc|trong|trên|cả\s+nước|toàn)(?!\w)")
_SPOKE = re.compile(
    r"\s*(?:cho\s+(?:biết|rằng|hay)|báo\s+cáo|thống\s+kê|tổ\s+chức|công\s+bố|phối\s+hợp|đề\s+nghị|yêu\s+cầu|giao|ban\s+hành|"
    r"phê\s+duyệt|chỉ\s+đạo|trình\s+bày|nhận\s+định|đánh\s+giá|lý\s+giải|thông\s+tin|quyết\s+định|ghi\s+nhận|vừa|đã\s+(?:ban\s+hành|tổ\s+chức|trình|phê\s+duyệt|tham\s+mưu))"
)
_ACCORDING = re.compile(
    r"(?:theo|báo\s+cáo\s+(?:của|từ)|số\s+liệu\s+(?:của|từ)|thống\s+kê\s+của|tổng\s+hợp\s+(?:của|từ)|thủ\s+trưởng|bộ\s+trưởng|đại\s+diện|lãnh\s+đạo|của\s+thủ\s+tướng)\s+(?:\w+\s+)?\Z"
)


def area_candidates(slot: Slot) -> Iterator[tuple[str, tuple[str, str | None]]]:
    home = slot.frame.home
    body = home == "MOHA" or home.startswith("ORG:")
    if body and (slot.theme in _OWN_THEMES or slot.subject in _OWN):
        near = slot.frame.scan.areas.between(slot.segment_start, slot.numeral.start)
        others = [c for c in near if c.entry.area[1] in _OTHERS_WORK]
        if not others or not home.startswith("ORG:"):
            yield "own_work", (home, "central")
    if body and slot.unit not in ("locality", "ministry") and _speaks_of_own_house(slot):
        yield "own_house", (home, "central")
    if slot.subject == "base_salary":
        yield "one_for_the_country", ("VN", None)
    if slot.status == "target" and home.startswith("VN-"):
        named = [c.entry.area[1] for c in slot.left_areas if c.entry.area[1] in ("NATIONAL", "HOMEBODY", "HOME")]
        if named and named[-1] == "NATIONAL":
            yield "national_target", _with_tier(("VN", None), slot)
    if (named := _before_bracket(slot)) is not None and (resolved := _resolve(named, home, slot)) is not None:
        yield "before_bracket", _with_tier(resolved, slot)
    if len(slot.left_areas) > 2 and _is_list_of_provinces(slot):
        yield "several_provinces", _with_tier(("VN-local", None), slot)
    for rule, cue in _mentions(slot):
        resolved = _resolve(cue, home, slot)
        if resolved is not None:
            yield f"{rule}_{cue.entry.form.strip().replace(' ', '_')}", _with_tier(resolved, slot)
    unit, subject = slot.unit, slot.subject
    if home.startswith("VN-"):
        clause = slot.frame.text[slot.clause_start : slot.numeral.start]
        for pattern, tier in _NAMED_TIER:
            if pattern.search(clause):
                yield f"named_{tier}", (home, tier)
    if home in ("VN", "MOHA") and unit not in ("locality", "ministry") and _ITS_OWN.search(slot.left):
        if (topic := _topic(slot)) is not None:
            yield "province_spoken_of", _with_tier((topic, None), slot)
    if unit == "ministry":
        yield "unit_ministry", ("VN-central", "central")
    if unit == "locality" and home in ("VN", "MOHA"):
        yield "unit_locality", ("VN-local", "province")
    national = "VN" if home in ("VN", "MOHA") else home
    if home in ("VN", "MOHA") and subject in _CENTRAL_SUBJECTS:
        yield "subject_central", ("VN-central", "central")
    if home in ("VN", "MOHA") and subject in _LOCAL_SUBJECTS:
        yield "subject_local", _with_tier(("VN-local", None), slot)
    before = slot.in_sentence
    if before is not None and unit not in ("locality", "ministry"):
        tier = slot.frame.home_tier if before.area == home else None
        yield "carried", _with_tier((before.area, tier), slot)
    if home.startswith("ORG:"):
        yield "home_body", (home, "central")
    yield "home", _with_tier((national, slot.frame.home_tier), slot)


def _speaks_of_own_house(slot: Slot) -> bool:
    """True where a ministry calls itself "Bộ" as the body that the number is of: "Bộ được giao 612 biên chế"."""
    frame = slot.frame
    own = [m.end() for m in _OWN_HOUSE.finditer(frame.text, slot.sentence[0], slot.numeral.start)]
    scoped = [c.end for c in slot.left_areas if c.entry.area[1] not in _ITSELF and c.entry.area[0] != "body"]
    return bool(own) and (not scoped or own[-1] > scoped[-1])


def _before_bracket(slot: Slot) -> Cue | None:
    """The body or province in "Bộ Khoa học và Công nghệ (78,72%)"."""
    frame, start = slot.frame, slot.segment_start
    if frame.text[start - 1 : start] != "(":
        return None
    end = start - 1 - frame.text[max(0, start - 2) : start - 1].isspace()
    names = [c for c in frame.scan.areas.between(max(0, end - 80), end) if c.end == end]
    if not names or names[-1].entry.area[1] in ("NATIONAL", "HOMEBODY"):
        return None
    return None if slot.unit == "rank" and names[-1].entry.area[0] == "scope" else names[-1]


def _is_list_of_provinces(slot: Slot) -> bool:
    """True where several names stand for one sum: "Đồng Nai, An Giang và Tiền Giang với tổng số 7.336"."""
    names = [c for c in slot.left_areas if c.start >= slot.clause_start and c.entry.area[0] == "province"]
    return len({c.entry.area[1] for c in names}) > 2 and _ALTOGETHER.search(slot.segment) is not None


def _mentions(slot: Slot) -> Iterator[tuple[str, Cue]]:
    """Named scopes, best first: in the noun phrase, left in the segment, clause and sentence, then before it."""
    frame = slot.frame
    if slot.unit in ("locality", "ministry"):
        yield from _unit_names(slot)
    numeral_end, ranks = slot.numeral.end, slot.unit == "rank"
    for cue in frame.scan.areas.between(numeral_end, slot.np_end) if slot.passage.areas else ():
        if not _belongs(frame, cue) or (ranks and cue.entry.area[0] == "scope"):
            continue
        if _COMPARED_WITH.search(frame.low[numeral_end : cue.start]):
            break
        beside = frame.low[slot.noun_end : cue.start].isspace() or _PREPOSED.match(frame.low, cue.start)
        if beside or _OF.search(frame.low[max(0, cue.start - 24) : cue.start]):
            yield "noun_phrase", cue
            break
    if slot.left_areas:
        ordered = _in_turn(slot)
        if ordered is not None:
            yield "in_turn", ordered
    if slot.left_areas or slot.passage.in_table:
        yield from _mentions_left(slot)
    if slot.previous is not None and slot.previous.numeral.start >= slot.passage.line.start:
        yield from _mentions_before(slot, slot.previous)
    for cue in reversed(slot.passage.in_head(frame.scan.areas)):
        if _belongs(frame, cue) and cue.entry.area[1] not in _ITSELF:
            yield "list_head", cue


def _mentions_left(slot: Slot) -> Iterator[tuple[str, Cue]]:
    """Named scopes left in the segment, in the cells of a table, in the clause and in the sentence."""
    frame, ranks = slot.frame, slot.unit == "rank"
    compares = slot.measure in ("change", "fold") and not ranks
    left, cells = slot.left_areas, slot.in_cells(frame.scan.areas)
    for rule, cues, floor in (
        ("segment", left, slot.segment_start),
        ("cell", cells, 0),
        ("clause", left, slot.clause_start),
        ("sentence", left, 0),
    ):
        for cue in reversed(cues):
            if cue.start < floor:
                break
            kind, code, _ = cue.entry.area
            if code in _ITSELF or not _belongs(frame, cue):
                continue
            if ranks and kind == "scope":
                continue  # "thứ 18/63 tỉnh" is the place of one province among them
            if rule != "segment" and _of_earlier(slot, cue):
                continue
            if compares and _COMPARED_WITH.search(frame.low[slot.sentence[0] : cue.start]):
                continue  # "so với cả nước, tỷ lệ của tỉnh thấp hơn 2,45 điểm"
            if slot.unit == "locality" and kind == "province":
                continue  # provinces are counted: not those of the one named before
            yield rule, cue


def _mentions_before(slot: Slot, before: Slot) -> Iterator[tuple[str, Cue]]:
    """Scopes named between the figure before and this sentence, where both are about the same."""
    frame = slot.frame
    cues = frame.scan.areas.between(max(slot.passage.line.start, before.sentence[0]), slot.sentence[0])
    if cues and (before.subject == slot.subject or _GOES_ON.match(slot.left[:30])):
        for cue in reversed(cues):
            if cue.entry.area[1] not in _ITSELF and _belongs(frame, cue) and not _of_earlier(slot, cue):
                yield "sentence_before", cue


def _of_earlier(slot: Slot, cue: Cue) -> bool:
    """True of a scope in the noun phrase of an earlier figure: "301 thủ tục cấp huyện" confines that one only."""
    before = slot.previous
    while before is not None and before.numeral.start > cue.start - 200:
        if before.numeral.end <= cue.start < before.np_end:
            return True
        before = before.previous
    return False


def _unit_names(slot: Slot) -> Iterator[tuple[str, Cue]]:
    for cue in slot.left_areas[::-1]:
        if cue.start >= slot.clause_start and cue.entry.area[1] == "VN" and cue.entry.form in ("cả nước", "toàn quốc"):
            yield "all_of_them", cue
    noun = slot.noun
    if noun is not None and noun.entry.area:
        yield "unit", noun


def _in_turn(slot: Slot) -> Cue | None:
    """ "Quảng Ninh, Hải Phòng, Hà Nội, ... lần lượt là 92,18%, 91,87% và 91,43%": the n-th name to the n-th number."""
    frame = slot.frame
    turn = frame.low.rfind("lần lượt", slot.sentence[0], slot.numeral.start)
    if turn < 0:
        return None
    names = [
        c
        for c in slot.left_areas
        if slot.clause_start <= c.start < turn
        and c.entry.area[0] in ("province", "body", "scope")
        and c.entry.area[1] not in ("NATIONAL", "HOMEBODY", "HOME")
    ]
    if len(names) < 2 and slot.clause_start > slot.sentence[0]:
        return None
    named = [c for c in names if c.entry.area[0] != "scope"]
    names = named if len(named) > 1 else names
    rank, before = 0, slot.in_sentence
    while before is not None and before.numeral.start > turn:
        rank, before = rank + 1, before.in_sentence
    return names[rank] if len(names) > 1 and rank < len(names) else None


def _belongs(frame: Frame, cue: Cue) -> bool:
    """False for a name that only says who spoke, or where the meeting was."""
    kind = cue.entry.area[0]
    if kind == "scope":
        if _ASKED.search(frame.low[max(0, cue.start - 24) : cue.start]):
            return False
        if _LEADS.search(frame.low[max(0, cue.start - 16) : cue.start]) or _ASSIGNS.match(frame.low, cue.end):
            return False  # "dẫn đầu cả nước" ranks, "Trung ương giao 2.087 biên chế" tells who assigned
        lead = frame.low[frame.separator_before(cue.start, max(0, cue.start - 120)) : cue.start]
        return not (_ATTRIBUTED.search(lead) and frame.separator_after(cue.end, cue.end + 40) < cue.end + 40)
    if is_venue(frame, cue) and frame.home != cue.entry.area[1]:
        start, end = frame.scan.sentences[frame.scan.sentence_at(cue.start)]
        if cue.start - start < 5 and not _MEETING.search(frame.low, start, end):
            return True  # "Ở Hà Nội, 9 tháng ... đạt 82,4%"
        return bool(_AT_PLACE.search(frame.low[max(0, cue.start - 5) : cue.start])) and cue.start > frame.opening[1]
    if kind == "body" and (
        _SPOKE.match(frame.low, cue.end) or _ACCORDING.search(frame.low[max(0, cue.start - 30) : cue.start])
    ):
        return False
    return True


def _resolve(cue: Cue, home: str, slot: Slot) -> tuple[str, str | None] | None:
    kind, code, tier = cue.entry.area
    if home.startswith("ORG:") and code == "VN" and cue.entry.form.startswith(("từ", "cả hệ thống", "toàn hệ thống")):
        return None  # "từ Trung ương đến địa phương": all levels of the body itself
    if home.startswith("ORG:") and code in ("LOCAL", "VN-local", "VN-central") and slot.unit not in _COUNTED_BODIES:
        if code != "VN-central" or "bộ" not in cue.entry.form:
            return None  # its own offices "ở trung ương", "cấp tỉnh"
    provincial = home.startswith("VN-") and home not in ("VN-local", "VN-central")
    if kind == "province":
        return code, None
    if kind == "body":
        if code == "MOHA" and home != "MOHA":
            return None if not slot.segment.rstrip().endswith(cue.entry.form.strip()) else ("MOHA", "central")
        return code, "central"
    if code == "HOME":
        if provincial:
            return home, slot.frame.home_tier
        named = _province_told(slot, cue.start)  # "toàn tỉnh" in a national article: the province just named
        return (named, None) if named else None
    if code == "LOCAL":
        return (home if provincial else _topic(slot) or "VN-local"), tier or None
    if code == "VN-local":
        if not provincial:
            one = cue.entry.form.strip() == "địa phương" and slot.unit != "locality"
            return (one and _topic(slot)) or code, (tier or None)
        return (
            (home, None)
            if cue.entry.form.strip() in ("địa phương", "các địa phương", "ở địa phương", "tại địa phương")
            else ("VN-local", tier or None)
        )
    if code == "VN-central":
        return code, "central"
    return (code, tier or None) if code == "VN" else None


def _province_told(slot: Slot, at: int) -> str | None:
    """Code of the last province that the paragraph names before `at`, None where it names none."""
    told = slot.frame.scan.areas.between(slot.frame.paragraph_start(at), at)
    return next((c.entry.area[1] for c in reversed(told) if c.entry.area[0] == "province"), None)


def _topic(slot: Slot) -> str | None:
    """The province that a national article speaks of here: named in the sentence, or at the head of one before it in
    the paragraph ("Tại Bình Phước, ...", "Nghệ An là một ví dụ: ..."); None once it has turned to the country again."""
    frame, start = slot.frame, slot.frame.paragraph_start(slot.numeral.start)
    for cue in reversed(frame.scan.areas.between(start, slot.numeral.start)):
        kind, code, _ = cue.entry.area
        if (kind == "scope" and code in ("VN", "VN-central")) or (code == "VN-local" and "các" in cue.entry.form):
            return None
        if kind != "province":
            continue
        opening = frame.scan.sentences[frame.scan.sentence_at(cue.start)][0]
        if opening == slot.sentence[0] or _HEADS.fullmatch(frame.low[opening : cue.start]):
            return code
    return None


def _with_tier(area: tuple[str, str | None], slot: Slot) -> tuple[str, str | None]:
    code, tier = area
    if code in ("VN-central", "MOHA") or code.startswith("ORG:"):
        return code, "central"
    if slot.unit == "locality" and slot.frame.low.startswith(" cấp huyện", slot.noun_end):
        return code, "district"
    if slot.unit == "locality" and code in ("VN-local", "VN"):
        return "VN-local", "province"
    noun = slot.noun
    if noun is not None and noun.entry.concepts & _TIERED:
        return code, next(_TIER_OF_TAG[t] for t in noun.entry.tags if t in _TIER_OF_TAG)
    if noun is not None and noun.entry.concepts & _DEPARTMENTS and slot.numeral.kind == "fraction":
        return code, "province"  # "14/19 sở" are counted as actors
    own = _TIER_OF_SUBJECT.get(slot.subject)
    return code, tier or (own if own != "central" else None)
