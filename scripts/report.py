"""Do the whole way: serve the practice portals, collect, read, extract, check, build the series and the book.

In: practice/ and sources.toml. Out: the tables in DATA and the book in build/book/index.html. Each step is the script
of its name, so that any of them can be run alone. "Từ trang báo đến biểu đồ": from the news page to the chart.

A step is left out where nothing that it looks at has changed since it was last done (`reform_figures.steps`); what is
remembered of that lies in build/steps. A step that fails ends the run with its own sentence; run it again to go on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from reform_figures.steps import Records

ROOT = Path(__file__).resolve().parents[1]
STEPS = (("collect", "--practice"), ("read",), ("extract",), ("check",), ("build_series",), ("build_book",))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    data = parser.parse_args().data.resolve()
    records = Records(ROOT / "build" / "steps", (ROOT, data))
    told: list[str] = []
    for name, *options in STEPS:
        command = [str(ROOT / "scripts" / f"{name}.py"), "--data", str(data), *options]
        if records.is_unchanged(name, command):
            print(f"== {name}: unchanged", flush=True)
            told.append(f"{name} unchanged")
            continue
        print(f"== {name}", flush=True)
        start = time.perf_counter()
        try:
            records.run_script(name, command)
        except subprocess.CalledProcessError as failure:
            print(f"report: the step {name} failed; mend what it says and run make report again", file=sys.stderr)
            return failure.returncode
        told.append(f"{name} {time.perf_counter() - start:.1f} s")
    print("steps: " + ", ".join(told))
    print(ROOT / "build" / "book" / "index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
