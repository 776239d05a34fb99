"""Letters of the font encodings of the 1990s, and of UTF-8 that was encoded twice, as Unicode.

In: text whose characters stand for others: "c¸c x·" in the fonts .VnTime, "caùc xaõ" in the fonts VNI, "cÃ¡c" where a
server took UTF-8 for windows-1252. Out: "các" (the plural) and "xã" (commune), NFC.

Sources of the tables: TCVN 5712:1993 (VN3, the letters of .VnTime and the other ABC fonts; the letters that it shares
with VN1 are tested against the C library's TCVN5712-1) and the table of xvnkb's vni.h for VNI-Windows.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3_CODES = """
A8 ă  A9 â  AA ê  AB ô  AC ơ  AD ư  AE đ  A1 Ă  A2 Â  A3 Ê  A4 Ô  A5 Ơ  A6 Ư  A7 Đ
B5 à  B6 ả  B7 ã  B8 á  B9 ạ  BB ằ  BC ẳ  BD ẵ  BE ắ  C6 ặ  C7 ầ  C8 ẩ  C9 ẫ  CA ấ  CB ậ
CC è  CE ẻ  CF ẽ  D0 é  D1 ẹ  D2 ề  D3 ể  D4 ễ  D5 ế  D6 ệ  D7 ì  D8 ỉ  DC ĩ  DD í  DE ị
DF ò  E1 ỏ  E2 õ  E3 ó  E4 ọ  E5 ồ  E6 ổ  E7 ỗ  E8 ố  E9 ộ  EA ờ  EB ở  EC ỡ  ED ớ  EE ợ
EF ù  F1 ủ  F2 ũ  F3 ú  F4 ụ  F5 ừ  F6 ử  F7 ữ  F8 ứ  F9 ự  FA ỳ  FB ỷ  FC ỹ  FD ý  FE ỵ
"""
_CODES = _TCVN3_CODES.split()
TCVN3 = {chr(int(code, 16)): letter for code, letter in zip(_CODES[::2], _CODES[1::2], strict=True)}
"""Character of windows-1252 → letter. Capitals with a tone have no code: they are small letters in a font of capitals
(.VnTimeH), so the font must be known."""

_TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")  # sắc, huyền, hỏi, ngã, nặng: the order of the marks below
_VNI_MARKS = {  # base as typed: letter meant, marks for the five tones; a mark before them is the bare letter's
    "a": ("a", "ùøûõï"), "e": ("e", "ùøûõï"), "o": ("o", "ùøûõï"), "u": ("u", "ùøûõï"), "ô": ("ơ", "ùøûõï"),
    "ö": ("ư", "ùøûõï"), "y": ("y", "ùøûõ"),
}  # fmt: skip
_VNI_CIRCUMFLEX, _VNI_BREVE = "âáàåãä", "êéèúüë"
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    """What is typed → letter, both cases; a capital base may carry a small mark ("Uû"), as hurried typists leave it."""
    small = dict(_VNI_SINGLE)
    for base, (letter, marks) in _VNI_MARKS.items():
        small.update({base + m: letter + t for m, t in zip(marks, _TONES, strict=False)})
    for base in "aeo":
        small.update({base + m: base + "\u0302" + t for m, t in zip(_VNI_CIRCUMFLEX, ("", *_TONES), strict=True)})
    small.update({"a" + m: "a\u0306" + t for m, t in zip(_VNI_BREVE, ("", *_TONES), strict=True)})
    table = {typed: unicodedata.normalize("NFC", letter) for typed, letter in small.items()}
    capital = {typed.upper(): letter.upper() for typed, letter in table.items()}
    mixed = {t[0].upper() + t[1]: letter.upper() for t, letter in table.items() if len(t) == 2}
    return {**mixed, **capital, **table}


VNI = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TCVN3_TRANSLATION = str.maketrans(TCVN3)
_WINDOWS_1252 = {
    char: byte for byte in range(0x80, 0x100) for char in (bytes([byte]).decode("cp1252", "ignore") or chr(byte))
}
_TWICE = re.compile("[\u0080-\uffff]+")


def decode_windows_1252(body: bytes) -> str:
    """Bytes as browsers read them: windows-1252, its five unused codes as control characters."""
    return "".join(char or chr(byte) for char, byte in ((bytes([b]).decode("cp1252", "ignore"), b) for b in body))


def from_tcvn3(text: str, capitals: bool = False) -> str:
    """Text typed for .VnTime; `capitals` where its font shows small letters as capitals (.VnTimeH)."""
    letters = unicodedata.normalize("NFC", text.translate(_TCVN3_TRANSLATION))
    return letters.upper() if capitals else letters


def from_vni(text: str) -> str:
    """Text typed for VNI-Times and the other VNI-Windows fonts."""
    return unicodedata.normalize("NFC", _VNI_PATTERN.sub(lambda typed: VNI[typed[0]], text))


def from_twice_utf8(text: str) -> str | None:
    """UTF-8 that was taken for windows-1252 (or latin-1) and encoded again; None where one letter does not come back.

    Strict: a run of characters beyond ASCII either goes back whole or was right before. No run may hold both.
    """
    changed = False

    def back(run: re.Match) -> str:
        nonlocal changed
        codes = [_WINDOWS_1252.get(char, ord(char)) for char in run[0]]
        if max(codes) > 0xFF:
            return run[0]
        letters = bytes(codes).decode("utf-8")
        changed = True
        return letters

    try:
        letters = _TWICE.sub(back, text)
    except UnicodeDecodeError:
        return None
    return unicodedata.normalize("NFC", letters) if changed else None
