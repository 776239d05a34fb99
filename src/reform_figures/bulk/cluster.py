"""The work on many machines: the workers of a dask.distributed scheduler.

In: the scheduler's address, such as tcp://10.0.0.1:8786. Out: an engine like those of `engines`. Every worker needs
this package in the same version, and sees the WARC files and the output folder under the same paths. "Máy bị mất" (a
machine is lost): dask gives its shard to another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from uuid import uuid4

from reform_figures.bulk.engines import Work, given_up
from reform_figures.bulk.planning import BulkError

PATIENCE_SECONDS = 60
"""How long a scheduler, and the first worker, are waited for."""
AHEAD = 2
"""Items for each thread of the workers that are with the scheduler at a time."""


class Cluster:
    """The workers of a dask scheduler. Raises BulkError where dask.distributed is not installed."""

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError:
            raise BulkError(
                "--scheduler needs dask.distributed, which is not installed; run uv sync --inexact --group cluster"
            ) from None
        self._distributed = distributed
        self._address = address

    def run(self, work: Work, items: Sequence) -> Iterator[tuple[int, object]]:
        """Raises BulkError where nobody answers at the address or does any more, no worker comes, or an item has lost
        its workers."""
        with self._connect() as client:
            try:
                yield from self._run(client, work, items)
            except (self._distributed.CancelledError, self._distributed.comm.CommClosedError):
                raise BulkError(
                    f"the scheduler at {self._address} is gone; start one, with workers, and give this command again"
                ) from None

    def _run(self, client, work: Work, items: Sequence) -> Iterator[tuple[int, object]]:
        ready = self._distributed.as_completed(loop=client.loop)
        numbers, waiting, run = {}, iter(range(len(items))), f"reform-figures-{uuid4()}"

        def submit() -> None:
            room = AHEAD * max(1, sum(client.nthreads().values())) - len(numbers)
            for number in islice(waiting, max(0, room)):
                future = client.submit(work, items[number], key=f"{run}-{number}")
                numbers[future] = number
                ready.add(future)

        submit()
        for future in ready:
            number = numbers.pop(future)
            try:
                result = future.result()
            except self._distributed.KilledWorker:
                raise BulkError(given_up(items[number])) from None
            yield number, result
            submit()

    def _connect(self):
        try:
            client = self._distributed.Client(self._address, timeout=PATIENCE_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise BulkError(
                f"no dask scheduler answers at {self._address} ({str(error)[:100]}); start one with "
                "`dask scheduler`, which prints its address"
            ) from None
        try:
            client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        except TimeoutError:
            client.close()
            raise BulkError(
                f"the scheduler at {self._address} has no worker; start some with "
                f"`dask worker {self._address} --nthreads 1`"
            ) from None
        return client
