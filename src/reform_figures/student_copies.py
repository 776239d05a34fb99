"""Student copies: the notebooks with exercises, their solutions taken out.

In: a notebook in which solutions stand between `### BEGIN SOLUTION` and `### END SOLUTION`, as nbgrader has it. Out:
the same notebook with a line for one's own code in their place. "Bài làm của em ở đây" (your work goes here) is what
that line says.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path

from reform_figures.tables import write_text

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
OWN_CODE = "# YOUR CODE HERE"
_SHOWN_IN_THE_BOOK = {"mystnb", "jupyter", "tags"}
"""Metadata that fold solutions away; in a copy there is nothing to hide."""


class CopyError(ValueError):
    """A notebook whose solutions cannot be told; the message names the cell."""


def write_copies(notebooks: Path, out: Path) -> list[Path]:
    """Write a copy of every notebook that has solutions, under its own name; returns the copies.

    The other notebooks are put beside them as they are, where they are not there yet, because the tasks link to them
    and JupyterLab shows nothing outside its folder. Raises CopyError where a solution does not end, where no notebook
    has one, and where another file has the name of a copy: somebody may have worked in it.
    """
    written, others = [], []
    for path in sorted(notebooks.glob("*.ipynb")):
        notebook, target = json.loads(path.read_text(encoding="utf-8")), out / path.name
        if not any(BEGIN in "".join(cell["source"]) for cell in notebook["cells"]):
            others.append((path, target))
            continue
        text = json.dumps(student_copy(notebook), ensure_ascii=False, indent=1) + "\n"
        if target.exists() and target.read_text(encoding="utf-8") != text:
            raise CopyError(f"{target} is there and differs from a new copy; move it away, or name a folder with --out")
        write_text(target, text)
        written.append(target)
    if not written:
        raise CopyError(f"no notebook in {notebooks} has a solution; expected a cell with the line {BEGIN}")
    for path, target in others:
        if not target.exists():
            write_text(target, path.read_text(encoding="utf-8"))
    return written


def student_copy(notebook: dict) -> dict:
    """A notebook (as JSON) without solutions, outputs and what folds cells away.

    Raises CopyError for a solution without an end, or an end without a solution.
    """
    told = copy.deepcopy(notebook)
    for number, cell in enumerate(told["cells"], 1):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
            source = without_solution(source, f"cell {number} ({cell['id']})")
        cell["source"] = source.splitlines(keepends=True)
        cell["metadata"] = {name: kept for name, kept in cell["metadata"].items() if name not in _SHOWN_IN_THE_BOOK}
    return told


def without_solution(source: str, where: str) -> str:
    """The code of a cell with each solution replaced by a line for one's own code. Raises CopyError with `where`."""
    lines, inside = [], False
    for line in source.splitlines():
        mark = line.strip()
        if mark not in (BEGIN, END):
            lines += [] if inside else [line]
            continue
        if inside == (mark == BEGIN):
            raise CopyError(f"{where}: {mark} stands where the other mark is expected")
        inside = mark == BEGIN
        if inside:
            lines.append(line.replace(BEGIN, OWN_CODE))
    if inside:
        raise CopyError(f"{where}: {END} is missing")
    return "\n".join(lines)
