"""Is an answer with status 200 worth keeping? What is plainly none is a failure, and is not stored.

In: what was asked for, and the answer. Out: None, or the reason. A page that says "Không tìm thấy tin bài" (article
not found) with status 200 is kept: telling that takes reading it, and belongs to reading.
"""

from __future__ import annotations

import re

TEXTUAL = re.compile(r"^$|^text/|html|xml|json|application/octet-stream|binary/octet-stream")
ZIPPED = re.compile(r"gzip")
"""Sitemaps come as files of gzip, too."""
"""Content types that may hold a page; octet-stream is what some servers call everything."""
EMPTY = "the answer is empty"
"""Past the end of a list that a browser loads in pieces, that is the end."""
CHALLENGE_MARKS = (b"_cf_chl_opt", b"sucuri_cloudproxy_js", b"_Incapsula_Resource")
LONGEST_CHALLENGE = 30_000
WORDS_OF_A_PAGE = 200
"""Letters of visible text; a bot challenge has hardly any."""


def what_is_wrong(kind: str, content_type: str, body: bytes) -> str | None:
    """Why an answer is no page at all, None where it may be one. Of robots.txt, an empty file allows everything."""
    if kind != "robots" and not body.strip():
        return EMPTY
    told = content_type.partition(";")[0].strip().lower()
    if not TEXTUAL.search(told) and not (kind == "sitemap" and ZIPPED.search(told)):
        return f"the answer is {content_type[:60]!r}, where a page of text was expected"
    if is_challenge(body):
        return "the answer is a bot challenge, not a page; we do not answer it: ask the portal for access"
    return None


def is_challenge(body: bytes) -> bool:
    """Whether a page holds next to no text, only a script that tests the browser, sets a cookie and reloads.

    Seen as 177 bytes with the cookie D1N on Vietnamese portals; the services named in CHALLENGE_MARKS do the same.
    """
    if len(body) > LONGEST_CHALLENGE:
        return False
    reloads = b"document.cookie" in body and re.search(rb"location\.(reload|href|replace)|location\s*=", body)
    if not reloads and not any(mark in body for mark in CHALLENGE_MARKS):
        return False
    visible = re.sub(rb"(?is)<(script|style|noscript)\b.*?</\1\s*>|<[^>]*>|\s+", b"", body)
    return len(visible) < WORDS_OF_A_PAGE
