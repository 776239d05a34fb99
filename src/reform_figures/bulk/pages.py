"""Each record of an archive → one article with its figures, or the reason why not.

In: `Piece`s of a WARC file. Out: a `Taken` for each; or `NoPage`, whose message is the reason, the same for all records
of its kind. Whatever is wrong with a record or a page - broken bytes, "trang lỗi" (an error page), a text made to
choke on - costs that one record.

The cheap questions come first: only a page that is Vietnamese and has a cue of the themes is parsed. It is read by the
family that sources.toml declares for its host; on any other host as its own marks tell, else by its main text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from reform_figures.article_table import home_area
from reform_figures.bulk.relevance import why_irrelevant
from reform_figures.collecting.addresses import clean_address
from reform_figures.collecting.sources import Source
from reform_figures.collecting.warc import ArchivedPage, NoPage, read_record
from reform_figures.collecting.warc_stream import Piece
from reform_figures.corrections import Correction, apply_corrections
from reform_figures.decoding import UnreadablePage
from reform_figures.exporting.typed import fits_decimal
from reform_figures.extracting import extract
from reform_figures.portals import PORTALS
from reform_figures.reading import read_article
from reform_figures.records import Article, Figure, Page, PassedOver

LARGEST_PAGE = 4 * 1024 * 1024
"""Bytes of a page that is parsed."""
MOST_TAGS = 20_000
"""Tags of a page whose main text may have to be searched for: that takes the square of the number of its tables."""
LONGEST_TEXT = 1_000_000
MOST_NUMBERS = 20_000
"""Characters and numbers of an article: a table of all communes of the country has fewer. Each number is a row with its
sentence, so that a text of nothing but numbers would fill the memory."""

_NUMBER = re.compile(r"\d+")
_DETAIL = re.compile(r" \(|; |, ")
"""Where the sentence of an unreadable page turns from the kind of trouble to this page's own."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one record gave."""

    article: Article
    captured_at: str
    """UTC, ISO 8601"""
    figures: list[Figure]
    passed_over: list[PassedOver]


class PageReader:
    """Reads records with what is known of the sources."""

    def __init__(self, sources: Iterable[Source], corrections: Iterable[Correction] = ()) -> None:
        sources = list(sources)
        self._by_name = {source.name: source for source in sources}
        self._by_host: dict[str, list[Source]] = defaultdict(list)
        for source in sources:
            self._by_host[_bare(source.host)].append(source)
        self._areas = {source.publisher: source.area for source in sources}
        self._corrections: dict[str, list[Correction]] = defaultdict(list)
        for row in corrections:
            self._corrections[row.article_id].append(row)

    def read(self, records: Iterable[tuple[str, Piece]]) -> list[Taken | NoPage]:
        """What each record gave, or why it gave nothing. A record's name (`raw_id`) becomes its article's.

        Step by step, not record by record: the code and the vocabulary of one step just fit the processor's cache,
        and a page takes a seventh less time.
        """
        results: list = list(records)
        for step in (self._open, self._read_article, self._extract):
            results = [one if isinstance(one, NoPage) else _attempt(step, *one) for one in results]
        return results

    def _open(self, raw_id: str, piece: Piece) -> tuple[str, ArchivedPage]:
        """The page in a record, if it is wanted."""
        if piece.trouble:
            raise NoPage(piece.trouble)
        archived = read_record(piece.data)
        kind = archived.ours.get("kind", "article")
        if kind != "article":
            raise NoPage(f"{kind[:20]} of an export")
        if reason := why_irrelevant(archived.body, archived.content_type):
            raise NoPage(reason)
        return raw_id, archived

    def _extract(self, article: Article, captured_at: str) -> Taken:
        figures, passed = extract(article)
        if rows := self._corrections.get(article.article_id):
            figures, _ = apply_corrections(figures, rows)
        _refuse_unwritable(article, figures)
        return Taken(article, captured_at, figures, passed)

    def _read_article(self, raw_id: str, archived: ArchivedPage) -> tuple[Article, str]:
        """The article on a page, and when that was captured."""
        article = self._read_page(raw_id, archived)
        _refuse_too_much(article)
        return article, archived.captured_at

    def _read_page(self, raw_id: str, archived: ArchivedPage) -> Article:
        """Raises UnreadablePage, of several families of one host as the first of them tells it; NoPage."""
        url = clean_address(archived.url, "") or archived.url
        moved = archived.headers.get("Content-Location", "")
        sources = self._sources_of(archived, url)
        _refuse_too_large(archived.body, sources)
        page = Page(
            url=url,
            body=archived.body,
            content_type=archived.content_type,
            final_url=(moved and clean_address(url, moved)) or url,
            source=_bare(urlsplit(url).hostname or ""),
            raw_id=raw_id,
            listed_at=archived.ours.get("listed_at", ""),
        )
        if not sources:
            return read_article(page)
        trouble = None
        for source in sources:
            page = replace(page, source=source.name)
            try:
                article = read_article(page, portal=source.portal, publisher=source.publisher, area=source.area)
            except UnreadablePage as error:
                trouble = trouble or error
                continue
            return replace(article, area=home_area(article, source, self._areas))
        raise trouble

    def _sources_of(self, archived: ArchivedPage, url: str) -> list[Source]:
        """The source that an export of ours names, else those at the page's host, likely ones first."""
        named = self._by_name.get(archived.ours.get("source", ""))
        if named:
            return [named]
        at_host = self._by_host.get(_bare(urlsplit(url).hostname or ""), [])
        return sorted(at_host, key=lambda source: not _fits(source, url)) if len(at_host) > 1 else at_host


