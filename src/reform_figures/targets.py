"""Official targets: what was asked for, by whom, in which document, for target lines in charts.

In: observations that are targets, their figures and articles, and the numerals passed over, among which document
numbers stand. Out: `Target`s. "Theo Nghị quyết số 76/NQ-CP, đến năm 2025 tối thiểu 80% thủ tục" (under Resolution
76/NQ-CP, at least 80 % of procedures by 2025) was set by the Government in that document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile

from reform_figures.records import Article, Figure, Observation, PassedOver, Target

_KIND = r"(?:nghị quyết|quyết định|chỉ thị|kết luận|nghị định|kế hoạch|đề án|chương trình|thông báo)"
_DOCUMENT = re.compile(rf"{_KIND}(?: liên tịch)?(?: số)?:? ?(?=\d)\S*\w", re.IGNORECASE)
"""A document by kind and number; the text is NFC and a no-break space counts as a space."""

_HEAD = ("title", "date_line", "lead", "author", "source_line", "blank", "furniture")

SETTERS = (
    ("Bộ Chính trị", "bộ chính trị", ""),
    ("Ban Chấp hành Trung ương Đảng", "ban chấp hành trung ương", "NQ/TW"),
    ("Ủy ban Thường vụ Quốc hội", "ủy ban thường vụ quốc hội", "UBTVQH"),
    ("Quốc hội", "quốc hội", "/QH"),
    ("Thủ tướng Chính phủ", "thủ tướng", "-TTg"),
    ("Chính phủ", "chính phủ", "NQ-CP"),
)
"""Who sets national targets: name, as the text names them, and as the number of a document ends."""


def build_targets(
    series: Iterable[Observation],
    figures: Iterable[Figure],
    articles: Iterable[Article],
    passed_over: Iterable[PassedOver],
) -> list[Target]:
    """The targets among the observations whose paragraph names a document or who set them, in the series' order."""
    told = {figure.figure_id: figure for figure in figures}
    known = {article.article_id: article for article in articles}
    documents = defaultdict(list)
    for numeral in passed_over:
        if numeral.reason == "legal_document":
            documents[numeral.article_id].append(numeral.start)
    targets = []
    for row in series:
        if row.status == "target":
            figure, article = told[row.figure_id], known[row.article_id]
            document = _document(figure, article, documents[row.article_id])
            set_by = _setter(document, figure, article)
            if document or set_by:
                targets.append(_target(row, document, set_by))
    return targets


def _paragraph(figure: Figure, article: Article) -> tuple[int, str]:
    """Where the paragraph of a figure begins in the text, and the paragraph."""
    starts, at = [], 0
    for paragraph in article.paragraphs:
        starts.append(at)
        at += len(paragraph.text) + 1
    number = bisect_right(starts, figure.start) - 1
    return starts[number], article.paragraphs[number].text


def _document(figure: Figure, article: Article, numbers: list[int]) -> str:
    """The document named nearest before the figure in its paragraph, else behind it in its sentence, else in the head.

    The head is the headline and the lead: an article on one document need not name it again.
    """
    named = [m for m in _DOCUMENT.finditer(article.text.replace("\u00a0", " ")) if _holds_one(m, numbers)]
    begin, _ = _paragraph(figure, article)
    before = [m for m in named if begin <= m.start() and m.end() <= figure.start]
    sentence_end = figure.sentence_start + len(figure.sentence)
    behind = [m for m in named if figure.end <= m.start() < sentence_end]
    head_end = sum(len(p.text) + 1 for p in takewhile(lambda p: p.role in _HEAD, article.paragraphs))
    head = [m for m in named if m.start() < head_end]
    chosen = before[-1:] or behind[:1] or head[:1]
    return chosen[0][0] if chosen else ""


def _holds_one(match: re.Match, numbers: list[int]) -> bool:
    return any(match.start() < number < match.end() for number in numbers)


def _setter(document: str, figure: Figure, article: Article) -> str:
    """Who set it: as the document's number says, else who is named in the sentence, else in the text before it."""
    for name, _, mark in SETTERS:
        if mark and mark in document:
            return name
    begin, text = _paragraph(figure, article)
    for words in (figure.sentence.casefold(), text[: figure.start - begin].casefold()):
        for name, form, _ in SETTERS:
            if re.search(rf"(?<!\w){form}(?!\w)", words):
                return name
    return ""


def _target(row: Observation, document: str, set_by: str) -> Target:
    return Target(
        indicator=row.indicator,
        area=row.area,
        tier=row.tier,
        period=row.period,
        base=row.base,
        value=row.value,
        bound=row.bound,
        document=document,
        set_by=set_by,
        known_since=row.known_since,
        known_since_precision=row.known_since_precision,
        figure_id=row.figure_id,
        article_id=row.article_id,
    )
