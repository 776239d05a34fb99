"""Where articles tell different numbers for the same thing: the cases, their sentences side by side.

In: the findings between articles and the series. Out: one row a case, and tables to be read. "Giảm 561 xã" (561
communes fewer) beside "giảm 563 xã" in another article is one case with two sentences; nothing is averaged.
"""

from __future__ import annotations

from html import escape

import pandas as pd

from reform_figures.loading import find_figure, load_series, read_records
from reform_figures.names import name_of
from reform_figures.plotting.texts import row_amount, row_status
from reform_figures.series import REPORTS
from reform_figures.wording import period_text, published_text

_COLUMNS = ["verdict", "subject", "area", "period", "articles", "numbers", "words", "figures"]


def load_cases(*verdicts: str) -> pd.DataFrame:
    """Every comparison between articles of the series, one a row, those told by the most articles first.

    `verdicts` keeps some of agree, rounded, revised, different_scope, conflict. `figures` are the ids of the figures
    compared, `numbers` what they told, `words` the verdict in words. Raises ValueError for a verdict that is not known.
    """
    for verdict in verdicts:
        name_of("verdict", verdict)
    series = load_series(across_merger=True).set_index("figure_id")
    rows = []
    for finding in read_records("findings"):
        verdict = finding.kind.removeprefix(REPORTS)
        ids = [figure_id for figure_id in finding.figures.split() if figure_id in series.index]
        if not finding.kind.startswith(REPORTS) or not ids or (verdicts and verdict not in verdicts):
            continue
        told = series.loc[ids]
        first = told.iloc[0]
        numbers = " / ".join(dict.fromkeys(row_amount(row) for row in told.itertuples()))
        rows.append((verdict, first["subject_name"], first["area_name"], period_text(first["period"]),
                     told["article_id"].nunique(), numbers, finding.words, finding.figures))  # fmt: skip
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.sort_values(["articles", "figures"], ascending=[False, True], ignore_index=True)


class SideBySide:
    """Cases with their sentences side by side: in a notebook a table a case, elsewhere text."""

    def __init__(self, cases: list[tuple[str, list[dict]]], left_out: int) -> None:
        self.cases, self.left_out = cases, left_out

    def _repr_html_(self) -> str:
        """Tables of HTML; titles, publishers and sentences are scraped and escaped."""
        parts = []
        for heading, told in self.cases:
            rows = "".join(
                f"<tr><td>{escape(row['source'])}</td><td>{escape(row['amount'])}</td><td lang='vi'>"
                f"{escape(row['before'])}<mark>{escape(row['number'])}</mark>{escape(row['after'])}</td></tr>"
                for row in told
            )
            head = "<tr><th>told by</th><th>reported</th><th>sentence</th></tr>"
            parts.append(f"<p><b>{escape(heading)}</b></p><table class='dataframe'>{head}{rows}</table>")
        return "".join(parts) + (f"<p>{escape(self._rest())}</p>" if self._rest() else "")

    def __repr__(self) -> str:
        lines = []
        for heading, told in self.cases:
            lines.append(heading)
            lines += [f"  {row['amount']} - {row['source']}: {row['before']}«{row['number']}»{row['after']}"
                      for row in told]  # fmt: skip
        return "\n".join([*lines, *([self._rest()] if self._rest() else [])])

    def _rest(self) -> str:
        if not self.cases:
            return "No case of this kind in the data."
        return f"... and {self.left_out} more" if self.left_out else ""


def show_side_by_side(cases: pd.DataFrame, limit: int = 5) -> SideBySide:
    """The sentences of cases (rows of `load_cases`) side by side, each with its number marked, in order of publication.

    An article that tells the number several times stands once.
    """
    series = load_series(across_merger=True)
    shown = []
    for case in cases.head(limit).itertuples():
        told = series[series["figure_id"].isin(case.figures.split())]
        told = told.sort_values(["known_since", "figure_id"]).drop_duplicates(["article_id", "value", "bound"])
        heading = ", ".join(part for part in (case.subject, case.area, case.period) if part)
        shown.append((f"{heading}: {name_of('verdict', case.verdict)}", [_telling(row) for row in told.itertuples()]))
    return SideBySide(shown, max(len(cases) - limit, 0))


def _telling(row) -> dict[str, str]:
    figure = find_figure(row.figure_id)
    start = figure.start - figure.sentence_start
    end = start + len(figure.text)
    published = published_text(row.known_since, row.known_since_precision)
    direction = f"{name_of('direction', row.direction)}: " if isinstance(row.direction, str) else ""
    return {
        "source": ", ".join(filter(None, (row.publisher, published))),
        "amount": direction + row_amount(row) + row_status(row),
        "before": figure.sentence[:start],
        "number": figure.sentence[start:end],
        "after": figure.sentence[end:],
    }
