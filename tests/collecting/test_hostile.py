"""Whatever a server sends is one failed row, and the rest of the run is unharmed. `test_fetching` has the usual
faults; here are those of somebody who means it."""

import gzip
import random
import re
import socket
import struct
import threading
import time
import zlib

import pytest

from reform_figures.collecting import fetching
from reform_figures.collecting.archive import Archive
from reform_figures.collecting.failures import FetchFailed, HostFailed
from reform_figures.collecting.fetching import Fetcher
from reform_figures.collecting.politeness import Pace

from .fake_portal import ADDRESS, ARTICLE, Page
from .stores import assert_sound


def raw(head, body=b"", reset=False):
    """An answer by hand: status line and headers, or whatever stands in their place; then the connection ends."""

    def answer(handler):
        if reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.wfile.write(head.replace(b"\n", b"\r\n") + body)
        if reset:
            time.sleep(0.02)  # so that what was written arrives before the reset
            handler.connection.close()
        handler.close_connection = True

    return answer


def redirect(location):
    return raw(b"HTTP/1.1 302 Found\nContent-Length: 0\nLocation: " + location + b"\n\n")


def busy(retry_after, status=b"503"):
    return raw(b"HTTP/1.1 " + status + b" Busy\nContent-Length: 0\nRetry-After: " + retry_after + b"\n\n")


def deflate_bomb():
    bomb = zlib.compressobj(9)
    return b"".join(bomb.compress(bytes(1 << 20)) for _ in range(40)) + bomb.flush()


def continue_for_ever(handler):
    while True:
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def trailers_for_ever(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n")
    while True:
        handler.wfile.write(b"X: y\r\n" * 100)


OK = b"HTTP/1.1 200 OK\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\n\n"
BROKE_OFF = "the connection broke off before the answer was complete"
HOSTILE = {
    "ten gigabytes announced": (raw(OK + b"Content-Length: 10737418240\n\n", b"x"), "is larger than 21 MB"),
    "deflate bomb": (Page(deflate_bomb(), headers={"Content-Encoding": "deflate"}), "is larger than 21 MB"),
    "gzip twice, told": (Page(b"x", headers={"Content-Encoding": "gzip, gzip"}), "encoded as 'gzip, gzip'"),
    "gzip twice, not told": (
        Page(gzip.compress(gzip.compress(b"x")), headers={"Content-Encoding": "gzip"}),
        "is a gzip file",
    ),
    "two lengths": (raw(OK + b"Content-Length: 5\nContent-Length: 6\n\n", b"hello"), BROKE_OFF),
    "chunk below zero": (raw(CHUNKED, b"-5\r\nhello\r\n0\r\n\r\n"), "in chunks that cannot be read"),
    "chunk too large": (raw(CHUNKED, b"ffffffffffffffffffff\r\nhello"), BROKE_OFF),
    "chunk length of 60 KB": (raw(CHUNKED, b"f" * 60_000 + b"\r\nhello\r\n0\r\n\r\n"), BROKE_OFF),
    "trailers for ever": (trailers_for_ever, "no complete answer within 0.5 s"),
    "continue for ever": (continue_for_ever, "no complete answer within 0.5 s"),
    "redirect to bytes": (redirect(b"/\xff\xfe"), "/%FF%FE, and there: answered 404"),
    "redirect of 60 KB": (redirect(b"/" + b"x" * 60_000), "redirects to an address of 60019 characters"),
    "redirect to a port that is none": (redirect(b"http://portal.test:99999/"), "no http or https address"),
    "redirect to a host that is none": (redirect(b"http://*..%00.test/"), "no http or https address"),
    "redirect to the metadata of a cloud": (redirect(b"http://169.254.169.254/latest/"), "private network address"),
    "redirect to a file": (redirect(b"file:///etc/passwd"), "no http or https address"),
    "redirect to a script": (redirect(b"javascript:alert(1)"), "no http or https address"),
    "busy for a thousand years": (busy(b"Fri, 03 Feb 3023 18:00:00 GMT"), "run again later"),
    "busy until a year of 20 digits": (busy(b"Fri, 03 Feb 99999999999999999999 18:00:00 GMT"), "answered 503"),
    "busy for 400 digits": (busy(b"9" * 400), "asks to wait 10000000000 s; run again later"),
    "busy since long": (busy(b"Fri, 03 Feb 2023 18:00:00 GMT"), "answered 503 Service Unavailable, 3 times"),
    "too many, for no time": (busy(b"-1", b"429"), "answered 429 Too Many Requests, 3 times"),
    "reset within headers": (raw(OK + b"Content-Ty", reset=True), BROKE_OFF),
    "reset within the body": (raw(OK + b"Content-Length: 99\n\n", b"hello", reset=True), BROKE_OFF),
    "closed within headers": (raw(OK + b"Content-Ty"), "the connection ended before the answer began"),
    "HTTP/0.9": (raw(b"<html>hello</html>"), BROKE_OFF),
    "no status": (raw(b"HTTP/1.1 \x00\x00\x00 OK\n\n"), BROKE_OFF),
    "5000 headers": (raw(OK + b"".join(b"X-%d: y\n" % n for n in range(5000)) + b"\n"), BROKE_OFF),
    "a header of 100 KB": (raw(OK + b"X: " + b"y" * 100_000 + b"\n\n"), BROKE_OFF),
    "a PDF that is called a page": (Page(b"%PDF-1.7\n%\xe2\xe3"), "the answer is a PDF file"),
    "an image that is called a page": (Page(b"\x89PNG\r\n\x1a\n"), "the answer is an image"),
    "an Office file of no type": (Page(b"PK\x03\x04", content_type="application/octet-stream"), "ZIP or Office file"),
}


def test_every_hostile_answer_is_one_failed_row_and_the_pages_after_it_are_kept(portal, collect_all, monkeypatch):
    monkeypatch.setattr(Pace, "slow_down", lambda self, host: None)  # the waits have tests of their own
    portal.add_news(len(HOSTILE) * 2, per_page=200)
    names = {f"/bai-{2 * n + 1}.html": name for n, name in enumerate(HOSTILE)}  # each second one is a good page
    portal.pages.update({path: HOSTILE[name][0] for path, name in names.items()})
    start = time.monotonic()
    report = collect_all(timeout_seconds=0.5)
    assert time.monotonic() - start < 20
    failed = {names[failure.url.removeprefix("http://portal.test")]: str(failure) for failure in report.failed}
    assert failed.keys() == HOSTILE.keys()
    for name, (_, words) in HOSTILE.items():
        assert words in failed[name]
        assert "\n" not in failed[name]
        assert len(failed[name]) < 1200
    assert report.new == len(HOSTILE)
    assert report.trouble == []


def test_a_length_that_is_too_short_cuts_the_page_and_harms_no_other(portal, collect_all, tmp_path):
    portal.add_news(3)
    stray = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    portal.pages["/bai-1.html"] = lambda handler: handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello" + stray
    )
    assert collect_all().new == 3
    bodies = {row.url[-10:]: (tmp_path / "raw" / row.file).read_text() for row in assert_sound(tmp_path)}
    assert bodies["bai-1.html"] == "hello"
    assert bodies["bai-2.html"] == ARTICLE.format(2)


