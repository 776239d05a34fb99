"""Sentences of `cases/figures.jsonl`, with every figure and the fields that a reader is sure of."""

import pytest

from reform_figures.extracting import explain, extract
from reform_figures.names import theme_of

from .case_tables import accepts, article_of, case_id, find_written, read_lines

CASES = read_lines("figures.jsonl")
EXPLAINED = ("unit", "subject", "bound", "measure", "status", "area", "period", "period_kind", "base")
"""Fields with a rule of their own: the theme comes with the subject, direction with measure, tier with area."""


def expected_figures(case: dict, text: str) -> list[tuple[tuple[int, int], dict]]:
    """The span of each expected figure and its fields, in the order of the text."""
    at, expected = 0, []
    for fields in case["figures"]:
        span = find_written(text, fields["text"], at)
        expected.append((span, fields))
        at = span[1]
    return expected


def differences(case: dict, article) -> list[str]:
    """What the extraction reads otherwise than the case, one line a field."""
    found = {(f.start, f.end): f for f in extract(article)[0]}
    lines = []
    for span, fields in expected_figures(case, article.text):
        figure = found.pop(span, None)
        if figure is None:
            lines += [] if fields.get("optional") else [f"{fields['text']}: not found"]
            continue
        for name, expected in fields.items():
            if name != "optional" and not accepts(expected, getattr(figure, name)):
                lines.append(f"{fields['text']}: {name} is {getattr(figure, name)}, a reader says {expected}")
    return lines + [f"{figure.text}: no figure for a reader" for figure in found.values()]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_sentence_gives_the_figures_that_a_reader_sees(case):
    article, _ = article_of(case, case["text"])
    assert differences(case, article) == []


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_every_field_of_a_figure_names_its_rule(case):
    article, _ = article_of(case, case["text"])
    for figure in extract(article)[0]:
        rules = dict(pair.split("=", 1) for pair in figure.rules.split(" "))
        explained = explain(article, (figure.start, figure.end))
        assert figure.theme == theme_of(figure.subject)
        for name in EXPLAINED:
            assert rules.get(name), f"{figure.text}: no rule set {name}"
            assert explained[name], f"{figure.text}: {name} is not explained"
            assert all(rule for rule, _ in explained[name])


def test_a_place_without_a_numeral_is_not_explained():
    article, _ = article_of({}, "Năm 2022, tỉnh giảm 12 thôn.")
    with pytest.raises(KeyError, match="no numeral"):
        explain(article, (10, 14))
