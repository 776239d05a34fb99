"""TLS troubles other than bad certificates: each names the host and says what to do; `test_connecting` has the rest."""

import os
import socket
import struct
import threading
from contextlib import contextmanager, suppress

import pytest

from reform_figures.collecting.failures import HostFailed
from reform_figures.collecting.fetching import Fetcher
from reform_figures.collecting.politeness import Pace
from reform_figures.collecting.sources import Source, SourceError, read_sources

from .test_connecting import ask, certificates, needs_openssl, tls_server  # noqa: F401 - one is a fixture


@contextmanager
def answering(data):
    """A server that answers whatever is said to it with the same bytes; yields its endpoint."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer():
        connection, _ = server.accept()
        with connection, suppress(ConnectionError):
            connection.recv(65536)
            connection.sendall(data)
            connection.recv(65536)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        thread.join(timeout=5)
        server.close()


def record(kind, body, version=b"\x03\x03"):
    return bytes([kind]) + version + struct.pack(">H", len(body)) + body


def hello_of_an_old_server():
    """A ServerHello of TLS 1.2 without any extension, so without secure renegotiation (RFC 5746)."""
    body = b"\x03\x03" + os.urandom(32) + b"\x00" + b"\xc0\x2f" + b"\x00"
    return record(22, b"\x02" + struct.pack(">I", len(body))[1:] + body)


def failure(endpoint, ca_file=""):
    with pytest.raises(HostFailed) as failed:
        ask(endpoint, ca_file)
    assert str(failed.value).startswith("https://portal.test/a: no secure connection: ")
    return failed.value.reason


def test_a_server_of_the_old_renegotiation_has_its_own_sentence():
    with answering(hello_of_an_old_server()) as endpoint:
        words = failure(endpoint)
    assert "unsafe legacy renegotiation" in words
    assert "tell the portal to update it, or collect its pages from an archive" in words


def test_a_server_without_tls_is_told_with_what_to_try():
    with answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as endpoint:
        words = failure(endpoint)
    assert "its server does not speak TLS on this port; try http:// in the address" in words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (record(21, b"\x02\x46"), "the TLS handshake failed (tlsv1 alert protocol version)"),
        (record(21, b"\x02\x28"), "the TLS handshake failed (sslv3 alert handshake failure)"),
        (record(22, b"\x02\xff\xff\xff"), "the TLS handshake failed ("),
    ],
    ids=["too old", "nothing in common", "nonsense"],
)
def test_other_handshakes_that_fail_are_told_in_the_words_of_openssl(data, words):
    with answering(data) as endpoint:
        assert words in failure(endpoint)


@needs_openssl
def test_an_authority_that_nobody_knows_is_told_with_what_to_do(certificates):  # noqa: F811
    chain = "".join((certificates / f"{name}.pem").read_text() for name in ("leaf", "middle", "root"))
    (certificates / "leaf-to-root.pem").write_text(chain)
    with tls_server(certificates, "leaf-to-root.pem", "leaf.key") as (endpoint, _):
        assert "an authority that is not trusted; if you trust it, name it as ca_file" in failure(endpoint)
        assert ask(endpoint, certificates / "root.pem") == b"secure"


@needs_openssl
@pytest.mark.parametrize("trusted", ["middle.pem", "own.pem"])
def test_a_certificate_of_another_authority_is_not_waved_through(certificates, trusted):  # noqa: F811
    """What is pinned for one host vouches for that one chain only, and the usual authorities no longer do."""
    chain, key = ("own.pem", "own.key") if trusted == "middle.pem" else ("leaf-chain.pem", "leaf.key")
    with tls_server(certificates, chain, key) as (endpoint, _):
        assert "ca_file" in failure(endpoint, certificates / trusted)


@needs_openssl
def test_a_pinned_intermediate_does_not_excuse_a_wrong_name_or_an_old_date(certificates):  # noqa: F811
    for name, words in (("other", "made for another host name"), ("expired", "has expired")):
        with tls_server(certificates, f"{name}.pem", f"{name}.key") as (endpoint, _):
            assert words in failure(endpoint, certificates / "middle.pem")


@needs_openssl
@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_environment_does_not_change_what_is_trusted(certificates, monkeypatch, variable):  # noqa: F811
    monkeypatch.setenv(variable, str(certificates / "root.pem"))
    with tls_server(certificates, "leaf-chain.pem", "leaf.key") as (endpoint, _):
        assert "cannot be traced to a known authority" in failure(endpoint)


@pytest.mark.parametrize("content", ["", "-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n", "not PEM"])
def test_a_ca_file_without_a_certificate_is_told_before_anything_is_asked_for(tmp_path, content):
    (tmp_path / "ca.pem").write_text(content)
    (tmp_path / "sources.toml").write_text(
        '[s]\npublisher = "x"\naddress = "https://portal.test/"\nportal = "moha"\nca_file = "ca.pem"\n'
    )
    with pytest.raises(SourceError, match=r"\[s\]: ca_file .*ca\.pem holds no certificate; it should be PEM"):
        read_sources(tmp_path / "sources.toml")


@needs_openssl
def test_a_server_on_loopback_is_asked_where_the_source_allows_private_addresses(certificates):  # noqa: F811
    with tls_server(certificates, "leaf-chain.pem", "leaf.key") as (endpoint, _):
        port = endpoint.rpartition(":")[2]
        address = f"https://localhost.localdomain:{port}/"
        for allow, words in ((False, "say allow_private = true"), (True, "made for another host name")):
            source = Source(
                "fake", "x", address, "nukeviet", ca_file=str(certificates / "root.pem"), allow_private=allow,
                delay_seconds=0.0,
            )  # fmt: skip
            fetcher = Fetcher(source, "reform-figures", Pace())
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", ("127.0.0.1", int(port)))])
                with pytest.raises(HostFailed, match=words):
                    fetcher.fetch(address)
            fetcher.close()
