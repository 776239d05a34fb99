"""Period forms: the wordings of times, each with the words that it may begin with.

In: text (NFC, lower case). Out: places where a period may begin, each with the pattern to try there. In "6 tháng
đầu năm 2022" (the first six months of 2022) the "6" may begin a form of digits and "năm" one that names a year.
"""

from __future__ import annotations

import re
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, MatchKind

from reform_figures.extracting.words import WORD_VALUES

_SMALL = "|".join(
    word.replace(" ", r"\s+") for word in sorted((w for w, v in WORD_VALUES.items() if v <= 12), key=len, reverse=True)
)
_YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d)"
_OF_YEAR = rf"(?:\s?[/-]\s?(?P<{{0}}a>{_YEAR})|,?\s+năm\s+(?P<{{0}}b>{_YEAR}|nay|trước|ngoái|sau|tới))?"


def _of_year(name: str) -> str:
    return _OF_YEAR.replace("{0}", name)


_FORMS = {
    "school": rf"năm\s+học\s+(?P<sa>{_YEAR})(?:\s?[-–]\s?(?P<sb>{_YEAR}))?",
    "span": rf"""(?:(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ|năm|trong|các\s+năm)\s+)?(?:từ\s+)?
        (?:(?:đầu\s+|(?P<fa>giữa)\s+)?năm\s+)?(?<![\d.,/])(?P<ya>{_YEAR})\s?
        (?:[-–]|(?:đến|tới)(?:\s+(?:hết\s+|cuối\s+|(?P<fb>giữa)\s+)?năm)?)\s?(?P<yb>{_YEAR})
        |(?:trong\s+)?(?P<yn>\d|{_SMALL})\s+năm\s+(?:là\s+)?(?P<yc>{_YEAR})(?:,\s{_YEAR})*(?:,|\s+và)\s+(?:năm\s+)?(?P<yd>{_YEAR})
        (?![^.;\n]{{0,90}}?(?:lần\s+lượt|tương\s+ứng))""",
    "days": rf"""(?:từ\s+)?ngày\s+(?P<d1>\d{{1,2}})\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?(?P<d2>\d{{1,2}})
        (?:\s?(?P<ds>[/.-])\s?(?P<m2>\d{{1,2}})(?:\s?(?P=ds)\s?(?P<y2>{_YEAR}))?(?![\d/])|\s+tháng\s+(?P<m3>\d{{1,2}})(?:\s+năm\s+(?P<y3>{_YEAR}))?)""",
    "date": rf"(?:ngày\s+)?(?<![\d/.,])(?P<d>\d{{1,2}})\s?(?P<s>[/.-])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?(?P<y>{_YEAR})",
    "iso": r"(?<!\d)(?P<iy>(?:19|20)[0-9][0-9])-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)",
    "worded": rf"ngày\s+(?P<wd>\d{{1,2}})\s+tháng\s+(?P<wm>\d{{1,2}})(?:\s+năm\s+(?P<wy>{_YEAR}))?",
    "half": rf"""(?:trong\s+)?(?:6|sáu)\s+tháng\s+(?P<side>đầu|cuối)(?:\s+của)?\s+năm(?:\s+(?P<hy>{_YEAR}|nay))?
        |nửa\s+(?P<side2>đầu|cuối)\s+năm(?:\s+(?P<hy2>{_YEAR}))?|nửa\s+năm\s+qua|(?P<mid>giữa)\s+năm\s+(?P<hy3>{_YEAR})""",
    "last": rf"""(?:trong\s+)?(?<![\d/.,])(?P<ln>\d|{_SMALL})\s+tháng\s+(?:còn\s+lại(?:\s+(?:của|trong))?|cuối)\s+năm
        (?:\s+(?P<ly>{_YEAR}|nay))?""",
    "months": rf"""(?:trong\s+)?(?<![\d/.,])(?P<n>\d{{1,2}}|{_SMALL})\s+tháng(?:\s+(?:đầu|qua))?
        (?:\s+(?:của\s+(?=năm\s+{_YEAR})|đầu\s+)?năm)?(?:[\s/]+(?P<ny>{_YEAR}))?(?!\s+(?:tuổi|tới|tù|lương))""",
    "quarter": rf"quý\s+(?P<q>iv|i{{1,3}}|[1-4])(?!\w){_of_year('q')}",
    "month": rf"(?:tháng\s+)(?P<mm>\d{{1,2}}|giêng|chạp)(?!\s?[/.-]\s?\d{{1,2}}\s?[/.-])(?![\d%]){_of_year('m')}",
    "slashmonth": rf"(?<![\d/.,-])(?<!tuần\s)(?P<sm>0?[1-9]|1[0-2])\s?/\s?(?P<sy>{_YEAR})(?!\s?/)",
    "year": rf"(?:năm\s+)(?P<yy>{_YEAR})",
    "dayonly": r"""(?:(?:ngày|thời\s+điểm|mốc|sáng|chiều|tối|trưa|hôm|đêm|từ|đến|tới|trước|sau|vào|dịp
        |nay\s+\()\s*(?:ngày\s+)?)
        (?P<dd>\d{1,2})\s?[/-]\s?(?P<dm>\d{1,2})(?![\d/%]|\s?[/-]\s?\d)""",
    "relative": rf"""(?:hàng|hằng|mỗi|mọi)\s+năm|/năm|một\s+năm\s+qua|(?:từ|tính\s+từ)\s+đầu\s+năm(?!\s+\d)
        |từ\s+nay\s+(?:đến|tới)\s+(?:cuối|hết)\s+năm(?!\s+\d)
        |cả\s+năm(?=\s*[,.;)]|\s+(?!(?:19|20)\d\d(?!\d|[.,]\d))\d|\s+(?:là|ước|đạt|có|toàn|cả)(?!\w))
        |(?:(?:đến|tới|vào|hết)\s+cuối|hết)\s+năm(?!\s+(?:\d|nay|qua|ngoái|trước|sau|tới|học|thứ))
        |trong\s+(?:năm(?=,)|quý(?!\s+(?:[iv\d]|này|trước)))|năm\s+(?:nay|qua|ngoái|trước|sau|tới)|cùng\s+kỳ(?!\s+(?:[^\W\d]+\s+){{0,2}}(?:này|ấy|đó)(?!\w))(?:\s+(?:các\s+)?năm\s+(?:ngoái|trước|(?P<ky>{_YEAR})))?
        |tháng\s+trước|quý\s+trước|kỳ\s+trước|một\s+năm\s+trước""",
    "now": r"""(?:tính\s+)?(?:cho\s+)?(?:đến|tới)\s+(?:nay|thời\s+điểm\s+(?:này|hiện\s+tại|hiện\s+nay)|hiện\s+nay|giờ)
        |hiện\s+nay|hiện\s+tại|(?<!thực\s)(?<!thể\s)(?<!phát\s)(?<!xuất\s)(?<!biểu\s)hiện(?=\s+(?:có|còn|đã|đang|tỉnh|toàn|cả|mới|chỉ|vẫn|đạt|là))""",
    "bare": rf"(?<![\d/.,:-]){_YEAR}(?!\s?[/-]|\s*%)",
}
"""Name → pattern in re.VERBOSE; where several match at one place, the first one in this order is meant."""

