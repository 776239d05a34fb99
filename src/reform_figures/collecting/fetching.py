"""Ask for one address and bring back the answer, or the one sentence that says why there is none.

In: an address, and what was known of it before. Out: `Answer`, or `FetchFailed`. The only module that talks HTTP.
"Hãy đợi..." (please wait ...) is what a portal says with status 429: then we wait as long as it asks.
"""

from __future__ import annotations

import logging
import re
import ssl
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.cookies import extract_cookies_to_jar
from requests.structures import CaseInsensitiveDict

from reform_figures.collecting.bodies import read_body
from reform_figures.collecting.budget import Budget
from reform_figures.collecting.connecting import CannotConnect, SourceAdapter, deadline
from reform_figures.collecting.failures import BrokenOff, FetchFailed, HostFailed
from reform_figures.collecting.politeness import Pace, retry_after_seconds
from reform_figures.collecting.securing import tls_reason
from reform_figures.collecting.sources import Source

# Both tell of a bad header with a stack trace on the screen; what is wrong with an answer is told in one sentence.
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", "http.cookiejar bug")

ATTEMPTS = 3
BACKOFF_SECONDS = 1.0
"""Before the second attempt; doubled for each further one."""
LONGEST_WAIT = 300.0
"""Seconds that we wait when a portal asks us to; longer is for another run."""
MOST_REDIRECTS = 5
PASSING = (429, 500, 502, 503, 504)
"""Statuses worth another attempt."""
REFUSING = (429, 503)
"""Those by which the host as a whole says no for now."""
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "vi,en;q=0.5",
}
LONGEST_ADDRESS = 8000
"""Characters: what servers should at least take (RFC 9110 4.1), and more than any of an article has."""
LONGEST_HEADER = 1000
"""Characters of a header that goes into the manifest; a longer one is as good as none."""
COOKIES_BYTES = 8000
"""Of all cookies together: servers refuse requests with more, so that one bad page could end a run."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful HTTP answer: status 200, 304 where validators were sent, 206 where Range was."""

    url: str
    """Address asked for."""
    final_url: str
    """Address after redirects."""
    status: int
    headers: Mapping[str, str]
    body: bytes
    """Content encoding undone; empty with 304."""
    fetched_at: str
    """When it was complete, UTC, ISO 8601 to the second; of an archived copy, when the archive took it."""
    archived: str = ""
    """Address or WARC record of the archived copy that this is, '' where the portal itself answered."""

    def header(self, name: str) -> str:
        """A header on one line, '' where it was not sent or is longer than LONGEST_HEADER."""
        line = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", self.headers.get(name, "")).split())
        return line if len(line) <= LONGEST_HEADER else ""


