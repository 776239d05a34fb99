"""Speed and memory of reading and extracting, as ratios to other tools and to themselves on longer texts.

In: the pages of the practice portals. Out: `Results`, ratios by name. Everything is measured in one run, in CPU
seconds of one process, the tools in turn round by round: machines differ, the ratios between tools hardly do.
"Giảm 17 tổng cục" (17 general departments fewer) is a number to all of them, and to us a figure with a dozen fields.

What a name says:
  extract_vs_X          times as many characters a second as X, text → figures beside X's own step
  read_vs_X             times as many pages a second as X, bytes → article
  page_to_figures_vs_X  times as many pages a second as X's step alone, bytes → figures
  archive_vs_ceiling    times as many pages of a WARC file as a pass that parses and finds numbers alone
  archive_growth_S      CPU time for a page of an archive of S pages to that of the smallest; archive_memory_growth_S
                        the same of the most memory that a process held
  archive_two_S         times as many pages a second on the clock with two processes as with one
  *_growth_S            time (or memory) for a character of a text of S characters to that of an ordinary article
  hostile_X             time for a character of the hostile text X to that of an ordinary article
  hostile_X_growth      time for a character of it to that of a tenth of it: near 1, or less, where time is linear
"""

from __future__ import annotations

import gc
import statistics
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from types import FunctionType

from reform_figures.benchmark_pages import KnownPage
from reform_figures.benchmark_peers import PAGE_PEERS, TEXT_PEERS, load_peers
from reform_figures.benchmark_profile import share_extraction
from reform_figures.benchmark_texts import NUMBERS, as_article, write_texts
from reform_figures.benchmark_timing import cpu_seconds, each, in_turn
from reform_figures.bulk.relevance import why_irrelevant
from reform_figures.bulk.shards import BATCH
from reform_figures.extracting import extract
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Article

HOSTILE = {
    "digits": "7",
    "brackets": "(",
    "conjunctions": "và ",
    "quotes": '“"‘',
    "numbers": "7 ",
}
"""Name of a hostile text and the piece that it repeats: shapes on which a careless pattern takes the square."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured; sizes in characters."""

    rounds: int
    growth: tuple[int, ...]
    hostile: int
    memory: int
    patience_seconds: float
    """A hostile text is made no longer where ten times the time it took is more than this."""
    articles: int = 1_000
    """At most so many articles are given to us and to the other tools, taken evenly from all; and so many pages:"""
    pages: int = 1_000
    article: int = 6_000
    """An ordinary article; half of the news articles on the reform are shorter."""

    archives: tuple[int, ...] = ()
    """Pages of web archives that are read whole."""


QUICK = Plan(
    rounds=3, growth=(100_000, 1_000_000), hostile=100_000, memory=100_000, patience_seconds=5, articles=12, pages=40,
    archives=(1_000, 4_000),
)  # fmt: skip
FULL = Plan(
    rounds=7, growth=(100_000, 1_000_000, 10_000_000), hostile=1_000_000, memory=1_000_000, patience_seconds=200,
    archives=(1_000, 10_000, 100_000),
)  # fmt: skip
IS_COMPILED = not isinstance(extract, FunctionType)
"""Whether what is measured is the C extension of `make compiled`."""

_LONG_ENOUGH_SECONDS = 0.5
"""A measurement is not repeated once its repetitions have taken this long together."""


@dataclass(slots=True)
class Results:
    """Ratios by name, the absolute values behind them for this machine, and what was left out, with the reason."""

    ratios: dict[str, float] = field(default_factory=dict)
    absolute: dict[str, float] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


