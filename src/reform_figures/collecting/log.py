"""The log of collecting: what each run brought, a table beside the store.

In: the report of a source. Out: rows of `data/collecting_log.csv`, appended: a row an outcome with its count, and
a row each address that failed or was refused, with the reason. "Không truy cập được" (cannot be reached) last month is
then still known this month. The log belongs to the machine that collected, so it is no part of the data set.
"""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from reform_figures.collecting.collector import Report

COLUMNS = ("run_at", "source", "outcome", "count", "seconds", "url", "reason")
"""run_at: end of the source's run, UTC. outcome: new, changed, unchanged, repeated, not_wanted, refused, failed,
trouble. count: articles. seconds: of the whole source, on its first row. url and reason: of a single failure."""


def log_path(data: Path) -> Path:
    return Path(data) / "collecting_log.csv"


def log_run(data: Path, report: Report, seconds: float) -> None:
    """Append a source's run to the log. Raises OSError where it cannot be written."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [
        (now, report.source, outcome, getattr(report, outcome), "", "", "")
        for outcome in ("new", "changed", "unchanged", "repeated", "not_wanted")
    ]
    rows[0] = (*rows[0][:4], f"{seconds:.1f}", "", "")
    for outcome in ("refused", "failed"):
        rows += [(now, report.source, outcome, 1, "", f.url, f.reason) for f in getattr(report, outcome)]
    rows += [(now, report.source, "trouble", "", "", "", sentence) for sentence in report.trouble]
    path = log_path(data)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(rows if path.exists() else [COLUMNS, *rows])
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644)
    try:
        os.write(handle, text.getvalue().encode())  # one write, so that a kill leaves whole rows or none
    finally:
        os.close(handle)
