"""Draft an entry of sources.toml from one page of a portal: an article, or a list of articles.

In: the page's address, and its file where it was saved before (else it is fetched, politely, once). Out, printed: the
drafted entry, and a review to compare with the page; with --save DIR, the page's file. "Cổng thông tin điện tử"
(electronic information portal) in the title becomes the publisher. Nothing is added to sources.toml by itself.

Ends with 0 where an article or a list was found, 1 where neither was.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from reform_figures.collecting import FetchFailed, Source, SourceError, user_agent
from reform_figures.collecting.answers import what_is_wrong
from reform_figures.collecting.fetching import Fetcher
from reform_figures.collecting.politeness import Pace, Robots
from reform_figures.collecting.sources import split_endpoint
from reform_figures.decoding import UnreadablePage
from reform_figures.drafting import Draft, draft_source, next_steps, write_entry, write_review
from reform_figures.records import Page


def main() -> int:
    args = read_arguments()
    try:
        page = load_page(args) if args.page else fetch_page(args)
        draft = draft_source(page, args.name)
        print(write_entry(draft))
        print(write_review(draft))
        if args.save:
            print(f"saved: {save_page(args.save, draft, page)} (the page is its publisher's: do not publish it)")
    except (FetchFailed, SourceError, UnreadablePage) as error:
        print(f"add_source: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"add_source: {error.filename}: {error.strerror or error}", file=sys.stderr)
        return 1
    print(next_steps(draft))
    return 1 if draft.kind == "neither" else 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", metavar="URL", help="address of an article, or of a section's list of articles")
    parser.add_argument("--name", default="", help="name of the entry; without it, made from the host")
    parser.add_argument("--save", type=Path, metavar="DIR", help="folder to keep the page in, as it came")
    parser.add_argument("--page", type=Path, metavar="FILE", help="the page, saved before: nothing is fetched")
    parser.add_argument("--connect-to", default="", metavar="HOST:PORT", help="open the connection there instead")
    parser.add_argument("--contact", help="web or e-mail address for the User-Agent, for the portal to write to")
    args = parser.parse_args()
    try:
        parts = urlsplit(args.url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        parser.error(f"{args.url!r} is no address of a page; expected http:// or https:// and a host")
    if args.name and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", args.name):
        parser.error(f"--name {args.name!r}: a source is named with small letters, digits and hyphens")
    return args


def load_page(args: argparse.Namespace) -> Page:
    return Page(url=args.url, body=args.page.read_bytes())


def fetch_page(args: argparse.Namespace) -> Page:
    """The page as the portal sends it: robots.txt first, two seconds between requests. Raises FetchFailed."""
    if args.connect_to:
        split_endpoint(args.connect_to, "--connect-to")
    parts = urlsplit(args.url)
    address = f"{parts.scheme}://{parts.netloc}/"
    source = Source(name="new", publisher="", address=address, portal="fallback", connect_to=args.connect_to)
    pace = Pace(tell=lambda words: print(words, file=sys.stderr))
    fetcher = Fetcher(source, user_agent(args.contact), pace)
    try:
        robots = Robots(lambda url: fetcher.fetch(url).body, pace)
        answer = fetcher.fetch(args.url, permit=robots.permit)
    finally:
        fetcher.close()
    content_type = answer.header("Content-Type")
    if wrong := what_is_wrong("article", content_type, answer.body):
        raise FetchFailed(args.url, wrong)
    return Page(url=args.url, body=answer.body, content_type=content_type, final_url=answer.final_url)


def save_page(folder: Path, draft: Draft, page: Page) -> Path:
    """Keep the page as <family>-<name>-<kind>; a file that is there with other bytes is not overwritten."""
    ending = "json" if page.body.lstrip()[:1] in (b"{", b"[") else "html"
    file = folder / f"{draft.family or 'fallback'}-{draft.name}-{draft.kind}.{ending}"
    folder.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.read_bytes() != page.body:
        raise FileExistsError(17, "holds another page already; move it, or give another --name", str(file))
    file.write_bytes(page.body)
    return file


if __name__ == "__main__":
    sys.exit(main())
