"""Exercises: what they are about, chosen from the data, and checks that say what is right or wrong with an answer.

In: a student's answer in notebook `90_exercises`. Out: a `Checked`, which says it in a sentence. "Đúng rồi" (right) is
said by the data at hand, never by a number typed here.
"""

from reform_figures.exercises.checked import Checked
from reform_figures.exercises.first_steps import article_to_read, check_chart, check_dot, check_hedges
from reform_figures.exercises.research import PAUSE_SECONDS, check_collected, check_judged, disputed_cases
from reform_figures.exercises.working import (
    check_communes,
    check_outcomes,
    check_weight,
    communes_of_a_province,
    shares_of_a_whole,
    targets_and_results,
)

__all__ = [
    "PAUSE_SECONDS", "Checked", "article_to_read", "check_chart", "check_collected", "check_communes", "check_dot",
    "check_hedges", "check_judged", "check_outcomes", "check_weight", "communes_of_a_province", "disputed_cases",
    "shares_of_a_whole", "targets_and_results",
]  # fmt: skip
