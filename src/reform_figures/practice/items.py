"""The texts that the practice portals serve.

In: `practice/articles/<slug>.md` (digests of published articles) and `practice/items/<slug>.md` (short items
of our own): TOML between two `+++` lines, then blocks with a blank line between them. Out: one `Item` a file.
"## Bộ máy bớt đầu mối" (the apparatus sheds branches) is a heading, "- Văn phòng: 05/05 nhiệm vụ" (the Office:
5 of 5 tasks) one item of a list.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

VIETNAM_TIME = timezone(timedelta(hours=7))
PORTAL_NAMES = (
    "tayninh", "hanam", "daklak", "noivu", "baolamdong",
    "quangngai", "sonoivu", "thuvien", "dienbien",
    "chinhphu", "nhandan", "quangninh", "noivu-moi",
)  # fmt: skip

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PICTURE = re.compile(r"!\[(?P<caption>.*)\]\((?P<file>[A-Za-z0-9_][A-Za-z0-9_.-]*\.jpg)\)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")  # XML forbids most of them, feeds are XML


class ItemError(ValueError):
    """A practice text or declaration that cannot be served; the message names the file and what was expected."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body: `kind` is paragraph, heading, picture, list or table.

    `texts` holds the paragraph, the heading, the caption or the items of the list; `rows` the cells of a table.
    """

    kind: str
    texts: tuple[str, ...] = ()
    file: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Cites:
    """The published article that a digest restates; `url` is '' where unknown, `area` a code of the guide."""

    publisher: str
    title: str
    published: date
    url: str
    area: str
    day_known: bool | None = None
    """False where only the month of publication is known: `published` is then its last day, so that nothing is said to
    have been public too early."""

    @property
    def line(self) -> str:
        """The source line under a digest: publisher, day or month, headline and address as far as they are known."""
        told = self.published.strftime("%m/%Y" if self.day_known is False else "%d/%m/%Y")
        parts = [self.publisher, told, f'"{self.title}"' if self.title else "", self.url]
        return "Nguồn: " + ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Item:
    """One text of a portal. `published` is +07:00; `cites` is None for an item of our own."""

    slug: str
    portal: str
    title: str
    published: datetime
    author: str
    section: str
    lead: str
    event_date: date | None
    cites: Cites | None
    blocks: tuple[Block, ...]

    @property
    def digest(self) -> str:
        """64 hex digits made from the slug alone, so that addresses survive every edit of the text."""
        return hashlib.sha256(self.slug.encode()).hexdigest()

    @property
    def number(self) -> int:
        """The number that the portals put into addresses: six digits."""
        return 100_000 + int(self.digest[:8], 16) % 900_000

    @property
    def views(self) -> int:
        """What the view counter shows: a constant of the item, for pages must not change by being read."""
        return 90 + self.number % 1900

    @property
    def comments(self) -> int:
        return self.number % 4

    @property
    def plain_text(self) -> str:
        """Title, lead and body, as the portals' search boxes see them."""
        texts = [self.title, self.lead]
        for block in self.blocks:
            texts += [*block.texts, *(cell for row in block.rows for cell in row)]
        return "\n".join(texts)


def load_items(folder: Path) -> list[Item]:
    """All items below `folder/articles` and `folder/items`, newest first.

    Raises ItemError with one sentence for a missing folder, a file that does not fit the format, or two files
    that would get the same address.
    """
    folder = Path(folder)
    paths = [path for part in ("articles", "items") for path in sorted((folder / part).glob("*.md"))]
    if not paths:
        raise ItemError(f"{folder}: no texts found; expected files articles/<slug>.md or items/<slug>.md")
    items = [read_item(path) for path in paths]
    seen: dict[tuple, Path] = {}
    for item, path in zip(items, paths, strict=True):
        for address in ((item.slug,), (item.portal, item.number), (item.portal, item.digest[:7])):
            if address in seen:
                raise ItemError(f"{path}: gets the same address as {seen[address]}; rename one of the two files")
            seen[address] = path
    return sorted(items, key=lambda item: (item.published, item.slug), reverse=True)


