"""What a store may never be, whatever happened to the run that wrote it.

In: a data folder. Out: its rows, or a failed assertion. "Không mất trang nào" (not a page lost).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from reform_figures.records import Capture
from reform_figures.tables import raw_folder

from .test_archive import assert_whole


def assert_sound(data: Path) -> list[Capture]:
    """Rows and files agree in name, size and SHA-256, and nothing half-done lies about. `.requests.csv` is state."""
    state = raw_folder(data) / ".requests.csv"
    counts = state.read_bytes() if state.exists() else None
    state.unlink(missing_ok=True)
    rows = assert_whole(data)
    if counts is not None:
        state.write_bytes(counts)
    for row in rows:
        assert hashlib.sha256((raw_folder(data) / row.file).read_bytes()).hexdigest() == row.sha256
    return rows
