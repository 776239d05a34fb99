"""Measures and directions: whether a number is an amount, a part, a difference, a rate of change or a multiple.

In: a `Slot` whose unit and subject are known. Out: candidates (rule, (measure, direction)), best first.
"giảm 140 đơn vị so với năm 2021" is a change down, "(tương ứng giảm 13,53%)" growth down, "còn 895 đơn vị" a level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reform_figures.extracting.lexicon import SILENT, concept_bits
from reform_figures.extracting.slot import Slot

# What may stand between the verb and its number: hedges, short words, a noun phrase without a verb of its own.
_GOVERNED = re.compile(
    r"\s*(?:(?:được|thêm|khoảng|gần|hơn|trên|dưới|tới|đến|ít|nhất|tối|thiểu|đa|là|lại|lần|lượt|sâu|mạnh|nhẹ|thêm|cho|"
    r"xấp|xỉ|bình|"
    r"quân|tương|ứng|không|quá|chừng|một|lũy|kế|đạt|mức|ở|còn|dần|đều|tổng|số|cộng|từ|nhanh|liên|tiếp|về|thứ|bậc|"
    r"hạng|điểm|cả|với)[\s,]+)*"
)
_ITS_LEVEL = re.compile(
    r"(?<!\w)(?:mức|bình\s+quân|trung\s+bình)(?:\s+(?:chung|bình\s+quân|trung\s+bình|là|cả\s+nước))*\s*\Z"
)
_TARGET_BEHIND = re.compile(r"\s+(?:mà|do)\s[^,;.]{2,40}?\s(?:giao|yêu\s+cầu|đặt\s+ra|đề\s+ra)(?!\w)")
_AT_LEVEL = re.compile(r"\s*(?:ở|với)\s+mức\s")
_FROM = re.compile(r"từ\s+(?:mức\s+)?(?:\w+\s+){0,2}\Z")
_FROM_THERE = re.compile(r"\s+từ\s")
_MORE_OR_LESS = re.compile(r"(?:ít|nhiều|cao|thấp)\s+hơn\s[^,;]{0,30}\Z")
_DIGIT = re.compile(r"\d")
_MOVED = re.compile(r"tăng|giảm|trong\s+đó|còn")
_STATE = re.compile(r"(?:^|[^\w])(?:còn|hiện|từ)\s")
_MERGED = re.compile(r"(?<!\w)(?:sáp\s+nhập|hợp\s+nhất|nhập)\s+(?:\w+\s+)?\Z")
_REST = re.compile(r"còn\s+lại")
_PARTS = re.compile(r"trong\s+(?:đó|số)|gồm|riêng|(?<!\w)(?:gánh|chiếm)\s+(?:phần\s+lớn|đa\s+số|chủ\s+yếu)")
_LOST = re.compile(r"(?:mất|bị\s+trừ|hụt)\s+(?:\w+\s+)?\Z")
_FOLD_WORD = re.compile(r"(?:gấp|tăng|giảm|bằng|hơn|cao|nhanh|nhiều)")
_COMPARES = re.compile(r",\s+so\s+với\s+[^,;]{3,50},[^,;\d]*$")
"""A comparison between commas, before what is compared."""
_GAP = re.compile(r"(?<!\w)(?:khoảng\s+cách|cách\s+biệt|chênh\s+lệch|chênh\s+nhau|độ\s+chênh)(?!\w)")
"""Between the first and the last: by the guide a level, a share of nothing."""
_OF_A_PLAN = re.compile(r"\s+(?:so\s+với\s+)?(?:kế\s+hoạch|mục\s+tiêu|chỉ\s+tiêu|số\s+phải)(?!\w)")
_BEYOND = re.compile(
    r"\s*(?<!\w)vượt\s+(?:mức\s+)?((?:kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|dự\s+toán)\s+)?(?:(?:hơn|gần|trên|khoảng|tới|là)\s+)?\Z"
)
_PLAN_BEHIND = re.compile(r"\s+(?:so\s+với\s+)?(?:kế\s+hoạch|mục\s+tiêu|chỉ\s+tiêu|dự\s+toán)(?!\w)")
_SET_BEHIND = re.compile(
    r"\s+(?:[^\W\d]+\s+){0,3}?(?:đề\s+ra|đặt\s+ra|giao|theo\s+(?:nghị\s+quyết|quyết\s+định|kế\s+hoạch))(?!\w)"
)
_RESTATED = re.compile(r"^[^;]{0,80}?(?:\(|,\s*(?:bằng|tương|đạt|tức))[^;]{0,30}\d[\d.,]*\s?%\)?\s*\Z")
_RATE = re.compile(r"(?:tỷ\s+lệ|tỉ\s+lệ|mức|tốc\s+độ)\s+(?:cắt\s+|tinh\s+)?(tăng|giảm)(?!\w)")
_SUFFERED = re.compile(r"(?:được|bị)\s+\Z")
_JOINED = re.compile(
    r"^[^,;.():]*(?:,|\svà)\s+(?:(?:ít\s+nhất|tối\s+thiểu|khoảng|gần|hơn|trên|tới|thêm|trên\s+dưới|xấp\s+xỉ|tối\s+đa|"
    r"dưới|ngót)\s+)?\Z"
)
_OF_ANOTHER = re.compile(r"(?<!\w)(?:hơn|kém)\s+(?!(?:so|năm|cùng|tháng|quý)\s)[^,;(\d]{2,40}\(\s*\Z")
_BY_POLICY = re.compile(r"(?:chế\s+độ|chính\s+sách|diện|giải\s+quyết)\s+\Z")
_STAFF_AS_ONE = re.compile(r"(?<=cán bộ), (?=công chức)|(?<=công chức), (?=viên chức)")
"""The commas of "cán bộ, công chức, viên chức", which is one set phrase."""
_RESTATING = re.compile(
    r"(?:\(|,\s*(?=tương|bằng|đạt|tức|chiếm))\s*(?:tương\s+(?:ứng|đương)(?:\s+với)?|bằng|đạt|tức(?:\s+là)?|chiếm|"
    r"tỷ\s+lệ|tỉ\s+lệ|"
    r"khoảng|hơn|gần|trên|\s)*\Z"
)
_EVENTS = ("staff_appointed", "staff_trained", "staff_disciplined", "staff_resigned")
_CUT = concept_bits(["cut"])
_CUTTABLE = ("person", "post", "organisation", "admin_unit", "procedure", "other")
_MOVED_FROM_AFAR = (*_CUTTABLE, "vnd", "percent")
"""Units that a verb of cutting or adding governs over more words than others."""
_NOT_THEIRS = {
    "vnd": ("tinh giản", "tinh giảm", "thành lập", "giải thể", "sáp nhập", "hợp nhất", "bãi bỏ"),
    "person": ("thành lập",),
}
"""Unit → verbs that cut or add something else."""
_NO_DIRECTION = {
    "task", "document", "legal_document", "dossier", "transaction", "account", "record", "ministry", "locality",
}  # fmt: skip


def governing_verb(slot: Slot) -> tuple[str, str] | None:
    """Direction and move of the verb that governs the numeral, or None."""
    frame, numeral = slot.frame, slot.numeral
    told = frame.scan.directions.between(min(slot.clause_start, slot.segment_start), numeral.start)
    if not told:
        return None
    start = slot.clause_start if _AT_LEVEL.match(slot.segment) else slot.segment_start
    cue = next((c for c in reversed(told) if c.start >= start and c.entry.move != SILENT), None)
    if cue is None:
        return None
    if cue.entry.word == "thêm":  # "cắt giảm, đơn giản hóa thêm 60 quy định": more is cut
        leading = (c for c in told if cue.start - 40 < c.start < cue.start and c.entry.direction)
        cue = next((c for c in leading if c.entry.move == "cut"), cue)
    between = frame.low[cue.end : numeral.start]
    for period in frame.periods_between(cue.end, numeral.start):  # "nhiều hơn năm trước gần 18%"
        between = between.replace(frame.low[period.start : period.end], " ")
    if numeral.kind != "range" and (_FROM.search(between) or _FROM_THERE.match(between)):
        return None
    direction, kind = cue.entry.direction, cue.entry.move
    if slot.unit in _NOT_THEIRS and cue.entry.form.startswith(_NOT_THEIRS[slot.unit]):
        return None  # "kinh phí tinh giản biên chế là 18,3 tỷ đồng" cuts posts, no money
    its_level = slot.unit != "percentage_point" and _ITS_LEVEL.search(between)
    if cue.entry.form.endswith(("hơn", "kém")) and its_level:
        return None  # "thấp hơn mức bình quân 87,16% của cả nước" tells that mean
    if kind == "compare" and ("tiêu" in between or "mức" in between or "tiêu" in cue.entry.form):
        if _TARGET_BEHIND.match(frame.low, numeral.end):
            return None  # "thấp hơn chỉ tiêu 50% mà tỉnh giao": the target itself
    if cue.entry.form.endswith(("chỉ tiêu", "mục tiêu", "kế hoạch")) and len(between) < 30:
        return direction, kind
    if _GOVERNED.fullmatch(between + " "):
        return direction, kind
    if kind in ("cut", "add") and slot.unit in _MOVED_FROM_AFAR:
        return (direction, kind) if len(between) < 60 and ":" not in between else None
    if kind == "compare" and slot.unit not in ("percent", "time", "rank") and len(between) < 50:
        return direction, kind
    return None


def measure_candidates(slot: Slot) -> Iterator[tuple[str, tuple[str, str | None]]]:
    unit, numeral = slot.unit, slot.numeral
    verb = governing_verb(slot)
    move = verb[1] if verb else ""
    moved = move != "result" or (unit == "percentage_point" and _compared(slot))  # "nhích lên 0,9 điểm so với ..."
    direction = verb[0] if verb and moved else None
    if unit == "time":
        yield from _folds(slot, direction)
    if unit in ("rank", "point") and (numeral.kind == "fraction" or direction is None):
        lost = verb is None and _LOST.search(slot.segment)
        yield ("lost", ("change", "down")) if lost and unit == "point" else ("position", ("level", None))
    if unit == "point":
        yield "points_moved", ("change", direction)
    if numeral.kind == "fraction":
        yield "fraction", ("share", None)
    if unit == "percentage_point":
        lost = direction is None and _LOST.search(slot.segment)
        yield "points_moved", ("change", "down" if lost else direction) if direction or lost else ("level", None)
    if unit == "percent":
        if direction is None and _GAP.search(slot.segment):
            yield "gap", ("level", None)
        yield from _measures_of_percent(slot, verb, direction)
    if unit == "rank":
        yield "places_moved", ("change", direction)
    if direction and _compared(slot) and move in ("compare", "cut", "add") and unit not in _NO_DIRECTION:
        yield "compared", ("change", direction)
    if direction and unit in _NO_DIRECTION:
        if move == "compare":
            yield "compared", ("change", direction)
        yield "done", ("level", None)
    if verb is None and unit in _CUTTABLE and (cut := _cut_behind(slot)):
        yield "cut_behind", ("level", cut)
    if direction and slot.subject == "staff_resigned" and move != "compare":
        yield "resigned", ("level", None)
    if direction:
        yield "cut_or_added", ("level", direction)
    if _moves_over(slot):
        yield "moves_over", ("level", "up")
    if verb is None and (joined := _coordinated(slot)) is not None:
        yield "coordinated", joined
    if (carried := _divides(slot)) is not None:
        yield "divides", carried
    yield "amount", ("level", None)


def _moves_over(slot: Slot) -> bool:
    """True of "12 đơn vị chuyển sang tự chủ" (12 units went over to autonomy): those there are more of."""
    entries = (cue.entry for cue in slot.frame.scan.directions.between(slot.numeral.end, slot.np_end))
    return any(e.direction == "up" and e.move == "add" and e.form.startswith("chuyển") for e in entries)


def _folds(slot: Slot, direction: str | None) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """Multiples: up unless a verb says otherwise, where they are told as such."""
    if slot.numeral.kind == "double" or _FOLD_WORD.search(slot.segment[-30:]):
        yield "fold", ("fold", "down" if direction == "down" else "up")
    yield "times", ("fold", direction)


def _measures_of_percent(
    slot: Slot, verb: tuple[str, str] | None, direction: str | None
) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """A percent is a growth where something moves by it, else a share."""
    if direction and verb and verb[1] != "add":
        yield "percent_moved", ("growth", direction)
    if verb is None and "vượt" in slot.segment and _is_beyond_plan(slot):
        yield "beyond_the_plan", ("growth", "up")
    if verb and slot.subject == "base_salary":
        yield "raised_by", ("growth", "up")
    if verb is None and (restated := _restates_cut(slot)):
        yield "restates_a_cut", restated
    if verb is None and (rate := _rate_of_change(slot)):
        yield "rate_of_change", ("growth", rate)
    own_share = slot.subject == "psu_self_financing"  # a share of units by its nature
    if verb is None and not own_share and (joined := _coordinated(slot)) is not None and joined[0] == "growth":
        yield "coordinated", joined
    yield "percent_of", ("share", None)


def _is_beyond_plan(slot: Slot) -> bool:
    """True of "vượt 12% kế hoạch", "vượt chỉ tiêu 5,3%" and "131 cuộc, vượt 9,2%", not of "vượt mục tiêu 40% đề ra"."""
    found = _BEYOND.search(slot.segment)
    if found is None:
        return False
    if found[1]:
        return _SET_BEHIND.match(slot.frame.low, slot.numeral.end) is None
    if _PLAN_BEHIND.match(slot.frame.low, slot.numeral.end):
        return True
    before = slot.in_sentence
    return (
        before is not None
        and before.measure == "level"
        and slot.segment == found[0]
        and slot.between.endswith("," + found[0])
    )


def _rate_of_change(slot: Slot) -> str | None:
    """up or down of "tỷ lệ giảm đơn vị sự nghiệp ... chỉ là 1,2%" (the rate of the cut is but 1.2 %)."""
    if not ("lệ" in slot.left or "mức" in slot.left or "tốc" in slot.left):
        return None
    told = _RATE.findall(slot.frame.low, slot.clause_start, slot.numeral.start)
    return {"tăng": "up", "giảm": "down"}[told[-1]] if told else None


def _cut_behind(slot: Slot) -> str | None:
    """ "436 thủ tục bị bãi bỏ": the cut is told behind what was cut, in the passive."""
    low = slot.frame.low
    if slot.unit == "person" and slot.noun is not None and slot.noun.entry.concepts & _CUT:
        return "down"
    for cue in slot.frame.scan.directions.between(slot.noun_end, min(slot.right_end, slot.noun_end + 60)):
        if slot.unit == "person" and cue.entry.form.startswith("tinh giản"):
            if cue.start - slot.noun_end < 2 or _BY_POLICY.search(low, slot.noun_end, cue.start):
                return "down"  # "186 người tinh giản", "163 người nghỉ theo chính sách tinh giản biên chế"
        if not _SUFFERED.search(low[max(0, cue.start - 5) : cue.start]):
            continue
        if cue.entry.move == "cut" or (cue.entry.form == "giảm" and slot.unit in ("admin_unit", "organisation")):
            return cue.entry.direction
    return None


def _compared(slot: Slot) -> bool:
    """True where the same sentence compares the number with a state: before it or right behind it."""
    frame = slot.frame
    if "hơn" in slot.segment and _MORE_OR_LESS.search(slot.segment):
        return True
    after = frame.low[slot.numeral.end : min(slot.sentence[1], slot.np_end + 90)]
    semicolon = after.find(";")
    after = after[: semicolon if semicolon >= 0 else None]
    if "so v" in after:
        next_number = _DIGIT.search(after.split("so với")[0])
        if next_number is None or _RESTATED.match(after.split("so v")[0]):
            return True
    return (
        slot.left.startswith("so với")
        or slot.segment.lstrip().startswith("so với ")
        or ("so với" in slot.left and _COMPARES.search(slot.left) is not None)
    )


def _coordinated(slot: Slot) -> tuple[str, str] | None:
    """ "giảm 8 huyện và 561 xã": one verb governs both numbers."""
    before = slot.in_sentence
    if before is None or before.direction is None:
        return None
    if not _JOINED.match(_STAFF_AS_ONE.sub(" ", slot.between)):
        return None
    percents = (before.unit == "percent") + (slot.unit == "percent")
    if percents == 1 or (percents == 0 and before.theme != slot.theme):
        return None
    return before.measure, before.direction


def _restates_cut(slot: Slot) -> tuple[str, str] | None:
    """A percent in brackets or after "tương ứng", "bằng" right behind a cut tells the same cut, unless of a plan."""
    before = slot.in_sentence
    if _OF_A_PLAN.match(slot.frame.low, slot.numeral.end):
        return None
    if before is None or before.direction is None or before.measure not in ("change", "level"):
        return None
    between = slot.between
    if _OF_ANOTHER.search(between):
        return None  # "cao hơn 6,1 điểm, song vẫn kém các địa phương (93,7%)": what those reached
    opened = slot.segment_start - 1
    if slot.frame.text[opened : opened + 1] == "(" and slot.frame.period_over(opened - 2, opened - 1) is not None:
        return None  # "so với năm 2020 (85,48%)" tells the value of that year
    if before.rules["measure"] != "divides":
        if _RESTATING.search(between) and not _MOVED.search(between):
            return "growth", before.direction
    return None


def _divides(slot: Slot) -> tuple[str, str] | None:
    """A part told after its total is of the same kind: "giảm 79.057 người, trong đó bộ, ngành là 5.510"."""
    before = slot.previous
    if before is not None and before.unit == "percent" and before.in_sentence is not None:
        before = before.in_sentence  # "giảm 91 đơn vị (tương ứng 13,1%); gồm 4 đơn vị ..."
    if slot.in_sentence is not None and ")" in slot.between and "(" not in slot.between:
        return None  # "2.929 công chức (giảm 41 người), 27.114 viên chức": the cut ended with its brackets
    people = {before.unit, slot.unit} == {"person", "post"} if before is not None else False
    if before is None or (before.unit != slot.unit and not people) or before.theme != slot.theme:
        return None
    if before.measure != "level" or before.direction is None:
        return None
    own_verb = slot.subject in _EVENTS or slot.rules["subject"].startswith("verb_")
    if own_verb and before.subject != slot.subject:
        return None  # "riêng 10 tháng đã bổ nhiệm 46 công chức" is no part of those cut
    lead = slot.between if slot.in_sentence is not None else slot.left[:40]
    if slot.in_sentence is None and slot.sentence_index != before.sentence_index + 1:
        return None
    if _MERGED.search(slot.segment):
        return None  # "giải thể 3 hội, hợp nhất 4 ban chỉ đạo"
    if _STATE.search(slot.segment) and not _REST.search(slot.segment):
        return None
    if slot.in_sentence is not None or _PARTS.search(lead):
        return "level", before.direction
    return None
