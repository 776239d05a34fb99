"""Rejecting: why a numeral is no reported figure.

In: a numeral in its `Frame`. Out: (reason, rule) or None where nothing speaks against it.
"Nghị quyết số 27 của Hội nghị Trung ương 7, khóa XII" (Resolution 27 of the 7th plenum) counts nothing,
"3 đột phá" (three breakthroughs) is a slogan, "63 điểm cầu" (63 video venues) is the meeting itself.
"""

from __future__ import annotations

import re

from reform_figures.extracting.article import Frame
from reform_figures.extracting.meetings import by_meeting, goes_on_with_venues
from reform_figures.extracting.numeral_place import NumeralPlace, cue_ending_at
from reform_figures.extracting.scanning import UPPER
from reform_figures.vocabulary import load_list

_FURNITURE = {"furniture": "furniture", "author": "furniture", "source_line": "furniture", "date_line": "date"}
_LETTER_BEFORE = re.compile(r"(?:[^\W\d]-?|[_@#]|www\.\S*|(?<=[a-z])\.)\Z")
_LETTER_AFTER = re.compile(r"[A-Za-zĐđ_]|\.(?:jpg|png|jpeg|gif|vn|com|doc|pdf)")
_NO_LETTER = frozenset(" ,;:)\n")
"""What most numerals end before."""
_NUMBERED_ADDRESS = re.compile(r"(?<!\w)(?:[Ss]ố|[Pp]hòng|[Đđ]ường)\s\Z")
_NUMBER_BEFORE = re.compile(r"(?<!\w)(?<!con )số\s\Z")
_COMMEMORATED = re.compile(r"(?:kỷ\s+niệm|chào\s+mừng|mừng)\s+(?:\w+\s+){0,3}\Z")
_DAYS_LISTED = re.compile(r"\s*(?:,|và|-|–)\s*(?:\d{1,2}\s*(?:,|và)\s*)?\d{1,2}\s?/\s?\d{1,2}(?![\d%])")
_CONTINUED = re.compile(r"\s*(?:,|và|,\s*và|/|-|–|hoặc|,\s*số|và\s+số)\s*\Z")
_QUANTITY_BEFORE = re.compile(r"(?:chiếm|đạt|bằng|hơn|gần|trên|dưới|khoảng|thứ|hạng|có|là|ở|hoàn\s+thành)\s*\Z")
_TIME_CUT = re.compile(
    r"rút(?!\w)|tiết\s+kiệm|(?<!\w)mất(?!\w)|giảm|cắt|còn|thời\s+gian\s+(?:giải\s+quyết|xử\s+lý|thực\s+hiện)|công"
)
_HOURS_CUT = re.compile(
    r"(?:(?:thời\s+gian|số\s+giờ|chờ)\s[^,.;]{0,40}(?:giảm|rút|cắt|còn|xuống)(?!\w)[^,.;]{0,25}|"
    r"(?<!\w)tiết\s+kiệm\s+(?:được\s+)?|giờ[^,.;]{0,10}(?:xuống|còn)[^,.;]{0,12}|phút[^,.;]{0,10}(?:xuống|"
    r"còn)[^,.;]{0,12})\Z"
)
_RANKED_THE = re.compile(r"(?:xếp|đứng|vị\s+trí|hạng)\s+thứ\s*\Z")
_SCORE = re.compile(r"(?<!\w)(?:hòa|hoà|thắng|thua|tỷ\s+số|tỉ\s+số)\s+(?:[^\W\d]+\s+){0,3}\d{1,2}\s?-\s?\d{1,2}(?!\d)")
_SCORE_WORD = re.compile(r"[ht](?:òa|oà|hắng|hua|ỷ\s+số|ỉ\s+số)\s")
_FILE_NAME = re.compile(r"(?:[_@/]|\.)\S*\Z")
_CAPITAL_AFTER = re.compile(rf"\s+[{UPPER}]")
_AGE_BEFORE = re.compile(r"(?:(?<!trước\s)(?<!đúng\s)tuổi(?:\s+đời)?|độ\s+tuổi)\s+(?:\w+\s+){0,3}\Z")
_PARAGRAPH_MARK = re.compile(r"\s?[.)/]\s|\s[-–|]\s")
_OF_SEVERAL = re.compile(r"\s+trong\s+(?:số\s+)?(?:những\s+)?\d+\s+(?:khâu|đột phá|nhiệm vụ|trụ cột|nội dung)")


