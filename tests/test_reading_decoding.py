"""Bytes become the right letters, or a sentence that says why not.

"Ủy ban nhân dân xã" (the commune's People's Committee) is the sample; every row tells how a server may send it.
"""

import unicodedata

import pytest

from reform_figures.decoding import declared_charset, decode_page, garbled_letters, has_vietnamese_letters
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Page

TEXT = "Ủy ban nhân dân xã trả 1.204 hồ sơ đúng hẹn, đạt 98,5%; người dân không phải đi lại nhiều lần như trước."
HEAD = "<html><head>{meta}</head><body><h1>Một cửa</h1><div class='article-content'><p>{text}</p></div></body></html>"
META = "<meta http-equiv='Content-Type' content='text/html; charset={}'>"


def as_windows_1258(text: str) -> bytes:
    """The letters of that code page: base letters with breve, circumflex or horn, tones apart."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        try:
            out.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = next(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
            out.append(unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258"))
    return b"".join(out)


def page_in(meta: str = "", text: str = TEXT) -> str:
    return HEAD.format(meta=META.format(meta) if meta else "", text=text)


WAYS = {
    "utf-8 declared": (page_in("utf-8").encode(), ""),
    "utf-8 undeclared": (page_in().encode(), ""),
    "utf-8 with a wrong meta": (page_in("iso-8859-1").encode(), ""),
    "utf-8 with a wrong header": (page_in().encode(), "text/html; charset=windows-1252"),
    "utf-8 with a mark and a wrong meta": (b"\xef\xbb\xbf" + page_in("iso-8859-1").encode(), ""),
    "utf-8 decomposed": (unicodedata.normalize("NFD", page_in("utf-8")).encode(), ""),
    "utf-16 with a mark": (page_in("utf-16").encode("utf-16"), ""),
    "utf-16 little-endian without a mark": (page_in().encode("utf-16-le"), ""),
    "utf-16 big-endian without a mark": (page_in().encode("utf-16-be"), ""),
    "windows-1258 in the meta": (as_windows_1258(page_in("windows-1258")), ""),
    "windows-1258 in the header": (as_windows_1258(page_in()), "text/html; charset=windows-1258"),
    "windows-1258 undeclared": (as_windows_1258(page_in()), ""),
    "windows-1258 declared as latin": (as_windows_1258(page_in("iso-8859-1")), ""),
    "an unknown charset declared": (page_in("x-viet").encode(), ""),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_letters_arrive_whatever_the_encoding(way):
    body, content_type = WAYS[way]
    page = Page(url="http://x.test/a", body=body, content_type=content_type)
    assert TEXT in decode_page(page)
    assert read_article(page).paragraphs[-1].text == TEXT


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_entities_become_letters_in_nfc(form):
    entities = unicodedata.normalize(form, TEXT).encode("ascii", "xmlcharrefreplace").decode()
    body = page_in("us-ascii", entities).encode("ascii", "xmlcharrefreplace")
    assert read_article(Page(url="http://x.test/a", body=body)).paragraphs[-1].text == TEXT


def test_a_letter_cut_in_half_stays_visible_and_costs_nothing_else():
    body = page_in(text=TEXT * 20).encode().replace("như".encode(), b"nh\xc6", 1)
    text = decode_page(Page(url="http://x.test/a", body=body))
    assert text.count("\ufffd") == 1
    assert TEXT in text


NO_TEXT = {
    "a PDF": (b"%PDF-1.7 ...", "this is a PDF file"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "this is a PNG picture"),
    "a gzip file": (b"\x1f\x8b\x08\x00", "this is a gzip file"),
    "zeros": (b"ab\0\0\0cd\0\0" * 50, "the bytes are not text"),
    "noise": (bytes(range(128, 256)) * 9, "the letters cannot be read"),
}


@pytest.mark.parametrize("kind", NO_TEXT)
def test_what_cannot_be_read_is_refused_in_one_sentence(kind):
    body, why = NO_TEXT[kind]
    with pytest.raises(UnreadablePage, match=why) as refusal:
        read_article(Page(url="http://x.test/a", body=body))
    assert str(refusal.value).startswith("http://x.test/a: ")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "text", [TEXT, "Bộ trưởng: “Giữ cho được” – 5 km² × 3, 20°C, «xã», cỡ chữ ©", "Plain English", ""]
)
def test_good_text_is_not_called_garbled(text):
    assert garbled_letters(text) == ""
    assert has_vietnamese_letters(text)


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        (b"<meta charset=utf-8>", "", "utf-8"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=Windows-1258">', "", "windows-1258"),
        (b'<?xml version="1.0" encoding="UTF-16"?>', "", "utf-16"),
        (b"<meta charset=utf-8>", "text/html; charset=ISO-8859-1", "iso-8859-1"),
        (b"<p>charset=utf-8</p>", "text/html", ""),
    ],
)
def test_the_header_wins_over_the_page(body, content_type, charset):
    assert declared_charset(body, content_type) == charset
