"""Read the collected pages into the table of articles, or show what is read out of a single page.

In: DATA/raw and sources.toml. Out: DATA/processed/articles.jsonl (one article a line, each line of its text with a
role) and dictionary.csv; pages that hold no article are listed with the reason. With --page FILE --url URL one
article is printed as JSON and nothing is written. "Tác giả: LN" (author: LN) is a line of the role `author`.

Ends with 0 where something was read, 1 where nothing could be.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tqdm import tqdm

from reform_figures import tables
from reform_figures.article_table import read_captures
from reform_figures.collecting.sources import SourceError, read_sources
from reform_figures.portals import PORTALS
from reform_figures.reading import UnreadablePage, read_article
from reform_figures.records import Page
from reform_figures.wording import count_text

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    args = read_arguments()
    try:
        return show_page(args) if args.page else read_all(args)
    except (UnreadablePage, SourceError, tables.TableError) as error:
        print(f"read: {error}", file=sys.stderr)
    except OSError as error:
        where = error.filename or args.data
        print(f"read: {where}: {error.strerror or error}; check the name after --page or --data", file=sys.stderr)
    return 1


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--sources", type=Path, default=ROOT / "sources.toml", help="file of sources (sources.toml)")
    parser.add_argument("--page", type=Path, metavar="FILE", help="read this page only and print it")
    parser.add_argument("--url", metavar="URL", help="address that the page of --page came from")
    parser.add_argument("--portal", metavar="NAME", help="family of the page; without it, its marks decide")
    args = parser.parse_args()
    if bool(args.page) != bool(args.url):
        parser.error("--page FILE and --url URL belong together: the address becomes the article's name")
    if args.portal and not args.page:
        parser.error("--portal is for --page; the families of collected pages stand in sources.toml")
    if args.portal and args.portal not in PORTALS:
        parser.error(f"unknown portal family {args.portal!r}; known: {', '.join(PORTALS)}")
    return args


def show_page(args: argparse.Namespace) -> int:
    page = Page(url=args.url, body=args.page.read_bytes())
    article = read_article(page, portal=args.portal)
    print(json.dumps(tables.article_dict(article), ensure_ascii=False, indent=2))
    return 0


def read_all(args: argparse.Namespace) -> int:
    sources = read_sources(args.sources)
    reading = read_captures(args.data, sources, lambda pages: tqdm(pages, desc="read", unit="page", disable=None))
    for sentence in reading.refused:
        print(f"refused: {sentence}", file=sys.stderr)
    counts = (
        f"{reading.captures} pages = {len(reading.articles)} articles + {len(reading.refused)} refused "
        f"+ {reading.replaced} replaced by a newer capture"
    )
    if not reading.articles:
        missing = f"no article page in {tables.manifest_path(args.data)}; run scripts/collect.py first"
        print(f"read: nothing to read: {counts if reading.captures else missing}", file=sys.stderr)
        return 1
    path = tables.write_table(args.data, "articles", reading.articles)
    tables.write_dictionary(args.data)
    undated = sum(article.published_at is None for article in reading.articles)
    print(f"{path}: {count_text(len(reading.articles), 'article')}, {undated} of them without a date of publication")
    print(counts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
