"""Is a page worth reading? A look at its bytes, a tenth of the time of reading it.

In: the body of an answer. Out: "" where it may report figures of the themes, else the reason why it cannot: it is not
Vietnamese, or no wording of the vocabulary that a theme is told by is in it. "Giảm 17 tổng cục" (17 general
departments fewer) counts something of a theme; "đội nhà hơn 2 bàn" (the home team is two goals ahead) does not.

Most pages are decided by their bytes as they are. What is written in another way - another encoding, entities, letters
of a font, mark-up inside a wording - is decoded and looked at again before it is said to be nothing, so that a page is
never lost by how it is written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from reform_figures.decoding import UnreadablePage, declared_charset, decode_bytes, garbled_letters
from reform_figures.extracting.lexicon import fold
from reform_figures.vocabulary import load_list, load_rows

NOT_VIETNAMESE = "not Vietnamese"
NO_CUE = "no cue of the themes"

ENOUGH_LETTERS = 10
"""Letters that only Vietnamese has: a paragraph of an article has more, a foreign page's link "Tiếng Việt" fewer."""

EVERYDAY = frozenset(
    (
        "org", "village", "staff", "psu", "commune", "division", "train", "branch", "district", "done",
        "citizen", "short", "group", "dept", "cong", "teacher", "leader", "fee", "partial", "retire",
        "survey", "cover", "issue", "part", "found", "call", "visit", "paper", "allowance", "open",
        "pending", "saving",
    )
)  # fmt: skip
"""Concepts whose wordings are said of much else too: "phòng" is a division and a room, "bản" a hamlet and a copy. They
are cues only where a number stands before them."""

_NEAR = 30
"""Characters before a wording in which the number that counts it is looked for: "12 nghìn tỷ 300 triệu đồng"."""
_OWN_LETTERS = (b"\xe1\xba", b"\xe1\xbb")
"""First bytes in UTF-8 of U+1E80 to U+1EFF, where the letters with two marks stand (ạ, ế, ữ)."""
_OTHER_WAYS = (
    *(b"&#78", b"&#79", b"&#x1e", b"&#x1E", b"&#X1E", b"\\u1e", b"\\u1E"),
    *(b"acute;", b"grave;", b"circ;", b"tilde;", b"micro;", b"cedil;", b"oslash;"),
    *(b"\xcc\x80", b"\xcc\x81", b"\xcc\x83", b"\xcc\x89", b"\xcc\xa3"),
)
"""What is in pages that write these letters as entities, as JSON escapes, or with marks of their own."""
_FOREIGN = re.compile(
    r"gb|big5|shift|sjis|euc|iso-2022|koi8|ks_c|tis-620|iso-8859-(?!1\b)|windows-(?:125[013-7]|874|31j)|cp125[013-7]"
)
"""Declared charsets that have no Vietnamese; "iso-8859-1" is also declared of pages in fonts of their own."""
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|font|mark|big|small)\b[^<>]{0,2000}+>", re.I)
_TAG = re.compile(r"<[^<>]{0,2000}+>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_COUNTED = re.compile(
    r" (?:\d+|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ|chục)(?: \w+)? \Z"
)
_WORD_BYTE = frozenset((*range(48, 58), *range(65, 91), *range(97, 123), *range(128, 256)))


def why_irrelevant(body: bytes, content_type: str) -> str:
    """Why a page cannot report figures of the themes, "" where it may."""
    written_plainly = sum(map(body.count, _OWN_LETTERS)) >= ENOUGH_LETTERS
    if written_plainly and _has_cue_bytes(body):
        return ""
    if not (written_plainly or _may_be_vietnamese(body, content_type)):
        return NOT_VIETNAMESE
    try:
        text, _ = decode_bytes(body, content_type, "")
    except UnreadablePage:
        return ""  # reading tells the reason
    return _why_text_is_irrelevant(_visible_words(text))


