"""Loading the data: tidy tables in one line, articles and figures by name.

In: the processed tables, found from wherever the reader works. Out: pandas DataFrames and records. "Hơn 3,9
triệu tài khoản" (more than 3.9 million accounts) is a row of `load_series(subject="portal_account")` with
`value` 3900000.0 and `bound` 'gt'.
"""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from reform_figures import tables
from reform_figures.choosing import choose_reports, refuse_across_merger
from reform_figures.facts import COLUMNS
from reform_figures.holding import days_held
from reform_figures.names import name_of, name_table, theme_of, unknown_code
from reform_figures.period_told import period_told
from reform_figures.published import published_address
from reform_figures.records import Article, Figure, Finding, PassedOver
from reform_figures.series import REPORTS
from reform_figures.series import as_of as series_as_of
from reform_figures.tracing import TracedObservation, read_from, trace_observations

DATA_VARIABLE = "REFORM_FIGURES_DATA"
"""Environment variable that names another data folder than the repository's."""

CODES = ("indicator", "theme", "subject", "measure", "unit", "direction", "area", "tier", "status", "period_kind",
         "verdict")  # fmt: skip
"""Columns that `load_series` and `load_figures` choose rows by."""

_ARTICLE_COLUMNS = ["article_id", "publisher", "published_at", "published_precision", "title", "cited_title",
                    "read_from", "area", "link", "characters"]  # fmt: skip
_NUMBERS, _DAYS = ("value", "of", "value_max"), ("period_start", "period_end", "known_since")


def data_folder() -> Path:
    """The data folder: from the environment, else that of the repository around the working directory or the package.

    Raises FileNotFoundError with the command that makes the data.
    """
    if told := os.environ.get(DATA_VARIABLE):
        return Path(told)
    here = Path.cwd().resolve()
    for root in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (root / "data" / "processed").is_dir() and (root / "pyproject.toml").is_file():
            return root / "data"
    raise FileNotFoundError(f"no data/processed in or above {here}; run `make report` in the repository first")


def load_series(
    *,
    as_of: str | date | None = None,
    since: str | None = None,
    until: str | None = None,
    policy: str = "all",
    across_merger: bool = False,
    **codes: str | list[str],
) -> pd.DataFrame:
    """The tidy series: one observation a row, columns as in the codebook, numbers as float, days as datetime.

    Choose rows by code - `subject`, `theme`, `indicator`, `measure`, `unit`, `direction`, `area`, `tier`,
    `status`, `period_kind`, `verdict` - each one code or a list. `since` and `until` are ISO days: periods that end
    within. `as_of` gives what was public on that day, checks included. `policy` chooses where several articles report
    the same: `all` of them, the `latest`, the `first`, the `official` one first. Added to the stored columns: where the
    number was read (`sentence`, `read_from`, `title`, `cited_title`, `link`; see `TracedObservation`), `subject_name`,
    `area_name` and the same in Vietnamese (`subject_name_vi`, `area_name_vi`), `period_told` (whether the sentence of
    the number names a time, or it was carried over from `elsewhere`), `policy`, `set_aside` (articles that the policy
    left out) and `holds_on`, the day on which a number holds: the end of its period, or the start where it was before a
    change (`reform_figures.holding`).

    Raises ValueError for an unknown code, with the nearest known ones, and, unless `across_merger`, for rows of a
    province from before and after the mergers of June 2025.
    """
    if as_of is None:
        records = read_records("series")
    else:
        day = date.fromisoformat(str(as_of)) if not isinstance(as_of, date) else as_of
        records = series_as_of(day, read_records("figures"), read_records("articles"))
    traced = trace_observations(records, read_records("figures"), read_records("articles"))
    frame = _frame(traced, TracedObservation)
    frame["holds_on"] = pd.to_datetime(frame["figure_id"].map(days_held(records)))
    frame = _choose(frame, codes)
    if since is not None:
        frame = frame[frame["period_end"] >= pd.Timestamp(since)]
    if until is not None:
        frame = frame[frame["period_end"] <= pd.Timestamp(until)]
    if not across_merger:
        refuse_across_merger(frame)
    frame = choose_reports(frame, policy).reset_index(drop=True)
    frame["subject_name"] = [name_of("subject", code) for code in frame["subject"]]
    frame["area_name"] = [name_of("area", code) for code in frame["area"]]
    frame["subject_name_vi"] = [name_of("subject", code, "vi") for code in frame["subject"]]
    frame["area_name_vi"] = [name_of("area", code, "vi") for code in frame["area"]]
    frame["period_told"] = [period_told(*told) for told in zip(frame["sentence"], frame["period"], strict=True)]
    return frame


