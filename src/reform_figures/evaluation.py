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
from reform_figures.tables import write_text

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


def figure_fields(figures: Iterable[Figure]) -> list[dict]:
    """Extracted figures in the form that is scored."""
    return [asdict(figure) for figure in figures]


def evaluate(predicted: Figures, gold: Figures) -> pd.DataFrame:
    """Judge every figure of the articles in `gold`; an article without predictions has none found.

    One row a figure: `article`, `start`, `text`, `theme` and `subject` (the reader's; of a spurious figure its own),
    `outcome` (found, missed or spurious), and `wrong`: of a figure that was found, its wrong fields with what was
    read and what the reader accepts.
    """
    rows = [row for article in gold for row in _judge(article, predicted.get(article, []), gold[article])]
    frame = pd.DataFrame(rows, columns=["article", "start", "text", "theme", "subject", "outcome", "wrong"])
    return frame.sort_values(["article", "start"], kind="stable", ignore_index=True)


def _judge(article: str, predicted: list[dict], gold: list[dict]) -> Iterable[dict]:
    partner = match_figures(predicted, gold)
    for n, told in enumerate(gold):
        if told.get("optional"):
            continue
        if n not in partner:
            yield _row(article, told, "missed", {})
            continue
        taken = predicted[partner[n]]
        wrong = {field: (taken.get(field), told.get(field)) for field in FIELDS if not _same(field, taken, told)}
        yield _row(article, told, "found", wrong)
    matched = set(partner.values())
    for n, taken in enumerate(predicted):
        if n not in matched:
            yield _row(article, taken, "spurious", {})


def _row(article: str, figure: dict, outcome: str, wrong: dict) -> dict:
    named = {key: _first(figure.get(key)) or "" for key in ("text", "theme", "subject")}
    return {"article": article, "start": figure["start"], **named, "outcome": outcome, "wrong": wrong}


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
        right = int(_right(judged, LEVELS[level]).sum())
        counts = {"right": right, "predicted": predicted, "gold": gold}
        shares = {"precision": _share(right, predicted), "recall": _share(right, gold), "f1": f1(**counts)}
        rows.append(counts | shares)
    return pd.DataFrame(rows, index=pd.Index(LEVELS, name="level"))


def _right(judged: pd.DataFrame, fields: tuple[str, ...]) -> pd.Series:
    """Whether each figure was found and is right in the fields."""
    fits = [wrong.keys().isdisjoint(fields) for wrong in judged["wrong"]]
    return (judged["outcome"] == "found") & pd.Series(fits, judged.index, dtype=bool)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def f1(right: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * right / (predicted + gold) if right else 0.0


def score_fields(judged: pd.DataFrame) -> pd.DataFrame:
    """Of the figures found, the share right in each field: over all, and a column a theme."""
    found = judged[judged["outcome"] == "found"]
    right = pd.DataFrame({field: _right(found, (field,)) for field in FIELDS}, dtype=float)
    table = pd.concat([right.mean().fillna(0.0).rename("all"), right.groupby(found["theme"]).mean().T], axis=1)
    return table.rename_axis("field")


def score_themes(judged: pd.DataFrame) -> pd.DataFrame:
    """Of the reader's figures of each theme: how many there are, and the share right at each level (recall)."""
    asked = judged[judged["outcome"] != "spurious"]
    table = pd.DataFrame({"gold": asked.groupby("theme").size()})
    for level in LEVELS:
        table[level] = _right(asked, LEVELS[level]).groupby(asked["theme"]).mean()
    return table


def list_errors(judged: pd.DataFrame) -> pd.DataFrame:
    """Every error, one a row: `article`, `start`, `text`, `error`, `read`, `expected`.

    An error is missed, spurious or the name of a field. Several accepted readings are joined by " or "; what is
    not told is empty.
    """
    rows = []
    for row in judged.itertuples():
        place = (row.article, row.start, row.text)
        if row.outcome != "found":
            named = f"{row.theme}/{row.subject}"
            rows.append((*place, row.outcome, *(("", named) if row.outcome == "missed" else (named, ""))))
        rows += [(*place, field, _told(read), _told(accepted)) for field, (read, accepted) in row.wrong.items()]
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


RECORDED = ("gold_set", "articles", "rules", "kind", "name", "right", "predicted", "gold")
"""Columns of a table of recorded scores; `kind` is level, field (of the figures found) or theme (right in core)."""


def score_rows(judged: pd.DataFrame, gold_set: str) -> pd.DataFrame:
    """The scores as counts, one row a level, field or theme, to be kept where the gold itself cannot be."""
    rows = [("level", *row) for row in score_levels(judged)[["right", "predicted", "gold"]].itertuples()]
    found = judged[judged["outcome"] == "found"]
    rows += [("field", field, int(_right(found, (field,)).sum()), len(found), len(found)) for field in FIELDS]
    asked = judged[judged["outcome"] != "spurious"]
    for theme, figures in asked.groupby("theme"):
        found_here = int((figures["outcome"] == "found").sum())
        rows.append(("theme", theme, int(_right(figures, LEVELS["core"]).sum()), found_here, len(figures)))
    head = (gold_set, judged["article"].nunique(), rules_fingerprint())
    return pd.DataFrame([(*head, *row) for row in rows], columns=RECORDED)


def record_scores(path: Path, rows: pd.DataFrame) -> None:
    """Put scores into a table of recorded scores, in place of the earlier ones of the same gold set."""
    kept = read_recorded(path)
    kept = kept[~kept["gold_set"].isin(set(rows["gold_set"]))]
    text = pd.concat([kept, rows]).sort_values("gold_set", kind="stable").to_csv(index=False, lineterminator="\n")
    write_text(Path(path), text)


def read_recorded(path: Path) -> pd.DataFrame:
    """Recorded scores, empty where there are none yet. Raises EvaluationError for a table of another form."""
    if not Path(path).exists():
        return pd.DataFrame(columns=RECORDED)
    frame = pd.read_csv(path, dtype={"rules": str})
    if tuple(frame.columns) != RECORDED:
        raise EvaluationError(f"{path}: the header should be {','.join(RECORDED)}; is this a table of scores?")
    return frame


def rules_fingerprint() -> str:
    """First 12 hex digits of the SHA-256 over the rules and the vocabulary: tells whether they have changed since."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*package.glob("extracting/*.py"), *package.glob("vocabulary/*.csv")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
