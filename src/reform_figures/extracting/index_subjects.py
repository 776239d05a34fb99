"""Subjects of indices: a province's own index of its departments and districts, and the surveys behind an index.

In: a `Slot` whose unit is known, and the subject that the rows of `subject_rules.csv` would give. Out: a candidate
(rule, subject), or None. PAR INDEX is the index of the Ministry of Home Affairs; "chỉ số cải cách hành chính của các
sở" (the reform index of the departments) is one that a province draws up itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reform_figures.extracting.lexicon import concept_bits

if TYPE_CHECKING:
    from reform_figures.extracting.article import Frame
    from reform_figures.extracting.slot import Slot

# Every branch of these patterns starts with a letter, not with a look behind it: `re` looks for such letters quickly.
_SCORED = (
    r"(?:các\s+sở|khối\s+sở|sở,|sở\s+và|cơ\s+quan,|các\s+cơ\s+quan|quận,\s+huyện|huyện,|cấp\s+huyện|các\s+huyện|"
    r"các\s+phường,\s+xã|phường,\s+xã|các\s+xã,\s+phường|xã,\s+phường|các\s+đơn\s+vị)"
)
_SCORING = re.compile(
    r"(?:chỉ\s+số|điểm|chấm\s+điểm|đánh\s+giá|xếp\s+hạng|xếp\s+loại|chấm)\s+(?:công\s+tác\s+|kết\s+quả\s+|về\s+)*"
    r"(?:cải\s+cách\s+hành\s+chính|cchc|giải\s+quyết\s+thủ\s+tục|chuyển\s+đổi\s+số)"
    rf"(?:[^.;]{{0,50}}(?<!\w)(?:của|cho|đối\s+với|với|giữa|ở|khối)\s+(?:cả\s+)?{_SCORED}|"
    rf"\s+{_SCORED}|[^.;]{{0,40}}:[^.;]{{0,30}}{_SCORED})"
)
_BY_ITSELF = r"\s+(?:[^\W\d]+\s+){0,3}tự\s+(?:chấm|xây\s+dựng|đánh\s+giá)"
_OWN_SCORES = re.compile(
    rf"xếp\s+hạng\s+nội\s+bộ|bộ\s+chỉ\s+số\s+(?:nội\s+bộ|riêng)|tỉnh{_BY_ITSELF}|thành\s+phố{_BY_ITSELF}"
)
_WERE_SCORED = re.compile(rf"{_SCORED}[^.;]{{0,60}}được\s+(?:đánh\s+giá,\s+)?(?:chấm|xếp)\s+(?:điểm|hạng|loại)")
_THE_INDEX = re.compile(r"par\s?index|bộ\s+nội\s+vụ\s+(?:công\s+bố|thẩm\s+định)|/63")
_OTHER_INDEX = re.compile(r"(?<!\w)(?:sipas|papi|pci|dti)(?!\w)")
_BODIES_SCORED = re.compile(
    r"(?<!\w)(?:xếp\s+hạng|xếp\s+loại|được\s+chấm|chấm\s+điểm|xuất\s+sắc|loại\s+(?:tốt|khá)|nhóm\s+(?:tốt|khá|trung\s+bình)|"
    r"đạt\s+yêu\s+cầu|mức\s+trung\s+bình|trên\s+mốc|đạt\s+trên|được\s+đánh\s+giá|đánh\s+giá)(?!\w)"
)
_SCORES = ("rank", "point", "percent", "percentage_point")
_BODIES = ("organisation", "admin_unit", "locality")
_SCORE_SUBJECTS = ("par_index", "sipas", "other", "district_unit", "provincial_department", "commune_unit", "division")
_BODY_SUBJECTS = (
    *("par_index", "other", "organisation_other", "provincial_department", "public_service_unit"),
    *("admin_unit_other", "district_unit", "commune_unit"),
)
_ASKED_UNITS = ("person", "other", "document", "service")
_ASKING = ("kiến", "khảo", "phỏng", "hỏi", "tra", "phiếu")
"""Words without which nobody is asked: looked for before the pattern, because few sentences have one."""

_ASKED = re.compile(
    r"(?<!\w)(?:(?:lấy|hỏi|thăm\s+dò)\s+ý\s+kiến|(?:tham\s+gia|trả\s+lời)\s+(?:khảo\s+sát|phỏng\s+vấn|điều\s+tra)|"
    r"được\s+(?:hỏi|khảo\s+sát|phỏng\s+vấn)|điều\s+tra\s+xã\s+hội\s+học|điều\s+tra[^.;]{0,20}\s+hỏi|phiếu\s+trả\s+lời)(?!\w)"
)
_INDICES = (("parindex", "par_index"), ("sipas", "sipas"), ("papi", "papi"), ("pci", "pci"))
_INDEX_BITS = tuple((concept_bits([tag]), subject) for tag, subject in _INDICES)
_NAMED = frozenset(subject for _, subject in _INDICES)
_ANY_INDEX = concept_bits([*(tag for tag, _ in _INDICES), "dti"])
_COUNTED = re.compile(r"\s+(?:số\s+|các\s+)?(?:xã|phường|thị\s+trấn|huyện|quận|sở|cơ\s+quan|đơn\s+vị)(?!\w)")


def find_own_indices(frame: Frame) -> tuple[bool, list[int]]:
    """Whether the opening speaks of a province's own index, and where the article does; nothing without such a word."""
    if not any(word in frame.low for word in ("cải cách hành chính", "cchc", "chấm điểm", "xếp loại")):
        return False, []
    low, places = frame.low, []
    for line in frame.lines:
        if line.role != "furniture":
            start, end = line.start, line.end
            places += [m.start() for pattern in (_SCORING, _OWN_SCORES) for m in pattern.finditer(low, start, end)]
            if low.find("được", start, end) >= 0:
                places += [m.start() for m in _WERE_SCORED.finditer(low, start, end)]
    return any(at < frame.opening[1] for at in places), places


