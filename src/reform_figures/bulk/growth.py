"""How the time and the memory of a bulk run grow with the archive, and how much a second process helps.

In: collected pages. Out: ratios of runs over samples of them (`sample`). Of "một trăm nghìn trang" (a hundred thousand
pages) each is to take no longer than of a thousand. CPU seconds are told beside those on the clock, because other work
on the machine slows the clock only.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from fastwarc.warc import ArchiveIterator, WarcRecordType

from reform_figures.benchmark_peers import load_ceiling
from reform_figures.benchmarking import Results, size_name
from reform_figures.bulk.engines import Engine, Processes, Work
from reform_figures.bulk.planning import SHARD_PAGES
from reform_figures.bulk.running import extract_archives
from reform_figures.bulk.sample import varied_pages, write_sample
from reform_figures.collecting.sources import Source

ENOUGH_SHARDS = 4
"""Fewer leave one of two processes without work for much of the time."""


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


def measure_archives(
    results: Results, pages: Sequence[tuple[str, bytes]], sources: Iterable[Source], sizes: Sequence[int]
) -> None:
    """Read samples of so many pages by one process, large ones by two as well; what is measured joins the results.

    A sample of 100,000 pages takes 220 MB below the folder for temporary files, its tables 100 MB. Raises OSError,
    BulkError.
    """
    sources, first = list(sources), None
    for number in sizes:
        with TemporaryDirectory(prefix="reform-figures-") as folder:
            archive = Path(folder) / "sample.warc.gz"
            write_sample(archive, varied_pages(pages, number))
            one = _run(archive, number, 1, sources)
            if number >= ENOUGH_SHARDS * SHARD_PAGES:
                two = _run(archive, number, 2, sources)
                results.ratios[f"archive_two_{size_name(number)}"] = two.pages_per_second / one.pages_per_second
            if first is None:
                first = one
                bare, unpacking = (_cpu_seconds_of_a_pass(archive, look) for look in (load_ceiling(), len))
                results.ratios["archive_vs_ceiling"] = one.pages_per_cpu_second * bare / number
                results.absolute["unpack_pages_per_second"] = number / unpacking
        size = size_name(number)
        if one is not first:
            results.ratios[f"archive_growth_{size}"] = first.pages_per_cpu_second / one.pages_per_cpu_second
            results.ratios[f"archive_memory_growth_{size}"] = one.peak_mib / first.peak_mib
        results.absolute[f"archive_{size}_pages_per_cpu_second"] = one.pages_per_cpu_second
        results.absolute[f"archive_{size}_peak_mib"] = one.peak_mib


def _run(archive: Path, pages: int, processes: int, sources: list[Source]) -> Measured:
    told = Measured(pages, processes)
    out = archive.parent / f"out-{processes}"
    extract_archives([str(archive)], str(out), _Watched(Processes(processes), told), sources)
    return told


def _cpu_seconds_of_a_pass(archive: Path, look: Callable[[bytes], object]) -> float:
    """Of the least that can be done with a file: take every page out of it, and look at its body."""
    begun = time.process_time()
    with archive.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            look(record.reader.read())
    return time.process_time() - begun
