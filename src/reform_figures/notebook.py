"""The data in a notebook: tidy tables in one line, sentences behind every number, answers in words.

In: the processed tables, found from wherever the notebook runs. Out: pandas DataFrames, `Figure`s and Markdown.
"Hơn 3,9 triệu tài khoản" (more than 3.9 million accounts) is a row of `load_series(subject="portal_account")`
with `value` 3900000.0 and `bound` 'gt'.
"""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path

import pandas as pd

from reform_figures import tables
from reform_figures.names import name_of, name_table, unknown_code
from reform_figures.plotting.texts import row_amount, row_status
from reform_figures.records import Article, Figure
from reform_figures.series import REPORTS
from reform_figures.series import as_of as series_as_of
from reform_figures.wording import number_text, period_text

DATA_VARIABLE = "REFORM_FIGURES_DATA"
"""Environment variable that names another data folder than the repository's."""

CODES = ("indicator", "theme", "subject", "measure", "unit", "direction", "area", "tier", "status", "period_kind",
         "verdict")  # fmt: skip
"""Columns that `load_series` and `load_figures` choose rows by."""

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


def load_series(*, as_of: str | date | None = None, since: str | None = None, until: str | None = None,
                **codes: str | list[str]) -> pd.DataFrame:  # fmt: skip
    """The tidy series: one observation a row, columns as in the codebook, numbers as float, days as datetime.

    Choose rows by code - `subject`, `theme`, `indicator`, `measure`, `unit`, `direction`, `area`, `tier`,
    `status`, `period_kind`, `verdict` - each one code or a list. `since` and `until` are ISO days: periods that end
    within. `as_of` gives what was public on that day, checks included. Added to the stored columns: `subject_name`,
    `area_name`, `title` and `link` (the published article).

    Raises ValueError for an unknown code; the message lists the nearest known ones.
    """
    if as_of is None:
        records = _records("series")
    else:
        day = date.fromisoformat(str(as_of)) if not isinstance(as_of, date) else as_of
        records = series_as_of(day, _records("figures"), _records("articles"))
    frame = _choose(_frame(records, "series"), codes)
    if since is not None:
        frame = frame[frame["period_end"] >= pd.Timestamp(since)]
    if until is not None:
        frame = frame[frame["period_end"] <= pd.Timestamp(until)]
    frame["subject_name"] = [name_of("subject", code) for code in frame["subject"]]
    frame["area_name"] = [name_of("area", code) for code in frame["area"]]
    return _with_source(frame)


def load_figures(**codes: str | list[str]) -> pd.DataFrame:
    """All reported figures with sentence, span and rules, one a row; choose rows by code as in `load_series`."""
    return _choose(_frame(_records("figures"), "figures"), codes)


def load_passed_over() -> pd.DataFrame:
    """Every numeral that was seen and is no figure, with its reason."""
    return _frame(_records("passed_over"), "passed_over")


