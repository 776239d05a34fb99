"""Steps that are done again only when something they looked at has changed: what counts as a change, what does not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reform_figures.steps import Records

SCRIPT = """
import sys
from pathlib import Path

import words

root, runs = Path(sys.argv[1]), Path(sys.argv[2])
runs.write_text(runs.read_text() + "x")
told = [path.read_text() for path in sorted((root / "texts").glob("*.txt"))]
if (root / "corrections.csv").exists():
    told.append((root / "corrections.csv").read_text())
(root / "table.csv").write_text(words.NAME + "".join(told) + "".join(sys.argv[3:]))
"""


class Project:
    """A folder with one step, which joins texts into a table; `runs` counts how often it was done."""

    def __init__(self, root: Path, runs: Path):
        self.root, self.runs = root, runs
        self.records = Records(root / "build" / "steps", (root,))
        for name, text in {
            "uv.lock": "", "scripts/join.py": SCRIPT, "scripts/words.py": "NAME = 'a'", "texts/one.txt": "1",
            "texts/two.txt": "2", "other.csv": "",
        }.items():  # fmt: skip
            self.write(name, text)
        runs.write_text("")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def report(self, *options: str) -> str:
        """Do the step unless it is unchanged; the table that stands there afterwards."""
        command = [str(self.root / "scripts" / "join.py"), str(self.root), str(self.runs), *options]
        if not self.records.is_unchanged("join", command):
            self.records.run_script("join", command)
        return (self.root / "table.csv").read_text()

    def times(self) -> int:
        return len(self.runs.read_text())


@pytest.fixture
def project(tmp_path):
    (tmp_path / "project").mkdir()
    return Project(tmp_path / "project", tmp_path / "runs")


def test_a_step_is_done_once_while_nothing_changes(project):
    assert [project.report(), project.report(), project.report()] == ["a12"] * 3
    assert project.times() == 1


@pytest.mark.parametrize(
    ("name", "text", "table"),
    [
        pytest.param("texts/two.txt", "3", "a13", id="a file that it read"),
        pytest.param("texts/three.txt", "3", "a132", id="a new file in a folder that it went through"),
        pytest.param("scripts/words.py", "NAME = 'bb'", "bb12", id="a module that it imported"),
        pytest.param("scripts/join.py", SCRIPT.replace("join(told)", "join(told[1:])"), "a2", id="the script itself"),
        pytest.param("corrections.csv", "4", "a124", id="a file that it looked for and did not find"),
        pytest.param("table.csv", "edited by hand", "a12", id="what it wrote"),
        pytest.param("uv.lock", "another version", "a12", id="the lock file"),
    ],
)
def test_a_step_is_done_again_after_a_change_of(project, name, text, table):
    project.report()
    project.write(name, text)
    assert project.report() == table
    assert project.times() == 2
    project.report()
    assert project.times() == 2


def test_a_step_is_done_again_when_a_file_is_gone_or_the_options_are_others(project):
    project.report()
    (project.root / "texts" / "one.txt").unlink()
    assert project.report() == "a2"
    assert project.report("more") == "a2more"
    (project.root / "table.csv").unlink()
    assert project.report("more") == "a2more"
    assert project.times() == 4


@pytest.mark.parametrize("name", ["other.csv", "scripts/__pycache__/words.pyc", "texts/.hidden.txt"])
def test_what_a_step_did_not_look_at_does_not_count(project, name):
    project.report()
    project.write(name, "changed")
    project.report()
    assert project.times() == 1


def test_a_change_that_is_taken_back_is_none(project):
    project.report()
    project.write("texts/one.txt", "5")
    project.write("texts/one.txt", "1")
    project.report()
    assert project.times() == 1


def test_a_failed_step_is_not_remembered_as_done(project):
    project.report()
    project.write("texts/one.txt", "5")
    project.write("scripts/words.py", "NAME = 1 / 0")
    for _ in range(2):
        with pytest.raises(subprocess.CalledProcessError):
            project.report()
    project.write("scripts/words.py", "NAME = 'a'")
    assert project.report() == "a52"


def test_a_step_stopped_half_way_is_done_again_even_when_its_inputs_are_as_before(project):
    project.report()
    stop = "told = []; (root / 'table.csv').write_text('half'); raise SystemExit(1)"
    project.write("scripts/join.py", SCRIPT.replace("told = ", f"{stop}; told = "))
    with pytest.raises(subprocess.CalledProcessError):
        project.report()
    project.write("scripts/join.py", SCRIPT)
    assert project.report() == "a12"


def test_a_file_that_somebody_changed_while_the_step_used_it_is_read_again(project):
    """The program that changes it is no step and nobody watches it, like an editor."""
    editor = [sys.executable, "-c", f"open({str(project.root / 'texts' / 'one.txt')!r}, 'w').write('late')"]
    last = SCRIPT.strip().splitlines()[-1]
    project.write("scripts/join.py", SCRIPT.replace(last, f"import subprocess\nsubprocess.run({editor!r})\n{last}"))
    assert project.report() == "a12"
    assert project.report() == "alate2"
    assert project.times() == 2


def test_a_step_inside_a_step_counts_for_both(project):
    outer = f"""
