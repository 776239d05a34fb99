"""Figures: the fields composed, and the one place that decides figure or passed over.

In: an `Article`. Out: its `Figure`s in the order of the text and its `PassedOver` numerals; together they hold
every numeral. "Tại địa phương giảm 711 tổ chức phòng" gives one figure; "Nghị định số 107/2020/NĐ-CP" one passed over.
"""

from __future__ import annotations

import re

from reform_figures.extracting.areas import area_candidates
from reform_figures.extracting.article import Frame
from reform_figures.extracting.bases import base_candidates
from reform_figures.extracting.hedges import bound_candidates
from reform_figures.extracting.measures import measure_candidates
from reform_figures.extracting.number_words import add_number_words
from reform_figures.extracting.period_kinds import kind_candidates
from reform_figures.extracting.periods import Period, last_day, whole_period
from reform_figures.extracting.rejecting import reject
from reform_figures.extracting.slot import Slot, is_earlier_state
from reform_figures.extracting.status import status_candidates
from reform_figures.extracting.subjects import load_subjects, subject_candidates
from reform_figures.extracting.timing import period_candidates, settle_interval
from reform_figures.extracting.units import unit_candidates
from reform_figures.records import Article, Figure, PassedOver, filling

_UNDATED = ("reporting_period", "end_of_reporting_period")
_COUNTING = re.compile(r"(?:tăng|giảm|còn|là|đạt|lên|xuống|với|có|hơn|gần|khoảng|được|trên|bằng)\s+(?:\w+\s+)?\Z")


def extract(article: Article) -> tuple[list[Figure], list[PassedOver]]:
    """All reported figures of an article and all numerals passed over, each in the order of the text."""
    figures, passed, _ = _read(article)
    return figures, passed


def explain(article: Article, span: tuple[int, int]) -> dict[str, list[tuple[str, object]]]:
    """For the numeral at `span`: field → (rule, value) of the rule that set it, then of those that lost.

    A numeral passed over gives {"passed_over": [(rule, reason)]}; KeyError where no numeral overlaps the span.
    """
    _, passed, slots = _read(article)
    for one in passed:
        if one.start < span[1] and one.end > span[0]:
            return {"passed_over": [(one.rule, one.reason)]}
    for slot in slots:
        if slot.numeral.start < span[1] and slot.numeral.end > span[0]:
            return {name: _ranked(slot, name, make) for name, make in _STEPS}
    raise KeyError(f"no numeral at {span[0]}-{span[1]}: {article.text[span[0] : span[1]]!r}")


def _ranked(slot: Slot, name: str, make) -> list[tuple[str, object]]:
    """The candidate that was taken, then the others."""
    won = slot.rules[name], getattr(slot, name)
    others = [(rule, _plain(name, value)) for rule, value in make(slot)]
    return [won, *(other for other in others if other != won)]


def _plain(name: str, value):
    """A candidate's value as the field shows it: the period's name, the unit without its noun."""
    if name == "period":
        return value.value if value is not None else None
    return value[0] if isinstance(value, tuple) else value


def _read(article: Article):
    frame = Frame(article)
    add_number_words(frame)
    taken: list[int] = []
    reasons: list[tuple[str, str] | None] = []
    before = None
    for n in range(len(frame.numerals)):
        before = reject(frame, n, before)
        reasons.append(before)
        if before is None:
            taken.append(n)
    slots, previous = [], None
    for position, n in enumerate(taken):
        following = frame.numerals[taken[position + 1]].start if position + 1 < len(taken) else len(frame.text)
        slot = Slot(frame, frame.numerals[n], following, previous)
        _draft(slot)
        doubt = _doubt(slot)
        if doubt is not None:
            reasons[n] = doubt
            continue
        slots.append(slot)
        previous = slot
    _date_the_headline(frame, slots)
    figures = [_figure(slot) for slot in slots]
    passed = [_passed(frame, n, reason) for n, reason in enumerate(reasons) if reason is not None]
    return figures, passed, slots


