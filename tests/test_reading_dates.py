"""Publication dates and days of events, as pages print them.

A row: what a page may show ("Cập nhật lúc", updated at), and what a reader makes of it.
"""

from datetime import datetime, timedelta, timezone

import pytest

from reform_figures.datelines import cut_dates, read_event_day, read_published

VIETNAM = timezone(timedelta(hours=7))

PUBLISHED = [
    ("Thứ sáu - 03/02/2023 18:00 390 0", "2023-02-03T18:00"),
    ("08:37 15/03/2023 | Lượt xem : 719", "2023-03-15T08:37"),
    ("VIẾT TRỌNG 08:13, 21/12/2023", "2023-12-21T08:13"),
    ("20/02/2024 12:47:00", "2024-02-20T12:47"),
    ("(15/03/2023)", "2023-03-15T00:00"),
    ("Đăng ngày 3/2/2023", "2023-02-03T00:00"),
    ("Thứ 6, 03/02/2023 | 18:00 GMT+7", "2023-02-03T18:00"),
    ("Cập nhật lúc: 18:00, Thứ Sáu, 03/02/2023", "2023-02-03T18:00"),
    ("Cập nhật: 05/02/2023 07:00 | Ngày đăng: 03/02/2023 18:00", "2023-02-03T18:00"),
    ("Ngày 03 tháng 02 năm 2023", "2023-02-03T00:00"),
    ("3 Tháng Hai, 2023", "2023-02-03T00:00"),
    ("Tháng Mười Hai 3, 2023", "2023-12-03T00:00"),
    ("24/12/2021 | 09:12 AM", "2021-12-24T09:12"),
    ("12-01-2022 15:48", "2022-01-12T15:48"),
    ("21.12.2023 08:13", "2023-12-21T08:13"),
    ("03/02/2023 6:00 CH", "2023-02-03T18:00"),
    ("03/02/2023 6:00 SA", "2023-02-03T06:00"),
    ("15h30 ngày 03/02/2023", "2023-02-03T15:30"),
    ("2023-02-03T18:00:00+07:00", "2023-02-03T18:00"),
    ("2023-02-03T11:00:00Z", "2023-02-03T18:00"),
    ("2023-02-03 18:00:00", "2023-02-03T18:00"),
    ("2023-02-03", "2023-02-03T00:00"),
    ("2/3/2023 6:00 PM", "2023-03-02T18:00"),
    ("20/02/2024 25:99", "2024-02-20T00:00"),
]


@pytest.mark.parametrize(("line", "moment"), PUBLISHED)
def test_a_date_line_tells_the_publication(line, moment):
    assert read_published(line).isoformat() == f"{moment}:00+07:00"


@pytest.mark.parametrize(
    "line",
    [
        "2023-02-03+0718:00:00",
        "31/02/2023",
        "12/20/2023",
        "Nghị định 18/2022/NĐ-CP",
        "0123 456 789",
        "Quý I/2023",
        "",
        " ",
    ],
)
def test_what_is_no_date_is_none(line):
    assert read_published(line) is None


def test_the_month_comes_first_only_in_an_english_locale_that_writes_am_or_pm():
    assert read_published("2/3/2023 6:00 PM", month_first=True).isoformat() == "2023-02-03T18:00:00+07:00"
    assert read_published("12/20/2023 6:00 PM", month_first=True).isoformat() == "2023-12-20T18:00:00+07:00"
    assert read_published("03/02/2023 18:00", month_first=True).isoformat() == "2023-02-03T18:00:00+07:00"
    assert read_published("24/12/2021 9:12 AM", month_first=True).isoformat() == "2021-12-24T09:12:00+07:00"


def test_what_is_left_of_a_date_line_is_not_its_date():
    assert cut_dates("MAI LAN 08:13, 21/12/2023").split() == ["MAI", "LAN", ","]


EVENTS = [
    ("Chiều ngày 03/03, tại trụ sở, xã họp tổng kết.", "2023-03-15", "2023-03-03"),
    ("Sáng 6/7, huyện khai trương quầy mới.", "2022-07-06", "2022-07-06"),
    ("(BT) - Chiều 20/12, tỉnh tổng kết năm.", "2023-12-21", "2023-12-20"),
    ("Chiều nay (12-1), sở họp trực tuyến.", "2022-01-12", "2022-01-12"),
    ("Cuộc họp buổi chiều 10/8/2022 bàn về chỉ số.", "2022-08-10", "2022-08-10"),
    ("Ngày 10/8, đoàn kiểm tra đến huyện.", "2022-08-11", "2022-08-10"),
    ("Sáng ngày 28 tháng 12 năm 2022, xã họp.", "2023-01-02", "2022-12-28"),
    ("Tối 31/12, thị xã tổng kết.", "2023-01-01", "2022-12-31"),
    ("Sáng 5/1, ngành sẽ họp.", "2022-12-30", "2023-01-05"),
    ("Thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021, tỉnh họp.", "2021-07-20", ""),
    ("Từ sáng 2/9/1945 đến nay đã nhiều năm.", "2023-09-02", ""),
    ("Từ ngày 1/1 đến ngày 30/6, xã nhận 204 hồ sơ.", "2023-07-02", ""),
    ("Sáng 31/2, không có ngày ấy.", "2023-03-01", ""),
    ("Chiều 3/4 số hồ sơ là của thôn.", "2023-09-01", ""),
]


@pytest.mark.parametrize(("paragraph", "published", "day"), EVENTS)
def test_the_day_of_the_event_gets_the_year_that_is_nearest(paragraph, published, day):
    assert read_event_day([paragraph], datetime.fromisoformat(published).replace(tzinfo=VIETNAM)) == day


def test_without_a_publication_date_only_a_full_date_counts():
    assert read_event_day(["Chiều ngày 10/8/2022, tỉnh họp."], None) == "2022-08-10"
    assert read_event_day(["Chiều ngày 10/8, tỉnh họp."], None) == ""


def test_the_lead_comes_before_the_text():
    published = datetime(2022, 8, 12, tzinfo=VIETNAM)
    assert (
        read_event_day(["Xã họp tổng kết.", "Sáng 11/8, đoàn đến. Chiều 10/8, đoàn chuẩn bị."], published)
        == "2022-08-11"
    )
