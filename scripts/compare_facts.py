"""Compare the figures extracted from the digests with the facts that readers noted from the published articles.

In: FACTS (facts.csv, sources.jsonl) and the processed tables in DATA. Out: DATA/processed/facts_compared.csv, a row a
fact, and the shares on the screen. "Cổng có 3.200 dịch vụ" (3,200 services) was read twice, by a person and by rules:
this says where they differ. What a person wrote into the column `reviewed` is kept as long as the difference stays.

Ends with 0, or with 1 where there are no facts to compare with.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

from reform_figures.facts import COLUMNS, FactsError, compare_facts, read_facts
from reform_figures.tables import TableError, read_table, write_text

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    args = read_arguments(arguments)
    path = args.data / "processed" / "facts_compared.csv"
    try:
        facts, sources = read_facts(args.facts)
        rows = compare_facts(read_table(args.data, "articles"), read_table(args.data, "figures"), facts, sources)
    except (FactsError, TableError, OSError) as error:
        print(f"compare_facts: {error}", file=sys.stderr)
        return 1
    kept = {(row["fact"], row["wrong"], row["outcome"]): row["reviewed"] for row in read_compared(path)}
    for row in rows:
        row["reviewed"] = kept.get((row["fact"], row["wrong"], row["outcome"]), "")
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(path, text.getvalue())
    print_shares(rows, args.errors)
    return 0


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=Path, default=ROOT.parent / "shared" / "facts", help="folder of the facts")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print up to N differences")
    return parser.parse_args(arguments)


def read_compared(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def print_shares(rows: list[dict[str, str]], errors: int) -> None:
    outcomes = Counter(row["outcome"] for row in rows)
    told = len(rows) - outcomes["not_told"]
    found = outcomes["right"] + outcomes["differs"]
    for row in [r for r in rows if r["outcome"] in ("differs", "missing")][:errors]:
        print(f"{row['outcome']}: {row['value']} ({row['statement']}) {row['wrong']} [{row['article_id']}]")
    sources = len({row["source"] for row in rows})
    print(f"{len(rows)} facts of {sources} sources: {told} with a number, {outcomes['not_told']} without")
    if told:
        print(f"value found: {found} of {told} ({100 * found / told:.1f} %)")
        right = outcomes["right"]
        print(f"value, unit, subject, area and period right: {right} of {told} ({100 * right / told:.1f} %)")


if __name__ == "__main__":
    sys.exit(main())
