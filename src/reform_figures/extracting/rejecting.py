"""Rejecting: why a numeral is no reported figure.

In: a numeral in its `Frame`. Out: (reason, rule) or None where nothing speaks against it.
"Nghị quyết số 27 của Hội nghị Trung ương 7, khóa XII" (Resolution 27 of the 7th plenum) counts nothing,
"3 đột phá" (three breakthroughs) is a slogan, "63 điểm cầu" (63 video venues) is the meeting itself.
"""

from __future__ import annotations

import re

from reform_figures.extracting.article import Frame
from reform_figures.extracting.numerals import Numeral
from reform_figures.extracting.scanning import UPPER

_FURNITURE = {"furniture": "furniture", "author": "furniture", "source_line": "furniture", "date_line": "date"}
_LETTER_BEFORE = re.compile(r"(?:[^\W\d]-?|[_@#]|www\.\S*|(?<=[a-z])\.)\Z")
_LETTER_AFTER = re.compile(r"[A-Za-zĐđ_]|\.(?:jpg|png|jpeg|gif|vn|com|doc|pdf)")
_NUMBERED_ADDRESS = re.compile(r"(?<!\w)(?:[Ss]ố|[Pp]hòng|[Đđ]ường)\s\Z")
_ATTENDING = re.compile(
    r"(?:tham\s+dự|dự\s+(?:hội\s+nghị|họp|lễ|buổi|qua|trực\s+tuyến)|có\s+mặt\s+tại|tham\s+gia\s+hội\s+nghị)"
)
_CONNECTED = re.compile(r"(?:trực\s+tuyến|kết\s+nối|truyền|nối\s+cầu|điểm\s+cầu)\s[^,.;]{0,40}\Z")
_PRESENT = re.compile(
    r"(?:cùng\s+|tới\s+|đến\s+)?(?:tham\s+)?dự(?=,|\s+(?:và|có|hội|họp|lễ|buổi|phiên|tại|cuộc|đại|với|chỉ)(?!\w))"
)
_ADDRESSED = re.compile(
    r"(?:trực\s+tuyến\s+(?:đến|tới|với|từ)|kết\s+nối\s+(?:đến|tới|với)|truyền\s+(?:hình\s+)?(?:trực\s+tiếp\s+)?(?:đến|tới|về)|nối\s+cầu|"
    r"chỉ\s+đạo|gửi(?:\s+đến)?|điểm\s+cầu|đầu\s+cầu|yêu\s+cầu|đề\s+nghị|báo\s+cáo\s+của(?:[^,.;]*?))\s+(?:\w+\s+){0,3}\Z"
)
_COMMEMORATED = re.compile(r"(?:kỷ\s+niệm|chào\s+mừng|mừng)\s+(?:\w+\s+){0,3}\Z")
_CONTINUED = re.compile(r"\s*(?:,|và|,\s*và|/|-|–|hoặc|,\s*số|và\s+số)\s*\Z")
_QUANTITY_BEFORE = re.compile(r"(?:chiếm|đạt|bằng|hơn|gần|trên|dưới|khoảng|thứ|hạng|có|là|hoàn\s+thành)\s*\Z")
_TIME_CUT = re.compile(
    r"rút(?!\w)|(?<!\w)mất(?!\w)|giảm|cắt|còn|thời\s+gian\s+(?:giải\s+quyết|xử\s+lý|thực\s+hiện)|công"
)
_RANKED_THE = re.compile(r"(?:xếp|đứng|vị\s+trí|hạng)\s+thứ\s*\Z")
_SCORE = re.compile(r"(?<!\w)(?:hòa|hoà|thắng|thua|tỷ\s+số|tỉ\s+số)\s+(?:[^\W\d]+\s+){0,3}\d{1,2}\s?-\s?\d{1,2}(?!\d)")
_OUTCOUNTED = ("percent", "multiplied")


def reject(frame: Frame, n: int, before: tuple[str, str] | None) -> tuple[str, str] | None:
    """Reason and rule that make numeral `n` no figure; `before` is what the numeral before it got."""
    numeral = frame.numerals[n]
    if numeral.kind == "double":
        return None
    if numeral.kind in _BY_KIND:
        return _BY_KIND[numeral.kind], f"shape_{numeral.kind}"
    role = frame.line_at(numeral.start).role
    if role in _FURNITURE:
        return _FURNITURE[role], f"line_{role}"
    for rule in _RULES:
        found = rule(frame, numeral)
        if found:
            return found
    return _by_predecessor(frame, n, before)


