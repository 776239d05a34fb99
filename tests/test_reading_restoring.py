"""Pages typed for .VnTime and VNI fonts, and UTF-8 encoded twice: every letter, whole pages, and what stays refused.

"Uỷ ban nhân dân xã" (the commune's People's Committee) is the sample. What a letter was typed as is written down here
again, from the charts of the fonts and of xvnkb, not taken from the code under test.
"""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from reform_figures.decoding import decode_page
from reform_figures.font_letters import TCVN3, VNI, decode_windows_1252, from_tcvn3, from_twice_utf8, from_vni
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Page
from reform_figures.restoring import restore_letters
from reform_figures.syllables import count_marked, is_syllable

_LETTERS = (
    "á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ đ é è ẻ ẽ ẹ ê ế ề ể ễ ệ í ì ỉ ĩ ị ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ "
    "ú ù ủ ũ ụ ư ứ ừ ử ữ ự ý ỳ ỷ ỹ ỵ"
)
_IN_TCVN3 = (
    "¸ µ ¶ · ¹ © Ê Ç È É Ë ¨ ¾ » ¼ ½ Æ ® Ð Ì Î Ï Ñ ª Õ Ò Ó Ô Ö Ý × Ø Ü Þ ã ß á â ä « è å æ ç é ¬ í ê ë ì î "
    "ó ï ñ ò ô \xad ø õ ö ÷ ù ý ú û ü þ"
)
_IN_VNI = (
    "aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë ñ eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò "
    "où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î"
)
LETTERS, IN_TCVN3, IN_VNI = _LETTERS.split(), _IN_TCVN3.split(" "), _IN_VNI.split()
CAPITALS_IN_TCVN3 = dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
TO_TCVN3 = {**dict(zip(LETTERS, IN_TCVN3, strict=True)), **CAPITALS_IN_TCVN3}
TO_VNI = dict(zip(LETTERS, IN_VNI, strict=True)) | {
    letter.upper(): typed.upper() for letter, typed in zip(LETTERS, IN_VNI, strict=True)
}

TEXT = (
    "Chiều 10/8, Uỷ ban nhân dân xã Bình An trả 1.204 hồ sơ đúng hẹn, đạt 98,5%; người dân không phải đi lại nhiều "
    "lần như trước, nhưng ở thôn Đoài vẫn còn 17 hồ sơ quá hạn vì đường truyền yếu."
)
TITLE = "Xã Bình An trả kết quả sớm hơn quy định"
PAGE = "<html><head><title>{t}</title>{head}</head><body><h1 class=title>{t}</h1><div class='article-content'>{b}</div>"


def in_tcvn3(text: str) -> str:
    """As it was typed for .VnTime: a capital with a tone was typed as the small letter."""
    return "".join(TO_TCVN3.get(c, TO_TCVN3.get(c.lower(), c)) for c in text)


def in_vni(text: str) -> str:
    return "".join(TO_VNI.get(c, c) for c in text)


def twice(text: str) -> str:
    return decode_windows_1252(text.encode())


def page_in(typed, body: str = "", head: str = "") -> str:
    return PAGE.format(t=typed(TITLE), b=body or f"<p>{typed(TEXT)}</p><p>{typed(TEXT)}</p>", head=head)


def read(page: str | bytes, content_type: str = ""):
    body = page.encode() if isinstance(page, str) else page
    return read_article(Page(url="http://x.test/a", body=body, content_type=content_type))


def texts(article) -> list[str]:
    return [p.text for p in article.paragraphs if p.role in ("lead", "body")]


# --- letters


def test_there_are_67_small_letters_with_a_sign_and_each_has_a_way_to_be_typed():
    assert len(set(LETTERS)) == len(set(IN_TCVN3)) == len(set(IN_VNI)) == 67


@pytest.mark.parametrize("number", range(67))
def test_every_letter_of_both_cases_comes_back(number):
    letter = unicodedata.normalize("NFC", LETTERS[number])
    assert from_tcvn3(IN_TCVN3[number]) == letter
    assert from_tcvn3(IN_TCVN3[number], capitals=True) == letter.upper()
    assert from_vni(IN_VNI[number]) == letter
    assert from_vni(IN_VNI[number].upper()) == letter.upper()
    assert from_twice_utf8(twice(letter)) == letter
    assert from_twice_utf8(twice(letter.upper())) == letter.upper()


def test_the_seven_capitals_of_vntime_come_back():
    assert [from_tcvn3(typed) for typed in "¡¢£¤¥¦§"] == list("ĂÂÊÔƠƯĐ")