def _has_cue_bytes(body: bytes) -> bool:
    """Whether a wording that needs no number stands in the bytes, as whole words in one of its usual shapes."""
    for _, start, end in load_cues().in_bytes.find_matches_as_indexes(body):
        if (start == 0 or body[start - 1] not in _WORD_BYTE) and (end == len(body) or body[end] not in _WORD_BYTE):
            return True
    return False


def _may_be_vietnamese(body: bytes, content_type: str) -> bool:
    """Whether a page without plain Vietnamese letters may have them written in another way: cheap, and no promise."""
    if b"\0" in body[:1000]:
        return True  # UTF-16, or no text at all
    if len(_other_ways().find_matches_as_indexes(body)) >= ENOUGH_LETTERS:
        return True
    if body.isascii():
        return False
    try:
        return bool(garbled_letters(body.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    if _FOREIGN.match(declared_charset(body, content_type)):
        return False
    windows = unicodedata.normalize("NFC", body.decode("windows-1258", "replace"))
    return _own_letters(windows) >= ENOUGH_LETTERS or bool(garbled_letters(body.decode("latin-1")))


def _visible_words(page: str) -> str:
    """The words of a page in small letters with one blank around each, tags and punctuation left out."""
    if "\\u" in page:
        page = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), page)
    text = unescape(_TAG.sub(" ", _INLINE.sub("", page)))
    return f" {' '.join(fold(unicodedata.normalize('NFC', text)).split())} "


def _why_text_is_irrelevant(words: str) -> str:
    if _own_letters(words) < ENOUGH_LETTERS:
        return NOT_VIETNAMESE
    cues = load_cues()
    if cues.in_words.find_matches_as_indexes(words):
        return ""
    for _, start, _ in cues.counted.find_matches_as_indexes(words, overlapping=True):
        if _COUNTED.search(words[max(0, start - _NEAR) : start + 1]):
            return ""
    return NO_CUE


def _own_letters(text: str) -> int:
    return sum("\u1ea0" <= char <= "\u1ef9" for char in text)


class _Cues:
    """The wordings that themes are told by, ready to be searched for."""

    def __init__(self) -> None:
        themes = {row["subject"]: row["theme"] for row in load_rows("subjects")}
        concepts = {
            concept
            for row in load_rows("subject_rules")
            if themes[row["subject"]] != "other"
            for column in ("all", "sentence", "context")
            for concept in row[column].split()
        }
        units = {row["unit"] for row in load_rows("subject_defaults") if themes[row["subject"]] != "other"}
        units.discard("person")  # of people of whom no more is said, extraction says "other"
        sure, counted = set(load_list("theme_cue")), set()
        for row in load_rows("terms"):
            told = concepts.intersection(row["tags"].split())
            if told - EVERYDAY:
                sure.add(row["form"])
            elif told or row["unit"] in units:
                counted.add(row["form"])
        sure = _shortest(sure)
        self.in_bytes = BytesAhoCorasick([shape.encode() for form in sure for shape in _shapes(form)])
        self.in_words = AhoCorasick([f" {form} " for form in sure])
        self.counted = AhoCorasick([f" {form} " for form in _shortest(counted)])


def _shortest(forms: set[str]) -> list[str]:
    """Folded wordings without those that hold another one: who finds the shorter need not look for the longer."""
    folded = {" ".join(fold(form).split()) for form in forms}
    search = AhoCorasick([f" {form} " for form in sorted(folded)])
    return [f for f in sorted(folded) if len(search.find_matches_as_indexes(f" {f} ", overlapping=True)) == 1]


def _shapes(form: str) -> set[str]:
    """A wording in small letters, at the start of a sentence, in a headline, in capitals."""
    return {form, form[:1].upper() + form[1:], form.title(), form.upper()}


@cache
def load_cues() -> _Cues:
    """Made once a process."""
    return _Cues()


@cache
def _other_ways() -> BytesAhoCorasick:
    return BytesAhoCorasick(list(_OTHER_WAYS))
