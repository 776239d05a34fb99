"""First steps: from a dot to its sentence, the hedges of one article, a chart in Vietnamese.

In: a student's answer. Out: a `Checked`, held against the tables at hand. "Cổng đã đón hơn 35 triệu lượt truy cập" (the
portal has had more than 35 million visits) is answered by {"35 triệu": "gt"}.
"""

from __future__ import annotations

import re

import pandas as pd

from reform_figures.charts import CHARTS, chart_rows, draw_chart
from reform_figures.exercises.checked import Checked, cannot_check, kind_of, not_yet, right
from reform_figures.loading import find_article, find_figure, load_articles, load_figures
from reform_figures.names import name_table
from reform_figures.notebook import tell
from reform_figures.records import Article
from reform_figures.wording import hedged_text

DOT_CHART = "share_online"
REDRAWN_CHART = "portal_accounts"
_KINDS = {"gt", "lt", "approx"}


def check_dot(dot) -> Checked:
    """Check the row (or the figure's id) of the target of `share_online` whose period ends last."""
    rows = chart_rows(DOT_CHART)
    targets = rows[rows["status"] == "target"]
    if targets.empty:
        return cannot_check("No article in these data tells a target for online services.")
    ids = _figure_ids(dot)
    if ids is None:
        return not_yet(f"`dot` is {kind_of(dot)}; one row of `rows` is expected, such as `rows.head(1)`.")
    if len(ids) != 1:
        return not_yet(f"`dot` has {len(ids)} rows; one point is asked for.")
    found = rows[rows["figure_id"] == ids[0]]
    if found.empty:
        return not_yet(f"{ids[0]!r} is no point of this chart; take a row of `rows`.")
    row = next(found.itertuples())
    if row.status != "target":
        return not_yet(f"{_told(row)} is drawn filled: its status is `{row.status}`. Hollow diamonds are targets.")
    if row.period_end < targets["period_end"].max():
        return not_yet(f"{_told(row)} is a target, but another hollow diamond stands further to the right.")
    figure = find_figure(row.figure_id)
    return right(f"{_told(row)}, told by {row.publisher}: {figure.marked()}")


def _told(row) -> str:
    return f"{row.subject_name}: {tell(row).replace('**', '')}"


def _figure_ids(dot) -> list[str] | None:
    """The ids in a table, a row of one, or an id itself; None where there are none."""
    if isinstance(dot, str):
        return [dot]
    if isinstance(dot, pd.DataFrame) and "figure_id" in dot:
        return dot["figure_id"].tolist()
    if isinstance(dot, pd.Series):
        return [dot["figure_id"]] if "figure_id" in dot else dot.tolist()
    return None


def article_to_read() -> Article:
    """The shortest article on online services that tells more than, less than and about; else the shortest of all.

    An article in which a hedged numeral stands twice is not taken: the numeral alone would not say which is meant.
    """
    figures = load_figures()
    articles = load_articles().sort_values(["characters", "article_id"])["article_id"].tolist()
    told = figures.groupby("article_id")[["theme", "bound"]].agg(set)
    hedged = told[[bounds >= _KINDS for bounds in told["bound"]]]
    online = set(hedged.index[["online_services" in themes for themes in hedged["theme"]]])
    for article_id in filter(online.__contains__, articles):
        mine = figures[figures["article_id"] == article_id]
        if not (mine["text"].duplicated(keep=False) & mine["bound"].ne("eq")).any():
            return find_article(article_id)
    return find_article(articles[0])


