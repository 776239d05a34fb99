"""scripts/check.py and scripts/build_series.py, run as commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from figure_cases import read_case, write_data

from reform_figures.tables import read_table, table_path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (
    "Giảm [500: staff_total level person direction=down] người, trong đó bộ, ngành "
    "[40: staff_total level person direction=down area=VN-central] người, địa phương "
    "[470: staff_total level person direction=down area=VN-local] người."
)


def run(script: str, data: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "scripts" / script), "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_figures_become_findings_and_series_and_the_same_again_on_a_second_run(tmp_path):
    write_data(tmp_path, [read_case(TEXT)])
    for _ in range(2):
        checked, built = run("check.py", tmp_path), run("build_series.py", tmp_path)
        tables = [table_path(tmp_path, name).read_bytes() for name in ("findings", "series")]
    assert (checked.returncode, built.returncode) == (0, 0)
    assert "40 + 470 = 510; 500 is reported: 10 apart" in checked.stdout
    assert (
        checked.stdout.splitlines()[-1]
        == "3 figures of 1 article = 3 in at least one check + 0 to which no check was found to apply"
    )
    assert built.stdout.splitlines()[-1] == "3 figures = 3 observations + 0 in items that restate no published article"
    assert [table_path(tmp_path, name).read_bytes() for name in ("findings", "series")] == tables
    assert [row.value for row in read_table(tmp_path, "series")] == [500, 40, 470]
    assert (tmp_path / "processed" / "dictionary.csv").exists()


def test_without_figures_each_says_what_to_run_first(tmp_path):
    checked, built = run("check.py", tmp_path), run("build_series.py", tmp_path)
    assert (checked.returncode, built.returncode) == (1, 1)
    for told in (checked.stderr, built.stderr):
        assert told.count("\n") == 1
        assert "is not there yet; run scripts/extract.py first" in told


def test_an_empty_table_of_figures_is_no_success(tmp_path):
    write_data(tmp_path, [])
    checked, built = run("check.py", tmp_path), run("build_series.py", tmp_path)
    assert (checked.returncode, built.returncode) == (1, 1)
    assert "holds no figures" in checked.stderr
    assert "holds no figures" in built.stderr
