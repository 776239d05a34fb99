"""How to cite a number: whose article told it, under which headline, when and where, and which data it was taken from.

In: a figure or an article. Out: one line of text. "VietNamNet, tháng 9/2019" (VietNamNet, September 2019) names no
day, because nobody knows it. A digest's own headline is never told as the publisher's.
"""

from __future__ import annotations

import hashlib

from reform_figures.exporting.datapackage import release_version
from reform_figures.loading import data_folder, find_article, find_figure, read_records
from reform_figures.names import name_of
from reform_figures.published import is_digest, published_address
from reform_figures.records import Article
from reform_figures.tables import table_path
from reform_figures.wording import number_text, published_text

_DIGITS = 12
"""So many hexadecimal digits tell all data apart that anybody will ever make."""


def cite_figure(figure_id: str, language: str = "en") -> str:
    """The published article that told a figure, and the figure: 'Báo X, "headline", September 2019, https://...'.

    Raises ValueError for an id or a language that is not known.
    """
    article = find_article(find_figure(figure_id).article_id)
    return citation_line(article, figure_id, data_version(language), language)


def citation_line(article: Article, figure_id: str, version: str, language: str = "en") -> str:
    """What `cite_figure` writes, of an article and a version of the data (`data_version`) that are at hand."""
    read = name_of("citation", "digest" if is_digest(article) else "article", language)
    return "; ".join([cite_article(article, language), read.format(version=version, figure=figure_id)])


def cite_article(article: Article, language: str = "en") -> str:
    """The published article in one line: publisher, headline, day or month, address, each where it is known."""
    headline = headline_of(article)
    published = published_text(article.published_at, article.published_precision, language)
    told = [article.publisher, f'"{headline}"' if headline else "", published, published_address(article)]
    return " ".join(", ".join(filter(None, told)).split())


def headline_of(article: Article) -> str:
    """Headline of the published article; '' where a digest does not tell it, for its own is not the publisher's."""
    return article.cited_title or ("" if is_digest(article) else article.title)


def data_version(language: str = "en") -> str:
    """'version 0.1.0, data 3f2a9c81b7e0': the project's version, and the first digits of the SHA-256 of series.csv.

    Raises FileNotFoundError where there is no series.
    """
    path = table_path(data_folder(), "series")
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there yet; run scripts/build_series.py first")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:_DIGITS]
    return name_of("citation", "version", language).format(version=release_version(), data=digest)


def data_stamp(language: str = "en") -> str:
    """What data a notebook or page was made from: counts and days in one sentence, version and data in another."""
    articles, figures = read_records("articles"), read_records("figures")
    dated = sorted((a for a in articles if a.published_at), key=lambda article: article.published_at)
    ends = [published_text(a.published_at, a.published_precision, language) for a in (dated[:1] + dated[-1:])]
    told = {
        "figures": _counted(len(figures), "figure", language),
        "used": number_text(len({f.article_id for f in figures}), language),
        "articles": _counted(len(articles), "article", language),
        "span": name_of("stamp", "span", language).format(first=ends[0], last=ends[1]) if ends else "",
        "version": data_version(language),
    }
    return name_of("stamp", "at_hand", language).format(**told)


def _counted(count: int, thing: str, language: str) -> str:
    return name_of("stamp", thing if count == 1 else f"{thing}s", language).format(count=number_text(count, language))
