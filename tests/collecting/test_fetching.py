"""Answers of good, slow, broken and hostile servers: a page, or one sentence."""

import gzip
import socket
import struct
import threading
import time
import zlib

import pytest

from reform_figures.collecting import bodies, fetching
from reform_figures.collecting.failures import FetchFailed, HostFailed
from reform_figures.collecting.fetching import Fetcher
from reform_figures.collecting.politeness import Pace

from .fake_portal import ADDRESS, Page


def reason(fetch, path, **keys):
    with pytest.raises(FetchFailed) as failed:
        fetch(path, **keys)
    assert "\n" not in str(failed.value)
    return failed.value.reason


def test_an_answer_keeps_address_body_and_headers(portal, fetch):
    portal.pages["/a.html"] = Page("Tây Ninh", headers={"Last-Modified": "Fri, 03 Feb 2023 11:00:00 GMT"})
    answer = fetch("/a.html")
    assert answer.url == answer.final_url == "http://portal.test/a.html"
    assert answer.body.decode() == "Tây Ninh"
    assert answer.header("Content-Type") == "text/html; charset=utf-8"
    assert answer.header("Last-Modified") == "Fri, 03 Feb 2023 11:00:00 GMT"
    assert answer.header("X-Not-Sent") == ""


def test_the_server_sees_the_name_of_the_host_and_who_asks(portal, fetch):
    portal.pages["/a.html"] = Page("x")
    fetch("/a.html")
    assert portal.asked[0].headers["Host"] == "portal.test"
    assert portal.asked[0].headers["User-Agent"] == "reform-figures/0.1 (+test)"


def test_one_connection_serves_many_requests(portal, source):
    clients = set()

    def not_modified(handler):
        clients.add(handler.client_address)
        handler.send_response(304)
        handler.end_headers()

    portal.pages["/a"] = Page("x" * 1000)
    portal.pages["/b"] = not_modified
    fetcher = Fetcher(source(), "reform-figures", Pace())
    for _ in range(3):
        fetcher.fetch(ADDRESS + "a")
        fetcher.fetch(ADDRESS + "b", headers={"If-None-Match": '"x"'})
    fetcher.close()
    assert len(clients) == 1


def test_redirects_are_followed_and_the_last_address_is_told(portal, fetch):
    portal.pages["/old"] = Page(status=301, headers={"Location": "/new?ItemID=3"})
    portal.pages["/new?ItemID=3"] = Page("here")
    assert fetch("/old").final_url == "http://portal.test/new?ItemID=3"


def test_a_redirect_loop_ends(portal, fetch):
    portal.pages["/a"] = Page(status=302, headers={"Location": "/b"})
    portal.pages["/b"] = Page(status=302, headers={"Location": "/a"})
    assert "redirects more than 5 times" in reason(fetch, "/a")
    assert len(portal.asked) == 6


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:{port}/x", "http://localhost/x", "http://169.254.169.254/", "http://[::1]/", "http://0x7f.1/"],
)
def test_a_redirect_to_a_private_address_is_not_followed(portal, fetch, target):
    portal.pages["/a"] = Page(status=302, headers={"Location": target.format(port=portal.port)})
    assert "private network address" in reason(fetch, "/a")
    assert portal.paths() == ["/a"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "ftp://portal.test/x", "http://[x/"])
def test_a_redirect_to_something_else_than_http_is_not_followed(portal, fetch, target):
    portal.pages["/a"] = Page(status=302, headers={"Location": target})
    assert "which is no http or https address" in reason(fetch, "/a")


def test_a_private_address_is_asked_only_where_the_source_says_so(portal, fetch):
    portal.pages["/a"] = Page("x")
    direct = f"http://127.0.0.1:{portal.port}/a"
    assert "private network address" in reason(fetch, direct)
    assert fetch(direct, address=f"http://127.0.0.1:{portal.port}/", connect_to="").body == b"x"
    other_port = f"http://127.0.0.1:{portal.port + 1}/"
    assert "private network address" in reason(fetch, direct, address=other_port, connect_to="")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "answered 404 Not Found"),
        (403, "answered 403 Forbidden"),
        (410, "answered 410 Gone"),
        (206, "answered 206"),
    ],
)
def test_a_status_that_is_no_page_is_told_and_not_asked_again(portal, fetch, status, words):
    portal.pages["/a"] = Page("x", status)
    assert words in reason(fetch, "/a")
    assert len(portal.asked) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_passing_status_is_asked_three_times(portal, fetch, monkeypatch, status):
    monkeypatch.setattr(fetching.Pace, "slow_down", lambda self, host: None)
    portal.pages["/a"] = Page("x", status)
    assert f"answered {status}" in reason(fetch, "/a")
    assert len(portal.asked) == 3


