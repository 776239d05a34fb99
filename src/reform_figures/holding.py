"""On which day a number holds, and rows in that order.

In: rows of the series. Out: days. A number holds at the end of its period; only what was before a change held at its
start, where the article gives it no earlier time than what is after. "Giai đoạn 2023 - 2025: trước sắp xếp 460 xã, sau
còn 412" (2023 to 2025: 460 communes before, 412 after) is 460 on 1 January 2023 and 412 on 31 December 2025.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reform_figures.records import Observation


def days_held(series: Iterable[Observation]) -> dict[str, str | None]:
    """figure_id → ISO day on which the number holds; None where no period is told.

    Give the whole series: both sides of a change have to be in it.
    """
    rows = {row.figure_id: row for row in series}
    return {name: _day_held(row, rows.get(row.other_state or "")) for name, row in rows.items()}


def _day_held(row: Observation, other: Observation | None) -> str | None:
    """A state before a change held at the start of a period that does not end before the one after: never later."""
    if row.state != "before" or other is None or row.period_end is None or other.period_end is None:
        return row.period_end
    return row.period_end if row.period_end < other.period_end else min(row.period_start, other.period_end)


def in_order_of_time(frame: pd.DataFrame, *first: str) -> pd.DataFrame:
    """Rows of `load_series` by the columns `first`, then by the day on which they hold, untold days first; of one day
    what was before a change stands before what is after it. Rows that are alike in all this keep their order."""
    rows = frame.assign(_later=frame["state"].ne("before"))
    rows = rows.sort_values([*first, "holds_on", "_later"], na_position="first", kind="stable")
    return rows.drop(columns="_later")
