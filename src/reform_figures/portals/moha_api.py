"""moha.gov.vn since its restructuring: an empty page filled by JavaScript, and the JSON interface behind it.

In: answers of `api-portal.moha.gov.vn/api/Public/PostDetail?ID=<n>`. Out: the declaration. `TieuDe` is the
headline (tiêu đề), `MoTa` the lead (mô tả), `NoiDung` the text (nội dung), `NgayXuatBan` the day of publication.

In sources.toml the address is the interface's host, `https://api-portal.moha.gov.vn/`, and `listing` names its
categories: `api/Public/PostsByCategory?ID=12` (the ministry's news), 13 (general), 14 (localities), or others that
`api/Public/MenuDetail?ID=2794` tells. An article's own page is `https://moha.gov.vn/tin-tuc/<any words>---id<n>`.
"""

import json
import re
from html import escape, unescape

from reform_figures.portals.listing import Api, Listing
from reform_figures.portals.portal import Portal


def unpack_post(answer: str) -> str:
    """A page of the parts of an answer. Raises ValueError where it is no JSON, KeyError or TypeError where a part is
    missing; an article that is not there is `"data": null`."""
    post = json.loads(answer)["data"]
    title, body = post["TieuDe"], post["NoiDung"]
    published = re.sub(r"\.\d+", "", post.get("NgayXuatBan") or "")  # .NET writes seven decimals of a second
    return (
        f"<h1>{escape(_plain(title))}</h1><time>{escape(published)}</time>"
        f"<div id=lead>{_markup(post.get('MoTa'))}</div><div id=body>{_markup(body)}</div>"
        f"<p id=author>{escape(_plain(post.get('TacGia')))}</p>"
    )


def _plain(text: str | None) -> str:
    """A field without markup; entities in it are letters that an editor escaped."""
    return unescape(text or "")


def _markup(text: str | None) -> str:
    """A field of HTML, also where all of it was escaped once more: `&lt;p&gt;`."""
    text = text or ""
    return unescape(text) if "<" not in text and "&lt;" in text else text


PORTAL = Portal(
    name="moha_api",
    version="2026-11",
    marks=('"TieuDe"', '"NoiDung"'),
    title=("h1",),
    date=("time",),
    lead=("#lead",),
    body=("#body",),
    author=("#author",),
    unpack=unpack_post,
    listing=Listing(
        items="a",
        article=r"PostDetail\?ID=\d+",
        api=Api(
            address="?skip={offset}&take=20&requireTotalCount=true",
            items="data",
            article="PostDetail?ID={ID}",
            title="TieuDe",
            lead="MoTa",
            date="NgayXuatBan",
            page_size=20,
        ),
    ),
)