_BY_KIND = {"document": "legal_document", "clock": "time", "day": "date"}


def _in_period(frame: Frame, numeral: Numeral):
    period = frame.period_over(numeral.start, numeral.end)
    if period is None or numeral.percent or numeral.multiplied:
        return None
    if period.kind == "bare" and (noun := _noun_after(frame, numeral)) and noun.start - numeral.end == 1:
        return None  # "đã giải quyết 2022 hồ sơ" counts dossiers
    return ("date" if period.kind in ("date", "dayonly", "worded", "iso") else "period"), f"period_{period.kind}"


def _in_word(frame: Frame, numeral: Numeral):
    before, after = frame.text[max(0, numeral.start - 24) : numeral.start], frame.text[numeral.end : numeral.end + 5]
    if _LETTER_AFTER.match(after) and not numeral.percent:
        return "furniture", "letters_after"
    if _LETTER_BEFORE.search(before):
        return ("furniture" if re.search(r"(?:[_@/]|\.)\S*\Z", before) else "label"), "letters_before"
    cue = frame.scan.covering(numeral.start, numeral.end)
    return ("label", "inside_a_wording") if cue is not None and cue.start <= numeral.start else None


def _by_score(frame: Frame, numeral: Numeral):
    """Numbers of a sentence that tells the result of a match: "hai đội hòa nhau 1-1", "thắng 3-2"."""
    around = frame.low[max(0, numeral.start - 80) : numeral.end + 80]
    if "-" not in around or _SCORE.search(around) is None:
        return None
    start, end = frame.scan.sentences[frame.scan.sentence_at(numeral.start)]
    return ("label", "score_of_a_match") if _SCORE.search(frame.low, start, min(end, start + 400)) else None


def _by_label_before(frame: Frame, numeral: Numeral):
    cue = _cue_ending_at(frame, numeral.start)
    reason = cue and cue.entry.labels.get("before")
    if not reason or numeral.percent or numeral.multiplied:
        return None
    if reason == "rank":
        return None
    if reason == "ordinal" and (numeral.kind == "fraction" or (numeral.value or 0) >= 100):
        return None  # "thứ 11/63" is a rank, "dịch vụ thứ 1.000" tells the count reached
    if reason == "ordinal" and _RANKED_THE.search(frame.low[max(0, numeral.start - 20) : numeral.start]):
        return None
    loose = cue.entry.form.strip() in _LOOSE_LABELS and _noun_after(frame, numeral)
    if reason == "label" and (numeral.kind in ("fraction", "range") or loose):
        return None
    return reason, f"after_{cue.entry.form.strip().replace(' ', '_')}"


_LOOSE_LABELS = (
    "mức",
    "cấp",
    "nhóm",
    "loại",
    "tổ",
    "đợt",
    "bước",
    "mục",
    "kỳ",
    "khối",
    "khu vực",
    "đường",
    "bảng",
    "biểu",
    "tập",
)


def _noun_after(frame: Frame, numeral: Numeral):
    cue = cue_starting_at(frame, numeral.end)
    return cue if cue and cue.entry.unit else None


def _by_label_after(frame: Frame, numeral: Numeral):
    if numeral.percent or numeral.multiplied:
        return None
    cue = cue_starting_at(frame, numeral.end)
    reason = cue and cue.entry.labels.get("after")
    if not reason:
        return None
    form = cue.entry.form.strip()
    if form in ("ngày", "giờ") and _TIME_CUT.search(frame.low[max(0, numeral.start - 60) : numeral.end + 30]):
        return None
    if numeral.kind == "fraction" and reason != "venue":
        return None
    if reason == "agenda" and cue.entry.unit and form not in _SLOGANS and numeral.value >= 100:
        return None
    if reason == "period" and _COMMEMORATED.search(frame.low[max(0, numeral.start - 40) : numeral.start]):
        return "anniversary", "commemorated"
    return reason, f"before_{form.replace(' ', '_')}"


_SLOGANS = ("đột phá", "trọng tâm", "không")


