"""Build the book: run the notebooks, draw the charts, write the codebook, make the pages; only what changed is new.

In: notebooks/, docs/ and DATA/processed. Out: OUT/notebooks (executed), OUT/charts and OUT/book/index.html. The pages
ask no other host for anything. "Sổ mã" (the codebook) is written from the tables.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from reform_figures.book import BookError, build_pages, execute_notebooks, fingerprint_inputs, gather_pages
from reform_figures.charts import CHARTS
from reform_figures.charts.publishing import write_charts

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
    started = time.monotonic()
    try:
        executed, unchanged = execute_notebooks(args.notebooks, args.out / "notebooks", args.data)
        notebooks_done = time.monotonic()
        drawn = write_charts(args.out / "charts", made_from=fingerprint_inputs(args.data))
        charts_done = time.monotonic()
        gather_pages(ROOT / "docs", args.out / "notebooks", args.out / "charts", args.out / "book-source")
        index = build_pages(args.out / "book-source", args.out / "book", args.out / "book-cache")
    except (BookError, OSError, ValueError) as error:
        print(f"build_book: {error}", file=sys.stderr)
        return 1
    print(f"notebooks: {executed} executed + {unchanged} unchanged, {notebooks_done - started:.1f} s")
    print(f"charts: {len(CHARTS)} {'drawn' if drawn else 'unchanged'}, {charts_done - notebooks_done:.1f} s")
    print(f"pages: {len(list(index.parent.rglob('*.html')))}, {time.monotonic() - charts_done:.1f} s")
    print(index)
    return 0


if __name__ == "__main__":
    sys.exit(main())