@pytest.mark.skipif(not shutil.which("iconv"), reason="iconv is not on this machine")
def test_the_table_of_vntime_agrees_with_the_standard_in_the_c_library():
    codes = bytes(map(ord, TCVN3))
    done = subprocess.run(["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=codes, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this iconv does not know TCVN5712-1")
    assert unicodedata.normalize("NFC", done.stdout.decode()) == "".join(TCVN3.values())


def test_a_capital_with_a_small_mark_is_a_capital():
    assert from_vni("Uûy ban") == from_vni("UÛy ban") == "Ủy ban"


def test_no_letter_of_vni_is_typed_in_two_meanings():
    assert len(set(VNI)) == len(VNI)
    assert {v for v in VNI.values()} == {*LETTERS, *(letter.upper() for letter in LETTERS)}


def test_letters_around_and_digits_stay():
    assert from_vni("Năm 2022: 98,5% (A1)") == "Năm 2022: 98,5% (A1)"
    assert from_tcvn3("98,5% - 1.204") == "98,5% - 1.204"


# --- whole pages

ENCODE = {"TCVN3": in_tcvn3, "VNI": in_vni, "UTF-8 twice": twice}
WAYS = ["bytes", "bytes declared latin", "UTF-8 of the characters", "numeric entities", "hexadecimal entities"]


def sent(page: str, way: str) -> bytes:
    if way == "bytes":
        return page.encode("cp1252")
    if way == "bytes declared latin":
        return page.replace("<head>", "<head><meta charset=iso-8859-1>").encode("cp1252")
    if way == "UTF-8 of the characters":
        return page.replace("<head>", "<head><meta charset=utf-8>").encode()
    if way == "numeric entities":
        return page.encode("ascii", "xmlcharrefreplace")
    return "".join(c if c < "\x80" else f"&#x{ord(c):X};" for c in page).encode()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["TCVN3", "VNI"])
def test_a_page_reads_the_same_however_it_arrives(kind, way):
    article = read(sent(page_in(ENCODE[kind]), way))
    assert texts(article) == [TEXT, TEXT]
    assert article.title == TITLE


@pytest.mark.parametrize("way", WAYS[2:])
def test_utf8_encoded_twice_is_repaired(way):
    article = read(sent(page_in(twice), way))
    assert texts(article) == [TEXT, TEXT]
    assert article.title == TITLE


def test_named_entities_are_letters_too():
    typed = in_tcvn3(TEXT)
    names = {"¸": "cedil", "µ": "micro", "®": "reg", "«": "laquo", "\xad": "shy", "é": "eacute", "©": "copy"}
    body = "".join(f"&{names[c]};" if c in names else c for c in typed)
    assert texts(read(page_in(in_tcvn3, f"<p>{body}</p>")))[0] == TEXT


@pytest.mark.parametrize(
    ("head", "paragraph"),
    [
        ("", '<p><font face=".VnTimeH">{}</font></p>'),
        ("", "<p><span style=\"font-family: '.VnTimeH'; font-size: 13pt\">{}</span></p>"),
        ("", '<p style="font-family:.VnArialH"><b>{}</b></p>'),
        ('<style>p.tit, h4 {{ font-family: ".VnTimeH"; color: red }}</style>', "<p class=tit>{}</p>"),
    ],
)
def test_a_font_of_capitals_makes_capitals_and_only_it(head, paragraph):
    first = paragraph.format("héi nghÞ tæng kÕt cña tØnh cao b»ng")
    page = page_in(in_tcvn3, f"{first}<p>{in_tcvn3(TEXT)}</p>", head.replace("{{", "{").replace("}}", "}"))
    told = [p.text for p in read(page).paragraphs]
    assert "HỘI NGHỊ TỔNG KẾT CỦA TỈNH CAO BẰNG" in told
    assert TEXT in told


def test_without_a_font_of_capitals_a_capital_with_a_tone_stays_small():
    assert from_tcvn3(in_tcvn3("ỦY BAN")) == "ủY BAN"


@pytest.mark.parametrize("kind", ENCODE)
def test_a_garbled_text_in_a_unicode_page_is_restored_and_the_rest_stays(kind):
    body = f"<p>{ENCODE[kind](TEXT)}</p><p>Tỉnh có 9 huyện, được chia làm 173 xã.</p>"
    article = read(PAGE.format(t=TITLE, b=body, head="<meta charset=utf-8>"))
    assert article.title == TITLE
    assert texts(article) == [TEXT, "Tỉnh có 9 huyện, được chia làm 173 xã."]


def test_a_word_cut_by_mark_up_is_restored():
    body = f"<p>{in_tcvn3(TEXT)}</p><p>Ch<b>ñ</b> tÞch x· nãi: «ng d©n <i>®·</i> nép 9 hå s¬.</p>"
    assert texts(read(page_in(in_tcvn3, body)))[1] == "Chủ tịch xã nói: ông dân đã nộp 9 hồ sơ."


