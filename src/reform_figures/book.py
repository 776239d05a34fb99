"""The book: notebooks executed, pages gathered, the codebook written from the tables, all of it built with Sphinx.

In: notebooks/, docs/, the data. Out: HTML pages that ask no other host for anything. "Sổ mã" (codebook) is
made from the descriptions on the records and the names in the vocabulary, so that it cannot fall behind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import Field, fields
from html import escape
from pathlib import Path

from reform_figures.charts.columns import ADDED, LOADED
from reform_figures.explorer import build_explorer
from reform_figures.glossary import glossary_markdown
from reform_figures.loading import DATA_VARIABLE
from reform_figures.names import LANGUAGES, name_of, name_table
from reform_figures.notebook import data_stamp
from reform_figures.records import REASONS, ROLES, Capture, Observation
from reform_figures.steps import Records, state_of
from reform_figures.tables import TABLES, write_text
from reform_figures.tracing import TracedObservation

SECONDS_A_CELL = 120
EXPLORER = "explorer.html"
WATCH_CODE = "__import__('reform_figures.steps').steps.watch()"
"""What a kernel does before the first cell, leaving no name behind."""


class BookError(RuntimeError):
    """A book that cannot be built; the message says where and why in one sentence."""


def execute_notebooks(folder: Path, out: Path, data: Path, records: Records) -> tuple[int, int]:
    """Execute the notebooks of a folder into another; returns how many were executed and how many were unchanged.

    Each is a step of its own: it is executed again when it, or anything that it looked at, has changed. Raises
    BookError that names the notebook, the cell and the error for the first one that fails; the others are still
    executed.
    """
    notebooks = sorted(folder.glob("*.ipynb"))
    if not notebooks:
        raise BookError(f"there are no notebooks in {folder}")
    os.environ[DATA_VARIABLE] = str(data.resolve())
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # keeps the kernel from warning about itself
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(_execute, path, out / path.name, records) for path in notebooks]
    executed = sum(run.result() for run in runs)
    for stale in set(out.glob("*.ipynb")) - {out / path.name for path in notebooks}:
        stale.unlink()
    return executed, len(notebooks) - executed


def _execute(path: Path, target: Path, records: Records) -> bool:
    """Execute one notebook; False where that would give the same again. Raises BookError."""
    name, command = f"notebook-{path.stem}", [str(path), str(target), os.environ[DATA_VARIABLE]]
    if records.is_unchanged(name, command):
        return False
    with records.watching(name, command, reads=[path], writes=[target]) as environment:
        write_text(target, _executed(path, environment))
    return True


def _executed(path: Path, environment: dict[str, str]) -> str:
    """The notebook with its outputs, from a kernel of its own that is watched. Raises BookError."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = nbformat.read(path, 4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=[
            "--log-level=ERROR",
            "--IPKernelApp.ignore_cwd=True",
            f"--IPKernelApp.exec_lines={WATCH_CODE}",
        ],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute(env=environment)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise BookError(_failure(path, notebook, error)) from error
    for cell in notebook.cells:
        _describe_pictures(cell)
    return nbformat.writes(notebook) + "\n"


def _failure(path: Path, notebook, error: Exception) -> str:
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return f"{path.name}, cell {number} ({cell.id}): {output.ename}: {output.evalue}"
    return f"{path.name}: {str(error).strip().splitlines()[-1]}"


def _describe_pictures(cell) -> None:
    """Give the pictures of a cell the alternative text of the chart that drew them, in place of the general one."""
    for output in cell.get("outputs", []):
        alt = output.get("metadata", {}).get("image/png", {}).get("alt")
        if alt:
            cell.metadata.setdefault("mystnb", {}).setdefault("image", {})["alt"] = alt


