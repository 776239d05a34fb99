"""Two releases compared, table by table, with counts that add up.

In: `Evidence`: two releases and what tells causes. Out: a `Comparison`. "Chỉ tiêu mất đi" (an indicator that was lost)
is one that no observation of the later release has.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from reform_figures.releases.causes import Evidence, cause_of_change, cause_of_one
from reform_figures.releases.loading import Row
from reform_figures.releases.pairing import Pair, pair_figures

FIELDS = ("value", "of", "value_max", "unit", "bound", "measure", "direction", "theme", "subject", "area", "tier",
          "period", "period_kind", "base", "status")  # fmt: skip
_NUMBERS = ("value", "of", "value_max")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one figure."""

    kind: str
    """appeared, vanished, changed, moved (same fields, other place or sentence) or same"""
    before: Row | None
    after: Row | None
    fields: tuple[str, ...] = ()
    """changed fields, of a changed figure"""
    cause: str = ""
    words: str = ""
    """the cause as far as it can be told"""

    @property
    def row(self) -> Row:
        """The figure as it stands now, or stood last."""
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the letter tells."""

    evidence: Evidence
    figures: list[Change]
    observations: Counter
    """(kind, why) → observations"""
    verdicts: Counter
    """(verdict before, verdict after) → observations of both releases"""
    findings: Counter
    """(kind, verdict before, verdict after) → findings; None where a release has not got it"""
    indicators: tuple[Counter, Counter]
    """indicator → observations, before and after"""

    def count(self, kind: str) -> int:
        """How many figures a kind of change happened to."""
        return sum(change.kind == kind for change in self.figures)


def compare_releases(evidence: Evidence) -> Comparison:
    """Compare two releases; every figure, observation and finding of either is counted once."""
    before, after = evidence.before, evidence.after
    changes = [_figure_change(pair, evidence) for pair in pair_figures(before.figures, after.figures)]
    renamed = {c.before["figure_id"]: c.after["figure_id"] for c in changes if c.before and c.after}
    observations, verdicts = _observations(changes, evidence)
    return Comparison(
        evidence, changes, observations, verdicts, _findings(evidence, renamed),
        tuple(Counter(row["indicator"] for row in release.series.values()) for release in (before, after)),
    )  # fmt: skip


def _figure_change(pair: Pair, evidence: Evidence) -> Change:
    old, new = pair
    if old is None or new is None:
        kind = "appeared" if old is None else "vanished"
        return Change(kind, old, new, (), *cause_of_one(new or old, evidence, appeared=old is None))
    changed = changed_fields(old, new)
    if changed:
        return Change("changed", old, new, changed, *cause_of_change(old, new, changed, evidence))
    moved = any(old[name] != new[name] for name in ("figure_id", "text", "sentence"))
    return Change("moved" if moved else "same", old, new)


def changed_fields(old: Row, new: Row) -> tuple[str, ...]:
    """Fields of a figure that differ; a column that only one release has tells nothing."""
    return tuple(
        name for name in FIELDS if name in old and name in new and _value(name, old[name]) != _value(name, new[name])
    )


def _value(name: str, cell: str):
    """63 and 63.0 are the same number."""
    if name in _NUMBERS and cell:
        try:
            return Decimal(cell)
        except InvalidOperation:
            return cell
    return cell


def _observations(changes: list[Change], evidence: Evidence) -> tuple[Counter, Counter]:
    """What became of the observations, through their figures, and their verdicts before and after."""
    counts, verdicts = Counter(), Counter()
    for change in changes:
        old = change.before and evidence.before.series.get(change.before["figure_id"])
        new = change.after and evidence.after.series.get(change.after["figure_id"])
        if old and new:
            counts[_observation_change(old, new, change)] += 1
            verdicts[old["verdict"], new["verdict"]] += 1
        elif new:
            counts["appeared", "with its figure" if change.kind == "appeared" else "its article is published now"] += 1
        elif old:
            vanished = change.kind == "vanished"
            counts["vanished", "with its figure" if vanished else "its article is no longer taken as published"] += 1
    orphans = [r.series.keys() - r.figures.keys() for r in (evidence.before, evidence.after)]  # a stale table
    counts["vanished", "no figure belongs to it"] += len(orphans[0])
    counts["appeared", "no figure belongs to it"] += len(orphans[1])
    return +counts, verdicts


def _observation_change(old: Row, new: Row, change: Change) -> tuple[str, str]:
    if change.kind == "changed":
        return "changed", "with its figure"
    if old["indicator"] != new["indicator"]:
        return "changed", "its indicator is built otherwise"
    if any(old.get(name) != new.get(name) for name in ("known_since", "publisher")):
        return "changed", "its article has another day or publisher"
    if any(old.get(name) != new.get(name) for name in ("reports", "verdict")):
        return "changed", "other articles report it now, or no longer do"
    return "same", ""


def _findings(evidence: Evidence, renamed: dict[str, str]) -> Counter:
    """Checks by kind and the figures that they compare, the figures under the names of the later release."""
    sides = [
        {_finding_key(row, names): row["verdict"] for row in release.findings.values()}
        for release, names in ((evidence.before, renamed), (evidence.after, {}))
    ]
    counts = Counter()
    for key in sides[0].keys() | sides[1].keys():
        counts[key[0], sides[0].get(key), sides[1].get(key)] += 1
    return counts


def _finding_key(row: Row, names: dict[str, str]) -> tuple[str, ...]:
    return row["kind"], *(names.get(figure_id, figure_id) for figure_id in row["figures"].split())
