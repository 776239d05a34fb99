"""A publisher's name tells where it is at home, or nothing."""

import pytest

from reform_figures.publishers import area_of_publisher


@pytest.mark.parametrize(
    ("publisher", "area"),
    [
        ("Báo Đồng Nai", "VN-39"),
        ("Sở Nội vụ An Giang", "VN-44"),
        ("Tỉnh Kon Tum", "VN-28"),
        ("CCHC Khánh Hòa", "VN-34"),
        ("Báo Bà Rịa - Vũng Tàu", "VN-43"),
        ("Bộ Nội vụ", "MOHA"),
        ("Sài Gòn Giải Phóng", ""),
        ("Báo Hà Nội Mới", ""),
        ("VietNamNet", ""),
        ("Người Lao Động", ""),
        ("", ""),
    ],
)
def test_a_name_tells_its_area(publisher, area):
    assert area_of_publisher(publisher) == area