def gather_pages(docs: Path, notebooks: Path, charts: Path, pages: Path) -> None:
    """Put docs, executed notebooks, charts with their pages, codebook, explorer and data stamp together.

    Unchanged files keep their time; what stands in the folder and belongs to none of them is removed.
    """
    wanted = {path.relative_to(docs): path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    wanted |= {Path("notebooks") / path.name: path.read_bytes() for path in notebooks.glob("*.ipynb")}
    wanted |= {Path("charts") / path.name: path.read_bytes() for path in charts.glob("[!.]*.*")}
    wanted[Path("codebook.md")] = codebook_text().encode()
    wanted[Path("glossary.md")] = glossary_markdown().encode()
    wanted[Path(EXPLORER)] = build_explorer({language: _stamp(language) for language in LANGUAGES}).encode()
    wanted[Path("_data_stamp.txt")] = f"*{_stamp('en')}*\n".encode()
    for name, body in wanted.items():
        target = pages / name
        if not target.exists() or target.read_bytes() != body:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
    for path in [p for p in pages.rglob("*") if p.is_file() and p.relative_to(pages) not in wanted]:
        path.unlink()


def _stamp(language: str) -> str:
    return name_of("stamp", "the_data", language).format(stamp=data_stamp(language))


def build_pages(pages: Path, out: Path, cache: Path, *, at_once: int = 2) -> Path:
    """Build the HTML; returns its index. Raises BookError with Sphinx's own words: every warning is an error.

    All pages are written anew, as the table of contents in each names all others; what was read of an unchanged
    source is taken from the cache.
    """
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-d", cache, "-j", at_once, "-W", "--keep-going", "-q",
               "-N", pages, out]  # fmt: skip
    run = subprocess.run([str(part) for part in command], capture_output=True, text=True, encoding="utf-8")
    if run.returncode:
        shutil.rmtree(cache, ignore_errors=True)  # or the next run would not warn again
        told = [line for line in run.stderr.splitlines() if line.strip()] or [f"it ended with {run.returncode}"]
        raise BookError(f"Sphinx could not build the pages; the first of {len(told)} lines it says: {told[0]}")
    if (pages / EXPLORER).exists():  # a page of its own: Sphinx has nothing to make of it
        shutil.copyfile(pages / EXPLORER, out / EXPLORER)
    for path in out.rglob("*"):  # what Sphinx wrote is seen as a part of this step only when it is looked at here
        state_of(path)
    return out / "index.html"


def codebook_text() -> str:
    """The codebook as Markdown: every column of every table, every code with its names and its meaning."""
    parts = ["# Codebook", "Every column and every code of the data. Names are given in English and in Vietnamese."]
    parts += ["## Columns", "Days and times are those of Vietnam (+07:00) unless a name says otherwise."]
    for name, record in {**TABLES, "manifest": Capture}.items():
        parts += [f"### Table `{name}`", _columns(fields(record))]
    own = set(Observation.__dataclass_fields__)
    parts += [
        "### Beside the series",
        "`load_series()`, the data of the charts, the CSV of the explorer and the [exports](exports.md) of the series "
        "tell where each number was read; `series.csv` in `data/processed` leaves that to `figure_id` and "
        "`article_id`.",
        _columns(f for f in fields(TracedObservation) if f.name not in own),
        "`load_series()`, the data of the charts and the CSV of the explorer add names, the explorer's in the language "
        "that it is read in; the first two also which reports were chosen (the explorer gives all):",
        _table(("column", "meaning"), [(f"`{name}`", ADDED[name]) for name in LOADED]),
    ]
    parts.append("## Subjects")
    subjects = name_table("subject").items()
    for theme, names in name_table("theme").items():
        rows = [(f"`{code}`", row["en"], row["vi"], row["about"]) for code, row in subjects if row["theme"] == theme]
        parts += [
            f"### {names['en']} (`{theme}`, {names['vi']})",
            _table(("code", "English", "Vietnamese", "what is counted"), rows),
        ]
    parts.append("## Other codes")
    for kind, title in _OTHER_CODES:
        rows = [(f"`{code}`", row["en"] or "(no hedge)", row["vi"]) for code, row in name_table(kind).items()]
        parts += [f"### {title}", _table(("code", "English", "Vietnamese"), rows)]
    for title, codes in (("Why a numeral was passed over", REASONS), ("Parts of a page", ROLES)):
        parts += [
            f"### {title}",
            _table(("code", "meaning"), [(f"`{code}`", about) for code, about in codes.items()]),
        ]
    return "\n\n".join(parts) + "\n"


def _columns(columns: Iterable[Field]) -> str:
    rows = [(f"`{f.name}`", f"`{f.type}`", escape(f.metadata["about"], quote=False)) for f in columns]
    return _table(("column", "type", "meaning"), rows)


_OTHER_CODES = (("unit", "Units"), ("area", "Areas"), ("tier", "Tiers"), ("measure", "Measures"), ("bound", "Hedges"),
                ("direction", "Directions"), ("status", "Statuses"), ("period_kind", "Kinds of period"),
                ("verdict", "Verdicts between articles"), ("check", "Kinds of check"),
                ("check_verdict", "Verdicts of a check"), ("date_precision", "How exactly a day is known"),
                ("read_from", "Whose words a sentence is"))  # fmt: skip


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
