"""Compare the figures extracted from the digests with the facts that readers noted from the published articles.

In: FACTS (facts.csv, sources.jsonl), the processed tables in DATA, and facts_reviewed.csv, where somebody who looked at
a difference says who is right. Out: DATA/processed/facts_compared.csv, a row a fact, and the shares on the screen.
"Cổng có 3.200 dịch vụ" (3,200 services) was read twice, by a person and by rules: this says where they differ.

Ends with 0, or with 1 where there are no facts to compare with.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

from reform_figures.facts import COLUMNS, FactsError, compare_facts, read_facts, read_reviews
from reform_figures.tables import TableError, read_table, write_text

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    args = read_arguments(arguments)
    path = args.data / "processed" / "facts_compared.csv"
    try:
        facts, sources = read_facts(args.facts)
        articles, figures = read_table(args.data, "articles"), read_table(args.data, "figures")
        rows = compare_facts(articles, figures, facts, sources, read_reviews(args.reviews))
    except (FactsError, TableError, OSError) as error:
        print(f"compare_facts: {error}", file=sys.stderr)
        return 1
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(path, text.getvalue())
    print_errors(rows, facts, figures, args.errors)
    print_shares(rows)
    return 0


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=Path, default=ROOT.parent / "shared" / "facts", help="folder of the facts")
    parser.add_argument("--reviews", type=Path, default=ROOT / "facts_reviewed.csv", help="reviewed differences")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print up to N differences")
    return parser.parse_args(arguments)


def print_errors(rows: list[dict[str, str]], facts: dict, figures: list, most: int) -> None:
    """Differences that nobody accepted, each with the note of the fact and the sentence of the figure."""
    notes = {str(fact.line): fact.fields["statement"] for told in facts.values() for fact in told}
    sentences = {figure.figure_id: figure.marked() for figure in figures}
    for row in [row for row in rows if row["outcome"] in ("differs", "missing")][:most]:
        print(f"{row['fact']} {row['source']} {row['value']}: {row['wrong'] or 'missing'}")
        print(f"    noted: {notes[row['fact']]}")
        print(f"    {row['article_id']}: {sentences.get(row['figure_id'], '-')}")


def print_shares(rows: list[dict[str, str]]) -> None:
    outcomes = Counter(row["outcome"] for row in rows)
    told = len(rows) - outcomes["no_number"]
    found = sum(bool(row["figure_id"]) for row in rows)
    sources = len({row["source"] for row in rows})
    print(f"{len(rows)} facts of {sources} sources: {told} with a number, {outcomes['no_number']} without")
    if told:
        print(f"value found: {found} of {told} ({100 * found / told:.1f} %)")
        right, accepted = outcomes["right"], outcomes["right"] + outcomes["accepted"]
        print(f"value, unit, subject, area and period as noted: {right} of {told} ({100 * right / told:.1f} %)")
        print(f"the same, or found to be right by a reviewer: {accepted} of {told} ({100 * accepted / told:.1f} %)")


if __name__ == "__main__":
    sys.exit(main())