def _by_shape(frame: Frame, numeral: Numeral):
    written = frame.text[numeral.start : numeral.end]
    if numeral.value is None:
        return "label", "unreadable_number"
    if re.fullmatch(r"\d\.0", written) and not numeral.percent and _noun_after(frame, numeral) is None:
        return "label", "version"
    if re.search(r"\d:\Z", frame.text[max(0, numeral.start - 2) : numeral.start]):
        return "label", "version"
    if written == "24/7":
        return "time", "round_the_clock"
    if numeral.kind == "plain" and written.isdecimal():
        if (len(written) >= 3 and written[0] == "0") or (len(written) >= 7 and not _noun_after(frame, numeral)):
            return "furniture", "telephone"
    if numeral.kind == "fraction" and not _noun_after(frame, numeral):
        before = frame.low[max(0, numeral.start - 20) : numeral.start]
        if numeral.of and numeral.of <= 12 and 1 <= numeral.value <= 31 and not _QUANTITY_BEFORE.search(before):
            return "date", "day_and_month"
    return None


def _by_neighbour(frame: Frame, numeral: Numeral):
    before = frame.text[max(0, numeral.start - 40) : numeral.start]
    after = frame.text[numeral.end : numeral.end + 30]
    if _NUMBERED_ADDRESS.search(before) and re.match(rf"\s+[{UPPER}]", after):
        return "label", "address"
    if (
        re.search(r"(?<!\w)số\s\Z", before.lower())
        and not _noun_after(frame, numeral)
        and numeral.kind == "plain"
        and numeral.value < 100
    ):
        return "label", "number_of_something"
    if _COMMEMORATED.search(before.lower()) and re.match(r"\s+năm", after):
        return "anniversary", "commemorated"
    if re.match(r"\s*tuổi", after) or re.search(r"(?:tuổi(?:\s+đời)?|độ\s+tuổi)\s+(?:\w+\s+){0,3}\Z", before.lower()):
        return "norm", "age"
    line = frame.line_at(numeral.start)
    if numeral.start == line.start and re.match(r"\s?[.)/]\s|\s[-–|]\s", after):
        return "ordinal", "numbered_paragraph"
    if re.match(r"\s+trong\s+(?:số\s+)?(?:những\s+)?\d+\s+(?:khâu|đột phá|nhiệm vụ|trụ cột|nội dung)", after):
        return "agenda", "one_of_several"
    return None


def _by_meeting(frame: Frame, numeral: Numeral):
    if numeral.percent or numeral.kind == "fraction":
        return None
    sentence = frame.scan.sentences[frame.scan.sentence_at(numeral.start)]
    if _PRESENT.match(frame.low, sentence[0]):
        return "venue", "attending"
    cue = _noun_after(frame, numeral)
    if cue is None:
        return None
    before = frame.low[max(0, numeral.start - 60) : numeral.start]
    if cue.entry.unit in ("locality", "ministry") and _ADDRESSED.search(before):
        return "venue", "addressed"
    if cue.entry.unit == "admin_unit" and _CONNECTED.search(before):
        return "venue", "connected"
    if cue.entry.unit in ("person", "locality", "organisation", "admin_unit"):
        clause = frame.low[cue.end : frame.separator_after(cue.end, cue.end + 60)]
        if _ATTENDING.search(clause) or _ATTENDING.search(before[-30:]):
            return "venue", "attending"
    return None


def _by_predecessor(frame: Frame, n: int, before: tuple[str, str] | None):
    """A list of labels goes on: "mức độ 3 và 4", "Điều 3, 4"."""
    numeral = frame.numerals[n]
    if before is None or n == 0 or numeral.percent or _noun_after(frame, numeral):
        return None
    if before[0] not in ("label", "legal_document", "ordinal"):
        return None
    previous = frame.numerals[n - 1]
    between = frame.text[previous.end : numeral.start]
    if len(between) < 12 and _CONTINUED.fullmatch(between) and numeral.kind == "plain":
        return before[0], "list_goes_on"
    return None


def _cue_ending_at(frame: Frame, at: int):
    """The wording that ends right before `at`, over blanks, a colon or a bracket."""
    low = at
    while low > 0 and frame.text[low - 1] in " \u00a0:(":
        low -= 1
    return frame.scan.ending.get(low)


def cue_starting_at(frame: Frame, at: int):
    """The wording that starts right behind `at`, over blanks only."""
    high = at
    while high < len(frame.text) and frame.text[high] in " \u00a0":
        high += 1
    return frame.scan.starting.get(high)


_RULES = (
    _in_period, _in_word, _by_score, _by_label_before, _by_label_after, _by_shape, _by_neighbour, _by_meeting,
)  # fmt: skip
