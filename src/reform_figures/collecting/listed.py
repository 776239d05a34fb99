"""What a list tells of an article before it is fetched, and which of them are wanted.

In: an item of a feed, an interface, a sitemap or a listing page. Out: `Listed`; `Wanted` says of it yes or no.
"Cải cách hành chính: kết quả quý I" (administrative reform: results of the first quarter), 15/03/2023, is a headline
with its day: enough to pass over what lies outside the years asked for without asking the portal for it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from reform_figures.article_ids import ascii_slug
from reform_figures.collecting.failures import FetchFailed
from reform_figures.datelines import ZONE


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as a list told of it; '' for what the list does not tell."""

    address: str
    title: str = ""
    lead: str = ""
    listed_at: str = ""
    """Publication time, ISO 8601 with zone, or the day alone."""
    modified_at: str = ""
    """Time of the last change (a sitemap's lastmod), ISO 8601: no publication date, but not before it either."""

    def day(self) -> date | None:
        return _day(self.listed_at)

    def merged(self, other: Listed) -> Listed:
        """This one, with what only another list tells."""
        missing = {name: getattr(other, name) for name in ("title", "lead", "listed_at", "modified_at")}
        return replace(self, **{name: value for name, value in missing.items() if value and not getattr(self, name)})


def _day(moment: str) -> date | None:
    """The day in Vietnam of an ISO time or day; None where there is none."""
    try:
        told = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (told.astimezone(ZONE) if told.tzinfo else told).date()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles are asked for: days, both ends included, and terms of which headline or lead must hold one.

    Terms are compared in NFC, in any case, diacritics exact. What a list does not tell does not rule an article out;
    where it tells the address alone, the words of the address stand for the headline ("cai-cach-hanh-chinh").
    """

    since: date | None = None
    until: date | None = None
    match: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        return not (self.since or self.until or self.match)

    def wants(self, listed: Listed) -> bool:
        day, changed = listed.day(), _day(listed.modified_at)
        if day and ((self.since and day < self.since) or (self.until and day > self.until)):
            return False
        if not day and changed and self.since and changed < self.since:
            return False  # last changed before, so published before
        return not self.match or self._matches(listed)

    def is_over(self, listed: Listed) -> bool:
        """Whether an article lies before the first day asked for: in a list that runs backwards, so does the rest."""
        day = listed.day()
        return self.since is not None and day is not None and day < self.since

    def _matches(self, listed: Listed) -> bool:
        told = _folded(f"{listed.title}\n{listed.lead}").strip()
        if told:
            return any(re.search(rf"(?<!\w){re.escape(_folded(term))}(?!\w)", told) for term in self.match)
        words = ascii_slug(unquote(urlsplit(listed.address).path))
        return any(ascii_slug(term) in words for term in self.match)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@dataclass
class Discovery:
    """What the lists of a source gave."""

    addresses: dict[str, Listed] = field(default_factory=dict)
    """Articles by address in the order found."""
    not_wanted: int = 0
    """Articles that lie outside the days or terms asked for; not in `addresses`."""
    failed: list[FetchFailed] = field(default_factory=list)
    """Lists that could not be read: articles may be missing."""
    lists: int = 0
    """Pages of lists that were read."""
