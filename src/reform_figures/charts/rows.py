"""The rows of each named chart, chosen from the series.

In: nothing but the data. Out: rows for a plotting function. "Giảm 561 đơn vị cấp xã" (561 communes fewer) is a row of
`commune_mergers`. Each function stands alone, because the book prints it as the code to copy.
"""

from __future__ import annotations

import pandas as pd

from reform_figures import load_series


def share_online() -> pd.DataFrame:
    levels = ["online_service_level34", "online_service_level4", "online_service_full"]
    rows = load_series(subject=levels, area="VN", measure="share", unit="percent", until="2025-12-31")
    return rows.dropna(subset=["period_end"])


def dossiers_online() -> pd.DataFrame:
    areas = ["VN", "VN-central", "VN-local"]
    rows = load_series(subject="online_dossier", area=areas, measure="share", unit="percent")
    return rows[rows["verdict"] != "different_scope"].dropna(subset=["period_end"])


def portal_accounts() -> pd.DataFrame:
    rows = load_series(subject="portal_account", area="VN", measure="level", unit="account")
    return rows[rows["direction"].isna()].dropna(subset=["period_end"])


def portal_services() -> pd.DataFrame:
    rows = load_series(subject="portal_service", area="VN", measure="level", unit="service")
    return rows[rows["direction"].isna()].dropna(subset=["period_end"])


def portal_dossiers_filed() -> pd.DataFrame:
    rows = load_series(subject="portal_dossier_online", area="VN", measure="level", unit="dossier")
    return rows[rows["direction"].isna()].dropna(subset=["period_end"])


def portal_dossiers_synced() -> pd.DataFrame:
    rows = load_series(subject="portal_dossier_synced", area="VN", measure="level", unit="dossier")
    return rows[rows["direction"].isna()].dropna(subset=["period_end"])


def staff_cuts() -> pd.DataFrame:
    areas = ["VN", "VN-central", "VN-local"]
    rows = load_series(subject="staff_total", area=areas, measure="level", unit="person", direction="down")
    return rows[rows["status"] == "actual"].dropna(subset=["period_end"])


def commune_mergers() -> pd.DataFrame:
    units = ["commune_unit", "admin_unit_other"]
    rows = load_series(subject=units, measure="level", unit="admin_unit", since="2019-01-01", until="2021-12-31")
    cuts = rows.loc[rows["direction"] == "down", ["article_id", "area"]].drop_duplicates()
    told = rows.merge(cuts, on=["article_id", "area"])  # before and after, where the article tells a cut, too
    return told.sort_values(["area", "period_end", "value"], ascending=[True, True, False], kind="stable")


def public_service_units() -> pd.DataFrame:
    areas = ["VN", "VN-central", "VN-local"]
    rows = load_series(subject="public_service_unit", area=areas, measure=["level", "change"], unit="organisation")
    return rows.dropna(subset=["period_end"]).sort_values(["period_end", "area", "known_since"], kind="stable")


def on_time_dossiers() -> pd.DataFrame:
    areas = ["VN", "VN-central", "VN-local"]
    rows = load_series(subject="dossier_on_time", area=areas, measure="share", unit="percent", status="actual")
    return rows.sort_values(["period_end", "area", "tier"], kind="stable")


def par_index() -> pd.DataFrame:
    rows = load_series(subject="par_index", area=["VN-central", "VN-local"], measure="share", unit="percent")
    return rows[rows["verdict"] != "different_scope"].dropna(subset=["period_end"])


def sipas() -> pd.DataFrame:
    rows = load_series(subject="sipas", area=["VN", "VN-local"], measure="share", unit="percent")
    return rows[rows["verdict"] != "different_scope"].dropna(subset=["period_end"])


def sources_per_figure() -> pd.DataFrame:
    thing = ["theme", "indicator", "area", "tier", "period", "base", "status"]
    told = load_series(across_merger=True).groupby(thing, dropna=False)["article_id"].nunique()
    counts = told.rename("articles").reset_index().groupby(["theme", "articles"]).size()
    return counts.rename("things").reset_index()
