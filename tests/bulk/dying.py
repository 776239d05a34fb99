"""Work that kills its worker in the middle of one shard, once."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

from reform_figures.bulk.pages import PageReader
from reform_figures.bulk.planning import Shard

SHARD, PAGE = 1, 10


def die_once(flag: str, work, item):
    """Do the work; at a page of a shard, kill this process, unless the file `flag` says that it was done before."""
    if isinstance(item, Shard) and item.number == SHARD and not Path(flag).exists():
        extract, seen = PageReader._extract, []

        def extract_or_die(self, article, captured_at):
            seen.append(article)
            if len(seen) == PAGE:
                Path(flag).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return extract(self, article, captured_at)

        PageReader._extract = extract_or_die
    return work(item)


def die(item):
    os.kill(os.getpid(), signal.SIGKILL)


def fail(item):
    raise OSError(28, "No space left on device", item)


class Dying:
    """An engine of which one worker is lost."""

    def __init__(self, engine, flag: Path) -> None:
        self._engine = engine
        self.flag = flag
        self.done: list[int] = []
        """Items in the order in which they were done."""

    def run(self, work, items):
        for number, told in self._engine.run(partial(die_once, str(self.flag), work), items):
            self.done.append(number)
            yield number, told
