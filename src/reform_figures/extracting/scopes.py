"""Scopes: the provinces, bodies and wider scopes named near a number, nearest in meaning first.

In: a `Slot` whose unit and subject are known. Out: (rule, cue). In "Tại địa phương giảm 711 tổ chức phòng" (the
localities shed 711 divisions) it is "tại địa phương"; a name that only tells who spoke, or where a meeting was, is
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reform_figures.extracting.article import Frame
from reform_figures.extracting.homes import ONE_OF_THEM, is_venue
from reform_figures.extracting.lexicon import concept_bits
from reform_figures.extracting.scanning import Cue
from reform_figures.extracting.slot import Slot
from reform_figures.extracting.subject_context import LEFT_OUT

_MEETING = re.compile(r"hội\s+nghị|cuộc\s+họp|phiên\s+họp|tổ\s+chức|diễn\s+ra|điểm\s+cầu")
_OF = re.compile(
    r"(?:của|ở|tại|thuộc|trong|về|do|trên\s+địa\s+bàn|các|cho|cấp)\s+(?:các\s+|khối\s+|cơ\s+quan\s+|cấp\s+)?\Z"
)
_COMPARED_WITH = re.compile(
    r"(?<!\w)(?:so\s+v[ớờ]i|hơn|bằng|kém)\s+(?:[^\W\d]+\.?\s+){0,4}\Z|(?<!\w)lần\s+(?:[^\W\d]+\s+){0,5}\Z"
)
_ASKED = re.compile(r"(?<!\w)(?:kiến\s+nghị|đề\s+nghị|xin)\s+(?:[^\W\d]+\s+)?\Z")
_LEADS = re.compile(
    r"(?:(?:dẫn\s+đầu|đứng\s+đầu|đầu\s+bảng|chót|cuối|nhất)\s+(?:trong\s+(?:số\s+)?)?|(?:quy\s+định|chế\s+độ|chính\s+sách)\s+(?:chung\s+)?của\s+)\Z"
)
_ASSIGNS = re.compile(r"\s+(?:(?:đã|vừa|sẽ)\s+)?(?:giao|bổ\s+sung|hỗ\s+trợ|phân\s+bổ|quy\s+định|yêu\s+cầu)(?!\w)")
_ATTRIBUTED = re.compile(r"(?<!\w)(?:theo|tổng\s+hợp|số\s+liệu|báo\s+cáo|thống\s+kê)\s")
_GOES_ON = re.compile(
    r"(?:trong\s+(?:đó|số)|kết\s+quả|theo\s+đó|riêng|cụ\s+thể|cùng\s+thời\s+gian|như\s+vậy|ngoài\s+ra|số\s+còn\s+lại|"
    r"đồng\s+thời)"
)
_ONE_STOP = concept_bits(["onestop"])
ITSELF = ("NATIONAL", "HOMEBODY")
"""Scopes that tell who speaks, and confine no number."""
_MORE_LEVELS = re.compile(r"\s*(?:,|và|trở)\s*(?:cấp|lên|xuống|các|ubnd|huyện|xã)")
_COUNTED_ALIKE = {("locality", "province"), ("ministry", "body")}
_AT_PLACE = re.compile(r"(?:tại|ở)\s*\Z")
_PREPOSED = re.compile(r"(?:của|ở|tại|thuộc|trong|trên|cả\s+nước|toàn)(?!\w)")
_SPOKE = re.compile(
    r"\s*(?:cho\s+(?:biết|rằng|hay)|báo\s+cáo|thống\s+kê|tổ\s+chức|công\s+bố|phối\s+hợp|đề\s+nghị|đề\s+xuất|kiến\s+nghị|ước\s+tính|"
    r"yêu\s+cầu|giao|"
    r"ban\s+hành|"
    r"phê\s+duyệt|chỉ\s+đạo|trình\s+bày|nhận\s+định|đánh\s+giá|lý\s+giải|thông\s+tin|quyết\s+định|ghi\s+nhận|vừa|"
    r"đã\s+(?:ban\s+hành|tổ\s+chức|trình|phê\s+duyệt|tham\s+mưu))"
)
_ACCORDING = re.compile(
    r"(?:theo|(?:bản\s+tin|công\s+bố|thông\s+tin)\s+(?:của|từ)|báo\s+cáo\s+(?:của|từ)|số\s+liệu\s+(?:của|từ)|thống\s+kê\s+của|tổng\s+hợp\s+(?:của|từ)|thủ\s+trưởng|"
    r"(?:định\s+mức|quy\s+định|hướng\s+dẫn|tiêu\s+chuẩn)\s+của|bộ\s+trưởng|đại\s+diện|lãnh\s+đạo|của\s+thủ\s+tướng)\s+(?:\w+\s+)?\Z"
)


def find_mentions(slot: Slot) -> Iterator[tuple[str, Cue]]:
    """Named scopes, best first: in the noun phrase, left in the segment, clause and sentence, then before it."""
    frame = slot.frame
    if slot.unit in ("locality", "ministry"):
        yield from _unit_names(slot)
    numeral_end, ranks = slot.numeral.end, slot.unit == "rank"
    for cue in frame.scan.areas.between(numeral_end, slot.np_end) if slot.passage.areas else ():
        if not _belongs(frame, cue) or (ranks and cue.entry.area_kind == "scope"):
            continue
        if slot.rules["subject"] == "amounts_to" or _COMPARED_WITH.search(frame.low[numeral_end : cue.start]):
            break  # "7.336 người, bằng 38,6% tổng số của cả nước" is the share of those before
        joint = frame.low[slot.noun_end : cue.start]
        beside = joint.isspace() or (ranks and joint == " là ") or _is_level_of(frame, cue)
        if beside or _PREPOSED.match(frame.low, cue.start) or _OF.search(frame.low[max(0, cue.start - 24) : cue.start]):
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
        if _belongs(frame, cue) and cue.entry.area not in ITSELF:
            yield "list_head", cue
    section = slot.passage.heading_of_all
    for cue in frame.scan.areas.between(*section) if section[0] > frame.title_span[1] else ():
        if cue.entry.area_kind == "scope" and cue.entry.area not in ITSELF and _belongs(frame, cue):
            if cue.entry.concepts & _ONE_STOP:
                continue
            yield "heading", cue  # "Khối bộ, ngành" over a section; provinces in it are examples


def _is_level_of(frame: Frame, cue: Cue) -> bool:
    """True of the one tier that follows what is counted: "90% hồ sơ công việc cấp huyện", not of one of several."""
    if not cue.entry.form.startswith("cấp ") or _MORE_LEVELS.match(frame.low, cue.end):
        return False
    return not frame.low.endswith(("từ ", "đến ", "tới ", ", ", "và "), 0, cue.start)


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
            kind, code = cue.entry.area_kind, cue.entry.area
            if code in ITSELF or not _belongs(frame, cue):
                continue
            if ranks and kind == "scope":
                continue  # "thứ 18/63 tỉnh" is the place of one province among them
            if (rule != "segment" or _is_ranked_among(slot, cue)) and _of_earlier(slot, cue):
                continue
            if compares and _COMPARED_WITH.search(frame.low[slot.sentence[0] : cue.start]):
                continue  # "so với cả nước, tỷ lệ của tỉnh thấp hơn 2,45 điểm"
            if (slot.unit, kind) in _COUNTED_ALIKE:
                continue  # provinces are counted: not those of the one named before
            yield rule, cue


def _mentions_before(slot: Slot, before: Slot) -> Iterator[tuple[str, Cue]]:
    """Scopes named between the figure before and this sentence, where both are about the same."""
    frame = slot.frame
    cues = frame.scan.areas.between(max(slot.passage.line.start, before.sentence[0]), slot.sentence[0])
    if cues and (before.subject == slot.subject or _GOES_ON.match(slot.left[:30])):
        several = len({c.entry.area_tier for c in cues if c.entry.area_kind == "scope" and c.entry.area_tier}) > 1
        for cue in reversed(cues):
            if cue.entry.area in ITSELF or (slot.unit, cue.entry.area_kind) in _COUNTED_ALIKE:
                continue
            if several and cue.entry.area_tier and before.in_sentence is not None:
                continue  # "cấp huyện đạt 51,9%, cấp xã 44%" told each tier in turn: none of them holds on
            if _belongs(frame, cue) and not _of_earlier(slot, cue):
                yield "sentence_before", cue


def _is_ranked_among(slot: Slot, cue: Cue) -> bool:
    """True of the provinces of a rank: "thứ 5/63 tỉnh, thành phố với 45,3 điểm" gives the points of one of them."""
    before = slot.in_sentence
    return before is not None and before.unit == "rank" and cue.start - before.numeral.end < 2


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
        if cue.start >= slot.clause_start and cue.entry.area == "VN" and cue.entry.form in ("cả nước", "toàn quốc"):
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
        and c.entry.area_kind in ("province", "body", "scope")
        and c.entry.area not in ("NATIONAL", "HOMEBODY", "HOME")
    ]
    if len(names) < 2 and slot.clause_start > slot.sentence[0]:
        return None
    named = [c for c in names if c.entry.area_kind != "scope"]
    names = named if len(named) > 1 else names
    rank, before = 0, slot.in_sentence
    while before is not None and before.numeral.start > turn:
        rank, before = rank + 1, before.in_sentence
    return names[rank] if len(names) > 1 and rank < len(names) else None


def _belongs(frame: Frame, cue: Cue) -> bool:
    """False for a name that only says who spoke, or where the meeting was."""
    known = frame.belonging.get(cue.start)  # several figures ask for the same name
    if known is None:
        known = frame.belonging[cue.start] = _confines(frame, cue)
    return known


def _confines(frame: Frame, cue: Cue) -> bool:
    kind = cue.entry.area_kind
    if kind == "scope":
        before = frame.low[max(0, cue.start - 24) : cue.start]
        if ("nghị" in before or "xin" in before) and _ASKED.search(before):
            return False
        if ("chưa" in before or "không" in before) and LEFT_OUT.search(before):
            return False  # "biên chế công chức (không kể cấp xã)"
        if _LEADS.search(before) or _ASSIGNS.match(frame.low, cue.end):
            return False  # "dẫn đầu cả nước" ranks, "Trung ương giao 2.087 biên chế" tells who assigned
        lead = frame.low[frame.separator_before(cue.start, max(0, cue.start - 120)) : cue.start]
        return not (_ATTRIBUTED.search(lead) and frame.separator_after(cue.end, cue.end + 40) < cue.end + 40)
    if is_venue(frame, cue) and frame.home != cue.entry.area:
        if ONE_OF_THEM.search(frame.low, max(0, cue.start - 14), cue.start):
            return True
        start, end = frame.scan.sentences[frame.scan.sentence_at(cue.start)]
        if cue.start - start < 5 and not _MEETING.search(frame.low, start, end):
            return True  # "Ở Hà Nội, 9 tháng ... đạt 82,4%"
        return bool(_AT_PLACE.search(frame.low[max(0, cue.start - 5) : cue.start])) and cue.start > frame.opening[1]
    if kind == "body" and (
        _SPOKE.match(frame.low, cue.end) or _ACCORDING.search(frame.low[max(0, cue.start - 30) : cue.start])
    ):
        return False
    return True
