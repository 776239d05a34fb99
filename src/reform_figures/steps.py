"""Steps that are done again only when something that they looked at has changed.

In: a program and its options. Out: a record in build/steps of every file and folder of the project that the program
opened, to read or to write, and of what stood there when it was done. While all of that stands as it was left, and the
options, Python and its packages are the same, doing the step again could only give the same: it is unchanged.
"Không có gì thay đổi" (nothing has changed) is then all there is to say.

Nobody declares what a step depends on, so nothing can be forgotten: the interpreter itself tells which files are opened
(audit hooks, PEP 578), modules and vocabulary among them. A step inside a step (a notebook of the book) counts as
opened by both. What another kind of program opens is not seen; the step that starts it has to look at it.

Only the standard library is imported: finding that nothing has changed should not take the time of a step.
"""

from __future__ import annotations

import hashlib
import json
import os
import runpy
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import source_from_cache
from pathlib import Path
from stat import S_ISDIR
from tempfile import TemporaryDirectory

WATCH = "REFORM_FIGURES_WATCH"
"""Environment variable that tells a watched program the logs to write to and the folders that are the project's."""

_COMPILED = "__pycache__"


@dataclass(frozen=True)
class Records:
    """The records of steps in one folder, about what lies in the folders of the project (`roots`, absolute).

    The first of them is the repository, whose uv.lock is part of every record, as are the installed packages.
    Names that begin with a dot, and compiled modules, are nobody's business.
    """

    folder: Path
    roots: tuple[Path, ...]

    def is_unchanged(self, name: str, command: Sequence[str]) -> bool:
        """Whether the step was done with the same command, and all that it looked at stands as it was left."""
        try:
            record = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return False
        if record["command"] != _whole(command):
            return False
        return all(state_of(path) == state for path, state in record["states"].items())

    def run_script(self, name: str, command: Sequence[str]) -> None:
        """Run a Python script with its options as a step. Raises CalledProcessError where it fails."""
        with self.watching(name, command) as environment:
            watched = [sys.executable, "-c", "from reform_figures.steps import run_watched; run_watched()", *command]
            subprocess.run(watched, env=environment, check=True)

    @contextmanager
    def watching(
        self, name: str, command: Sequence[str], *, reads: Sequence[Path] = (), writes: Sequence[Path] = ()
    ) -> Iterator[dict[str, str]]:
        """Environment for a program that calls `watch()`; the step is recorded when the block ends without an error.

        `reads` and `writes` are what the caller itself does for the step, which the program does not see.
        """
        with TemporaryDirectory() as folder:
            log = Path(folder) / "opened"
            log.write_text("".join(_line("r", path) for path in reads), encoding="utf-8")
            before = log.stat().st_size
            outer = json.loads(os.environ.get(WATCH, "{}")).get("logs", [])
            order = {"logs": [str(log), *outer], "roots": [str(root) for root in self.roots]}
            yield {**os.environ, WATCH: json.dumps(order)}
            if log.stat().st_size == before:
                raise RuntimeError(f"the step {name} was not watched; its program has to call steps.watch()")
            with log.open("a", encoding="utf-8") as file:
                file.writelines(_line("w", path) for path in writes)
            self._remember(name, command, [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()])

    def _remember(self, name: str, command: Sequence[str], opened: list[tuple[str, int, str]]) -> None:
        """Write the record, unless somebody else changed a file while the step used it: then it is to be done again."""
        written = {path for kind, _, path in opened if kind == "w"}
        if any(_changed_since(path, at) for kind, at, path in opened if path not in written):
            return
        always = (sysconfig.get_path("purelib"), str(self.roots[0] / "uv.lock"))
        states = {path: state_of(path) for path in sorted({path for _, _, path in opened}.union(always))}
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f".{name}.part"
        part.write_text(json.dumps({"command": _whole(command), "states": states}, indent=0), encoding="utf-8")
        part.replace(self.folder / f"{name}.json")


def _whole(command: Sequence[str]) -> list[str]:
    return [sys.version, *command]


def _line(kind: str, path: str | Path) -> str:
    return json.dumps([kind, time.time_ns(), str(path)]) + "\n"


def _changed_since(path: str, at: int) -> bool:
    """Whether a file was written, or another put in its place, after a time in nanoseconds; a folder never was."""
    try:
        status = os.stat(path)
    except OSError:
        return False
    return not S_ISDIR(status.st_mode) and status.st_ctime_ns > at


def state_of(path: str | Path) -> str:
    """What stands at a path: a hash of the file, or of the names in the folder; `nothing` where there is nothing."""
    try:
        names = sorted(name for name in os.listdir(path) if _counts(name))
        return "names " + hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()
    except FileNotFoundError:
        return "nothing"
    except NotADirectoryError:
        try:
            with open(path, "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except NotADirectoryError:  # a path through something that is now a file
            return "nothing"


def _counts(name: str) -> bool:
    return not name.startswith(".") and name != _COMPILED


def run_watched() -> None:
    """Run the script named by the first argument as Python would, while it is watched."""
    sys.argv = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
    watch()
    runpy.run_path(sys.argv[0], run_name="__main__")


def watch() -> None:
    """Log from now on every file and folder of the project that this process opens, or looks for in vain."""
    order = json.loads(os.environ[WATCH])
    logs = [os.open(log, os.O_WRONLY | os.O_APPEND) for log in order["logs"]]
    roots = tuple(root + os.sep for root in order["roots"])

    def note(path, kind: str) -> None:
        if counted := _project_path(path, roots):
            compiled = _COMPILED in counted.split(os.sep)
            if compiled and (kind == "w" or not counted.endswith(".pyc")):
                return
            line = _line(kind, source_from_cache(counted) if compiled else counted).encode()
            for log in logs:
                os.write(log, line)

    def hook(event: str, arguments: tuple) -> None:
        if event == "open":
            note(arguments[0], "w" if arguments[2] & (os.O_WRONLY | os.O_RDWR) else "r")
        elif event in ("os.listdir", "os.scandir"):
            note("." if arguments[0] is None else arguments[0], "r")
        elif event == "os.rename":
            note(arguments[1], "w")

    for log in logs:  # the sign that the program is watched
        os.write(log, _line("r", __file__).encode())
    for module in list(sys.modules.values()):  # imported before anybody watched
        if getattr(module, "__file__", None):
            note(module.__file__, "r")
    sys.addaudithook(hook)
    _note_missing(note)


def _note_missing(note) -> None:
    """Log also what was only asked after and is not there (`Path.exists`): no audit event tells of it."""
    stat = os.stat

    def noting_stat(path, *args, **kwargs):
        try:
            return stat(path, *args, **kwargs)
        except FileNotFoundError:
            note(path, "r")
            raise

    os.stat = noting_stat


def _project_path(path, roots: tuple[str, ...]) -> str | None:
    """The absolute path where it lies in one of the roots and counts; None for the rest, such as numbers of open files.

    A link counts by its own place; by what it leads to only where that alone lies in a root.
    """
    if isinstance(path, int):
        return None
    path = os.path.abspath(os.fsdecode(path))
    if not path.startswith((*roots, sys.prefix + os.sep, sys.base_prefix + os.sep)):
        path = os.path.realpath(path)
    for root in roots:
        if (path + os.sep).startswith(root):
            hidden = any(part.startswith(".") for part in path[len(root) :].split(os.sep))
            return None if hidden or path.startswith(sys.prefix + os.sep) else path
    return None
