"""The four practice portals of the families with a CMS or an interface: their items, and where these stand.

In: the project's own items. Out: names, families, addresses. "Tin tức" (news) is tab 119 of the DotNetNuke portal.
"""

from pathlib import Path

from bs4 import BeautifulSoup
from practice_folder import PRACTICE

from reform_figures.collecting import read_sources
from reform_figures.practice import load_items

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("chinhphu", "nhandan", "quangninh", "noivu-moi")
FAMILIES = dict(zip(NAMES, ("vccorp", "epi", "dotnetnuke", "moha_api"), strict=True))
SOURCES = read_sources(ROOT / "sources.toml")
ITEMS = {name: [item for item in load_items(PRACTICE) if item.portal == name] for name in NAMES}


def item_named(slug: str):
    return next(item for name in NAMES for item in ITEMS[name] if item.slug == slug)


def address_of(item) -> str:
    """Path and query of an item (or of the project's item with a slug)."""
    item = item_named(item) if isinstance(item, str) else item
    return {
        "chinhphu": f"/{item.slug}-102{item.published:%y%m%d%H%M%S}{item.number % 1000:03d}.htm",
        "nhandan": f"/{item.slug}-post{item.number}.html",
        "quangninh": f"/tin-tuc/tabid/119/ID/{item.number}/language/vi-VN/Default.aspx",
        "noivu-moi": f"/api/Public/PostDetail?ID={item.number}",
    }[item.portal]


def get(client, portal: str, path: str, **kwargs):
    """Ask a portal; the one that tests for cookies redirects on the way."""
    return client.get(path, base_url=f"http://{portal}.practice.test", follow_redirects=True, **kwargs)


def soup(answer) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "lxml")
