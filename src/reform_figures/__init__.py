"""Reform figures: what Vietnam's ministries reported in the news about administrative reform, as data.

    from reform_figures import load_series
    load_series(subject="portal_account")

In: the repository's tables. Out: tidy data frames and the sentences behind them. "Từ điểm đến câu": from any point in
any chart to the sentence that it came from.
"""

from importlib import import_module

_PUBLIC = {
    "load_series": "reform_figures.loading",
    "load_figures": "reform_figures.loading",
    "extract": "reform_figures.extracting",
    "explain": "reform_figures.extracting",
    "read_article": "reform_figures.reading",
    "read_text_article": "reform_figures.plain_text",
}
__all__ = list(_PUBLIC)


def __getattr__(name: str):
    """Import a public name when it is first used: a script that reads pages need not load pandas."""
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
