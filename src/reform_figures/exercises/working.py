"""Working: was the target met, why shares cannot be averaged, the communes of a province.

In: a student's answer. Out: a `Checked`, held against the tables at hand. "Từ 460 xã còn 412, giảm 48" (412 communes
are left of 460, 48 fewer) is answered by 460, 412 and 48.
"""

from __future__ import annotations

import pandas as pd

from reform_figures.choosing import rows_after_merger
from reform_figures.exercises.checked import Checked, cannot_check, is_number, kind_of, not_yet, right
from reform_figures.loading import load_series
from reform_figures.notebook import tell_all
from reform_figures.wording import number_text, period_text

OUTCOMES = ("met", "missed", "cannot tell", "not told")
_TARGETED = ["online_service_level34", "online_service_level4", "online_service_full", "online_dossier"]
_WHOLE_FIRST = ["VN", "VN-central", "VN-local"]


def targets_and_results() -> tuple[pd.DataFrame, pd.DataFrame]:
    """National targets for services and dossiers online, one a row, and what was reported as done.

    Columns as in `load_series`. Numbers that count a part, or another thing under the same labels, are left out.
    """
    shares = load_series(subject=_TARGETED, area="VN", measure="share", unit="percent").dropna(subset=["period_end"])
    shares = shares[~shares["verdict"].isin(["different_scope", "several"])].sort_values(["subject", "period_end"])
    targets = shares[shares["status"] == "target"].drop_duplicates(["subject", "period_end", "value"])
    return targets.reset_index(drop=True), shares[shares["status"] == "actual"].reset_index(drop=True)


def check_outcomes(outcomes) -> Checked:
    """Check the outcome of each target, in the order of the rows of `targets_and_results()[0]`."""
    targets, results = targets_and_results()
    if targets.empty:
        return cannot_check("No article in these data tells a target for services or dossiers online.")
    if outcomes is None or isinstance(outcomes, str) or not hasattr(outcomes, "__len__"):
        return not_yet(f"`outcomes` is {kind_of(outcomes)}; a list is expected, one word for each of the targets.")
    answers = [str(word) for word in outcomes]
    if len(answers) != len(targets):
        return not_yet(f"{len(targets)} targets stand in the table, and `outcomes` has {len(answers)} words.")
    for row, answer in zip(targets.itertuples(), answers, strict=True):
        same = results[(results["subject"] == row.subject) & (results["period_end"] == row.period_end)]
        expected = outcome_of(row.value, same)
        if answer not in OUTCOMES:
            return not_yet(f"Row {row.Index}: {answer!r} is none of the words {', '.join(OUTCOMES)}.")
        if answer != expected:
            target = f"{row.subject_name}, {period_text(row.period)}, target {number_text(row.value)}%"
            return not_yet(f"Row {row.Index} ({target}) is not {answer!r}. {_hint(expected, same)}")
    counts = {word: answers.count(word) for word in OUTCOMES if word in answers}
    told = ", ".join(f"{count} {word}" for word, count in counts.items())
    return right(f"{told}. A target of which nobody told the result is not a target missed.")


def outcome_of(target: float, told: pd.DataFrame) -> str:
    """One of OUTCOMES for the results told of a target's day, hedges taken as bounds; `about` decides nothing."""
    if told.empty:
        return "not told"
    if (told["value"].ge(target) & told["bound"].isin(["eq", "gt", "ge"])).all():
        return "met"
    short = told["value"].lt(target) & told["bound"].isin(["eq", "lt", "le"])
    short |= told["value"].eq(target) & told["bound"].eq("lt")
    return "missed" if short.all() else "cannot tell"


def _hint(expected: str, same: pd.DataFrame) -> str:
    if expected == "not told":
        return "No result in the table ends on the same day; one of another day says nothing about this one."
    return f"For that day was reported: {tell_all(same).replace('**', '')}."


def shares_of_a_whole() -> pd.DataFrame:
    """A share told by one article for the country, for ministries and for localities, at one time: three rows or none.

    Of several articles the one in which the mean of the two lies farthest from the country's share; only such as have
    the country's between the other two.
    """
    shares = load_series(area=_WHOLE_FIRST, measure="share", unit="percent", status="actual").dropna(subset=["period"])
    shares = shares[(shares["bound"] == "eq") & (shares["verdict"] != "several")]
    best, farthest = shares.head(0), 0.0
    for _, rows in shares.groupby(["article_id", "indicator", "period"]):
        if sorted(rows["area"]) != _WHOLE_FIRST:
            continue
        country, *parts = rows.set_index("area")["value"][_WHOLE_FIRST]
        off = abs(sum(parts) / 2 - country)
        if min(parts) < country < max(parts) and off > farthest:
            best, farthest = rows.sort_values("area"), off
    return best.reset_index(drop=True)


