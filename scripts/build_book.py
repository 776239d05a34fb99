"""Build the book: run the notebooks, draw the charts, write the codebook, make the pages; only what changed is new.

In: notebooks/, docs/ and DATA/processed. Out: OUT/notebooks (executed), OUT/charts and OUT/book/index.html. The pages
ask no other host for anything. "Sổ mã" (the codebook) is written from the tables.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CalledProcessError

from reform_figures.book import BookError, build_pages, execute_notebooks, gather_pages
from reform_figures.steps import Records

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--notebooks", type=Path, default=ROOT / "notebooks", help="folder of notebooks (notebooks)")
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="folder for the book (build)")
    args = parser.parse_args()
    if not (args.data / "processed" / "series.csv").exists():
        print(f"build_book: {args.data} has no series yet; run scripts/build_series.py first", file=sys.stderr)
        return 1
    records = Records(args.out.resolve() / "steps", (ROOT, args.data.resolve(), args.out.resolve()))
    started = time.monotonic()
    try:
        with ThreadPoolExecutor(1) as beside:
            charts = beside.submit(draw_charts, args.data.resolve(), args.out.resolve() / "charts", records)
            executed, unchanged = execute_notebooks(args.notebooks, args.out / "notebooks", args.data, records)
        drawn = charts.result()
        made = time.monotonic()
        gather_pages(ROOT / "docs", args.out / "notebooks", args.out / "charts", args.out / "book-source")
        index = build_pages(args.out / "book-source", args.out / "book", args.out / "book-cache")
    except (BookError, OSError, ValueError) as error:
        print(f"build_book: {error}", file=sys.stderr)
        return 1
    except CalledProcessError as failure:
        return failure.returncode
    print(f"notebooks: {executed} executed + {unchanged} unchanged; charts {'drawn' if drawn else 'unchanged'}; "
          f"{made - started:.1f} s")  # fmt: skip
    print(f"pages: {len(list(index.parent.rglob('*.html')))}, {time.monotonic() - made:.1f} s")
    print(index)
    return 0


def draw_charts(data: Path, out: Path, records: Records) -> bool:
    """Run scripts/build_charts.py as a step; False where it would draw the same again. Raises CalledProcessError."""
    command = [str(ROOT / "scripts" / "build_charts.py"), "--data", str(data), "--out", str(out)]
    if records.is_unchanged("charts", command):
        return False
    records.run_script("charts", command)
    return True


if __name__ == "__main__":
    sys.exit(main())
