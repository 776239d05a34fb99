"""How the benchmark takes times: CPU seconds of one process, the contestants in turn, round by round.

In: functions of a list of inputs. Out: seconds by name, one a round. "Lần lượt" (in turn) is the point of it: what
slows the machine for a while slows all of them.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from typing import Any


def each(run: Callable[[Any], object]) -> Callable[[Sequence], None]:
    """A function of one input as one of a list of them."""

    def run_on_all(inputs: Sequence) -> None:
        for one in inputs:
            run(one)

    return run_on_all


def in_turn(
    contestants: dict[str, Callable[[Sequence], None]], inputs: Sequence, rounds: int
) -> dict[str, list[float]]:
    """CPU seconds of each contestant over all inputs, round by round; one untimed input first warms them up."""
    for run in contestants.values():
        run(inputs[:1])
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            seconds[name].append(cpu_seconds(run, inputs))
    return seconds


def cpu_seconds(run: Callable[[Sequence], None], inputs: Sequence) -> float:
    """CPU seconds of one run over all inputs, garbage collected before it."""
    gc.collect()
    start = time.process_time()
    run(inputs)
    return time.process_time() - start
