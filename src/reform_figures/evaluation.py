"""How good the extraction is: its figures against those that a reader marked.

In: predicted and gold figures, each as article → list of dicts in the fields of the annotation guide. Out: one row
a figure with what became of it, and from these rows scores and a list of errors. If a reader marked "giảm 17 tổng
cục" (17 general departments fewer) and the extraction took 17 as departments, the figure is found and wrong in
`subject`.

A predicted figure is the gold figure's whose numeral it overlaps most, by at least half of the longer of the two;
each is matched once. A gold field that holds a list accepts each of its readings; a gold record with
`"optional": true` is neither asked for nor held against who took it.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from reform_figures.records import Figure

NUMBERS = ("value", "of", "value_max")
FIELDS = (*NUMBERS, "unit", "bound", "measure", "direction", "theme", "subject", "area", "tier", "period",
          "period_kind", "base", "status")  # fmt: skip
"""The fields that are scored."""

LEVELS = {
    "found": (),
    "value": NUMBERS,
    "core": (*NUMBERS, "unit", "measure", "theme", "subject", "status"),
    "context": (*NUMBERS, "area", "period", "base"),
    "strict": FIELDS,
}
"""What of a figure has to be right to count: from the numeral alone to every field."""

Figures = dict[str, list[dict]]
"""Article → its figures."""


class NothingToScore(ValueError):
    """Folders or lines that cannot be scored; the message says in one sentence what was expected where."""


def read_figures(folder: Path) -> Figures:
    """All `<article>.jsonl` of a folder. Raises NothingToScore where there is none or a line is no figure."""
    folder = Path(folder)
    if not folder.is_dir():
        raise NothingToScore(f"{folder} is no folder; expected one that holds an <article>.jsonl for each article")
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise NothingToScore(f"{folder} holds no .jsonl file; expected an <article>.jsonl for each article")
    return {file.stem: _read_lines(file) for file in files}


def _read_lines(file: Path) -> list[dict]:
    figures = []
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise NothingToScore(f"{file}: not UTF-8 text (byte {error.start} does not fit)") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            figure = json.loads(line)
        except ValueError as error:
            raise NothingToScore(f"{file}, line {number}: not JSON ({error}); expected one figure a line") from error
        if not isinstance(figure, dict) or not all(isinstance(figure.get(key), int) for key in ("start", "end")):
            raise NothingToScore(f"{file}, line {number}: not a figure; expected an object with start, end and fields")
        figures.append(figure)
    return figures


def figure_fields(figures: Iterable[Figure]) -> list[dict]:
    """Extracted figures in the form that is scored."""
    return [asdict(figure) for figure in figures]


def evaluate(predicted: Figures, gold: Figures) -> pd.DataFrame:
    """Judge every figure of the articles in `gold`; an article without predictions has none found.

    One row a figure: `article`, `start`, `text`, `theme` and `subject` (the reader's; of a spurious figure its own),
    `outcome` (found, missed or spurious), for each field whether it is right (False unless found), and `wrong`: a
    list of (field, predicted, accepted) of a figure that was found.
    """
    rows = [row for article in gold for row in _judge(article, predicted.get(article, []), gold[article])]
    frame = pd.DataFrame(rows, columns=["article", "start", "text", "theme", "subject", "outcome", *FIELDS, "wrong"])
    return frame.astype(dict.fromkeys(FIELDS, bool)).sort_values(["article", "start"], kind="stable", ignore_index=True)


def _judge(article: str, predicted: list[dict], gold: list[dict]) -> Iterable[dict]:
    partner = match_figures(predicted, gold)
    for n, told in enumerate(gold):
        if told.get("optional"):
            continue
        taken = predicted[partner[n]] if n in partner else None
        wrong = [] if taken is None else [(f, taken.get(f), told.get(f)) for f in FIELDS if not _same(f, taken, told)]
        failed = {field for field, _, _ in wrong}
        right = {field: taken is not None and field not in failed for field in FIELDS}
        yield _row(article, told, "missed" if taken is None else "found") | right | {"wrong": wrong}
    matched = set(partner.values())
    for n, taken in enumerate(predicted):
        if n not in matched:
            yield _row(article, taken, "spurious") | dict.fromkeys(FIELDS, False) | {"wrong": []}


def _row(article: str, figure: dict, outcome: str) -> dict:
    named = {key: _first(figure.get(key)) or "" for key in ("text", "theme", "subject")}
    return {"article": article, "start": figure["start"], **named, "outcome": outcome}


def match_figures(predicted: list[dict], gold: list[dict]) -> dict[int, int]:
    """Place of a gold figure → place of the predicted figure that stands for it; best overlap first."""
    overlaps = []
    for p, one in enumerate(predicted):
        for g, other in enumerate(gold):
            shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
            longer = max(one["end"] - one["start"], other["end"] - other["start"])
            if shared > 0 and 2 * shared >= longer:
                overlaps.append((-shared / longer, p, g))
    partner: dict[int, int] = {}
    taken = set()
    for _, p, g in sorted(overlaps):
        if g not in partner and p not in taken:
            partner[g] = p
            taken.add(p)
    return partner


def _first(told):
    return next(iter(told), None) if isinstance(told, list) else told


def _same(field: str, predicted: dict, gold: dict) -> bool:
    accepted = gold.get(field)
    taken = _first(predicted.get(field))
    return any(_equal(field, taken, one) for one in (accepted if isinstance(accepted, list) else [accepted]))


def _equal(field: str, taken, told) -> bool:
    if field not in NUMBERS:
        return (taken or None) == (told or None)
    if taken is None or told is None:
        return taken is told
    return math.isclose(float(taken), float(told), rel_tol=1e-9)


def score_levels(judged: pd.DataFrame) -> pd.DataFrame:
    """Precision, recall and F1 of each level of `LEVELS`, and the counts behind them: one row a level."""
    outcome = judged["outcome"]
    predicted, gold = int((outcome != "missed").sum()), int((outcome != "spurious").sum())
    rows = []
    for level in LEVELS:
        right = int(_right(judged, level).sum())
        shares = {"precision": _share(right, predicted), "recall": _share(right, gold)}
        rows.append({"right": right, "predicted": predicted, "gold": gold, **shares, "f1": f1(right, predicted, gold)})
    return pd.DataFrame(rows, index=pd.Index(LEVELS, name="level"))


def _right(judged: pd.DataFrame, level: str) -> pd.Series:
    return (judged["outcome"] == "found") & judged[list(LEVELS[level])].all(axis=1)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def f1(right: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * right / (predicted + gold) if right else 0.0


def score_fields(judged: pd.DataFrame) -> pd.DataFrame:
    """Of the figures found, the share right in each field: over all, and a column a theme."""
    found = judged[judged["outcome"] == "found"]
    table = pd.DataFrame({"all": found[list(FIELDS)].mean()})
    for theme, rows in found.groupby("theme"):
        table[theme] = rows[list(FIELDS)].mean()
    return table.rename_axis("field").fillna(0.0)


def score_themes(judged: pd.DataFrame) -> pd.DataFrame:
    """Of the reader's figures of each theme: how many there are, and the share right at each level (recall)."""
    asked = judged[judged["outcome"] != "spurious"]
    table = pd.DataFrame({"gold": asked.groupby("theme").size()})
    for level in LEVELS:
        table[level] = _right(asked, level).groupby(asked["theme"]).mean()
    return table


def list_errors(judged: pd.DataFrame) -> pd.DataFrame:
    """Every error, one a row: `article`, `start`, `text`, `error` (missed, spurious or the field), `read`, `expected`.

    Several accepted readings are joined by " or "; what is not told is empty.
    """
    rows = []
    for row in judged.itertuples():
        place = (row.article, row.start, row.text)
        if row.outcome != "found":
            named = f"{row.theme}/{row.subject}"
            rows.append((*place, row.outcome, *(("", named) if row.outcome == "missed" else (named, ""))))
        rows += [(*place, field, _told(taken), _told(accepted)) for field, taken, accepted in row.wrong]
    return pd.DataFrame(rows, columns=["article", "start", "text", "error", "read", "expected"])


def _told(value) -> str:
    if isinstance(value, list):
        return " or ".join(_told(one) or "nothing" for one in value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def as_dict(judged: pd.DataFrame) -> dict:
    """All scores as plain values for JSON: levels, share right by field, core recall by theme."""
    levels = score_levels(judged)
    shares = levels[["precision", "recall", "f1"]].to_dict("index")
    counts = {name: int(levels[name].iloc[0]) for name in ("gold", "predicted")}
    fields, themes = score_fields(judged)["all"].to_dict(), score_themes(judged)["core"].to_dict()
    return {**counts, **shares, "fields": fields, "theme_core_recall": themes}
