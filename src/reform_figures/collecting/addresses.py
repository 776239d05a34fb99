"""Addresses: one name for each page, and which of them are articles of a source.

In: links as they stand in pages. Out: absolute addresses. "Trang sau" (next page) links may carry session ids,
tracking parameters and fragments, none of which names another page.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from requests.utils import requote_uri

from reform_figures.collecting.sources import Source
from reform_figures.portals.listing import Listing

TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|redirect|inheritRedirect|_\w+_redirect|AspxAutoDetectCookieSupport")
"""Parameters that do not name a page: where a reader came from, and (Liferay) where "back" leads."""


def clean_address(base: str, link: str) -> str:
    """A link as the absolute address that names its page: no fragment, no session id, no tracking parameters.

    "" for what is no http address ("javascript:;", "mailto:").
    """
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        host += f":{port}"
    path = re.sub(r";jsessionid=[^/?]*", "", parts.path, flags=re.I) or "/"
    query = "&".join(p for p in parts.query.split("&") if not TRACKING.fullmatch(p.partition("=")[0]))
    return requote_uri(parts._replace(netloc=host, path=path, query=query, fragment="").geturl())


def numbered_address(base: str, template: str, number: int, page_size: int) -> str:
    """Address of page `number` from a template with {n}, {offset} or {stem}; "?..." sets parameters of the base's
    query."""
    text = template.replace("{n}", str(number)).replace("{offset}", str((number - 1) * page_size))
    text = text.replace("{stem}", stem_of(base))
    if not text.startswith("?"):
        return clean_address(base, text)
    new = parse_qsl(text[1:], keep_blank_values=True)
    parts = urlsplit(base)
    kept = [p for p in parts.query.split("&") if p and p.partition("=")[0] not in dict(new)]
    query = "&".join([*kept, urlencode(new, safe=":")])
    return clean_address(base, parts._replace(query=query).geturl())


def stem_of(address: str) -> str:
    """The last part of an address's path without its ending: what `kinh-te.htm` and `kinh-te/trang-1.htm` share."""
    path = re.sub(r"/trang-\d+\.\w+$", "", urlsplit(address).path.rstrip("/"))
    return re.sub(r"\.\w+$", "", path.rpartition("/")[2])


def is_article(address: str, source: Source, listing: Listing) -> bool:
    """Whether an address is on the source's host (or its interface's) and looks like the family's articles."""
    hosts = {_bare(source.host)}
    hosts |= {_bare(urlsplit(a.article).hostname or "") for a in listing.apis if a.article.startswith("http")}
    return (
        _bare(urlsplit(address).hostname or "") in hosts
        and re.search(listing.article, address) is not None
        and not (listing.skip and re.search(listing.skip, address))
    )


def _bare(host: str) -> str:
    return host.removeprefix("www.")