def read_item(path: Path) -> Item:
    """Read one text file. Raises ItemError."""
    if not _SLUG.fullmatch(path.stem):
        raise ItemError(f"{path}: the file name becomes the address; expected only a-z, 0-9 and single hyphens")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ItemError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    text = unicodedata.normalize("NFC", text)
    parts = re.split(r"^\+\+\+[ \t]*\n", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise ItemError(f"{path}: expected TOML between two lines '+++' at the top of the file, then the body")
    try:
        told = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        raise ItemError(f"{path}: the part between the '+++' lines is not TOML: {error}") from error
    fields = _read_fields(path, told)
    first_line = text[: len(text) - len(parts[2])].count("\n") + 1
    item = Item(slug=path.stem, blocks=_read_blocks(path, parts[2], first_line), **fields)
    if not item.blocks:
        raise ItemError(f"{path}: has no body; expected paragraphs below the second '+++' line")
    if found := _CONTROL.search(item.plain_text + item.author):
        raise ItemError(f"{path}: contains the control character {found.group()!r}; remove it")
    return item


_ITEM_FIELDS = {
    "portal": (str, "one of " + ", ".join(PORTAL_NAMES)),
    "title": (str, "the headline in quotes"),
    "published": (datetime, "a time with its zone such as 2023-02-03T18:00:00+07:00"),
    "author": (str, 'a name in quotes, "" where none'),
    "section": (str, 'a section such as "tin-tuc"'),
    "lead": (str, "the summary in quotes"),
    "event_date": (date, "a date such as 2023-02-03"),
    "cites": (dict, "a table [cites]"),
}
_CITES_FIELDS = {
    "publisher": (str, "the publisher's name in quotes"),
    "title": (str, "the headline in quotes"),
    "published": (date, "a date such as 2023-02-03"),
    "url": (str, 'the address in quotes, "" where unknown'),
    "area": (str, 'a code such as "VN-37"'),
    "day_known": (bool, "false where only the month is known: published is then its last day"),
}
_OPTIONAL = ("event_date", "cites", "day_known")


def _read_fields(path: Path, told: dict) -> dict:
    """The front matter as fields of Item, each of its type. Raises ItemError."""
    fields = _typed(path, told, _ITEM_FIELDS)
    if fields["portal"] not in PORTAL_NAMES:
        raise ItemError(f"{path}: portal is {fields['portal']!r}; expected {_ITEM_FIELDS['portal'][1]}")
    if not fields["title"].strip():
        raise ItemError(f"{path}: title is empty; expected {_ITEM_FIELDS['title'][1]}")
    if not _SLUG.fullmatch(fields["section"]):
        raise ItemError(f"{path}: section is {fields['section']!r}; expected {_ITEM_FIELDS['section'][1]}")
    if fields["published"].tzinfo is None:
        raise ItemError(f"{path}: published has no zone; expected {_ITEM_FIELDS['published'][1]}")
    fields["published"] = fields["published"].astimezone(VIETNAM_TIME)
    if fields["cites"] is not None:
        fields["cites"] = Cites(**_typed(path, fields["cites"], _CITES_FIELDS, "cites."))
    return fields


def _typed(path: Path, told: dict, expected: dict, prefix: str = "") -> dict:
    """The values told, checked against the expected fields; None for an optional one that is not told."""
    for name in told:
        if name not in expected:
            raise ItemError(f"{path}: {prefix}{name} is unknown; known are {', '.join(prefix + n for n in expected)}")
    for name, (kind, words) in expected.items():
        if name not in told and name not in _OPTIONAL:
            raise ItemError(f"{path}: {prefix}{name} is missing; expected {words}")
        # every datetime is a date to Python, so the type itself is compared
        if name in told and type(told[name]) is not kind:
            raise ItemError(f"{path}: {prefix}{name} is {told[name]!r}; expected {words}")
    return {name: told.get(name) for name in expected}


def _read_blocks(path: Path, body: str, first_line: int) -> tuple[Block, ...]:
    blocks, lines = [], []
    for number, line in enumerate([*body.split("\n"), ""], first_line):
        if line.strip():
            lines.append(line.strip())
        elif lines:
            blocks.append(_read_block(f"{path}, line {number - len(lines)}", lines))
            lines = []
    return tuple(blocks)


def _read_block(where: str, lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("- "):
        if not all(line.startswith("- ") for line in lines):
            raise ItemError(f"{where}: every line of a list starts with '- '; leave a blank line behind the list")
        return Block("list", tuple(line[2:].strip() for line in lines))
    if first.startswith("|"):
        if not all(line.startswith("|") and line.endswith("|") and set(line) - set("|-: ") for line in lines):
            raise ItemError(f"{where}: every line of a table reads '| cell | cell |', with no line of dashes")
        return Block("table", rows=tuple(tuple(c.strip() for c in line[1:-1].split("|")) for line in lines))
    if len(lines) > 1:
        raise ItemError(f"{where}: expected one line and then a blank line (paragraph, '## heading' or picture)")
    if first.startswith("#"):
        if not first.startswith("## "):
            raise ItemError(f"{where}: a heading is written '## heading'")
        return Block("heading", (first[3:].strip(),))
    if first.startswith("!["):
        if not (picture := _PICTURE.fullmatch(first)):
            raise ItemError(f"{where}: a picture is written '![caption](name.jpg)', the name without spaces")
        return Block("picture", (picture["caption"].strip(),), picture["file"])
    return Block("paragraph", (first,))