def reject(frame: Frame, n: int, before: tuple[str, str] | None) -> tuple[str, str] | None:
    """Reason and rule that make numeral `n` no figure; `before` is what the numeral before it got."""
    numeral = frame.numerals[n]
    if numeral.kind == "double":
        return None
    if numeral.kind in _BY_KIND:
        return _BY_KIND[numeral.kind], f"shape_{numeral.kind}"
    line = frame.line_at(numeral.start)
    if line.role in _FURNITURE:
        return _FURNITURE[line.role], f"line_{line.role}"
    place = NumeralPlace(frame, numeral, line)
    for rule in _RULES:
        found = rule(place)
        if found:
            return found
    return _by_predecessor(place, n, before)


_BY_KIND = {"document": "legal_document", "clock": "time", "day": "date"}


def _in_period(place: NumeralPlace) -> tuple[str, str] | None:
    numeral = place.numeral
    period = place.frame.period_over(numeral.start, numeral.end)
    if period is None or numeral.percent or numeral.multiplied:
        return None
    if period.kind == "bare" and (noun := place.noun_after) and noun.start - numeral.end == 1:
        return None  # "đã giải quyết 2022 hồ sơ" counts dossiers
    return ("date" if period.kind in ("date", "dayonly", "worded", "iso") else "period"), f"period_{period.kind}"


def _in_word(place: NumeralPlace) -> tuple[str, str] | None:
    text, numeral = place.text, place.numeral
    end = numeral.end
    if text[end : end + 1] not in _NO_LETTER and not numeral.percent and _LETTER_AFTER.match(text, end, end + 5):
        return "furniture", "letters_after"
    if place.before and not place.before.isspace():
        before = text[max(0, numeral.start - 24) : numeral.start]
        if _LETTER_BEFORE.search(before):
            return ("furniture" if _FILE_NAME.search(before) else "label"), "letters_before"
    cue = place.frame.scan.covering(numeral.start, end)
    return ("label", "inside_a_wording") if cue is not None and cue.start <= numeral.start else None


def _by_score(place: NumeralPlace) -> tuple[str, str] | None:
    """Numbers of a sentence that tells the result of a match: "hai đội hòa nhau 1-1", "thắng 3-2"."""
    frame, numeral = place.frame, place.numeral
    start, end = max(0, numeral.start - 80), numeral.end + 80
    if frame.low.find("-", start, end) < 0:
        return None
    around = frame.low[start:end]
    if _SCORE_WORD.search(around) is None or _SCORE.search(around) is None:
        return None
    start, end = frame.scan.sentences[frame.scan.sentence_at(numeral.start)]
    return ("label", "score_of_a_match") if _SCORE.search(frame.low, start, min(end, start + 400)) else None


def _by_label_before(place: NumeralPlace) -> tuple[str, str] | None:
    numeral = place.numeral
    cue = cue_ending_at(place.frame, numeral.start)
    if cue is None or numeral.percent or numeral.multiplied:
        return None
    reason = cue.entry.labels.get("before")
    if not reason:
        return None
    if reason == "rank":
        return None
    if reason == "ordinal" and (numeral.kind == "fraction" or (numeral.value or 0) >= 100):
        return None  # "thứ 11/63" is a rank, "dịch vụ thứ 1.000" tells the count reached
    if reason == "ordinal" and _RANKED_THE.search(place.low_before(20)):
        return None
    loose = cue.entry.word in _LOOSE_LABELS and place.noun_after
    if reason == "label" and (numeral.kind in ("fraction", "range") or loose):
        return None
    return reason, f"after_{cue.entry.name}"


_LOOSE_LABELS = frozenset(load_list("loose_label"))


