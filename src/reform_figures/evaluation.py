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

import math
from collections.abc import Iterable

import pandas as pd

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

ANY = "*"
"""A gold field that says nothing: every reading is accepted."""


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
    told = {key: _first(figure.get(key)) or "" for key in ("text", "theme", "subject")}
    named = {key: "not marked" if value == ANY else value for key, value in told.items()}
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
    if not isinstance(accepted, list):
        accepted = [accepted]
    taken = _first(predicted.get(field))
    return any(one == ANY or _equal(field, taken, one) for one in accepted)


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
        right = int(right_in(judged, LEVELS[level]).sum())
        counts = {"right": right, "predicted": predicted, "gold": gold}
        shares = {"precision": _share(right, predicted), "recall": _share(right, gold), "f1": f1(**counts)}
        rows.append(counts | shares)
    return pd.DataFrame(rows, index=pd.Index(LEVELS, name="level"))


def right_in(judged: pd.DataFrame, fields: tuple[str, ...]) -> pd.Series:
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
    right = pd.DataFrame({field: right_in(found, (field,)) for field in FIELDS}, dtype=float)
    table = pd.concat([right.mean().fillna(0.0).rename("all"), right.groupby(found["theme"]).mean().T], axis=1)
    return table.rename_axis("field")


def score_themes(judged: pd.DataFrame) -> pd.DataFrame:
    """Of the reader's figures of each theme: how many there are, and the share right at each level (recall)."""
    asked = judged[judged["outcome"] != "spurious"]
    table = pd.DataFrame({"gold": asked.groupby("theme").size()})
    for level in LEVELS:
        table[level] = right_in(asked, LEVELS[level]).groupby(asked["theme"]).mean()
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
