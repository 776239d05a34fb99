"""The tables of one release, from a folder or from a git revision of this repository.

In: a folder (data/processed, or one that holds `processed`) or a revision. Out: a `Release`: rows as text by their
keys. "Bản trước" (the release before) may have other columns than today's, so rows are not made into records.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reform_figures.tables import TABLES, table_path

PROCESSED = "data/processed"
VOCABULARY = "src/reform_figures/vocabulary"
_NEEDED = ("articles", "figures", "series")
_KEYS = {"articles": ("article_id",), "figures": ("figure_id",), "series": ("figure_id",),
         "findings": ("finding_id",), "passed_over": ("article_id", "start", "end")}  # fmt: skip
Row = dict[str, str]


class ReleaseError(ValueError):
    """A release that cannot be read; the message says which and what was expected."""


@dataclass(frozen=True, slots=True)
class Release:
    """The tables of a release: key → row. The key of passed_over is (article, start, end), all others are ids."""

    name: str
    articles: dict[str, dict]
    figures: dict[str, Row]
    series: dict[str, Row]
    findings: dict[str, Row]
    passed_over: dict[tuple[str, ...], Row]


def load_release(where: str, root: Path) -> Release:
    """A release from a folder, or else from a revision of the repository at `root`.

    Raises ReleaseError where it is neither, and for a table that is missing or cannot be read.
    """
    folder = Path(where)
    if folder.is_dir():
        folder = folder / "processed" if (folder / "processed").is_dir() else folder
        return _build(where, lambda name: _read_file(folder / name))
    commit = find_commit(where, root)
    if commit is None:
        raise ReleaseError(
            f"{where!r} is neither a folder nor a git revision of {root}; give a folder with figures.csv, or a "
            "revision such as v0.1.0 or HEAD~1"
        )
    return _build(where, lambda name: _show(commit, name, root))


def find_commit(revision: str, root: Path) -> str | None:
    """Hash of the commit that a revision names; None where it names none, or there is no repository."""
    told = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return told.stdout.decode().strip() or None


def changed_vocabulary(revision: str, root: Path) -> list[str] | None:
    """Vocabulary tables that differ between a revision and the working tree; None where that cannot be told.

    The names of codes are left out: they are shown, not read by.
    """
    commit = find_commit(revision, root)
    if commit is None or Path(revision).is_dir():
        return None
    told = _git(root, "diff", "--name-only", commit, "--", VOCABULARY)
    if told.returncode:
        return None
    paths = map(Path, told.stdout.decode().splitlines())
    return [path.name for path in paths if path.suffix == ".csv" and path.parent.name != "names"]


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise ReleaseError("git is not on this machine; give the release before as a folder") from None


def _show(commit: str, name: str, root: Path) -> str | None:
    told = _git(root, "show", f"{commit}:{PROCESSED}/{name}")
    return None if told.returncode else told.stdout.decode("utf-8")


def _read_file(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _build(where: str, read: Callable[[str], str | None]) -> Release:
    """`read` gives the text of a file of the release, None where it is not there."""
    held = {}
    for name, keys in _KEYS.items():
        file = table_path(Path(), name).name
        text = read(file)
        if text is None and name in _NEEDED:
            raise ReleaseError(f"{where}: there is no {file}; a release has {', '.join(TABLES)}")
        held[name] = _keyed(f"{where}: {file}", text or "", keys)
    return Release(where, **held)


def _keyed(file: str, text: str, keys: tuple[str, ...]) -> dict:
    try:
        if file.endswith(".jsonl"):
            rows = [json.loads(line) for line in text.split("\n") if line]
        else:
            rows = list(csv.DictReader(io.StringIO(text, newline="")))
        return {row[keys[0]] if len(keys) == 1 else tuple(row[k] for k in keys): row for row in rows}
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise ReleaseError(f"{file} cannot be read ({type(error).__name__}: {error})") from error
