"""SDMX-CSV 2.0: the series in the concepts of official statistics, with its code lists.

In: observations. Out: one CSV text by the standard (https://github.com/sdmx-twg/sdmx-csv), code lists as CSV, and the
observations that tell no days. "9 tháng đầu năm 2022" (the first nine months of 2022) is TIME_PERIOD 2022-01-01/P9M.

docs/sdmx.md explains every concept; a test keeps the two in step.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from reform_figures.exporting import ExportError
from reform_figures.names import ORGANISATION, name_table
from reform_figures.periods import period_days
from reform_figures.tracing import TracedObservation

STRUCTURE, STRUCTURE_ID, ACTION = "dataflow", "REFORM_FIGURES:REPORTED_FIGURES(1.0.0)", "I"
NOT_APPLICABLE, NOT_TOLD = "_Z", "_X"
"""Codes of the cross-domain lists of SDMX for a dimension that does not apply, and one that the text leaves open."""

OBS_STATUS = {
    "actual": ("A", "Normal value: reported as reached", "Giá trị thực tế"),
    "forecast": ("F", "Forecast value", "Giá trị dự kiến"),
    "target": ("T", "Target: no code of the cross-domain list says it, this one is ours", "Mục tiêu"),
}


def _plain(column: str) -> Callable[[TracedObservation], str]:
    def cell(row: TracedObservation) -> str:
        value = getattr(row, column)
        if value is None:
            return ""
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    return cell


def _base(row: TracedObservation) -> str:
    return time_period(row.base) if row.base else ""


DIMENSIONS: dict[str, Callable[[TracedObservation], str]] = {
    "SUBJECT": _plain("subject"),
    "MEASURE": _plain("measure"),
    "DIRECTION": lambda row: row.direction or NOT_APPLICABLE,
    "UNIT_MEASURE": _plain("unit"),
    "REF_AREA": lambda row: area_code(row.area),
    "TIER": lambda row: row.tier or NOT_TOLD,
    "FIGURE_ID": _plain("figure_id"),
    "TIME_PERIOD": lambda row: time_period(row.period),
}
"""Concept → its value of an observation; together they tell one observation from every other."""

MEASURE = "OBS_VALUE"
ATTRIBUTES: dict[str, Callable[[TracedObservation], str]] = {
    "OBS_STATUS": lambda row: OBS_STATUS[row.status][0],
    "BASE_PER": _base,
    "PERIOD_KIND": _plain("period_kind"),
    "BOUND": _plain("bound"),
    "DENOMINATOR": _plain("of"),
    "VALUE_MAX": _plain("value_max"),
    "THEME": _plain("theme"),
    "INDICATOR": _plain("indicator"),
    "KNOWN_SINCE": _plain("known_since"),
    "KNOWN_SINCE_PRECISION": _plain("known_since_precision"),
    "PUBLISHER": _plain("publisher"),
    "ARTICLE_ID": _plain("article_id"),
    "STATE": _plain("state"),
    "OTHER_STATE": _plain("other_state"),
    "UNIT_WITHIN": _plain("unit_within"),
    "REPORTS": _plain("reports"),
    "VERDICT": _plain("verdict"),
    "SENTENCE": _plain("sentence"),
    "READ_FROM": _plain("read_from"),
    "TITLE": _plain("title"),
    "CITED_TITLE": _plain("cited_title"),
    "LINK": _plain("link"),
}
HEADER = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, MEASURE, *ATTRIBUTES]

CODE_LISTS = {"SUBJECT": "subject", "MEASURE": "measure", "DIRECTION": "direction", "UNIT_MEASURE": "unit",
              "TIER": "tier", "PERIOD_KIND": "period_kind", "BOUND": "bound", "THEME": "theme",
              "STATE": "state", "VERDICT": "verdict", "KNOWN_SINCE_PRECISION": "date_precision",
              "READ_FROM": "read_from"}  # fmt: skip
"""Concept → kind of names that its codes come from; REF_AREA and OBS_STATUS have lists of their own making."""


def sdmx_csv(series: Iterable[TracedObservation]) -> tuple[str, list[TracedObservation]]:
    """SDMX-CSV 2.0 of the observations, and those that it cannot hold because they speak of no particular days.

    Every row has all dimensions: SDMX keeps observations apart by them.
    """
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(HEADER)
    without_days = []
    for row in series:
        if period_days(row.period) is None:
            without_days.append(row)
            continue
        cells = [cell(row) for cell in DIMENSIONS.values()]
        cells += [f"{row.value:f}", *(cell(row) for cell in ATTRIBUTES.values())]
        writer.writerow([STRUCTURE, STRUCTURE_ID, ACTION, *cells])
    return sink.getvalue(), without_days


def time_period(period: str) -> str:
    """A period as an SDMX time period: year, half-year (S), quarter, month, day or a range `<first day>/<duration>`.

    'yearly' has no days and stays as it is. Raises ValueError for an unknown form.
    """
    days = period_days(period)
    if days is None or re.fullmatch(r"\d{4}(-Q\d|-\d\d|-\d\d-\d\d)?", period):
        return period
    if half := re.fullmatch(r"(\d{4})-H([12])", period):
        return f"{half[1]}-S{half[2]}"
    return f"{days[0].isoformat()}/{_duration(*days)}"


def _duration(first: date, last: date) -> str:
    """ISO 8601 duration from the first to the end of the last day, in years, months or days."""
    behind = last + timedelta(days=1)
    months = 12 * (behind.year - first.year) + behind.month - first.month
    if behind.day != first.day or not months:
        return f"P{(behind - first).days}D"
    return f"P{months}M" if months % 12 else f"P{months // 12}Y"


def area_code(area: str) -> str:
    """An area as an SDMX code, which has no Vietnamese letters: 'ORG:Bộ Nội vụ' is ORG_BO_NOI_VU."""
    if not area.startswith(ORGANISATION):
        return area
    plain = unicodedata.normalize("NFD", area.removeprefix(ORGANISATION).replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return "ORG_" + re.sub(r"[^A-Z0-9]+", "_", letters.upper()).strip("_")


def code_lists(series: Iterable[TracedObservation]) -> dict[str, str]:
    """Name of each code list → its CSV: code, English, Vietnamese. Ministries are those of the series.

    Raises ExportError where two ministries would share a code.
    """
    lists = {
        concept: [(code, row["en"] or "no hedge", row["vi"] or "không kèm mức độ")
                  for code, row in name_table(kind).items()]
        for concept, kind in CODE_LISTS.items()
    }  # fmt: skip
    lists["DIRECTION"].append((NOT_APPLICABLE, "not an addition or a cut", "không áp dụng"))
    lists["TIER"].append((NOT_TOLD, "not confined to one tier, or not told", "không nêu cấp"))
    lists["REF_AREA"] = [(code, row["en"], row["vi"]) for code, row in name_table("area").items()]
    lists["REF_AREA"] += _organisations(series)
    lists["OBS_STATUS"] = list(OBS_STATUS.values())
    return {f"CL_{concept}": _csv(("code", "en", "vi"), rows) for concept, rows in sorted(lists.items())}


def _organisations(series: Iterable[TracedObservation]) -> list[tuple[str, str, str]]:
    named: dict[str, str] = {}
    for area in sorted({row.area for row in series if row.area.startswith(ORGANISATION)}):
        name = area.removeprefix(ORGANISATION)
        code = area_code(area)
        if named.setdefault(code, name) != name:
            raise ExportError(f"{named[code]} and {name} would both be {code} in SDMX; correct one of the two areas")
    return [(code, name, name) for code, name in named.items()]


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows([header, *rows])
    return sink.getvalue()
