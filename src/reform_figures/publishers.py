"""Where a publisher is at home and whether it is an authority, told from its name.

In: the name of whoever published an article that a digest restates. Out: an area code, '' where the name tells none.
"Báo Đồng Nai" (Đồng Nai newspaper) and "Sở Nội vụ An Giang" name their provinces, "Bộ Nội vụ" is a ministry, and "Sài
Gòn Giải Phóng" writes about the whole country: there the article's own words decide.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from reform_figures.vocabulary import load_rows

_NATIONAL_NAMES = ("hà nội mới", "sài gòn giải phóng")
"""Papers that carry a city's name, or its old one, and write about the country."""

_AUTHORITIES = (
    *("bộ", "sở", "ban", "ubnd", "ủy ban", "hđnd", "chính phủ", "tỉnh ủy", "thành ủy", "quốc hội", "tổng cục", "cục"),
    *(
        "văn phòng",
        "tỉnh",
        "huyện",
        "thị xã",
        "cổng thông tin điện tử",
        "cổng tin tức điện tử",
        "báo điện tử chính phủ",
    ),
    *("trang cải cách hành chính", "trang thông tin điện tử"),
)
"""How the names of authorities, and of what they publish themselves, begin; the press begins otherwise."""


def is_official(publisher: str) -> bool:
    """Whether an authority publishes about its own work, told from the first words of the publisher's name."""
    name = publisher.casefold()
    return any(name == word or name.startswith(word + " ") for word in _AUTHORITIES)


@cache
def _names() -> tuple[tuple[re.Pattern, str], ...]:
    """Patterns of the names of provinces and bodies with their codes, longest first."""
    forms: dict[str, str] = {}
    for row in load_rows("provinces"):
        for name in (row["name"], *filter(None, row["other_names"].split(";"))):
            forms.setdefault(name.casefold(), row["code"])
    for row in load_rows("bodies"):
        forms.setdefault(row["form"].casefold(), row["area"])
    longest_first = sorted(forms, key=len, reverse=True)
    return tuple((re.compile(rf"(?<!\w){re.escape(form)}(?!\w)"), forms[form]) for form in longest_first)


@lru_cache(maxsize=1024)
def area_of_publisher(publisher: str) -> str:
    """Area code of a province or body that the name holds; '' for none, and for papers of the whole country."""
    name = publisher.casefold()
    if any(national in name for national in _NATIONAL_NAMES):
        return ""
    return next((area for pattern, area in _names() if pattern.search(name)), "")
