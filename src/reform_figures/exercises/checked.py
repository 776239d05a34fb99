"""What a check of an exercise says: right, not yet, or that the data cannot tell, and why.

In: a sentence. Out: a `Checked`, which a notebook shows. "Chưa đúng: còn thiếu một con số" (not yet: one number is
still missing) is `not_yet("one number is still missing")`.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

_HEADS = {True: "Right.", False: "Not yet.", None: "Cannot be checked."}


@dataclass(frozen=True, repr=False)
class Checked:
    """Whether an answer is right - None where the data do not hold what the exercise asks about - and why."""

    right: bool | None
    words: str

    def __repr__(self) -> str:
        return f"{_HEADS[self.right]} {self.words}"

    def _repr_html_(self) -> str:
        """The words may quote scraped text, so that they are escaped."""
        return f"<p><strong>{_HEADS[self.right]}</strong> {escape(self.words)}</p>"


def right(words: str) -> Checked:
    """The answer holds; the words say what it shows."""
    return Checked(True, words)


def not_yet(words: str) -> Checked:
    """The answer does not hold; the words say what is wrong and what to look at."""
    return Checked(False, words)


def cannot_check(words: str) -> Checked:
    """The data lack what the exercise asks about; the words say what."""
    return Checked(None, words)


def kind_of(answer) -> str:
    """What an answer is, in words for a message: 'a DataFrame', 'an int', 'still empty'."""
    if answer is None:
        return "still empty"
    name = type(answer).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def is_number(answer) -> bool:
    """Whether an answer is a number that can be compared; True and NaN are none."""
    if isinstance(answer, (bool, str)):
        return False
    try:
        return float(answer) == float(answer)
    except (TypeError, ValueError):
        return False
