"""Named charts: each can be drawn again by its name, in either language, from the rows that made it.

In: the name of a chart (`share_online`). Out: its rows, its picture, the lines of code that make it. "Tỷ lệ dịch vụ
công trực tuyến" (share of public services online) is `draw_chart("share_online", language="vi")`.
"""

from reform_figures.charts.registry import CHARTS, NamedChart, chart_code, chart_rows, draw_chart, find_chart

__all__ = ["CHARTS", "NamedChart", "chart_code", "chart_rows", "draw_chart", "find_chart"]
