"""Why a figure appeared, vanished or changed, as far as the tables of two releases tell.

In: a figure before and after, the releases, the corrections. Out: a cause and a sentence about it. "Trang đã sửa" (the
page was changed) is known by its SHA-256, a changed rule by its name in `rules`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reform_figures.corrections import Correction
from reform_figures.releases.loading import Release, Row

CAUSES = {
    "new_page": "a new page",
    "page_gone": "a page that is no longer there",
    "page": "a changed page",
    "reading": "the same page, read otherwise",
    "correction": "a correction by a person",
    "rule": "a changed rule",
    "vocabulary": "a changed vocabulary",
    "unknown": "cannot be told",
}
CORRECTED = "corrected:"
"""How the rule of a corrected field begins (`reform_figures.corrections`)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What causes are told from."""

    before: Release
    after: Release
    corrections: list[Correction] = field(default_factory=list)
    vocabulary: list[str] | None = None
    """vocabulary tables that differ between the releases; None where that cannot be told"""


def rules_of(row: Row) -> dict[str, str]:
    """Field → named rule; the theme follows the subject."""
    rules = dict(told.split("=", 1) for told in row.get("rules", "").split() if "=" in told)
    return rules | ({"theme": rules["subject"]} if "subject" in rules else {})


def page_cause(article_id: str, evidence: Evidence) -> tuple[str, str] | None:
    """The cause that lies in the article itself, None where page and text are the same in both releases."""
    old, new = evidence.before.articles.get(article_id), evidence.after.articles.get(article_id)
    if old is None:
        return "new_page", "the article is new"
    if new is None:
        return "page_gone", "the article is no longer in the data"
    if old.get("page_sha256") != new.get("page_sha256"):
        return "page", "the page has another SHA-256 than before"
    if old.get("paragraphs") != new.get("paragraphs"):
        return "reading", f"the page was read by {old.get('portal') or '?'}, now by {new.get('portal') or '?'}"
    return None


def cause_of_one(row: Row, evidence: Evidence, *, appeared: bool) -> tuple[str, str]:
    """Cause of a figure that only one release has: its page, else the rule that passes the numeral over elsewhere."""
    if cause := page_cause(row["article_id"], evidence):
        return cause
    other = evidence.before if appeared else evidence.after
    passed = other.passed_over.get((row["article_id"], row["start"], row["end"]))
    if passed is None:
        return "unknown", f"the numeral is not among those passed over in {other.name} either"
    told = f"{'was' if appeared else 'is now'} passed over by `{passed.get('rule')}` ({passed.get('reason')})"
    if passed.get("reason") == "unclear" and evidence.vocabulary != []:  # no known word said what was counted
        return "vocabulary", told
    return "rule", told


def cause_of_change(old: Row, new: Row, changed: tuple[str, ...], evidence: Evidence) -> tuple[str, str]:
    """Cause of changed fields: a correction, the page, a rule of another name, else the words behind the rule."""
    was, now = rules_of(old), rules_of(new)
    for name in changed:
        if now.get(name, "").startswith(CORRECTED) and was.get(name) != now[name]:
            return "correction", _correction(new, name, now[name], evidence.corrections)
        if was.get(name, "").startswith(CORRECTED) and was[name] != now.get(name):
            return "correction", f"{name}: the correction by {was[name].removeprefix(CORRECTED)} no longer applies"
    if (old["sentence"], old["text"]) != (new["sentence"], new["text"]):
        if cause := page_cause(new["article_id"], evidence):
            return cause
    renamed = [name for name in changed if was.get(name) != now.get(name)]
    if renamed:
        told = (f"{name} was set by `{was.get(name, 'none')}`, now by `{now.get(name, 'none')}`" for name in renamed)
        return "rule", "; ".join(told)
    if cause := page_cause(new["article_id"], evidence):
        return cause
    if evidence.vocabulary == []:
        return "unknown", "page, vocabulary and the names of the rules are the same; code under a rule has changed"
    told = "the same rules set it; words of the vocabulary" + (" or" if evidence.vocabulary is None else " and perhaps")
    return "vocabulary", f"{told} code behind them changed"


def _correction(row: Row, name: str, rule: str, corrections: list[Correction]) -> str:
    who = rule.removeprefix(CORRECTED)
    for correction in corrections:
        if (correction.figure_id, correction.field) == (row["figure_id"], name):
            return f"{name} corrected by {correction.who} on {correction.when}: {correction.why}"
        if name == "theme" and (correction.figure_id, correction.field) == (row["figure_id"], "subject"):
            return f"subject corrected by {correction.who} on {correction.when}: {correction.why}"
    return f"{name} corrected by {who}; the row is not in corrections.csv"
