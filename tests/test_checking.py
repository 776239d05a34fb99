"""Checks inside an article: cases written and reckoned by a reader."""

from __future__ import annotations

import pytest
from figure_cases import read_case

from reform_figures.checking import check_article

TASKS = (
    "Tháng qua, sở được giao [40: task_assigned level task] việc. Trong đó đã xong "
    "[36: task_completed level task] việc (đạt [90%: task_completed share percent]), còn "
    "[4: task_open level task] việc (chiếm [10%: task_open share percent])."
)
REGIONS = (
    "Tính đến nay có [8.200: staff_total level person direction=down] người ra khỏi bộ máy, trong đó ở bộ là "
    "[700: staff_total level person direction=down area=VN-central] người và ở tỉnh là "
    "[7.500: staff_total level person direction=down area=VN-local] người."
)
MERGER = (
    "Toàn ngành còn [380: public_service_unit level organisation period_kind=at] đơn vị, giảm "
    "[20: public_service_unit change organisation direction=down base=2021] đơn vị so với năm 2021 "
    "(tương ứng giảm [5%: public_service_unit growth percent direction=down base=2021])."
)
PORTAL = (
    "Trên Cổng có [1.500: portal_service level service period_kind=at] dịch vụ, gồm "
    "[900: portal_service level service] dịch vụ cho người dân và [600: portal_service level service] dịch vụ cho "
    "doanh nghiệp."
)
FRACTION = (
    "Cả nước có [45/60: digital_plan share locality] tỉnh ban hành kế hoạch, đạt tỷ lệ "
    "[75%: digital_plan share percent]."
)


def findings_of(marked: str, **fields) -> list[tuple[str, str]]:
    return [(f.kind, f.verdict) for f in check_article(*read_case(marked, **fields))]


HOLDS = [
    (TASKS, {"part_percent", "parts_total", "complement"}),
    (REGIONS, {"parts_total"}),
    (MERGER, {"change_level"}),
    (
        MERGER.replace("change organisation direction=down base=2021", "level organisation direction=down"),
        {"change_level"},
    ),
    (PORTAL, {"parts_total"}),
    (FRACTION, {"fraction_percent"}),
]


@pytest.mark.parametrize(("marked", "kinds"), HOLDS)
def test_a_consistent_passage_holds_in_every_check(marked, kinds):
    found = findings_of(marked)
    assert {verdict for _, verdict in found} == {"holds"}
    assert {kind for kind, _ in found} >= kinds


PLANTED = [
    (TASKS, "[36:", "[35:", "part_percent"),
    (TASKS, "[36:", "[37:", "parts_total"),
    (TASKS, "[90%:", "[92%:", "part_percent"),
    (TASKS, "[10%:", "[16%:", "complement"),
    (TASKS, "[40:", "[48:", "part_percent"),
    (REGIONS, "[8.200:", "[8.300:", "parts_total"),
    (REGIONS, "[700:", "[1.700:", "parts_total"),
    (REGIONS, "[7.500:", "[7.510:", "parts_total"),
    (MERGER, "[380:", "[280:", "change_level"),
    (MERGER, "[20:", "[26:", "change_level"),
    (MERGER, "[5%:", "[5,4%:", "change_level"),
    (PORTAL, "[1.500:", "[1.400:", "parts_total"),
    (PORTAL, "[900:", "[950:", "parts_total"),
    (FRACTION, "[45/60:", "[48/60:", "fraction_percent"),
    (FRACTION, "[75%:", "[57%:", "fraction_percent"),
]


@pytest.mark.parametrize(("marked", "right", "wrong", "kind"), PLANTED)
def test_a_changed_number_is_found_by_the_right_check(marked, right, wrong, kind):
    assert marked.count(right) == 1
    found = findings_of(marked.replace(right, wrong))
    assert (kind, "contradicts") in found


DONE = "Có [2/3: digital_plan share locality] tỉnh làm xong, đạt "
VERDICTS = [
    # 5/7 is 71.43 %, 2/3 is 66.67 %
    ("Có [5/7: digital_plan share locality] tỉnh làm xong, đạt [71,4%: digital_plan share percent].", "holds"),
    (DONE + "[66,7%: digital_plan share percent].", "holds"),
    # a digit was cut where it should have been rounded
    (DONE + "[66,6%: digital_plan share percent].", "rounding"),
    (DONE + "[66,5%: digital_plan share percent].", "contradicts"),
    # about 66 % allows 65 to 67
    (DONE + "khoảng [66%: digital_plan share percent bound=approx].", "holds"),
    (DONE + "hơn [60%: digital_plan share percent bound=gt].", "holds"),
    (DONE + "hơn [70%: digital_plan share percent bound=gt].", "contradicts"),
    # a strange thing to say of 66.67 %, but not false
    (DONE + "hơn [55%: digital_plan share percent bound=gt].", "cannot_tell"),
    (DONE + "[60%: digital_plan share percent bound=ge] trở lên.", "holds"),
    (DONE + "[67%: digital_plan share percent bound=ge] trở lên.", "contradicts"),
]


