"""sources.toml: what is right becomes a record, what is wrong one sentence that says what to correct."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reform_figures.collecting.sources import SourceError, choose_sources, read_sources, split_endpoint
from reform_figures.names import name_table
from reform_figures.portals import PORTALS
from reform_figures.practice.items import PORTAL_NAMES
from reform_figures.vocabulary import load_rows

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
    assert [s.name for s in choose_sources(sources, ["bo-noi-vu", "ministries"])] == ["bo-noi-vu"]
    assert [s.name for s in choose_sources(sources, ["practice"])] == ["practice-tayninh"]
    with pytest.raises(SourceError, match=r"no source or group 'practise'; did you mean 'practice'\?"):
        choose_sources(sources, ["practise"])
    with pytest.raises(SourceError, match=r"no source or group 'zzz'; known: practice-tayninh, bo-noi-vu, "):
        choose_sources(sources, ["zzz"])


def test_nothing_in_particular_is_all_of_one_group_and_a_question_where_there_are_several(read):
    assert [s.name for s in choose_sources(read(ENTRY), [])] == ["practice-tayninh"]
    nameless = '[x]\npublisher = "X"\naddress = "http://x.test/"\nportal = "moha"\n'
    assert [s.name for s in choose_sources(read(nameless), [])] == ["x"]
    with pytest.raises(SourceError) as error:
        choose_sources(read(ENTRY + OTHER + nameless), [])
    assert str(error.value) == (
        "which of the 3 sources? Choose one, or a group, with --source NAME; groups: practice (1), ministries (1), x"
    )


def test_endpoints_have_a_host_and_a_port():
    assert split_endpoint("127.0.0.1:8000") == ("127.0.0.1", 8000)
    assert split_endpoint("[::1]:80") == ("::1", 80)
    for wrong in ("127.0.0.1", ":80", "x:0", "x:99999", "x:y", ""):
        with pytest.raises(SourceError, match="HOST:PORT"):
            split_endpoint(wrong)


PROJECT = Path(__file__).resolve().parents[2] / "sources.toml"


def test_the_practice_sources_are_right():
    practice = choose_sources(read_sources(PROJECT), ["practice"])
    names = [s.name.removeprefix("practice-") for s in practice]
    assert names == list(PORTAL_NAMES)
    assert [s.area for s in practice[:5]] == ["VN-37", "VN-63", "VN-33", "MOHA", "VN-35"]
    assert all(s.area in name_table("area") for s in practice)
    assert all(s.expected_minimum and s.verified == "page" for s in practice)
    assert all(s.host.endswith(".practice.test") and s.connect_to == "127.0.0.1:8000" for s in practice)


REAL = [s for s in read_sources(PROJECT).values() if s.group != "practice"]


def test_the_real_sources_cover_ministries_government_provinces_and_newspapers():
    groups = [s.group for s in REAL]
    assert set(groups) == {"ministries", "government", "provinces", "newspapers"}
    assert min(groups.count(g) for g in set(groups)) >= 5
    assert {"moha", "moha-2023", "cchc", "baochinhphu", "baochinhphu-2021"} <= {s.name for s in REAL}
    assert {"tayninh", "hanam", "daklak", "daklak-noivu", "lamdong", "baolamdong"} <= {s.name for s in REAL}
    assert len(REAL) >= 40


@pytest.mark.parametrize("source", REAL, ids=lambda s: s.name)
def test_a_real_source_is_complete_polite_and_says_that_it_was_never_tried(source):
    assert source.publisher
    assert source.publisher_en
    assert source.publisher != source.publisher_en
    assert source.language == "vi"
    bodies = {row["area"] for row in load_rows("bodies")}
    assert source.area in name_table("area") or source.area in bodies, source.area
    assert PORTALS[source.portal].listing
    assert all(urlsplit(start).scheme == "" and not start.startswith("/") for start in source.listing)
    assert source.coverage == "2020-2023"
    assert 1 <= source.expected_minimum <= 20
    assert 2 <= source.delay_seconds <= 10
    assert 60 <= source.timeout_seconds <= 150
    assert source.verified == "never"  # nobody has; who has tried one changes this line and names it
    assert not source.connect_to
    assert not source.allow_private
    assert source.host.endswith(".vn")


def test_one_publisher_has_one_area_and_one_english_name():
    told = {}
    for source in read_sources(PROJECT).values():
        assert told.setdefault(source.publisher, (source.area, source.publisher_en)) == (
            source.area,
            source.publisher_en,
        )


def test_no_two_sources_collect_the_same_list():
    lists = [(s.address, s.portal, start) for s in REAL for start in s.listing]
    assert len(set(lists)) == len(lists)
