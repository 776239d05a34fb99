"""The lexicon: what the vocabulary tables say of each wording, and the automaton that finds them.

In: the rows of the vocabulary. Out: an `Entry` for each wording, and all of them in one automaton; text is folded the
same way before it is searched. "đơn vị sự nghiệp công lập" (public service unit) has its unit and its concepts.

A longer wording keeps what its first word says: Vietnamese phrases have their head first, so "tổ chức phòng" may
leave its unit to "tổ chức".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from reform_figures.vocabulary import load_rows

_NOT_WORD = re.compile(r"[^\w ]")
_PUNCTUATION = ",.\n/;\u00a0:-%()“”–\"'?!+…&•*[]|’="


@dataclass(slots=True)
class Entry:
    """What the vocabulary says of one wording; empty fields say nothing."""

    form: str
    """as it is searched for: folded, with the blanks that punctuation leaves"""
    unit: str = ""
    tags: frozenset[str] = frozenset()
    area_kind: str = ""
    """scope, province or body"""
    area: str = ""
    area_tier: str = ""
    bound: str = ""
    side: str = ""
    """where a hedge stands: before or after its number; SILENT where it is none and only holds such a word"""
    direction: str = ""
    move: str = ""
    """what a direction does: compare, cut, add, result, other; SILENT where it only holds such a word"""
    status: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    """side (before, after) → reason"""
    tier: str = ""
    """tier that its last words name: "thủ tục hành chính cấp tỉnh" (procedures of the province level)"""
    concepts: int = 0
    """its tags as bits, see `concept_bits`"""
    kinds: tuple[int, ...] = ()
    """places in `KINDS` of the fields that are not empty"""
    word: str = ""
    """the form without blanks around it"""
    name: str = ""
    """the word as it stands in the name of a rule"""

    def set_area(self, kind: str, code: str, tier: str) -> None:
        """Make it name an area; without a code it names none."""
        self.area_kind, self.area, self.area_tier = (kind, code, tier) if code else ("", "", "")


SILENT = "silent"
KINDS = ("unit", "tags", "area", "side", "move", "status")
"""Fields of an `Entry` by which the cues of an article are kept apart: most rules look for one of them only."""
_BITS: dict[str, int] = {}
_TIERS = {" cấp tỉnh": "province", " cấp huyện": "district", " cấp xã": "commune"}


def concept_bits(tags: Iterable[str]) -> int:
    """Concepts as bits of one number, so that sets of them are joined and compared in one step."""
    bits = 0
    for tag in tags:
        bits |= _BITS.setdefault(tag, 1 << len(_BITS))
    return bits


def fold(text: str, lowered: str | None = None) -> str:
    """Lower case with everything but letters, digits and blanks turned into blanks; same length as `text`.

    `lowered` is `text.lower()` where it is at hand.
    """
    low = text.lower() if lowered is None else lowered
    if len(low) != len(text):  # a few letters grow when lowered (İ): keep those as they are
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for mark in _PUNCTUATION:  # a tenth of the time that the regular expression takes, which is for what is left
        low = low.replace(mark, " ")
    # blanks made letters, not taken out: a replacement of the same length is ten times as fast
    return low if low.replace(" ", "a").isalnum() else _NOT_WORD.sub(" ", low)


def _fold_form(form: str) -> str:
    return fold(form.strip())


@cache
def load_lexicon() -> tuple[AhoCorasick, list[Entry]]:
    """The automaton over all folded wordings and the entry of each."""
    entries = _read_entries()
    _inherit_heads(entries)
    _inherit_concepts(entries)
    for form, e in entries.items():
        e.word = form.strip()
        e.name = e.word.replace(" ", "_")
        e.tier = next((tier for tail, tier in _TIERS.items() if form.endswith(tail) and e.tags), "")
        e.concepts = concept_bits(e.tags)
        e.kinds = tuple(n for n, name in enumerate(KINDS) if getattr(e, name))
    # not as a DFA, which is faster by itself and slows all else: it crowds the processor's cache
    automaton = AhoCorasick([" " + form for form in entries], matchkind=MatchKind.LeftmostLongest)
    return automaton, list(entries.values())


def _read_entries() -> dict[str, Entry]:
    """Folded wording → what the tables say of it."""
    entries: dict[str, Entry] = {}

    def entry(form: str) -> Entry:
        folded = _fold_form(form)
        return entries.setdefault(folded, Entry(folded))

    for row in load_rows("compounds"):  # words that only contain a term: "cơ bản" (basic) is no "bản" (hamlet)
        entry(row["form"])
    for row in load_rows("terms"):
        e = entry(row["form"])
        e.unit, e.tags = row["unit"], frozenset(row["tags"].split())
    for row in load_rows("scopes"):
        entry(row["form"]).set_area("scope", row["area"], row["tier"])
    for row in load_rows("bodies"):
        entry(row["form"]).set_area("body", row["area"], "central")
    for row in load_rows("provinces"):
        for name in (row["name"], *filter(None, row["other_names"].split(";"))):
            # "của Thành phố Hồ Chí Minh" is longer than "của thành phố" (of the city), which would hide the name
            for form in (name, f"tỉnh {name}", f"thành phố {name}", f"của {name}", f"trên địa bàn {name}"):
                entry(form).set_area("province", row["code"], "")
    for row in load_rows("hedges"):
        e = entry(row["form"])
        e.bound, e.side = row["bound"], row["side"] or SILENT
    for row in load_rows("directions"):
        e = entry(row["form"])
        e.direction, e.move = row["direction"], row["kind"] or SILENT
    for row in load_rows("statuses"):
        entry(row["form"]).status = row["status"]
    for row in load_rows("labels"):
        entry(row["form"]).labels[row["side"]] = row["reason"]
    return entries


def _inherit_heads(entries: dict[str, Entry]) -> None:
    """A longer wording takes the unit, direction, status and hedge of its head where it has none of its own."""
    for form, e in entries.items():
        words = form.split(" ")
        for cut in range(len(words) - 1, 0, -1):
            head = entries.get(" ".join(words[:cut]).rstrip())
            if head is None:
                continue
            named = e.area_kind in ("province", "body") or e.area in ("NATIONAL", "HOMEBODY")
            if not e.unit and not e.tags and not e.area:
                break
            if not e.unit and not named and (e.tags or e.area) and head.unit != "vnd":
                e.unit = head.unit  # "đồng bộ" (to synchronise) is no sort of "đồng"
            break


def _inherit_concepts(entries: dict[str, Entry]) -> None:
    """A wording of another table ("chuyển sang tự đảm bảo") keeps the concepts of the terms within it."""
    terms = {f: e for f, e in entries.items() if e.tags}
    for form, e in entries.items():
        if e.tags or e.area or not (e.move or e.status or e.side):
            continue
        words = form.split(" ")
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                inner = terms.get(" ".join(words[start:end]))
                if inner is not None:
                    e.tags |= inner.tags
                    break
