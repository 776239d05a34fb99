"""Write everything collected as one WARC file (ISO 28500), for web archives and other tools to read.

In: DATA/raw and its manifest. Out: FILE, gzip where it ends in .gz, with one response record a row of the manifest;
the same store gives the same bytes. "Bản lưu" (an archived copy) keeps its address, its time and its digest.
`scripts/collect.py --warc FILE` reads it back. Ends with 0, 1 where nothing was written, 3 where rows were left out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reform_figures.collecting.warc import write_store
from reform_figures.tables import TableError, manifest_path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE", help="the WARC file to write, such as pages.warc.gz")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    args = parser.parse_args()
    if not manifest_path(args.data).exists():
        print(f"export_warc: {manifest_path(args.data)} is not there; run scripts/collect.py first", file=sys.stderr)
        return 1
    try:
        export = write_store(args.data, args.file)
    except (OSError, TableError) as error:
        print(f"export_warc: {args.file} was not written: {error}", file=sys.stderr)
        return 1
    for sentence in export.left_out:
        print(f"export_warc: {sentence}", file=sys.stderr)
    print(f"{args.file}: {export.rows} rows = {export.written} records + {len(export.left_out)} left out")
    return 3 if export.left_out else 0


if __name__ == "__main__":
    sys.exit(main())
