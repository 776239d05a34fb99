"""Research: how far articles disagree, and collecting a portal's news politely.

In: a student's answer and the log of the practice portals. Out: a `Checked`. "Tiết kiệm hơn 6.300 tỷ" (savings of more
than 6,300 billion) and "8.100 tỷ" in another article lie far apart, and can still both be true.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlsplit

import pandas as pd
from protego import Protego

from reform_figures.disagreement import load_cases
from reform_figures.evaluation_sets import find_repository
from reform_figures.exercises.checked import Checked, cannot_check, is_number, kind_of, not_yet, right
from reform_figures.loading import load_articles, load_figures, load_series, read_records
from reform_figures.practice import Visit, robots_texts

PAUSE_SECONDS = 0.2
"""Rest between two requests to the practice portals; on somebody else's server it would be seconds."""
PORTAL = "baolamdong"
"""The practice portal of the exercise; its source is practice-baolamdong."""
_COLUMNS = ("spread_percent", "all_can_be_true")


def disputed_cases() -> pd.DataFrame:
    """Cases on which articles differ beyond rounding, rows as in `load_cases`, numbered from 0."""
    return load_cases("conflict", "revised")


def judge_cases(cases: pd.DataFrame) -> pd.DataFrame:
    """For each case by how many percent the highest number exceeds the lowest, and whether hedges let all be true."""
    series = load_series(across_merger=True).set_index("figure_id")
    rows = []
    for ids in cases["figures"]:
        told = series.loc[ids.split()]
        least = told.loc[~told["bound"].isin(["lt", "le"]), "value"].max()
        most = told.loc[~told["bound"].isin(["gt", "ge"]), "value"].min()
        rows.append(((told["value"].max() / told["value"].min() - 1) * 100, not least > most))
    return pd.DataFrame(rows, columns=_COLUMNS, index=cases.index)


def check_judged(judged) -> Checked:
    """Check a table with the columns of `judge_cases`, one row a case of `disputed_cases()`."""
    cases = disputed_cases()
    if cases.empty:
        return cannot_check("No two articles in these data disagree beyond rounding.")
    if not isinstance(judged, pd.DataFrame):
        return not_yet(f"`judged` is {kind_of(judged)}; a DataFrame is expected, one row a case of `disputed`.")
    if lacking := [column for column in _COLUMNS if column not in judged]:
        return not_yet(f"`judged` lacks the column {lacking[0]!r}.")
    if len(judged) != len(cases):
        return not_yet(f"`disputed` has {len(cases)} cases, and `judged` has {len(judged)} rows.")
    expected = judge_cases(cases)
    for number, (case, wanted) in enumerate(zip(cases.itertuples(), expected.itertuples(), strict=True)):
        spread, together = (judged[column].iloc[number] for column in _COLUMNS)
        about = f"Row {number} ({case.subject}, {case.area}, {case.period}: {case.numbers})"
        if not is_number(spread) or abs(float(spread) - wanted.spread_percent) > 0.05:
            return not_yet(f"{about}: `spread_percent` is not {spread}. Highest by lowest, less one, in percent; take "
                           "the numbers from the series, where all have the same unit.")  # fmt: skip
        if not pd.api.types.is_bool(together) or together != wanted.all_can_be_true:
            hint = "One number lies where another leaves no room." if together else "A hedge leaves room for the other."
            return not_yet(f"{about}: `all_can_be_true` is not {together}. {hint}")
    widest = cases.loc[expected["spread_percent"].idxmax()]
    return right(
        f"{int(expected['all_can_be_true'].sum())} of {len(cases)} cases can be true as told, hedges taken at their "
        f"word. The widest: {widest['subject']}, {widest['area']}, {widest['period']}: {widest['numbers']}."
    )


