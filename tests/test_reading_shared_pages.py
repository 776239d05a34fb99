"""Pages rendered by real servers, with the truth of what was posted: ../shared/pages.

"Hội nghị giao ban" (a routine conference) is one of five articles on WordPress, Plone and ASP.NET WebForms.
"""

import json
from pathlib import Path

import pytest

from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Page

SHARED = Path(__file__).resolve().parents[1] / "../shared/pages"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="../shared/pages is not on this machine")

FILES = sorted(SHARED.glob("*/*article-*.html"))
LEFT_OUT = ("article-", "INDEX.txt", "charset")
WITHOUT_DATE = {"plone"}
BYLINE_SHOWN = {"wordpress", "webforms"}


def truth_of(key: str) -> dict:
    truth = json.loads((SHARED / "truth.json").read_text(encoding="utf-8"))
    return next(item for item in truth if item["key"] == key)


def plain(text: str) -> str:
    """WordPress makes quotes curly and dashes long."""
    return text.translate(str.maketrans("“”‘’–—", "\"\"''--")).replace("…", "...").strip()


def check_texts(article, truth: dict) -> None:
    assert plain(article.title) == plain(truth["title"])
    assert plain(article.lead) == plain(truth["lead"])
    told = [plain(p.text) for p in article.paragraphs if p.role not in ("title", "date_line", "lead", "author")]
    assert told == [plain(text) for text in truth["body"]]


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "recognised"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_part_of_a_posted_article_is_read(file, declared):
    family = file.parent.name
    truth = truth_of(file.stem.split("article-")[1])
    page = Page(url=truth["urls"][family], body=file.read_bytes())
    article = read_article(page, portal=family if declared else None)
    check_texts(article, truth)
    if family in WITHOUT_DATE:
        assert article.published_at is None
    else:
        assert article.published_at.isoformat() == truth["published"]
    assert article.author == (truth["author"] if family in BYLINE_SHOWN else "")
    assert article.portal.startswith(family)


@pytest.mark.parametrize("file", sorted((SHARED / "charset").glob("*.html")), ids=lambda file: file.stem)
def test_one_article_in_seven_encodings_is_one_article(file):
    article = read_article(Page(url=f"http://x.test/{file.name}", body=file.read_bytes()))
    truth = truth_of("tayninh-2023-02-03")
    check_texts(article, truth)
    assert article.published_at.isoformat() == truth["published"]


@pytest.mark.parametrize(
    "file",
    [f for f in sorted(SHARED.glob("*/*")) if not any(part in str(f) for part in LEFT_OUT)],
    ids=lambda file: f"{file.parent.name}-{file.name}",
)
def test_listings_feeds_and_challenges_are_no_articles(file):
    with pytest.raises(UnreadablePage):
        read_article(Page(url=f"http://x.test/{file.name}", body=file.read_bytes()))
