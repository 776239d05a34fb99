"""The explorer as a page: layout, style, scripts and data in one file.

In: what `explorer_data` gathers. Out: HTML. Scraped text is in it as data only: "<script>" in a headline stands as
`\\u003cscript\\u003e` in the JSON, and the browser runs no script but those whose hash the page's policy names.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import partial
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from reform_figures.citing import data_version
from reform_figures.explorer.data import explorer_data
from reform_figures.loading import read_records
from reform_figures.names import LANGUAGES

SCRIPTS = ("model.js", "finder.js", "chart.js", "marks.js", "view.js", "overview.js", "controls.js")
"""In this order: each uses what stands before it."""

_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def build_explorer(stamp: Mapping[str, str]) -> str:
    """The page of the data at hand (`loading.data_folder`); `stamp` says in a sentence which data they are, language →
    sentence."""
    tables = (read_records(name) for name in ("series", "figures", "articles", "findings"))
    return explorer_page(explorer_data(*tables, {language: data_version(language) for language in LANGUAGES}), stamp)


def explorer_page(data: dict, stamp: Mapping[str, str] | None = None) -> str:
    """HTML that stands by itself and asks nobody for anything."""
    script = "".join(_read_beside(name) for name in SCRIPTS)
    style = _read_beside("explorer.css")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return environment.from_string(_read_beside("explorer.html")).render(
        data=htmlsafe_json_dumps(data, dumps=_dumps),
        script=Markup(script),
        style=Markup(style),
        script_hash=content_hash(script),
        style_hash=content_hash(style),
        stamp=stamp or {},
        word=lambda code: data["words"][code][0],
    )


def content_hash(text: str) -> str:
    """Hash by which a Content-Security-Policy knows a script or style: 'sha256-...'."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _read_beside(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
