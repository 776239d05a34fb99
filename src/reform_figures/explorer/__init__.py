"""The explorer: one page that draws any indicator and leads from each point to its sentence.

In: the processed tables. Out: `explorer.html`, which stands by itself: no network, no other file. "Hơn 3,9 triệu tài
khoản" (more than 3.9 million accounts) is a point with an arrow upwards; choosing it shows the sentence, the number
marked, with the article, the day, the address and the checks.
"""

from reform_figures.explorer.data import explorer_data
from reform_figures.explorer.page import build_explorer, explorer_page

__all__ = ["build_explorer", "explorer_data", "explorer_page"]
