"""Do the whole way: serve the practice portals, collect, read, extract, check, build the series and the book.

In: practice/ and sources.toml. Out: the tables in DATA and the book in build/book/index.html. Each step is the script
of its name, so that any of them can be run alone. "Từ trang báo đến biểu đồ": from the news page to the chart.

A step that fails ends the run with its own sentence; run it again to go on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from reform_figures.practice import serve

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    args = parser.parse_args()
    spent: list[tuple[str, float]] = []
    with serve(0, ROOT / "practice") as address:
        endpoint = address.removeprefix("http://").rstrip("/")
        steps = [("collect", "--source", "practice", "--connect-to", endpoint)]
        steps += [(name,) for name in ("read", "extract", "check", "build_series", "build_book")]
        for name, *options in steps:
            start = time.perf_counter()
            command = [sys.executable, str(ROOT / "scripts" / f"{name}.py"), "--data", str(args.data), *options]
            print(f"== {name}", flush=True)
            if code := subprocess.run(command, check=False).returncode:
                print(f"report: the step {name} failed; mend what it says and run make report again", file=sys.stderr)
                return code
            spent.append((name, time.perf_counter() - start))
    print("steps: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
