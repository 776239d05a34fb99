"""The right letters of a page written for the fonts of the 1990s, or whose UTF-8 was encoded twice.

In: the text of a page whose letters stand for others: "Uû ban nh©n d©n" (.VnTime), "Uûy ban nhaân daân" (VNI). Out: the
page with "Uỷ ban nhân dân", "Ủy ban nhân dân" (people's committee) in their place; or `LettersLost`, one sentence.

How a line is judged: each way of reading it is tried, and the one wins that turns its words into possible syllables
(`syllables`). A line that could be two things ("xã" is also .VnTime for "xó") goes by its font, else by the lines
around it. Capitals with a tone exist in .VnTimeH only: lines in a font .Vn...H become capitals, others stay small.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from reform_figures.font_letters import from_tcvn3, from_twice_utf8, from_vni
from reform_figures.syllables import count_marked, right_words

UNICODE, TCVN3, TCVN3_CAPITALS, VNI, TWICE = "Unicode", "TCVN3", "TCVN3 capitals", "VNI", "UTF-8 encoded twice"

_HINTS = ("µ", "¸", "ø", "Ø", "ï", "ñ", "áº", "á»")
_HINT_ENTITIES = re.compile(
    r"&(?:(?:micro|cedil|oslash|iuml|ntilde|#0*(?:181|184|216|239|241|248)|#x0*(?:b5|b8|d8|ef|f1|f8));"
    r"|(?:aacute|#0*225|#x0*e1);(?:[»º]|&(?:raquo|ordm|#0*18[67]|#x0*b[ab]);))",
    re.I,
)
"""What every paragraph of these kinds holds, and hardly any other page: only then is a page looked at more closely."""
_UNSEEN = frozenset(("script", "style", "noscript", "template"))
_ATTRIBUTES = ("alt", "title", "content")
_FONT_FAMILY = re.compile(r"font(?:-family)?\s*:\s*[^;}\"']*?[\"']?\s*(\.Vn[\w .-]*|VNI[\w .-]*)", re.I)
_CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CSS_NAME = re.compile(r"(?:([a-z][a-z0-9]*))?(?:\.([\w-]+))?", re.I)
_LOST_HORN = re.compile(r"(?<![ưứừửữự])[ờớởỡợơ](?:c|ng)\b", re.I)
"""No syllable rhymes so: what is left of ước and ương where the soft hyphen, which is ư in .VnTime, was dropped."""
_NOT_IN_A_TREE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that lxml refuses, and no reader sees."""

_HOLE = re.compile(r"[^\W\d_]\?+[^\W\d_]")
"""Question marks inside a word: letters that a server could not write."""

ENOUGH_WORDS = 5
"""So many words of two letters or more must come out of a font's letters before a page is believed to be typed so."""

ENOUGH = 0.9
"""Of the words with signs, so many must be possible syllables after all: abbreviations such as NĐ-CP are none."""
_CLEAR_SHARE, _CLEAR_LEAD = 0.7, 0.2


class LettersLost(ValueError):  # noqa: N818 - it reads as the sentence it is
    """The letters cannot be told; the message says what was found."""


@dataclass(slots=True)
class _Run:
    """One text of the page, between two tags or in an attribute, and how it is written ('' while not known)."""

    element: etree._Element
    place: str
    text: str
    font: str
    way: str = ""

    def put(self, text: str) -> None:
        text = _NOT_IN_A_TREE.sub("", text)
        if self.place in ("text", "tail"):
            setattr(self.element, self.place, text)
        else:
            self.element.set(self.place, text)


def restore_letters(page: str) -> str:
    """The page with its letters restored, and the very same string where nothing in it asks for that.

    Raises LettersLost where lines could be read in two ways, or too few words come out as words.
    """
    if not _has_hints(page) or page.lstrip()[:1] in ("{", "["):
        return page
    root = _parse(page)
    runs = list(_runs(root)) if root is not None else []
    for run in runs:
        run.way = _judge(run)
    if not _ask_for_it(runs):
        return page
    _settle(runs)
    _convert(runs)
    doctype = root.getroottree().docinfo.doctype if "<!doctype" in page[:1000].lower() else ""
    return (f"{doctype}\n" if doctype else "") + html.tostring(root, encoding="unicode")


def _has_hints(page: str) -> bool:
    # the last character first: one alone is looked for many times as fast as two
    return any(hint[-1] in page and hint in page for hint in _HINTS) or _HINT_ENTITIES.search(page) is not None


def _ask_for_it(runs: list[_Run]) -> bool:
    """Whether enough words are typed for a font to believe it; those of a few ("Ø 100", "©" alone) become Unicode."""
    for way in (TCVN3, VNI):
        typed = [run for run in runs if run.way.startswith(way)]
        words = sum(len(word) > 1 for run in typed for word in right_words(_read(run)))
        if words < ENOUGH_WORDS:
            for run in typed:
                run.way = UNICODE
    return any(run.way in (TCVN3, TCVN3_CAPITALS, VNI, TWICE) for run in runs)


def _parse(page: str) -> etree._Element | None:
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _runs(root: etree._Element) -> Iterator[_Run]:
    """The texts of a page in order, each with the font that it stands in; deep pages do no harm, nothing recurses."""
    rules = _css_fonts(root)
    fonts: dict[etree._Element, str] = {}
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        parent = element.getparent()
        around = fonts.get(parent, "") if parent is not None else ""
        if event == "start":
            fonts[element] = _font_of(element, rules) or around
            if element.text and element.tag not in _UNSEEN:
                yield _Run(element, "text", element.text, fonts[element])
            for name in _ATTRIBUTES:
                if element.get(name):
                    yield _Run(element, name, element.get(name), fonts[element])
        elif element.tail and (parent is None or parent.tag not in _UNSEEN):
            yield _Run(element, "tail", element.tail, around)


