"""Extract the reported figures from articles, and list every numeral passed over with its reason.

From the tables: DATA/processed/articles.jsonl → figures.csv and passed_over.csv.
From plain texts: --text FOLDER_OR_FILE --index CSV --out FOLDER writes one <article>.jsonl each in the fields of the
annotation guide, and the numerals passed over to FOLDER/passed_over/. The index has the columns file, published,
publisher, area and title; a text without a row is read without a date and a home area.
From web archives: --warc FILE ... --out FOLDER reads WARC files (and lists of them, a text file with one path a line),
passes over what is not Vietnamese or has no cue of the themes, and writes the tables as Parquet, shard by shard, with
a manifest that counts every record. Killed and run again, it goes on. --processes N works on so many cores,
--scheduler tcp://... on the workers of a dask cluster; what is written is the same.
With --explain the rules are printed: of each field the one that set it, then those that lost.
"Trung ương 146 trường hợp" (146 cases in the centre) is one figure; "Nghị quyết số 27" (resolution 27) is passed over.

Ends with 0 where something was extracted, 1 where nothing could be.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from tqdm import tqdm

from reform_figures import tables
from reform_figures.collecting.sources import read_sources
from reform_figures.corrections import apply_corrections, read_corrections
from reform_figures.decoding import UnreadablePage
from reform_figures.extracting import explain, extract
from reform_figures.plain_text import read_text_article
from reform_figures.records import Article, Figure
from reform_figures.wording import count_text

ROOT = Path(__file__).resolve().parents[1]
NOT_IN_GUIDE = ("figure_id", "article_id", "sentence", "sentence_start")


def main() -> int:
    args = read_arguments()
    try:
        if args.warc:
            return extract_warc(args)
        return extract_texts(args) if args.text else extract_table(args)
    except (OSError, ValueError) as error:
        print(f"extract: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("extract: stopped; with --warc, the same command goes on", file=sys.stderr)
        return 130


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    parser.add_argument(
        "--corrections", type=Path, default=ROOT / "corrections.csv", help="corrections by people (corrections.csv)"
    )
    parser.add_argument("--text", type=Path, metavar="PATH", help="folder of plain article texts, or one of them")
    parser.add_argument("--index", type=Path, metavar="CSV", help="what is known of each text")
    parser.add_argument("--warc", nargs="+", metavar="FILE", help="WARC files, or lists of them")
    parser.add_argument("--processes", type=int, metavar="N", help="read WARC files with so many processes")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="read WARC files on the workers of this dask scheduler")
    parser.add_argument("--sources", type=Path, default=ROOT / "sources.toml", help="file of sources (sources.toml)")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the figures of plain texts or archives go")
    parser.add_argument("--explain", action="store_true", help="print which rule set each field, and which lost")
    args = parser.parse_args()
    if args.text and not (args.out or args.explain):
        parser.error("--text needs --out FOLDER for the figures, or --explain to print them")
    if args.warc and (not args.out or args.text):
        parser.error("--warc needs --out FOLDER for the tables, and goes without --text")
    if (args.processes or args.scheduler) and (not args.warc or (args.processes and args.scheduler)):
        parser.error("--processes and --scheduler are for --warc, one of them")
    if args.processes is not None and args.processes < 1:
        parser.error(f"--processes is {args.processes}; one at least is needed")
    return args


def extract_table(args: argparse.Namespace) -> int:
    articles = tables.read_table(args.data, "articles")
    figures, passed = [], []
    for article in tqdm(articles, desc="extract", unit="article", disable=None):
        found, left = extract(article)
        figures += found
        passed += left
        if args.explain:
            print_rules(article, found)
    figures, unapplied = apply_corrections(figures, read_corrections(args.corrections))
    for sentence in unapplied:
        print(f"correction not applied: {sentence}", file=sys.stderr)
    if not articles:
        print(f"extract: {tables.table_path(args.data, 'articles')} holds no articles", file=sys.stderr)
        return 1
    for name, records in (("figures", figures), ("passed_over", passed)):
        print(f"{tables.write_table(args.data, name, records)}: {len(records)} rows")
    print_counts(len(articles), len(figures), len(passed))
    return 0


def extract_warc(args: argparse.Namespace) -> int:
    from reform_figures import bulk  # pyarrow takes a while to load

    engine = bulk.Processes(args.processes) if args.processes else bulk.Serial()
    if args.scheduler:
        engine = bulk.Cluster(args.scheduler)
    with tqdm(desc="extract", unit="page", disable=None) as bar:

        def watch(done: int, pages: int) -> None:
            bar.total = pages
            bar.update(done - bar.n)

        corrections = read_corrections(args.corrections)
        sources = read_sources(args.sources).values()
        report = bulk.extract_archives(args.warc, str(args.out), engine, sources, corrections, watch)
    for reason, number in report.skipped.most_common():
        print(f"passed over: {number} x {reason}")
    print(f"{args.out}: {report.shards} shards, {report.kept} of them from an earlier run")
    print(f"{report.records} records = {report.articles} articles + {report.skipped.total()} passed over")
    print_counts(report.articles, report.figures, report.passed_over)
    return 0 if report.articles else 1


def extract_texts(args: argparse.Namespace) -> int:
    index = read_index(args.index) if args.index else {}
    paths = sorted(args.text.glob("*.txt")) if args.text.is_dir() else [args.text]
    if not paths:
        raise FileNotFoundError(f"no .txt file in {args.text}; plain article texts were expected there")
    read = refused = n_figures = n_passed = 0
    for path in tqdm(paths, desc="extract", unit="text", disable=None):
        try:
            article = read_text(path, index.get(path.name, {}))
        except (UnreadablePage, UnicodeDecodeError) as error:
            refused += 1
            print(f"refused: {path.name}: {_sentence(error)}", file=sys.stderr)
            continue
        figures, passed = extract(article)
        read, n_figures, n_passed = read + 1, n_figures + len(figures), n_passed + len(passed)
        if args.out:
            write_lines(args.out / f"{path.stem}.jsonl", (guide_fields(f) for f in figures))
            write_lines(args.out / "passed_over" / f"{path.stem}.jsonl", (asdict(p) for p in passed))
        if args.explain:
            print_rules(article, figures)
    print(f"{len(paths)} texts = {read} read + {refused} refused")
    print_counts(read, n_figures, n_passed)
    return 0 if read else 1


def _sentence(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 text (byte {error.start} does not fit); save it as UTF-8 and run again"
    return str(error)


def read_index(path: Path) -> dict[str, dict[str, str]]:
    """File name → row of the index. ValueError where the column that names the file is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if rows and "file" not in rows[0]:
        raise ValueError(f"{path}: no column 'file'; expected file, published, publisher, area and title")
    return {row["file"]: row for row in rows}


