"""By which words an indicator or an area is found, beside its name.

In: the tables of names, provinces and everyday words. Out: texts to be searched. "TP.HCM" finds Thành phố Hồ Chí Minh
(Ho Chi Minh City), "Bình Dương" also what it became a part of in 2025, "sáp nhập" (merger) the units that were merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reform_figures.names import LANGUAGES, name_table
from reform_figures.records import Observation
from reform_figures.vocabulary import load_rows


def indicator_words(row: Observation) -> str:
    """Everyday words for what an indicator counts, in both languages, separated by ';'."""
    kinds = {"theme": row.theme, "subject": row.subject, "measure": row.measure, "direction": row.direction}
    return _joined(_everyday(f"find_{kind}", code) for kind, code in kinds.items() if code)


def area_words(codes: Iterable[str]) -> dict[str, str]:
    """Area → its other names, abbreviations and everyday words, separated by ';'; '' where it has none."""
    others = {row["code"]: row["other_names"] for row in load_rows("provinces")}
    bodies = defaultdict(list)
    for row in load_rows("bodies"):
        bodies[row["area"]] += [row["form"], row["meaning"]]
    return {
        code: _joined([others.get(code, ""), _everyday("find_area", code), *bodies[code]]) for code in sorted(codes)
    }


def merged_areas() -> dict[str, str]:
    """Province of before June 2025 → the one that it is a part of since."""
    return {row["code"]: row["successor"] for row in load_rows("provinces") if row["successor"]}


def _everyday(kind: str, code: str) -> str:
    row = name_table(kind).get(code, {})
    return _joined(row.get(language, "") for language in LANGUAGES)


def _joined(texts: Iterable[str]) -> str:
    """Words of several texts, each once."""
    return ";".join(dict.fromkeys(word for text in texts for word in text.split(";") if word))
