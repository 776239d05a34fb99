"""Period kinds: whether a figure holds at the end of its period, happened in it, or has run up since.

In: a `Slot` whose period is known. Out: candidates (rule, kind), best first. "Hiện còn 895 đơn vị" (895 units are
left) is a state `at`, "trong năm đã tuyển dụng 120 người" (120 people hired in the year) happened `in`, "lũy kế đến
nay 3,5 triệu hồ sơ" (3.5 million dossiers in all so far) has run up `since`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from reform_figures.extracting.lexicon import concept_bits
from reform_figures.extracting.numeral_place import cue_starting_at
from reform_figures.extracting.periods import Period
from reform_figures.extracting.slot import Slot
from reform_figures.extracting.subject_carrying import BODIES
from reform_figures.extracting.subjects import load_subjects
from reform_figures.vocabulary import load_list

_RUNNING = load_list("running_total")
_NEWLY = re.compile(
    r"(?<!\w)(?:thêm|(?:mở|cấp|lập|đăng\s+ký|kích\s+hoạt)\s+mới)\s+(?:được\s+)?(?:(?:hơn|gần|khoảng|trên)\s+)?\Z"
)
_EVENT_VERB = re.compile(
    r"(?<!\w)(?:tuyển|tuyển\s+dụng|bổ\s+nhiệm|cử|tổ\s+chức|ban\s+hành|tiếp\s+nhận|giải\s+quyết|kiểm\s+tra|"
    r"thanh\s+tra|xử\s+lý|công\s+bố|"
    r"phê\s+duyệt|rà\s+soát|thực\s+hiện|trao|thi\s+hành|thẩm\s+định|tham\s+mưu|trình|chuyển|nhập|sáp\s+nhập|"
    r"hợp\s+nhất|sắp\s+xếp|xảy\s+ra|tăng|phát\s+sinh|hỗ\s+trợ|hướng\s+dẫn|phục\s+vụ)"
    r"(?:\s+(?:được|mới|thêm|đã|cho|lại|đặc\s+cách|khoảng|hơn|gần|trên|tổng\s+số)){0,3}\s*$"
)
_REMAINING = re.compile(r"(?<!\w)(?:còn|tồn|đang)\s+(?:hơn\s+|gần\s+|trên\s+|khoảng\s+|tới\s+)?$")
_WITHIN = re.compile(r"\W*(?:riêng\s+)?trong\s+(?:quý|tháng|kỳ)(?!\w)")
_PART_OF_IT = re.compile(r"[^;]{0,60}?(?:trong\s+(?:đó|số)|gồm|riêng)(?!\w)")
_JOINED_BY_AND = re.compile(r"[^,;.()]*\svà\s+(?:(?:hơn|gần|khoảng|trên)\s+)?")
_BEFELL = re.compile(
    r"(?:\s+[^\W\d]+,?){0,6}?\s+(?:được|bị|đã)\s+(?:sắp\s+xếp|sáp\s+nhập|nhập|hợp\s+nhất|giải\s+thể|bãi\s+bỏ|"
    r"cắt\s+giảm|tinh\s+gọn|"
    r"tinh\s+giản|công\s+bố|bổ\s+nhiệm|tuyển\s+dụng|rút\s+ngắn|thay\s+thế|đơn\s+giản\s+hóa)(?!\w)"
)
_SETTLED = re.compile(r"(?:\s+[^\W\d]+,?){0,6}?\s+được\s+giải\s+quyết(?!\w)")
_POLICY_FOR = re.compile(
    r"giải\s+quyết\s+(?:\w+\s+)?(?:chế\s+độ|chính\s+sách)[^;]{0,150}(?<!\w)cho\s+(?:(?:hơn|gần|trên|khoảng|tổng\s+số)\s+)*\Z"
)
_BY_YEAR = re.compile(
    r"[^;.]{0,60}?so\s+với\s+(?:[^\W\d]+\s+){0,3}?(?:cùng\s+kỳ|(?:năm(?:\s+học)?|tháng|quý|kỳ)\s+(?:trước|ngoái)|năm\s+học)(?!\w)"
)
"""A difference against the year before is one of two states; one against a base year has run up since."""

_OPEN = re.compile(
    r"(?<!\w)(?:đang\s+(?:được\s+)?(?:trong|giải\s+quyết|xử\s+lý|chờ)|(?:chưa|còn)\s+(?:đến|trong)\s+(?:thời\s+)?hạn|còn\s+lại\s+chưa|"
    r"chưa\s+(?:được\s+)?(?:giải\s+quyết|xử\s+lý|bố\s+trí))(?!\w)"
)
_SURPLUS = concept_bits(["surplus"])
_TOO_MANY = concept_bits(("surplus", "premises"))
_UNUSED = re.compile(r"(?<!\w)(?:dôi\s+dư|không\s+còn|bỏ\s+(?:trống|hoang|không))(?!\w)")


_OF_BODIES = ("online_services", "procedures", "digital_government", "finance", "indices", "work_programme")
"""Themes in which bodies are counted for what they did; in the others they are what is cut or set up."""


def kind_candidates(slot: Slot) -> Iterator[tuple[str, str | None]]:
    """at, in or since."""
    measure, before = slot.measure, slot.in_sentence
    if slot.period == "yearly":
        yield "yearly", "in"
    if measure == "level" and slot.rules["status"] == "earlier_state":
        yield "earlier_state", "at"
    running = partial(_is_running, slot, slot.period_found)  # most figures are settled without asking
    if slot.rules["measure"] == "restates_a_cut" and before is not None and before.measure == "level":
        yield "restates_a_cut", before.period_kind
    theme, nature = load_subjects()[slot.subject]
    if slot.direction or measure in ("change", "growth", "fold"):
        yield from _kinds_of_moves(slot, theme, nature, running)
    if slot.theme in _OF_BODIES and (slot.unit in BODIES or _are_bodies(slot)) and not slot.direction:
        yield "bodies_that_did", "at"
    if nature == "running":
        yield from _kinds_of_running(slot, running)
    if slot.subject == "online_service_other" and slot.unit == "other" and measure == "level":
        yield ("accumulated", "since") if running() else ("within_a_period", "in")
    yield from _kinds_of_events(slot, nature, running)
    yield "stock", "at"


def _kinds_of_moves(slot: Slot, theme: str, nature: str, running: Callable[[], bool]) -> Iterator[tuple[str, str]]:
    """Of what is compared, cut or added: cuts run up since their base, states are compared at their end."""
    measure, direction, before = slot.measure, slot.direction, slot.in_sentence
    if slot.subject == "base_salary" and measure == "growth":
        yield "raised", "in"
    if measure in ("growth", "fold") and before is not None and before.subject == slot.subject:
        if before.measure == "level" and before.period_kind == "in" and nature != "stock":
            yield "flow_compared", "in"
    if measure == "level" and before is not None and before.measure == "change" and before.period_kind == "at":
        if direction == before.direction and theme == before.theme:
            yield "part_of_a_difference", "at"
    counts = nature != "flow" and theme in ("staff", "units", "procedures") and slot.unit != "percentage_point"
    if counts and measure in ("change", "growth"):
        if direction and (slot.base_hint or measure == "growth" or running()) and not _share_moved(slot):
            if measure == "change" and _BY_YEAR.search(slot.frame.low, slot.numeral.end, slot.clause_end):
                yield "by_the_year", "in" if before is not None and before.period_kind == "in" else "at"
            yield "counted_from_base", "since"
    if measure in ("change", "growth", "fold"):
        yield ("flows_compared", "in") if nature == "flow" else ("states_compared", "at")
    if measure == "level" and direction and _told_like_the_first(slot):
        yield "like_the_first", "since"
    if measure == "level" and direction:
        yield ("accumulated", "since") if "từ đầu năm" not in slot.left and running() else ("cut_or_added", "in")


def _kinds_of_running(slot: Slot, running: Callable[[], bool]) -> Iterator[tuple[str, str]]:
    """Of what is told as a running total by its nature, as the accounts of the portal are."""
    period, level = slot.period_found, slot.measure == "level"
    if slot.measure == "share" and slot.subject in ("portal_payment", "portal_dossier_online"):
        yield "share_of_a_flow", "in"
    within = period is not None and period.role == "in" and period.kind in ("quarter", "half", "months", "month")
    within = within or (period is not None and slot.frame.low.startswith("cả năm", period.start))
    if level and within and "lũy kế" not in slot.left:
        yield "within_a_period", "in"
    if level and slot.frame.home.startswith("VN-") and not running():
        if slot.unit in ("transaction", "vnd", "dossier"):
            yield "of_the_province", "in"  # a province tells its own payments year by year, the portal since it opened
    yield "running_total", "since"


def _kinds_of_events(slot: Slot, nature: str, running: Callable[[], bool]) -> Iterator[tuple[str, str]]:
    """Of what comes in or happens within a period, by its nature or by its verb."""
    measure, before = slot.measure, slot.in_sentence
    if nature == "flow" and measure == "level" and _REMAINING.search(slot.segment[-30:]):
        yield "remaining", "at"
    if nature == "flow" and measure == "level" and _is_open(slot):
        yield "still_open", "at"
    if slot.subject == "data_platform" and slot.unit == "transaction" and measure == "level":
        yield "exchanged", "in"
    if nature == "flow":
        added_up = measure == "level" and "lũy kế" in slot.left and running()
        yield ("accumulated", "since") if added_up else ("flow", "in")
    if slot.subject == "electronic_document" and slot.unit == "document" and measure == "level":
        yield "sent_and_received", "in"
    if slot.unit == "account" and measure == "level" and _NEWLY.search(slot.segment[-40:]):
        yield "newly_opened", "in"
    open_work = slot.subject in ("task_open", "document_pending")
    total = slot.subject.startswith("portal_") or slot.unit == "account"
    if slot.subject == "online_service_other":
        if "phát sinh" in slot.left + slot.frame.low[slot.numeral.end : slot.np_end]:
            yield "arising", "in"
    if measure == "level" and not open_work and not total and _EVENT_VERB.search(slot.segment[-60:]):
        yield "event", "since" if "lũy kế" in slot.left and running() else "in"
    if before is not None and before.period_kind == "in" and slot.theme == before.theme:
        of_people = measure == "level" and {slot.unit, before.unit} <= {"person", "post"}
        same_rate = slot.unit == "percent" and slot.subject == before.subject
        if (of_people or same_rate) and _PART_OF_IT.match(slot.between):
            yield "part_of_a_flow", "in"
        alike = measure == before.measure == "level" and slot.unit == before.unit
        if alike and _JOINED_BY_AND.fullmatch(slot.between):
            yield "coordinated", "in"
    if slot.unit in ("person", "post") and measure == "level":
        settled = "giải quyết" in slot.segment and _POLICY_FOR.search(slot.segment)
        if settled or _SETTLED.match(slot.frame.low, slot.noun_end):
            yield "policy_settled", "in"
    if measure == "level" and not open_work and not total and _BEFELL.match(slot.frame.low, slot.noun_end):
        yield "befell", "in"


def _is_open(slot: Slot) -> bool:
    """True of dossiers still being settled, and of people and buildings that are too many."""
    low, end = slot.frame.low, slot.np_end
    if slot.unit == "dossier":
        words = low[slot.segment_start : end]
        return ("đang" in words or "chưa" in words or "trong" in words) and _OPEN.search(words) is not None
    if slot.unit not in ("person", "other"):
        return False
    start = slot.segment_start
    told = slot.frame.scan.concepts(start, end)
    if not told & _TOO_MANY or not (told & _SURPLUS or _UNUSED.search(low, start, end)):
        return False
    return _EVENT_VERB.search(slot.segment[-60:]) is None


def _are_bodies(slot: Slot) -> bool:
    """True of "100% xã": bodies told as a share of all."""
    if slot.unit != "percent":
        return False
    noun = cue_starting_at(slot.frame, slot.numeral.end)
    return noun is not None and noun.entry.unit in BODIES


def _told_like_the_first(slot: Slot) -> bool:
    """True of the cuts behind "31.564 người (giảm 346 người so với năm 2016)": in brackets, from the same base."""
    if slot.frame.text[slot.segment_start - 1 : slot.segment_start] != "(":
        return False
    before = slot.in_sentence
    while before is not None and not (before.base and before.direction == slot.direction):
        before = before.in_sentence
    return before is not None and before.period_kind == "since"


def _share_moved(slot: Slot) -> bool:
    """A share that rises is a comparison of two states, whatever the theme."""
    before = slot.in_sentence
    return before is not None and before.measure == "share" and slot.rules["subject"] == "carried"


def _is_running(slot: Slot, period: Period | None) -> bool:
    if _WITHIN.match(slot.left):
        return False
    if period is not None and slot.frame.low.startswith("từ đầu năm", period.start):
        return False
    if any(words in slot.left for words in _RUNNING):
        return True
    if period is None:
        return False
    return period.role == "until" or period.kind == "since" or (period.base is not None and period.kind == "interval")
