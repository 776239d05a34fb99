"""A fake portal, and a source and a fetcher that lead to it."""

import pytest

from reform_figures.collecting import Archive, collect_source, fetching
from reform_figures.collecting.fetching import Fetcher
from reform_figures.collecting.politeness import Pace
from reform_figures.collecting.sources import Source
from reform_figures.portals.listing import Listing

from .fake_portal import ADDRESS, FakePortal

LISTING = Listing(items="h3 a", next_page="?page={n}")


@pytest.fixture
def portal():
    with FakePortal().running() as portal:
        yield portal


@pytest.fixture
def source(portal):
    """`source(key=value)` makes the entry of the fake portal, with some keys of its own."""

    def make(**keys):
        usual = {
            "name": "fake",
            "publisher": "Cổng thông tin",
            "address": ADDRESS,
            "portal": "nukeviet",
            "listing": ("tin-tuc",),
            "delay_seconds": 0.0,
            "timeout_seconds": 5.0,
            "connect_to": portal.endpoint,
        }
        return Source(**{**usual, **keys})

    return make


@pytest.fixture
def fetch(source):
    """`fetch(path, **source_keys)` asks the fake portal for a path."""
    fetchers = []

    def ask(path, headers=None, **keys):
        fetchers.append(Fetcher(source(**keys), "reform-figures/0.1 (+test)", Pace()))
        return fetchers[-1].fetch(path if "://" in path else ADDRESS + path.lstrip("/"), headers=headers)

    yield ask
    for fetcher in fetchers:
        fetcher.close()


@pytest.fixture
def collect_all(source, tmp_path):
    """`collect_all(**source_keys)` collects the fake portal into tmp_path; the store is sound then, and opens again."""
    from .stores import assert_sound

    def run(**keys):
        with Archive(tmp_path) as archive:
            report = collect_source(source(**keys), LISTING, archive, "reform-figures")
        with Archive(tmp_path):
            assert_sound(tmp_path)
        return report

    return run


@pytest.fixture(autouse=True)
def _no_long_backoff(monkeypatch):
    monkeypatch.setattr(fetching, "BACKOFF_SECONDS", 0.01)
