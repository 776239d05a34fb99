"""A check in Vietnamese says what the English of the findings says: the same numbers, the same outcome."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from figure_cases import read_case

from reform_figures.checking import check_articles
from reform_figures.checking.between import REASONS
from reform_figures.checking.telling import check_words
from reform_figures.names import name_table
from reform_figures.tables import read_table

ROOT = Path(__file__).resolve().parents[1]

TOLD = [
    ("Được giao [76: task_assigned level task] việc; đã xong [70: task_completed level task] việc (đạt "
     "[92,1%: task_completed share percent]).",
     "70 trên 76 là 92,105%; bài nêu 92,1%: khớp."),
    ("Cả nước giảm [79.057: staff_total level person direction=down] người; bộ, ngành giảm "
     "[5.510: staff_total level person direction=down area=VN-central] người, địa phương giảm "
     "[73.547: staff_total level person direction=down area=VN-local] người.",
     "5.510 + 73.547 = 79.057; bài nêu 79.057: khớp."),
    ("Còn [895: public_service_unit level organisation period_kind=at] đơn vị, giảm "
     "[140: public_service_unit change organisation direction=down] đơn vị, tương ứng giảm "
     "[13,53%: public_service_unit growth percent direction=down].",
     "140 trên (895 + 140) là 13,5266%; bài nêu 13,53%: khớp."),
    ("Có [978/1.364: online_service_full level service] dịch vụ ([72%: online_service_full share percent]).",
     "978 trên 1.364 là 71,7%; bài nêu 72%: khớp."),
    ("Tỷ lệ đạt [105%: sipas share percent].", "nhiều nhất chỉ có thể là 100; bài nêu 105%: không khớp."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), TOLD)
def test_a_check_inside_an_article_is_told_in_vietnamese(text, words):
    article, figures = read_case(text)
    known = {figure.figure_id: figure for figure in figures}
    findings = [f for f in check_articles(figures, [article]) if not f.kind.startswith("reports_")]
    told = [
        check_words(f, [known[i] for i in f.figures.split()], {article.article_id: article}, "vi") for f in findings
    ]
    assert words in told


def test_reports_of_several_articles_are_told_with_their_publishers():
    text = "Năm 2020 đạt [{}%: sipas share percent period=2020 period_kind=at]."
    cases = [read_case(text.format(n), f"case-{n}", "2021-06-30", f"Báo {n}") for n in ("80,08", "90")]
    articles, figures = [a for a, _ in cases], [f for _, told in cases for f in told]
    (finding,) = check_articles(figures, articles)
    told = check_words(finding, figures, {a.article_id: a for a in articles}, "vi")
    assert told == "80,08% / 90% (2 bài: Báo 80,08, Báo 90): không thể cùng đúng."


def test_every_reason_has_its_words_in_both_languages():
    assert {code: row["en"] for code, row in name_table("report_reason").items()} == REASONS
    assert all(row["vi"] for row in name_table("report_reason").values())


def numbers(text: str) -> set[str]:
    """The numbers of an English sentence but for what it says that two are apart; list marks at the end are none."""
    told = re.sub(r"[\d.,]+ apart", "", text)
    return {number.rstrip(".,") for number in re.findall(r"\d[\d.,]*", told)}


def test_vietnamese_words_of_the_data_at_hand_have_the_numbers_of_the_english_ones():
    tables = {name: read_table(ROOT / "data", name) for name in ("figures", "articles", "findings")}
    figures = {figure.figure_id: figure for figure in tables["figures"]}
    articles = {article.article_id: article for article in tables["articles"]}
    swap = str.maketrans(",.", ".,")
    for finding in tables["findings"]:
        told = check_words(finding, [figures[i] for i in finding.figures.split()], articles, "vi")
        if "trillion" in finding.words:  # Vietnamese counts those in thousands of tỷ
            continue
        english = numbers(finding.words.split(", beside ")[0])
        assert english <= {number.translate(swap) for number in numbers(told)}, (finding.words, told)
