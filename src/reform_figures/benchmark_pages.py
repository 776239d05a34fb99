"""The pages that the benchmark measures on: those of the practice portals, or saved ones.

In: `data/raw`, or a folder of *.html. Out: `KnownPage`s, each with its portal's family, which is known before a page is
read in earnest. "Trang này không có bài" (there is no article on this page): such a page is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reform_figures.collecting.sources import Source
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Article, Page
from reform_figures.tables import raw_folder, read_manifest


@dataclass(frozen=True, slots=True)
class KnownPage:
    """An article page, and what is known of its portal before it is read."""

    page: Page
    portal: str
    publisher: str = ""
    area: str = ""

    def read(self) -> Article:
        return read_article(self.page, portal=self.portal, publisher=self.publisher, area=self.area)


def load_pages(data: Path, sources: dict[str, Source]) -> list[KnownPage]:
    """The article pages in `data/raw` that can be read, in the order of the manifest. Raises OSError, TableError."""
    pages = []
    for row in read_manifest(data):
        if row.kind != "article" or row.source not in sources:
            continue
        body = (raw_folder(data) / row.file).read_bytes()
        source = sources[row.source]
        page = Page(row.url, body, row.content_type, row.final_url, row.source)
        pages.append(KnownPage(page, source.portal, source.publisher, source.area))
    return [page for page in pages if _can_be_read(page)]


def load_saved_pages(folder: Path) -> list[KnownPage]:
    """The articles among the *.html below a folder whose marks tell their portal's family. Raises OSError."""
    pages = []
    for path in sorted(folder.rglob("*.html")):
        page = Page(f"http://saved.test/{path.name}", path.read_bytes())
        try:
            family = read_article(page).portal.split()[0]
        except UnreadablePage:
            continue
        if family not in ("fallback", "common"):
            pages.append(KnownPage(page, family))
    return [page for page in pages if _can_be_read(page)]


def _can_be_read(page: KnownPage) -> bool:
    try:
        page.read()
    except UnreadablePage:
        return False
    return True