def check_weight(weight) -> Checked:
    """Check the part of the whole that belongs to the ministries, from 0 to 1, by `shares_of_a_whole()`."""
    shares = shares_of_a_whole()
    if shares.empty:
        return cannot_check("No article in these data tells one share for the country, ministries and localities.")
    if not is_number(weight):
        return not_yet(f"`weight` is {kind_of(weight)}; a number from 0 to 1 is expected.")
    country, ministries, localities = shares.set_index("area")["value"][_WHOLE_FIRST]
    weight, mean = float(weight), (ministries + localities) / 2
    expected = (country - localities) / (ministries - localities)
    if abs(weight - expected) < 0.01:
        return right(
            f"Ministries have {expected:.0%} of the whole, if the three numbers fit each other. The plain mean would "
            f"be {mean:g}%, as if both had the same number; the article tells {country:g}%."
        )
    if abs(weight - mean) < 0.01:
        return not_yet(f"{mean:g} is the plain mean of the two shares. Asked for is the part the ministries have.")
    if abs(weight / 100 - expected) < 0.01:
        return not_yet(f"{weight:g} is right in percent; give it as a part of one.")
    if abs(weight - (1 - expected)) < 0.01:
        return not_yet("That is the part of the localities; the ministries have the rest.")
    if not 0 <= weight <= 1:
        return not_yet(f"{weight:g} is no part of a whole: it has to lie between 0 and 1.")
    mixed = weight * ministries + (1 - weight) * localities
    return not_yet(f"With {weight:g} for the ministries the country would have {mixed:.4g}%, and not {country:g}%.")


def communes_of_a_province() -> pd.DataFrame:
    """What one article tells of the communes of one province: how many fewer, and the levels beside it.

    The article with the most levels of which two lie as far apart as it says; no rows where there is none.
    """
    told = load_series(subject="commune_unit", measure="level", unit="admin_unit", across_merger=True)
    told = told.drop(rows_after_merger(told).index)
    told = told[told["area"].str.fullmatch(r"VN-\w\w") & (told["status"] == "actual")]
    best = told.head(0)
    for _, rows in told.groupby(["area", "article_id"]):
        levels = rows.loc[rows["direction"].isna(), "value"]
        if len(rows) > len(best) and any(_pairs(levels, fewer) for fewer in _cuts(rows)):
            best = rows
    return best.reset_index(drop=True)


def _cuts(rows: pd.DataFrame) -> list[float]:
    return rows.loc[rows["direction"] == "down", "value"].tolist()


def _pairs(levels, fewer: float) -> list[tuple[float, float]]:
    return [(before, after) for before in levels for after in levels if before - after == fewer]


def check_communes(before, after, fewer) -> Checked:
    """Check the communes of the province of `communes_of_a_province()` before and after, and how many fewer."""
    rows = communes_of_a_province()
    if rows.empty:
        return cannot_check("No article in these data tells a province's communes before, after and fewer.")
    answer = {"before": before, "after": after, "fewer": fewer}
    for name, number in answer.items():
        if not is_number(number):
            return not_yet(f"`{name}` is {kind_of(number)}; a number is expected.")
        if float(number) not in set(rows["value"]):
            return not_yet(f"The article does not tell {number:g} for the communes; `{name}` is one of its numbers.")
    cuts, levels = _cuts(rows), rows.loc[rows["direction"].isna(), "value"].tolist()
    if fewer not in cuts:
        return not_yet(f"{fewer:g} is a level; how many fewer there are is the number with the direction `down`.")
    if before < after:
        return not_yet(f"{before:g} before and {after:g} after would be more communes, not fewer.")
    if before - after != fewer:
        return not_yet(f"From {before:g} to {after:g} it is {before - after:g} fewer, not {fewer:g}.")
    most = max(_pairs(levels, fewer))
    if (before, after) != most:
        return not_yet(
            f"{before:g} - {after:g} is {fewer:g} as well, but these are the communes that went into the merger and "
            "came out of it. Read the sentence again: how many did the whole province have?"
        )
    return right(
        f"{rows['area_name'].iloc[0]}: {before:g} - {fewer:g} = {after:g}, so that the three check each other. "
        f"{len(levels)} numbers in that article have the same subject and unit; the sentence alone tells them apart."
    )
