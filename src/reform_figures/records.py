"""The records that travel through the project: one class a table, typed and immutable.

In: what a stage has found out. Out: a record that cannot be wrong in form - a `Figure` whose span
does not slice to its text is refused. "Đến nay, cả nước giảm 79.057 người" (so far the whole country
has shed 79,057 people) becomes one `Figure`, its digits at `start:end` of the article's text.

The description of every column stands on its field (`about`); the data dictionary is made from it.
Times are Asia/Ho_Chi_Minh (+07:00) unless a name says otherwise; numbers are `Decimal`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, make_dataclass
from datetime import datetime
from decimal import Decimal

ROLES = {
    "title": "the headline of the article",
    "date_line": "publication date as the page prints it, often with counters",
    "lead": "the summary under the headline",
    "heading": "a heading between paragraphs of the body",
    "body": "a paragraph of the article",
    "list_item": "one item of a list in the body",
    "table_row": "one row of a table in the body, cells joined by ' | '",
    "caption": "the caption of a picture",
    "author": "the author's line",
    "source_line": "the line that says whose article this is or restates",
    "furniture": "counters, file names, links to other items: page, not article",
    "blank": "an empty line of a plain text",
}

REASONS = {
    "date": "a calendar date",
    "time": "a time of day",
    "period": "the length or the name of a period ('6 tháng đầu năm')",
    "legal_document": "number, article or clause of a legal document, congress or programme",
    "label": "part of a name: level, version, standard, address, page",
    "agenda": "slogans and agendas ('10 nhiệm vụ trọng tâm')",
    "ordinal": "first, second ... of a list",
    "anniversary": "a commemoration",
    "furniture": "page furniture: counters, phone numbers, file names",
    "venue": "places, delegates and addressees of the meeting itself",
    "norm": "a legal norm or threshold, an age",
    "idiom": "a number word that does not count",
    "unclear": "nothing says what is counted",
}

BOUNDS = ("eq", "approx", "gt", "ge", "lt", "le")
MEASURES = ("level", "share", "change", "growth", "fold")
DIRECTIONS = ("up", "down")
STATUSES = ("actual", "forecast", "target")
PERIOD_KINDS = ("at", "in", "since")
DATE_PRECISIONS = ("day", "month")
TIERS = ("central", "province", "district", "commune")


def about(text: str, **kwargs):
    """A dataclass field whose description goes into the data dictionary."""
    return field(metadata={"about": text}, **kwargs)


def filling(record: type) -> type:
    """A class whose new instances are filled while open and then become `record`s, checked and frozen.

    A frozen record sets each field by a call of its own, which takes four times as long as all else: that counts
    for the records made by the dozen of every article.
    """

    def close(self) -> None:
        self.__class__ = record  # the slots are the same
        if checked:
            self.__post_init__()

    checked = hasattr(record, "__post_init__")
    columns = [(f.name, f.type, field(default=f.default)) for f in fields(record)]
    return make_dataclass(f"Open{record.__name__}", columns, slots=True, namespace={"__post_init__": close})


@dataclass(frozen=True, slots=True)
class Page:
    """One HTTP answer as received, before anything is read out of it."""

    url: str = about("address asked for")
    body: bytes = about("the bytes as received, content encoding undone")
    content_type: str = about("Content-Type header, '' where none was sent", default="")
    final_url: str = about("address after redirects, '' where it is the one asked for", default="")
    source: str = about("name of the entry in sources.toml, '' for a page read by hand", default="")
    raw_id: str = about("row of the manifest, '' for a page read by hand", default="")
    listed_at: str = about("publication time that a list told for the address, '' where none did", default="")


@dataclass(frozen=True, slots=True)
class Capture:
    """A row of `data/raw/manifest.csv`: one answer that was stored. Append-only."""

    raw_id: str = about("<source>/<first 12 hex digits of the SHA-256 of address and body>")
    kind: str = about("article, listing, feed, sitemap, api or robots: what the answer was asked for")
    source: str = about("name of the entry in sources.toml")
    url: str = about("address asked for")
    final_url: str = about("address after redirects")
    fetched_at: str = about("when the answer was received, UTC, ISO 8601")
    status: int = about("HTTP status")
    content_type: str = about("Content-Type header as sent")
    charset: str = about("charset declared in that header, '' where none")
    bytes: int = about("length of the stored body in bytes")
    sha256: str = about("SHA-256 of the stored body, hexadecimal")
    etag: str = about("ETag header as sent, for conditional requests")
    last_modified: str = about("Last-Modified header as sent, for conditional requests")
    listed_at: str = about("publication time that a feed, interface or listing told for the address, '' where none did")
    archived: str = about("address or WARC record of the archived copy that this is, '' where the portal answered")
    file: str = about("path of the stored body below data/raw")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of an article's text with the part it plays (`ROLES`)."""

    role: str
    text: str

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"unknown paragraph role {self.role!r}; known: {', '.join(ROLES)}")


