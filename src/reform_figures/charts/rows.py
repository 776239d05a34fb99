"""The rows of each named chart, chosen from the series.

In: nothing but the data. Out: rows for a plotting function. "Giảm 561 đơn vị cấp xã" (561 communes fewer) is a row of
`commune_mergers`. Each function stands alone, because the book prints it as the code to copy.
"""

from __future__ import annotations

import pandas as pd

from reform_figures.averages import join_averages, leave_out_marks
from reform_figures.choosing import BEFORE_MERGER, counted_days
from reform_figures.loading import load_articles, load_series


def share_online() -> pd.DataFrame:
    levels = [
        "online_service_level34",
        "online_service_level4",
        "online_service_full",
    ]
    rows = load_series(
        subject=levels,
        area="VN",
        measure="share",
        unit="percent",
    )
    return leave_out_marks(rows.dropna(subset=["period_end"]))


def dossiers_online() -> pd.DataFrame:
    rows = load_series(
        subject="online_dossier",
        area=["VN", "VN-central", "VN-local"],
        measure="share",
        unit="percent",
    )
    rows = rows[rows["verdict"] != "different_scope"]
    return rows.dropna(subset=["period_end"])


def portal_accounts() -> pd.DataFrame:
    rows = load_series(
        subject="portal_account",
        area="VN",
        measure="level",
        unit="account",
    )
    return rows[rows["direction"].isna()].dropna(subset=["period_end"])


def portal_services() -> pd.DataFrame:
    rows = load_series(
        subject="portal_service",
        area="VN",
        measure="level",
        unit="service",
    )
    rows = rows[rows["direction"].isna() & (rows["period_kind"] != "in")]
    rows = rows[rows["verdict"] != "different_scope"]
    return rows.dropna(subset=["period_end"])


def portal_dossiers_filed() -> pd.DataFrame:
    rows = load_series(
        subject="portal_dossier_online",
        area="VN",
        measure="level",
        unit="dossier",
    )
    return rows[rows["direction"].isna()].dropna(subset=["period_end"])


def portal_dossiers_synced() -> pd.DataFrame:
    rows = load_series(
        subject="portal_dossier_synced",
        area="VN",
        measure="level",
        unit="dossier",
    )
    return rows[rows["direction"].isna()].dropna(subset=["period_end"])


def staff_cuts_by_year() -> pd.DataFrame:
    rows = load_series(
        subject="staff_total",
        area=["VN", "VN-central", "VN-local"],
        measure="level",
        unit="person",
        direction="down",
        status="actual",
    )
    rows = rows.dropna(subset=["period_end"])
    return rows[counted_days(rows) <= 366]


def staff_cuts_cumulative() -> pd.DataFrame:
    rows = load_series(
        subject="staff_total",
        area=["VN", "VN-central", "VN-local"],
        measure="level",
        unit="person",
        direction="down",
        status="actual",
    )
    rows = rows.dropna(subset=["period_end"])
    # a running total whose beginning is not told has no number of days
    return rows[~(counted_days(rows) <= 366)]


def public_service_units() -> pd.DataFrame:
    rows = load_series(
        subject="public_service_unit",
        area=["VN", "VN-central", "VN-local"],
        measure=["level", "change"],
        unit="organisation",
    )
    return rows.dropna(subset=["period_end"])


def communes_cut() -> pd.DataFrame:
    return load_series(
        subject="commune_unit",
        area="VN",
        measure="level",
        unit="admin_unit",
        direction="down",
        since="2019-01-01",
        until="2021-12-31",
    )


def commune_mergers() -> pd.DataFrame:
    rows = load_series(
        subject="commune_unit",
        measure="level",
        unit="admin_unit",
        status="actual",
        since="2019-01-01",
        until="2021-12-31",
    )
    whole = ["VN", "VN-central", "VN-local"]
    rows = rows[~rows["area"].isin(whole)]
    cuts = rows[rows["direction"] == "down"]
    # an article may tell what was before and what is after; the two have
    # to lie as far apart as the cut beside which they are shown
    states = rows[rows["state"] == "before"].merge(
        rows[["figure_id", "value"]],
        left_on="other_state",
        right_on="figure_id",
        suffixes=("", "_after"),
    )
    told = {"value": "before", "value_after": "after"}
    states = states.rename(columns=told)
    states["value"] = states["before"] - states["after"]
    same = ["article_id", "area", "value"]
    states = states[[*same, "before", "after"]]
    states = states.drop_duplicates(same)
    cuts = cuts.merge(states, on=same, how="left")
    order = ["value", "area", "known_since"]
    return cuts.sort_values(order, ascending=[False, True, True])


def communes_cut_map() -> pd.DataFrame:
    return load_series(
        subject="commune_unit",
        measure="level",
        unit="admin_unit",
        direction="down",
        status="actual",
        since="2019-01-01",
        until="2021-12-31",
    )


def on_time_dossiers() -> pd.DataFrame:
    rows = load_series(
        subject="dossier_on_time",
        area=["VN", "VN-central", "VN-local"],
        measure="share",
        unit="percent",
        status="actual",
    )
    tiers = ["central", "province", "district", "commune"]
    order = rows["tier"].map({tier: n for n, tier in enumerate(tiers)})
    rows = rows.assign(order=order).sort_values(["period_end", "order"])
    return rows.drop(columns="order")


def par_index() -> pd.DataFrame:
    rows = load_series(
        subject="par_index",
        area=["VN-central", "VN-local"],
        measure="share",
        unit="percent",
    )
    return join_averages(rows.dropna(subset=["period_end"]))


def sipas() -> pd.DataFrame:
    rows = load_series(
        subject="sipas",
        area=["VN", "VN-local"],
        measure="share",
        unit="percent",
    )
    return join_averages(rows.dropna(subset=["period_end"]))


def sipas_map() -> pd.DataFrame:
    return load_series(
        subject="sipas",
        measure="share",
        unit="percent",
        status="actual",
        until=BEFORE_MERGER,
    )


def reported_when() -> pd.DataFrame:
    told = load_series(across_merger=True)
    articles = load_articles()
    return articles[articles["article_id"].isin(told["article_id"])]


def sources_per_figure() -> pd.DataFrame:
    told = load_series(across_merger=True)
    thing = ["theme", "indicator", "area", "tier", "period", "base", "status"]
    articles = told.groupby(thing, dropna=False)["article_id"].nunique()
    counts = articles.rename("articles").reset_index()
    counts = counts.groupby(["theme", "articles"]).size()
    return counts.rename("things").reset_index()


def most_told() -> pd.DataFrame:
    told = load_series(across_merger=True).dropna(subset=["period"])
    # under a subject of "other" articles count different things
    told = told[~told["subject"].str.endswith("other")]
    thing = ["subject", "measure", "unit", "direction", "area", "tier"]
    thing = [*thing, "period", "base", "status"]
    number = [*thing, "bound", "value", "of", "value_max"]
    same = told.groupby(number, dropna=False)["article_id"].transform("nunique")
    all_told = told.groupby(thing, dropna=False)["article_id"].transform("nunique")
    told = told.assign(articles=same, others=all_told - same)
    # of each number the report that was known first, with its sentence
    told = told.sort_values(["known_since", "figure_id"])
    counts = told.drop_duplicates(number)
    order = ["articles", "others", *number]
    ascending = [False, False, *[True] * len(number)]
    return counts.sort_values(order, ascending=ascending).head(20)
