"""Loading the data in a notebook."""

from __future__ import annotations

import pandas as pd
import pytest
from figure_cases import read_case, write_data

from reform_figures import loading
from reform_figures.checking import check_articles
from reform_figures.loading import DATA_VARIABLE, find_figure, load_figures, load_series
from reform_figures.notebook import answer, as_table, first_and_last, tell
from reform_figures.series import build_series

FIRST = (
    "Năm 2020 đạt [30%: online_service_level34 share percent period=2020 period_kind=at], quý II/2022 đạt "
    "[86%: online_service_level34 share percent period=2022-Q2 period_kind=at], phấn đấu "
    "[90%: online_service_level34 share percent period_kind=at bound=ge status=target] trở lên."
)
SECOND = "Hà Nam giảm [2: division level organisation direction=down area=VN-63 period=2023] phòng <b>."


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    cases = [read_case(FIRST, "first", "2022-07-06"), read_case(SECOND, "second", "2023-12-20", "Báo <i>Thử</i>")]
    articles, figures = [a for a, _ in cases], [f for _, told in cases for f in told]
    findings = check_articles(figures, articles)
    write_data(tmp_path, cases, findings=findings, series=build_series(figures, articles, findings))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    return tmp_path


def test_the_series_comes_as_a_tidy_table_with_names_and_sources():
    frame = load_series()
    assert len(frame) == 4
    assert frame["value"].dtype == "float64"
    assert pd.api.types.is_datetime64_any_dtype(frame["period_end"])
    assert set(frame["area_name"]) == {"Whole country", "Hà Nam"}
    assert set(frame["link"]) == {"http://case.test/first", "http://case.test/second"}
    assert frame["of"].isna().all()


@pytest.mark.parametrize(
    ("codes", "values"),
    [
        ({"subject": "division"}, [2]),
        ({"theme": "online_services", "status": "actual"}, [30, 86]),
        ({"area": ["VN", "VN-63"], "measure": "level"}, [2]),
        ({"direction": "down"}, [2]),
        ({"since": "2022-12-31", "until": "2022-12-31"}, [90]),
        ({"as_of": "2022-12-31"}, [30, 86, 90]),
        ({"subject": "teacher"}, []),
    ],
)
def test_rows_are_chosen_by_code_by_time_and_by_what_was_known(codes, values):
    assert sorted(load_series(**codes)["value"]) == values


def test_an_unknown_code_is_answered_with_the_nearest_known_ones():
    with pytest.raises(ValueError, match=r"unknown subject 'divisoin'; nearest known: division \(Divisions\)"):
        load_series(subject="divisoin")
    with pytest.raises(ValueError, match=r"unknown area 'Hà Nam'; nearest known: VN-63 \(Hà Nam\)"):
        load_figures(area="Hà Nam")
    with pytest.raises(ValueError, match=r"rows cannot be chosen by 'province'; choose by one of indicator, theme"):
        load_series(province="VN-63")


def test_a_figure_is_found_and_shows_its_sentence_with_the_number_marked(capsys):
    figure_id = load_series(subject="division")["figure_id"].iloc[0]
    find_figure(figure_id).show()
    assert "Hà Nam giảm »2« phòng" in capsys.readouterr().out
    with pytest.raises(ValueError, match="unknown figure 'second:0-1'; nearest known: second:"):
        find_figure("second:0-1")


def test_an_answer_tells_first_and_last_state_and_leaves_targets_out():
    told = [tell(row) for row in first_and_last(load_series()).itertuples()]
    assert told[0] == "**30%** (2020)"
    assert tell(next(load_series(status="target").itertuples())) == "**at least 90%** (target, 2022)"


def test_a_row_in_words_names_its_tier_where_that_says_more(data):
    row = next(load_series(status="target").itertuples())._replace(area="VN-local", area_name="Localities")
    cases = [("commune", "percent", "Localities, communes"), ("commune", "admin_unit", "Localities"),
             ("central", "percent", "Localities"), (float("nan"), "percent", "Localities")]  # fmt: skip
    for tier, unit, whose in cases:
        assert f" ({whose}):" in tell(row._replace(tier=tier, unit=unit), what=True)


def test_what_articles_say_is_escaped_in_a_table():
    html = as_table(load_series())._repr_html_()
    assert "Báo &lt;i&gt;Thử&lt;/i&gt;" in html
    assert "<i>" not in html


def test_what_articles_say_stays_text_in_an_answer():
    markdown = answer("**5** bài <script>alert(1)</script> [đây](http://x.test)", "nothing told", "").data
    assert markdown == "- **5** bài &lt;script&gt;alert(1)&lt;/script&gt; &#91;đây](http://x.test)"


def test_without_data_the_message_says_how_to_make_them(tmp_path, monkeypatch):
    monkeypatch.delenv(DATA_VARIABLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(loading, "__file__", str(tmp_path / "src" / "reform_figures" / "loading.py"))
    with pytest.raises(FileNotFoundError, match="run `make report` in the repository first"):
        loading.data_folder()


def test_data_are_found_from_below_the_root_of_a_repository(tmp_path, monkeypatch):
    monkeypatch.delenv(DATA_VARIABLE)
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "data" / "processed").mkdir(parents=True)
    below = tmp_path / "notebooks"
    below.mkdir()
    monkeypatch.chdir(below)
    assert loading.data_folder() == tmp_path / "data"
