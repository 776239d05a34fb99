"""What a portal family looks like: a declaration, read by `reading` and `collecting.discovering`.

In: what a person saw in pages of the family. Out: a `Portal`, one for each family file of this folder. Of the
line "Thứ sáu - 03/02/2023 18:00" (Friday ...) it says which selector finds it, not what it means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from reform_figures.portals.listing import Listing


@dataclass(frozen=True, slots=True)
class Portal:
    """A family of portals: how to know its pages and where the parts of an article stand.

    Selectors are CSS and tried in order, the newest layout first: the first that finds something wins. When a
    layout changes, put the new selector in front and date it; old captures are then still read by the old one.
    """

    name: str
    """Name of the family, of its file here, and of `portal` in sources.toml."""

    version: str
    """Year and month of the declaration's last change of meaning; stands in every article that it read."""

    marks: tuple[str, ...]
    """Strings that pages of the family hold and others hardly do; the family with most of them is taken."""

    title: tuple[str, ...]
    """Headline. A `meta` is read by its content, `title` without the site's name behind the last dash."""

    body: tuple[str, ...] = ()
    """The element around the paragraphs. Where a selector finds several, the one with most text is the body."""

    date: tuple[str, ...] = ()
    """Publication time: an attribute `datetime` or `content`, else the text. The first that is a date wins, and
    the first with text is the article's date line."""

    lead: tuple[str, ...] = ()
    """Summary, inside the body or before it."""

    author: tuple[str, ...] = ()
    """Byline, inside the body or behind it; all that the first fitting selector finds ("Nguồn tin" lines too)."""

    furniture: tuple[str, ...] = ()
    """Parts inside the body that are page, not article: they stay in the text, with that role."""

    address_date: str = ""
    """Regular expression with groups year, month, day (hour, minute, second) for families whose addresses hold the
    publication time; used where the page itself tells none."""

    unpack: Callable[[str], str] | None = None
    """For families that answer JSON: makes a small HTML page of an answer, for the selectors above."""

    reader: str = ""
    """For pages of no family: the installed package that finds the body where no selector can; its version then stands
    in the label."""

    listing: Listing | None = None
    """How the family lists its articles; None where only single addresses are known."""

    @property
    def label(self) -> str:
        """Name and version, as stored with each article."""
        if self.reader:
            return f"{self.reader} {version(self.reader)}"
        return f"{self.name} {self.version}"
