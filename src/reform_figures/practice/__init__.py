"""Practice portals: small copies of how Vietnamese portals behave, served on this machine.

In: the folder `practice/` (texts, templates, `portals.toml`). Out: HTTP answers, the same bytes whatever the
port or the day. "Trang luyện tập, không phải trang của cơ quan nhà nước" (a practice page, not a page of a
state body) stands at the foot of every page.
"""

from reform_figures.practice.items import Item, ItemError, load_items
from reform_figures.practice.portal import DEFAULT_TRAPS, TRAPS
from reform_figures.practice.serving import create_app, robots_texts, serve
from reform_figures.practice.visits import Manners, Visit, count_visits, manners_table

__all__ = ["DEFAULT_TRAPS", "TRAPS", "Item", "ItemError", "Manners", "Visit", "count_visits", "create_app",
           "load_items", "manners_table", "robots_texts", "serve"]  # fmt: skip