def test_a_page_that_comes_at_the_second_attempt_is_a_page(portal, fetch):
    def first(handler):
        portal.pages["/a"] = Page("now")
        handler.send_response(500)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    portal.pages["/a"] = first
    assert fetch("/a").body == b"now"


def test_retry_after_is_waited_for(portal, fetch):
    def first(handler):
        portal.pages["/a"] = Page("now")
        handler.send_response(500)
        handler.send_header("Retry-After", "1")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    portal.pages["/a"] = first
    start = time.monotonic()
    assert fetch("/a").body == b"now"
    assert time.monotonic() - start >= 1


def test_a_wait_that_is_too_long_is_left_for_another_run(portal, fetch):
    portal.pages["/a"] = Page("x", 429, {"Retry-After": "7200"})
    assert "asks to wait 7200 s; run again later" in reason(fetch, "/a")
    assert len(portal.asked) == 1


def test_gzip_and_deflate_are_undone(portal, fetch):
    text = "cải cách hành chính " * 20_000
    raw = zlib.compressobj(wbits=-15)
    bodies = {
        "gzip": gzip.compress(text.encode()),
        "x-gzip": gzip.compress(text[:7].encode()) + gzip.compress(text[7:].encode()),
        "deflate": zlib.compress(text.encode()),
        "Deflate": raw.compress(text.encode()) + raw.flush(),
    }
    for encoding, body in bodies.items():
        portal.pages["/a"] = Page(body, headers={"Content-Encoding": encoding})
        assert fetch("/a").body.decode() == text, encoding


@pytest.mark.parametrize(
    "body",
    [b"plain text", gzip.compress(b"x" * 9999)[:-12], gzip.compress(bytes(99))[:12] + b"bad"],
    ids=["not gzip", "its end cut off", "broken within"],  # ids of their own: compressed bytes hold the time
)
def test_bad_gzip_is_one_failure(portal, fetch, body):
    portal.pages["/a"] = Page(body, headers={"Content-Encoding": "gzip"})
    assert "cannot be decoded" in reason(fetch, "/a")


def test_an_encoding_that_was_not_asked_for_is_refused(portal, fetch):
    portal.pages["/a"] = Page(b"x", headers={"Content-Encoding": "br"})
    assert "'br'" in reason(fetch, "/a")


def test_a_gzip_bomb_is_cut_at_the_cap(portal, fetch):
    bomb = zlib.compressobj(wbits=31)
    body = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(40)) + bomb.flush()
    assert len(body) < 50_000
    portal.pages["/a"] = Page(body, headers={"Content-Encoding": "gzip"})
    assert "larger than" in reason(fetch, "/a")


def test_an_endless_body_is_cut_at_the_cap(portal, fetch, monkeypatch):
    monkeypatch.setattr(bodies, "LARGEST_ANSWER", 300_000)
    sent = []

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)
            sent.append(10_000)

    portal.pages["/a"] = endless
    assert "larger than" in reason(fetch, "/a")
    time.sleep(0.1)
    assert sum(sent) < 20_000_000


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drip_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(f"X-{number}: y\r\n".encode())
        time.sleep(0.05)


def drip_chunks(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"1\r\nx\r\n")
        time.sleep(0.05)


def silence(handler):
    time.sleep(2)


@pytest.mark.parametrize("slow", [drip, drip_headers, drip_chunks, silence])
def test_a_slow_answer_ends_at_its_deadline(portal, fetch, slow):
    portal.pages["/a"] = slow
    start = time.monotonic()
    with pytest.raises(HostFailed, match=r"no complete answer within 0.4 s"):
        fetch("/a", timeout_seconds=0.4)
    assert time.monotonic() - start < 1
    assert len(portal.asked) == 1


def reset(handler):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def too_short(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"only this")
    handler.close_connection = True


def no_http(handler):
    handler.wfile.write(b"\x00\x01 not HTTP at all\r\n\r\n")
    handler.close_connection = True


