"""From the bytes of a page to its text: the right letters or a refusal, never letters that look odd.

In: a `Page`, bytes as received and the Content-Type header. Out: text in Unicode NFC, or `UnreadablePage`.
"Ủy ban nhân dân" (people's committee) arrives as UTF-8, UTF-16 or windows-1258, declared rightly, wrongly
or not at all, with its marks composed or apart, typed for the fonts .VnTime or VNI, or encoded twice; it always
leaves as the same string (but for .VnTime's "Uỷ", since there the capital has no mark of its own).
"""

from __future__ import annotations

import re
import unicodedata

from charset_normalizer import from_bytes

from reform_figures.font_letters import decode_windows_1252
from reform_figures.records import Page
from reform_figures.restoring import LettersLost, restore_letters


class UnreadablePage(ValueError):  # noqa: N818 - it reads as the sentence it is
    """A page that holds no article that can be read: its address, what was wrong, what to do."""


BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

NOT_TEXT = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"RIFF", "a media file"),
)

_DECLARED_IN_PAGE = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_DECLARED_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_WHERE_PAGES_DECLARE = 4096

_VIETNAMESE = frozenset(
    "ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ"
    "ĂÂĐÊÔƠƯÀẰẦÈỀÌÒỒỜÙỪỲẢẲẨẺỂỈỎỔỞỦỬỶÃẴẪẼỄĨÕỖỠŨỮỸÁẮẤÉẾÍÓỐỚÚỨÝẠẶẬẸỆỊỌỘỢỤỰỴ"
)
_TYPOGRAPHY = frozenset("\xa0\u200b\u200e\ufeff“”‘’–—…•·°«»©®²³½×₫€™→▪●■★")

# The commonest words of administrative news as two font encodings of the 1990s and a double encoding show them.
# They stand for: của, và, các, là, những, không, được, năm, đến.
_GARBLED = {
    "TCVN3 (.VnTime) letters": re.compile(r"(?<!\w)(?:cña|vµ|c¸c|lµ|nh÷ng|kh«ng|®­?îc|n¨m|®Õn)(?!\w)"),
    "VNI letters": re.compile(r"(?<!\w)(?:cuûa|vaø|caùc|laø|nhöõng|khoâng|ñöôïc|naêm|ñeán)(?!\w)"),
    "UTF-8 that was encoded twice": re.compile("á»|áº|Ä‘|Æ°|Ã[¡-¿]|Ä\x91"),
}
_NEVER_VIETNAMESE = "µ¸÷«¨®ñøûö»ºÄÆ"
"""One of these letters and signs is in every garbled line."""
_ENOUGH_TO_SAY_GARBLED = 5


def decode_page(page: Page) -> str:
    """Text of a page in NFC.

    A byte order mark decides, then strict UTF-8 (which a page in another encoding never passes by chance),
    then the declared charset, windows-1258 and charset-normalizer's guess, each only where the outcome has
    the letters of Vietnamese. Letters typed for the fonts .VnTime and VNI, and UTF-8 encoded twice, become Unicode
    (`restoring`). Raises UnreadablePage for pictures, PDF and letters that nothing explains.
    """
    text, _ = decode_bytes(page.body, page.content_type, name_page(page))
    return unicodedata.normalize("NFC", text)


def name_page(page: Page) -> str:
    """What to call a page in a message."""
    return page.final_url or page.url or page.raw_id or "the page"


def decode_bytes(body: bytes, content_type: str, name: str) -> tuple[str, bool]:
    """`decode_page` before normalisation, for readers that normalise what they take out.

    The second value tells whether the bytes are plain UTF-8 themselves, which a parser can be fed as they are.
    """
    text, is_utf8 = _decode(body, content_type, name)
    restored = _restored(text, name)
    return restored, is_utf8 and restored is text


def _restored(text: str, name: str) -> str:
    try:
        return restore_letters(text)
    except LettersLost as lost:
        raise UnreadablePage(f"{name}: the letters cannot be read ({lost}); look for another copy") from None