def test_figures_survive_in_every_kind():
    for typed in ENCODE.values():
        assert "1.204" in texts(read(page_in(typed)))[0]


# --- what stays as it is, or is refused


@pytest.mark.parametrize(
    "text",
    [
        "Diện tích 5 km², sai số ±0,5 µm, áo size «M», © 2022, nhiệt độ 20°C, Søren Kierkegaard và Malmö.",
        "Ông Müller (Øresund) nói: “được 9 hồ sơ”; công ty Đông Á, tỉnh đã trả đủ.",
        "The café of Mr. Nuñez: ¸ µ ø",
        "Tác giả: Minh Hà</p><p>Ø 100</p><p>©</p><p>Señor Øre µm ï</p><p>QUỲNH BĂNG",
    ],
)
def test_right_pages_stay_to_the_letter(text):
    page = PAGE.format(t=TITLE, b=f"<p>{text}</p>", head="<meta charset=utf-8>")
    assert decode_page(Page(url="http://x.test/a", body=page.encode())) == page


REFUSED = {
    "the soft hyphens are lost": (page_in(in_tcvn3).replace("\xad", ""), "its letter ư is lost"),
    "letters became question marks": (page_in(in_vni).replace("ø", "?").replace("ô", "?").replace("û", "?"), "damaged"),
    "twice, with a byte lost": (
        page_in(lambda text: twice(text).replace("\xa0", " ").replace("\x81", "?").replace("\x90", "?")),
        "encoded twice",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_damaged_letters_are_refused_in_one_sentence(kind):
    page, why = REFUSED[kind]
    with pytest.raises(UnreadablePage, match=why) as refusal:
        read(page)
    assert "\n" not in str(refusal.value)


def test_a_line_that_could_be_two_things_between_two_kinds_is_refused():
    body = f"<p>{in_tcvn3(TEXT)}</p><p>xã</p><p>Tỉnh có 9 huyện, được chia làm 173 xã.</p>"
    with pytest.raises(UnreadablePage, match="mixes TCVN3 and Unicode, and 'xã' could be either"):
        read(PAGE.format(t=TITLE, b=body, head="<meta charset=utf-8>"))


def test_characters_that_no_tree_holds_are_dropped():
    page = page_in(in_vni, f"<p>&#1;\x0c{in_vni(TEXT)}\x01</p><p>{in_vni(TEXT)}</p>")
    assert texts(read(page)) == [TEXT, TEXT]


ANNOTATED = sorted((Path(__file__).parent / "annotated").glob("*.txt"))


def test_right_texts_with_odd_signs_stay_and_come_back_from_every_kind():
    """All annotated articles: their letters are neither taken for another kind, nor lost on the way through one."""
    for file in ANNOTATED:
        text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8"))
        lines = [line.replace("<", "").replace("&", "") for line in text.splitlines() if line.strip()]
        small = [re.sub(r"[^\x00-\x7fĂÂÊÔƠƯĐ]", lambda c: c[0].lower(), line) for line in lines]
        page = "".join(f"<p>{line}</p>" for line in lines) + "<p>Señor Øre µm ï</p><p>Ø 100</p>"
        assert restore_letters(page) is page, file.name
        for typed, wanted in ((in_vni, lines), (twice, lines), (in_tcvn3, small)):
            restored = restore_letters("".join(f"<p>{typed(line)}</p>" for line in wanted))
            assert [p.text() for p in LexborHTMLParser(restored).css("p")] == wanted, file.name


def test_json_is_left_alone():
    answer = '{"x": "c¸c x· vµ huyÖn"}'
    assert decode_page(Page(url="http://x.test/a", body=answer.encode())) == answer


def test_a_page_of_a_thousand_garbled_lines_takes_no_time():
    page = page_in(in_vni, f"<p>{in_vni(TEXT)}</p>" * 1000)
    assert len(texts(read(page))) == 1000


# --- syllables


def test_vietnamese_words_are_syllables():
    words = "nước Uỷ ủy quyết khuya giếng gì quốc NGHIÊNG hoà hòa thuở yêu Lắk bản ngoẻo"
    assert [word for word in words.split() if not is_syllable(word)] == ["Lắk"]


@pytest.mark.parametrize("word", ["nớc", "cỏc", "caùc", "cña", "xó́", "vµ", "Ã¡", "Đắk"])
def test_other_words_are_none(word):
    assert not is_syllable(word)


def test_only_words_with_signs_are_counted():
    assert count_marked("Ban tổ chức, NĐ-CP © 2022 nói 98,5%") == (3, 4)
