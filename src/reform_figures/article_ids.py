"""Names of articles, made from their addresses.

In: a source and an address. Out: an `article_id` such as `tayninh-phien-thu-ba-cua-ban-chi-dao-1234`. The rule:
the last part of the address's path without its ending, plus the query without tracking, in small ASCII letters;
a long one is cut and gets eight hex digits of the address. "Phiên thứ ba" (third session) becomes `phien-thu-ba`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlsplit

_ENDING = re.compile(r"\.(?:html?|aspx?|php|jsp|vgp|vnp|chn|cms)$", re.I)
_SESSION = re.compile(r";jsessionid=[^/?]*", re.I)
_SAYS_NOTHING = frozenset(("", "index", "default", "home", "view", "detail", "content", "language", "vi-vn", "en-us"))
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|zarsrc|phpsessid|sid|jsessionid|rnd|v)$", re.I)
_LONGEST = 100


def make_article_id(source: str, url: str) -> str:
    """Identifier of an article: the same whenever it is made from the same source and address."""
    parts = urlsplit(url)
    path = _SESSION.sub("", parts.path).split("/")
    slugs = (ascii_slug(_ENDING.sub("", unquote(part))) for part in reversed(path))
    last = next((slug for slug in slugs if slug not in _SAYS_NOTHING), "")
    query = [f"{key}-{value}" for key, value in parse_qsl(parts.query) if not _TRACKING.match(key)]
    name = ascii_slug("-".join([last, *query])) or ascii_slug(parts.netloc) or "article"
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST - 9].rstrip('-')}-{address_digest(url)}"
    return f"{source}-{name}" if source else name


def address_digest(url: str) -> str:
    """Eight hex digits that tell two addresses apart."""
    return hashlib.sha256(url.encode()).hexdigest()[:8]


def ascii_slug(text: str) -> str:
    """Small ASCII letters and digits with hyphens between: "Đắk Lắk" is `dak-lak`."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