class Fetcher:
    """Fetches for one source, at the pace of the hosts it meets and within what they get in a day.

    mementos: an archived copy (it has the header Memento-Datetime, RFC 7089 2.1.1) is an answer whatever its status,
    which is that of the page then: not to be tried again, nor followed. pause_at_429: seconds to wait where a 429
    does not say how long.
    """

    def __init__(
        self,
        source: Source,
        user_agent: str,
        pace: Pace,
        budget: Budget | None = None,
        *,
        mementos: bool = False,
        pause_at_429: float = 0.0,
    ) -> None:
        self._source = source
        self._pace = pace
        self._budget = budget
        self._mementos = mementos
        self._pause_at_429 = pause_at_429
        self._session = requests.Session()
        self._session.trust_env = False  # no passwords from .netrc
        self._session.headers = CaseInsensitiveDict({**HEADERS, "User-Agent": user_agent})
        self._adapter = SourceAdapter(source)

    def close(self) -> None:
        self._adapter.close()

    def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        permit: Callable[[str], None] = lambda url: None,
    ) -> Answer:
        """GET the address (POST a form), follow its redirects, and return the answer.

        headers: added to the usual ones (validators of a conditional request; Range, which is answered with 206).
        permit: called with each address before it is asked for; what it raises ends the fetch.
        Raises FetchFailed for everything that is no usable answer.
        """
        if len(url) > LONGEST_ADDRESS:
            raise FetchFailed(url, f"is no address that can be asked for: it has {len(url)} characters")
        here = url
        for _ in range(MOST_REDIRECTS + 1):
            try:
                permit(here)
                response, body = self._try(here, headers or {}, form)
            except FetchFailed as failed:
                if here == url:
                    raise
                raise type(failed)(url, f"leads to {here}, and there: {failed.reason}", failed.status) from None
            if response.status_code not in (301, 302, 303, 307, 308) or self._is_memento(response):
                now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                return Answer(url, here, response.status_code, response.headers, body, now)
            target = _location(response)
            if not target:
                raise FetchFailed(url, f"answered {_named(response)} without saying where to", response.status_code)
            here, form = self._redirected(url, here, target), None
        raise FetchFailed(url, f"redirects more than {MOST_REDIRECTS} times, last to {here}")

    def _is_memento(self, response: requests.Response) -> bool:
        return self._mementos and "Memento-Datetime" in response.headers

    def _redirected(self, url: str, here: str, target: str) -> str:
        try:
            parts = urlsplit(urljoin(here, target))
            if parts.scheme in ("http", "https") and parts.hostname:
                there = requests.utils.requote_uri(parts._replace(fragment="").geturl())
                requests.Request("GET", there).prepare()  # raises where no host or port is in it
                if len(there) <= LONGEST_ADDRESS:
                    return there
                raise FetchFailed(url, f"redirects to an address of {len(there)} characters")
        except (ValueError, requests.exceptions.InvalidURL):
            pass
        raise FetchFailed(url, f"redirects to {target[:200]!r}, which is no http or https address")

    def _try(self, url: str, headers: Mapping, form: Mapping | None) -> tuple[requests.Response, bytes]:
        """One hop, with further attempts where the trouble may pass."""
        host = urlsplit(url).netloc
        self._pace.at_least(host, self._source.delay_seconds)
        for attempt in range(1, ATTEMPTS + 1):
            if self._budget:
                self._budget.spend(url, host)
            self._pace.wait(host)
            pause = BACKOFF_SECONDS * 2 ** (attempt - 1)
            try:
                response, body = self._ask(url, headers, form)
                if self._is_memento(response):
                    return response, body
                if response.status_code in PASSING:
                    pause = max(pause, self._asked_to_wait(url, host, response))
                failed = _refusal(url, response, headers)
                if not failed:
                    return response, body
                if response.status_code not in PASSING:
                    raise failed
            except BrokenOff as error:
                failed = FetchFailed(url, str(error))
            finally:
                self._pace.answered(host)
            self._pace.rest(host, pause)
        kind = HostFailed if failed.status in REFUSING else FetchFailed
        raise kind(url, f"{failed.reason}, {ATTEMPTS} times", failed.status)

    def _asked_to_wait(self, url: str, host: str, response: requests.Response) -> float:
        """Seconds that the answer asks to wait; raises HostFailed where that is too long for this run."""
        if response.status_code in REFUSING:
            self._pace.slow_down(host)
        wait = retry_after_seconds(response.headers.get("Retry-After", ""))
        if wait is None:
            wait = self._pause_at_429 if response.status_code == 429 else 0.0
        if wait > LONGEST_WAIT:
            words = f"answered {_named(response)} and asks to wait {wait:.0f} s; run again later"
            raise HostFailed(url, words, response.status_code)
        return wait

    def _ask(self, url: str, headers: Mapping, form: Mapping | None) -> tuple[requests.Response, bytes]:
        """One request, one answer; every failure of the network becomes FetchFailed or BrokenOff here."""
        seconds = self._source.timeout_seconds
        start = time.monotonic()
        try:
            request = self._session.prepare_request(
                requests.Request("POST" if form else "GET", url, headers=dict(headers), data=form)
            )
            # not Session.send: of a redirect that reads the whole body, however long, and parses the target
            verify = self._source.ca_file or True
            with (
                deadline(seconds),
                self._adapter.send(request, stream=True, timeout=seconds, verify=verify) as response,
            ):
                self._keep_cookies(request, response)
                if response.status_code == 200 and "Range" in request.headers:
                    raise FetchFailed(url, "answered with the whole file where a part of it was asked for", 200)
                return response, read_body(url, response)
        except CannotConnect as error:
            raise HostFailed(url, str(error)) from None
        except (requests.exceptions.InvalidURL, UnicodeError) as error:
            raise FetchFailed(url, f"is no address that can be asked for ({error})") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            if time.monotonic() - start > seconds - 0.05:
                raise HostFailed(url, f"no complete answer within {seconds:g} s (timeout_seconds)") from None
            if (tls := _cause(error, ssl.SSLError)) is not None:
                raise HostFailed(url, f"no secure connection: {tls_reason(tls)}") from None
            raise BrokenOff(f"the connection broke off before the answer was complete ({_short(error)})") from None

    def _keep_cookies(self, request: requests.PreparedRequest, response: requests.Response) -> None:
        """For the next request, unless they are so many that a server would refuse it: then forget them all."""
        jar = self._session.cookies
        extract_cookies_to_jar(jar, request, response.raw)
        if sum(len(cookie.name) + len(cookie.value or "") for cookie in jar) > COOKIES_BYTES:
            jar.clear()


def _location(response: requests.Response) -> str:
    """Where a redirect leads, '' where it does not say. Bytes that are no UTF-8 are percent-encoded, as browsers do."""
    raw = response.headers.get("Location", "").encode("latin-1", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in raw)


def _refusal(url: str, response: requests.Response, headers: Mapping) -> FetchFailed | None:
    """The failure that an HTTP status is, None for a page, a redirect, 304 to a conditional request, or the part
    of a file that was asked for."""
    status = response.status_code
    if status == 200 or status in (301, 302, 303, 307, 308) or (status == 304 and headers):
        return None
    if status == 206 and "Range" in headers:
        return None
    return FetchFailed(url, f"answered {_named(response)}", status)


def _named(response: requests.Response) -> str:
    """Status with its standard name: the one that the server sends may be anything."""
    try:
        return f"{response.status_code} {HTTPStatus(response.status_code).phrase}"
    except ValueError:
        return f"status {response.status_code}"


def _cause(error: BaseException | None, kind: type) -> BaseException | None:
    """The exception of a kind among the causes of another: requests and urllib3 wrap them several times."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error


def _short(error: Exception) -> str:
    """The innermost cause in one line."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__
    return " ".join(str(error).split())[:120] or type(error).__name__
