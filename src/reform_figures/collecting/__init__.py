"""Collecting: from the entries of `sources.toml` to pages in `data/raw`, politely and without losing one.

In: portals on the network. Out: `data/raw` with its manifest. "Trang" (page) after page, as received.
The way of an address: `discovering` finds it on a list, `politeness` gives leave, `fetching` asks for it over a
connection opened by `connecting`, `answers` looks at what came, `archive` keeps it; `collector` leads it through.
"""

from reform_figures.collecting.archive import Archive, StoreBusy
from reform_figures.collecting.collector import Report, collect_source
from reform_figures.collecting.failures import FetchFailed, HostFailed, RefusedByRobots
from reform_figures.collecting.listed import Listed, Wanted
from reform_figures.collecting.politeness import user_agent
from reform_figures.collecting.sources import Source, SourceError, choose_sources, read_sources

__all__ = [
    "Archive",
    "FetchFailed",
    "HostFailed",
    "Listed",
    "RefusedByRobots",
    "Report",
    "Source",
    "SourceError",
    "StoreBusy",
    "Wanted",
    "choose_sources",
    "collect_source",
    "read_sources",
    "user_agent",
]
