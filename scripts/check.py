"""Check the figures against each other: inside every article, and between articles.

In: DATA/processed/figures.csv and articles.jsonl. Out: DATA/processed/findings.csv, one check a row. "70 trên 76
nhiệm vụ, đạt 92,1%" (70 of 76 tasks, 92.1 %) holds; what contradicts is printed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from reform_figures import tables
from reform_figures.checking import check_articles
from reform_figures.wording import count_text

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    args = parser.parse_args()
    try:
        figures = tables.read_table(args.data, "figures")
        articles = tables.read_table(args.data, "articles")
        findings = check_articles(figures, articles)
    except (OSError, ValueError) as error:
        print(f"check: {error}", file=sys.stderr)
        return 1
    if not figures:
        print(f"check: {tables.table_path(args.data, 'figures')} holds no figures; nothing to check", file=sys.stderr)
        return 1
    path = tables.write_table(args.data, "findings", findings)
    for finding in findings:
        if finding.verdict == "contradicts":
            print(f"{finding.kind}: {finding.words} [{finding.figures.split(':')[0]}]")
    verdicts = Counter(finding.verdict for finding in findings)
    checked = {figure_id for finding in findings for figure_id in finding.figures.split()}
    print(f"{path}: {len(findings)} findings ({', '.join(f'{n} {v}' for v, n in sorted(verdicts.items()))})")
    print(
        f"{count_text(len(figures), 'figure')} of {count_text(len(articles), 'article')} = "
        f"{len(checked):,} in at least one check + {len(figures) - len(checked):,} to which no check was found to apply"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
