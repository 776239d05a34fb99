"""Named charts: each can be drawn again by its name, in either language, from the rows that made it.

In: the name of a chart (`share_online`). Out: its rows, picture, caption, and the code that makes it. "Tỷ lệ dịch vụ
công trực tuyến" (share of public services online) is `draw_chart("share_online", language="vi")`.
"""

from reform_figures.charts.caption import chart_caption
from reform_figures.charts.data import chart_csv
from reform_figures.charts.registry import CHARTS, NamedChart, chart_code, chart_rows, draw_chart, find_chart

__all__ = [
    "CHARTS", "NamedChart", "chart_caption", "chart_code", "chart_csv", "chart_rows", "draw_chart", "find_chart",
]  # fmt: skip