def _attempt(step: Callable, *args):
    """The outcome of a step, or the reason why there is none."""
    try:
        return step(*args)
    except NoPage as reason:
        return reason.with_traceback(None)  # which would hold the page
    except UnreadablePage as error:
        return NoPage(_reason_of(error))
    except Exception as error:  # whatever a hostile page does, it is one page
        return NoPage(f"reading failed: {type(error).__name__}")


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _fits(source: Source, url: str) -> bool:
    """Whether an address looks like an article of the source's family, below the source's own address."""
    listing = PORTALS[source.portal].listing
    below = urlsplit(url).path.startswith(urlsplit(source.address).path)
    return below and bool(listing and re.search(listing.article, url))


def _refuse_too_large(body: bytes, sources: Iterable[Source]) -> None:
    declared = [PORTALS[source.portal] for source in sources]
    searched_for = not declared or any(portal.reader for portal in declared)
    if len(body) > LARGEST_PAGE or (searched_for and body.count(b"<") > MOST_TAGS):
        raise NoPage("a page larger than any article's")


def _refuse_too_much(article: Article) -> None:
    text = article.text
    if len(text) > LONGEST_TEXT:
        raise NoPage("a text longer than any article's")
    if len(text) > MOST_NUMBERS and len(_NUMBER.findall(text)) > MOST_NUMBERS:
        raise NoPage("more numbers than any article has")


def _refuse_unwritable(article: Article, figures: Iterable[Figure]) -> None:
    """Raises NoPage for what no table can hold: half letters, numbers of forty digits."""
    try:
        for told in (article.text, article.url, article.publisher):  # all other texts are parts of these
            told.encode()
    except UnicodeEncodeError:
        raise NoPage("a text with halves of letters") from None
    numbers = (n for f in figures for n in (f.value, f.of, f.value_max) if n is not None)
    if not all(map(fits_decimal, numbers)):
        raise NoPage("a number that no column holds")


def _reason_of(error: UnreadablePage) -> str:
    """The kind of trouble that an unreadable page's sentence names, without its address and what is its own."""
    _, _, sentence = str(error).partition(": ")
    return _DETAIL.split(sentence, maxsplit=1)[0]
