"""News dates: days and months that say when a paper or a station told the news, not what its figures are told for.

In: the words before a time and behind it. Out: whether it dates the news. In "Theo Báo Hà Giang số ra ngày 6/6/2021,
tỉnh có 12 phòng" (12 divisions, according to the paper of 6 June) the day is that of the paper.
"""

from __future__ import annotations

import re

from reform_figures.vocabulary import load_list

_OUTLETS = "|".join(rf"{re.escape(form)}(?!\w)" for form in load_list("news_outlet"))
_OUTLET = re.compile(
    rf"(?:\A|[.;:,(\n“]\s*|(?<!\w)(?:theo|tờ|của|được|dẫn)\s+)(?:{_OUTLETS}|vietnam[a-z]*|vn[a-z]+)(?!\s+cáo)"
    r"(?:\s+[^\W\d]+){0,7}\s*\Z"
)
_PUBLISHED = re.compile(
    r"(?<!\w)(?:(?:đưa|đăng|loan|phát|ra)\s+tin|(?:ra\s+)?số(?:\s+báo)?(?:\s+ra)?(?<=ra|áo)|(?<!thông\s)tin|"
    r"bài(?:\s+(?:báo|viết|đăng))?|dẫn\s+lại|phát\s+(?:hành|sóng)|(?<!thông\s)tin\s+(?:video|tiếng\s+[^\W\d]+)|"
    r"công\s+bố\s+(?:vào|hồi)|(?:báo\s+cáo|số\s+liệu)(?:\s+[^\W\d]+){0,3}\s+(?:trình\s+bày|công\s+bố|gửi|trình)|"
    r"đăng(?:\s+(?:tải|lại)|\s+(?:trên|tại)\s+(?:[^\W\d]+\s+){0,8}[^\W\d]+)?)"
    r"(?:\s+(?:đăng|ra|trong|vào|hồi|từ))*\s*\Z"
)
_PUBLISHED_WORDS = ("tin", "số", "báo", "bài", "dẫn", "phát", "đăng", "công bố")
"""Of these every wording of `_PUBLISHED` has one; most times have none before them."""
_TOLD = re.compile(r"(?<!\w)(?:cho\s+(?:biết|hay)|nêu|thuật\s+lại|viết)\s+(?:[^\W\d]+\s+){0,4}(?:trong|vào|hồi)\s*\Z")
_ENDS = re.compile(r"\s*(?:[.;\n]|rằng(?!\w))")
_REACHED = re.compile(r"(?<!\w)(?:đến|tới|hết|từ|trước|sau|tính|cuối|đầu|trong)\s*(?:tháng\s*)?\Z")
_DAYS = ("date", "worded", "dayonly")


def dates_the_news(low: str, start: int, end: int, kind: str) -> bool:
    """True where the time at `start:end` of a lower-case text, of that form, is when the news came out."""
    line = low.rfind("\n", max(0, start - 70), start) + 1
    before = low[max(line, start - 70) : start]
    if kind == "month" and before.endswith("trong "):
        before = before[: -len("trong ")]
        if _TOLD.search(before + "trong ") and _ENDS.match(low, end):
            return True
    if any(word in before for word in _PUBLISHED_WORDS) and _PUBLISHED.search(before):
        return True
    if _ENDS.match(low, end) and _TOLD.search(before):
        return True
    return kind in _DAYS and not _REACHED.search(before) and _OUTLET.search(before) is not None
