"""What the practice portals note of their visitors, and the demonstration that is to be pasted."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import requests
from bs4 import BeautifulSoup

from reform_figures.practice import Visit, count_visits, manners_table, serve

ROOT = Path(__file__).resolve().parents[1]
ROBOTS = {"baolamdong": "User-agent: *\nDisallow: /baolamdong/tim-kiem/\n", "hanam": "User-agent: *\nDisallow:\n"}
NAMED = "class (class@example.org)"


def test_a_visitors_manners_are_counted_from_the_log():
    log = [
        Visit(0.0, "/baolamdong/", "curl", size=1000),
        Visit(0.2, "/baolamdong/", "curl", size=1000),
        Visit(0.9, "/baolamdong/tim-kiem/?q=x", "curl", size=600),
        Visit(1.1, "/baolamdong/robots.txt", "curl", size=50),
        Visit(5.0, "/robots.txt", NAMED, portal="hanam", size=50),
        Visit(6.0, "/tin/", NAMED, portal="hanam", size=900),
        Visit(8.0, "/hanam/tin/", NAMED, status=304),
        Visit(9.0, "/baolamdong/tin/", NAMED, size=500),
        Visit(9.5, "/visits", "projector"),
    ]
    hasty, polite = count_visits(log, ROBOTS)
    assert (hasty.visitor, hasty.contact, hasty.requests) == ("curl", "no", 4)
    assert (hasty.asked_again, hasty.forbidden, hasty.before_leave, hasty.most_in_a_second) == (1, 1, 3, 3)
    assert hasty.kilobytes == 3
    assert (polite.visitor, polite.contact, polite.requests) == (NAMED, "yes", 4)
    assert (polite.asked_again, polite.not_modified, polite.forbidden) == (0, 1, 0)
    assert (polite.before_leave, polite.most_in_a_second) == (1, 1)  # leave of one portal is none of another
    assert list(manners_table([polite])[0])[:4] == ["visitor", "contact", "requests", "asked again"]


@pytest.fixture(scope="module")
def address():
    with serve(0, ROOT / "practice", visits=[]) as address:
        yield address


def table_of(address: str) -> list[list[str]]:
    soup = BeautifulSoup(requests.get(f"{address}/visits", timeout=30).text, "html.parser")
    return [[cell.get_text() for cell in row.select("td")] for row in soup.select("tr")[1:]]


def test_the_portals_show_their_count_as_a_page_and_forget_it_on_demand(address):
    requests.post(f"{address}/visits", timeout=30)
    assert table_of(address) == []
    requests.get(f"{address}/baolamdong/robots.txt", headers={"User-Agent": "<b>x@y.org"}, timeout=30)
    assert [row[:3] for row in table_of(address)] == [["<b>x@y.org", "yes", "1"]]
    assert requests.post(f"{address}/visits", timeout=30).url == f"{address}/visits"
    assert table_of(address) == []


def test_the_demonstration_in_the_teaching_notes_tells_what_they_say_of_it(address, monkeypatch, capsys):
    text = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    part = text.partition("## Two minutes on manners")[2].partition("\n## ")[0]
    code = "".join(re.findall(r"```python\n(.*?)```", part, re.DOTALL))
    code = code.replace("port = 8000", f"port = {address.rpartition(':')[2]}").replace(
        "delay_seconds=1", "delay_seconds=0"
    )
    requests.post(f"{address}/visits", timeout=30)
    monkeypatch.chdir(ROOT)
    exec(compile(code, "teaching.md", "exec"), {})
    assert "second run: 24 articles, 0 new, 24 not modified" in capsys.readouterr().out
    claimed = [[cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\|.*\|$", part, re.M)[2:]]
    hasty, polite = table_of(address)
    assert hasty[1:7] == claimed[0][1:7]
    assert polite[1:7] == claimed[1][1:7]
    assert int(hasty[7]) > 20
    assert [abs(int(row[8]) - int(told[8])) <= 10 for row, told in zip((hasty, polite), claimed, strict=True)] == [
        True
    ] * 2


def test_make_serves_the_portals_at_the_port_asked_for():
    for asked, port in ([], "8000"), (["PORT=8123"], "8123"):
        told = subprocess.run(["make", "-n", "practice", *asked], cwd=ROOT, capture_output=True, text=True, check=True)
        assert f"practice_portals.py --port {port}" in told.stdout
