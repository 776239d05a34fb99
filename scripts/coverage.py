"""Write the table of national indicators by year into the README, from the series.

In: series.csv in DATA/processed. Out: the table between the marks of README. "76% dịch vụ mức độ 3, 4" (76 % of
services at levels 3 and 4) of 2021 stands in that year's column. A test holds the README to the data.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reform_figures import tables
from reform_figures.coverage import coverage_table, put_table

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md", help="file with the marks (README.md)")
    args = parser.parse_args()
    try:
        table = coverage_table(tables.read_table(args.data, "series"))
        tables.write_text(args.readme, put_table(args.readme.read_text(encoding="utf-8"), table))
    except (OSError, ValueError) as error:
        print(f"coverage: {error}", file=sys.stderr)
        return 1
    print(f"{args.readme}: {table.count(chr(10)) - 2} indicators")
    return 0


if __name__ == "__main__":
    sys.exit(main())
