"""Write the notebooks with exercises for students: tasks, empty answers and checks, without the solutions.

In: notebooks with solutions between ### BEGIN SOLUTION and ### END SOLUTION. Out: OUT/<name>.ipynb, to be opened with
JupyterLab inside the repository. "Bài tập không có lời giải" (exercises without solutions) is what a class gets.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reform_figures.student_copies import CopyError, write_copies
from reform_figures.wording import count_text

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notebooks", type=Path, default=ROOT / "notebooks", help="folder of notebooks (notebooks)")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "students", help="folder for the copies")
    args = parser.parse_args()
    try:
        written = write_copies(args.notebooks.resolve(), args.out.resolve())
    except (CopyError, OSError, ValueError) as error:
        print(f"student_copies: {error}", file=sys.stderr)
        return 1
    print(*written, sep="\n")
    others = len(list(args.out.glob("*.ipynb"))) - len(written)
    print(
        f"{args.out}: {count_text(len(written), 'notebook')} with exercises, without the solutions; "
        f"{count_text(others, 'other notebook')} beside as they are"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
