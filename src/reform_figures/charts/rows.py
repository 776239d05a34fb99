"""The rows of each named chart, chosen from the series.

In: nothing but the data. Out: rows for a plotting function. "Giảm 561 đơn vị cấp xã" (561 communes fewer) is a row of
`commune_mergers`. Each function stands alone, because the book prints it as the code to copy.
"""

from __future__ import annotations

import pandas as pd

from reform_figures import load_series
from reform_figures.averages import join_averages, leave_out_marks


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


def staff_cuts() -> pd.DataFrame:
    rows = load_series(
        subject="staff_total",
        area=["VN", "VN-central", "VN-local"],
        measure="level",
        unit="person",
        direction="down",
        status="actual",
    )
    return rows.dropna(subset=["period_end"])


def commune_mergers() -> pd.DataFrame:
    rows = load_series(
        subject="commune_unit",
        measure="level",
        unit="admin_unit",
        since="2019-01-01",
        until="2021-12-31",
    )
    # before and after stand where the same article tells how many fewer
    cuts = rows.loc[rows["direction"] == "down", ["article_id", "area"]]
    told = rows.merge(cuts.drop_duplicates(), on=["article_id", "area"])
    return told.sort_values(["area", "period_end"], kind="stable")


def public_service_units() -> pd.DataFrame:
    rows = load_series(
        subject="public_service_unit",
        area=["VN", "VN-central", "VN-local"],
        measure=["level", "change"],
        unit="organisation",
    )
    rows = rows.dropna(subset=["period_end"])
    order = ["area", "direction", "period_end", "known_since"]
    return rows.sort_values(order, kind="stable")


def on_time_dossiers() -> pd.DataFrame:
    rows = load_series(
        subject="dossier_on_time",
        area=["VN", "VN-central", "VN-local"],
        measure="share",
        unit="percent",
        status="actual",
    )
    return rows.sort_values(["period_end", "area", "tier"], kind="stable")


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


def sources_per_figure() -> pd.DataFrame:
    told = load_series(across_merger=True)
    thing = ["theme", "indicator", "area", "tier", "period", "base", "status"]
    articles = told.groupby(thing, dropna=False)["article_id"].nunique()
    counts = articles.rename("articles").reset_index()
    counts = counts.groupby(["theme", "articles"]).size()
    return counts.rename("things").reset_index()