def load_findings(about: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every check inside an article: what was compared, what was expected, the verdict in words.

    `about` keeps those that concern one of its figures (rows of the series or the figures). Comparisons between
    articles are told by `verdict` in the series.
    """
    frame = _frame(_records("findings"), "findings")
    frame = frame[~frame["kind"].str.startswith(REPORTS)]
    if about is not None:
        ids = set(about["figure_id"])
        frame = frame[[not ids.isdisjoint(told.split()) for told in frame["figures"]]]
    return frame.reset_index(drop=True)


def show_findings(findings: pd.DataFrame, limit: int = 12) -> None:
    """Print findings, one a line: the verdict and the check in words."""
    for row in findings.head(limit).itertuples():
        print(f"{row.verdict}: {row.words}")
    if len(findings) > limit:
        print(f"... and {len(findings) - limit} more")
    if findings.empty:
        print("Nothing here is told twice, so there is nothing to check.")


def load_articles() -> pd.DataFrame:
    """Articles, one a row: publisher, title, day of publication, link, length of the text in characters."""
    rows = [
        {
            "article_id": article.article_id,
            "publisher": article.publisher,
            "published_at": article.published_at,
            "title": article.title,
            "area": article.area,
            "link": article.cited_url or article.url,
            "characters": len(article.text),
        }
        for article in _records("articles")
    ]
    frame = pd.DataFrame(
        rows, columns=["article_id", "publisher", "published_at", "title", "area", "link", "characters"]
    )
    return frame.sort_values(["published_at", "article_id"], ignore_index=True)


def find_article(article_id: str) -> Article:
    """One article by its id. Raises ValueError with the nearest known ids."""
    return _found("article", article_id, {article.article_id: article for article in _records("articles")})


def find_figure(figure_id: str) -> Figure:
    """One figure by its id, to `show()` its sentence. Raises ValueError with the nearest known ids."""
    return _found("figure", figure_id, {figure.figure_id: figure for figure in _records("figures")})


def _found(kind: str, name: str, known: dict):
    if name not in known:
        raise ValueError(unknown_code(kind, name, known))
    return known[name]


def show_sentences(frame: pd.DataFrame, limit: int = 5) -> None:
    """Print the sentence behind each row, the number marked, with its fields, publisher and day."""
    for row in frame.head(limit).itertuples():
        figure, article = find_figure(row.figure_id), find_article(row.article_id)
        figure.show()
        published = article.published_at.date().isoformat() if article.published_at else "day unknown"
        print(f"  {article.publisher}, {published}: {article.title}\n")
    if len(frame) > limit:
        print(f"... and {len(frame) - limit} more")


class Readable:
    """A table to be read: full texts, numbers as in prose, no row numbers. `frame` is the table itself."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def _shown(self) -> pd.DataFrame:
        shown = self.frame.copy()
        for column in shown.select_dtypes("float"):
            shown[column] = [("" if value != value else number_text(value)) for value in shown[column]]
        return shown

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            return self._shown().to_html(index=False, border=0, na_rep="")

    def __repr__(self) -> str:
        return self._shown().to_string(index=False, na_rep="")


def as_table(frame: pd.DataFrame, *, base: bool = False) -> Readable:
    """Rows of the series to be read by people: what, whose, when, the number in words, its status, who told it when.

    `base` adds what each number is compared with or counted from.
    """
    rows = []
    for row in frame.itertuples():
        published = "" if pd.isna(row.known_since) else ", " + period_text(row.known_since.date().isoformat())
        told = {
            "what": row.subject_name,
            "whose": row.area_name + (f", {name_of('tier', row.tier)}" if _tells_more(row.tier) else ""),
            "when": period_text(row.period),
            "reported": _directed(row) + row_amount(row),
            "status": name_of("status", row.status),
            "told by": row.publisher + published,
        }
        rows.append(told | ({"base": period_text(row.base) or "not told"} if base else {}))
    columns = ["what", "whose", "when", "reported", *(["base"] if base else []), "status", "told by"]
    return Readable(pd.DataFrame(rows, columns=columns))


def _tells_more(tier) -> bool:
    """Whether a tier says more than the area: that ministries are central goes without saying."""
    return isinstance(tier, str) and tier != "central"


def _directed(row) -> str:
    """'cut: ' or 'increase: ' where the figure has a direction, else ''."""
    return f"{name_of('direction', row.direction)}: " if isinstance(row.direction, str) else ""


def first_and_last(frame: pd.DataFrame) -> pd.DataFrame:
    """The earliest and the latest reported state in the rows, of what was achieved; empty, one or two rows.

    Of several reports for the same day, the one known last. Parts of another number are left out.
    """
    rows = frame[(frame["status"] == "actual") & (frame["verdict"] != "different_scope")]
    rows = rows.dropna(subset=["period_end"]).sort_values(["period_end", "known_since", "figure_id"])
    rows = rows.drop_duplicates(["period_end"], keep="last")
    return rows.iloc[[0, -1]] if len(rows) > 1 else rows


def tell(row, *, what: bool = False) -> str:
    """A row in words, for an answer: '**at least 90%** (target, second half of 2022)'.

    `what` puts the subject and, but for the whole country, the area before it.
    """
    base = f"against {period_text(row.base)}" if isinstance(row.base, str) else ""
    told = ", ".join(part for part in (row_status(row).strip(" ()"), period_text(row.period), base) if part)
    words = f"**{row_amount(row)}**" + (f" ({told})" if told else "")
    if not what:
        return words
    area = "" if row.area == "VN" else f" ({row.area_name})"
    direction = f", {name_of('direction', row.direction)}" if isinstance(row.direction, str) else ""
    return f"{row.subject_name}{area}{direction}: {words}"


def tell_all(frame: pd.DataFrame, joint: str = "; ", *, what: bool = False) -> str:
    """All rows in words, the same words once; '' for no rows."""
    return joint.join(dict.fromkeys(tell(row, what=what) for row in frame.itertuples()))


def answer(*lines: str):
    """The answer of a notebook as Markdown, one point a line; a line without a number in bold has nothing to tell.

    Lines may quote scraped text, so that tags and links in them stay text.
    """
    from IPython.display import Markdown

    told = [f"- {escape(line, quote=False).replace('[', '&#91;')}" for line in lines if "**" in line]
    return Markdown("\n".join(told) or f"- {name_of('chart', 'no_figures')}")


def data_stamp() -> str:
    """What data a notebook ran on: counts and days, in one sentence."""
    articles, figures = _records("articles"), _records("figures")
    days = sorted(a.published_at.date() for a in articles if a.published_at)
    span = f", published from {days[0].isoformat()} to {days[-1].isoformat()}" if days else ""
    return (
        f"{len(figures):,} figures from {len({f.article_id for f in figures}):,} of {len(articles):,} articles{span}."
    )


def _records(name: str) -> list:
    path = tables.table_path(data_folder(), name)
    return _read(data_folder(), name, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=32)
def _read(data: Path, name: str, _changed: int) -> list:
    return tables.read_table(data, name)


def _frame(records: list, name: str) -> pd.DataFrame:
    """Records as a DataFrame: Decimal as float, ISO days as datetime, everything else as text."""
    columns = list(tables.TABLES[name].__dataclass_fields__)
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


def _with_source(frame: pd.DataFrame) -> pd.DataFrame:
    articles = {article.article_id: article for article in _records("articles")}
    frame["title"] = [articles[i].title for i in frame["article_id"]]
    frame["link"] = [articles[i].cited_url or articles[i].url for i in frame["article_id"]]
    return frame
