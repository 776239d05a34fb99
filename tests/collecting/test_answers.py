"""What is plainly no page is told apart from what may be one."""

from pathlib import Path

import pytest

from reform_figures.collecting.answers import is_challenge, what_is_wrong

GATE = Path(__file__).resolve().parents[3] / "shared" / "pages" / "gate" / "challenge.html"

CHALLENGES = [
    b'<script>document.cookie="D1N=0af"+"; path=/";window.location.reload(true);</script>',
    b"<html><head><title>Wait</title><script>document.cookie='a=b'; window.location = '/x'</script></head></html>",
    b"<title>Just a moment...</title><script>window._cf_chl_opt={cvId:'3'}</script>",
]
PAGES = [
    "<html><body><p>Tin ngắn.</p></body></html>".encode(),
    b"<p>"
    + "Đến nay, cả nước giảm biên chế. ".encode() * 20
    + b"</p><script>document.cookie='a';location.reload()</script>",
    b"<script>document.cookie='seen=1'</script><p>x</p>",
    b'[{"link": "http://p.test/a"}]',
    b"<script>document.cookie='a';location.reload()</script>" + b" " * 40_000,
]


@pytest.mark.parametrize("body", CHALLENGES)
def test_a_bot_challenge_is_known(body):
    assert is_challenge(body)
    assert "bot challenge" in what_is_wrong("article", "text/html", body)


@pytest.mark.parametrize("body", PAGES)
def test_a_page_is_no_challenge(body):
    assert what_is_wrong("article", "text/html; charset=utf-8", body) is None


@pytest.mark.skipif(not GATE.exists(), reason="needs the challenge page in ../shared/pages/gate")
def test_the_challenge_of_a_real_gate_is_known():
    assert is_challenge(GATE.read_bytes())


@pytest.mark.parametrize("kind", ["application/pdf", "image/jpeg", "video/mp4", "application/zip", "font/woff"])
def test_what_is_not_text_is_no_page(kind):
    assert what_is_wrong("article", kind, b"%PDF") == f"the answer is {kind!r}, where a page of text was expected"


@pytest.mark.parametrize("kind", ["", "text/html", "TEXT/HTML;charset=x", "application/atom+xml", "application/json"])
def test_what_may_be_text_may_be_a_page(kind):
    assert what_is_wrong("article", kind, b"x") is None


def test_an_empty_answer_is_no_page_but_may_be_robots_txt():
    assert what_is_wrong("article", "text/html", b" \n") == "the answer is empty"
    assert what_is_wrong("robots", "text/plain", b"") is None
