"""Who does the work: this process, several processes on this machine, or the workers of a dask cluster.

In: a function and the items to call it on; both travel, so they are small ("tập tin và vị trí", file and offsets, not
pages). Out: the results, as they become ready, each with the number of its item. The engines differ in nothing else.

A worker that is lost (killed, out of memory) costs its item another try; an item that loses MOST_LOSSES workers in a
row ends the run with its name. An exception of the function ends the run, too.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Protocol

from reform_figures.bulk.planning import BulkError

MOST_LOSSES = 3
Work = Callable[[object], object]


class Engine(Protocol):
    """Runs a function on items; leaves nothing running when its results are closed."""

    def run(self, work: Work, items: Sequence) -> Iterator[tuple[int, object]]: ...


class Serial:
    """One item after the other, in this process."""

    def run(self, work: Work, items: Sequence) -> Iterator[tuple[int, object]]:
        for number, item in enumerate(items):
            yield number, work(item)


class Processes:
    """Processes on this machine, each at one item at a time.

    Not `concurrent.futures`: there, a process that is killed breaks the whole pool and costs the others their items,
    and the processes outlive a main process that is killed.
    """

    def __init__(self, count: int) -> None:
        self.count = count

    def run(self, work: Work, items: Sequence) -> Iterator[tuple[int, object]]:
        waiting, lost = deque(range(len(items))), [0] * len(items)
        workers = [_Worker() for _ in range(min(self.count, len(items)))]
        try:
            while waiting or any(worker.number is not None for worker in workers):
                for worker in workers:
                    if worker.number is None and waiting:
                        number = waiting.popleft()
                        worker.give(number, work, items[number])
                for worker in _ready(workers):
                    number, told = worker.take()
                    if told is not None:
                        if isinstance(told[0], BaseException):
                            raise told[0]
                        yield number, told[0]
                        continue
                    lost[number] += 1
                    if lost[number] == MOST_LOSSES:
                        raise BulkError(given_up(items[number]))
                    waiting.appendleft(number)
                    worker.start()
        finally:
            for worker in workers:
                worker.stop()


def given_up(item: object) -> str:
    """Why a run ends that loses every worker which it gives this item to."""
    return f"{item}: one worker after the other was lost over it; look at the memory of the machine, and at its files"


def _ready(workers: list[_Worker]) -> list[_Worker]:
    """The busy workers that have answered or are gone; waits for one."""
    busy = {worker.connection: worker for worker in workers if worker.number is not None}
    return [busy[connection] for connection in wait(list(busy))]


class _Worker:
    """A process and the pipe to it. Its end of the pipe closes with either process, so that neither waits in vain."""

    def __init__(self) -> None:
        methods = multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._context.set_forkserver_preload(["reform_figures.bulk.loaded"])
        self.number: int | None = None
        """The item that it is at."""
        self.start()

    def start(self) -> None:
        self.connection, theirs = self._context.Pipe()
        for left in (1, 0):
            self._process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
            try:
                self._process.start()
                break
            except EOFError:  # the fork server was killed just then; the next start begins another one
                if not left:
                    raise BulkError("no worker could be started: what starts them was killed twice") from None
        theirs.close()

    def give(self, number: int, work: Work, item: object) -> None:
        self.number = number
        with suppress(OSError):  # it is gone: `take` finds the pipe closed
            self.connection.send((work, item))

    def take(self) -> tuple[int, tuple | None]:
        """The item it was at, and its result or exception in a tuple; None where the process was lost."""
        number, self.number = self.number, None
        try:
            return number, (self.connection.recv(),)
        except (EOFError, OSError):
            self.stop()
            return number, None

    def stop(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()


def _serve(connection: Connection) -> None:
    """What a worker does until the other end of its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process, which ends this one
    with suppress(EOFError, OSError):
        while True:
            work, item = connection.recv()
            try:
                told = work(item)
            except Exception as error:
                told = error
            connection.send(told)
