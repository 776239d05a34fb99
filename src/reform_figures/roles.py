"""What part each line of an article plays: lead, heading, body, caption, author, furniture.

In: lines in order, from a page or a plain text. Out: a role for each (`records.ROLES`); no line is dropped.
"Thủ tướng phát biểu tại hội nghị" (the Prime Minister speaks at the conference), short and without a full stop,
is a caption, also where the editor pasted it as a paragraph. The wordings are in `vocabulary/page_words.csv`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from reform_figures.datelines import cut_dates
from reform_figures.page_lines import (
    AUTHOR,
    BOLD,
    CAPTION,
    CENTRE,
    FURNITURE,
    HEADING,
    ITALIC,
    ITEM,
    LINK,
    PICTURE,
    RIGHT,
    ROW,
    Line,
)
from reform_figures.vocabulary import load_rows

_LONGEST_CAPTION = 200
_LONGEST_HEADING = 150
_LONGEST_NAME = 60
_LONGEST_DATE_LINE = 150
_SHORTEST_PROSE = 120
"""Lengths in characters, as seen in the pages and texts that the project knows."""
LONGEST_SOURCE_LINE = 2_400
"""With its addresses: the longest known has 1,146 characters, as portals put their state into an address."""

_FILE_NAME = re.compile(r"[^/\n]{1,80}\.(?:jpe?g|png|gif|bmp|webp)", re.I)
_FULL_STOP = re.compile(r"[.;:!,…][\"”’)]?$|\./\.$")
_PLACE_OPENING = re.compile(r"\([^()]{2,40}\)\s*[-–—]\s*\S")
_NAME_JOINERS = ("-", "–", "&", "và")
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"https?://\S+")


def _forms(role: str, where: str) -> list[str]:
    return [row["form"] for row in load_rows("page_words") if (row["role"], row["where"]) == (role, where)]


def _pattern(role: str, where: str) -> re.Pattern:
    """One pattern for the wordings of a role: longest first, any case, any space, words whole."""
    escaped = (
        re.escape(f).replace(r"\ ", r"\s+").replace(":", r"\s*:") + ("" if f.endswith(":") else r"(?!\w)")
        for f in sorted(_forms(role, where), key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(escaped)})", re.I)


def _words_of_each(forms: list[str]) -> list[str]:
    """A few words, in lower case, of which every form has at least one."""
    words: list[str] = []
    for form in sorted(forms, key=lambda form: form.count(" ")):
        its_own = form.lower().rstrip(":").split()
        if not set(its_own) & set(words):
            words.append(its_own[-1])
    return words


_FURNITURE_LINE, _FURNITURE_START = _pattern("furniture", "line"), _pattern("furniture", "start")
_CAPTION_START, _CAPTION_INSIDE = _pattern("caption", "start"), _pattern("caption", "inside")
_CREDIT = re.compile(_pattern("caption", "credit").pattern + r"[^;!?]{0,45}$", re.I)
_CREDIT_WORDS = _words_of_each(_forms("caption", "credit"))
"""Few lines have one, and the pattern takes many times as long as looking for them."""
_AUTHOR_START, _SOURCE_START = _pattern("author", "start"), _pattern("source_line", "start")
_DATE_WORDS = _pattern("date_line", "inside")
_SITE_NAME_START = _pattern("site_name", "start")
_DOMAIN = re.compile(r"[\w.-]+\.vn")


def same_text(one: str, other: str) -> bool:
    """Whether two lines read alike: case, space and the shape of quotes and dashes aside."""
    return bool(one and other) and abs(len(one) - len(other)) <= 20 and _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


_STAMP = re.compile(r"(?<!\d)\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:h]\d\d(?!\d)")


def is_date_line(text: str) -> bool:
    """Whether a line is a publication date with its weekday, counters, buttons and perhaps a name; no sentence."""
    if len(text) > _LONGEST_DATE_LINE:
        return False
    rest = cut_dates(text) if _DIGIT.search(text) else text
    if rest == text:
        return False
    words = re.findall(r"[^\W\d_]+", _DATE_WORDS.sub(" ", rest))
    if len(words) <= 4 and all(word[0].isupper() for word in words):
        return True
    # A clock time beside a full date, or counters between bars, stand in no sentence: "Lượt đọc: 874 | Cỡ chữ A+ A-"
    stamped = _STAMP.search(text) and (_CLOCK.search(text) or "|" in text)
    return bool(stamped) and len(words) <= 12 and not text.rstrip().endswith(".")


def name_before_date(text: str) -> str:
    """The byline that opens a date line ("VIẾT TRỌNG 08:13, 21/12/2023"), '' where none does."""
    before = re.split(r"\d", _DATE_WORDS.sub("|", text), maxsplit=1)[0].strip(" ,|-–")
    return before if is_name(before) else ""


def is_name(text: str) -> bool:
    """Whether a short line consists of names only: "Anh Cao", "LN", "Bảo Anh - Hữu Thắng"."""
    words = text.replace(",", " ").split()
    return 0 < len(words) <= 8 and all(word in _NAME_JOINERS or word[0].isupper() for word in words)


def byline_name(line: str) -> str:
    """An author's line without its label: "Tác giả: LN" is "LN"."""
    return _AUTHOR_START.sub("", line, count=1).strip() if _AUTHOR_START.match(line) else line


