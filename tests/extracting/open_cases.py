"""List the open cases with what still differs; with `--settle`, move those that hold now into their tables.

Run in `tests`: `python -m extracting.open_cases`. A case goes in unchanged: "giảm 12 thôn" (12 villages fewer) is
open until the extraction reads it as its reader does.
"""

from __future__ import annotations

import argparse
import csv
import json

from .case_tables import CASES, OPEN, case_id, read_cases
from .readings import COMPARE


def append_row(table: str, row: dict) -> None:
    """Put a row at the end of its case table."""
    with (CASES / table).open("a", encoding="utf-8", newline="") as file:
        if table.endswith(".csv"):
            csv.DictWriter(file, fieldnames=list(row), lineterminator="\n").writerow(row)
        else:
            file.write(json.dumps(row, ensure_ascii=False, default=float) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--settle", action="store_true", help="move the cases that hold now into their tables")
    settle = parser.parse_args().settle
    still_open, settled = [], []
    for case in read_cases(OPEN):
        try:
            lines = COMPARE[case["table"]](case["row"])
        except Exception as error:  # an open case may be one that the extraction fails on
            lines = [f"{type(error).__name__}: {error}"]
        (still_open if lines else settled).append(case)
        print(f"{'open' if lines else 'holds'}  {case['table']}  {case_id(case['row'])}")
        for line in lines:
            print(f"       {line}")
    if settle and settled:
        for case in settled:
            append_row(case["table"], case["row"])
        rest = "".join(json.dumps(case, ensure_ascii=False, default=float) + "\n" for case in still_open)
        (CASES / OPEN).write_text(rest, encoding="utf-8")
    print(f"{len(still_open)} open, {len(settled)} hold{' and were moved into their tables' if settle else ''}")


if __name__ == "__main__":
    main()
