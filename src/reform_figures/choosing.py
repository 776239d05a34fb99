"""One report of several: which number a chart shows where articles tell different ones, and what it may not join.

In: rows of the series as a DataFrame, a policy. Out: the rows of one article for each thing reported, and how many
articles were set aside. Of "giảm 561 xã" (561 communes fewer) in 2022 and 563 in 2023 `latest` keeps the second;
`all`, which every chart of this project takes unless it says otherwise, keeps both.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from reform_figures.names import name_of
from reform_figures.periods import period_days
from reform_figures.publishers import is_official
from reform_figures.vocabulary import load_rows

POLICIES = ("all", "latest", "first", "official")
"""all: every report. latest, first: the article published last or first. official: an article of an authority before
those of the press, of several the latest."""

THING = ["indicator", "area", "tier", "period", "period_kind", "base", "status"]
"""Reports that share these are reports of the same thing."""

MERGER = pd.Timestamp(date(2025, 6, 12))
"""From this day on 34 provinces stand where 63 were (Resolution 202/2025/QH15)."""
BEFORE_MERGER = "2025-06-11"
"""The last day of the 63 provinces, for `load_series(until=BEFORE_MERGER)`."""


def choose_reports(frame: pd.DataFrame, policy: str) -> pd.DataFrame:
    """The rows that a policy chooses, in their order, with `policy` and `set_aside`: articles not chosen.

    Raises ValueError for an unknown policy.
    """
    if policy not in POLICIES:
        raise ValueError(f"policy {policy!r} is not known; choose one of {', '.join(POLICIES)}")
    if policy == "all" or frame.empty:
        return frame.assign(policy=policy, set_aside=0)
    order = frame.assign(_official=[is_official(p) for p in frame["publisher"]] if policy == "official" else False)
    order = order.sort_values(["_official", "known_since", "article_id"], na_position="first", kind="stable")
    things = order.groupby(THING, dropna=False, sort=False)["article_id"]
    chosen = things.transform("first" if policy == "first" else "last")
    articles = things.transform("nunique")
    kept = order[order["article_id"] == chosen].assign(policy=policy, set_aside=articles - 1)
    return kept.drop(columns="_official").loc[frame.index.intersection(kept.index)]


def latest_of_each_area(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """One row an area, of its latest period; and the areas for which that period has several numbers in one article.

    Of several articles the one published last is taken, one that only tells the same more roundly after the others.
    Numbers of another scope (parts) give way to one that is none. Where several are left, nothing in the fields says
    which is meant, so none is chosen. Rows without a period are left out, and what was before a change.
    """
    rows = frame.dropna(subset=["period_end"])
    rows = rows[rows["state"] != "before"] if "state" in rows else rows
    rows = rows[rows["period_end"] == rows.groupby("area")["period_end"].transform("max")]
    rows = rows.assign(_part=rows["verdict"] == "different_scope")
    rows = rows[rows["_part"] == rows.groupby("area")["_part"].transform("min")]
    rows = rows.assign(_exact=(rows["verdict"] != "rounded") | (rows["bound"] == "eq"))
    order = rows.sort_values(["_exact", "known_since", "article_id"], na_position="first", kind="stable")
    rows = order[order["article_id"] == order.groupby("area")["article_id"].transform("last")]
    rows = rows.drop(columns=["_part", "_exact"])
    rows = rows.drop_duplicates(["area", "value", "value_max", "of", "bound", "status"])
    many = rows["area"].duplicated(keep=False)
    return rows[~many].sort_values("area", ignore_index=True), sorted(rows.loc[many, "area"].unique())


def counted_days(frame: pd.DataFrame) -> pd.Series:
    """Over how many days each number was counted: since its base, or within its period; NaN where no start is told."""

    def days(row) -> float:
        told = period_days(row.base if row.period_kind == "since" else row.period)
        if told is None:
            return float("nan")
        return (row.period_end.date() - told[0]).days + 1

    plain = frame.astype(object).where(frame.notna(), None)
    return pd.Series([days(row) for row in plain.itertuples()], index=frame.index, dtype="float64")


def rows_after_merger(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows that count the territory of a province as it was merged or enlarged in June 2025.

    What was told before that day counts the old territory, whatever its period: a plan of 2020 "đến năm 2026" (by
    2026) is one of the smaller province. What was told later, or on no known day, goes by the day on which it holds:
    the end of its period, or the start where it was before a change.
    """
    changed = {row["code"] for row in load_rows("provinces") if row["change"]}
    told_before = frame["known_since"] < MERGER
    return frame[frame["area"].isin(changed) & (frame["holds_on"] >= MERGER) & ~told_before]


def refuse_across_merger(frame: pd.DataFrame) -> None:
    """Raise ValueError for a province with rows on both sides of its merger: they count different territories."""
    rows = frame[frame["holds_on"].notna()]
    after = rows_after_merger(rows)
    both = sorted(set(after["area"]) & set(rows.drop(after.index)["area"]))
    if both:
        names = ", ".join(name_of("area", code) for code in both)
        raise ValueError(
            f"{names}: merged or enlarged on {MERGER.date()}, so figures before and after count different territories; "
            f"ask for one side with until='{BEFORE_MERGER}' or since='{MERGER.date()}', or for both with "
            "across_merger=True: rows_after_merger() of reform_figures.choosing parts them"
        )
