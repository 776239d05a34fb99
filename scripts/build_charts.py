"""Draw every named chart: picture, data and page of each, in both languages.

In: DATA/processed. Out: OUT/<name>.svg, .png, .vi.svg, .vi.png, .csv and .md (the page of the book). Drawn again from
the same data, every file is the same to the byte. "Vẽ lại mọi biểu đồ": draw all charts again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from reform_figures.charts import CHARTS
from reform_figures.charts.publishing import write_charts
from reform_figures.loading import DATA_VARIABLE

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "charts", help="folder (build/charts)")
    args = parser.parse_args()
    if not (args.data / "processed" / "series.csv").exists():
        print(f"build_charts: {args.data} has no series yet; run scripts/build_series.py first", file=sys.stderr)
        return 1
    os.environ[DATA_VARIABLE] = str(args.data.resolve())
    started = time.monotonic()
    try:
        write_charts(args.out)
    except (OSError, ValueError) as error:
        print(f"build_charts: {error}", file=sys.stderr)
        return 1
    print(f"charts: {len(CHARTS)} in {args.out}, {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
