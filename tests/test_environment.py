"""environment.yml says the same as pyproject.toml; nobody can solve it here, so it is at least kept in step. The set-up
tells in one sentence how it ended."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # without Qt, which a notebook server does not need


def requirement(text: str) -> tuple[str, str]:
    name, bound = re.fullmatch(r"([A-Za-z0-9_.-]+?)\s*(>=[\d.]+)?", text).groups()
    return CONDA_NAMES.get(name, name), bound or ""


@pytest.fixture(scope="module")
def conda() -> dict[str, str]:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    from_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    named = [entry for entry in (*listed, *from_pip) if isinstance(entry, str) and entry != "-e ."]
    return dict(map(requirement, named))


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_dependency_stands_in_environment_yml_with_the_same_bound(conda, project):
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["book"]
    assert dict(map(requirement, wanted)).items() <= conda.items()


def test_environment_yml_asks_for_nothing_else(conda, project):
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["book"]
    assert set(conda) - {name for name, _ in map(requirement, wanted)} == {"python", "pip"}


def test_both_ask_for_the_same_python(conda, project):
    assert conda["python"] == project["project"]["requires-python"]


# --- the set-up


@pytest.fixture
def set_up(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("set_up", ROOT / "scripts" / "set_up.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LOG", tmp_path / "set_up.log")
    return module


@pytest.mark.parametrize(
    "said",
    [
        "  x Failed to fetch: `https://pypi.org/simple/numpy/`\n  |-> Request failed after 3 retries\n",
        "error: error sending request for url (https://pypi.org/simple/uv/)\n",
        "ERROR: No matching distribution found for uv\n",
    ],
)
def test_a_set_up_without_a_network_ends_with_one_sentence_and_no_trace(set_up, said):
    command = [sys.executable, "-c", f"import sys; sys.stderr.write({said!r}); sys.exit(2)"]
    with pytest.raises(set_up.SetUpError) as told:
        set_up.run(*command)
    assert str(told.value).startswith("the package index cannot be reached")
    assert "run `make setup` again" in str(told.value)
    assert "\n" not in str(told.value)
    assert said in set_up.LOG.read_text("utf-8")


def test_a_set_up_that_fails_otherwise_tells_the_first_error(set_up):
    command = [sys.executable, "-c", "import sys; print('warning: x\\nerror: No space left on device'); sys.exit(1)"]
    with pytest.raises(set_up.SetUpError, match=r"could not be made \(error: No space left on device\); all that was"):
        set_up.run(*command)


def test_an_older_python_is_told_which_one_is_needed(set_up, monkeypatch, capsys):
    monkeypatch.setattr(set_up.sys, "version_info", (3, 9, 2, "final", 0))
    assert set_up.main() == 1
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err
    assert not set_up.LOG.exists()


def test_a_set_up_ends_with_one_line_that_says_ready():
    told = subprocess.run(
        ["make", "--no-print-directory", "-n", "setup"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert told.strip().splitlines()[-1].startswith('echo "ready: ')
