"""Every row of the committed tables leads to its sentence, its page, the page's hash and the published article."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from reform_figures.tables import raw_folder, read_manifest, read_table

DATA = Path(__file__).resolve().parents[1] / "data"

WITHOUT_ADDRESS = 5
"""So many digests restate an article whose address nobody knows: its publisher, day and title have to be told."""


@pytest.fixture(scope="module")
def tables() -> dict[str, list]:
    return {name: read_table(DATA, name) for name in ("articles", "figures", "findings", "series", "targets")}


@pytest.fixture(scope="module")
def articles(tables) -> dict:
    return {article.article_id: article for article in tables["articles"]}


@pytest.fixture(scope="module")
def figures(tables) -> dict:
    return {figure.figure_id: figure for figure in tables["figures"]}


def test_every_figure_stands_in_its_article_as_written(tables, articles):
    for figure in tables["figures"]:
        text = articles[figure.article_id].text
        assert text[figure.start : figure.end] == figure.text, figure.figure_id
        assert text[figure.sentence_start :].startswith(figure.sentence), figure.figure_id


def test_every_article_was_read_from_a_stored_page_of_the_hash_it_names(tables):
    captures = {capture.raw_id: capture for capture in read_manifest(DATA)}
    for article in tables["articles"]:
        capture = captures[article.raw_id]
        body = (raw_folder(DATA) / capture.file).read_bytes()
        assert hashlib.sha256(body).hexdigest() == capture.sha256 == article.page_sha256, article.article_id


def test_every_observation_leads_to_a_figure_and_a_published_article(tables, articles, figures):
    assert len(tables["series"]) >= 1500
    unlinked = set()
    for row in tables["series"]:
        figure, article = figures[row.figure_id], articles[row.article_id]
        assert (figure.value, figure.article_id) == (row.value, article.article_id), row.figure_id
        if not article.cited_url.startswith(("http://", "https://")):
            unlinked.add(article.article_id)
            source = next(p.text for p in article.paragraphs if p.role == "source_line")
            assert re.fullmatch(r"Nguồn: .+, \d\d/\d\d/\d{4}, [\"“].+[\"”]", source), row.figure_id
        assert article.title, row.figure_id
        assert article.publisher, row.figure_id
    assert len(unlinked) <= WITHOUT_ADDRESS


def test_every_target_and_every_finding_names_figures_that_are_there(tables, figures):
    for target in tables["targets"]:
        assert figures[target.figure_id].status == "target"
    for finding in tables["findings"]:
        assert set(finding.figures.split()) <= set(figures), finding.finding_id
