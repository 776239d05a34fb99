"""Two states of one thing that an article tells beside each other: what was before a change, and what is after it.

In: one article's figures (`Told`). Out: pairs (before, after). "Trước khi sắp xếp có 635 xã ... nay còn 559 xã"
(635 communes before the merger, 559 now) and "giảm từ 156 xuống 121 phòng" (from 156 down to 121 divisions) are such
pairs; the figures alone do not tell which is which, as both are amounts, often of the same month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from reform_figures.checking.looking import Told, cues
from reform_figures.records import Article, Figure

NEAR_BY = 120
"""So many characters at most stand between two sentences that tell the two states: one short sentence."""

Pair = tuple[Figure, Figure]


def is_state(figure: Figure) -> bool:
    """Whether a figure tells a state that can be compared with another: no flow, no fraction, no range."""
    return figure.direction is None and figure.of is None and figure.value_max is None


def same_subject(one: Figure, other: Figure) -> bool:
    return (one.subject, one.area, one.tier) == (other.subject, other.area, other.tier)


def are_near_by(one: Figure, other: Figure) -> bool:
    """Whether two figures stand in the same sentence or in neighbouring ones."""
    first, last = sorted((one, other), key=lambda figure: figure.start)
    return last.sentence_start - (first.sentence_start + len(first.sentence)) <= NEAR_BY


def state_pairs(told: Told) -> list[Pair]:
    """The pairs (before, after) of an article, in the order of the text; each state is told of one pair at most."""
    marked = [(figure, told_as_state(figure)) for figure in told.figures if _may_be_state(figure)]
    afters = [figure for figure, state in marked if state == "after"]
    pairs = []
    for before in (figure for figure, state in marked if state == "before"):
        fitting = [after for after in afters if _fit(before, after)]
        if fitting:
            after = min(fitting, key=lambda figure: (abs(figure.start - before.start), figure.start))
            afters.remove(after)
            pairs.append((before, after))
    return pairs


def states_of(figures: Iterable[Figure], articles: dict[str, Article]) -> dict[str, tuple[str, str]]:
    """Figure → (`before` or `after`, the figure on the other side of the change), of all articles given.

    A number told again elsewhere in its article, as in a headline or a table, has the state of the one that says so.
    """
    by_article: dict[str, list[Figure]] = {}
    for figure in sorted(figures, key=lambda f: (f.article_id, f.start)):
        by_article.setdefault(figure.article_id, []).append(figure)
    states: dict[str, tuple[str, str]] = {}
    for article_id, own in by_article.items():
        for before, after in state_pairs(Told(articles[article_id], tuple(own))):
            for figure in own:
                if is_state(figure) and _tells(figure, before):
                    states.setdefault(figure.figure_id, ("before", after.figure_id))
                elif is_state(figure) and _tells(figure, after):
                    states.setdefault(figure.figure_id, ("after", before.figure_id))
    return states


def _tells(figure: Figure, state: Figure) -> bool:
    return _thing(figure) == _thing(state) and (figure.value, figure.bound) == (state.value, state.bound)


def _thing(figure: Figure) -> tuple:
    return figure.subject, figure.measure, figure.unit, figure.area, figure.tier


def _may_be_state(figure: Figure) -> bool:
    return figure.measure in ("level", "share") and is_state(figure)


def _fit(before: Figure, after: Figure) -> bool:
    return _thing(before) == _thing(after) and before.value != after.value and are_near_by(before, after)


def told_as_state(figure: Figure) -> str:
    """`before` or `after` by the nearest word before a figure in its sentence; '' where none says it.

    "Từ" (from, since) and "lên" (up, onto) say it only right before the number or its hedge.
    """
    words = figure.sentence[: figure.start - figure.sentence_start].casefold()
    for kind, state in (("from", "before"), ("to", "after")):
        if match := _form(kind).search(words):
            if figure.bound != "eq" or not match["hedge"]:
                return state
    found = [(match.end(), state) for state in ("before", "after") for match in _form(state).finditer(words)]
    return max(found, default=(0, ""))[1]


@cache
def _form(kind: str) -> re.Pattern:
    """The cues of a kind as whole words; those of `from` and `to` at the end, with room for one word of a hedge."""
    forms = "|".join(re.escape(cue) for cue in sorted(cues(kind), key=len, reverse=True))
    end = r"(?P<hedge>\s+\w+)?\s*\Z" if kind in ("from", "to") else r"(?!\w)"
    return re.compile(rf"(?<!\w)(?:{forms}){end}")
