"""The notebooks as files, and all their cells run on small data sets."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from figure_cases import read_case, write_data
from test_plotting import CUTS, OFFICES, SHARES

from reform_figures.charts import CHARTS
from reform_figures.checking import check_articles
from reform_figures.loading import DATA_VARIABLE
from reform_figures.notebook import show_charts
from reform_figures.series import build_series

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
NOTEBOOKS = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)

PORTAL = (
    "Cổng có [4.400: portal_service level service period_kind=at] dịch vụ và khoảng "
    "[3,9 triệu: portal_account level account value=3900000 period_kind=at bound=approx] tài khoản, tăng "
    "[2,5: portal_account fold time direction=up base=2021] lần."
)
UNITS = (
    "Còn [380: public_service_unit level organisation period_kind=at area=VN-central status=forecast] đơn vị, giảm "
    "[20: public_service_unit change organisation direction=down base=2021 area=VN-central status=forecast] đơn vị. "
    "Đã giảm [5%: public_service_unit growth percent direction=down base=2016] và [12: commune_unit level admin_unit "
    "direction=down] xã; bổ sung hơn [900: teacher level post direction=up bound=gt area=VN-local] biên chế."
)
PROVINCES = (
    "Cả nước có [6.422: procedure_total level procedure period_kind=at] thủ tục; hồ sơ đúng hạn cấp xã đạt "
    "[99,56%: dossier_on_time share percent area=VN-local tier=commune], PAR INDEX đạt "
    "[86,98%: par_index share percent area=VN-local period_kind=at], SIPAS "
    "[82,66%: sipas share percent period_kind=at]. "
    "Nghệ An đạt hơn [80%: sipas share percent area=VN-22 period_kind=at bound=gt], PAR INDEX "
    "[88%: par_index share percent area=VN-22 period_kind=at], còn "
    "[412: commune_unit level admin_unit area=VN-22 period_kind=at] xã, giảm "
    "[48: commune_unit level admin_unit direction=down area=VN-22] xã; Hà Nội đúng hạn "
    "[98%: dossier_on_time share percent area=VN-HN] và [99%: dossier_on_time share percent area=VN-HN]."
)
SMALL = [SHARES, CUTS, OFFICES, PORTAL, UNITS, PROVINCES]
ALMOST_NOTHING = ["Sở ban hành [3: circular level legal_document period= period_kind=] thông tư."]


def cells(path: Path, kind: str | None = None) -> list[dict]:
    return [c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if kind in (None, c["cell_type"])]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def test_the_notebooks_are_there():
    names = {path.stem for path in PATHS}
    assert names >= {
        "00_start_here",
        "01_from_article_to_figures",
        "02_collecting_politely",
        "10_online_services",
        "11_staff",
        "12_units",
        "13_procedures_and_indices",
        "14_provinces",
        "20_when_articles_disagree",
        "21_how_good_is_the_extraction",
        "22_how_fast",
        "30_reproduce_every_chart",
    }


def test_the_notebook_of_all_charts_draws_every_one():
    told = "".join(source(cell) for cell in cells(FOLDER / "30_reproduce_every_chart.ipynb", "code"))
    shown = {name for call in re.findall(r"show_charts\(([^)]*)\)", told) for name in re.findall(r'"(\w+)"', call)}
    assert shown == set(CHARTS)


def test_a_gallery_gives_every_picture_its_alternative_text_and_its_name(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    write_data(tmp_path, [])
    soup = BeautifulSoup(show_charts("sipas", "par_index", language="vi")._repr_html_(), "lxml")
    assert [image["alt"] for image in soup.select("img")] == [
        f"{CHARTS[name].title('vi')}. Chưa có số liệu loại này." for name in ("sipas", "par_index")
    ]
    assert [code.get_text() for code in soup.select("figcaption code")] == ["sipas", "par_index"]


@NOTEBOOKS
def test_a_notebook_is_kept_without_outputs_and_with_lasting_cell_ids(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells(path, "code"))
    ids = [cell["id"] for cell in cells(path)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z0-9-]+", cell_id) for cell_id in ids)


@NOTEBOOKS
def test_a_notebook_asks_a_question_answers_it_and_says_what_it_cannot_show(path):
    told = cells(path)
    assert 12 <= len(told) <= 30
    assert source(told[0]).startswith("# ")
    assert source(told[0]).splitlines()[0].endswith("?")
    assert "answer(" in source(told[1])
    last = [source(cell) for cell in cells(path, "markdown")][-1]
    assert "cannot show, and where to go on" in last
    assert "data_stamp()" in source(told[-1])


@NOTEBOOKS
def test_no_article_is_named_in_code(path):
    for cell in cells(path, "code"):
        assert not re.search(r"practice-|20\d\d-\d\d-\d\d", source(cell))


@NOTEBOOKS
def test_every_chart_has_an_alternative_text_and_says_what_it_does_not_show(path):
    told = cells(path)
    charts = [
        n
        for n, cell in enumerate(told)
        if cell["cell_type"] == "code" and re.search(r"^(plot_|draw_chart)", source(cell), re.M)
    ]
    assert charts
    for number in charts:
        assert told[number]["metadata"]["mystnb"]["image"]["alt"]
        assert source(told[number + 1]).startswith("**What this does not show:**")


@NOTEBOOKS
def test_links_lead_to_notebooks_that_exist(path):
    for cell in cells(path, "markdown"):
        for target in re.findall(r"\]\(([^)#]+)\)", source(cell)):
            assert (FOLDER / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("texts", [SMALL, ALMOST_NOTHING], ids=["small", "almost nothing"])
@NOTEBOOKS
def test_a_notebook_runs_through_whatever_the_data_hold(path, texts, tmp_path, monkeypatch, capsys):
    cases = [read_case(text, f"case-{n}", f"2023-06-0{n + 1}", f"Báo {n}") for n, text in enumerate(texts)]
    articles, figures = [a for a, _ in cases], [f for _, told in cases for f in told]
    findings = check_articles(figures, articles)
    write_data(tmp_path, cases, findings=findings, series=build_series(figures, articles, findings))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    names: dict = {}
    shown = [run_cell(source(cell), names) for cell in cells(path, "code")]
    assert shown[1 - 1].startswith("- "), "the answer is the first thing shown"
    if texts is SMALL:
        assert "**" in shown[0]


def run_cell(code: str, names: dict) -> str:
    """Run a cell as Jupyter does and give what its last expression shows, as text."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
    if hasattr(value, "_repr_mimebundle_"):
        return value._repr_mimebundle_()[0]["text/plain"]
    for show in ("_repr_markdown_", "_repr_html_"):
        if hasattr(value, show):
            return getattr(value, show)()
    return "" if value is None else repr(value)
