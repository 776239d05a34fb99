"""How fast the project was on the machine on which somebody measured it, and what an archive of the web would take.

In: `data/benchmark/*.json`, written by `scripts/benchmark.py --json`. Out: ratios by the tool they are to, hours by the
way an archive is read. "Nhanh gấp 20 lần" (20 times as fast) is a ratio, which hardly depends on the machine; hours do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from reform_figures.evaluation_sets import find_repository

SECONDS_AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What one run measured: on what, ratios by name, absolute values of that machine, what was left out and why."""

    measured: dict[str, str | int]
    ratios: dict[str, float]
    absolute: dict[str, float]
    skipped: dict[str, str]

    def ratios_to(self, ours: str) -> pd.Series:
        """Ratios of `extract`, `read` or `page_to_figures` by the tool they are to, to three digits, in order."""
        mark = f"{ours}_vs_"
        told = {name.removeprefix(mark): value for name, value in self.ratios.items() if name.startswith(mark)}
        return pd.Series({name: float(f"{value:.3g}") for name, value in told.items()}).sort_values(ascending=False)

    def shares(self) -> pd.Series:
        """Share of one of the time from text to figures, by step."""
        mark = "extract_share_"
        return pd.Series({k.removeprefix(mark): v for k, v in self.absolute.items() if k.startswith(mark)})

    def growth(self) -> pd.Series:
        """Time or memory for a unit of something large to that of something small, by name."""
        told = {name: value for name, value in self.ratios.items() if "_growth" in name}
        return pd.Series({name: round(value, 2) for name, value in told.items()})


def read_benchmark(name: str, folder: Path | None = None) -> Benchmark:
    """The run recorded under this name, in the repository where no folder is given. Raises FileNotFoundError."""
    path = (folder or _recorded()) / f"{name}.json"
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such run is recorded; scripts/benchmark.py --json {path.name} makes one")
    return Benchmark(**json.loads(path.read_text(encoding="utf-8")))


def read_crawl_plan(folder: Path | None = None) -> pd.DataFrame:
    """What the plan for Common Crawl takes for known: columns what, value, where_from. Raises FileNotFoundError."""
    return pd.read_csv((folder or _recorded()) / "crawl_plan.csv")


def _recorded() -> Path:
    return (find_repository() or Path()) / "data" / "benchmark"


def reckon_hours(captures: float, known: float, relevant: float, rates: dict[str, float]) -> dict[str, float]:
    """CPU hours that an archive takes, step by step.

    `captures` is how many pages are taken out of it, `relevant` the share of them that the look lets pass, `known` the
    share of those whose portal's family is known; `rates` are the absolute values of a benchmark.
    """
    passed = captures * relevant
    extracting = 1 / rates["page_to_figures_pages_per_second"] - 1 / rates["read_pages_per_second"]
    seconds = {
        "unpack and look": captures / rates["unpack_pages_per_second"] + captures / rates["look_pages_per_second"],
        "read and extract, known families": passed * known / rates["page_to_figures_pages_per_second"],
        "read and extract, other portals": passed * (1 - known) * (1 / rates["fallback_pages_per_second"] + extracting),
    }
    return {step: told / SECONDS_AN_HOUR for step, told in seconds.items()}