from pathlib import Path
from reform_figures.steps import Records

root = Path({str(project.root)!r})
records = Records(root / "build" / "steps", (root,))
command = [str(root / "scripts" / "join.py"), str(root), {str(project.runs)!r}]
if not records.is_unchanged("join", command):
    records.run_script("join", command)
"""
    project.write("scripts/outer.py", outer)
    command = [str(project.root / "scripts" / "outer.py")]
    project.records.run_script("outer", command)
    assert project.records.is_unchanged("outer", command)
    project.write("texts/one.txt", "5")
    assert not project.records.is_unchanged("outer", command)
    project.records.run_script("outer", command)
    project.write("table.csv", "edited by hand")
    assert not project.records.is_unchanged("outer", command)
    project.records.run_script("outer", command)
    project.records.run_script("outer", command)  # the inner step was unchanged this time, and still counts
    assert project.times() == 3
    project.write("texts/two.txt", "6")
    assert not project.records.is_unchanged("outer", command)


def test_a_link_counts_by_what_it_leads_to(project, tmp_path):
    (tmp_path / "elsewhere.txt").write_text("7")
    (project.root / "texts" / "two.txt").unlink()
    (project.root / "texts" / "two.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert project.report() == "a17"
    (tmp_path / "elsewhere.txt").write_text("8")
    assert project.report() == "a18"


def test_a_package_installed_or_removed_makes_every_step_new(project, monkeypatch, tmp_path):
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path / "packages"))
    (tmp_path / "packages" / "pandas-3.0.0.dist-info").mkdir(parents=True)
    project.report()
    (tmp_path / "packages" / "pandas-3.0.0.dist-info").rename(tmp_path / "packages" / "pandas-3.0.1.dist-info")
    project.report()
    assert project.times() == 2


def test_another_python_makes_every_step_new(project, monkeypatch):
    project.report()
    monkeypatch.setattr(sys, "version", "3.99")
    project.report()
    assert project.times() == 2


def test_a_torn_record_is_none(project):
    project.report()
    project.write("build/steps/join.json", '{"command": [')
    project.report()
    assert project.times() == 2


def test_a_program_that_does_not_let_itself_be_watched_is_refused(project):
    message = "the step silent was not watched"
    with pytest.raises(RuntimeError, match=message), project.records.watching("silent", [], reads=[project.runs]):
        pass
    assert not project.records.is_unchanged("silent", [])


def test_finding_that_nothing_has_changed_loads_no_package():
    code = "import json, sys, reform_figures.steps; print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
    assert not {"pandas", "numpy", "matplotlib", "flask", "requests"} & set(loaded)
