"""The words of a chart: subtitle, sources beneath, alternative text, labels.

In: rows of the series (`load_series`). Out: short texts in English or Vietnamese. "Nguồn (2 bài): Báo Lâm Đồng,
Bộ Nội vụ" (sources, 2 articles) counts articles, not figures.
"""

from __future__ import annotations

import pandas as pd

from reform_figures.choosing import THING
from reform_figures.names import name_of
from reform_figures.wording import hedged_text, period_text

NAMED_SOURCES = 6
TOLD_POINTS = 12


def row_amount(row, language: str = "en", *, with_unit: bool = True) -> str:
    """What a row of the series reports, with its hedge: 'at least 90%', 'nearly 10,500 posts'."""
    told = {"of": row.of, "value_max": row.value_max, "with_unit": with_unit}
    return hedged_text(row.value, row.unit, row.bound, language, hedge=getattr(row, "hedge", None), **told)


def row_status(row, language: str = "en") -> str:
    """What kind of number a row is where it is no plain report: ' (target)', ' (before)', ' (after, forecast)'."""
    state = getattr(row, "state", None)
    told = [name_of("state", state, language)] if isinstance(state, str) and state else []
    told += [name_of("status", row.status, language)] if row.status != "actual" else []
    return f" ({', '.join(told)})" if told else ""


def row_statistic(row, language: str = "en") -> str:
    """' (lowest)' or ' (highest)' where a row has a `statistic` that says so."""
    statistic = getattr(row, "statistic", "")
    return f" ({name_of('statistic', statistic, language)})" if statistic in ("lowest", "highest") else ""


def told_by(rows: pd.DataFrame, language: str = "en") -> str:
    """Who tells rows: the publisher of one article, the number of several."""
    articles = rows["article_id"].nunique()
    if articles == 1:
        return rows["publisher"].iloc[0]
    return f"{articles} {name_of('chart', 'articles', language)}"


def source_note(frame: pd.DataFrame, language: str = "en") -> str:
    """'Sources (2 articles): ...', publishers in the order of their number of articles, and what a policy set aside."""
    told = frame.drop_duplicates("article_id")
    if told.empty:
        return name_of("chart", "no_figures", language)
    counts = told.groupby("publisher").size().reset_index(name="articles")
    publishers = counts.sort_values(["articles", "publisher"], ascending=[False, True])["publisher"].tolist()
    named = ", ".join(publishers[:NAMED_SOURCES])
    if len(publishers) > NAMED_SOURCES:
        named += ", " + name_of("chart", "and_others", language).format(count=len(publishers) - NAMED_SOURCES)
    word = name_of("chart", "article" if len(told) == 1 else "articles", language)
    return f"{name_of('chart', 'sources', language)} ({len(told)} {word}): {named}.{_policy_note(frame, language)}"


def _policy_note(frame: pd.DataFrame, language: str) -> str:
    """What was set aside where a policy chose among reports; '' where all of them are shown."""
    policy = frame["policy"].iloc[0] if "policy" in frame else "all"
    if policy == "all":
        return ""
    things = frame.drop_duplicates(THING)
    return " " + name_of("chart", f"policy_{policy}", language).format(count=int(things["set_aside"].sum()))


def articles_of(rows: pd.DataFrame) -> tuple[str, ...]:
    """Ids of the articles that tell rows, each once."""
    return tuple(rows["article_id"].drop_duplicates())


def alt_text(title: str, rows: pd.DataFrame, language: str = "en") -> str:
    """What a chart shows, in words: its title and its figures, the first dozen of them in full."""
    told = [_told_point(row, language) for row in rows.head(TOLD_POINTS).itertuples()]
    more = len(rows) - len(told)
    if more > 0:
        told.append(name_of("chart", "and_more_points", language).format(count=more))
    return f"{title}. " + "; ".join(told) + "."


def _told_point(row, language: str) -> str:
    """'Communes, cut, Thanh Hóa, December 2019: 76 administrative units'."""
    direction = [name_of("direction", row.direction, language)] if isinstance(row.direction, str) else []
    names = [name_of("subject", row.subject, language), *direction, name_of("area", row.area, language)]
    amount = row_amount(row, language) + row_status(row, language) + row_statistic(row, language)
    return f"{', '.join([*names, period_text(row.period, language) or '-'])}: {amount}"