@pytest.mark.parametrize("header", [b"ETag", b"Content-Type", b"Last-Modified"])
def test_megabytes_of_a_header_do_not_get_into_the_manifest(portal, collect_all, tmp_path, header):
    portal.add_news(2)
    many = b"".join(header + b": text/html;x=" + b"y" * 60_000 + b"\n" for _ in range(9))
    portal.pages["/bai-1.html"] = raw(OK + many + b"Content-Length: 5\n\n", b"hello")
    assert collect_all().new == 2
    assert (tmp_path / "raw" / "manifest.csv").stat().st_size < 10_000
    assert collect_all().unchanged == 2


def test_control_characters_of_a_header_do_not_get_into_the_manifest(portal, collect_all, tmp_path):
    portal.add_news(1)
    portal.pages["/bai-1.html"] = raw(OK + b'ETag: "a\x00\x1b[2Jb"\nContent-Length: 5\n\n', b"he\x00lo")
    assert collect_all().new == 1
    row = assert_sound(tmp_path)[-1]
    assert row.etag == '"a [2Jb"'
    assert (tmp_path / "raw" / row.file).read_bytes() == b"he\x00lo"  # pages are kept as they came


def test_an_address_of_a_megabyte_in_a_list_is_one_failure(portal, collect_all):
    portal.add_news(2)
    portal.pages["/tin-tuc"].body += f'<h3><a href="/{"x" * 1_000_000}.html">Tin</a></h3>'
    report = collect_all()
    assert (report.new, len(report.failed)) == (2, 1)
    assert "is no address that can be asked for: it has 1000024 characters" in report.failed[0].reason
    assert len(str(report.failed[0])) < 700


def test_a_row_of_any_length_can_be_read_again(tmp_path):
    from .test_archive import answer

    with Archive(tmp_path) as archive:
        archive.store("s", "article", answer(url="http://portal.test/" + "x" * 300_000))
    with Archive(tmp_path):
        assert len(assert_sound(tmp_path)) == 1


def test_cookies_that_would_make_every_request_too_large_are_forgotten(portal, collect_all):
    portal.add_news(3)
    cookies = b"".join(b"Set-Cookie: c%d=%s; path=/\n" % (n, b"x" * 4000) for n in range(50))
    portal.pages["/bai-1.html"] = raw(OK + cookies + b"Content-Length: 5\n\n", b"hello")
    portal.pages["/bai-2.html"].headers = {"Set-Cookie": "nv4_sess=1; path=/"}
    assert collect_all().new == 3
    assert [asked.headers.get("Cookie") for asked in portal.asked[-2:]] == [None, "nv4_sess=1"]


