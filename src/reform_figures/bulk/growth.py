"""How the time and the memory of a bulk run grow with the archive, and how much a second process helps.

In: collected pages. Out: `Measured` runs over samples of them (`sample`). Of "một trăm nghìn trang" (a hundred thousand
pages) each is to take no longer than of a thousand. CPU seconds are told beside those on the clock, because other work
on the machine slows the clock only.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from reform_figures.bulk.engines import Engine, Processes, Work
from reform_figures.bulk.running import extract_archives
from reform_figures.bulk.sample import varied_pages, write_sample
from reform_figures.collecting.sources import Source


@dataclass(slots=True)
class Measured:
    """One run: the seconds of its workers, and their memory."""

    pages: int
    processes: int
    clock_seconds: float = 0.0
    """From the first item of work to the last result."""
    cpu_seconds: float = 0.0
    """Of all workers together."""
    peak_mib: float = 0.0
    """The most memory that one worker held."""

    @property
    def pages_per_cpu_second(self) -> float:
        return self.pages / self.cpu_seconds

    @property
    def pages_per_second(self) -> float:
        return self.pages / self.clock_seconds


@dataclass(slots=True)
class _Watched:
    """An engine whose work is measured where it is done."""

    engine: Engine
    told: Measured

    def run(self, work: Work, items: Sequence):
        begun = time.perf_counter()
        for number, (result, cpu_seconds, peak) in self.engine.run(partial(_measure, work), items):
            self.told.cpu_seconds += cpu_seconds
            self.told.peak_mib = max(self.told.peak_mib, peak)
            yield number, result
        self.told.clock_seconds += time.perf_counter() - begun


def _measure(work: Work, item: object) -> tuple[object, float, float]:
    begun = time.process_time()
    result = work(item)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return result, time.process_time() - begun, peak


def measure_growth(
    pages: Sequence[tuple[str, bytes]], sources: Iterable[Source], runs: Iterable[tuple[int, int]]
) -> Iterable[Measured]:
    """Runs over samples of so many pages by so many processes, one after the other. Raises OSError, BulkError.

    A sample of 100,000 pages takes 220 MB below the folder for temporary files, its tables 100 MB.
    """
    sources = list(sources)
    for number, processes in runs:
        with TemporaryDirectory(prefix="reform-figures-") as folder:
            archive = Path(folder) / "sample.warc.gz"
            write_sample(archive, varied_pages(pages, number))
            told = Measured(number, processes)
            extract_archives([str(archive)], str(Path(folder) / "out"), _Watched(Processes(processes), told), sources)
        yield told
