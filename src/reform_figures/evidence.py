"""The evidence: an article's text with every figure marked, as HTML.

In: an `Article` with its figures and the numerals passed over. Out: a fragment for a notebook, or a page that stands
by itself: no scripts, nothing asked of another host. In "Giảm 17 tổng cục" (17 general departments fewer) the 17 is
marked with the letter, colour and underline of its theme; pointing at it or reaching it by keyboard shows its fields
and the rule of each. Numerals passed over are grey and tell their reason.

The layout is `evidence.html` (Jinja2, which escapes every value) with `evidence.css`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from reform_figures.checking.states import states_of
from reform_figures.extracting import extract
from reform_figures.names import name_of
from reform_figures.published import is_digest
from reform_figures.records import REASONS, ROLES, Article, Figure, PassedOver
from reform_figures.wording import amount_text, count_text, hedged_text, period_text, published_text

THEME_LETTERS = {
    "online_services": "O",
    "staff": "S",
    "units": "U",
    "procedures": "P",
    "digital_government": "D",
    "indices": "R",
    "institutions": "L",
    "work_programme": "W",
    "finance": "F",
    "other": "X",
}
"""The letter behind a figure says its theme to those who do not see its colour; R is for rankings, L for law."""

_RULE_OF = {"direction": "measure", "tier": "area", "theme": "subject"}
"""Fields that are set together with another one, by its rule."""

_FIELDS = ("subject", "theme", "unit", "bound", "measure", "direction", "area", "tier", "period", "period_kind",
           "base", "status")  # fmt: skip
_NAMED = {"subject", "theme", "unit", "bound", "measure", "direction", "area", "tier", "period_kind", "status"}
_SAFE_LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: plain, a figure or a numeral passed over; `mark` is the card that it shows, if any."""

    text: str
    mark: dict | None = None


def article_html(article: Article) -> str:
    """A fragment for a notebook: the article's text with the figures that are read out of it now."""
    figures, passed_over = extract(article)
    return _template("fragment.html").render(**_describe(article, figures, passed_over), style=_style())


def article_page(article: Article, figures: Iterable[Figure], passed_over: Iterable[PassedOver]) -> str:
    """A page that stands by itself: the article's text, its figures marked, and all of them as a table."""
    return _template("page.html").render(**_describe(article, figures, passed_over), style=_style())


def index_page(rows: Iterable[tuple[Article, str, int, int]]) -> str:
    """A page that lists articles: each with the file name of its page, its figures and its numerals passed over."""
    listed = sorted(rows, key=lambda row: (row[0].published_at is None, str(row[0].published_at), row[0].article_id))
    told = [
        {
            "title": article.title or article.article_id,
            "publisher": article.publisher,
            "day": _listed_day(article),
            "address": quote(file),
            "figures": figures,
            "passed_over": passed_over,
        }
        for article, file, figures, passed_over in listed
    ]
    return _template("index.html").render(rows=told, style=_style())


