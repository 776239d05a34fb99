"""From a number to where it was read: sentence, headline, link, beside every observation.

In: observations, figures, articles. Out: one `TracedObservation` an observation, which is what `load_series` and the
exports give; `series.csv` itself stays narrow and names figure and article by their ids. "Cả nước giảm 561 xã" (561
communes fewer in the whole country) stands beside the 561.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from reform_figures.published import is_digest, published_address
from reform_figures.records import Article, Figure, Observation, about


@dataclass(frozen=True, slots=True)
class TracedObservation(Observation):
    """An observation with where it was read."""

    sentence: str = about("the sentence that the number was read from: the publisher's, or a digest's (see read_from)")
    read_from: str = about(
        "article where sentence and title are the publisher's; digest where they are this project's words about the "
        "article that publisher, cited_title, known_since and link name: never quote them as the publisher's"
    )
    title: str = about("headline of the page that was read: of a digest its own, in this project's words")
    cited_title: str = about("headline of the published article that a digest restates, '' where none is told")
    link: str = about("address of the published article, '' where none is known")


def trace_observations(
    observations: Iterable[Observation], figures: Iterable[Figure], articles: Iterable[Article]
) -> list[TracedObservation]:
    """Each observation with its sentence and article, in the order given.

    Raises ValueError where the figure or the article of one is not given; the message names it.
    """
    sentences = {figure.figure_id: figure.sentence for figure in figures}
    sources = {article.article_id: _source(article) for article in articles}
    names = [f.name for f in fields(Observation)]
    traced = []
    for row in observations:
        if row.figure_id not in sentences or row.article_id not in sources:
            raise ValueError(
                f"observation {row.figure_id}: its figure or its article is not in the tables; "
                "run scripts/build_series.py again"
            )
        told = {name: getattr(row, name) for name in names}
        traced.append(TracedObservation(**told, sentence=sentences[row.figure_id], **sources[row.article_id]))
    return traced


def read_from(article: Article) -> str:
    """Whose words a text is: the `article` of its publisher, or a `digest` of this project."""
    return "digest" if is_digest(article) else "article"


def _source(article: Article) -> dict[str, str]:
    return {
        "read_from": read_from(article),
        "title": article.title,
        "cited_title": article.cited_title,
        "link": published_address(article),
    }
