"""Manners: what robots.txt allows, how long to wait between requests, who we say we are.

In: addresses about to be asked for, and the robots.txt of their hosts. Out: leave to ask, or `RefusedByRobots`.
"Cổng thông tin" (a portal) that asks for ten seconds between requests gets ten seconds.

Rules: RFC 9309 (robots.txt: 4xx allows everything, 5xx forbids everything), RFC 9110 10.2.3 (Retry-After).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from protego import Protego

from reform_figures.collecting.failures import FetchFailed, HostFailed, RefusedByRobots

ROBOTS_NAME = "reform-figures"
"""What robots.txt calls this collector."""
CONTACT_VARIABLE = "REFORM_FIGURES_CONTACT"
DEFAULT_CONTACT = "https://github.com/reform-figures/reform-figures"
LONGEST_CRAWL_DELAY = 300.0
"""Seconds; who asks for more between two requests does not want to be collected."""
ROBOTS_BYTES = 500 * 1024
"""RFC 9309 2.5: at least so much of robots.txt is read; more is cut."""


def user_agent(contact: str | None = None) -> str:
    """What requests are signed with. The contact (address or e-mail) is the one given, else that of the environment
    variable REFORM_FIGURES_CONTACT, else the project's page: who runs a long collection should give their own."""
    contact = contact or os.environ.get(CONTACT_VARIABLE) or DEFAULT_CONTACT
    return f"{ROBOTS_NAME}/0.1 (+{' '.join(contact.split())})"


def retry_after_seconds(header: str, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks to wait, from either of its forms; None where it says nothing."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(float(header), 1e10)
    try:
        when = parsedate_to_datetime(header)
    except (ValueError, OverflowError):  # the latter from a year of twenty digits
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


class Pace:
    """Waits between two requests to one host, counted from the end of the last answer.

    `tell` gets a sentence for the person watching before each wait that is longer than usual. `beside`: another pace
    whose waits count here as well, for two services with their own delays at one host.
    """

    def __init__(self, tell: Callable[[str], None] = lambda words: None, beside: Pace | None = None) -> None:
        self._tell = tell
        self._delay: dict[str, float] = {}
        self._free_at: dict[str, float] = beside._free_at if beside else {}

    def at_least(self, host: str, seconds: float) -> None:
        """Keep at least so many seconds between requests to the host from now on."""
        self._delay[host] = max(seconds, self._delay.get(host, 0.0))

    def slow_down(self, host: str) -> None:
        """Double the host's delay, to 1 s at least and 60 s at most: it has said that we are too fast."""
        delay = self._delay.get(host, 0.0)
        self._delay[host] = max(delay, min(60.0, max(1.0, 2 * delay)))

    def wait(self, host: str) -> None:
        """Sleep until the host may be asked again."""
        seconds = max(0.0, self._free_at.get(host, 0.0) - time.monotonic())
        if seconds > 5 + self._delay.get(host, 0.0):
            self._tell(f"{host} is left alone for {seconds:.0f} s, as it asks")
        time.sleep(seconds)

    def answered(self, host: str) -> None:
        """Count the host's delay from now."""
        self.rest(host, self._delay.get(host, 0.0))

    def rest(self, host: str, seconds: float) -> None:
        """Leave the host alone for so many seconds at least."""
        self._free_at[host] = max(self._free_at.get(host, 0.0), time.monotonic() + seconds)


class Robots:
    """The robots.txt of each host met, asked for once a run.

    `fetch` gets the address of a robots.txt and returns its bytes, or raises `FetchFailed`.
    """

    def __init__(self, fetch: Callable[[str], bytes], pace: Pace) -> None:
        self._fetch = fetch
        self._pace = pace
        self._rules: dict[str, Protego | FetchFailed] = {}

    def permit(self, url: str) -> None:
        """Return where the address may be asked for; raises RefusedByRobots, or what kept us from asking."""
        address = urljoin(url, "/robots.txt")
        if address not in self._rules:
            self._rules[address] = self._read(address)
        rules = self._rules[address]
        if isinstance(rules, FetchFailed):
            raise type(rules)(url, rules.reason, rules.status)
        if not rules.can_fetch(url, ROBOTS_NAME):
            raise RefusedByRobots(url, "robots.txt does not allow it")

    def sitemaps(self, url: str) -> list[str]:
        """Addresses of sitemaps that the host's robots.txt names; none where it cannot be read."""
        with suppress(FetchFailed):
            self.permit(url)
        rules = self._rules[urljoin(url, "/robots.txt")]
        return list(rules.sitemaps) if isinstance(rules, Protego) else []

    def _read(self, address: str) -> Protego | FetchFailed:
        try:
            text = _first_lines(self._fetch(address)).decode("utf-8-sig", errors="replace")
        except FetchFailed as failed:
            if isinstance(failed, HostFailed) and failed.status is None:
                return failed
            if failed.status is None or failed.status == 429 or not 400 <= failed.status < 500:
                return RefusedByRobots(address, f"robots.txt: {failed.reason}; until it can be read all is forbidden")
            text = ""
        rules = Protego.parse(text)
        delay = rules.crawl_delay(ROBOTS_NAME) or 0.0
        if delay > LONGEST_CRAWL_DELAY:
            return RefusedByRobots(address, f"robots.txt asks for {delay:.0f} s between requests: taken as a refusal")
        host = urlsplit(address).netloc
        self._pace.at_least(host, delay)
        self._pace.answered(host)  # the delay begins with the first page
        return rules


def _first_lines(robots: bytes) -> bytes:
    """Whole lines only: "Disallow: /private" that is cut after its first slash would forbid everything."""
    if len(robots) <= ROBOTS_BYTES:
        return robots
    return robots[: max(robots.rfind(b"\n", 0, ROBOTS_BYTES), robots.rfind(b"\r", 0, ROBOTS_BYTES)) + 1]
