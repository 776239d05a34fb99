"""Every row of the committed tables leads to its sentence, its page, the page's hash and the published article."""

from __future__ import annotations

import calendar
import hashlib
import re
from pathlib import Path

import pytest

from reform_figures.practice.items import load_items
from reform_figures.published import is_digest
from reform_figures.tables import raw_folder, read_manifest, read_table

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"

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


def test_every_digest_is_cited_as_its_own_file_says(tables):
    """The digests are what a person wrote; the tables are what was read back from the pages that serve them."""
    written = [item for item in load_items(ROOT / "practice") if item.cites]
    read = {_plain(article.title): article for article in tables["articles"] if is_digest(article)}
    assert len(read) == len(written)
    for item in written:
        article, cites = read[_plain(item.title)], item.cites
        assert (article.publisher, article.cited_url) == (cites.publisher, cites.url), item.slug
        assert article.published_at.date() == cites.published, item.slug
        assert article.published_precision == ("month" if cites.day_known is False else "day"), item.slug
        assert _plain(article.cited_title) == _plain(cites.title), item.slug
    untitled, months = sum(not i.cites.title for i in written), sum(i.cites.day_known is False for i in written)
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    unlinked = sum(not item.cites.url for item in written)
    told = f"{unlinked} of those addresses and {untitled} of the titles are not known, and of {months} articles only"
    assert told in readme


def _plain(headline: str) -> str:
    """WordPress makes a dash of a hyphen between spaces."""
    return headline.replace("–", "-")


def test_every_observation_knows_how_exact_its_day_is(tables, articles):
    for row in (*tables["series"], *tables["targets"]):
        assert row.known_since_precision == articles[row.article_id].published_precision, row.figure_id
        last = calendar.monthrange(*map(int, row.known_since.split("-")[:2]))[1]
        assert row.known_since_precision == "day" or row.known_since.endswith(f"-{last}"), row.figure_id


def test_every_target_and_every_finding_names_figures_that_are_there(tables, figures):
    for target in tables["targets"]:
        assert figures[target.figure_id].status == "target"
    for finding in tables["findings"]:
        assert set(finding.figures.split()) <= set(figures), finding.finding_id
