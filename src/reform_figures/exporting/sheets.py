"""The sheets of the workbook: tables as typed rows, the articles in short, the codebook in two languages, read_me.

In: the processed tables. Out: `Sheet`s. "Chỉ tiêu" is the Vietnamese name of the column `subject` in the codebook.
"""

from __future__ import annotations

from datetime import date

from reform_figures.exporting.columns import cells_of, columns_of
from reform_figures.exporting.workbook import Sheet
from reform_figures.names import LANGUAGES, name_of, name_table
from reform_figures.records import Article, Figure, Finding
from reform_figures.tracing import TracedObservation, read_from

ARTICLE_COLUMNS = {
    "article_id": "row of articles; what the other sheets name an article by",
    "publisher": "who published it; of a digest, who published the article that it restates",
    "title": "headline of the page that was read: of a digest its own, in this project's words",
    "cited_title": "headline of the published article that a digest restates, empty where none is told",
    "read_from": "article where the text is the publisher's, digest where it is in this project's words",
    "day": "day of publication in Vietnam (+07:00), empty where the page does not tell",
    "published_precision": "day, or month where only the month is known and day is its last day",
    "link": "address of the published article; of an item that restates none, of the page that was read",
}
CODE_KINDS = ("theme", "subject", "unit", "area", "tier", "measure", "direction", "bound", "status", "period_kind",
              "verdict", "check", "check_verdict", "date_precision", "read_from")  # fmt: skip
SHEET_TABLES = {"series": TracedObservation, "figures": Figure, "findings": Finding}


def table_sheet(name: str, record_type: type, records: list) -> Sheet:
    """A processed table as a sheet, all columns in their order."""
    columns = columns_of(record_type)
    return Sheet(name, [c.name for c in columns], [cells_of(record, columns) for record in records])


def articles_sheet(articles: list[Article]) -> Sheet:
    """The articles without their text, in the columns of `ARTICLE_COLUMNS`."""
    rows = [
        [a.article_id, a.publisher, a.title, a.cited_title, read_from(a), a.published_at and a.published_at.date(),
         a.published_precision, a.cited_url or a.url]
        for a in articles
    ]  # fmt: skip
    return Sheet("articles", list(ARTICLE_COLUMNS), [[value or None for value in row] for row in rows])


def codebook_sheet() -> Sheet:
    """Every column of the workbook and every code in it, each with its English and Vietnamese name."""
    told = [(name, c.name, c.about) for name, record in SHEET_TABLES.items() for c in columns_of(record)]
    told += [("articles", column, about) for column, about in ARTICLE_COLUMNS.items()]
    rows = [
        ["column", table, column, *(name_of("column", column, language) for language in LANGUAGES), about]
        for table, column, about in told
    ]
    for kind in CODE_KINDS:
        for code, row in name_table(kind).items():
            names = [row["en"] or "(no hedge)", row["vi"] or "(không kèm mức độ)"]
            rows.append(["code", kind, code, *names, row.get("about")])
    return Sheet("codebook", ["what", "of", "name", "english", "vietnamese", "about"], rows)


def read_me_sheet(day: date, version: str, sheets: list[Sheet]) -> Sheet:
    """What the workbook is, in two languages, and what is on each sheet."""
    counts = ", ".join(f"{sheet.name} {len(sheet.rows)}" for sheet in sheets)
    rows = [
        ["Title", "Reform figures: what Vietnam's ministries, provinces and newspapers reported about administrative "
                  "reform"],
        ["Tiêu đề", "Số liệu cải cách hành chính do bộ, ngành, địa phương và báo chí Việt Nam đã đăng"],
        ["Version", version],
        ["Newest article (its day, or the last of its month)", day],
        ["Rows", counts],
        ["What a row is", "series: one reported figure as an observation of an indicator; figures: one reported figure "
                          "with its sentence; findings: one check of figures against each other"],
        ["Mỗi dòng là gì", "series: một số liệu đã đăng, xếp theo chỉ tiêu; figures: một số liệu cùng câu văn; "
                           "findings: một phép đối chiếu giữa các số liệu"],
        ["From point to sentence", "series tells beside each number its sentence, its article and the link; figure_id "
                                   "leads to figures, article_id to articles"],
        ["Whose words", "read_from tells whose the sentence and the title are: of a digest they are this project's; "
                        "cite publisher, cited_title, day and link, and never quote the digest as the publisher's"],
        ["Lời của ai", "read_from là digest: câu và tiêu đề do dự án viết lại; hãy dẫn publisher, cited_title, ngày "
                       "đăng và link"],
        ["Days", "known_since is the last day of its month where known_since_precision says month"],
        ["Hedges", "bound tells how the text hedges a number: gt more than, ge at least, lt less than, le at most, "
                   "approx about; value alone does not"],
        ["Limits", "Reports, not measurements; missing is not zero; several articles may tell one thing, see reports "
                   "and verdict; do not add running totals"],
        ["Apostrophes", "A text that begins like a formula has an apostrophe in front; take it off to get the text"],
        ["Licence", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"],
    ]  # fmt: skip
    return Sheet("read_me", ["item", "text"], rows)