def is_source_line(text: str) -> bool:
    """Whether a line names the source of the article."""
    return bool(_SOURCE_START.match(text))


def is_furniture(text: str) -> bool:
    """Whether a line is known to be page, not article, by its words alone."""
    return len(text) <= _LONGEST_CAPTION and bool(
        _FURNITURE_LINE.fullmatch(text.strip(" .:>»<[]()"))
        or _FURNITURE_START.match(text)
        or _FILE_NAME.fullmatch(text)
    )


def is_site_name(text: str) -> bool:
    """Whether the end of a page's title names the site: "Cổng thông tin điện tử ..." or a domain."""
    return bool(_SITE_NAME_START.match(text) or _DOMAIN.fullmatch(text))


def is_headline(text: str) -> bool:
    """Whether the first line of a plain text is a headline, not the first paragraph: short, no full stop."""
    return len(text) <= _LONGEST_CAPTION and not text.endswith(".")


def assign_roles(
    lines: Sequence[Line], *, title: str, lead: str = "", authors: Sequence[str] = (), plain: bool = False
) -> list[str]:
    """A role for each line of a body, in order; '' for a picture.

    `lead` and `authors` are what the page shows outside the body or marks as such, '' and () where nothing is
    known: then the first paragraph is the lead if it is set apart (bold, or opened by a place), and the last
    short line that is a name is the author. A `plain` text sets nothing apart: its first paragraph is the lead,
    and a short line without a full stop before a paragraph is a heading.
    """
    roles = _roles_one_by_one(lines, title)
    if plain:
        _find_byline_before_date(lines, roles)
    _find_lead(lines, roles, lead, plain)
    _find_tail(lines, roles, authors)
    if plain:
        _find_plain_headings(lines, roles)
    return roles


def _find_byline_before_date(lines: Sequence[Line], roles: list[str]) -> None:
    """A name alone between the headline and the date of a plain text is the author, not the first paragraph."""
    told = [n for n, role in enumerate(roles[:6]) if role != "blank"]
    for first, second in itertools.pairwise(told):
        name, stamp = lines[first][0].strip(), lines[second][0].strip()
        if roles[first] == "body" and is_name(name) and is_date_line(stamp):
            roles[first], roles[second] = "author", "date_line"
            return
        if roles[first] == "body":
            return


def _roles_one_by_one(lines: Sequence[Line], title: str) -> list[str]:
    roles: list[str] = []
    picture, caption = "", ""
    after_picture = False
    for line in lines:
        text, marks = line
        if marks & PICTURE:
            roles.append("")
            picture, after_picture = text, True
            continue
        if not text.strip():
            roles.append("blank")
            continue
        role = _role_by_itself(line, title)
        if role == "body" and "body" not in roles and is_date_line(text.strip()):
            role = "date_line"
        elif role == "furniture":
            after_picture = after_picture or bool(_FILE_NAME.fullmatch(text.strip()))
        else:
            if role in ("body", "heading") and (
                same_text(text, picture) or same_text(text, caption) or _is_caption(line, after_picture)
            ):
                role = "caption"
            caption = text if role == "caption" else ""
            after_picture = False
        roles.append(role)
    return roles


