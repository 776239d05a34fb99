"""What the practice portals note of their visitors, and what each visitor cost them.

In: requests as they are answered. Out: a log, and a table with a row a visitor. Whoever runs "Cổng luyện tập Lâm Đồng"
(practice portal Lâm Đồng) sees in it who asked for what was forbidden, and how often for the same page.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from protego import Protego

NOT_MODIFIED = 304


@dataclass(frozen=True)
class Visit:
    """A request as the server's log has it, written down when its answer begins."""

    at_seconds: float
    """when it came, by a clock that only runs forward"""
    path: str
    """address asked for, from the root of the host on"""
    agent: str
    """its User-Agent"""
    portal: str = ""
    """name of the portal whose own host was asked; '' where the portal is the first part of the path"""
    status: int = 200
    """HTTP status of the answer"""
    size: int = 0
    """length of the answer's body in bytes"""

    @property
    def whole_path(self) -> str:
        """Path with the portal as its first part: '/baolamdong/robots.txt'."""
        return f"/{self.portal}{self.path}" if self.portal else self.path


@dataclass(frozen=True)
class Manners:
    """What one visitor did at the portals."""

    visitor: str
    """User-Agent"""
    contact: str
    """'yes' where the User-Agent names an address to write to, else 'no'"""
    requests: int
    asked_again: int
    """requests for an address that had been sent to this visitor before, other than such as were 'not modified'"""
    not_modified: int
    """requests answered with 'not modified', which send no page"""
    forbidden: int
    """requests for what robots.txt forbids"""
    before_leave: int
    """requests to a portal before its robots.txt"""
    most_in_a_second: int
    kilobytes: int
    """what was sent, in thousands of bytes, rounded"""


def note_visits(served, visits: list[Visit], portal_of: Callable[[str], str]):
    """The same app, which writes down who asks for what. `portal_of` tells the portal of a Host header."""

    def answer(environ, start_response):
        began = time.monotonic()
        query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
        asked = environ.get("PATH_INFO", "") + query, environ.get("HTTP_USER_AGENT", "")
        portal = portal_of(environ.get("HTTP_HOST", ""))

        def start(status, headers, *rest):
            size = dict((name.lower(), value) for name, value in headers).get("content-length", "0")
            visits.append(Visit(began, *asked, portal, int(status.split()[0]), int(size)))
            return start_response(status, headers, *rest)

        return served(environ, start)

    return answer


def count_visits(visits: Iterable[Visit], robots: Mapping[str, str]) -> list[Manners]:
    """A row a visitor, in the order of their coming; `robots` is portal → its robots.txt, with whole paths.

    Requests for what belongs to no portal, as the list of portals, are not counted.
    """
    rules = {portal: Protego.parse(text) for portal, text in robots.items()}
    by_visitor: dict[str, list[Visit]] = {}
    for visit in sorted(visits, key=lambda visit: visit.at_seconds):
        if _portal(visit) in rules:
            by_visitor.setdefault(visit.agent, []).append(visit)
    return [_manners(agent, own, rules) for agent, own in by_visitor.items()]


def manners_table(manners: Iterable[Manners]) -> list[dict[str, object]]:
    """Rows for people to read: column → value, the columns in words."""
    return [{name.replace("_", " "): value for name, value in asdict(row).items()} for row in manners]


def _manners(agent: str, visits: list[Visit], rules: Mapping[str, Protego]) -> Manners:
    sent = Counter(visit.whole_path for visit in visits if visit.status != NOT_MODIFIED)
    return Manners(
        visitor=agent,
        contact="yes" if "@" in agent or "://" in agent else "no",
        requests=len(visits),
        asked_again=sum(sent.values()) - len(sent),
        not_modified=sum(visit.status == NOT_MODIFIED for visit in visits),
        forbidden=sum(not rules[_portal(visit)].can_fetch(visit.whole_path, agent) for visit in visits),
        before_leave=_before_leave(visits),
        most_in_a_second=_most_in_a_second([visit.at_seconds for visit in visits]),
        kilobytes=round(sum(visit.size for visit in visits) / 1000),
    )


def _before_leave(visits: list[Visit]) -> int:
    asked: set[str] = set()
    count = 0
    for visit in visits:
        portal = _portal(visit)
        if visit.whole_path == f"/{portal}/robots.txt":
            asked.add(portal)
        count += portal not in asked
    return count


def _most_in_a_second(moments: list[float]) -> int:
    return max(sum(first <= moment < first + 1 for moment in moments) for first in moments)


def _portal(visit: Visit) -> str:
    return visit.whole_path.split("/")[1].partition("?")[0]
