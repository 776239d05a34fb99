"""A small series for the tests of the explorer, and a browser to open its page in.

"Tỷ lệ đạt 30%" and "35,7%" of 2020 disagree; the last article tries to end the data, to run a script, a formula and a
link ("giảm 17 tổng cục", 17 general departments fewer, stands in the midst of it).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from browser import shared_browser
from figure_cases import read_case

from reform_figures.checking import check_articles
from reform_figures.explorer import explorer_data
from reform_figures.explorer.data import COLUMNS
from reform_figures.records import Paragraph
from reform_figures.series import build_series

HOSTILE = (
    "# </script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">\n"
    "=cmd|' /C calc'!A0 \U0001f600 giảm [17: general_department level organisation direction=down] "
    "tổng cục <b>&amp; </script>."
)
CASES = (
    ("Tỷ lệ đạt [30%: online_service_level4 share percent period=2020 period_kind=at].", "2021-01-10"),
    ("Năm 2020, tỷ lệ đạt [35,7%: online_service_level4 share percent period=2020 period_kind=at].", "2021-02-10"),
    (
        "Đạt khoảng [86%: online_service_level4 share percent period=2022-H1 period_kind=at bound=approx], phải đạt ít "
        "nhất [90%: online_service_level4 share percent period=2022 period_kind=at bound=ge status=target].",
        "2022-07-06",
    ),
    ("Dự kiến đạt [99%: online_service_level4 share percent period=2023 status=forecast].", "2022-08-01"),
    ("Tây Ninh đạt hơn [75%: online_service_level4 share percent period=2021 area=VN-37 bound=gt].", "2022-01-02"),
    (HOSTILE, "2023-01-10"),
)


SEARCH = """
  const ask = (text) => { const find = document.querySelector("#find"); find.value = text;
    find.dispatchEvent(new Event("input"));
    return [...document.querySelectorAll("#found li")].map(li => li.textContent); };
"""
"""JavaScript that defines `ask`: what the page finds by a text."""

VERSIONS = {"en": "version 1, data 0", "vi": "phiên bản 1, dữ liệu 0"}


def case_data() -> dict:
    """What the page knows of the cases: two reports that disagree, hedges, a target, a forecast, hostile text."""
    cases = [read_case(text, f"case-{n}", day, f"Báo {n}") for n, (text, day) in enumerate(CASES)]
    articles = [article for article, _ in cases]
    articles[0] = replace(articles[0], cited_url="https://bao.test/a?x=1&y=<2>")
    articles[2] = replace(articles[2], cited_url="https://bao.vn/a?x=1&y=2")
    articles[5] = replace(articles[5], cited_url="javascript:document.title='run'", publisher="@SUM(1+1)")
    figures = [figure for _, told in cases for figure in told]
    findings = check_articles(figures, articles)
    return explorer_data(build_series(figures, articles, findings), figures, articles, findings, VERSIONS)


COMMUNES = "commune_unit level admin_unit tier=commune period_kind=at"
PROVINCES = (
    (
        f"Trước khi sắp xếp, toàn tỉnh có [635: {COMMUNES} area=VN-21 period=2019-12] đơn vị. "
        f"Sau đó chỉ còn [559: {COMMUNES} area=VN-21 period=2019-12-01] đơn vị.",
        "2019-12-10",
    ),
    (f"Năm 2020, toàn tỉnh có [560: {COMMUNES} area=VN-21 period=2020] đơn vị.", "2021-01-10"),
    (f"Sau khi nhập, Quận 3 có [14: {COMMUNES} area=VN-SG period=2020] phường.", "2021-01-04"),
    (f"Thành phố Hồ Chí Minh có [322: {COMMUNES} area=VN-SG period=2021] xã, phường.", "2022-01-04"),
    (f"Còn [105: {COMMUNES} area=VN-69 period=2026] xã phải sắp xếp.", "2020-07-08"),
    (f"Sau sáp nhập có [92: {COMMUNES} area=VN-69 period=2026] xã, phường.", "2025-08-01"),
    (
        "Bình Dương cắt giảm [240: staff_total level person direction=down area=VN-57 period=2021] người; "
        "tỷ lệ hài lòng là [91%: sipas share percent area=VN-57 period=2021 period_kind=at].",
        "2022-02-01",
    ),
)


def province_data() -> dict:
    """Provinces: before and after a change, a district's number, a plan beyond a merger, two subjects of one that is
    gone; the first article is a digest, of a day unknown."""
    cases = [read_case(text, f"case-{n}", day, f"Báo {n}") for n, (text, day) in enumerate(PROVINCES)]
    articles = [article for article, _ in cases]
    lines = (*articles[0].paragraphs, Paragraph("source_line", "Theo Báo 0"))
    articles[0] = replace(
        articles[0],
        url="http://tayninh.practice.test/tin",
        title="Bản tóm lược",
        cited_title="Thanh Hóa giảm 76 xã",
        published_precision="month",
        paragraphs=lines,
    )
    figures = [figure for _, told in cases for figure in told]
    return explorer_data(build_series(figures, articles, []), figures, articles, [], VERSIONS)


def rows_of(data: dict) -> list[dict]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in data["rows"]]


def run_in_browser(tmp_path: Path, page: str, address: str, probe: str, width: int = 900) -> dict:
    """What `probe` (JavaScript that sets `told`) finds in the page, opened from a file in a window of that width."""
    (tmp_path / "explorer.html").write_text(page, "utf-8")
    browser = shared_browser()
    browser.open((tmp_path / "explorer.html").as_uri() + address, width=width)
    return browser.run(f"(() => {{ const told = {{}}; {probe}; return told; }})()")
