"""Units: what a numeral counts.

In: a `Slot`. Out: candidates (rule, (unit, cue of the noun or None)), best first.
The noun right of the numeral decides ("711 tổ chức phòng", 711 divisions); where none stands there, the noun that
the sentence counts on its left ("số cục lại tăng 7", the number of departments rose by 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reform_figures.extracting.lexicon import concept_bits
from reform_figures.extracting.numeral_place import cue_starting_at
from reform_figures.extracting.scanning import UPPER, Cue
from reform_figures.extracting.slot import Slot, is_earlier_state
from reform_figures.vocabulary import load_list

_RANKED = re.compile(
    r"(?:(?<!sắp )xếp|đứng|vị\s+trí|thứ|hạng|hạng\s+thứ)(?:\s+(?:thứ|hạng|vị\s+trí|ở|vị|thứ\s+hạng|số))*\s*$"
)
_PLACE_IS = re.compile(r"(?<!\w)(?:vị\s+trí|thứ\s+hạng|thứ\s+bậc)\s+(?:của|năm|xếp|này|ấy|đó)[^,;.]{0,40}\slà\s*$")
"""'Vị trí của tỉnh năm 2020 là 97': the place itself, not posts."""
_UNKNOWN_NOUN = re.compile(r"[\s\u00a0]+[a-zà-ỹđ]")
_NO_NOUN = re.compile(
    r"[\s\u00a0]+(?:và|so|trong|với|của|tại|ở|là|do|để|thì|đã|được|đến|năm|vào|từ|trên|theo|cho|mà|nhưng|còn|như|có|"
    r"tương|đạt|chiếm|bằng|tăng|giảm|lên|xuống|thuộc|khi|vì|nhằm|sau|trước|nữa|này|nêu|trở|hay|hoặc|gồm|bao|thấp|cao|"
    r"kế|tiếp|mới|nhất|thôi|chỉ|không|rồi|qua|ra|vẫn|song|cùng|tức|hơn|kém|nếu|trừ|kể|ít|nhiều)(?!\w)"
)
_JOINED_NUMBER = re.compile(
    r"(?:\s*,\s*[\d.,]+)*\s*(?:và|,|-|–|hoặc|(?:xuống|lên)(?:\s+(?:chỉ\s+)?còn|\s+thành)?)\s*[\d.,]+(?![%/\d])"
)
_NUMBER_OF = re.compile(r"(?<!\w)(?:số|số\s+lượng|tổng\s+số)\s+(?:các\s+)?\Z")
_WITHIN = re.compile(r"(?<!\w)(?:trong|của|tại|thuộc|ở|cho|với|do|từ|về|trả\s+lời)\s+(?:các\s+|những\s+)?\Z")
_BODIES = ("organisation", "admin_unit", "ministry", "locality")
_NAME_BEHIND = re.compile(rf"\s[{UPPER}]")
_ONE_BODY = ("tỉnh", "thành phố", "bộ", "ngành", "huyện")
_DOES = re.compile(r"\s+(?!là(?!\w)|có(?!\w)|còn(?!\w)|đạt(?!\w))[^\W\d]")
_IN_TURN = re.compile(r"(?:lần\s+lượt|tương\s+ứng)\s+(?:là|đạt|có)?\s*$")
_ISSUED = re.compile(
    r"(?:ban\s+hành|bãi\s+bỏ|thay\s+thế)\s+(?:theo\s+thẩm\s+quyền\s+)?(?:được\s+|mới\s+)?(?:hơn\s+|gần\s+|trên\s+|khoảng\s+)?$"
)
_SHORT_NOUNS = load_list("short_noun")
_CASES = ("đơn vị", "văn bản", "trường hợp", "chỉ tiêu")
_STAFF = concept_bits(("staff", "payroll", "civil", "pubemp", "cut", "resign", "recruit", "post", "teacher"))
_PUBLIC_SERVICE = concept_bits(["psu"])
_LEGAL = concept_bits(["legaldoc"])
_PETITION = concept_bits(["petition"])
_INDEX = concept_bits(("parindex", "sipas", "papi", "pci", "dti", "index"))
_LEVELS = concept_bits(("communelevel", "districtlevel"))
_TERRITORIES = concept_bits(("district", "commune", "village"))
_MERGERS = concept_bits(("adminunit", "commune", "district"))
_DOSSIER = concept_bits(["dossier"])
_RANKED_ENDS = ("xếp", "đứng", "trí", "thứ", "hạng", "ở", "vị", "số")
_MONEY = re.compile(r"[\s\u00a0]*(?:đồng|vnđ|vnd)")
_PART_OF = re.compile(r"\s+(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?[\d.]+")


def _case_unit(slot: Slot, cue: Cue) -> str:
    """ "trường hợp" (cases) and "chỉ tiêu" (quota places) count what the sentence is about."""
    word = cue.entry.word
    if word not in _CASES:
        return cue.entry.unit
    before = slot.previous
    unit_before = before.unit if before is not None and before.sentence_index >= slot.sentence_index - 1 else ""
    if word == "đơn vị":
        merged = slot.frame.scan.concepts(slot.clause_start, slot.numeral.start) & (_LEVELS | _TERRITORIES)
        merged = merged and slot.frame.scan.concepts(*slot.frame.title_span) & _MERGERS
        if slot.frame.scan.concepts(slot.clause_start, slot.np_end) & _PUBLIC_SERVICE:
            return cue.entry.unit
        return "admin_unit" if merged or unit_before == "admin_unit" else cue.entry.unit
    if word == "văn bản":
        legal = unit_before == "legal_document" or _ISSUED.search(slot.segment) is not None
        legal = legal or slot.frame.scan.concepts(slot.clause_start, slot.numeral.start) & _LEGAL != 0
        legal = legal or (slot.in_sentence is not None and slot.in_sentence.subject == "business_regulation")
        return "legal_document" if legal else cue.entry.unit
    scan, numeral = slot.frame.scan, slot.numeral
    told = scan.concepts(slot.sentence[0], numeral.start) | scan.concepts(numeral.end, slot.np_end)
    told |= scan.concepts(*slot.passage.head)
    if word == "chỉ tiêu":
        told |= scan.concepts(*slot.frame.title_span)
        return "post" if told & _STAFF else "other"
    if told & _PETITION and not told & _STAFF:
        return "other"  # "153 kiến nghị đã xử lý, còn 10 trường hợp"
    return "dossier" if told & _DOSSIER and not told & _STAFF else "person"


def _said_again(slot: Slot, cue: Cue) -> Cue | None:
    """The longer noun of the figure before that a bare "vụ", "tổ", "phòng" repeats: "14 vụ việc ..., đã giải quyết 12
    vụ" counts cases, no departments."""
    word, before = cue.entry.word, slot.previous
    if word not in _SHORT_NOUNS:
        return None
    told = slot.frame.scan.units.between(slot.sentence[0], slot.numeral.start)[::-1]
    if before is not None and before.noun is not None and before.sentence_index >= slot.sentence_index - 1:
        told.append(before.noun)
    return next((noun for noun in told if noun.entry.word.startswith(word + " ")), None)


