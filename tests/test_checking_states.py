"""What was, what is, and the difference: told in one sentence, in neighbouring ones, in either order."""

from __future__ import annotations

import pytest
from figure_cases import read_case

from reform_figures.checking import check_article
from reform_figures.checking.states import states_of

COMMUNES = "commune_unit level admin_unit"
TEAMS = "division level organisation"

MERGED = (
    f"Trước khi sắp xếp, huyện Gạo có [52: {COMMUNES} period_kind=at] xã. Từ đầu tháng, con số ấy chỉ còn "
    f"[44: {COMMUNES} period_kind=at] xã. Như vậy, huyện giảm [8: {COMMUNES} direction=down] xã, tương ứng giảm "
    "[15,4%: commune_unit growth percent direction=down]."
)
IN_ONE_SENTENCE = (
    f"Số tổ giảm từ [31: {TEAMS} period=] xuống [24: {TEAMS} period_kind=at], bớt "
    f"[7: {TEAMS} direction=down] tổ trưởng."
)
AFTER_FIRST = (
    f"Sau khi sáp nhập, kho mới còn [9: {TEAMS} period_kind=at] tổ, giảm [12: {TEAMS} direction=down] tổ. Hai kho "
    f"trước đây có [21: {TEAMS} period_kind=at] tổ."
)
MORE = (
    f"Số trạm tự nuôi mình thì tăng: ban đầu là [18: {TEAMS} period_kind=at] trạm, nay là [40: {TEAMS} period_kind=at] "
    f"trạm, thêm [22: {TEAMS} direction=up] trạm."
)
OTHER_NAME = (
    f"Trước sáp nhập, quận có [30: {COMMUNES} tier=commune period_kind=at] phường, nay còn "
    f"[26: {COMMUNES} tier=commune period_kind=at] phường. Qua đợt này, quận giảm "
    "[4: admin_unit_other level admin_unit direction=down] đơn vị."
)
LEFT_BEHIND = (
    f"Kho giảm [50: {TEAMS} direction=down] tổ (tương ứng [20%: division growth percent direction=down]). Sau sắp xếp "
    f"còn [200: {TEAMS} period_kind=at] tổ."
)
HEDGED = (
    "Biên chế giảm từ gần [2,8 triệu: staff_total level person value=2800000 bound=lt period=2021 period_kind=at] "
    "xuống còn gần [2 triệu: staff_total level person value=2000000 bound=lt period_kind=at] người, tức giảm "
    "[800.000: staff_total level person direction=down] người."
)


def found(marked: str) -> list[tuple[str, str, str]]:
    """Kind, verdict and words of the findings on a change in a marked text."""
    told = check_article(*read_case(marked))
    return [(f.kind, f.verdict, f.words) for f in told if f.kind.endswith(("_level", "_levels"))]


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        (MERGED, "from 52 to 44 is 8; 8 is reported: it holds."),
        (IN_ONE_SENTENCE, "from 31 to 24 is 7; 7 is reported: it holds."),
        (AFTER_FIRST, "from 21 to 9 is 12; 12 is reported: it holds."),
        (MORE, "from 18 to 40 is 22; 22 is reported: it holds."),
        (OTHER_NAME, "from 30 to 26 is 4; 4 is reported: it holds."),
    ],
)
def test_what_was_less_what_is_makes_the_difference_told(marked, words):
    assert ("change_levels", "holds", words) in found(marked)


def test_the_percent_told_with_the_difference_is_held_against_both_states():
    assert "15.4% is reported: it holds." in " ".join(words for _, _, words in found(MERGED))


@pytest.mark.parametrize(
    ("marked", "right", "wrong", "words"),
    [
        (MERGED, "[52:", "[62:", "from 62 to 44 is 18; 8 is reported: 10 apart."),
        (MERGED, "[8:", "[9:", "from 52 to 44 is 8; 9 is reported: 1 apart."),
        (IN_ONE_SENTENCE, "[24:", "[25:", "from 31 to 25 is 6; 7 is reported: 1 apart."),
        (AFTER_FIRST, "[21:", "[22:", "from 22 to 9 is 13; 12 is reported: 1 apart."),
        (MORE, "[40:", "[41:", "from 18 to 41 is 23; 22 is reported: 1 apart."),
    ],
)
def test_a_misprinted_state_or_difference_is_a_contradiction_that_names_the_numbers(marked, right, wrong, words):
    assert ("change_levels", "contradicts", words) in found(marked.replace(right, wrong))


