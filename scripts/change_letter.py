"""Write the change letter of a release: what appeared, vanished and changed since another one, and why.

In: --before, a folder or a git revision of this repository, and DATA/processed. Out: Markdown, printed or written to
--out. "Trước và sau" (before and after): scripts/change_letter.py --before v0.1.0 --out build/changes.md

Causes come from the tables: SHA-256 of the page, names of rules, corrections.csv, and with a revision the vocabulary.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reform_figures.corrections import read_corrections
from reform_figures.releases.causes import Evidence
from reform_figures.releases.comparing import compare_releases
from reform_figures.releases.letter import change_letter
from reform_figures.releases.loading import changed_vocabulary, load_release
from reform_figures.tables import write_text

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", required=True, metavar="DIR_OR_REVISION", help="the earlier release")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder of the later release (data)")
    parser.add_argument("--corrections", type=Path, default=ROOT / "corrections.csv", help="table of corrections")
    parser.add_argument("--examples", type=int, default=3, help="figures shown for each kind of change and cause (3)")
    parser.add_argument("--out", type=Path, help="file to write (printed)")
    args = parser.parse_args()
    try:
        if not args.data.is_dir():
            raise FileNotFoundError(f"{args.data} is no folder; give the data folder of the later release with --data")
        evidence = Evidence(
            load_release(args.before, ROOT),
            load_release(str(args.data), ROOT),
            read_corrections(args.corrections),
            changed_vocabulary(args.before, ROOT),
        )
        letter = change_letter(compare_releases(evidence), examples=args.examples)
        if args.out:
            write_text(args.out, letter)
            print(f"{args.out}: {len(letter.splitlines())} lines")
        else:
            print(letter, end="")
    except (OSError, ValueError) as error:
        print(f"change_letter: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