def read_text(path: Path, row: dict[str, str]) -> Article:
    return read_text_article(
        path.read_text(encoding="utf-8"),
        name=path.stem,
        published=read_day(row.get("published") or ""),
        publisher=row.get("publisher") or "",
        area=row.get("area") or "",
        title=row.get("title") or "",
    )


def read_day(told: str) -> date | None:
    """A day as exact as the index tells it: of a year or a month, its first day. ValueError for anything else."""
    parts = [int(part) for part in told[:10].split("-")] if told else []
    return date(*[*parts, 1, 1][:3]) if parts else None


def guide_fields(figure: Figure) -> dict:
    """The figure as one line of the annotation guide's format, numbers as JSON numbers."""
    return {name: _plain(value) for name, value in asdict(figure).items() if name not in NOT_IN_GUIDE}


def _plain(value):
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def write_lines(path: Path, rows) -> None:
    tables.write_text(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def print_rules(article: Article, figures: list[Figure]) -> None:
    for figure in figures:
        print(f"\n{figure.figure_id}  {figure.marked()}")
        for name, candidates in explain(article, (figure.start, figure.end)).items():
            won, lost = candidates[0], candidates[1:4]
            beaten = "; lost: " + ", ".join(f"{rule} ({value})" for rule, value in lost) if lost else ""
            print(f"  {name:12s}{won[1]}  by {won[0]}{beaten}")


def print_counts(articles: int, figures: int, passed: int) -> None:
    told = f"{count_text(figures + passed, 'numeral')} = {count_text(figures, 'figure')} + {passed:,} passed over"
    print(f"{count_text(articles, 'article')}: {told}")


if __name__ == "__main__":
    sys.exit(main())