def _counted_left(slot: Slot) -> Iterator[tuple[str, tuple[str, Cue | None]]]:
    """Nouns left of the number: the one that "số ..." (the number of) names, then the head of the noun phrase.

    "Số văn bản phải trả lời địa phương, doanh nghiệp là 1.182" counts documents, "biên chế công chức trong cơ quan
    hành chính là 247.722" posts; "Cục Hàng hải Việt Nam 35/37" names a body and counts none.
    """
    low, text = slot.frame.low, slot.frame.text
    start = slot.clause_start if slot.in_sentence is None else max(slot.clause_start, slot.in_sentence.noun_end)
    for found in reversed(slot.frame.scan.units.between(start, slot.numeral.start)):
        before = low[max(0, found.start - 12) : found.start]
        if found.entry.form.startswith("tổng số") or ("số" in before and _NUMBER_OF.search(before)):
            yield "number_of", (_case_unit(slot, found), found)
    nouns = [c for c in slot.segment_units if slot.frame.period_over(c.start, c.end) is None]
    last = None
    for found in reversed(nouns):
        if found.entry.unit in _BODIES and _NAME_BEHIND.match(text, found.end):
            continue
        if slot.in_sentence and found.entry.form in _ONE_BODY and _DOES.match(low, found.end):
            continue  # "trong 86 nhiệm vụ, tỉnh đã hoàn thành 71": the province counts, it is not counted
        if not _WITHIN.search(low[max(0, found.start - 14) : found.start]):
            yield "noun_before", (found.entry.unit, found)
        elif last is None:
            last = found
    if last is not None:
        yield "noun_before", (last.entry.unit, last)