def _by_label_after(place: NumeralPlace) -> tuple[str, str] | None:
    numeral, cue = place.numeral, place.after_cue
    if cue is None or numeral.percent or numeral.multiplied:
        return None
    reason = cue.entry.labels.get("after")
    if not reason or numeral.value is None:
        return None
    word = cue.entry.word
    if word in ("giờ", "phút") and _HOURS_CUT.search(place.low_before(60)):
        return None
    if word == "ngày" and _TIME_CUT.search(place.low[max(0, numeral.start - 60) : numeral.end + 30]):
        return None
    if numeral.kind == "fraction" and reason != "venue":
        return None
    if reason == "agenda" and word not in _SLOGANS and numeral.value >= (100 if cue.entry.unit else 1000):
        return None
    if word == "năm" and _RANKED_THE.search(place.low_before(20)):
        return None  # "vị trí thứ 3 năm 2022"
    if reason == "period" and _COMMEMORATED.search(place.low_before(40)):
        return "anniversary", "commemorated"
    return reason, f"before_{cue.entry.name}"


_SLOGANS = load_list("slogan")


def _by_shape(place: NumeralPlace) -> tuple[str, str] | None:
    numeral, text = place.numeral, place.text
    written = text[numeral.start : numeral.end]
    if numeral.value is None:
        return "label", "unreadable_number"
    if len(written) == 3 and written.endswith(".0") and not numeral.percent and place.noun_after is None:
        return "label", "version"
    if place.before == ":" and text[max(0, numeral.start - 2)].isdecimal():
        return "label", "version"
    if written == "24/7":
        return "time", "round_the_clock"
    if numeral.kind == "plain" and written.isdecimal():
        if (len(written) >= 3 and written[0] == "0") or (len(written) >= 7 and not place.noun_after):
            return "furniture", "telephone"
    if numeral.kind == "fraction" and not place.noun_after:
        if (
            numeral.of
            and numeral.of <= 12
            and 1 <= numeral.value <= 31
            and not _QUANTITY_BEFORE.search(place.low_before(20))
        ):
            return "date", "day_and_month"
    return None


def _by_neighbour(place: NumeralPlace) -> tuple[str, str] | None:
    numeral, text = place.numeral, place.text
    before = place.low_before(40)
    plain = numeral.value if numeral.kind == "plain" else None
    after = text[numeral.end : numeral.end + 30]
    if before[-3:-1] in ("số", "ng"):  # most numbers stand behind none of the words that name by number
        if (
            not place.noun_after
            and _CAPITAL_AFTER.match(after)
            and _NUMBERED_ADDRESS.search(text, max(0, numeral.start - 40), numeral.start)
        ):
            return "label", "address"
        small = plain is not None and plain < 100 and not numeral.percent
        if small and not place.noun_after and _NUMBER_BEFORE.search(before):
            return "label", "number_of_something"
    word = after.lstrip()
    if "ngày" in before[-8:]:
        if _DAYS_LISTED.match(after):
            return "date", "day_of_several"
        if before.endswith("ngày ") and plain is not None and plain <= 31 and not place.noun_after:
            return "date", "day_of_the_month"
    if word.startswith("năm") and word != after and _COMMEMORATED.search(before):
        return "anniversary", "commemorated"
    if word.startswith("tuổi") or ("tuổi" in before and _AGE_BEFORE.search(before)):
        return "norm", "age"
    if numeral.start == place.line.start and _PARAGRAPH_MARK.match(after):
        return "ordinal", "numbered_paragraph"
    if word.startswith("trong") and _OF_SEVERAL.match(after):
        return "agenda", "one_of_several"
    return None


def _by_predecessor(place: NumeralPlace, n: int, before: tuple[str, str] | None) -> tuple[str, str] | None:
    """A list goes on: of labels ("mức độ 3 và 4", "Điều 3, 4"), of venues ("điểm cầu của 10 huyện và 151 xã")."""
    frame, numeral = place.frame, place.numeral
    if before is None or n == 0 or numeral.percent:
        return None
    if before[0] == "venue" and place.noun_after and numeral.kind == "plain":
        between = frame.low[frame.numerals[n - 1].end : numeral.start]
        return ("venue", "list_goes_on") if goes_on_with_venues(between) else None
    if place.noun_after:
        return None
    if before[0] not in ("label", "legal_document", "ordinal"):
        return None
    previous = frame.numerals[n - 1]
    between = frame.text[previous.end : numeral.start]
    if len(between) < 12 and _CONTINUED.fullmatch(between) and numeral.kind == "plain":
        return before[0], "list_goes_on"
    return None


_RULES = (
    _in_period, _in_word, _by_score, _by_label_before, _by_label_after, _by_shape, _by_neighbour, by_meeting,
)  # fmt: skip