def many_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n")


def bad_chunks(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\nxx\r\n")
    handler.close_connection = True


@pytest.mark.parametrize("broken", [reset, too_short, no_http, many_headers, bad_chunks])
def test_a_broken_answer_is_one_failure_after_three_attempts(portal, fetch, broken):
    portal.pages["/a"] = broken
    words = reason(fetch, "/a")
    assert "broke off before the answer was complete" in words
    assert words.endswith(", 3 times")
    assert len(portal.asked) == 3


def test_an_endless_body_of_a_redirect_is_not_read(portal, fetch):
    def endless(handler):
        handler.send_response(301)
        handler.send_header("Location", "/b")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)

    portal.pages["/a"] = endless
    portal.pages["/b"] = Page("arrived")
    assert fetch("/a").body == b"arrived"


def test_cookies_are_kept_for_the_next_request(portal, fetch):
    portal.pages["/a"] = Page(status=302, headers={"Location": "/b", "Set-Cookie": "nv4_sess=1; path=/"})
    portal.pages["/b"] = Page("x")
    fetch("/a")
    assert portal.asked[1].headers["Cookie"] == "nv4_sess=1"


def test_a_host_without_a_server_is_told_with_its_address(fetch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        endpoint = f"127.0.0.1:{taken.getsockname()[1]}"
        assert f"nothing answers at {endpoint} (connection refused)" in reason(fetch, "/a", connect_to=endpoint)


def test_a_name_that_nobody_knows_is_told(fetch):
    words = reason(fetch, "http://khong-co.invalid/", address="http://khong-co.invalid/", connect_to="")
    assert "the host name khong-co.invalid is not known" in words


def test_a_304_that_was_not_asked_for_is_a_failure(portal, fetch):
    portal.pages["/a"] = lambda handler: (handler.send_response(304), handler.end_headers())
    assert "answered 304" in reason(fetch, "/a")


def test_a_deadline_belongs_to_one_thread(portal, fetch):
    portal.pages["/fast"] = Page("x")
    portal.pages["/slow"] = drip
    failures = []

    def slow():
        try:
            fetch("/slow", timeout_seconds=0.3)
        except HostFailed as failed:
            failures.append(failed)

    thread = threading.Thread(target=slow)
    thread.start()
    for _ in range(5):
        assert fetch("/fast").body == b"x"
        time.sleep(0.1)
    thread.join()
    assert len(failures) == 1


RANGE = {"Range": "bytes=2-4"}


def test_a_part_of_a_file_is_an_answer_only_where_it_was_asked_for(portal, fetch):
    portal.pages["/a"] = Page(b"cde", 206, {"Content-Range": "bytes 2-4/9"})
    assert fetch("/a", headers=RANGE).body == b"cde"
    assert portal.asked[0].headers["Range"] == "bytes=2-4"
    assert reason(fetch, "/a") == "answered 206 Partial Content"


def test_a_whole_file_in_place_of_a_part_is_refused_unread(portal, fetch):
    portal.pages["/a"] = Page(b"x" * 30_000_000)
    assert reason(fetch, "/a", headers=RANGE) == "answered with the whole file where a part of it was asked for"
    assert len(portal.asked) == 1


def test_a_part_that_is_too_large_is_cut_off(portal, fetch, monkeypatch):
    monkeypatch.setattr(bodies, "LARGEST_ANSWER", 1000)
    portal.pages["/a"] = Page(b"x" * 2000, 206, {"Content-Range": "bytes 0-1999/2000"})
    assert "and was cut off" in reason(fetch, "/a", headers=RANGE)


def test_an_archived_error_or_redirect_is_an_answer_to_who_asks_for_mementos_only(portal, source, fetch):
    when = {"Memento-Datetime": "Tue, 01 Mar 2022 12:00:00 GMT"}
    portal.pages["/a"] = Page(status=503, headers=when)
    portal.pages["/b"] = Page(status=302, headers={**when, "Location": "/c"})
    fetcher = Fetcher(source(), "reform-figures", Pace(), mementos=True)
    assert [fetcher.fetch(ADDRESS + path).status for path in "ab"] == [503, 302]
    fetcher.close()
    assert portal.paths() == ["/a", "/b"]
    assert reason(fetch, "/b").startswith("leads to http://portal.test/c")
