"""The caption of a chart: what it shows, what it does not show, and every article behind it.

In: the name of a chart, or a chart drawn. Out: plain text to be put under the picture. "Nguồn (2 bài)" (sources, 2
articles) is followed by each article once: publisher, headline, day or month, address.
"""

from __future__ import annotations

import pandas as pd

from reform_figures.charts.registry import draw_chart, find_chart
from reform_figures.citing import cite_article, data_stamp, headline_of
from reform_figures.loading import find_article
from reform_figures.names import name_of
from reform_figures.plotting import Chart
from reform_figures.published import is_digest, published_address
from reform_figures.records import Article
from reform_figures.wording import number_text


def chart_caption(chart_id: str, language: str = "en", *, rows: pd.DataFrame | None = None) -> str:
    """The caption of a named chart in one language; `rows` replaces its data, as in `draw_chart`.

    Raises ValueError for a name or a language that is not known.
    """
    return caption_of(chart_id, draw_chart(chart_id, language=language, rows=rows), language)


def caption_of(chart_id: str, drawn: Chart, language: str) -> str:
    """The caption of a chart as it was drawn: the articles named are those that it shows numbers of."""
    chart = find_chart(chart_id)
    articles = sorted(map(find_article, drawn.articles), key=lambda a: (a.published_at is None, str(a.published_at)))
    lines = [
        f"{chart.title(language)}. {chart.subtitle(language)}.",
        f"{name_of('caption', 'limits', language)} {chart.limits(language)}",
        *_sources(articles, language),
        f"{name_of('caption', 'data', language)} {data_stamp(language)}",
    ]
    return "\n".join(lines) + "\n"


def _sources(articles: list[Article], language: str) -> list[str]:
    """Each article in a line of its own, the one published first before the others."""
    if not articles:
        return [name_of("caption", "counts_the_data", language)]
    read = "digests" if any(map(is_digest, articles)) else "articles"
    count = number_text(len(articles), language)
    heading = name_of("caption", read, language).format(count=count)
    return [heading, *(f"{n}. {_source(article, language)}" for n, article in enumerate(articles, 1))]


def _source(article: Article, language: str) -> str:
    """An article in one line, and what is not known of it."""
    lacking = [] if headline_of(article) else ["no_headline"]
    lacking += [] if published_address(article) else ["no_address"]
    told = ", ".join(name_of("citation", code, language) for code in lacking)
    return cite_article(article, language) + (f" ({told})" if told else "")
