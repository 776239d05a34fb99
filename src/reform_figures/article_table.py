"""From everything collected to the articles table: which captures to read, under which names, what was refused.

In: `data/raw` and `sources.toml`. Out: a `Reading`: articles in order, and a sentence for each page that is none.
"Không tìm thấy tin bài" (article not found) with status 200 ends among the refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from reform_figures.article_ids import address_digest
from reform_figures.collecting.sources import Source
from reform_figures.publishers import area_of_publisher
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Article, Capture, Page
from reform_figures.tables import raw_folder, read_manifest


@dataclass(slots=True)
class Reading:
    """What came of the captured pages: `captures` = articles + refused + replaced."""

    captures: int = 0
    """Article pages in the manifest."""
    articles: list[Article] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """One sentence for each page that could not be read."""
    replaced: int = 0
    """Captures of which a newer one, or one under another address, was read instead."""


def read_captures(data: Path, sources: dict[str, Source], watch: Callable[[Iterable], Iterable] = iter) -> Reading:
    """Read the newest capture of every article page in the manifest.

    Articles are sorted by source, publication, identifier; those without a date come last in their source.
    `watch` may wrap the pages to show progress. Raises TableError for a broken manifest.
    """
    captures = [c for c in read_manifest(data) if c.kind == "article"]
    newest: dict[tuple[str, str], Capture] = {}
    for capture in captures:  # a copy from an archive may stand behind a later page
        name = capture.source, capture.final_url or capture.url
        if name not in newest or newest[name].fetched_at <= capture.fetched_at:
            newest[name] = capture
    reading = Reading(captures=len(captures), replaced=len(captures) - len(newest))
    areas = {source.publisher: source.area for source in sources.values()}
    taken: dict[str, str] = {}
    read: set[tuple] = set()
    for capture in watch(newest.values()):
        try:
            article = _read_capture(data, capture, sources)
        except UnreadablePage as error:
            reading.refused.append(str(error))
            continue
        same = article.source, article.title, article.published_at, article.paragraphs
        if same in read:  # one article under two addresses: another section, another case, another language prefix
            reading.replaced += 1
            continue
        read.add(same)
        article = replace(
            article,
            article_id=_unique_id(article, taken),
            area=home_area(article, sources[capture.source], areas),
        )
        reading.articles.append(article)
    reading.articles.sort(key=_order)
    return reading


def home_area(article: Article, source: Source, areas: dict[str, str]) -> str:
    """Home area of whoever published the article: of a digest, of the publisher that it names.

    areas: publisher → home area, as the sources tell it.
    """
    if article.publisher in areas:
        return areas[article.publisher]
    return area_of_publisher(article.publisher) if article.publisher != source.publisher else article.area


def _read_capture(data: Path, capture: Capture, sources: dict[str, Source]) -> Article:
    """Raises UnreadablePage also where the source is unknown, the file is missing or is not what was stored."""
    source = sources.get(capture.source)
    if source is None:
        raise UnreadablePage(
            f"{capture.url}: its source {capture.source!r} is not in sources.toml; add the entry again, or give the "
            "file that has it with --sources"
        )
    path = raw_folder(data) / capture.file
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UnreadablePage(f"{capture.url}: its file {path} cannot be read ({error}); collect it again") from error
    if hashlib.sha256(body).hexdigest() != capture.sha256:
        raise UnreadablePage(
            f"{capture.url}: {path} is not what was stored (its SHA-256 is not the manifest's); collect it again"
        )
    page = Page(
        url=capture.url,
        body=body,
        content_type=capture.content_type,
        final_url=capture.final_url,
        source=capture.source,
        raw_id=capture.raw_id,
        listed_at=capture.listed_at,
    )
    return read_article(page, portal=source.portal, publisher=source.publisher, area=source.area)


def _unique_id(article: Article, taken: dict[str, str]) -> str:
    """The article's identifier; of two addresses that would share one, the later in the manifest gets a digest.

    The manifest only grows, so the earlier one keeps its identifier for good.
    """
    article_id = article.article_id
    if taken.setdefault(article_id, article.url) != article.url:
        article_id += "-" + address_digest(article.url)
        taken[article_id] = article.url
    return article_id


def _order(article: Article) -> tuple:
    published = article.published_at.isoformat() if article.published_at else "9999"
    return article.source, published, article.article_id