def _role_by_itself(line: Line, title: str) -> str:
    """Role of a line by itself."""
    text, marks = line[0].strip(), line[1]
    if marks & FURNITURE or is_furniture(text) or same_text(text, title):
        return "furniture"
    if marks & ROW:
        return "table_row"
    if marks & CAPTION and len(text) <= 2 * _LONGEST_CAPTION:
        return "caption"
    if marks & LINK and len(text) > 15:
        return "furniture"  # a paragraph that is a link leads to another article
    if marks & ITEM:
        return "list_item"
    if marks & HEADING or (marks & BOLD and len(text) <= _LONGEST_HEADING and not _FULL_STOP.search(text)):
        return "heading"
    return "body"


def _is_caption(line: Line, after_picture: bool) -> bool:
    text, marks = line[0].strip(), line[1]
    if len(text) > _LONGEST_CAPTION or _AUTHOR_START.match(text):
        return False
    if after_picture and marks & (ITALIC | CENTRE):
        return True
    low = text.lower()
    if any(word in low for word in _CREDIT_WORDS) and _CREDIT.search(text):
        return True
    if _FULL_STOP.search(text) or marks & HEADING:
        return False
    return after_picture or bool(_CAPTION_START.match(text) or _CAPTION_INSIDE.search(text))


def _find_lead(lines: Sequence[Line], roles: list[str], lead: str, plain: bool) -> None:
    """Mark the lead where it stands in the body: as the page's own, or as a first paragraph set apart."""
    for number, role in enumerate(roles):
        text, marks = lines[number]
        if role in ("", "blank", "furniture", "caption", "date_line"):
            continue
        if plain:
            apart = role == "body"
        elif lead:
            apart = same_text(text, lead)
        else:
            apart = bool(_PLACE_OPENING.match(text.strip())) or (
                bool(marks & (BOLD | HEADING)) and len(text) > _LONGEST_NAME
            )
        if apart and any(r in ("body", "list_item", "table_row") for r in roles[number + 1 :]):
            roles[number] = "lead"
        return


def _find_tail(lines: Sequence[Line], roles: list[str], authors: Sequence[str]) -> None:
    """Mark the byline and the source line, from the end up to the last paragraph of the article."""
    known = False
    for number, line in enumerate(lines):
        if any(same_text(line.text, author) for author in authors):
            roles[number], known = "author", True
    for number in range(len(roles) - 1, -1, -1):
        text, marks = lines[number][0].strip(), lines[number][1]
        if roles[number] in ("", "blank", "furniture", "caption", "author"):
            continue
        if is_source_line(text) and _is_short_but_for_addresses(text):
            roles[number] = "source_line"
        elif not known and roles[number] in ("body", "heading") and is_byline(text, marks):
            roles[number], known = "author", True
        else:
            return


def _is_short_but_for_addresses(text: str) -> bool:
    return len(text) <= LONGEST_SOURCE_LINE and len(_ADDRESS.sub("", text)) <= 2 * _LONGEST_CAPTION


def _find_plain_headings(lines: Sequence[Line], roles: list[str]) -> None:
    following = ""
    for number in range(len(roles) - 1, -1, -1):
        if roles[number] == "blank":
            continue
        text = lines[number].text.strip()
        short = len(text) <= _LONGEST_HEADING and not _FULL_STOP.search(text)
        if roles[number] == "body" and short and following == "body" and "lead" in roles[:number]:
            roles[number] = "heading"
        following = roles[number]


def is_byline(text: str, marks: int = 0) -> bool:
    """Whether a last line is a byline: labelled, set to the right or in bold, or nothing but a name."""
    if len(text) > _LONGEST_NAME:
        return False
    if _AUTHOR_START.match(text):
        return True
    if _DIGIT.search(text) or re.search(r"[;:!?…]$|\./\.$|\w{2}\.$", text):
        return False
    return bool(marks & (RIGHT | AUTHOR | BOLD)) or is_name(text)