_FORMS_OF_WORD = {
    "giai nhiệm các": "span",
    "thời": "span dayonly",
    "trong": "span half last months relative",
    "năm": "school span months year relative",
    "từ": "span days dayonly relative",
    "đến tới": "dayonly relative now",
    "cả": "relative",
    "hết": "relative",
    "tính": "relative now",
    "cho hiện": "now",
    "ngày": "days date worded dayonly",
    "mốc sáng chiều tối trưa hôm đêm trước sau dịp nay": "dayonly",
    "vào": "dayonly relative",
    "nửa giữa": "half",
    "sáu": "span half last months",
    "một": "months relative",
    "quý": "quarter relative",
    "tháng": "month relative",
    "hàng hằng mỗi mọi cùng kỳ": "relative",
}
"""Words that a form may begin with → those forms; further small numbers begin months ("bốn tháng đầu năm")."""

_FORMS_OF_DIGIT = "span date iso half last months slashmonth bare"
_LED = ("từ", "đến", "tới", "trước", "sau", "vào", "dịp", "tính", "cho", "trong", "các")
"""Frequent words, which begin a period only before one of a few others."""

_LEADING_TO = (
    *("ngày", "nay", "thời", "hiện", "đầu", "giữa", "cuối", "giờ", "đến", "tới", "từ", "năm", "giai", "nhiệm", "quý"),
)
_LED_TO = rf"(?=\s+(?:\d|{'|'.join(_LEADING_TO)}))"
_LEADING_LETTERS = frozenset(word[:2] for word in _LEADING_TO)
"""Two letters spare most of the tries of a pattern behind a frequent word."""
_DIGIT_FORM = re.compile(r"[0-9](?<!\d\d)(?=\d?(?:\s?[/.-]\s?\d|\s+tháng)|(?<=1)9\d\d|(?<=2)0\d\d)")
"""First digit of what may be a day, a month, a year or a count of months."""


def _compile(forms: str, opening: str) -> re.Pattern:
    tried = "|".join(f"(?P<{name}>{_FORMS[name]})" for name in _FORMS if name in forms.split())
    return re.compile(f"{opening}(?:{tried})", re.VERBOSE)


def _patterns_by_word() -> dict[str, re.Pattern]:
    """The few forms that each word may begin: one pattern of all forms takes eight times as long at a place."""
    forms = {word.split()[0]: "span last months" for word, value in WORD_VALUES.items() if value <= 12}
    forms |= {word: told for words, told in _FORMS_OF_WORD.items() for word in words.split()}
    whole = {word: rf"(?={word}{_LED_TO})" if word in _LED else "" for word in forms}
    return {word: _compile(told, whole[word]) for word, told in forms.items()}


_BY_WORD = _patterns_by_word()
_IN_ORDER = list(_BY_WORD.values())
_WORDS = AhoCorasick([" " + word for word in _BY_WORD], matchkind=MatchKind.LeftmostLongest)
_YEAR_WORD = list(_BY_WORD).index("năm")
_IS_LED = [word in _LED for word in _BY_WORD]
_OF_DIGIT = _compile(_FORMS_OF_DIGIT, "")
_PER_YEAR = _compile("relative", "")


def find_starts(low: str, padded: str) -> list[tuple[int, re.Pattern]]:
    """Places in a lower-case text where a period may begin, in order, with the pattern of what may stand there.

    `padded` is the text folded, with a blank before and behind it.
    The match's `lastgroup` is the form's name: its group is the one that closes last.
    """
    found = [(match.start(), _OF_DIGIT) for match in _DIGIT_FORM.finditer(low)]
    for index, at, end in _WORDS.find_matches_as_indexes(padded):
        if padded[end] != " ":
            continue
        if index == _YEAR_WORD and low[at - 1 : at] == "/":
            found.append((at - 1, _PER_YEAR))
        elif not _IS_LED[index] or low[end : end + 2] in _LEADING_LETTERS or not low[end : end + 1].isalpha():
            found.append((at, _IN_ORDER[index]))
    found.sort(key=itemgetter(0))
    return found