def check_hedges(hedges) -> Checked:
    """Check the hedged numerals of `article_to_read()`, each with the code of its bound."""
    figures = load_figures()
    figures = figures[figures["article_id"] == article_to_read().article_id].drop_duplicates("text").set_index("text")
    hedged = figures[figures["bound"] != "eq"]
    if hedged.empty:
        return cannot_check("The article tells no number with a hedge.")
    if not isinstance(hedges, dict):
        return not_yet(f"`hedges` is {kind_of(hedges)}; a dict is expected, number: code.")
    for numeral, code in hedges.items():
        if wrong := _wrong_hedge(numeral, code, figures):
            return not_yet(wrong)
    missing = hedged.drop(list(hedges))
    if len(missing):
        sentence = missing["sentence"].iloc[0]
        return not_yet(f"{len(hedges)} of {len(hedged)} are found. A hedge you have not told stands in: {sentence}")
    # visits and the like have no unit with a name: "more than 35 million units" is nobody's wording
    told = [hedged_text(row.value, row.unit, row.bound, with_unit=row.unit != "other") for row in hedged.itertuples()]
    return right(f"All {len(told)} hedges: {'; '.join(told)}. Without its hedge each would claim more than was told.")


def _wrong_hedge(numeral, code, figures: pd.DataFrame) -> str:
    """What is wrong with one hedge, in a sentence; '' for nothing. `figures` are those of the article by their text."""
    if numeral not in figures.index:
        near = [text for text in figures.index if text in str(numeral) or str(numeral) in text]
        meant = f"did you mean {near[0]!r}?" if near else f"they are {', '.join(figures.index)}."
        return f"{numeral!r} is not how the article writes one of its figures; {meant}"
    codes = {bound: row["en"] for bound, row in name_table("bound").items() if row["en"]}
    figure = find_figure(figures.loc[numeral, "figure_id"])
    if figure.bound == "eq":
        return f"{numeral!r} is told without a hedge: {figure.marked()}"
    if str(code) not in codes:
        return f"{code!r} is no code of a bound; they are {', '.join(f'{c} ({w})' for c, w in codes.items())}."
    if code != figure.bound:
        return f"{numeral!r} is not told as {codes[code]!r}; read the word beside it: {figure.marked()}"
    return ""


def check_chart(chart) -> Checked:
    """Check the chart `portal_accounts` drawn in Vietnamese with a title of one's own."""
    if chart_rows(REDRAWN_CHART).empty:
        return cannot_check("No article in these data tells of accounts on the national portal.")
    alt = getattr(chart, "alt", None)
    if not isinstance(alt, str):
        return not_yet(f"`chart` is {kind_of(chart)}; what `draw_chart` gives is expected under that name.")
    tails = {language: draw_chart(REDRAWN_CHART, language=language, title="?").alt[1:] for language in ("en", "vi")}
    if alt.endswith(tails["en"]):
        return not_yet('The words in the chart are English; ask for `language="vi"`.')
    if not alt.endswith(tails["vi"]):
        return not_yet(f"The chart does not show the rows of `{REDRAWN_CHART}`, all of them and nothing else.")
    title = alt.removesuffix(tails["vi"])
    if title in (CHARTS[REDRAWN_CHART].title("vi"), CHARTS[REDRAWN_CHART].title("en")):
        return not_yet(f"{title!r} is the title that the chart has by itself; give it one of yours with `title=`.")
    if title.isascii():
        return not_yet(f"The title {title!r} has no Vietnamese letter; the readers of this chart read Vietnamese.")
    return _judge_title(title)


def _judge_title(title: str) -> Checked:
    """What can be said of a Vietnamese title: that it is Vietnamese, and which of its words claim a lot."""
    spoken = f"The language is: {title!r}, axis, labels, notes and the alternative text speak Vietnamese."
    limit = "Whether a title claims more than the points show no program can say"
    claims = name_table("title_claim").values()
    found = [row for row in claims if re.search(rf"\b{re.escape(row['vi'])}\b", title.casefold())]
    if not found:
        return right(f"{spoken} {limit}: ask your neighbour.")
    told = "; ".join(f"{row['vi']!r} tells of {row['en']}" for row in found)
    return cannot_check(f"{spoken[:-1]}, which is right. {limit}, but look again at this: {told}. Ask your neighbour.")
