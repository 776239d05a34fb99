"""Numbers, periods and whole figures in words, in English or Vietnamese.

In: values and codes. Out: short texts for labels and answers, never more precise than the text they come
from: 3900000 with the bound `gt` is "more than 3.9 million". "Hơn 3,9 triệu giao dịch" (more than 3.9 million
transactions) is the same in Vietnamese: decimal comma, point between thousands.
"""

from __future__ import annotations

from calendar import month_name
from decimal import Decimal
from functools import cache

from reform_figures.names import check_language, name_of, name_table
from reform_figures.periods import YEARLY, period_days
from reform_figures.vocabulary import load_rows


def number_text(value, language: str = "en") -> str:
    """A number with grouped thousands; millions and more in words where three decimals tell them exactly."""
    check_language(language)
    number = Decimal(str(value)).normalize()
    for power, word in name_table("scale").items():
        scaled = number.scaleb(-int(power))
        if word[language] and abs(scaled) >= 1 and round(scaled, 3) == scaled:
            return f"{_grouped(scaled, language)} {word[language]}"
    return _grouped(number, language)


def _grouped(number: Decimal, language: str) -> str:
    text = f"{number.normalize():,f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def count_text(count: int, thing: str) -> str:
    """A count with its English noun: '1 article', '2,006 figures'."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def amount_text(value, unit: str, language: str = "en", *, of=None, value_max=None, with_unit: bool = True) -> str:
    """A value with its unit: '86%', '46 of 63 localities', '10 to 15%', '3.9 million accounts'."""
    text = number_text(value, language)
    if _told(value_max):
        text += f" {name_of('chart', 'to', language)} {number_text(value_max, language)}"
    if unit == "percent":
        return text + "%"
    if _told(of):
        text += f" {name_of('chart', 'of', language)} {number_text(of, language)}"
    if not with_unit:
        return text
    one = language == "en" and Decimal(str(value)) == 1 and not _told(of)
    return f"{text} {name_table('unit')[unit]['en_one' if one else language]}"


def _told(value) -> bool:
    """Whether an optional number is there: None, NaN and NaT are not."""
    return value is not None and value == value


def hedged_text(
    value, unit: str, bound: str = "eq", language: str = "en", *, hedge: str | None = None, **kwargs
) -> str:
    """`amount_text` behind its hedge: 'at least 90%', 'about 63%'.

    `hedge` is the word that the text has for the bound, where it is known: Vietnamese keeps it, and English tells
    "gần" (nearly) from "dưới" (less than), which are one bound.
    """
    word = name_of("bound", bound, language)
    if _told(hedge) and hedge and bound != "eq":
        if language == "vi":
            word = hedge.removeprefix("lên ")  # "lên hơn 1.300": up to more than
        elif bound == "lt" and hedge in _nearly():
            word = name_of("hedge", "nearly", language)
    text = amount_text(value, unit, language, **kwargs)
    return f"{word} {text}" if word else text


@cache
def _nearly() -> frozenset[str]:
    """The hedges that say that a number was almost reached."""
    return frozenset(row["form"] for row in load_rows("hedges") if row["meaning"] == "nearly")


def period_text(period: str | None, language: str = "en") -> str:
    """A period in words: 'first half of 2022', 'February 2023', '1 January to 28 February 2023'; '' for none.

    Raises ValueError for a period of unknown form.
    """
    check_language(language)
    if period is None or period != period or not period:
        return ""
    if period == YEARLY:
        return name_of("period", YEARLY, language)
    period_days(period)
    first, _, last = period.partition("/")
    if last:
        whole_years = first.endswith("-01-01") and last.endswith("-12-31")
        ends = [end[:4] if whole_years else _plain_period(end, language) for end in (first, last)]
        return f"{ends[0]} {name_of('chart', 'to', language)} {ends[1]}"
    return _plain_period(period, language)


def deadline_text(period: str, language: str = "en") -> str:
    """By when something is to be reached: 'by 2026', 'by 1 March 2020', 'by the end of the first half of 2022'.

    Raises ValueError for a period of unknown form.
    """
    check_language(language)
    if period == YEARLY:
        return period_text(period, language)
    last = period.rpartition("/")[2]
    if "/" in period and period.startswith(f"{period[:4]}-01-01/") and last.endswith("-12-31"):
        last = last[:4]
    is_stretch = last[5:6] == "H" or last.endswith("M")
    kind = "by_end" if is_stretch else "by_year" if len(last) == len("2026") else "by"
    return name_of("chart", kind, language).format(period=period_text(last, language))


def published_text(day, precision: str | None = "day", language: str = "en") -> str:
    """A day of publication in words, its month alone where no more is known (`precision` is month); '' for none.

    `day` is a date, a time or its ISO form.
    """
    if day is None or day != day or day == "":
        return ""
    told = str(day)[:10]
    return period_text(told[:7] if precision == "month" else told, language)


def _plain_period(period: str, language: str) -> str:
    year, rest = period[:4], period[5:]
    if not rest:
        return year
    if rest[0] == "H":
        return name_of("period", rest, language).format(year=year)
    if rest[0] == "Q":
        return name_of("period", "quarter", language).format(count=rest[1], year=year)
    if rest[-1] == "M":
        return name_of("period", "months", language).format(count=rest[:-1], year=year)
    month, day = int(rest[:2]), int(rest[3:] or 0)
    pattern = name_of("period", "day" if day else "month", language)
    return pattern.format(day=day, month=month, month_name=month_name[month], year=year)
