"""Official targets: the document that sets them and who asks for them."""

from __future__ import annotations

import pytest
from figure_cases import read_case

from reform_figures.checking import check_articles
from reform_figures.records import PassedOver
from reform_figures.series import build_series
from reform_figures.targets import build_targets

SHARE = "[80%: online_service_level34 share percent status=target bound=ge period=2025]"
CUT = "[10%: staff_total growth percent direction=down status=target period=2021]"


def targets_of(marked: str, *numbers: str) -> list[tuple[str, str, str]]:
    """(value, document, set_by) of the targets in a text in which `numbers` are numbers of documents."""
    article, figures = read_case(marked)
    passed = [
        PassedOver(article.article_id, at, at + len(n), n, "legal_document", "case", "")
        for n in numbers
        for at in [article.text.index(n)]
    ]
    series = build_series(figures, [article], check_articles(figures, [article]))
    return [(str(t.value), t.document, t.set_by) for t in build_targets(series, figures, [article], passed)]


@pytest.mark.parametrize(
    ("document", "number", "set_by"),
    [
        ("Nghị quyết số 76/NQ-CP", "76/NQ-CP", "Chính phủ"),
        ("Quyết định 468/QĐ-TTg", "468/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("Nghị quyết số 39-NQ/TW", "39-NQ/TW", "Ban Chấp hành Trung ương Đảng"),
        ("Nghị quyết 595/NQ-UBTVQH15", "595/NQ-UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
        ("Nghị quyết 56/2017/QH14", "56/2017/QH14", "Quốc hội"),
        ("Kế hoạch số 12/KH-UBND", "12/KH-UBND", ""),
    ],
)
def test_a_target_is_set_by_the_document_named_before_it(document, number, set_by):
    text = f"Theo {document}, đến năm 2025 tối thiểu {SHARE} thủ tục được làm trực tuyến."
    assert targets_of(text, number) == [("80", document, set_by)]


def test_a_document_behind_the_number_counts_within_its_sentence_only():
    text = f"Phải đạt {SHARE} thủ tục, như Quyết định 468/QĐ-TTg yêu cầu."
    assert targets_of(text, "468/QĐ-TTg")[0][1] == "Quyết định 468/QĐ-TTg"
    assert targets_of(f"Phải đạt {SHARE} thủ tục. Quyết định 468/QĐ-TTg nói về việc khác.", "468/QĐ-TTg") == []


def test_a_document_of_the_headline_holds_for_the_whole_article():
    text = f"# Nghị quyết 76/NQ-CP và việc phải làm\nĐến năm 2025 phải đạt {SHARE} thủ tục."
    assert targets_of(text, "76/NQ-CP") == [("80", "Nghị quyết 76/NQ-CP", "Chính phủ")]


def test_who_asks_is_told_without_a_document_too():
    assert targets_of(f"Bộ Chính trị yêu cầu giảm {CUT} biên chế.") == [("10", "", "Bộ Chính trị")]


def test_a_target_of_nobody_and_what_is_done_are_no_official_targets():
    assert targets_of(f"Sở phấn đấu đạt {SHARE}.") == []
    done = SHARE.replace("status=target", "status=actual")
    assert targets_of(f"Theo Nghị quyết 76/NQ-CP, đã đạt {done}.", "76/NQ-CP") == []


def test_a_numeral_that_is_no_document_number_names_none():
    assert targets_of(f"Chương trình 5 năm của tỉnh đặt mức {SHARE}.") == []