@pytest.mark.parametrize(("marked", "verdict"), VERDICTS)
def test_hedges_and_the_digits_told_decide_what_a_number_allows(marked, verdict):
    assert findings_of(marked) == [("fraction_percent", verdict)]


def test_more_than_three_point_nine_million_does_not_contradict_the_exact_count():
    marked = (
        "# Cổng có hơn [3,9 triệu: portal_account level account value=3900000 bound=gt] tài khoản\n"
        "Đến nay đã có [3.924.000: portal_account level account] tài khoản."
    )
    assert findings_of(marked) == [("repeat", "holds")]
    assert findings_of(marked.replace("[3.924.000:", "[3.294.000:")) == [("repeat", "contradicts")]
    assert findings_of(marked.replace("[3.924.000:", "[9.324.000:")) == [("repeat", "cannot_tell")]


def test_the_headline_and_the_text_have_to_agree():
    communes = "[561: commune_unit level admin_unit direction=down]"
    marked = f"# Giảm {communes} xã\nQua đó giảm {communes} xã."
    assert findings_of(marked) == [("repeat", "holds")]
    assert findings_of(marked.replace("[561:", "[516:", 1)) == [("repeat", "contradicts")]


FIELDS = (
    "Trong quý, cơ quan trả lời [30: document_answered level document] văn bản.\n"
    "Lĩnh vực thứ nhất trả lời [12: document_answered level document] văn bản.\n"
    "Lĩnh vực thứ hai trả lời [7: document_answered level document] văn bản.\n"
    "Lĩnh vực thứ ba trả lời [5: document_answered level document] văn bản.\n"
    "Lĩnh vực thứ tư trả lời [4: document_answered level document] văn bản.\n"
    "Lĩnh vực thứ năm trả lời [2: document_answered level document] văn bản."
)


def test_a_total_told_first_is_the_sum_of_the_fields_told_after_it():
    assert findings_of(FIELDS) == [("enumeration_total", "holds")]
    assert findings_of(FIELDS.replace("[7:", "[6:")) == [("enumeration_total", "contradicts")]
    # far above the total: perhaps a slip in one of them, perhaps not its parts
    assert findings_of(FIELDS.replace("[7:", "[17:")) == [("enumeration_total", "cannot_tell")]


def test_few_fields_that_fall_short_may_leave_one_out():
    short = "\n".join(FIELDS.split("\n")[:4])
    assert findings_of(short) == [("enumeration_total", "cannot_tell")]


def test_a_part_alone_need_not_be_the_whole():
    marked = (
        "Cơ quan nhận [900: document_received level document] văn bản, trong đó có "
        "[120: document_to_answer level document] văn bản cần trả lời."
    )
    assert findings_of(marked) == [("parts_total", "holds")]
    assert findings_of(marked.replace("[120:", "[1.200:")) == [("parts_total", "contradicts")]


def test_ministries_and_localities_add_up_to_the_country_across_sentences():
    marked = (
        "Bộ, ngành giảm [30: staff_total level person direction=down area=VN-central] người. Địa phương giảm "
        "[470: staff_total level person direction=down area=VN-local] người. Tổng cộng cả nước giảm "
        "[500: staff_total level person direction=down] người."
    )
    assert findings_of(marked) == [("areas_total", "holds")]
    assert findings_of(marked.replace("[500:", "[540:")) == [("areas_total", "contradicts")]


def test_two_periods_that_follow_each_other_make_up_the_one_that_spans_both():
    marked = (
        "Nửa đầu năm có [210: staff_resigned level person period=2022-H1] người xin nghỉ, nửa sau có "
        "[190: staff_resigned level person period=2022-H2] người; cả năm là [400: staff_resigned level person] người."
    )
    assert findings_of(marked) == [("periods_total", "holds")]
    assert findings_of(marked.replace("[400:", "[420:")) == [("periods_total", "contradicts")]


def test_shares_of_what_is_done_and_what_is_left_make_up_a_hundred():
    marked = (
        "Hồ sơ đúng hạn đạt [98,4%: dossier_on_time share percent]. Hồ sơ quá hạn là "
        "[1,6%: dossier_late share percent]."
    )
    assert findings_of(marked) == [("complement", "holds")]
    assert findings_of(marked.replace("[1,6%:", "[2,6%:")) == [("complement", "contradicts")]


STATES = [
    # from 300 down to 240: 60 fewer, 20 % fewer
    ("Số phòng giảm từ [300: division level organisation period=2021 period_kind=at] xuống còn "
     "[240: division level organisation period_kind=at], giảm "
     "[60: division change organisation direction=down base=2021] phòng.", "[60:", "[80:", "change_levels"),
    ("Số phòng từ [300: division level organisation period=2021 period_kind=at] xuống còn "
     "[240: division level organisation period_kind=at], tức giảm "
     "[20%: division growth percent direction=down base=2021].", "[20%:", "[25%:", "growth_levels"),
    # from 2 million to 5 million: 2.5 times as many
    ("Năm 2021 có [2 triệu: portal_account level account value=2000000 period=2021 period_kind=at] tài khoản. Nay có "
     "[5 triệu: portal_account level account value=5000000 period_kind=at] tài khoản, gấp "
     "[2,5: portal_account fold time direction=up base=2021] lần.", "[2,5:", "[4,5:", "fold_levels"),
    # from 39 % to 63 %: 24 points, told as percent
    ("Năm 2021 đạt [39%: psu_self_financing share percent period=2021 period_kind=at]. Nay đạt "
     "[63%: psu_self_financing share percent period_kind=at], tăng "
     "[24%: psu_self_financing growth percent direction=up base=2021].", "[24%:", "[34%:", "growth_levels"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "right", "wrong", "kind"), STATES)
