"""How a connection is opened: where to, how long it may take, and never into a private network by surprise.

In: a `Source`. Out: a `requests` adapter whose connections obey it. A page of "cổng thông tin" (portal) may link or
redirect anywhere; 10.0.0.1 or the machine's own services are refused unless the source names them itself.

`deadline` bounds a whole answer. A time limit for each read alone would let a server that sends one byte a second
hold the collector for hours.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from reform_figures.collecting.sources import Source, split_endpoint

CONNECT_SECONDS = 10.0
_clock = threading.local()


class CannotConnect(Exception):  # noqa: N818 - it reads as the sentence it is
    """No connection could be opened; the message is a reason that reads on after an address."""


@contextmanager
def deadline(seconds: float):
    """Everything that this thread reads from the network inside the block is over after so many seconds."""
    _clock.end = time.monotonic() + seconds
    try:
        yield
    finally:
        del _clock.end


def _seconds_left() -> float:
    left = getattr(_clock, "end", float("inf")) - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for this answer is over")
    return min(left, 3600.0)


class _TimedSocket(socket.socket):
    def recv_into(self, *args):
        self.settimeout(_seconds_left())
        return super().recv_into(*args)


class _TimedTLSSocket(ssl.SSLSocket):
    def recv_into(self, *args):
        self.settimeout(_seconds_left())
        return super().recv_into(*args)


class SourceAdapter(HTTPAdapter):
    """Opens the connections of one source: `connect_to`, private addresses, TLS, deadlines."""

    def __init__(self, source: Source) -> None:
        self._source = source
        parts = urlsplit(source.address)
        self._home = (source.host, parts.port or (443 if parts.scheme == "https" else 80))
        super().__init__(pool_maxsize=1)

    def init_poolmanager(self, *args, **kwargs) -> None:
        """Called by `HTTPAdapter.__init__`; our connection classes are how urllib3 lets one choose the socket."""
        context = create_urllib3_context()
        context.sslsocket_class = _TimedTLSSocket
        if self._source.ca_file:
            # a pinned intermediate is trusted by itself, although its root is not in the file
            context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        super().init_poolmanager(*args, ssl_context=context, **kwargs)
        dial = self._dial

        class Connection(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return dial(self.host, self.port)

        class TLSConnection(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return dial(self.host, self.port)

        self.poolmanager.pool_classes_by_scheme = {
            "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": Connection}),
            "https": type("TLSPool", (HTTPSConnectionPool,), {"ConnectionCls": TLSConnection}),
        }

    def _dial(self, host: str, port: int) -> socket.socket:
        """A connected socket. Names are resolved once, here, so that what was checked is what is connected to."""
        host = host.strip("[]").lower()
        mapped = self._source.connect_to and host == self._source.host
        target, target_port = split_endpoint(self._source.connect_to) if mapped else (host, port)
        try:
            places = socket.getaddrinfo(target, target_port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise CannotConnect(
                f"the host name {target} is not known; check the address in sources.toml, and the network"
            ) from None
        if not mapped and not self._private_allowed(host, port):
            for *_, place in places:
                if is_private(place[0]):
                    raise CannotConnect(
                        f"{host} is {place[0]}, a private network address; if that is meant, "
                        "say allow_private = true for the source"
                    )
        return _connect(places, f"{target}:{target_port}")

    def _private_allowed(self, host: str, port: int) -> bool:
        """Only the address's own host and port, where the source says so or names it as a number or localhost."""
        return (host, port) == self._home and (self._source.allow_private or _named_privately(host))


def is_private(number: str) -> bool:
    """Whether an IP address is anything else than a public one: private, loopback, link-local, multicast ..."""
    ip = ipaddress.ip_address(number.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return not ip.is_global or ip.is_multicast


def _named_privately(host: str) -> bool:
    """Written as an IP address or localhost: whoever wrote that into sources.toml knew where it leads."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return True


def _connect(places: list, shown: str) -> socket.socket:
    """Try the resolved addresses in order; the last failure tells why none worked."""
    reason = "no address"
    for family, kind, protocol, _, place in places:
        sock = _TimedSocket(family, kind, protocol)
        try:
            sock.settimeout(min(CONNECT_SECONDS, _seconds_left()))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(place)
            return sock
        except TimeoutError:
            reason = f"no connection within {CONNECT_SECONDS:.0f} s"
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
        sock.close()
    raise CannotConnect(f"nothing answers at {shown} ({reason}); is the server running, and the address right?")