def _date_the_headline(frame: Frame, slots: list[Slot]) -> None:
    """Give a number of the headline without a time of its own the time of the same number further down."""
    end = frame.title_span[1]
    told: dict[tuple, Slot] = {}
    for slot in slots:
        if slot.numeral.start >= end and slot.rules["period"] not in _UNDATED:
            told.setdefault(_counted(slot), slot)
    for slot in slots:
        below = told.get(_counted(slot)) if slot.numeral.start < end else None
        if below is not None and slot.rules["period"] in _UNDATED:
            slot.period, slot.period_kind = below.period, below.period_kind
            slot.rules["period"] = slot.rules["period_kind"] = "told_below"


def _counted(slot: Slot) -> tuple:
    return slot.numeral.value, slot.numeral.of, slot.unit, slot.subject, slot.status


def _direction(slot: Slot):
    for rule, (_, direction) in measure_candidates(slot):
        yield rule, direction


def _tier(slot: Slot):
    for rule, (_, tier) in area_candidates(slot):
        yield rule, tier


def _draft(slot: Slot) -> None:
    """Decide the fields in the order in which they need one another."""
    rules, subjects = slot.rules, load_subjects()
    rules["unit"], (slot.unit, slot.noun) = next(unit_candidates(slot))
    rules["subject"], slot.subject = next(subject_candidates(slot))
    slot.theme = subjects[slot.subject][0]
    rules["bound"], slot.bound = next(bound_candidates(slot))
    rules["measure"], (slot.measure, slot.direction) = next(measure_candidates(slot))
    rules["direction"] = rules["measure"]
    rules["status"], slot.status = next(status_candidates(slot))
    rules["area"], (slot.area, slot.tier) = next(area_candidates(slot))
    rules["tier"] = rules["area"]
    _draft_period(slot)
    if slot.subject == "staff_record" and slot.unit == "dossier":
        slot.unit = "record"  # "2,2 triệu hồ sơ" of a staff database are files of persons
    if slot.subject == "staff_other" and slot.unit == "person" and rules["subject"] == "unit_default":
        slot.subject, slot.theme = "other", "other"


def _draft_period(slot: Slot) -> None:
    rules, base = slot.rules, None
    found = next(period_candidates(slot), None)
    if found is not None and found[0] not in ("right_behind", "column") and is_earlier_state(slot):
        found = None
    if found is None:
        rules["period"], slot.period = _fallback_period(slot)
    else:
        rules["period"], slot.period_found = found
        slot.period, base = settle_interval(slot, found[1])
    told = slot.period_found
    slot.period_rule = rules["period"]
    if slot.measure in ("change", "growth"):
        slot.base_hint = base or next((b for _, b in base_candidates(slot) if b), None)
    rules["period_kind"], slot.period_kind = next(kind_candidates(slot))
    kind = told.kind if told is not None else None
    if (slot.period_kind == "at" or kind == "now") and slot.period and "/" in slot.period and kind != "school":
        if slot.status != "actual" or told is None or not _is_running(slot, told):
            slot.period = _end_of(slot.period)
    if told is not None and told.role == "until" and slot.period_kind == "in" and slot.period:
        theme, nature = load_subjects()[slot.subject]
        if nature == "flow" and theme not in ("finance", "work_programme"):
            slot.period = _come_in_by(slot, slot.period)
    rules["base"], slot.base = next(base_candidates(slot))
    if slot.base is None and base is not None and slot.period_kind == "since":
        rules["base"], slot.base = "from", base


def _is_running(slot: Slot, period: Period) -> bool:
    """True of years not yet over: what is so after a round of "2023-2025" was not counted at the end of 2025."""
    published = slot.frame.published
    return period.kind == "span" and published is not None and last_day(period.value) > published.isoformat()


