"""What holds for every text: no exception, true spans, nothing lost, the same answer for the same text, linear time."""

import re
import unicodedata
from dataclasses import astuple
from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reform_figures.extracting import extract
from reform_figures.plain_text import read_text_article
from reform_figures.records import Article

from .case_tables import article_of, case_id, read_cases, unmark
from .readings import article_with, compare_time

CASES = read_cases("figures.jsonl")
HOSTILE = read_cases("hostile.jsonl")
SENTENCES = [case["text"] for case in CASES] + [unmark(row["text"])[0] for row in read_cases("passed_over.csv")]

# Pieces of news prose in any order: far more of them reach the rules than of random characters.
WORDS = """Năm năm tháng quý ngày đến từ so với giảm tăng còn đạt khoảng hơn gần ít nhất trở lên dự kiến phấn đấu trong
đó lần lượt cả nước toàn tỉnh Hà Nội cấp xã bộ, ngành ; . , : ( ) | - – % 0 5 06 3,9 7.469 2022 30/6/2025 46/63 75%
10-15% 107/2020/NĐ-CP 8h30 nghìn triệu tỷ lệ biên chế đơn vị sự nghiệp công lập hồ sơ xã huyện thôn nhiệm vụ lượt văn
bản mức độ gấp đôi một nửa hai mươi tư cùng kỳ thứ điểm bậc đồng Nghị định số giai đoạn kỷ niệm"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])
PROSE = st.lists(PIECES, min_size=1, max_size=40).map(" ".join)
TEXT = st.one_of(st.text(max_size=200), PROSE, st.tuples(st.sampled_from(SENTENCES), PROSE).map(" ".join))
DIGITS = re.compile(r"\d+")


def same_every_run(examples: int):
    """The same examples every run, so that a suite that passed once passes again; no database is written."""
    return settings(max_examples=examples, deadline=None, derandomize=True)


def assert_nothing_lost(article: Article) -> None:
    figures, passed = extract(article)
    spans = sorted((one.start, one.end) for one in [*figures, *passed])
    assert all(end <= start for (_, end), (start, _) in pairwise(spans)), "spans overlap"
    for run in DIGITS.finditer(article.text):
        within = [(s, e) for s, e in spans if s <= run.start() and run.end() <= e]
        assert len(within) == 1, f"{run.group()!r} at {run.start()} lies in {within}"


@same_every_run(250)
@given(TEXT)
def test_any_text_is_read_and_every_digit_is_taken_or_passed_over_once(text):
    assert_nothing_lost(article_with(text))


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_every_digit_of_a_sentence_is_taken_or_passed_over_once(case):
    assert_nothing_lost(article_with(case["text"]))


@pytest.mark.parametrize("row", [row for row in HOSTILE if DIGITS.search(row["piece"])], ids=case_id)
def test_every_digit_of_a_long_text_is_taken_or_passed_over_once(row):
    assert_nothing_lost(article_with(row["piece"] * (4_500 // len(row["piece"]))))


@same_every_run(150)
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


@same_every_run(100)
@given(PROSE)
def test_figures_stand_in_the_order_of_the_text(text):
    for found in extract(article_with(text)):
        assert [one.start for one in found] == sorted(one.start for one in found)


@same_every_run(100)
@given(st.one_of(st.sampled_from(SENTENCES), PROSE))
def test_composed_and_decomposed_letters_give_the_same_figures(text):
    known = {"name": "forms", "published": date(2022, 12, 30)}
    composed = extract(read_text_article("Bản tin\n" + unicodedata.normalize("NFC", text), **known))
    decomposed = extract(read_text_article("Bản tin\n" + unicodedata.normalize("NFD", text), **known))
    assert composed == decomposed


def test_the_order_of_the_articles_changes_nothing():
    articles = [article_of(case, case["text"])[0] for case in CASES[:: len(CASES) // 6][:6]]
    alone = [extract(article) for article in articles]
    for order in permutations(range(len(articles))):
        assert [extract(articles[n]) for n in order] == [alone[n] for n in order]


def test_two_readings_of_one_article_are_equal():
    article = article_with("\n".join(SENTENCES))
    first, second = extract(article), extract(article)
    assert [astuple(one) for one in first[0]] == [astuple(one) for one in second[0]]
    assert first == second


@pytest.mark.parametrize("row", HOSTILE, ids=case_id)
def test_time_grows_with_the_length_of_a_hostile_text_and_no_faster(row):
    assert compare_time(row) == []
