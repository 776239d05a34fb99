"""How many requests a host has been sent today, kept on disk so that it holds across runs and kills.

In: each request about to be sent. Out: leave to send it, or `LeftForAnotherDay`. "Mỗi ngày một ít" (a little every
day) is how a small server can be collected without its noticing.

The count is written before the request goes out: a kill in between costs a request, never adds one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from reform_figures.collecting.failures import LeftForAnotherDay
from reform_figures.tables import TableError, write_text


class Budget:
    """The requests a day of one source, counted for each host in `.requests.csv` of the store.

    per_day: most requests to one host in a day (UTC), counted over all sources that have such a limit; 0 sets none,
    and counts nothing. Raises TableError where the file is not one of counts.
    """

    def __init__(self, folder: Path, per_day: int) -> None:
        self._path = folder / ".requests.csv"
        self._per_day = per_day

    def spend(self, url: str, host: str) -> None:
        """Count a request to the host. Raises LeftForAnotherDay where it would be one too many."""
        if not self._per_day:
            return
        day = datetime.now(UTC).date().isoformat()
        counts = self._counts(day)
        if counts.get(host, 0) >= self._per_day:
            raise LeftForAnotherDay(
                url, f"left for another day: the {self._per_day} requests that {host} gets in a day are used up"
            )
        counts[host] = counts.get(host, 0) + 1
        write_text(self._path, "".join(f"{day},{name},{count}\n" for name, count in counts.items()))

    def _counts(self, today: str) -> dict[str, int]:
        """Requests of the day by host, those of other days left out."""
        try:
            rows = [line.split(",") for line in self._path.read_text(encoding="utf-8").splitlines()]
            return {host: int(count) for day, host, count in rows if day == today}
        except FileNotFoundError:
            return {}
        except ValueError:
            raise TableError(f"{self._path} should hold day,host,requests a line; correct or remove it") from None
