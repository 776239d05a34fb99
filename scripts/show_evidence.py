"""Write a page for each article: its text with every figure marked, and an index.

From the tables: DATA/processed (articles, figures, passed_over) → OUT/<article>.html and OUT/index.html; with
--article only the page of that one. From plain texts: --text FILE_OR_FOLDER extracts and shows them; the index CSV has
the columns that scripts/extract.py reads. "Giảm 17 tổng cục" (17 general departments fewer) shows 17 in the colour,
underline and letter of its theme; pointing at it shows its fields and the rule of each.

Ends with 0 where a page was written, 1 where none could be.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from extract import read_index, read_text
from tqdm import tqdm

from reform_figures import tables
from reform_figures.evidence import article_page, index_page
from reform_figures.extracting import extract
from reform_figures.names import unknown_code
from reform_figures.records import Article, Figure, PassedOver
from reform_figures.wording import count_text

ROOT = Path(__file__).resolve().parents[1]
Shown = tuple[Article, list[Figure], list[PassedOver]]


def main() -> int:
    args = read_arguments()
    try:
        shown = list(read_texts(args.text, args.index) if args.text else read_articles(args.data, args.article))
        listed = []
        for article, figures, passed_over in tqdm(shown, desc="evidence", unit="article", disable=None):
            file = page_name(article.article_id)
            tables.write_text(args.out / file, article_page(article, figures, passed_over))
            listed.append((article, file, len(figures), len(passed_over)))
        if not args.article:
            tables.write_text(args.out / "index.html", index_page(listed))
    except (OSError, ValueError) as error:
        print(f"show_evidence: {error}", file=sys.stderr)
        return 1
    for _, file, figures, passed_over in listed if len(listed) < 10 else ():
        print(f"{args.out / file}: {count_text(figures, 'figure')} + {passed_over} passed over")
    counts = f"{count_text(len(listed), 'article')} = {count_text(len(listed), 'page')}"
    print(f"{args.out}: {counts}" + ("" if args.article else " + index.html"))
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument("--article", default="", metavar="ID", help="write the page of this article only")
    parser.add_argument("--text", type=Path, metavar="PATH", help="folder of plain article texts, or one of them")
    parser.add_argument("--index", type=Path, metavar="CSV", help="what is known of each text")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "evidence", help="folder (build/evidence)")
    return parser.parse_args()


def read_articles(data: Path, article_id: str = "") -> list[Shown]:
    """Articles with their rows of the tables. ValueError for an unknown id or a folder without articles."""
    articles = {article.article_id: article for article in tables.read_table(data, "articles")}
    if not articles:
        raise ValueError(f"{tables.table_path(data, 'articles')} holds no articles; run scripts/read.py first")
    if article_id and article_id not in articles:
        raise ValueError(unknown_code("article", article_id, articles))
    rows = {name: defaultdict(list) for name in ("figures", "passed_over")}
    for name, by_article in rows.items():
        for record in tables.read_table(data, name):
            by_article[record.article_id].append(record)
    chosen = [articles[article_id]] if article_id else articles.values()
    return [(a, rows["figures"][a.article_id], rows["passed_over"][a.article_id]) for a in chosen]


def read_texts(path: Path, index: Path | None) -> Iterator[Shown]:
    """Plain texts with what is extracted from them. FileNotFoundError where there is none."""
    texts = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    if not texts:
        raise FileNotFoundError(f"no .txt file in {path}; plain article texts were expected there")
    known = read_index(index) if index else {}
    for text in texts:
        article = read_text(text, known.get(text.name, {}))
        yield article, *extract(article)


def page_name(article_id: str) -> str:
    """File name of an article's page."""
    return re.sub(r"[^\w.-]+", "_", article_id) + ".html"


if __name__ == "__main__":
    sys.exit(main())
