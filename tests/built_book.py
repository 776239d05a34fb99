"""The book as its readers get it, for the tests that look at its pages: notebooks executed, on the committed data."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@cache
def built_book() -> Path:
    """The folder of the pages, build/book, up to date; seconds where nothing changed, else as long as a build takes.

    `make report` goes on from what is built here, and the other way round. The tests may run in several processes:
    one builds, the others wait. Raises RuntimeError with the builder's own words.
    """
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with (build / ".tests_are_building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = subprocess.run([sys.executable, ROOT / "scripts" / "build_book.py"], capture_output=True, text=True,
                             encoding="utf-8")  # fmt: skip
    if run.returncode:
        raise RuntimeError(f"the book could not be built; scripts/build_book.py said: {run.stderr.strip()}")
    return build / "book"


def book_pages(book: Path) -> list[Path]:
    """Every page of the book; the theme keeps templates of its own among its styles."""
    return sorted(page for page in book.rglob("*.html") if "_static" not in page.parts)
