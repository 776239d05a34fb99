"""Build the tidy series: one observation a figure, with its days, its indicator and the day it became known.

In: figures, passed_over, articles and findings in DATA/processed. Out: series.csv, targets.csv, dictionary.csv and
datapackage.json there. "Đến nay" (so far), in an article of 3 February 2023 about 2022, is known since that day and
speaks of the end of 2022.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from reform_figures import tables
from reform_figures.exporting.columns import newest_day
from reform_figures.exporting.datapackage import write_data_package
from reform_figures.series import build_series
from reform_figures.targets import build_targets

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    args = parser.parse_args()
    try:
        figures, articles, findings = (tables.read_table(args.data, t) for t in ("figures", "articles", "findings"))
        series = build_series(figures, articles, findings)
        targets = build_targets(series, figures, articles, tables.read_table(args.data, "passed_over"))
    except (OSError, ValueError) as error:
        print(f"build_series: {error}", file=sys.stderr)
        return 1
    if not series:
        print(f"build_series: {args.data} holds no figures; there is no series to build", file=sys.stderr)
        return 1
    path = tables.write_table(args.data, "series", series)
    print(f"{tables.write_table(args.data, 'targets', targets)}: {len(targets)} targets with who set them")
    tables.write_dictionary(args.data)
    write_data_package(path.parent, articles, newest_day(articles))
    verdicts = Counter(row.verdict for row in series)
    indicators = {row.indicator for row in series}
    print(f"{path}: {len(indicators)} indicators; {', '.join(f'{n} {v}' for v, n in sorted(verdicts.items()))}")
    left_out = len(figures) - len(series)
    told = f"{len(series)} observations + {left_out} in items that restate no published article"
    print(f"{len(figures)} figures = {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
