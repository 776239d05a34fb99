"""Export the data for other programs: CSV, a workbook, Parquet, SDMX-CSV 2.0 and a Frictionless data package.

In: the tables in DATA/processed. Out: one folder (build/export), the same to the byte on every run; its date is that of
the newest article, or --date. "Mở bằng Excel" (open in Excel): reform-figures.xlsx, or the CSV files named _excel.

What stands in each file: docs/exports.md; the concepts of SDMX: docs/sdmx.md.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from reform_figures.exporting.release import build_export
from reform_figures.tables import write_bytes

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "export", help="folder to write (build/export)")
    parser.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD",
                        help="day of the release (that of the newest article)")  # fmt: skip
    args = parser.parse_args()
    try:
        export = build_export(args.data, args.date)
        for name, body in export.files.items():
            write_bytes(args.out / name, body)
    except (OSError, ValueError) as error:
        print(f"export: {error}", file=sys.stderr)
        return 1
    for name, body in export.files.items():
        if not name.startswith("sdmx/CL_"):
            print(f"{args.out / name}: {len(body):,} bytes")
    rows = export.counts["series"]
    print(f"release of {export.day}: {', '.join(f'{n} {name}' for name, n in export.counts.items())}")
    print(f"{rows} observations = {rows - export.without_days} in SDMX-CSV + {export.without_days} without days")
    return 0


if __name__ == "__main__":
    sys.exit(main())