def _fallback_period(slot: Slot) -> tuple[str, str | None]:
    """The reporting period; of "từ 711 chi cục xuống còn 415" the earlier state is of no told time."""
    if is_earlier_state(slot):
        return "earlier_state", None
    period = slot.frame.reporting_period
    published = slot.frame.published
    if published is not None and published.month <= 2 and period == str(published.year) and slot.status == "actual":
        if any(p.value == period for p in slot.frame.periods_between(*slot.frame.opening)):
            return "year_just_over", str(published.year - 1)  # the year named is the one planned for
    if period and slot.direction:
        years = period.split("/")
        if len(years) == 2 and years[0][:4] != years[1][:4]:
            return "end_of_reporting_period", _end_of(period)
    return "reporting_period", period


def _come_in_by(slot: Slot, period: str) -> str:
    """What has come in "tính đến ngày 15/12/2023" (by 15 December) came in from the new year on."""
    if len(period) != 10:
        reviewed = slot.frame.reporting_period or ""
        reviews = len(period) == 7 and len(reviewed) < 8 and last_day(reviewed) == last_day(period)
        return reviewed if reviews else period  # a half-year's review that opens "đến cuối tháng 6"
    named = whole_period(period)
    return f"{period[:4]}-01-01/{period}" if named == period else named


def _end_of(interval: str) -> str:
    """A stock told for an interval is the stock at its end."""
    end = interval.split("/")[1]
    if end.endswith("-12-31"):
        return end[:4]
    return end[:7] if last_day(end[:7]) == end else end


def _doubt(slot: Slot) -> tuple[str, str] | None:
    """Reason against a numeral of which nothing says what it counts."""
    rules = slot.rules
    if slot.numeral.percent or slot.numeral.multiplied or slot.numeral.kind == "double":
        return None
    if rules["unit"] == "nothing_counted":
        return "unclear", "nothing_counted"
    if rules["unit"] in ("carried_over", "noun_in_sentence") and slot.numeral.kind == "plain":
        return ("unclear", "no_noun_near") if not _COUNTING.search(slot.segment) else None
    if rules["unit"] == "unknown_noun" and rules["subject"] in ("unit_default", "subject_before"):
        return "unclear", "unknown_noun"
    return None


def _figure(slot: Slot) -> Figure:
    frame, numeral = slot.frame, slot.numeral
    start, end = slot.sentence
    text, at = frame.text, numeral.start
    article_id = frame.article.article_id
    return _FIGURE(
        figure_id=f"{article_id}:{at}-{numeral.end}",
        article_id=article_id,
        start=at,
        end=numeral.end,
        text=text[at : numeral.end],
        value=numeral.value,
        of=numeral.of,
        value_max=numeral.value_max,
        unit=slot.unit,
        bound=slot.bound,
        measure=slot.measure,
        direction=slot.direction,
        theme=slot.theme,
        subject=slot.subject,
        area=slot.area,
        tier=slot.tier,
        period=slot.period,
        period_kind=slot.period_kind,
        base=slot.base,
        status=slot.status,
        sentence=text[start:end],
        sentence_start=start,
        rules=_RULES % tuple(slot.rules.values()),
    )


def _passed(frame: Frame, n: int, reason: tuple[str, str]) -> PassedOver:
    numeral = frame.numerals[n]
    start, end = frame.scan.sentences[frame.scan.sentence_at(numeral.start)]
    end = max(end, numeral.end)
    return _PASSED_OVER(
        article_id=frame.article.article_id,
        start=numeral.start,
        end=numeral.end,
        text=frame.text[numeral.start : numeral.end],
        reason=reason[0],
        rule=reason[1],
        sentence=frame.text[start:end],
    )


_STEPS = (
    ("unit", unit_candidates),
    ("subject", subject_candidates),
    ("bound", bound_candidates),
    ("measure", measure_candidates),
    ("direction", _direction),
    ("status", status_candidates),
    ("area", area_candidates),
    ("tier", _tier),
    ("period", period_candidates),
    ("period_kind", kind_candidates),
    ("base", base_candidates),
)
_FIGURE, _PASSED_OVER = filling(Figure), filling(PassedOver)
_RULES = " ".join(f"{name}=%s" for name, _ in _STEPS)  # in the order in which `_draft` decides the fields
