"""environment.yml says the same as pyproject.toml; nobody can solve it here, so it is at least kept in step."""

import re
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
