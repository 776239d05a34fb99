"""The open cases: rows that a reader stands by and the extraction does not satisfy yet."""

from collections import Counter

from .case_tables import OPEN, case_id, read_cases
from .readings import COMPARE

ROWS = read_cases(OPEN)


def test_an_open_case_names_its_table_and_says_why():
    for case in ROWS:
        assert set(case) == {"table", "why", "row"}, case
        assert case["table"] in COMPARE
        assert case["why"].strip()
        assert "\n" not in case["why"]


def test_an_open_case_can_be_compared():
    for case in ROWS:
        if case["table"] != "hostile.jsonl":  # those take long while they are open
            COMPARE[case["table"]](case["row"])


def test_a_case_stands_once_in_its_table_or_among_the_open_ones():
    for table in COMPARE:
        rows = [*read_cases(table), *(case["row"] for case in ROWS if case["table"] == table)]
        assert [name for name, times in Counter(map(case_id, rows)).items() if times > 1] == [], table
        if "text" in rows[0]:
            texts = Counter((row["text"], row.get("title", "")) for row in rows)
            assert [text for text, times in texts.items() if times > 1] == [], table
