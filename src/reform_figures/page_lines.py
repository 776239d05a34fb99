"""The element around an article's paragraphs, cut into the lines that a reader sees.

In: a node of a parsed page. Out: `Line`s in order, each with marks of how it is set: bold, right-aligned, in a
list, a table row, a caption. `<p><b>Tác giả:</b> LN</p>` (author: LN) becomes one line without marks, since only a
part of it is bold. No text is left out but scripts and styles; pictures become lines with `PICTURE`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from selectolax.lexbor import LexborNode

BOLD, ITALIC, LINK, RIGHT, CENTRE, HEADING, ITEM, CAPTION, AUTHOR, FURNITURE, ROW, PICTURE = (1 << n for n in range(12))
"""Marks of a line, joined by |. A mark holds where it holds for all text of the line."""

ALL_MARKS = (1 << 12) - 1


class Line(NamedTuple):
    """Text of one line (of a picture: its alternative text) and its marks."""

    text: str
    marks: int


_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
        "tr", "ul",
    )
)  # fmt: skip
_UNSEEN = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "iframe", "object", "video", "audio", "select",
        "textarea", "input", "head",
    )
)  # fmt: skip
_MARK_OF_TAG = {
    **dict.fromkeys(("b", "strong"), BOLD),
    **dict.fromkeys(("i", "em"), ITALIC),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING),
    "a": LINK,
    "li": ITEM,
    "center": CENTRE,
    "figcaption": CAPTION,
    "button": FURNITURE,
    "nav": FURNITURE,
}
_PLAIN = frozenset(("b", "strong", "i", "em", "tbody", "thead"))
"""Elements whose attributes do not matter."""

_ATTRIBUTE_MARKS = (
    (RIGHT, re.compile(r"text-align:\s*(?:right|end)|\btext-right\b|align-?right", re.I)),
    (CENTRE, re.compile(r"text-align:\s*center|\btext-center\b|align-?center", re.I)),
    (BOLD, re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.I)),
    (ITALIC, re.compile(r"font-style:\s*italic", re.I)),
    (CAPTION, re.compile(r"caption|chu-?thich", re.I)),
    (AUTHOR, re.compile(r"\bp?author\b|tac-?gia|byline", re.I)),
    (FURNITURE, re.compile(r"display:\s*none", re.I)),
)
_ALIGNED = {"right": RIGHT, "center": CENTRE, "middle": CENTRE}

_LAYOUT_SPACE = re.compile(r"[ \t\n\r\f]+")
_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
# "5.510<sup>1</sup>" must not become 55101
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_LINES_IN_A_CELL = 2


def clean_text(text: str) -> str:
    """One line as it is kept: NFC, layout space as one space, zero-width characters out, ends stripped.

    A no-break space inside the line stays: it is the writer's.
    """
    if "\n" in text or "\t" in text or "  " in text or "\r" in text:
        text = _LAYOUT_SPACE.sub(" ", text)
    if not text.isascii():
        for char in _ZERO_WIDTH:
            if char in text:
                text = text.replace(char, "")
        text = unicodedata.normalize("NFC", text)
    return text.strip()


def node_text(node: LexborNode) -> str:
    """All text of a node as one line, without the captions of its pictures."""
    return " ".join(text for text, marks in find_lines(node) if not marks & (PICTURE | CAPTION))


def find_lines(body: LexborNode, furniture: frozenset[int] = frozenset()) -> list[Line]:
    """The lines of an element in order. `furniture` holds `mem_id`s of elements whose lines get that mark.

    Time is linear in the size of the element, whatever its nesting.
    """
    lines: list[Line] = []
    words: list[str] = []
    marks = ALL_MARKS

    def end_line() -> None:
        nonlocal marks
        text = clean_text("".join(words)) if words else ""
        if text:
            lines.append(Line(text, marks))
        words.clear()
        marks = ALL_MARKS

    waiting: list[tuple[LexborNode | None, int]] = [(child, 0) for child in _children_backwards(body)]
    while waiting:
        node, context = waiting.pop()
        if node is None:
            end_line()
            continue
        tag = node.tag or "-instruction"
        if tag == "-text":
            text = node.text_content or ""
            words.append(text)
            if not text.isspace():
                marks &= context
        elif tag == "br":
            end_line()
        elif tag == "img":
            end_line()
            lines.append(Line(clean_text(node.attributes.get("alt") or ""), PICTURE))
        elif tag == "sup":
            words.append(node.text().translate(_SUPERSCRIPTS))
        elif tag == "table" and (rows := _data_rows(node)):
            end_line()
            lines.extend(Line(row, ROW | (context & FURNITURE)) for row in rows)
        elif tag not in _UNSEEN and tag[0] not in "-!":
            if tag in _BLOCKS:
                end_line()
                waiting.append((None, 0))
            context |= _marks_of(node, tag, furniture)
            waiting.extend((child, context) for child in _children_backwards(node))
    end_line()
    return lines


def _children_backwards(node: LexborNode) -> list[LexborNode]:
    children = []
    child = node.last_child
    while child is not None:
        children.append(child)
        child = child.prev
    return children


def _marks_of(node: LexborNode, tag: str, furniture: frozenset[int]) -> int:
    """Marks that an element gives to all text inside it."""
    marks = _MARK_OF_TAG.get(tag, 0)
    if furniture and node.mem_id in furniture:
        marks |= FURNITURE
    attributes = node.attributes if tag not in _PLAIN else None
    if not attributes:
        return marks & ~LINK
    if "hidden" in attributes:
        marks |= FURNITURE
    words = f"{attributes.get('class') or ''} {attributes.get('style') or ''}"
    if len(words) > 1:
        for mark, pattern in _ATTRIBUTE_MARKS:
            if pattern.search(words):
                marks |= mark
    return marks | _ALIGNED.get(attributes.get("align") or "", 0)


def _data_rows(table: LexborNode) -> list[str]:
    """Rows of a table of data, cells joined by ' | '; none for a table that only places pictures or whole texts."""
    if table.css_first("img") is not None or any(t.mem_id != table.mem_id for t in table.css("table")):
        return []
    rows = []
    columns = 0
    for row in table.css("tr"):
        cells = [find_lines(cell) for cell in row.iter() if cell.tag in ("td", "th")]
        if any(len(lines) > _MOST_LINES_IN_A_CELL for lines in cells):
            return []
        texts = [" ".join(line.text for line in lines) for lines in cells]
        columns = max(columns, sum(map(bool, texts)))
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            rows.append(" | ".join(texts))
    return rows if columns > 1 else []
