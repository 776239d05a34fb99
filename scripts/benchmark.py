"""Measure reading and extracting beside other tools, in one run, and print the ratios.

In: the practice portals' pages in DATA/raw, or saved pages. Out: a table of ratios by name; with --json FILE also
{"measured": {...}, "ratios": {name: ratio}, "absolute": {...}, "skipped": {name: reason}}. Above 1, a `_vs_` ratio says
how many times as fast we are; a growth is near 1 where time is linear. Absolute values hold for this machine alone. The
other tools are an optional dependency group (uv sync --inexact --group peers; HeidelTime needs Java); those not
installed are named and left out. All but archives read by two processes runs on one core. "--quick" ends within a
minute or so and stops at texts of "một triệu ký tự" (a million characters); the whole takes half an hour.

Ends with 0 where something was measured, 1 where there was nothing to measure.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tqdm import tqdm

from reform_figures import benchmark_pages, benchmarking, tables
from reform_figures.bulk import BulkError
from reform_figures.bulk.growth import measure_archives
from reform_figures.bulk.sample import practice_pages
from reform_figures.collecting.sources import Source, SourceError, read_sources

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    args = read_arguments(arguments)
    try:
        plan, results = benchmarking.QUICK if args.quick else benchmarking.FULL, benchmarking.Results()
        sources = read_sources(ROOT / "sources.toml")
        pages = load_pages(args, sources)
        archived = [(p.page.url, p.page.body) for p in pages] if args.pages else practice_pages(args.data, sources)
        measure_archives(results, archived, sources.values(), plan.archives)
        stay_on_one_core()
        benchmarking.measure(results, pages, plan, lambda steps: tqdm(steps, desc="benchmark", disable=None))
        if args.json:
            told = {"measured": describe_machine(), **asdict(results)}
            tables.write_text(args.json, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    except (BulkError, SourceError, tables.TableError, OSError) as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 1
    print_results(results)
    return 0


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="measure on these saved pages (*.html) instead")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, texts up to a million characters")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the ratios by name to this file, too")
    return parser.parse_args(arguments)


def load_pages(args: argparse.Namespace, sources: dict[str, Source]) -> list[benchmark_pages.KnownPage]:
    """Those that the arguments ask for. Raises TableError where there is none."""
    if args.pages:
        if pages := benchmark_pages.load_saved_pages(args.pages):
            return pages
        raise tables.TableError(f"{args.pages}: no *.html there is an article of a known portal family")
    if pages := benchmark_pages.load_pages(args.data, sources):
        return pages
    raise tables.TableError(f"{tables.manifest_path(args.data)}: no article page; run scripts/collect.py first")


def stay_on_one_core() -> None:
    """Where the system allows it (Linux)."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def describe_machine() -> dict[str, str | int]:
    """What the absolute values belong to."""
    return {
        "day": date.today().isoformat(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count() or 1,
    }


def print_results(results: benchmarking.Results) -> None:
    for name, ratio in results.ratios.items():
        print(f"{name:36s} {ratio:10.3g}")
    print("\non this machine, for orientation:")
    for name, value in results.absolute.items():
        print(f"  {name:36s} {value:10.4g}")
    for name, reason in results.skipped.items():
        print(f"left out: {name}: {reason}")
    print(f"{len(results.ratios)} ratios measured, {len(results.skipped)} left out")


if __name__ == "__main__":
    sys.exit(main())
