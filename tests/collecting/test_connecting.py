"""TLS: good certificates are accepted, bad ones each give their own sentence, and none is ever waved through."""

import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from reform_figures.collecting.connecting import is_private
from reform_figures.collecting.failures import HostFailed
from reform_figures.collecting.fetching import Fetcher
from reform_figures.collecting.politeness import Pace
from reform_figures.collecting.sources import Source

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificates with openssl")


def openssl(folder, *args):
    subprocess.run(["openssl", *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """root → intermediate → leaf for portal.test; an expired leaf; a leaf for another name; one signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    (folder / "ca.cnf").write_text("basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(folder, "req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=root", "-days", "9")

    def sign(name, host, by, extra=("-days", "9"), ca=False):
        openssl(folder, "req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={host}")
        (folder / f"{name}.cnf").write_text(f"subjectAltName=DNS:{host}\n")
        openssl(
            folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{by}.pem", "-CAkey", f"{by}.key",
            "-CAcreateserial", "-out", f"{name}.pem", "-extfile", "ca.cnf" if ca else f"{name}.cnf", *extra,
        )  # fmt: skip

    sign("middle", "middle", by="root", ca=True)
    sign("leaf", "portal.test", by="middle")
    sign("expired", "portal.test", by="middle", extra=("-days", "-1"))
    sign("other", "khac.test", by="middle")
    for name in ("leaf", "expired", "other"):
        (folder / f"{name}-chain.pem").write_text(
            (folder / f"{name}.pem").read_text() + (folder / "middle.pem").read_text()
        )
    subject = ("-subj", "/CN=portal.test", "-addext", "subjectAltName=DNS:portal.test")
    openssl(folder, "req", "-x509", *key, "-keyout", "own.key", "-out", "own.pem", *subject)
    return folder


@contextmanager
def tls_server(folder, chain, key):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"secure")

        def log_message(self, *args):
            pass

    class Server(HTTPServer):
        def handle_error(self, request, client_address):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / chain, folder / key)
    names = []
    context.sni_callback = lambda sock, name, context: names.append(name)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", names
    finally:
        server.shutdown()
        server.server_close()


def ask(endpoint, ca_file=""):
    source = Source(
        "fake", "x", "https://portal.test/", "nukeviet", connect_to=endpoint, ca_file=str(ca_file), delay_seconds=0.0
    )
    fetcher = Fetcher(source, "reform-figures", Pace())
    try:
        return fetcher.fetch("https://portal.test/a").body
    finally:
        fetcher.close()


@needs_openssl
@pytest.mark.parametrize("trusted", ["root.pem", "middle.pem", "leaf.pem"])
def test_a_good_certificate_is_checked_against_the_name_in_the_address(certificates, trusted):
    with tls_server(certificates, "leaf-chain.pem", "leaf.key") as (endpoint, names):
        assert ask(endpoint, certificates / trusted) == b"secure"
    assert names == ["portal.test"]


@needs_openssl
def test_a_pinned_intermediate_mends_an_incomplete_chain(certificates):
    with tls_server(certificates, "leaf.pem", "leaf.key") as (endpoint, _):
        assert ask(endpoint, certificates / "middle.pem") == b"secure"


@needs_openssl
@pytest.mark.parametrize(
    ("chain", "key", "trusted", "words"),
    [
        ("leaf.pem", "leaf.key", "root.pem", "leaves out the intermediate certificate"),
        ("leaf-chain.pem", "leaf.key", "", "cannot be traced to a known authority"),
        ("expired-chain.pem", "expired.key", "root.pem", "its certificate has expired"),
        ("other-chain.pem", "other.key", "root.pem", "made for another host name"),
        ("own.pem", "own.key", "", "signed by itself"),
    ],
)
def test_each_bad_certificate_has_its_own_sentence(certificates, chain, key, trusted, words):
    with (
        tls_server(certificates, chain, key) as (endpoint, _),
        pytest.raises(HostFailed, match="no secure connection: ") as failed,
    ):
        ask(endpoint, certificates / trusted if trusted else "")
    assert words in failed.value.reason


def test_a_server_without_tls_is_told(portal):
    with pytest.raises(HostFailed, match="no secure connection: the TLS handshake failed"):
        ask(portal.endpoint)


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::", "255.255.255.255"],
)  # fmt: skip
def test_private_addresses_are_known(number):
    assert is_private(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "113.160.1.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses_are_known(number):
    assert not is_private(number)