def unit_candidates(slot: Slot) -> Iterator[tuple[str, tuple[str, Cue | None]]]:
    numeral, frame = slot.numeral, slot.frame
    if numeral.percent:
        yield "percent_sign", ("percent", None)
    if numeral.kind == "double":
        yield "twice", ("time", None)
    words = slot.left[-30:].rstrip()
    if words.endswith(_RANKED_ENDS) and (numeral.kind == "fraction" or slot.value < 100) and _RANKED.search(words):
        yield "ranked", ("rank", None)
    if words.endswith("là") and slot.value < 1000 and not numeral.percent and _PLACE_IS.search(slot.left):
        yield "place_is", ("rank", None)
    yield from _counted_behind(slot)
    before = slot.in_sentence
    if before is not None and is_earlier_state(before):
        yield "later_state", (before.unit, None)
    yield from _shared_noun(slot)
    yield from _counted_left(slot)
    for found in slot.in_cells(frame.scan.units):
        yield "column", (found.entry.unit, found)
    if 0 < slot.value < 1 and numeral.kind == "plain" and frame.scan.concepts(slot.sentence[0], numeral.start) & _INDEX:
        yield "index_value", ("point", None)
    while before is not None and before.unit in ("percent", "percentage_point", "time"):
        before = before.in_sentence
    if before is not None:
        broken = before.unit == "rank" and slot.value % 1 != 0
        yield "carried", ("point" if broken else before.unit, None)  # nobody is ranked 0.69th
    for found in reversed(frame.scan.units.between(slot.sentence[0], numeral.start)):
        if found.entry.unit == "day" and frame.period_over(found.start, found.end) is not None:
            continue  # "đến ngày 13/2/2020" counts no days
        yield "noun_in_sentence", (found.entry.unit, found)
    if slot.previous is not None and slot.previous.unit:
        yield "carried_over", (slot.previous.unit, None)
    yield "nothing_counted", ("other", None)


def _counted_behind(slot: Slot) -> Iterator[tuple[str, tuple[str, Cue | None]]]:
    """The noun right behind the number, or what its digits say where a noun behind is unknown: "2 tỷ" are đồng."""
    numeral, frame = slot.numeral, slot.frame
    cue = cue_starting_at(frame, numeral.end)
    part_of = _PART_OF.match(frame.low, numeral.end)
    if part_of and (whole := cue_starting_at(frame, part_of.end())) is not None and whole.entry.unit:
        yield "part_of", (whole.entry.unit, whole)
    if cue is not None and cue.entry.unit:
        if (again := _said_again(slot, cue)) is not None:
            yield "noun_again", (again.entry.unit, again)
        yield "noun_after", (_case_unit(slot, cue), cue)
    if cue is not None and cue.entry.word in ("giờ", "phút"):
        yield "hours", ("other", None)
    if numeral.multiplied and _MONEY.match(frame.low[numeral.end : numeral.end + 8]):
        yield "money", ("vnd", None)
    if (
        numeral.multiplied
        and frame.low[numeral.start : numeral.end].endswith(("tỷ", "tỉ"))
        and (cue is None or not cue.entry.unit)
    ):
        yield "billions", ("vnd", None)
    rest = frame.low[numeral.end : slot.np_end] if cue is None else ""
    if cue is None and _UNKNOWN_NOUN.match(rest) and not _NO_NOUN.match(rest):
        following = next(iter(frame.scan.units.between(numeral.end, slot.np_end)), None)
        if following is not None and following.start - numeral.end < 14:
            yield "noun_soon_after", (following.entry.unit, following)
        yield "unknown_noun", ("other", None)


def _shared_noun(slot: Slot) -> Iterator[tuple[str, tuple[str, Cue | None]]]:
    """The noun that several numbers share: behind the last of them, or before "lần lượt là" (in turn)."""
    numeral, frame = slot.numeral, slot.frame
    joined = _JOINED_NUMBER.match(frame.low, numeral.end)
    shared = cue_starting_at(frame, joined.end()) if joined else None
    if shared is not None and shared.entry.word in ("đơn vị", "đầu mối"):
        shared = None  # "số xã giảm từ 635 xuống còn 559 đơn vị": of the noun on the left
    if shared is not None and shared.entry.unit == "percentage_point":
        yield "noun_shared", (shared.entry.unit, shared)
    if _IN_TURN.search(slot.segment[-30:]):
        for head in frame.scan.units.between(slot.clause_start, numeral.start)[:1]:
            yield "in_turn", (head.entry.unit, head)
    if shared is not None and shared.entry.unit:
        yield "noun_shared", (shared.entry.unit, shared)