def check_collected(collected, visits: Sequence[Visit]) -> Checked:
    """Check what was collected from the practice portal: headline, address and number of figures of each article.

    `visits` is the portal's log since the exercise began. The manner is looked at before the result.
    """
    expected = _articles_of_portal()
    if expected.empty:
        return cannot_check(f"These data hold no article of practice-{PORTAL}.")
    visits = [visit for visit in visits if visit.path.startswith(f"/{PORTAL}/")]
    if not visits:
        return not_yet(f"The portal's log shows no visit to /{PORTAL}/ since the cell was run.")
    if complaint := complain_of(visits, _robots_rules()):
        return not_yet(f"{complaint} Mend it and run the cell again: its first line empties the log.")
    if not isinstance(collected, pd.DataFrame):
        return not_yet(f"`collected` is {kind_of(collected)}; a DataFrame is expected.")
    if lacking := [column for column in ("headline", "address", "figures") if column not in collected]:
        return not_yet(f"`collected` lacks the column {lacking[0]!r}.")
    return _compare(collected, expected, len(visits))


def _articles_of_portal() -> pd.DataFrame:
    """Path, headline and number of figures of the portal's articles in the table."""
    paths = {a.article_id: urlsplit(a.url).path for a in read_records("articles") if a.source == f"practice-{PORTAL}"}
    articles = load_articles()
    articles = articles[articles["article_id"].isin(paths)]
    counts = load_figures()["article_id"].value_counts()
    return pd.DataFrame(
        {
            "headline": articles["title"],
            "figures": [int(counts.get(i, 0)) for i in articles["article_id"]],
            "path": [f"/{PORTAL}{paths[i]}" for i in articles["article_id"]],
        }
    ).set_index("path")


def _robots_rules() -> Protego:
    """The portal's rules, without a visit to the one that is being served."""
    return Protego.parse(robots_texts(find_repository() / "practice")[PORTAL])


def complain_of(visits: Sequence[Visit], rules: Protego) -> str:
    """What whoever runs the portal would complain of, in one sentence; '' for nothing."""
    first, agents = visits[0], {visit.agent for visit in visits}
    if nameless := [agent for agent in agents if "@" not in agent and "://" not in agent]:
        return f"The portal's log names you {nameless[0]!r}: nobody could write to you. Put a contact into User-Agent."
    if first.path != f"/{PORTAL}/robots.txt":
        return (
            f"The portal's first request from you was for {first.path}; ask /{PORTAL}/robots.txt before anything else."
        )
    if forbidden := [visit.path for visit in visits if not rules.can_fetch(visit.path, visit.agent)]:
        return f"robots.txt forbids {forbidden[0]}, and the log shows that you asked for it."
    pauses = [later.at_seconds - earlier.at_seconds for earlier, later in pairwise(visits)]
    if pauses and min(pauses) < PAUSE_SECONDS:
        return f"Two of your requests came {min(pauses):.2f} s apart; rest {PAUSE_SECONDS} s after each."
    paths = [visit.path for visit in visits]
    if twice := [path for path in paths if paths.count(path) > 1]:
        return f"You asked for {twice[0]} {paths.count(twice[0])} times; once is enough."
    return ""


def _compare(collected: pd.DataFrame, expected: pd.DataFrame, requests: int) -> Checked:
    paths = collected["address"].map(lambda address: urlsplit(str(address)).path)
    if strange := [path for path in paths if path not in expected.index]:
        return not_yet(f"{strange[0]} is no article in the table; a list has other links beside its headlines.")
    if paths.duplicated().any():
        return not_yet(f"{paths[paths.duplicated()].iloc[0]} stands twice in `collected`.")
    if missing := [path for path in expected.index if path not in set(paths)]:
        got, headline = len(expected) - len(missing), expected.loc[missing[0], "headline"]
        told = f"{got} of the {len(expected)} articles in the table are collected"
        return not_yet(f"{told}; does the list go on? {headline!r} is missing.")
    for path, row in zip(paths, collected.itertuples(), strict=True):
        wanted = expected.loc[path]
        if row.headline != wanted["headline"]:
            return not_yet(f"{path} has the headline {wanted['headline']!r}, not {row.headline!r}.")
        if not is_number(row.figures) or row.figures != wanted["figures"]:
            return not_yet(f"The table holds {wanted['figures']} figures of {wanted['headline']!r}, not {row.figures}.")
    none = int((expected["figures"] == 0).sum())
    return right(f"{len(expected)} articles with {requests} requests, and the portal has nothing to complain of. "
                 f"{none} of the articles tell no figure at all; the table keeps them, too.")  # fmt: skip