def _listed_day(article: Article) -> str:
    """ISO day of publication, its month alone where no more is known: it sorts."""
    told = article.published_at.date().isoformat() if article.published_at else ""
    return told[:7] if article.published_precision == "month" else told


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FunctionLoader(lambda file: _read_beside(file)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals["count"] = count_text
    return environment.get_template(f"evidence_{name}")


def _read_beside(file: str) -> str:
    return (files(__package__) / "evidence_view" / file).read_text(encoding="utf-8")


@cache
def _style() -> Markup:
    return Markup(_read_beside("evidence.css"))


def _describe(article: Article, figures: Iterable[Figure], passed_over: Iterable[PassedOver]) -> dict:
    """Everything that the templates show."""
    figures, passed_over = list(figures), list(passed_over)
    states = states_of(figures, {article.article_id: article})
    cards = {(f.start, f.end): figure_card(f, *states.get(f.figure_id, ())[:1]) for f in figures}
    cards |= {(p.start, p.end): passed_card(p) for p in passed_over if (p.start, p.end) not in cards}
    themes = Counter(f.theme for f in figures)
    link = article.cited_url or article.url
    return {
        "key": "rf" + hashlib.sha256(article.article_id.encode()).hexdigest()[:8],
        "article": article,
        "published": published_text(article.published_at, article.published_precision),
        "is_digest": is_digest(article),
        "link": link if _SAFE_LINK.fullmatch(link) else "",
        "lines": list(_lines(article, cards)),
        "cards": [cards[f.start, f.end] for f in figures],
        "passed": [cards[p.start, p.end] for p in passed_over],
        "themes": [_theme(theme) | {"count": themes[theme]} for theme in THEME_LETTERS if theme in themes],
        "reasons": _reasons(passed_over),
        "roles": ROLES,
    }


def _reasons(passed_over: list[PassedOver]) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Why numerals were passed over, the most frequent reason first: its words, how many, and which, each once with how
    often it stands in the text."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for passed in passed_over:
        told[passed.reason][passed.text] += 1
    ordered = sorted(told.items(), key=lambda one: -one[1].total())
    return [(REASONS.get(reason, reason), texts.total(), list(texts.items())) for reason, texts in ordered]


def _lines(article: Article, cards: dict[tuple[int, int], dict]) -> Iterator[dict]:
    """Each line of the text with its role, cut into pieces; a mark that reaches over the line is cut at its end."""
    text, spans, n, begin = article.text, sorted(cards), 0, 0
    for paragraph in article.paragraphs:
        end = begin + len(paragraph.text)
        pieces, at = [], begin
        while n < len(spans) and spans[n][0] < end:
            start, stop = max(spans[n][0], at), min(spans[n][1], end)
            if start > at:
                pieces.append(Piece(text[at:start]))
            if stop > start:
                pieces.append(Piece(text[start:stop], cards[spans[n]]))
                at = stop
            if spans[n][1] > end:
                break
            n += 1
        if end > at:
            pieces.append(Piece(text[at:end]))
        yield {"role": paragraph.role, "pieces": pieces}
        begin = end + 1


def figure_card(figure: Figure, state: str = "") -> dict:
    """What a figure shows when it is pointed at: a headline, and rows of (field, value, name, rule).

    What was `before` a change is not said to hold at the end of its period.
    """
    rules = dict(rule.split("=", 1) for rule in figure.rules.split() if "=" in rule)
    rows = [("value", _number(figure), "", rules.get("value", "numeral"))]
    for field in _FIELDS:
        code = getattr(figure, field)
        name = _name(field, code) if field in _NAMED else _period(code)
        name = name_of("held", state) if (field, code, state) == ("period_kind", "at", "before") else name
        rows.append((field, code, name if name != code else "", rules.get(field) or rules.get(_RULE_OF.get(field), "")))
    whose = [_name("area", figure.area), _name("tier", figure.tier) if figure.tier != "central" else ""]
    return {
        "kind": "figure",
        "id": f"{figure.start}-{figure.end}",
        "text": figure.text,
        "theme": _theme(figure.theme),
        "headline": _headline(figure),
        "subject": _name("subject", figure.subject),
        "whose": ", ".join(part for part in whose if part),
        "when": _period(figure.period),
        "status": _name("status", figure.status),
        "rows": rows,
    }


def passed_card(passed: PassedOver) -> dict:
    """What a numeral passed over shows: its reason and its rule."""
    return {
        "kind": "passed",
        "id": f"{passed.start}-{passed.end}",
        "text": passed.text,
        "reason": passed.reason,
        "about": REASONS.get(passed.reason, ""),
        "rule": passed.rule,
    }


def _theme(code: str) -> dict:
    letter = THEME_LETTERS.get(code, THEME_LETTERS["other"])
    return {"code": code if code in THEME_LETTERS else "other", "letter": letter, "name": _name("theme", code)}


def _headline(figure: Figure) -> str:
    """'more than 3.9 million accounts, increase'."""
    told = {"of": figure.of, "value_max": figure.value_max, "hedge": figure.hedge, "with_unit": figure.unit != "other"}
    try:
        words = hedged_text(figure.value, figure.unit, figure.bound, **told)
    except (KeyError, ValueError):
        words = f"{figure.text} {figure.unit}"
    direction = _name("direction", figure.direction)
    return f"{words}, {direction}" if direction else words


def _number(figure: Figure) -> str:
    return amount_text(figure.value, figure.unit, of=figure.of, value_max=figure.value_max, with_unit=False)


def _name(kind: str, code: str | None) -> str:
    """Name of a code; the code itself where the tables have no name for it, '' for none."""
    if code is None:
        return ""
    try:
        return name_of(kind, code)
    except ValueError:
        return code


def _period(code: str | None) -> str:
    try:
        return period_text(code)
    except ValueError:
        return code or ""
