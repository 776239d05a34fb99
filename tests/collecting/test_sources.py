"""sources.toml: what is right becomes a record, what is wrong one sentence that says what to correct."""

from pathlib import Path

import pytest

from reform_figures.collecting.sources import SourceError, choose_sources, read_sources, split_endpoint
from reform_figures.practice.items import PORTAL_NAMES

ENTRY = """
[practice-tayninh]
group = "practice"
publisher = "Cổng thông tin điện tử tỉnh Tây Ninh"
address = "http://tayninh.practice.test/"
portal = "nukeviet"
listing = ["vi/news/tin-tuc/"]
delay_seconds = 1
connect_to = "127.0.0.1:8000"
"""
OTHER = (
    '[bo-noi-vu]\npublisher = "Bộ Nội vụ"\naddress = "https://moha.gov.vn/"\nportal = "moha"\ngroup = "ministries"\n'
)


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "sources.toml"
        path.write_text(text, encoding="utf-8")
        return read_sources(path)

    return read


def complaint(read, text):
    with pytest.raises(SourceError) as error:
        read(text)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_an_entry_becomes_a_record_with_defaults(read):
    source = read(ENTRY)["practice-tayninh"]
    assert source.name == "practice-tayninh"
    assert source.host == "tayninh.practice.test"
    assert source.listing == ("vi/news/tin-tuc/",)
    assert source.delay_seconds == 1.0
    assert source.expected_minimum == 0
    source = read(OTHER)["bo-noi-vu"]
    assert (source.listing, source.delay_seconds, source.verified) == (("",), 2.0, "never")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("listings = ['x']", "unknown key 'listings'; did you mean 'listing'?"),
        ("listing = 'x'", "listing should be a list of texts in quotes, not 'x'"),
        ("expected_minimum = '9'", "expected_minimum should be a whole number, not '9'"),
        ("expected_minimum = true", "expected_minimum should be a whole number, not True"),
        ("delay_seconds = -1", "cannot be below zero"),
        ("allow_private = 1", "allow_private should be true or false, not 1"),
        ("verified = 'yes'", "verified is 'yes'; it is one of never, page, live"),
        ("connect_to = '127.0.0.1'", "it should be HOST:PORT, such as 127.0.0.1:8000"),
        ("ca_file = 'no.pem'", "is not there"),
        ("portal = 'nukevit'", "unknown portal family 'nukevit'; did you mean 'nukeviet'?"),
        ("address = 'moha.gov.vn/'", "should start with http:// or https:// and a host"),
        ("address = 'http://moha.gov.vn'", "should end in '/'"),
    ],
)
def test_a_wrong_key_or_value_is_told_with_what_is_right(read, wrong, words):
    key = wrong.partition(" ")[0]
    lines = [line for line in OTHER.splitlines() if not line.startswith(f"{key} =")]
    text = complaint(read, "\n".join([*lines, wrong]))
    assert words in text
    assert "[bo-noi-vu]" in text


def test_a_missing_key_a_bad_name_and_an_empty_file_are_told(read):
    assert "[x]: the key 'publisher' is missing" in complaint(read, '[x]\naddress = "http://x.vn/"\n')
    assert "small letters, digits and hyphens" in complaint(read, '["../x"]\n')
    assert "has no source" in complaint(read, "# nothing yet\n")
    assert "stands outside a table" in complaint(read, "publisher = 'x'\n")
    assert "is not TOML" in complaint(read, "[x\n")


def test_a_file_that_is_not_there_or_not_utf8_is_told(tmp_path):
    with pytest.raises(SourceError, match="is not there; give the file of sources with --sources"):
        read_sources(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"[x]\npublisher = '\xe9'\n")
    with pytest.raises(SourceError, match="cannot be read"):
        read_sources(tmp_path / "latin.toml")


def test_sources_are_chosen_by_name_or_group_each_once(read):
    sources = read(ENTRY + OTHER)
    assert [s.name for s in choose_sources(sources, [])] == ["practice-tayninh", "bo-noi-vu"]
    assert [s.name for s in choose_sources(sources, ["bo-noi-vu", "ministries"])] == ["bo-noi-vu"]
    assert [s.name for s in choose_sources(sources, ["practice"])] == ["practice-tayninh"]
    with pytest.raises(SourceError, match=r"no source or group 'practise'; did you mean 'practice'\?"):
        choose_sources(sources, ["practise"])
    with pytest.raises(SourceError, match=r"no source or group 'zzz'; known: practice-tayninh, bo-noi-vu, "):
        choose_sources(sources, ["zzz"])


def test_endpoints_have_a_host_and_a_port():
    assert split_endpoint("127.0.0.1:8000") == ("127.0.0.1", 8000)
    assert split_endpoint("[::1]:80") == ("::1", 80)
    for wrong in ("127.0.0.1", ":80", "x:0", "x:99999", "x:y", ""):
        with pytest.raises(SourceError, match="HOST:PORT"):
            split_endpoint(wrong)


def test_the_sources_of_the_project_are_right():
    sources = read_sources(Path(__file__).resolve().parents[2] / "sources.toml")
    practice = choose_sources(sources, ["practice"])
    assert [s.name.removeprefix("practice-") for s in practice] == list(PORTAL_NAMES)
    assert {s.area for s in practice} >= {"VN-37", "VN-63", "VN-33", "MOHA", "VN-35", "VN", "VN-13"}
    assert all(s.expected_minimum and s.verified == "page" for s in practice)
