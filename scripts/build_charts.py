"""Draw every named chart: picture, data and page of each, in both languages; or a few of them in a style of your own.

In: DATA/processed. Out: OUT/<name>.svg, .png, .vi.svg, .vi.png, .csv, .columns.csv (what each column holds),
.caption.txt, .vi.caption.txt (what it shows and does not show, every article behind it) and .md (the page of the book).
Drawn again from the same data, every file is the same to the byte. With names, all but the page is written of those,
and nothing else in OUT is touched: `build_charts.py share_online --width-cm 8 --grey --out build/my_charts`. "Vẽ lại
mọi biểu đồ": draw all charts again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from reform_figures.charts import CHARTS
from reform_figures.charts.publishing import write_charts, write_pictures
from reform_figures.loading import DATA_VARIABLE

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "charts", help="folder (build/charts)")
    parser.add_argument("names", nargs="*", metavar="name", help="charts to draw (all, with their pages)")
    parser.add_argument(
        "--width-cm", type=float, help="width of the named charts, 8 to 60 (17.3, a column of the book)"
    )
    parser.add_argument("--font", help="an installed font with Vietnamese letters (DejaVu Sans)")
    parser.add_argument("--grey", action="store_true", help="draw them in greys")
    args = parser.parse_args()
    if not args.names and (args.width_cm or args.font or args.grey):
        parser.error("a style is for named charts: name them, as in `build_charts.py share_online --grey`")
    if not (args.data / "processed" / "series.csv").exists():
        print(f"build_charts: {args.data} has no series yet; run scripts/build_series.py first", file=sys.stderr)
        return 1
    os.environ[DATA_VARIABLE] = str(args.data.resolve())
    started = time.monotonic()
    try:
        if args.names:
            write_pictures(args.names, args.out, width_cm=args.width_cm, font=args.font, grey=args.grey)
        else:
            write_charts(args.out)
    except (OSError, ValueError) as error:
        print(f"build_charts: {error}", file=sys.stderr)
        return 1
    print(f"charts: {len(set(args.names) or CHARTS)} in {args.out}, {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
