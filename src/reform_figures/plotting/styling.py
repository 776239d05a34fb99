"""How wide a chart is, in which type, and how large its letters then are.

In: a width in centimetres, the name of a font. Out: sizes and broken lines for whoever draws, known before anything is
placed: in a column of 8 cm "Tỷ lệ hồ sơ nộp trực tuyến theo các bài báo" (share of dossiers filed online, as reported)
is a headline of three lines. Sizes in the code are those of the standard width, that of a column of the book.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

STANDARD = 6.8
"""Inches: the width that all sizes in the code are meant for."""
FONT = "DejaVu Sans"
"""Comes with matplotlib and has all Vietnamese letters: the same picture on every machine."""
NARROWEST, WIDEST = 8.0, 60.0
"""Centimetres: in less, names and numbers have no room beside each other."""
FULL_TYPE, LEAST_TYPE = 5.5, 0.75
"""From this width on, in inches, type has its full size; in the narrowest chart this part of it (6.4 points)."""
INCH = 2.54
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = "đĐ" + unicodedata.normalize("NFC", "".join(v + t for v in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for t in TONES))
"""What is Vietnamese beyond ASCII: every vowel in every tone."""


@dataclass(frozen=True)
class Style:
    """Width in inches, and the font."""

    width: float = STANDARD
    font: str = FONT

    @property
    def type(self) -> float:
        """How large type is, as a part of its full size."""
        narrow = NARROWEST / INCH
        share = (self.width - narrow) / (FULL_TYPE - narrow)
        return min(1.0, LEAST_TYPE + (1 - LEAST_TYPE) * max(share, 0.0))


_CURRENT: ContextVar[Style] = ContextVar("style", default=Style())  # noqa: B039  a Style is immutable


def current_style() -> Style:
    return _CURRENT.get()


@contextmanager
def styled(style: Style) -> Iterator[None]:
    """Everything drawn inside is laid out for this style."""
    token = _CURRENT.set(style)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def style_of(width_cm: float | None = None, font: str | None = None) -> Style:
    """The style of a width and a font, the standard ones where None.

    Raises ValueError for a width that is no such, and for a font that is not there or has no Vietnamese letters.
    """
    if width_cm is not None and not NARROWEST <= width_cm <= WIDEST:
        raise ValueError(f"a chart is {NARROWEST:g} to {WIDEST:g} cm wide, not {width_cm:g}: choose such a width_cm")
    _check_font(font or FONT)
    return Style(STANDARD if width_cm is None else width_cm / INCH, font or FONT)


@cache
def _check_font(font: str) -> None:
    try:
        path = findfont(FontProperties(family=font), fallback_to_default=False)
    except ValueError:
        raise ValueError(
            f"font {font!r} is not installed where matplotlib looks; install it, make its file known with "
            f"matplotlib.font_manager.fontManager.addfont(path), or leave {FONT}"
        ) from None
    letters = get_font(path).get_charmap()
    missing = "".join(letter for letter in LETTERS if ord(letter) not in letters)
    if missing:
        shown = missing if len(missing) < 8 else f"{missing[-8:]} and {len(missing) - 8} more"
        raise ValueError(f"font {font!r} lacks Vietnamese letters ({shown}); choose one that has them, as {FONT} does")


def pt(size: float) -> float:
    """A size that goes with type, in points or inches."""
    return size * current_style().type


def across(inches: float) -> float:
    """A length that goes with the width of the chart."""
    return inches * current_style().width / STANDARD


def tall(inches: float) -> float:
    """A height of axes: it follows the width, but less."""
    return inches * min(max(math.sqrt(current_style().width / STANDARD), 0.8), 1.3)


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """How wide a line of text is, in inches, for a `size` before `pt`."""
    return _measured(text, current_style().font, weight) * pt(size) / 72


@lru_cache(maxsize=8192)
def _measured(text: str, font: str, weight: str) -> float:
    """Width in points at a size of one point, with a little room to spare."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, _properties(font, weight), ismath=False)
    return 1.01 * width / 100


@cache
def _properties(font: str, weight: str) -> FontProperties:
    return FontProperties(family=font, weight=weight, size=100)


def wrap(text: str, inches: float, size: float, weight: str = "normal") -> list[str]:
    """A text broken between words into lines no wider than so many inches; a longer word stands alone."""
    lines: list[str] = []
    room, space = 0.0, text_width(" ", size, weight)
    for word in text.split():
        width = text_width(word, size, weight)  # word by word: few words are measured twice
        if lines and space + width <= room:
            lines[-1] += f" {word}"
            room -= space + width
        else:
            lines.append(word)
            room = inches - width
    return lines
