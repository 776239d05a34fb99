"""Status: achieved, expected or asked for.

In: a `Slot`. Out: candidates (rule, status), best first.
"Dự kiến ... đến hết năm 2024 còn 895 đơn vị" (expected: 895 units by the end of 2024) is a forecast, "phấn đấu hết
năm 2023 có 50% người dân" (striving for 50 % of the people) a target; both hold until something done is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reform_figures.extracting.article import ASSIGNED
from reform_figures.extracting.periods import Period, first_day, last_day
from reform_figures.extracting.scanning import Cue
from reform_figures.extracting.slot import Passage, Slot, is_earlier_state
from reform_figures.periods import period_days
from reform_figures.vocabulary import load_list

_DONE = re.compile(
    r"(?<!\w)(?:đã|đạt\s+được|hiện\s+(?:có|đạt|mới)|(?<!không\s)vượt(?!\s+quá)|thực\s+tế|mới\s+(?:đạt|chỉ|có|được|tuyển))(?!\w)"
)
_ADOPTED = re.compile(
    r"(?<!\w)đã\s+(?:[^\W\d]+\s+){0,2}?(?:thông\s+qua|quyết\s+định|quyết\s+nghị|ban\s+hành|phê\s+duyệt|đồng\s+ý|nhất\s+trí|ký)(?!\w)"
)
"""'đã thông qua việc tăng lương lên 1,8 triệu đồng từ 1/7' (has adopted ... from 1 July): only the decision is done."""
_DECIDED = re.compile(
    r"(?<!\w)đã\s+(?:được\s+)?(?:[^\W\d]+\s+){0,3}?(?:thông\s+qua|thống\s+nhất|quyết\s+nghị|nhất\s+trí)(?!\w)"
)
"""Of these nothing is counted, as it is of "đã ban hành 12 nghị quyết" (has issued 12 resolutions)."""
_SET = re.compile(
    r"^(?![^,;.]{0,40}?(?<!\w)vượt)[^,;.]{0,40}?(?:đề\s+ra|đặt\s+ra|(?:mà|do)\s[^,;.]{2,40}?\s(?:giao|(?<!đạt\s)yêu\s+cầu)|"
    r"được\s+giao\s+năm|theo\s+(?:kế\s+hoạch|lộ\s+trình|mục\s+tiêu))"
)
_GOAL_IS = re.compile(
    r"(?<!\w)(?:(?:mục|chỉ)\s+tiêu|kế\s+hoạch|yêu\s+cầu)\s+(?:(?:đề\s+ra|đặt\s+ra|được\s+giao|giao|là|phải|đạt|tối\s+thiểu|"
    r"ít\s+nhất|trên|từ|cả\s+năm|năm\s+\d{4})\s+){0,3}\(?\Z"
)
"""'vượt mục tiêu 40%', 'chưa đạt chỉ tiêu đề ra (30%)': the goal, whatever was reached of it."""

_PLAN_NOUNS = ("mục tiêu", "chỉ tiêu", "kế hoạch", "so với mục tiêu", "so với chỉ tiêu", "so với kế hoạch")
_REACHED = re.compile(r"(?<!\w)(?:đạt|hoàn thành|bằng|được|xong)(?!\w)")
_DUE = re.compile(
    r"^(?:[^,;.]|\.(?=\d)){0,90}?(?:phải|thuộc\s+diện(?:\s+phải)?)\s+(?:thực\s+hiện\s+|tiến\s+hành\s+)?(?:sắp\s+xếp|sáp\s+nhập)(?!\w)(?!\s+đã)"
)
_OWED = re.compile(
    r"[^,;.]{0,60}?(?<!\w)phải\s+(?:được\s+)?(?:tích\s+hợp|đưa\s+(?:lên|vào)|hoàn\s+thành|cung\s+cấp|kết\s+nối|cắt\s+giảm|"
    r"đơn\s+giản\s+hóa|số\s+hóa|tái\s+cấu\s+trúc|công\s+bố|xây\s+dựng|triển\s+khai)(?!\w)(?!\s+đã)"
)
"""Of "55 dịch vụ phải được tích hợp" (55 services that must be integrated): what is owed is told behind the number."""
_WILL = re.compile(r"[^;.\d]{0,40}?(?<!\w)sẽ\s")
"""Of "9/9 phường, xã cũng sẽ được nối thông" (all nine will be linked, too)."""
_PLANNED = re.compile(
    r"\s*(?:[ivx\d]+[.)/–-]\s*|[a-d][.)]\s*)?(?:các\s+|một\s+số\s+)?(?:mục\s+tiêu|chỉ\s+tiêu|phương\s+hướng|"
    r"nhiệm\s+vụ|kế\s+hoạch)"
    r"(?!\s+(?:đã|và\s+kết\s+quả))"
)
_TO_COME = re.compile(r"từ\s+nay|(?:thời\s+gian|năm|kỳ|tháng)\s+(?:sắp\s+)?tới|(?:tháng|quý)\s+cuối\s+năm|tiếp\s+theo")
_RESULTS = re.compile(r"(?<!\w)(?:kết\s+quả|thực\s+hiện|đạt\s+được|ước)(?!\w)")
_PROPOSAL = re.compile(
    r"(?<!\w)(?:phương\s+án|đề\s+án|chủ\s+trương|tờ\s+trình|dự\s+thảo|lấy\s+ý\s+kiến|dự\s+kiến)(?!\w)"
)
_MERGING = re.compile(
    r"(?<!\w)(?:sắp\s+xếp|sáp\s+nhập|hợp\s+nhất|nhập|thành\s+lập|giảm|còn|liền\s+kề|khuyến\s+khích)(?!\w)"
)
_AS_IT_IS = re.compile(
    r"(?<!\w)(?:hiện\s+(?:có|nay|còn|tại)|đã|giai\s+đoạn\s+2019|sau\s+khi\s+giảm|"
    r"trước\s+(?:khi\s+|đợt\s+)?(?:sắp\s+xếp|sáp\s+nhập)(?!.*\ssau\s|.*\shoàn\s+tất))(?!\w)"
)
"""Of "trước khi sắp xếp có 460 xã, khi hoàn tất còn 412" (460 before it, 412 when it is done) the first is."""
_GOES_ON = re.compile(r"(?:trong\s+(?:đó|số)|cụ\s+thể|theo\s+đó|riêng|gồm|số\s+còn\s+lại)")
_NOW = re.compile(r"(?<!\w)hiện\s+(?:có|nay|còn|đang)(?!\w)")
_AGAINST = ("so với chỉ tiêu", "so với mục tiêu", "so với kế hoạch")
_AGAINST_WHAT = re.compile(r"so\s+với\s+(?:[^\W\d]+\s+){0,2}\Z")
_LACKS = re.compile(r"(?<!\w)(?:thiếu|thừa)(?!\w)")
_IS = re.compile(r"(?<!\w)là(?!\w)|,")
_BECAUSE = re.compile(r"(?:do|theo|vì|từ|không|chưa|khỏi|đỡ)\s+$")
"""Before "yêu cầu" and "phải": a reason or a denial, no demand."""
_PLANS = ("time_to_come", "plan_under_way", "plan_goes_on", "told_dự_thảo", "told_theo_dự_thảo")
_FORECASTS = load_list("forecast")
_PROPOSED = load_list("proposal")
_WEAK = frozenset(load_list("weak_status"))


def status_candidates(slot: Slot) -> Iterator[tuple[str, str]]:
    frame = slot.frame
    numeral = slot.numeral
    if ("từ" in slot.segment or slot.left[:5] == "trước") and is_earlier_state(slot):
        yield "earlier_state", "actual"
    if numeral.percent and slot.measure == "share" and _is_goal(slot.left[-60:]):
        yield "the_goal_itself", "target"
    if slot.passage.in_table and (column := _column_status(slot)):
        yield column
    merging = slot.theme == "units" and slot.unit in ("admin_unit", "organisation")
    if merging and _DUE.match(frame.low[numeral.end : min(slot.sentence[1], numeral.end + 110)]):
        yield "due_to_merge", "target"
    in_force_later = frame.published is not None and _comes_into_force(slot, frame.published)
    if in_force_later and _ADOPTED.search(slot.left):
        yield "in_force_later", "target"
    if words := frame.scan.statuses.between(slot.sentence[0], numeral.start):
        yield from _told_status(slot, words)
    told = slot.left_periods
    if slot.bound in ("ge", "le") and any(p.value == "yearly" and p.start >= slot.clause_start for p in told):
        yield "each_year_at_least", "target"
    behind = frame.low[numeral.end : min(slot.sentence[1], numeral.end + 80)]
    if slot.theme != "work_programme" and "phải" in behind and _OWED.match(behind) and not _DONE.search(slot.left):
        yield "owed", "target"
    if slot.numeral.kind == "fraction" and "sẽ" in behind and _WILL.match(behind):
        yield "will_do", "target"
    if slot.theme != "work_programme" and _is_set(behind) and not _is_part_of_plan(slot):
        yield "set_behind", "target"
    if frame.published is not None:
        if told:
            yield from _time_to_come(slot, frame.published)
        if in_force_later:
            yield "in_force_later", "target"
    before = slot.previous
    if before is not None and before.status != "actual":
        yield from _status_before(slot, before)
    if slot.passage.head[1] and (heading := _heading_status(slot)):
        yield heading
    section = slot.passage.section
    if slot.unit == "admin_unit" and (slot.direction or slot.subject != "admin_unit_other") and _is_proposed(slot):
        yield "proposed_merger", "target"
    if section[1] and _PLANNED.match(frame.low[slice(*section)]) and not _DONE.search(slot.left):
        yield "section_of_plans", "target"
    if slot.passage.is_planned is None:
        slot.passage.is_planned = _is_planned(slot.passage)
    if slot.passage.is_planned and not _DONE.search(slot.left):
        yield "heading_of_plans", "target"
    if frame.published is not None and told:
        yield from _deadlines(slot, frame.published)
    yield "told_as_done", "actual"


def _told_status(slot: Slot, words: list[Cue]) -> Iterator[tuple[str, str]]:
    """Statuses that words left of the number tell, the nearest first, back to something done."""
    frame, start = slot.frame, slot.sentence[0]
    for cue in reversed(words):
        status = cue.entry.status
        if status in ("deadline", "reached"):
            continue
        if cue.entry.form.endswith("tiêu") and frame.text[cue.start - 2 : cue.start - 1].isdigit():
            continue  # "402/876 chỉ tiêu" counts, it sets no target
        between = frame.low[cue.end : slot.numeral.start]
        if ")" in between and between.count(")") > between.count("("):
            continue  # "(mục tiêu 50%), tỷ lệ số hóa đạt 28%"
        word = cue.entry.word
        if word in _AGAINST and between.isspace() and slot.unit == "percent":
            yield "the_target_itself", "target"  # "còn xa so với chỉ tiêu 35%"
        if status == "actual":
            if frame.low.endswith(_FORECASTS, start, cue.start - 1):
                continue  # "dự kiến được giao" expects to be assigned
            if _AGAINST_WHAT.search(frame.low, max(start, cue.start - 24), cue.start):
                continue  # "giảm 1,5% so với số được giao năm 2020; nâng tỷ lệ ...": what is compared with
            if word == "đã" and _DECIDED.match(frame.low, cue.start):
                continue
            if word == "đã":
                yield "done_đã", "actual"
            break
        if _DONE.search(between):
            break
        near = word in _PROPOSED and len(between) < 60
        near = near or (word == "phải" and len(between) < 25 and not _IS.search(between))
        if word in _WEAK and not near and (len(between) > 200 or (slot.bound == "eq" and slot.unit != "percent")):
            continue
        if word == "phải" and _is_over(slot):
            continue  # "trong 6 tháng đầu năm phải thực hiện 187 nhiệm vụ": what had been assigned
        if word in _WEAK and _BECAUSE.search(frame.low[max(0, cue.start - 6) : cue.start]):
            continue
        if word == "sẽ" and frame.low.endswith(_FORECASTS, start, cue.start - 1):
            continue  # "dự kiến sẽ lưu" expects, it plans nothing
        yield f"told_{cue.entry.name}", status


def _is_goal(before: str) -> bool:
    return ("tiêu" in before or "kế hoạch" in before or "yêu cầu" in before) and _GOAL_IS.search(before) is not None


def _is_over(slot: Slot) -> bool:
    """True where the clause tells of a time that lay behind when the article appeared."""
    published = slot.frame.published
    told = [p for p in slot.left_periods if p.start >= slot.clause_start and p.role == "in"]
    return published is not None and any(last_day(p.value) and last_day(p.value) < published.isoformat() for p in told)


def _time_to_come(slot: Slot, published: date) -> Iterator[tuple[str, str]]:
    """Targets of a time that the sentence names and that lies ahead of the publication."""
    for period in slot.left_periods:
        in_clause = period.start >= slot.clause_start
        framing = period.role == "in" or (period.role == "plan" and period.kind == "year")
        if framing and (in_clause or period.kind == "half") and _lies_ahead(period, published):
            if not _is_so_now(slot):
                yield "time_to_come", "target"
        opens = period.kind == "span" and period.start == slot.sentence[0]
        if opens and last_day(period.value)[:4] > str(published.year) and not _is_so_now(slot):
            yield "plan_under_way", "target"


def _is_so_now(slot: Slot) -> bool:
    """True of what is assigned for a time to come, or lacks then: "năm học tới còn thiếu 1.108 giáo viên" tells what
    is."""
    return ASSIGNED.search(slot.left) is not None or _LACKS.search(slot.left) is not None


def _is_done(words: str) -> bool:
    """Whether something was done that is more than a decision: "lộ trình đã được thống nhất: đến năm 2026 giảm 5%"."""
    return _DONE.search(_DECIDED.sub(" ", words)) is not None


def _deadlines(slot: Slot, published: date) -> Iterator[tuple[str, str]]:
    """Targets for a day or year ahead of the publication, where nothing is told as done."""
    for period in slot.left_periods:
        day = first_day(period.value)
        if period.role == "until" and day and day[:4] > str(published.year) and not _is_done(slot.left):
            yield "in_future", "target"
        if period.role == "before" and day > published.isoformat() and not _DONE.search(slot.left):
            yield "deadline", "target"


def _is_proposed(slot: Slot) -> bool:
    """True of units in an article that opens with a plan of mergers yet to be decided or carried out."""
    frame = slot.frame
    if frame.published is None or not _PROPOSAL.search(frame.low[slice(*frame.opening)]):
        return False
    told = [p for p in slot.left_periods if p.start >= slot.clause_start and p.role in ("in", "until")]
    if told and "" < last_day(told[-1].value) < str(frame.published.year):
        return False  # "trong ba năm 2019-2021, cả nước giảm 548 xã": the round before
    ahead = [p for p in frame.periods_between(*frame.opening) if p.kind in ("span", "year") and p.role != "event"]
    if not any(last_day(p.value)[:4] > str(frame.published.year) for p in ahead):
        return False
    return _MERGING.search(frame.low[slot.clause_start : slot.right_end]) is not None and not _AS_IT_IS.search(
        slot.left
    )


def _lies_ahead(period: Period, published: date) -> bool:
    """True of a time that begins after the publication, or has barely begun: the second half-year on 8 July."""
    days = period_days(period.value) if not period.value.startswith("REPORT") else None
    if days is None:
        return False
    first, last = days
    return first > published or (period.kind in ("half", "quarter") and (published - first) * 10 < last - first)


def _comes_into_force(slot: Slot, published: date) -> bool:
    """True where a time after the publication stands behind the number, in its clause: "lên 1,8 triệu đồng từ 1/7"."""
    if not slot.right_periods:
        return False
    end = slot.clause_end
    for period in slot.right_periods:
        if period.start >= end:
            break
        comes = period.role in ("from", "before", "until") and first_day(period.value) > published.isoformat()
        if comes or (period.role == "in" and period.kind in ("half", "quarter") and _lies_ahead(period, published)):
            told = slot.frame.scan.statuses.between(slot.numeral.end, period.end)
            if any(cue.entry.status == "target" for cue in told):
                return False  # "đạt 18,7%, phấn đấu đến năm 2025 đạt 20%": the plan is of the next number
            return not _DONE.search(slot.left) or _ADOPTED.search(slot.left) is not None
    return False


def _is_set(after: str) -> bool:
    """True where a plan is named behind the number."""
    named = "đề" in after or "đặt" in after or "giao" in after or "theo" in after or "yêu" in after
    return named and _SET.match(after) is not None


def _is_part_of_plan(slot: Slot) -> bool:
    """True for what was done of a plan: "đạt 52% mục tiêu đề ra" (52 % of the goal that was set)."""
    after = slot.frame.low[slot.numeral.end : slot.numeral.end + 16].strip()
    return after.startswith(_PLAN_NOUNS) and _REACHED.search(slot.left[-25:]) is not None


def _status_before(slot: Slot, before: Slot) -> Iterator[tuple[str, str]]:
    """The status of the figure before, where this one goes on with its plan."""
    if before.rules["status"] in _PLANS and not _DONE.search(slot.left):
        if before.numeral.start >= slot.passage.line.start and not slot.left_periods:
            yield "plan_goes_on", before.status
    if before.sentence_index == slot.sentence_index - 1 and _GOES_ON.match(slot.left) and not _NOW.search(slot.left):
        yield "goes_on", before.status


def _is_planned(passage: Passage) -> bool:
    """True under "Nhiệm vụ từ nay đến cuối năm" (tasks until the end of the year), and of a list of a year to come."""
    frame, heading = passage.frame, passage.heading_of_all
    words = frame.low[slice(*heading)]
    if not words or not _PLANNED.match(words):
        return False
    if _TO_COME.search(words):
        return True
    if not passage.head[1] or frame.published is None:
        return False
    today = frame.published.isoformat()
    return any(first_day(period.value) > today for period in frame.periods_between(*heading))


def _column_status(slot: Slot) -> tuple[str, str] | None:
    """What the head of its column says of a number in a table: results in one, targets in the next."""
    heads = slot.frame.column_head(slot.numeral.start)
    column = slot.frame.low[slice(*heads[1])] if len(heads) > 1 else ""
    if _RESULTS.search(column):
        return "column_of_results", "actual"
    return ("column_of_plans", "target") if _PLANNED.match(column) else None


def _heading_status(slot: Slot):
    for cue in slot.passage.in_head(slot.frame.scan.statuses):
        bounded = slot.bound in ("ge", "le") and cue.entry.word in _WEAK
        if cue.entry.status in ("target", "forecast") and (bounded or cue.entry.word not in _WEAK | {"chỉ tiêu"}):
            return f"list_head_{cue.entry.name}", cue.entry.status
    return None