def own_index(slot: Slot, subject: str) -> tuple[str, str] | None:
    """index_other for the scores of a province's own departments and districts, and for how many were scored."""
    frame, unit, before = slot.frame, slot.unit, slot.previous
    scores = unit in _SCORES and subject in _SCORE_SUBJECTS
    if not scores and not (unit in _BODIES and subject in _BODY_SUBJECTS):
        return None
    if not frame.home.startswith("VN-") or frame.home in ("VN-local", "VN-central"):
        return None
    opens, places = frame.own_indices
    start, end = slot.paragraph_start, slot.sentence[1]
    near = any(start <= at < end for at in places)
    if not (opens or near) or _THE_INDEX.search(frame.low, start, end):
        return None
    if scores and _OTHER_INDEX.search(slot.passage.low):
        return None  # "Chỉ số hài lòng (SIPAS) đạt 81,96%": the one that the ministry measures
    if scores and _COUNTED.match(frame.low, slot.numeral.end):
        return None  # "100% xã có tổ" is a share of communes, not their score
    if scores:
        return ("own_index", "index_other") if subject != "other" or near else None
    if before is not None and before.rules["subject"] == "own_index" and before.unit in _BODIES:
        if before.numeral.start >= slot.passage.line.start:
            return "own_index", "index_other"
    return ("own_index", "index_other") if _BODIES_SCORED.search(frame.low, *slot.sentence) else None


def asked_for_index(slot: Slot) -> tuple[str, str] | None:
    """The index for which people were asked: named in the sentence, in the paragraph so far, or in the headline."""
    low = slot.passage.low
    if slot.unit not in _ASKED_UNITS or not any(word in low for word in _ASKING) or not _ASKED.search(low):
        return None
    frame, at = slot.frame, slot.numeral.start
    for cues in (
        reversed(frame.scan.tagged.between(slot.paragraph_start, at)),
        frame.scan.tagged.between(at, slot.sentence[1]),
        frame.scan.tagged.between(*frame.title_span),
    ):
        for cue in cues:
            if (subject := _named_in(cue.entry.concepts)) is not None:
                return "asked_for_index", subject
    return None


def index_before(slot: Slot) -> str | None:
    """The named index of which "chỉ số thành phần" is a part: the last one named in the paragraph, that of the figure
    before, or the one of the headline ("với chỉ số 91,43%" in an article on PAR INDEX)."""
    scan, start, before = slot.frame.scan, slot.paragraph_start, slot.previous
    for cue in reversed(scan.tagged.between(start, slot.numeral.start)):
        if cue.entry.concepts & _ANY_INDEX:
            return _named_in(cue.entry.concepts)
    while before is not None and before.numeral.start >= start:
        if before.subject in _NAMED:
            return before.subject
        before = before.previous
    return _named_in(scan.concepts(*slot.frame.title_span))


def _named_in(concepts: int) -> str | None:
    return next((subject for bits, subject in _INDEX_BITS if bits & concepts), None)
