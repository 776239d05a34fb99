"""Which articles are evidence: published ones, and digests that restate one.

In: an `Article`. Out: whether its figures count. The practice portals also carry invented items ("Thi nấu ăn Ngày Gia
đình", a cooking contest), which are read like any page but are evidence of nothing.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from reform_figures.records import Article

_LINK = re.compile(r"https?://[^\s<>\"]+")
PRACTICE = ".practice.test"
"""Hosts of the practice portals: RFC 6761 keeps names under `.test` from ever being real."""


def is_published(article: Article) -> bool:
    """Whether an article was published, or restates one that was.

    A page of a practice portal is evidence only through the published article that its source line names.
    """
    return not _on_practice_portal(article) or any(p.role == "source_line" for p in article.paragraphs)


def is_digest(article: Article) -> bool:
    """Whether a text is this project's own about an article of somebody else, so that no sentence of it is theirs."""
    return _on_practice_portal(article) and is_published(article)


def _on_practice_portal(article: Article) -> bool:
    return (urlsplit(article.url).hostname or "").endswith(PRACTICE)


def published_address(article: Article) -> str:
    """Address of the published article; '' where none is known, or where it is none that a browser should open."""
    link = article.cited_url or article.url
    if not _LINK.fullmatch(link):
        return ""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return "" if host.endswith(PRACTICE) else link
