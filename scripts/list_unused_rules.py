"""List vocabulary rows that never matched and subject rules that never set a subject, on the articles at hand.

From the tables: DATA/processed (articles, figures). --text FOLDER adds plain texts with the index CSV that
scripts/extract.py reads; what is found there counts as well. A row listed is no mistake: the corpus may be small. It
is a row that nothing but the test cases holds in place. "Tổng cục" (general department) is listed where no article
says it.

Ends with 0 where articles were read, 1 where there were none.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from show_evidence import read_articles, read_texts

from reform_figures.unused_rules import count_rows, find_unused

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--text", type=Path, metavar="PATH", help="folder of plain article texts, or one of them")
    parser.add_argument("--index", type=Path, metavar="CSV", help="what is known of each text")
    args = parser.parse_args()
    try:
        read = list(read_articles(args.data))
        if args.text:
            read += read_texts(args.text, args.index)
    except (OSError, ValueError) as error:
        print(f"list_unused_rules: {error}", file=sys.stderr)
        return 1
    unused = find_unused([article for article, _, _ in read], [f for _, figures, _ in read for f in figures])
    for row in unused:
        print(f"{row.table}\t{row.name}\t{row.meaning}")
    left = Counter(row.table for row in unused)
    for table, rows in count_rows().items():
        print(f"{table}: {rows} rows = {rows - left[table]} used + {left[table]} never used in {len(read)} articles")
    return 0


if __name__ == "__main__":
    sys.exit(main())
