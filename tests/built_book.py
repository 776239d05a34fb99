"""The book as its readers get it, for the tests that look at its pages: notebooks executed, on the committed data."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@cache
def built_book() -> Path:
    """The folder of the pages, build/book, up to date; seconds where nothing changed, else as long as a build takes.

    `make report` goes on from what is built here, and the other way round. The tests may run in several processes:
    the first one builds, the others wait and build no more, as that would empty the folder under the eyes of the first.
    Raises RuntimeError with the builder's own words.
    """
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    run_of_tests = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")  # the same in all processes of a run
    with (build / ".tests_are_building").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not run_of_tests or lock.read() != run_of_tests:
            build_book()
            lock.truncate(0)
            lock.write(run_of_tests)
    return build / "book"


def build_book() -> None:
    command = [sys.executable, ROOT / "scripts" / "build_book.py"]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if run.returncode:
        raise RuntimeError(f"the book could not be built; scripts/build_book.py said: {run.stderr.strip()}")


def book_pages(book: Path) -> list[Path]:
    """Every page of the book; the theme keeps templates of its own among its styles."""
    return sorted(page for page in book.rglob("*.html") if "_static" not in page.parts)
