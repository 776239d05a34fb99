"""Measure bulk runs: pages a second and memory as the archive grows, and what a second process brings.

In: the practice portals' pages in DATA/raw, made into archives of any size with other figures on every page. Out: a
line a run - pages, processes, pages a second on the clock and of CPU time, peak memory of a process - and the ratios
to the first run. "Mười nghìn trang" (ten thousand pages) take half a minute or so on one core.

Ends with 0 where something was measured, 1 where there was nothing to measure.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reform_figures.bulk import BulkError
from reform_figures.bulk.growth import measure_growth
from reform_figures.bulk.sample import practice_pages
from reform_figures.collecting.sources import SourceError, read_sources
from reform_figures.tables import TableError, manifest_path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--pages", type=int, nargs="+", default=[1_000, 10_000], help="sizes of archives (1000 10000)")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2], help="processes at each size (1 2)")
    args = parser.parse_args()
    try:
        sources = read_sources(ROOT / "sources.toml")
        pages = practice_pages(args.data, sources)
        if not pages:
            raise TableError(f"{manifest_path(args.data)}: no article page; run scripts/collect.py first")
        measure(pages, sources, [(number, processes) for number in args.pages for processes in args.processes])
    except (BulkError, SourceError, TableError, OSError) as error:
        print(f"benchmark_bulk: {error}", file=sys.stderr)
        return 1
    return 0


def measure(pages, sources, runs: list[tuple[int, int]]) -> None:
    first = None
    print("   pages  processes  pages/s  pages/CPU s  peak MiB  clock ratio  CPU ratio")
    for run in measure_growth(pages, sources.values(), runs):
        first = first or run
        print(
            f"{run.pages:8d}  {run.processes:9d}  {run.pages_per_second:7.0f}  {run.pages_per_cpu_second:11.0f}  "
            f"{run.peak_mib:8.0f}  {run.pages_per_second / first.pages_per_second:11.2f}  "
            f"{run.pages_per_cpu_second / first.pages_per_cpu_second:9.2f}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
