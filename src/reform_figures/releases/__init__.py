"""Two releases of the data side by side: what appeared, vanished and changed, and why as far as it can be told.

In: the tables of two releases. Out: the comparison, and a letter about it in plain words. "Bài mới" (a new article) is
the first cause to look for.
"""