def test_whatever_bytes_a_server_sends_the_outcome_is_an_answer_or_one_sentence(portal, source, monkeypatch):
    """600 answers, each damaged in one to six places by a fixed seed; anything else than FetchFailed ends the test."""
    monkeypatch.setattr(Pace, "slow_down", lambda self, host: None)
    monkeypatch.setattr(fetching, "BACKOFF_SECONDS", 0.0)
    monkeypatch.setattr(fetching, "LONGEST_WAIT", 0.0)
    date = b"Fri, 03 Feb 2023 18:01:30 GMT"
    whole = [
        b'HTTP/1.1 200 OK\r\nETag: "a"\r\nSet-Cookie: a=b; path=/\r\nTransfer-Encoding: chunked\r\n\r\n'
        b"5\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://portal.test:80/b?x=1#y\r\nSet-Cookie: a=b; expires=" + date
        + b"\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 Busy\r\nRetry-After: " + date + b"\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 25\r\n\r\n" + gzip.compress(b"hello", mtime=0),
    ]  # fmt: skip
    randomly, answers, sentences = random.Random(20230203), 0, []
    portal.pages["/b?x=1"] = Page("b")
    for _ in range(600):
        data = bytearray(randomly.choice(whole))
        for _ in range(randomly.randint(1, 6)):
            damage(data, randomly)
        portal.pages["/a"] = raw(b"", bytes(data))
        fetcher = Fetcher(source(timeout_seconds=2.0), "reform-figures", Pace())
        try:
            fetcher.fetch(ADDRESS + "a")
            answers += 1
        except FetchFailed as failed:
            sentences.append(str(failed))
        finally:
            fetcher.close()
    assert answers > 60
    assert len(sentences) == 600 - answers > 60
    assert not any("\n" in sentence for sentence in sentences)


def damage(data, randomly):
    place = randomly.randrange(len(data))
    match randomly.randrange(4):
        case 0:
            data[place] = randomly.randrange(256)
        case 1:
            data[place:place] = bytes([randomly.choice(b"\x00\r\n:;,%[]/@ -9\xff")]) * randomly.choice([1, 1, 30])
        case 2:
            del data[place : place + randomly.randrange(1, min(9, len(data)))]
        case _:
            data[place:place] = data[place : place + randomly.randrange(40)]


def test_a_tls_handshake_that_never_ends_is_ended_at_the_deadline(source):
    with socket.create_server(("127.0.0.1", 0)) as server:
        endpoint = f"127.0.0.1:{server.getsockname()[1]}"
        fetcher = Fetcher(
            source(address="https://portal.test/", connect_to=endpoint, timeout_seconds=0.4), "reform-figures", Pace()
        )
        start = time.monotonic()
        with pytest.raises(HostFailed, match=r"no complete answer within 0.4 s"):
            fetcher.fetch("https://portal.test/a")
        assert time.monotonic() - start < 1.5
        fetcher.close()


def test_a_retry_after_date_is_waited_for(portal, fetch):
    def first(handler):
        portal.pages["/a"] = Page("now")
        in_two_seconds = time.gmtime(time.time() + 2)
        handler.send_response(500)
        handler.send_header("Retry-After", time.strftime("%a, %d %b %Y %H:%M:%S GMT", in_two_seconds))
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    portal.pages["/a"] = first
    start = time.monotonic()
    assert fetch("/a").body == b"now"
    assert 0.9 < time.monotonic() - start < 3


def test_a_host_that_answers_slowly_does_not_hold_up_another(portal, fetch):
    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(3):
            handler.wfile.write(b"x")
            time.sleep(1)  # a byte a second

    portal.pages["/slow"] = drip
    portal.pages["/good"] = Page("x")
    failures = []

    def ask_slow():
        try:
            fetch("/slow", timeout_seconds=1.5)
        except HostFailed as failed:
            failures.append(failed)

    thread = threading.Thread(target=ask_slow)
    thread.start()
    start = time.monotonic()
    assert fetch("/good").body == b"x"
    assert time.monotonic() - start < 1
    thread.join(timeout=5)
    assert len(failures) == 1


def test_the_types_of_compressed_sitemaps_are_known():
    from reform_figures.collecting.answers import what_is_wrong

    body = gzip.compress(b"<urlset/>")
    for media in ("application/gzip", "application/x-gzip", "application/octet-stream", "text/xml"):
        assert what_is_wrong("sitemap", media, body) is None
        assert re.search("gzip", what_is_wrong("article", media, body))