def _decode(body: bytes, content_type: str, name: str) -> tuple[str, bool]:
    """Text as the encoding of the bytes gives it, whatever its characters stand for."""
    for start, kind in NOT_TEXT:
        if body.startswith(start):
            raise UnreadablePage(
                f"{name}: this is {kind}, not a page of text; an article page in HTML was expected, so leave "
                "attachments out of the addresses"
            )
    for mark, encoding in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace").lstrip("\ufeff"), False
    if b"\0" in body[:1000]:
        return _decode_wide(body, name), False
    try:
        return body.decode("utf-8"), True
    except UnicodeDecodeError:
        text = _decode_damaged_utf8(body)
        return text if text is not None else _decode_declared(body, content_type, name), False


def _decode_wide(body: bytes, name: str) -> str:
    """UTF-16 without a byte order mark shows in its zeros: every second byte of the mark-up is one."""
    start = body[:1000]
    big, little = start[0::2].count(0), start[1::2].count(0)
    if max(big, little) > 0.3 * len(start) / 2 and min(big, little) < 0.05 * len(start) / 2:
        text = body.decode("utf-16-be" if big > little else "utf-16-le", errors="replace")
        if text.count("\ufffd") < 3:
            return text
    raise UnreadablePage(f"{name}: the bytes are not text (zeros among them); an HTML page was expected")


def _decode_damaged_utf8(body: bytes) -> str | None:
    """UTF-8 in which the server cut a few letters in half; None where it is another encoding.

    A damaged letter stays visible as U+FFFD: at most one for each hundred letters beyond ASCII.
    """
    text = body.decode("utf-8", errors="replace")
    beyond_ascii = sum(char > "\x7f" for char in text)
    return text if text.count("\ufffd") <= beyond_ascii / 100 else None


def _decode_declared(body: bytes, content_type: str, name: str) -> str:
    declared = declared_charset(body, content_type)
    for encoding in dict.fromkeys((declared, "windows-1258")):
        text = _decode_strictly(body, encoding)
        if text is not None and has_vietnamese_letters(text):
            return text
    typed = decode_windows_1252(body)
    if _restored(typed, name) is not typed:
        return typed
    guess = from_bytes(body[:100_000]).best()
    text = _decode_strictly(body, guess.encoding) if guess else None
    if text is not None and has_vietnamese_letters(text):
        return text
    what = garbled_letters(body.decode("latin-1")) or "no encoding turns them into Vietnamese letters"
    raise UnreadablePage(
        f"{name}: the letters cannot be read ({what}; declared: {declared or 'nothing'}); UTF-8, UTF-16 or "
        "windows-1258 was expected, so look for another copy of the article"
    )


def declared_charset(body: bytes, content_type: str) -> str:
    """Charset in the header, else in the page's first bytes; '' where neither says."""
    in_header = _DECLARED_IN_HEADER.search(content_type)
    if in_header:
        return in_header[1].lower()
    in_page = _DECLARED_IN_PAGE.search(body[:_WHERE_PAGES_DECLARE])
    return in_page[1].decode("ascii").lower() if in_page else ""


def _decode_strictly(body: bytes, encoding: str) -> str | None:
    try:
        return unicodedata.normalize("NFC", body.decode(encoding)) if encoding else None
    except (UnicodeError, LookupError):  # an "encoding" such as idna raises the former
        return None


def has_vietnamese_letters(text: str) -> bool:
    """Whether the characters beyond ASCII are letters of Vietnamese (or hardly any): no mojibake.

    Text in NFC. A wrong encoding turns a good part of them into signs and letters of other languages.
    """
    beyond_ascii = [c for c in text if c > "\x7f" and c not in _TYPOGRAPHY]
    vietnamese = sum(c in _VIETNAMESE for c in beyond_ascii)
    return len(beyond_ascii) < len(text) / 200 or vietnamese >= 0.95 * len(beyond_ascii)


def garbled_letters(text: str) -> str:
    """Name of the garbling that the text shows, '' where it reads as it should."""
    if not any(char in text for char in _NEVER_VIETNAMESE):
        return ""
    for name, words in _GARBLED.items():
        if len(words.findall(text)) >= _ENOUGH_TO_SAY_GARBLED:
            return name
    return ""
