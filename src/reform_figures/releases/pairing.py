"""Which figure of one release is which figure of the other, also where the text around it has moved.

In: the figures of two releases. Out: pairs, and those that stand alone. "Giảm 79.057 người" that became "giảm 79.100
người" on a changed page is one figure with a changed value, not one that vanished and one that appeared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable

from reform_figures.releases.loading import Row

Pair = tuple[Row | None, Row | None]
_NUMERAL = re.compile(r"\d[\d.,/]*")


def pair_figures(before: dict[str, Row], after: dict[str, Row]) -> list[Pair]:
    """Every figure of both releases once, as (before, after); None on the side where it is not.

    Paired by, in this order: the same place; the same numeral in the same sentence; another numeral at the same place
    of an otherwise same sentence; the same numeral with the same meaning, where it is the only one in its article.
    """
    pairs: list[Pair] = []
    left, right = dict(before), dict(after)
    for key in (_place, _numeral_in_sentence, _place_in_sentence, _meaning):
        only = key is _meaning
        for one, other in _match(left, right, key, only=only):
            pairs.append((left.pop(one), right.pop(other)))
    pairs += [(row, None) for row in left.values()]
    pairs += [(None, row) for row in right.values()]
    return sorted(pairs, key=_order)


def _match(left: dict[str, Row], right: dict[str, Row], key: Callable[[Row], Hashable], *, only: bool):
    """Ids of rows that share a key, in the order of the text; with `only`, where each side has just one."""
    groups: dict[Hashable, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((left, right)):
        for figure_id, row in rows.items():
            groups[key(row)][side].append(figure_id)
    for ones, others in list(groups.values()):
        if not only or len(ones) == len(others) == 1:
            yield from zip(ones, others, strict=False)


def _place(row: Row) -> Hashable:
    return row["figure_id"], _masked(row["sentence"])


def _numeral_in_sentence(row: Row) -> Hashable:
    return row["article_id"], row["text"], row["sentence"]


def _place_in_sentence(row: Row) -> Hashable:
    at = int(row["start"]) - int(row["sentence_start"])
    return row["article_id"], _masked(row["sentence"]), _masked(row["sentence"][:at])


def _meaning(row: Row) -> Hashable:
    return row["article_id"], row["text"], row["subject"], row["unit"], row["measure"]


def _masked(text: str) -> str:
    return _NUMERAL.sub("#", text)


def _order(pair: Pair) -> tuple:
    row = pair[1] or pair[0]
    return row["article_id"], int(row["start"]), int(row["end"]), pair[1] is None
