"""What holds for every text: no exception, true spans, nothing lost, the same answer for the same text, linear time."""

import re
import time
import unicodedata
from dataclasses import astuple
from datetime import datetime
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reform_figures.datelines import ZONE
from reform_figures.extracting import extract
from reform_figures.plain_text import read_text_article
from reform_figures.records import ROLES, Article, Paragraph

from .case_tables import article_of, read_lines, read_rows, unmark

CASES = read_lines("figures.jsonl")
SENTENCES = [case["text"] for case in CASES] + [unmark(row["text"])[0] for row in read_rows("passed_over.csv")]

# Pieces of news prose in any order: far more of them reach the rules than of random characters.
PIECES = st.sampled_from(
    "Năm năm tháng quý ngày đến từ so với giảm tăng còn đạt khoảng hơn gần ít nhất trở lên dự kiến phấn đấu trong đó "
    "lần lượt cả nước toàn tỉnh Hà Nội cấp xã bộ, ngành ; . , : ( ) \n | - – % 0 5 06 3,9 7.469 2022 30/6/2025 46/63 "
    "10-15% 75% 107/2020/NĐ-CP 8h30 nghìn triệu tỷ tỷ lệ biên chế đơn vị sự nghiệp công lập hồ sơ xã huyện thôn nhiệm vụ "
    "văn bản mức độ gấp đôi một nửa hai mươi tư cùng kỳ thứ điểm bậc đồng % lượt Nghị định số giai đoạn kỷ niệm".split(" ")
)
PROSE = st.lists(PIECES, min_size=1, max_size=40).map(" ".join)
TEXT = st.one_of(st.text(max_size=200), PROSE, st.tuples(st.sampled_from(SENTENCES), PROSE).map(" ".join))
DIGITS = re.compile(r"\d+")


def article_with(text: str, name: str = "any") -> Article:
    """An article whose text is `text`, in NFC: its lines take turns in all parts that a line can play."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    roles = ["body", *ROLES]
    paragraphs = tuple(Paragraph(roles[n % len(roles)], line) for n, line in enumerate(lines))
    return Article(
        article_id=name, source="", publisher="", area="VN", url="", cited_url="", title="", event_date="", lead="",
        published_at=datetime(2022, 12, 30, tzinfo=ZONE), author="", paragraphs=paragraphs, page_sha256="", raw_id="",
        portal="",
    )  # fmt: skip


def assert_nothing_lost(article: Article) -> None:
    figures, passed = extract(article)
    spans = sorted((one.start, one.end) for one in [*figures, *passed])
    assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False)), "spans overlap"
    for run in DIGITS.finditer(article.text):
        within = [(s, e) for s, e in spans if s <= run.start() and run.end() <= e]
        assert len(within) == 1, f"{run.group()!r} at {run.start()} lies in {within}"


@settings(max_examples=250, deadline=None)
@given(TEXT)
def test_any_text_is_read_and_every_digit_is_taken_or_passed_over_once(text):
    assert_nothing_lost(article_with(text))


@pytest.mark.parametrize("text", [c["text"] for c in CASES], ids=[c["id"] for c in CASES])
def test_every_digit_of_a_sentence_is_taken_or_passed_over_once(text):
    assert_nothing_lost(article_with(text))


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_every_span_slices_to_its_text(text):
    article = article_with(text)
    figures, passed = extract(article)
    for one in [*figures, *passed]:
        assert one.text
        assert article.text[one.start : one.end] == one.text
        assert one.sentence in article.text
        assert one.text in one.sentence
    for figure in figures:
        assert article.text[figure.sentence_start :].startswith(figure.sentence)
        assert figure.figure_id == f"any:{figure.start}-{figure.end}"


@settings(max_examples=100, deadline=None)
@given(PROSE)
def test_figures_stand_in_the_order_of_the_text(text):
    for found in extract(article_with(text)):
        assert [one.start for one in found] == sorted(one.start for one in found)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.sampled_from(SENTENCES), PROSE))
def test_composed_and_decomposed_letters_give_the_same_figures(text):
    known = {"name": "forms", "published": datetime(2022, 12, 30).date()}
    composed = extract(read_text_article("Bản tin\n" + unicodedata.normalize("NFC", text), **known))
    decomposed = extract(read_text_article("Bản tin\n" + unicodedata.normalize("NFD", text), **known))
    assert composed == decomposed


def test_the_order_of_the_articles_changes_nothing():
    articles = [article_of(case, case["text"])[0] for case in CASES[::40]]
    alone = [extract(article) for article in articles]
    for order in permutations(range(len(articles))):
        assert [extract(articles[n]) for n in order] == [alone[n] for n in order]


def test_two_readings_of_one_article_are_equal():
    article = article_with("\n".join(SENTENCES))
    first, second = extract(article), extract(article)
    assert [astuple(one) for one in first[0]] == [astuple(one) for one in second[0]]
    assert first == second


HOSTILE = {
    "digits": "7",
    "digits-and-points": "1.",
    "digits-and-commas": "1,2",
    "slashes": "1/2/",
    "ranges": "10-15%-",
    "opening-brackets": "(",
    "brackets-around-numbers": "((12% ",
    "conjunctions": "và ",
    "coordinated-numbers": "12 huyện và ",
    "nested-quotes": "“\"‘3 đột phá’\" ",
    "years": "năm 2022 đến ",
    "words": "một hai ba năm ",
    "blanks": " ",
    "blank-lines": "\n",
    "letters": "đ",
    "comparisons": "so với năm 2021 giảm 3 ",
    "one-long-sentence": "tỉnh giảm 12 phòng, ",
    "lines-of-a-list": "- giảm 12 phòng;\n",
    "rows-of-a-table": "Huyện | 12 | 98%\n",
    "lines-with-colons": "Kết quả năm 2022:\n",
    "combining-marks": "e\u0301",
    "sentences": "Năm 2022, tỉnh giảm 12 phòng. ",
}
SMALL, GROWTH = 2_500, 4
"""Characters of the smaller text, and how many times longer the other is."""


def seconds_for(piece: str, size: int) -> float:
    article = article_with((piece * (size // len(piece) + 1))[:size])
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        extract(article)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_length_of_a_hostile_text_and_no_faster(piece):
    small = seconds_for(piece, SMALL)
    large = seconds_for(piece, SMALL * GROWTH)
    # a linear reading takes 4 times as long, a quadratic one 16 times; a few milliseconds are noise of the clock
    assert large < 0.03 + 9 * small, f"{small * 1000:.1f} ms for {SMALL} characters, {large * 1000:.1f} ms for 4 times"


def test_a_million_digits_are_read_in_seconds():
    start = time.process_time()
    figures, passed = extract(article_with("Có " + "7" * 1_000_000 + " hồ sơ."))
    assert time.process_time() - start < 5
    assert len(figures) + len(passed) == 1
