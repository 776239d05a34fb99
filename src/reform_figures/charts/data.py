"""The data behind a chart as CSV, and what its columns hold.

In: the name of a chart or its rows. Out: the bytes that the command writes, that the book offers for download and that
`chart_csv` gives in Python: they are the same. "Tên chỉ tiêu bằng tiếng Việt" is the column `subject_name_vi`.
"""

from __future__ import annotations

import pandas as pd

from reform_figures.charts.columns import describe_columns
from reform_figures.charts.registry import chart_rows
from reform_figures.names import name_of


def chart_csv(chart_id: str, rows: pd.DataFrame | None = None) -> bytes:
    """The data behind a chart as CSV in UTF-8; numbers no longer than they were told, days as 2023-06-30.

    `rows` replaces those of the chart, as in `draw_chart`. Raises ValueError for a name that is not known.
    """
    told = chart_rows(chart_id) if rows is None else rows
    return told.to_csv(index=False, lineterminator="\n", float_format="%.15g", date_format="%Y-%m-%d").encode()


def columns_csv(rows: pd.DataFrame) -> bytes:
    """What the columns of these rows hold, a row each: column, English, Vietnamese, about.

    Raises KeyError for a column that nobody has described.
    """
    told = [(name, name_of("column", name), vietnamese, about) for name, about, vietnamese in describe_columns(rows)]
    table = pd.DataFrame(told, columns=["column", "English", "Vietnamese", "about"])
    return table.to_csv(index=False, lineterminator="\n").encode()
