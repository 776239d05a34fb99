"""What can go wrong with one address: one exception, one sentence.

In: an address and a reason. Out: "http://...: nothing answers there" - every reason reads on after the address, and
ends up in the summary of a collecting run. "Không tìm thấy trang" (page not found) is the commonest of them.
"""

from __future__ import annotations

LONGEST_SHOWN = 500
"""Characters of an address in a message."""


class FetchFailed(Exception):  # noqa: N818 - it reads as the sentence it is
    """No usable answer for an address. `status` is the HTTP status where one came, else None."""

    def __init__(self, url: str, reason: str, status: int | None = None) -> None:
        super().__init__(f"{url if len(url) <= LONGEST_SHOWN else url[:LONGEST_SHOWN] + '...'}: {reason}")
        self.url = url
        self.reason = reason
        self.status = status


class HostFailed(FetchFailed):
    """The host rather than the page: no connection, or no answer in time. Many in a row end a source."""


class LeftForAnotherDay(HostFailed):
    """The requests that the host gets in a day are used up; nothing was asked for."""


class RefusedByRobots(FetchFailed):
    """robots.txt does not allow the address, or could not be asked."""


class BrokenOff(Exception):  # noqa: N818
    """A connection that ended too early, with how as its message: worth another attempt."""