def measure(results: Results, pages: list[KnownPage], plan: Plan, watch: Callable[[Iterable], Iterable] = iter) -> None:
    """Measure everything in `plan` but the archives; `watch` may wrap the steps to show progress."""
    paragraphs = [p.text for page in pages for p in page.read().paragraphs if p.role in ("lead", "body", "list_item")]
    one_turn = -(-sum(map(len, paragraphs)) // plan.article)  # longer texts then hold the same, turn after turn
    articles = [as_article(text) for text in write_texts(paragraphs, plan.article, one_turn)]
    steps = (
        lambda: compare_reading(results, some_of(pages, plan.pages), plan),
        lambda: compare_extraction(results, some_of(articles, plan.articles), plan),  # HeidelTime's Java works on
        lambda: measure_growth(results, paragraphs, articles, plan),
        lambda: measure_hostile(results, articles, plan),
        lambda: measure_memory(results, paragraphs, articles, plan),
    )
    for step in watch(steps):
        step()


def some_of(inputs: list, number: int) -> list:
    """At most `number` of the inputs, evenly from all of them."""
    return inputs[:: max(1, -(-len(inputs) // number))]


def compare_extraction(results: Results, articles: list[Article], plan: Plan) -> None:
    """text → figures beside the peers, on the same articles."""
    peers = load_peers(TEXT_PEERS, results.skipped)
    contestants = {"extract": each(extract), **{name: each(_on_text(run)) for name, run in peers.items()}}
    seconds = in_turn(contestants, articles, plan.rounds)
    characters = sum(len(a.text) for a in articles)
    for name, rounds in seconds.items():
        results.absolute[f"{name}_articles_per_second"] = characters / plan.article / statistics.median(rounds)
    digits = sum(len(NUMBERS.findall(a.text)) for a in articles)
    results.absolute["numbers_per_article"] = digits * plan.article / characters
    results.absolute["extraction_is_compiled"] = IS_COMPILED
    _add_ratios(results, "extract", seconds)
    shares = share_extraction(articles, plan.rounds)
    results.absolute |= {f"extract_share_{step}": share for step, share in shares.items()}


def compare_reading(results: Results, pages: list[KnownPage], plan: Plan) -> None:
    """bytes → article, and bytes → figures, beside the peers on the same pages.

    quantulum3 reads no pages: it is given the text of each, and its numbers alone are held against our whole path.
    """
    peers = load_peers(PAGE_PEERS, results.skipped)
    contestants = {"read": each(KnownPage.read), "page_to_figures": read_and_extract}
    contestants |= {name: each(_on_page(run)) for name, run in peers.items()}
    if finders := load_peers({"quantulum3": TEXT_PEERS["quantulum3"]}, results.skipped):
        texts = {page: page.read().text for page in pages}
        contestants["quantulum3"] = each(lambda page: finders["quantulum3"](texts[page]))
    seconds = in_turn(contestants, pages, plan.rounds)
    for name, rounds in seconds.items():
        results.absolute[f"{name}_pages_per_second"] = len(pages) / statistics.median(rounds)
    results.absolute["bytes_per_page"] = statistics.mean(len(page.page.body) for page in pages)
    _add_ratios(
        results, "read", {name: s for name, s in seconds.items() if name not in ("page_to_figures", "quantulum3")}
    )
    _add_ratios(results, "page_to_figures", {name: s for name, s in seconds.items() if name != "read"})
    ways = {"look": each(look_at), "fallback": each(read_as_unknown)}
    for name, rounds in in_turn(ways, some_of(pages, plan.articles), 1).items():
        results.absolute[f"{name}_pages_per_second"] = len(some_of(pages, plan.articles)) / rounds[0]


def measure_growth(results: Results, paragraphs: list[str], articles: list[Article], plan: Plan) -> None:
    """Time for a character of ever longer texts, to that of ordinary articles measured right before."""
    for size in plan.growth:
        article = as_article(next(write_texts(paragraphs, size)))
        ordinary = _per_character(articles, plan.rounds)
        long = _per_character([article], plan.rounds)
        results.ratios[f"extract_growth_{size_name(size)}"] = long / ordinary
        results.absolute[f"extract_{size_name(size)}_seconds"] = long * len(article.text)


def measure_hostile(results: Results, articles: list[Article], plan: Plan) -> None:
    """Time for a character of hostile texts; what raises or takes too long is told among the skipped."""
    ordinary = _per_character(articles, plan.rounds)
    for name, piece in HOSTILE.items():
        times: list[float] = []
        for size in (plan.hostile // 100, plan.hostile // 10, plan.hostile):
            if times and times[-1] * size > plan.patience_seconds:
                results.skipped[f"hostile_{name} of {size} characters"] = f"would take {times[-1] * size:.0f} s or more"
                break
            try:
                times.append(_per_character([as_article("A " + piece * (size // len(piece)))], plan.rounds))
            except Exception as error:  # whatever it is, the benchmark's result is that there is one
                results.skipped[f"hostile_{name} of {size} characters"] = f"extract failed: {str(error)[:80]!r}"
                break
        if times:
            results.ratios[f"hostile_{name}"] = times[-1] / ordinary
        if len(times) > 1:
            results.ratios[f"hostile_{name}_growth"] = times[-1] / times[-2]


def measure_memory(results: Results, paragraphs: list[str], articles: list[Article], plan: Plan) -> None:
    """Peak of what extraction allocates, for a character of a long text to that of an ordinary article."""
    long = as_article(next(write_texts(paragraphs, plan.memory)))
    ordinary, grown = (_peak_bytes(article) / len(article.text) for article in (articles[0], long))
    size = size_name(plan.memory)
    results.ratios[f"memory_growth_{size}"] = grown / ordinary
    results.absolute[f"memory_{size}_peak_mib"] = grown * len(long.text) / 2**20


def size_name(characters: int) -> str:
    """6000 → 6k, 1000000 → 1m."""
    for unit, letter in ((1_000_000, "m"), (1_000, "k")):
        if characters % unit == 0:
            return f"{characters // unit}{letter}"
    return str(characters)


def read_and_extract(pages: Sequence[KnownPage]) -> None:
    """Bytes → figures as bulk runs do it (`PageReader.read`): a batch of pages read, then their texts extracted."""
    for start in range(0, len(pages), BATCH):
        for article in [page.read() for page in pages[start : start + BATCH]]:
            extract(article)


def look_at(known: KnownPage) -> str:
    """The look at the bytes that decides whether a page of an archive is read."""
    return why_irrelevant(known.page.body, known.page.content_type)


def read_as_unknown(known: KnownPage) -> Article | None:
    """The page as that of a portal of no family, by its main text; None where that gives none."""
    try:
        return read_article(known.page, portal="fallback")
    except UnreadablePage:
        return None


def _on_text(run: Callable[[str], object]) -> Callable[[Article], object]:
    return lambda article: run(article.text)


def _on_page(run: Callable[[bytes], object]) -> Callable[[KnownPage], object]:
    return lambda known: run(known.page.body)


def _per_character(articles: list[Article], rounds: int) -> float:
    """Median CPU seconds for a character over `rounds`, fewer where one takes long."""
    times: list[float] = []
    while len(times) < rounds and sum(times) < _LONG_ENOUGH_SECONDS:
        times.append(cpu_seconds(each(extract), articles))
    return statistics.median(times) / sum(len(a.text) for a in articles)


def _peak_bytes(article: Article) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        extract(article)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _add_ratios(results: Results, ours: str, seconds: dict[str, list[float]]) -> None:
    """The median over the rounds of peer's time to ours: noise that slows a whole round leaves the ratio alone."""
    for name, rounds in seconds.items():
        if name != ours:
            pairs = zip(rounds, seconds[ours], strict=True)
            results.ratios[f"{ours}_vs_{name}"] = statistics.median(peer / own for peer, own in pairs)
