"""Which portals to collect from: `sources.toml` read into typed records.

In: a TOML file with one table a source. Out: `Source` records, or one sentence that says what to correct.
"Cổng thông tin điện tử tỉnh Tây Ninh" (electronic information portal of Tây Ninh province) is a publisher there.
"""

from __future__ import annotations

import re
import ssl
import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

VERIFIED = ("never", "page", "live")


class SourceError(ValueError):
    """An entry of `sources.toml`, or a name given for one, that cannot be used; the message says what to correct."""


@dataclass(frozen=True, slots=True)
class Source:
    """One table of `sources.toml`: a portal, or a section of one, that articles are collected from."""

    name: str
    """Name of the table and of the folder below data/raw: small letters, digits and hyphens."""
    publisher: str
    """Who publishes there, in Vietnamese."""
    address: str
    """Address of the portal, http or https, ending in "/"; the addresses in `listing` are relative to it."""
    portal: str
    """Portal family: a declaration in `reform_figures.portals`."""
    listing: tuple[str, ...] = ("",)
    """Start pages of the lists of articles; "" is the portal's address itself and means the whole portal."""
    group: str = ""
    """Name that chooses several sources at once."""
    publisher_en: str = ""
    """The publisher in English."""
    area: str = ""
    """Home area of the publisher: ISO 3166-2 code, VN, MOHA, or ORG:<name> of another ministry or agency."""
    language: str = "vi"
    delay_seconds: float = 2.0
    """Least time between two requests to the host; a longer Crawl-delay in robots.txt wins."""
    requests_per_day: int = 0
    """Most requests to one host in a day (UTC); what is left waits for another day. 0 sets no such limit."""
    timeout_seconds: float = 60.0
    """Longest time for one whole answer, from connecting to its last byte."""
    connect_to: str = ""
    """HOST:PORT where connections for the address's host are opened; stored addresses keep the host (as in
    `curl --connect-to`). Names a machine on purpose, so a private address is allowed there."""
    allow_private: bool = False
    """Whether the address's host may resolve to a private network address (a portal inside an intranet)."""
    ca_file: str = ""
    """PEM file of the certificate authorities to trust instead of the usual ones, relative to `sources.toml`."""
    expected_minimum: int = 0
    """Articles that the listing is known to have at least; fewer is a failure of the source."""
    coverage: str = ""
    """Years of the articles wanted, for the reader of the file: "2020-2023"."""
    verified: str = "never"
    """How far the entry was tried: never, on a saved page, or live."""

    @property
    def host(self) -> str:
        """Host name of the address, in small letters."""
        return urlsplit(self.address).hostname or ""


def read_sources(path: Path) -> dict[str, Source]:
    """All sources of a file by name, in its order. Raises SourceError with the entry and key to correct."""
    try:
        tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceError(f"{path} is not there; give the file of sources with --sources") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path} is not TOML: {error}") from None
    if not tables:
        raise SourceError(f"{path} has no source; a source is a table such as [practice-tayninh]")
    return {name: _source(Path(path), name, table) for name, table in tables.items()}


def choose_sources(sources: dict[str, Source], wanted: Iterable[str]) -> list[Source]:
    """Sources by name or group, in the file's order, each once.

    Where nothing is wanted in particular it is all sources, if they are of one group; of several, one must be chosen,
    so that nobody asks dozens of portals by accident. Raises SourceError then, and for a name that is neither source
    nor group, with the nearest known ones.
    """
    wanted = list(wanted)
    groups = list(dict.fromkeys(s.group for s in sources.values()))
    known = [*sources, *filter(None, groups)]
    if not wanted and len(groups) > 1:
        raise SourceError(
            f"which of the {len(sources)} sources? Choose one, or a group, with --source NAME; "
            f"groups: {_counted(sources, groups)}"
        )
    for name in wanted:
        if name not in known:
            raise SourceError(f"there is no source or group {name!r}; {_nearest(name, known)}")
    return [s for s in sources.values() if not wanted or s.name in wanted or (s.group and s.group in wanted)]


def _counted(sources: dict[str, Source], groups: list[str]) -> str:
    """Groups with the number of their sources: "practice (5), provinces (17)"; sources without a group by name."""
    told = [f"{g} ({sum(s.group == g for s in sources.values())})" for g in groups if g]
    return ", ".join([*told, *(s.name for s in sources.values() if not s.group)])


def _source(path: Path, name: str, table: object) -> Source:
    where = f"{path}, [{name}]"
    if not isinstance(table, dict):
        raise SourceError(f"{path}: {name} stands outside a table; put it under a [source-name] line")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise SourceError(f"{where}: a source is named with small letters, digits and hyphens")
    hints = {f.name: get_type_hints(Source)[f.name] for f in fields(Source) if f.name != "name"}
    for key, value in table.items():
        if key not in hints:
            raise SourceError(f"{where}: unknown key {key!r}; {_nearest(key, list(hints))}")
        table[key] = _typed(where, key, value, hints[key])
    for f in fields(Source):
        if f.default is MISSING and f.name != "name" and f.name not in table:
            raise SourceError(f"{where}: the key {f.name!r} is missing")
    if table.get("ca_file"):
        table["ca_file"] = str(path.parent / table["ca_file"])
    source = Source(name=name, **table)
    _check(where, source)
    return source


def _typed(where: str, key: str, value, hint):
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        if isinstance(value, list) and value and all(isinstance(v, item) for v in value):
            return tuple(value)
        raise SourceError(f"{where}: {key} should be a list of texts in quotes, not {value!r}")
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, hint) and not (hint is int and isinstance(value, bool)):
        return value
    words = {str: "a text in quotes", int: "a whole number", float: "a number", bool: "true or false"}
    raise SourceError(f"{where}: {key} should be {words[hint]}, not {value!r}")


def _check(where: str, source: Source) -> None:
    """What types cannot say. The family is looked up last: it loads the declarations."""
    if urlsplit(source.address).scheme not in ("http", "https") or not source.host:
        raise SourceError(f"{where}: address {source.address!r} should start with http:// or https:// and a host")
    if not source.address.endswith("/"):
        raise SourceError(f"{where}: address {source.address!r} should end in '/'")
    if source.verified not in VERIFIED:
        raise SourceError(f"{where}: verified is {source.verified!r}; it is one of {', '.join(VERIFIED)}")
    if source.connect_to:
        split_endpoint(source.connect_to, f"{where}: connect_to")
    if min(source.delay_seconds, source.expected_minimum, source.requests_per_day) < 0 or source.timeout_seconds <= 0:
        raise SourceError(f"{where}: delays, times and counts cannot be below zero, nor timeout_seconds zero")
    if source.ca_file and not Path(source.ca_file).is_file():
        raise SourceError(f"{where}: ca_file {source.ca_file} is not there")
    if source.ca_file:
        try:
            ssl.create_default_context(cafile=source.ca_file)
        except OSError:
            raise SourceError(f"{where}: ca_file {source.ca_file} holds no certificate; it should be PEM") from None
    from reform_figures.portals import PORTALS

    if source.portal not in PORTALS:
        near = _nearest(source.portal, list(PORTALS))
        raise SourceError(f"{where}: unknown portal family {source.portal!r}; {near}")


def split_endpoint(endpoint: str, what: str = "connect_to") -> tuple[str, int]:
    """HOST:PORT as a pair; IPv6 in brackets. Raises SourceError, its message opening with `what`."""
    host, colon, port = endpoint.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise SourceError(f"{what} is {endpoint!r}; it should be HOST:PORT, such as 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