def _font_of(element: etree._Element, rules: dict[tuple[str, str], str]) -> str:
    """Way of writing that an element's own font asks for; '' where it names no font that matters, UNICODE where it
    names another."""
    own = f"font: {element.get('face')}" if element.get("face") else element.get("style") or ""
    found = _FONT_FAMILY.search(own)
    if found:
        return _way_of_font(found[1])
    if "font:" in own or "font-family" in own:
        return UNICODE
    classes = (element.get("class") or "").split()
    keys = [*((element.tag, c) for c in classes), *(("", c) for c in classes), (element.tag, "")]
    return next((rules[key] for key in keys if key in rules), "")


def _way_of_font(name: str) -> str:
    name = name.strip(" .-").lower()
    if name.startswith("vni"):
        return VNI
    return TCVN3_CAPITALS if name.endswith("h") else TCVN3


def _css_fonts(root: etree._Element) -> dict[tuple[str, str], str]:
    """(element, class) → way of writing, of the page's own rules for one element or class, as Word writes them."""
    rules = {}
    for style in root.iter("style"):
        for selectors, declarations in _CSS_RULE.findall(style.text or ""):
            found = _FONT_FAMILY.search(declarations)
            for selector in selectors.split(",") if found else ():
                name = _CSS_NAME.fullmatch(selector.strip())
                if name:
                    rules[(name[1] or "").lower(), name[2] or ""] = _way_of_font(found[1])
    return rules


def _judge(run: _Run) -> str:
    """How a text is written as its words show; its font decides only between ways that are equally good; '' where
    nothing does, UNICODE also where it has no letters in question."""
    text = run.text
    if text.isascii():
        return "ascii"
    readings = {UNICODE: text, TWICE: from_twice_utf8(text)}
    if not any(char > "\xff" and char.isalpha() and char not in "ŒœŠšŽžŸƒˆ" for char in text):
        readings |= {TCVN3: from_tcvn3(text), VNI: from_vni(text)}
    shares = {way: _share(reading) for way, reading in readings.items() if reading is not None}
    if not any(shares.values()):
        return "ascii" if not count_marked(text)[1] else ""
    ranked = sorted(shares, key=shares.__getitem__, reverse=True)
    best = ranked[0]
    second = shares[ranked[1]] if len(ranked) > 1 else 0.0
    if shares[best] >= _CLEAR_SHARE and shares[best] >= second + _CLEAR_LEAD:
        return TCVN3_CAPITALS if (best, run.font) == (TCVN3, TCVN3_CAPITALS) else best
    way = TCVN3 if run.font == TCVN3_CAPITALS else run.font
    return run.font if shares.get(way, 0.0) >= shares[best] > 0 else ""


def _share(reading: str) -> float:
    right, marked = count_marked(reading)
    return right / marked if marked else 0.0


def _settle(runs: list[_Run]) -> None:
    """Texts that could be two things follow the whole page, where it is of one kind, else the lines around them."""
    decided = Counter(run.way.removesuffix(" capitals") for run in runs if run.way not in ("", "ascii"))
    legacy = next((run.way for run in runs if run.way in (TCVN3, TCVN3_CAPITALS)), "")
    before = ""
    for number, run in enumerate(runs):
        if run.way == "ascii" and run.font == TCVN3_CAPITALS and legacy:
            run.way = TCVN3_CAPITALS
        elif run.way == "":
            after = next((r.way for r in runs[number:] if r.way not in ("", "ascii")), before)
            kinds = {way.removesuffix(" capitals") for way in (before, after) if way}
            if len(decided) > 1 and len(kinds) != 1:
                raise LettersLost(
                    f"the page mixes {' and '.join(sorted(kinds or decided))}, and {run.text.strip()[:60]!r} could be "
                    "either"
                )
            run.way = next(iter(kinds or decided))
            if run.way == TCVN3 and run.font == TCVN3_CAPITALS:
                run.way = TCVN3_CAPITALS
        if run.way not in ("", "ascii"):
            before = run.way


def _convert(runs: list[_Run]) -> None:
    right = marked = without_horn = holes = 0
    ways = set()
    for run in runs:
        if run.way in ("ascii", UNICODE):
            continue
        text = _read(run)
        run.put(text)
        ways.add(run.way.removesuffix(" capitals"))
        counts = count_marked(text)
        right, marked = right + counts[0], marked + counts[1]
        holes += len(_HOLE.findall(text))
        without_horn += len(_LOST_HORN.findall(text)) if run.way.startswith(TCVN3) else 0
    what = " and ".join(sorted(ways))
    if without_horn > 1:
        raise LettersLost(f"{what}, but its letter ư is lost (a soft hyphen there, which something dropped)")
    if holes > 2:
        raise LettersLost(f"{what}, but with question marks in the place of {holes} letters or more: it is damaged")
    if right < ENOUGH * marked:
        raise LettersLost(f"{what}, but only {right} of {marked} words come out as Vietnamese: it is damaged")


def _read(run: _Run) -> str:
    if run.way == VNI:
        return from_vni(run.text)
    if run.way == TWICE:
        letters = from_twice_utf8(run.text)
        return run.text if letters is None else letters
    return from_tcvn3(run.text, capitals=run.way == TCVN3_CAPITALS)