def load_targets(**codes: str | list[str]) -> pd.DataFrame:
    """Official targets, rows as in `load_series` with the `document` and the authority (`set_by`) that set them."""
    series = load_series(status="target", across_merger=True, **codes)
    told = pd.DataFrame(
        [(t.figure_id, t.document, t.set_by) for t in read_records("targets")],
        columns=["figure_id", "document", "set_by"],
    )
    return series.merge(told, on="figure_id", how="inner")


def load_figures(**codes: str | list[str]) -> pd.DataFrame:
    """All reported figures with sentence, span and rules, one a row; choose rows by code as in `load_series`."""
    return _choose(_frame(read_records("figures"), Figure), codes)


def load_passed_over() -> pd.DataFrame:
    """Every numeral that was seen and is no figure, with its reason."""
    return _frame(read_records("passed_over"), PassedOver)


def load_findings(about: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every check inside an article: what was compared, what was expected, the verdict in words.

    `about` keeps those that concern one of its figures (rows of the series or the figures). Comparisons between
    articles are told by `verdict` in the series.
    """
    frame = _frame(read_records("findings"), Finding)
    frame = frame[~frame["kind"].str.startswith(REPORTS)]
    if about is not None:
        ids = set(about["figure_id"])
        frame = frame[[not ids.isdisjoint(told.split()) for told in frame["figures"]]]
    return frame.reset_index(drop=True)


def load_facts_compared() -> pd.DataFrame:
    """Facts that readers noted of the published articles, each beside the figure extracted, columns as in
    `reform_figures.facts`; `theme` is added. Empty where none were compared."""
    path = data_folder() / "processed" / "facts_compared.csv"
    if not path.exists():
        return pd.DataFrame(columns=[*COLUMNS, "theme"])
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return frame.assign(theme=[name_of("theme", theme_of(subject)) for subject in frame["subject"]])


def load_articles() -> pd.DataFrame:
    """Articles, one a row: publisher, time of publication and how exactly it is known, headline of the page read and of
    the article cited, whose words it is, link, length of the text in characters."""
    rows = [
        {
            "article_id": article.article_id,
            "publisher": article.publisher,
            "published_at": article.published_at,
            "published_precision": article.published_precision,
            "title": article.title,
            "cited_title": article.cited_title,
            "read_from": read_from(article),
            "area": article.area,
            "link": published_address(article),
            "characters": len(article.text),
        }
        for article in read_records("articles")
    ]
    frame = pd.DataFrame(rows, columns=_ARTICLE_COLUMNS)
    return frame.sort_values(["published_at", "article_id"], ignore_index=True)


def find_article(article_id: str) -> Article:
    """One article by its id. Raises ValueError with the nearest known ids."""
    return _found("article", article_id, {article.article_id: article for article in read_records("articles")})


def find_figure(figure_id: str) -> Figure:
    """One figure by its id, to `show()` its sentence. Raises ValueError with the nearest known ids."""
    return _found("figure", figure_id, {figure.figure_id: figure for figure in read_records("figures")})


def _found(kind: str, name: str, known: dict):
    if name not in known:
        raise ValueError(unknown_code(kind, name, known))
    return known[name]


def read_records(name: str) -> list:
    """A processed table as records; read once for as long as its file does not change."""
    path = tables.table_path(data_folder(), name)
    return _read(data_folder(), name, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=32)
def _read(data: Path, name: str, _changed: int) -> list:
    return tables.read_table(data, name)


def _frame(records: list, record_type: type) -> pd.DataFrame:
    """Records as a DataFrame: Decimal as float, ISO days as datetime, everything else as text."""
    columns = list(record_type.__dataclass_fields__)
    frame = pd.DataFrame([[getattr(r, c) for c in columns] for r in records], columns=columns)
    for column in frame.columns:
        if column in _NUMBERS:
            frame[column] = frame[column].astype("float64")
        elif column in _DAYS:
            frame[column] = pd.to_datetime(frame[column])
        elif frame[column].dtype == object:
            frame[column] = frame[column].astype("str")
    return frame


def _choose(frame: pd.DataFrame, codes: dict[str, str | list[str]]) -> pd.DataFrame:
    for column, wanted in codes.items():
        if column not in CODES or column not in frame.columns:
            choices = ", ".join(c for c in CODES if c in frame.columns)
            raise ValueError(f"rows cannot be chosen by {column!r}; choose by one of {choices}")
        wanted = [wanted] if isinstance(wanted, str) else list(wanted)
        known = set(frame[column].dropna()) | _known_codes(column)
        for code in wanted:
            if code not in known:
                raise ValueError(unknown_code(column, code, known))
        frame = frame[frame[column].isin(wanted)]
    return frame.reset_index(drop=True)


def _known_codes(column: str) -> set[str]:
    try:
        return set(name_table(column))
    except ValueError:
        return set()
