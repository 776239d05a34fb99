"""No number in a notebook's prose is typed: what is told of the data comes from the data, so that it cannot go stale.

Prose is what a reader sees as our words: text cells, the words in code that are shown (titles, answers, notes), the
description of a picture. Digits count, and number words above ten; "one", "two" and the like are plain English.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

PATHS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))

ALLOWED = {
    "code and names of files": r"```.*?```|`[^`]*`",  # what is to be typed or run, not what is claimed
    "addresses of links": r"\]\([^)]*\)",  # notebooks and pages have numbers in their names
    "levels of online services": r"\blevels? [1-4](?: (?:or|and) [1-4])?\b",  # names that a decree gave them
    "how long it takes": r"\b(?:[Aa]bout )?\w+ minutes\b",  # of the reader's time, not of the data
    "what a multiplier means": r"\*\w+\* \((?:thousand|million|billion)\)|groups thousands",  # vocabulary
}
"""Kind of number that may be typed → how it is written; the comment is the reason."""

NUMBER = re.compile(
    r"\d[\d.,]*|\b(?:eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|"
    r"(?:hundred|thousand|million|billion)s?)\b",
    re.I,
)


def typed_numbers(prose: str) -> list[str]:
    """The numbers of a text that are of no allowed kind, each with the words around it."""
    for pattern in ALLOWED.values():
        prose = re.sub(pattern, " ", prose, flags=re.S)
    return [" ".join(prose[max(0, m.start() - 30) : m.end() + 30].split()) for m in NUMBER.finditer(prose)]


def shown_words(code: str) -> list[str]:
    """The texts in code that are sentences or titles: they have a space between words, which codes have not."""
    texts = (node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and re.search(r"[^\W\d_,] [^\W_]", text)]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_number_is_typed_in_prose(path):
    found = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        alt = cell["metadata"].get("mystnb", {}).get("image", {}).get("alt", "")
        texts = [*(shown_words(source) if cell["cell_type"] == "code" else [source]), alt]
        found += [f"{cell['id']}: {words}" for text in texts for words in typed_numbers(text)]
    assert found == [], "let a code cell tell these from the data, or say it without a number"


@pytest.mark.parametrize(
    ("prose", "numbers"),
    [
        ("In 2022 there were 17 cuts", 2), ("more than thirty provinces", 1), ("Some 4,500 wordings", 1),
        ("Dozens of articles, millions of dossiers", 2), ("eighty-six percent", 1), ("level 5 of 5", 2),
        ("at level 3 or 4, and at levels 3 and 4", 0), ("See [the start](00_start_here.ipynb#part-2).", 0),
        ("`plot(rows.head(20))` and ```\n--errors 20\n```", 0), ("*Fifteen minutes.* Two articles, one number.", 0),
        ("*triệu* (million)", 0), ("the ministry's often told weight", 0),
    ],
)  # fmt: skip
def test_a_typed_number_is_told_from_a_name(prose, numbers):
    assert len(typed_numbers(prose)) == numbers


def test_the_words_that_code_shows_are_found():
    code = 'answer(f"**{n}** of 63 provinces", "no digits")\nplot(rows, title="Cuts in 2022", by="level 4", kind="x4")'
    found = {words for text in shown_words(code) for words in typed_numbers(text)}
    assert found == {"** of 63 provinces", "Cuts in 2022"}