@dataclass(frozen=True, slots=True)
class Article:
    """One published article. Its `text` is the paragraphs joined by newlines; spans are offsets into it."""

    article_id: str = about("<source>-<last part of the address>: stable while the address is")
    source: str = about("name of the entry in sources.toml, '' for a text given by hand")
    publisher: str = about("who published it; of a digest, who published the article that it restates")
    area: str = about("home area of the publisher (ISO 3166-2 code, VN or MOHA), '' where none")
    url: str = about("address of the page that was read")
    cited_url: str = about("address of the published article that a digest restates, '' where none is known")
    cited_title: str = about("headline of the published article that a digest restates, '' where none is told")
    title: str = about("headline of the page that was read: of a digest its own, in this project's words")
    published_at: datetime | None = about("publication time (+07:00), empty where the page does not tell")
    published_precision: str = about(
        "day, or month where only the month is known and published_at is its last day; '' where published_at is empty"
    )
    event_date: str = about("ISO date of the event reported on, where the article tells it, else ''")
    lead: str = about("summary under the headline, '' where none")
    author: str = about("author's line, '' where none")
    paragraphs: tuple[Paragraph, ...] = about("all lines in order, each with its role; NFC")
    page_sha256: str = about("SHA-256 of the page's bytes, the same as in the manifest")
    raw_id: str = about("row of the manifest that holds the page")
    portal: str = about("portal declaration and version that read the page")

    @property
    def text(self) -> str:
        """The whole text that spans refer to: paragraphs joined by a newline."""
        return "\n".join(p.text for p in self.paragraphs)

    def _repr_html_(self) -> str:
        """Rich display in a notebook: the text with every figure marked."""
        from reform_figures.evidence import article_html

        return article_html(self)


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure, in the fields of the annotation guide (docs/guide)."""

    figure_id: str = about("<article_id>:<start>-<end>")
    article_id: str = about("article that reports it")
    start: int = about("offset of the numeral's first character in the article's text")
    end: int = about("offset behind its last character")
    text: str = about("the numeral as written, percent sign, fraction and multiplier word included")
    value: Decimal = about("the number, multiplier applied; of a fraction the numerator, of a range the lower end")
    of: Decimal | None = about("denominator of a fraction or size of a ranking")
    value_max: Decimal | None = about("upper end of a range")
    unit: str = about("what is counted in: code list unit")
    bound: str = about("eq, approx, gt, ge, lt or le: how the text hedges the number")
    measure: str = about("level, share, change, growth or fold")
    direction: str | None = about("up or down where the figure is itself an addition, a cut or a difference")
    theme: str = about("theme: code list theme")
    subject: str = about("what the sentence reports: code list subject")
    area: str = about("whose figure it is: code list area")
    tier: str | None = about("central, province, district or commune where confined to one tier")
    period: str | None = about("time that the figure speaks of: 2022, 2022-H1, 2022-9M, 2022-01-01/2022-06-30 ...")
    period_kind: str | None = about("at (stock), in (flow) or since (accumulated up to the period)")
    base: str | None = about("period compared with or counted from")
    status: str = about("actual, forecast or target")
    sentence: str = about("the sentence that it stands in")
    sentence_start: int = about("offset of that sentence in the article's text")
    rules: str = about("named rule that set each field: field=rule, separated by spaces")

    def __post_init__(self) -> None:
        at = self.start - self.sentence_start
        if at < 0 or self.end <= self.start or self.sentence[at : at + self.end - self.start] != self.text:
            raise ValueError(
                f"figure {self.figure_id}: the span {self.start}-{self.end} does not slice to {self.text!r} "
                f"in its sentence, which starts at {self.sentence_start}"
            )

    @property
    def hedge(self) -> str | None:
        """The word before the number that bounds it (gần, nearly), as the rule names it; None where there is none."""
        told = re.search(r"(?:^| )bound=hedge_(\S+)", self.rules)
        return told[1].replace("_", " ") if told and self.bound != "eq" else None

    def marked(self, before: str = "»", after: str = "«") -> str:
        """The sentence with the numeral between two marks."""
        at = self.start - self.sentence_start
        return self.sentence[:at] + before + self.text + after + self.sentence[at + len(self.text) :]

    def show(self) -> None:
        """Print the sentence with the number marked, and the fields."""
        print(self.marked())
        told = ((f.name, getattr(self, f.name)) for f in fields(self)[5:20])
        print("  " + ", ".join(f"{name} {value}" for name, value in told if value is not None))


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A numeral that was seen and is no reported figure, with the reason."""

    article_id: str = about("article that it stands in")
    start: int = about("offset of the numeral's first character in the article's text")
    end: int = about("offset behind its last character")
    text: str = about("the numeral as written")
    reason: str = about("why it is no figure: a key of REASONS")
    rule: str = about("named rule that decided")
    sentence: str = about("the sentence that it stands in")


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of reported figures against each other."""

    finding_id: str = about("<kind>:<figures>, stable while the figures are")
    kind: str = about("what was checked: fraction_percent, parts_total, change_level, complement, repeat, ...")
    figures: str = about("figure_ids involved, separated by spaces")
    expected: str = about("what the arithmetic says the reported number should be")
    found: str = about("what was reported")
    tolerance: str = about("how far apart rounding allows them to be, in the figure's unit")
    verdict: str = about("holds, rounding, contradicts or cannot_tell")
    words: str = about("the check in one English sentence")


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of the tidy series: one reported figure as an observation of an indicator."""

    indicator: str = about("<subject>.<measure>.<unit>, with .up or .down where a direction is set")
    theme: str = about("code list theme")
    subject: str = about("code list subject")
    measure: str = about("level, share, change, growth or fold")
    unit: str = about("code list unit")
    direction: str | None = about("up or down where the figure is an addition, a cut or a difference")
    area: str = about("code list area")
    tier: str | None = about("central, province, district or commune where confined to one tier")
    period: str | None = about("as reported, ISO-like")
    period_start: str | None = about("first day of the period, ISO date")
    period_end: str | None = about("last day of the period, ISO date: where a chart puts the point")
    period_kind: str | None = about("at, in or since")
    base: str | None = about("period compared with or counted from")
    status: str = about("actual, forecast or target")
    value: Decimal = about("number reported")
    of: Decimal | None = about("denominator of a fraction or size of a ranking")
    value_max: Decimal | None = about("upper end of a range")
    bound: str = about("eq, approx, gt, ge, lt or le")
    hedge: str | None = about(
        "the word of the text that says so, before the number: gần (nearly) or dưới (under) for lt"
    )
    known_since: str | None = about("publication date of the article: the day the value became known")
    known_since_precision: str | None = about(
        "day, or month where only the month is known: known_since is then its last day, so that nothing is known early"
    )
    figure_id: str = about("row of figures that it comes from")
    article_id: str = about("article that reports it")
    publisher: str = about("who published it")
    state: str | None = about(
        "before or after, where the article tells both sides of a change: from 635 to 559. A before whose period does "
        "not end earlier than that of its after holds at the start of its period, not at the end"
    )
    other_state: str | None = about("the figure of the other side of that change")
    unit_within: str | None = about(
        "district, town, ward or commune of the area that the sentence speaks of, ? where no name could be read: the "
        "number is not the whole area's; empty for all other numbers"
    )
    reports: int = about("how many articles report this indicator for this area, tier, period, base and status")
    verdict: str = about(
        "against other reports of it: only, several, agree, rounded, revised, different_scope, conflict"
    )


@dataclass(frozen=True, slots=True)
class Target:
    """A target of the series with the document that sets it or the authority that asks for it."""

    indicator: str = about("as in the series")
    area: str = about("code list area: for whom it is set")
    tier: str | None = about("central, province, district or commune where confined to one tier")
    period: str | None = about("by when or for which period")
    base: str | None = about("period that it is to be compared with")
    value: Decimal = about("number asked for")
    bound: str = about("eq, approx, gt, ge, lt or le")
    document: str = about("document as the article names it, empty where none is named")
    set_by: str = about("national authority that set it, empty where none is named")
    known_since: str | None = about("publication date of the article")
    known_since_precision: str | None = about("day, or month where known_since is the last day of the month known")
    figure_id: str = about("row of figures that it comes from")
    article_id: str = about("article that reports it")