def test_a_change_fits_the_two_states_that_it_connects(marked, right, wrong, kind):
    assert (kind, "holds") in findings_of(marked)
    assert (kind, "contradicts") in findings_of(marked.replace(right, wrong))


def test_a_share_above_the_whole_is_found_but_not_one_of_a_plan():
    assert findings_of("Hồ sơ đúng hạn đạt [120%: dossier_on_time share percent].") == [("range", "contradicts")]
    assert findings_of("Giảm được [102%: organisation_other share percent] so với kế hoạch.") == []
    assert findings_of("Có [64/63: digital_plan share locality] tỉnh làm xong.") == [("range", "contradicts")]


def test_a_percent_of_another_whole_named_behind_it_is_no_contradiction():
    marked = (
        "Toàn tỉnh có [20.000: staff_total level post] biên chế. Có [500: staff_total level post] biên chế cắt giảm, "
        "bằng [80%: staff_total share percent] chỉ tiêu cả giai đoạn."
    )
    assert "contradicts" not in {verdict for _, verdict in findings_of(marked)}


def test_a_finding_names_its_figures_and_says_the_arithmetic():
    article, figures = read_case(MERGER)
    (finding,) = check_article(article, figures)
    assert finding.figures == " ".join(figure.figure_id for figure in figures)
    assert finding.expected == "5"
    assert finding.found == "5%"
    assert finding.words == "20 of (380 + 20) is 5%; 5% is reported: it holds."


def test_the_order_of_the_figures_changes_nothing():
    article, figures = read_case(TASKS)
    assert check_article(article, figures) == check_article(article, figures[::-1])


def test_a_number_told_again_in_other_words_is_no_repeat():
    again = (
        "Trong tháng, cán bộ một cửa trả đúng hẹn [88%: dossier_on_time share percent] hồ sơ.\n"
        "{} [92%: dossier_on_time share percent] hồ sơ."
    )
    assert findings_of(again.format("Dẫn đầu là phường bên sông với")) == []
    assert findings_of(again.format("Nhắc lại, cán bộ một cửa trả đúng hẹn")) == [("repeat", "cannot_tell")]


NO_FALSE_ALARMS = [
    # of which two in a later sentence, where the cue does not open the sentence
    "Nhóm đầu có [2: psu_self_financing level organisation] trạm. Đông nhất là nhóm sau, gồm "
    "[56: psu_self_financing level organisation] trạm.",
    # of which speaks of the first number, not of the last of its parts
    "Có [60: portal_service level service] việc, gồm [50: portal_service level service] việc ở tỉnh và "
    "[10: portal_service level service] việc ở xã. Trong đó [30: portal_service level service] việc làm qua mạng.",
    # the percent is of a plan, not of the fraction before it
    "Đã giảm [30/60: staff_total share post] suất phải giảm, tương ứng giảm "
    "[5%: staff_total growth percent direction=down] biên chế.",
    # both are shares of a third number
    "Có [90: online_service_other level service] việc, chiếm [90%: online_service_other share percent] số thủ tục; "
    "riêng loại trọn gói có [80: online_service_other level service] việc, chiếm "
    "[80%: online_service_other share percent].",
    # three shares make up the whole
    "Trước hẹn chiếm [40%: dossier_total share percent]; đúng hẹn chiếm [58%: dossier_on_time share percent]; trễ hẹn "
    "chiếm [2%: dossier_late share percent].",
    # a share above the whole of a norm
    "Xã rộng bằng [160%: commune_unit share percent] tiêu chuẩn.",
    # the parts are those of one year, the total is that of six
    "Cả nước giảm [900: public_service_unit level organisation direction=down] trạm. Tính riêng năm 2022, khối bộ giảm "
    "[10: public_service_unit level organisation direction=down area=VN-central] trạm, khối tỉnh giảm "
    "[90: public_service_unit level organisation direction=down area=VN-local] trạm.",
    # nine months are no state to compare a quarter with
    "Chín tháng có [90: dossier_total level dossier period=2022-9M] hồ sơ. Riêng quý ba có "
    "[40: dossier_total level dossier period=2022-Q3] hồ sơ, tăng "
    "[5: dossier_total change dossier direction=up period=2022-Q3 base=2022-Q2] hồ sơ.",
]


@pytest.mark.parametrize("marked", NO_FALSE_ALARMS)
def test_numbers_of_different_things_raise_no_alarm(marked):
    assert {verdict for _, verdict in findings_of(marked)} <= {"holds"}