def test_a_difference_under_another_heading_that_does_not_fit_is_not_called_a_contradiction():
    assert ("change_levels", "cannot_tell") in [told[:2] for told in found(OTHER_NAME.replace("[4:", "[5:"))]


def test_what_is_left_may_be_told_in_the_next_sentence():
    assert found(LEFT_BEHIND) == [("change_level", "holds", "50 of (200 + 50) is 20%; 20% is reported: it holds.")]
    assert found(LEFT_BEHIND.replace("[200:", "[300:"))[0][1] == "contradicts"


def test_between_hedged_states_the_difference_of_the_numbers_told_is_named():
    (_, verdict, words), *_ = found(HEDGED)
    assert verdict == "holds"
    assert "is 800,000; 800,000 is reported" in words


def test_of_several_numbers_beside_two_states_the_one_that_fits_is_taken():
    marked = MERGED + f" Đợt trước, huyện giảm [3: {COMMUNES} direction=down] xã."
    assert [told[:2] for told in found(marked)].count(("change_levels", "holds")) == 1
    assert "contradicts" not in {verdict for _, verdict, _ in found(marked)}
    unclear = found(marked.replace("[8:", "[9:"))
    assert "contradicts" not in {verdict for kind, verdict, _ in unclear if kind == "change_levels"}


@pytest.mark.parametrize(
    "marked",
    [
        # a part of the difference
        f"Số tổ giảm từ [31: {TEAMS}] xuống [24: {TEAMS}], trong đó kho giảm [2: {TEAMS} direction=down] tổ.",
        # "onto the portal" is no "up to"
        "Trước đây có [50: portal_dossier_online level dossier] hồ sơ. Nay gửi lên Cổng thêm "
        "[90: portal_dossier_online level dossier direction=up] hồ sơ; số nộp thẳng là "
        "[70: portal_dossier_online level dossier area=VN-22] hồ sơ.",
        # "since", not "from"
        f"Từ năm ngoái, kho có [31: {TEAMS}] tổ, có thêm [24: {TEAMS} direction=up] tổ bạn.",
        # two things
        f"Trước khi sắp xếp có [31: {TEAMS}] tổ. Nay còn [24: {COMMUNES}] xã, giảm [5: {TEAMS} direction=down] tổ.",
    ],
)
def test_numbers_that_are_not_two_states_of_one_thing_raise_no_alarm(marked):
    assert not found(marked)


def states(marked: str) -> dict[str, str]:
    article, figures = read_case(marked)
    told = states_of(figures, {article.article_id: article})
    return {figure.text: told.get(figure.figure_id, ("",))[0] for figure in figures}


def test_the_words_before_a_number_say_whether_it_was_before_or_is_after():
    assert states(MERGED) == {"52": "before", "44": "after", "8": "", "15,4%": ""}
    assert states(AFTER_FIRST) == {"9": "after", "12": "", "21": "before"}
    assert states(HEDGED) == {"2,8 triệu": "before", "2 triệu": "after", "800.000": ""}


def test_a_number_said_again_in_a_headline_or_a_table_has_the_state_of_the_one_that_says_so():
    article, figures = read_case(
        f"# Huyện Gạo còn [44: {COMMUNES} period_kind=at] xã\n{MERGED}\n"
        f"Xã | [52: {COMMUNES} period_kind=at] | [44: {COMMUNES} period_kind=at]"
    )
    told = states_of(figures, {article.article_id: article})
    by_start = {figure.figure_id: figure for figure in figures}
    assert [told.get(f.figure_id, ("",))[0] for f in figures] == ["after", "before", "after", "", "", "before", "after"]
    assert all(by_start[other].value != by_start[own].value for own, (_, other) in told.items())
