"""The portal families, and which of them a page belongs to.

In: a page's text. Out: its `Portal`. A family is one file of this folder; to add one, write the file and name it
here. "Bạn đã không sử dụng Site" (you have not been using the site) at the foot of a page means NukeViet.
"""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick

from reform_figures.portals import (
    baochinhphu_old,
    baolamdong,
    common,
    dotnetnuke,
    epi,
    fallback,
    liferay,
    moha,
    moha_api,
    nukeviet,
    plone,
    sharepoint,
    tandan,
    vccorp,
    webforms,
    wordpress,
)
from reform_figures.portals.listing import Api, Listing
from reform_figures.portals.portal import Portal

__all__ = ["PORTALS", "Api", "Listing", "Portal", "recognise_portal"]

_FILES = (
    nukeviet, wordpress, plone, vccorp, epi, baolamdong, moha, moha_api, baochinhphu_old, tandan, liferay, dotnetnuke,
    sharepoint, webforms, common, fallback,
)  # fmt: skip

PORTALS: dict[str, Portal] = {file.PORTAL.name: file.PORTAL for file in _FILES}
"""Every family by name; where two are equally likely, the earlier one is taken."""

_MARKS = [(mark, portal) for portal in PORTALS.values() for mark in portal.marks]
_FIND_MARKS = AhoCorasick([mark for mark, _ in _MARKS])


def recognise_portal(page_text: str, url: str = "") -> Portal | None:
    """The family that a page shows most marks of; None where it shows none.

    Of families with equally many marks, the one whose addresses look like `url`, else the first of PORTALS.
    """
    found = {number for number, _, _ in _FIND_MARKS.find_matches_as_indexes(page_text, overlapping=True)}
    counts: dict[str, int] = {}
    for number in found:
        name = _MARKS[number][1].name
        counts[name] = counts.get(name, 0) + 1
    candidates = [portal for portal in PORTALS.values() if portal.name in counts]
    return max(candidates, key=lambda portal: (counts[portal.name], _fits_address(portal, url)), default=None)


def _fits_address(portal: Portal, url: str) -> bool:
    pattern = portal.listing.article if portal.listing else ""
    return bool(pattern and re.search(pattern, url))
