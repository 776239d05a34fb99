"""What the extraction is scored on: folders of gold, the cases of the tests, and the scores that were kept.

In: files. Out: figures in the form that `evaluation` judges, and tables of scores. "Giảm [17] tổng cục" (17 general
departments fewer) with its fields is a line of a gold file, or a row of `tests/cases/figures.jsonl`.

Annotated texts of other publishers cannot be part of the project. Their scores can: `data/evaluation.csv` keeps the
counts, with a fingerprint of the rules that they were measured with.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pandas as pd

from reform_figures.evaluation import ANY, FIELDS, LEVELS, Figures, f1, right_in, score_levels
from reform_figures.extracting import extract
from reform_figures.names import theme_of
from reform_figures.plain_text import read_text_article
from reform_figures.records import Article
from reform_figures.tables import write_text


class EvaluationError(ValueError):
    """Folders or lines that cannot be scored; the message says in one sentence what was expected where."""


def read_figures(folder: Path) -> Figures:
    """All `<article>.jsonl` of a folder. Raises EvaluationError where there is none or a line is no figure."""
    folder = Path(folder)
    if not folder.is_dir():
        raise EvaluationError(f"{folder} is no folder; expected one that holds an <article>.jsonl for each article")
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise EvaluationError(f"{folder} holds no .jsonl file; expected an <article>.jsonl for each article")
    return {file.stem: _read_lines(file) for file in files}


def _read_lines(file: Path) -> list[dict]:
    figures = []
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{file}: not UTF-8 text (byte {error.start} does not fit)") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            figure = json.loads(line)
        except ValueError as error:
            raise EvaluationError(f"{file}, line {number}: not JSON ({error}); expected one figure a line") from error
        if not isinstance(figure, dict) or not {"start", "end", "value", "theme"} <= figure.keys():
            raise EvaluationError(f"{file}, line {number}: not a figure; expected start, end, value, theme ...")
        figures.append(figure)
    return figures


def find_repository() -> Path | None:
    """The repository around the working directory or the package; None where neither lies in one."""
    here = Path.cwd().resolve()
    for root in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (root / "tests" / "cases").is_dir() and (root / "pyproject.toml").is_file():
            return root
    return None


def read_cases(folder: Path | None = None) -> tuple[list[Article], Figures]:
    """The whole figures among the cases of the tests: the articles and what a reader expects of them.

    Both those that hold (figures.jsonl) and those that the extraction does not satisfy yet (open.jsonl). A field
    that a case leaves out accepts every reading. `folder` is tests/cases of the repository where none is given; empty
    where there are no cases.
    """
    root = find_repository()
    if folder is None and root is None:
        return [], {}
    folder = folder or root / "tests" / "cases"
    rows = _read_rows(folder / "figures.jsonl")
    rows += [row["row"] for row in _read_rows(folder / "open.jsonl") if row["table"] == "figures.jsonl"]
    articles = [_case_article(row, f"{number:04d}-{row['id']}") for number, row in enumerate(rows, 1)]
    return articles, {a.article_id: list(_case_figures(a.text, row)) for a, row in zip(articles, rows, strict=True)}


def _read_rows(file: Path) -> list[dict]:
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def _case_article(row: dict, name: str) -> Article:
    title = row.get("title", "")
    return read_text_article(
        f"{title}\n\n{row['text']}" if title else row["text"],
        name=name,
        published=date.fromisoformat(row.get("published") or "2022-12-30"),
        publisher=row.get("publisher", ""),
        area=row.get("area", "VN"),
        title=title,
    )


def _case_figures(text: str, row: dict) -> Iterable[dict]:
    """The figures of a case, each at the next place where its numeral stands by itself."""
    at = 0
    for told in row["figures"]:
        place = re.compile(rf"(?<!\w)(?<![\d][.,/-]){re.escape(told['text'])}(?!\w|[.,/]\d)").search(text, at)
        if place is None:
            raise EvaluationError(f"case {row['id']}: the numeral {told['text']!r} does not stand in its text")
        start, at = place.span()
        subjects = told.get("subject", [])
        themes = [theme_of(subject) for subject in ([subjects] if isinstance(subjects, str) else subjects)]
        yield dict.fromkeys(FIELDS, ANY) | {"theme": themes or ANY} | told | {"start": start, "end": at}


def extract_all(articles: Iterable[Article]) -> Figures:
    """What the extraction takes from articles now, in the form that is scored."""
    return {article.article_id: [asdict(figure) for figure in extract(article)[0]] for article in articles}


RECORDED = ("gold_set", "articles", "rules", "kind", "name", "right", "predicted", "gold")
"""Columns of a table of recorded scores; `kind` is level, field (of the figures found) or theme (right in core)."""


def score_rows(judged: pd.DataFrame, gold_set: str, articles: int) -> pd.DataFrame:
    """The scores of so many articles as counts, one row a level, field or theme: kept where the gold cannot be."""
    rows = [("level", *row) for row in score_levels(judged)[["right", "predicted", "gold"]].itertuples()]
    found = judged[judged["outcome"] == "found"]
    rows += [("field", field, int(right_in(found, (field,)).sum()), len(found), len(found)) for field in FIELDS]
    asked = judged[judged["outcome"] != "spurious"]
    for theme, figures in asked.groupby("theme"):
        found_here = int((figures["outcome"] == "found").sum())
        rows.append(("theme", theme, int(right_in(figures, LEVELS["core"]).sum()), found_here, len(figures)))
    head = (gold_set, articles, rules_fingerprint())
    return pd.DataFrame([(*head, *row) for row in rows], columns=RECORDED)


def record_scores(path: Path, rows: pd.DataFrame) -> None:
    """Put scores into a table of recorded scores, in place of the earlier ones of the same gold set."""
    kept = read_recorded(path)
    kept = kept[~kept["gold_set"].isin(set(rows["gold_set"]))]
    text = pd.concat([kept, rows]).sort_values("gold_set", kind="stable").to_csv(index=False, lineterminator="\n")
    write_text(Path(path), text)


def read_recorded(path: Path | None = None) -> pd.DataFrame:
    """Recorded scores, empty where there are none yet; of the repository's data/evaluation.csv where no path is given.

    Raises EvaluationError for a table of another form.
    """
    path = path or (find_repository() or Path()) / "data" / "evaluation.csv"
    if not Path(path).exists():
        return pd.DataFrame(columns=RECORDED)
    frame = pd.read_csv(path, dtype={"rules": str})
    if tuple(frame.columns) != RECORDED:
        raise EvaluationError(f"{path}: the header should be {','.join(RECORDED)}; is this a table of scores?")
    return frame


def recorded_levels(recorded: pd.DataFrame) -> pd.DataFrame:
    """Recorded scores to be read, one row a gold set: F1 of each level in percent, and whether the rules are the same.

    `rules` is "as now" or "earlier ones".
    """
    rows = []
    for (name, articles, rules), part in recorded.groupby(["gold_set", "articles", "rules"]):
        levels = part[part["kind"] == "level"].set_index("name")
        shares = {level: round(100 * f1(*levels.loc[level, ["right", "predicted", "gold"]]), 1) for level in LEVELS}
        same = "as now" if rules == rules_fingerprint() else "earlier ones"
        figures = int(levels["gold"].iloc[0])
        rows.append({"gold": name, "articles": articles, "figures": figures, **shares, "rules": same})
    return pd.DataFrame(rows, columns=["gold", "articles", "figures", *LEVELS, "rules"])


def rules_fingerprint() -> str:
    """First 12 hex digits of the SHA-256 over the rules and the vocabulary: tells whether they have changed since."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*package.glob("extracting/*.py"), *package.glob("vocabulary/*.csv")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
