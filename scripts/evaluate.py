"""Score extracted figures against figures that a reader marked.

PREDICTED and GOLD are folders with one <article>.jsonl each in the fields of the annotation guide; scripts/extract.py
--text writes such a folder. Only articles of GOLD are scored; one without a prediction has none found. Scores:

  found    the numerals themselves
  value    and their number (value, of, value_max)
  core     number, unit, measure, theme, subject, status
  context  number, area, period, base
  strict   every field

"Giảm 17 tổng cục" (17 general departments fewer) taken as departments is found, right in value and wrong in core.
Ends with 0 where something was scored, 1 where nothing could be.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pandas as pd

from reform_figures.evaluation import as_dict, evaluate, list_errors, score_fields, score_levels, score_themes
from reform_figures.evaluation_sets import read_figures, record_scores, score_rows


def main() -> int:
    args = read_arguments()
    try:
        predicted, gold = read_figures(args.predicted), read_figures(args.gold)
        shared = set(predicted) & set(gold)
        if not shared:
            raise ValueError(
                f"{args.predicted} and {args.gold} have no article in common; the files of both must have the same "
                f"names (found {min(predicted)}.jsonl and {min(gold)}.jsonl)"
            )
        judged = evaluate(predicted, gold)
        if args.record:
            record_scores(args.record, score_rows(judged, args.name or args.gold.resolve().name, len(gold)))
    except (OSError, ValueError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps({"articles": len(gold)} | as_dict(judged), indent=1))
        return 0
    print_scores(judged)
    print_errors(list_errors(judged), args.errors)
    print(
        f"{len(gold)} gold articles = {len(shared)} with predictions + {len(gold) - len(shared)} without; "
        f"{len(predicted) - len(shared)} predicted articles have no gold and were left out"
    )
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predicted", type=Path, metavar="PREDICTED", help="folder of extracted figures")
    parser.add_argument("gold", type=Path, metavar="GOLD", help="folder of figures marked by a reader")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print up to N errors an article")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON alone")
    parser.add_argument("--record", type=Path, metavar="CSV", help="keep the scores in this table, too")
    parser.add_argument("--name", default="", help="name of the gold in that table (the folder's)")
    return parser.parse_args()


def print_scores(judged: pd.DataFrame) -> None:
    with pd.option_context("display.width", 200, "display.max_columns", None, "display.max_rows", None):
        print(score_levels(judged).to_string(float_format="{:.3f}".format), end="\n\n")
        print("Of the figures found, right in each field, over all and by theme:")
        print(score_fields(judged).T.rename_axis("theme").to_string(float_format="{:.2f}".format), end="\n\n")
        print("Of the reader's figures of each theme, right at each level:")
        print(score_themes(judged).to_string(float_format="{:.2f}".format), end="\n\n")


def print_errors(errors: pd.DataFrame, limit: int) -> None:
    for article, rows in errors.groupby("article") if limit > 0 else ():
        print(f"{article}: {len(rows)} errors")
        for row in rows.head(limit).itertuples():
            if row.error in ("missed", "spurious"):
                words = f"{row.error} ({row.expected or row.read})"
            else:
                words = f"{row.error}: {row.read or 'nothing'} read, {row.expected or 'nothing'} expected"
            print(f"  {row.start:6d}  {row.text}  {words}")
        print()


if __name__ == "__main__":
    sys.exit(main())
