"""moha.gov.vn since its restructuring: an empty page filled by JavaScript, and the JSON interface behind it.

In: answers of `api-portal.moha.gov.vn/api/Public/PostDetail?ID=<n>`. Out: the declaration. `TieuDe` is the
headline (tiêu đề), `MoTa` the lead (mô tả), `NoiDung` the text (nội dung), `NgayXuatBan` the day of publication.
"""

import json
from html import escape

from reform_figures.portals.listing import Api, Listing
from reform_figures.portals.portal import Portal


def unpack_post(answer: str) -> str:
    """A page of the parts of an answer. Raises ValueError where it is no JSON, KeyError where a part is missing."""
    post = json.loads(answer)["data"]
    return (
        f"<h1>{escape(post['TieuDe'] or '')}</h1><time>{escape(post.get('NgayXuatBan') or '')}</time>"
        f"<div id=lead>{post.get('MoTa') or ''}</div><div id=body>{post['NoiDung'] or ''}</div>"
    )


PORTAL = Portal(
    name="moha_api",
    version="2025-07",
    marks=('"TieuDe"', '"NoiDung"'),
    title=("h1",),
    date=("time",),
    lead=("#lead",),
    body=("#body",),
    unpack=unpack_post,
    listing=Listing(
        items="a",
        api=Api(
            address="https://api-portal.moha.gov.vn/api/Public/PostsByCategory?ID=12&skip={offset}&take=20",
            items="data",
            article="https://api-portal.moha.gov.vn/api/Public/PostDetail?ID={ID}",
            title="TieuDe",
            lead="MoTa",
            date="NgayXuatBan",
            page_size=20,
        ),
    ),
)
