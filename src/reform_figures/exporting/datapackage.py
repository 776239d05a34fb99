"""`datapackage.json`: a Frictionless data package of data/processed, so that a program can read and check the tables.

In: records and articles. Out: the description of every table and column, keys, codes, licence and sources. "Nguồn"
(source) is each publisher whose articles the series restates.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from reform_figures.exporting.columns import Column, codes_of, columns_of
from reform_figures.published import PRACTICE, is_published
from reform_figures.records import Article
from reform_figures.tables import TABLES, table_path, write_text

FILE = "datapackage.json"
TITLES = {
    "articles": "Articles, one a line, with their paragraphs",
    "figures": "Reported figures, each with its sentence and the rule of each field",
    "passed_over": "Numerals that are no figures, with the reason",
    "findings": "Checks of figures against each other",
    "series": "The tidy series: one reported figure as an observation of an indicator",
    "targets": "Targets of the series with the document or the authority that set them",
}
_KEYS = {"articles": ["article_id"], "figures": ["figure_id"], "passed_over": ["article_id", "start", "end"],
         "findings": ["finding_id"], "series": ["figure_id"], "targets": ["figure_id"]}  # fmt: skip
_LINKS = {"figures": ("article_id",), "passed_over": ("article_id",), "series": ("figure_id", "article_id"),
          "targets": ("figure_id", "article_id")}  # fmt: skip
_TARGETS = {"article_id": "articles", "figure_id": "figures"}
_TYPES = {"number": "number", "integer": "integer", "day": "date", "time": "datetime", "list": "array",
          "text": "string"}  # fmt: skip


def release_version() -> str:
    """Version of the project that made the data."""
    return version("reform-figures")


def data_package(articles: Iterable[Article], day: date | None, record_types: Mapping[str, type] = TABLES) -> dict:
    """The data package of the tables as JSON-ready values; `day` is the release's, None where unknown.

    `record_types` says what a row of each table is: in data/processed, or in an export.
    """
    return {
        "name": "reform-figures",
        "title": "Reform figures: reported figures of Vietnam's administrative reform",
        "description": "Figures that Vietnam's ministries, provinces and newspapers reported on administrative reform, "
        "each traced to its article, day and sentence, with hedges, targets and disagreements kept.",
        "version": release_version(),
        **({"created": f"{day.isoformat()}T00:00:00+07:00"} if day else {}),
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "contributors": [{"title": "The Reform figures contributors", "role": "author"}],
        "keywords": ["Vietnam", "administrative reform", "public administration", "official statistics"],
        "sources": _sources(articles),
        "resources": [_resource(name, record) for name, record in record_types.items()],
    }


def _sources(articles: Iterable[Article]) -> list[dict[str, str]]:
    """The publishers of published articles in alphabetical order, each with its site where it is known."""
    sites: dict[str, str] = {}
    for article in sorted(articles, key=lambda a: a.article_id):
        if is_published(article) and article.publisher:
            address = urlsplit(article.cited_url or article.url)
            real = address.hostname and not address.hostname.endswith(PRACTICE)
            known = sites.get(article.publisher)
            sites[article.publisher] = known or (f"{address.scheme}://{address.hostname}" if real else "")
    return [{"title": name, **({"path": site} if site else {})} for name, site in sorted(sites.items())]


def _resource(name: str, record: type) -> dict:
    lines = name == "articles"
    schema = {"fields": [_field(record, c, _KEYS[name]) for c in columns_of(record)], "primaryKey": _KEYS[name]}
    if name in _LINKS:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": _TARGETS[column], "fields": [column]}}
            for column in _LINKS[name]
        ]
    return {
        "name": name,
        "title": TITLES[name],
        "path": table_path(Path(), name).name,
        "type": "table",
        "format": "jsonl" if lines else "csv",
        "mediatype": "application/jsonl" if lines else "text/csv",
        "encoding": "utf-8",
        "schema": {**schema, "missingValues": [""]},
    }


def _field(record: type, column: Column, keys: list[str]) -> dict:
    """Schema of a column. Text is required only where it is a key or a code: else it may be empty on the page."""
    described = {"name": column.name, "type": _TYPES[column.kind], "description": column.about}
    codes = codes_of(record, column.name)
    constraints: dict = {}
    if not column.optional and (column.kind != "text" or codes or column.name in keys):
        constraints["required"] = True
    if codes:
        constraints["enum"] = codes
    return {**described, **({"constraints": constraints} if constraints else {})}


def data_package_text(articles: Iterable[Article], day: date | None, record_types: Mapping[str, type] = TABLES) -> str:
    """`data_package` as the text of its file."""
    return json.dumps(data_package(articles, day, record_types), ensure_ascii=False, indent=2) + "\n"


def write_data_package(folder: Path, articles: Iterable[Article], day: date | None) -> Path:
    """Write datapackage.json beside the tables that it describes; returns its path."""
    path = Path(folder) / FILE
    write_text(path, data_package_text(articles, day))
    return path
