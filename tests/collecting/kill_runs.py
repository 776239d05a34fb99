"""Runs of a collector that are killed by SIGKILL at random moments, each going on where the one before stopped.

A program of its own, since a process of one thread can be forked at every run: starting Python takes twenty times
as long as the run lasts. In: one JSON argument. Out: one JSON line about every run. "Lại từ đầu?" (from the
beginning again?) - that is what must not happen.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sys
import time
from pathlib import Path

from reform_figures.collecting import Archive, Source, collect_source
from reform_figures.portals.listing import Listing
from reform_figures.tables import manifest_path, raw_folder

from .fake_portal import ADDRESS
from .stores import assert_sound

LISTING = Listing(items="h3 a", next_page="?page={n}")


def collect(run: int, data: Path, endpoint: str, keys: dict, step, dry_run=False) -> None:
    """One run; its number goes into the User-Agent, so that the portal knows which run asks."""
    keys = {"delay_seconds": 0.0, "timeout_seconds": 9.0, "connect_to": endpoint, **keys}
    source = Source("fake", "x", ADDRESS, "nukeviet", ("tin-tuc",), **keys)
    with Archive(data) as archive:
        collect_source(source, LISTING, archive, f"run/{run}", on_step=step, dry_run=dry_run)


def killed(run: int, steps: int, pause: float, *args) -> bool:
    """Collect in a child, and kill it so many seconds after so many requests; False where it ended before."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            collect(run, *args, lambda total, report: os.write(write, b"."))
        finally:
            os._exit(0)
    os.close(write)
    while steps > 0 and os.read(read, 1):
        steps -= 1
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    os.close(read)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def describe(data: Path) -> dict:
    """What lies on the disk right after a kill: articles whose body is in its place, and what is half done."""
    raw = raw_folder(data)
    bodies = [path.read_text(encoding="utf-8") for path in raw.glob("fake/article-*.html")]
    manifest = manifest_path(data).read_bytes() if manifest_path(data).exists() else b""
    return {
        "stored": [f"/bai-{re.search(r'<h1>(.*?)</h1>', body)[1]}.html" for body in bodies],
        "half_done": (raw / ".pending.csv").exists() or bool(list(raw.rglob("*.part"))),
        "rows": manifest.count(b"\n"),
    }


def main() -> None:
    wanted = json.loads(sys.argv[1])
    data, randomly = Path(wanted["data"]), random.Random(wanted["seed"])
    args = (data, wanted["endpoint"], wanted["keys"])
    collect(
        0, data, wanted["endpoint"], {}, lambda total, report: None, dry_run=True
    )  # compiles selectors for all the others
    kills = run = 0
    while kills < wanted["kills"] and run < 3 * wanted["kills"]:
        run += 1
        was_killed = killed(run, randomly.randrange(wanted["steps"]), randomly.uniform(0, 0.005), *args)
        kills += was_killed
        print(json.dumps({"run": run, "killed": was_killed, **describe(data)}))
        if run % 2:  # the other half is left for the next run to put in order
            with Archive(data):
                assert_sound(data)
    collect(run + 1, *args, lambda total, report: None)


if __name__ == "__main__":
    main()
