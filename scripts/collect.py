"""Collect articles from the portals in sources.toml into data/raw, politely; run it again to go on or to update.

With --from wayback or commoncrawl, or --warc FILE, the copies that archives have of them are collected instead.

In: sources.toml. Out: pages as received in DATA/raw/<source>/, a row each in DATA/raw/manifest.csv. Of "Cổng thông
tin" (portal) and article alike, only what has changed since the last run is fetched again.

Ends with 0 where something was collected (or had not changed), 1 where nothing could be, 3 where some sources worked
but another failed as a whole, gave fewer articles than expected, or left some for another day (requests_per_day).
Nothing already collected is ever lost.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from tqdm import tqdm

from reform_figures.collecting import (
    Archive,
    LeftForAnotherDay,
    Report,
    Source,
    SourceError,
    StoreBusy,
    Wanted,
    choose_sources,
    collect_source,
    read_sources,
    user_agent,
)
from reform_figures.collecting.from_archives import (
    SERVICES,
    Window,
    collect_from_service,
    collect_from_warc,
)
from reform_figures.collecting.log import log_run
from reform_figures.collecting.politeness import CONTACT_VARIABLE, DEFAULT_CONTACT, Pace
from reform_figures.collecting.sources import split_endpoint
from reform_figures.portals import PORTALS, Listing
from reform_figures.tables import TableError

ROOT = Path(__file__).resolve().parents[1]
MOST_SHOWN = 20
"""Failures of a source that are told one by one."""


def main() -> int:
    args = read_arguments()
    if not args.practice:
        return collect(args)
    from reform_figures.practice import ItemError, serve  # a web server, which no other collecting needs

    try:
        with serve(0, ROOT / "practice") as address:
            args.source = args.source or ["practice"]
            args.connect_to = address.removeprefix("http://")
            return collect(args)
    except (ItemError, OSError) as error:
        print(f"collect: the practice portals cannot be served: {error}", file=sys.stderr)
        return 1


def collect(args: argparse.Namespace) -> int:
    """Collect as the options say and tell of it; gives the code to end with."""
    try:
        sources = chosen_sources(args)
        with Archive(args.data) as archive:
            ask = collect_archived if args.warc or args.origin != "portal" else collect_all
            reports = ask(sources, archive, args, wanted_of(args))
    except (SourceError, StoreBusy, TableError) as error:
        print(f"collect: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("collect: stopped; what was collected is kept, run again to go on", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"collect: {args.data} cannot be written ({error}); what was collected is kept", file=sys.stderr)
        return 1
    print_reports(reports, args.dry_run)
    if not any(r.new + r.changed + r.unchanged or r.waits for r in reports):
        print("collect: nothing was collected; what was collected before is as it was", file=sys.stderr)
        return 1
    return 3 if any(r.trouble for r in reports) else 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, default=ROOT / "sources.toml", help="file of sources (sources.toml)")
    parser.add_argument(
        "--source", action="append", default=[], metavar="NAME", help="source or group to collect; repeatable"
    )
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="data folder (data)")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--connect-to", metavar="HOST:PORT", help="open the connections of the sources there, not at their own hosts"
    )
    where.add_argument("--practice", action="store_true", help="serve the practice portals and collect from them")
    parser.add_argument(
        "--since",
        type=day,
        metavar="DATE",
        help="first day of publication (in archives: of capture) wanted, 2020-01-01",
    )
    parser.add_argument("--until", type=day, metavar="DATE", help="last day of publication (or capture) wanted")
    parser.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="TERM",
        help="only articles whose headline or lead holds the term, diacritics exact; repeatable, one is enough",
    )
    parser.add_argument("--limit", type=positive, metavar="N", help="collect at most N articles of each source")
    parser.add_argument("--dry-run", action="store_true", help="read the lists only, and say what would be asked for")
    parser.add_argument(
        "--contact",
        help="web or e-mail address for the User-Agent, for portals to write to; "
        f"also from the environment variable {CONTACT_VARIABLE} ({DEFAULT_CONTACT})",
    )
    add_archive_arguments(parser)
    args = parser.parse_args()
    check_archive_arguments(parser, args)
    return args


def add_archive_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("from archives")
    group.add_argument(
        "--from", dest="origin", choices=["portal", *SERVICES], default="portal", help="where to collect from (portal)"
    )
    group.add_argument(
        "--warc", action="append", type=Path, default=[], metavar="FILE", help="read pages from a WARC file; repeatable"
    )
    group.add_argument("--archive-address", metavar="URL", help="ask this server as if it were the archive")


def check_archive_arguments(parser: argparse.ArgumentParser, args: argparse.Namespace) -> None:
    """End with a sentence where the options for archives do not go together."""
    if args.warc and args.origin != "portal":
        parser.error("--warc reads files and --from asks an archive; give one of them")
    if args.match and (args.warc or args.origin != "portal"):
        parser.error("--match looks at a portal's lists, which archives do not have; leave it out")
    if args.archive_address and not args.archive_address.startswith(("http://", "https://")):
        parser.error(f"--archive-address {args.archive_address!r} should start with http:// or https://")
    if args.archive_address:
        args.archive_address = args.archive_address.rstrip("/") + "/"
    for path in args.warc:
        if not path.is_file():
            parser.error(f"--warc {path} is not there")


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of articles; expected 1 or more")
    return int(text)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; expected year-month-day, such as 2020-01-31") from None


def wanted_of(args: argparse.Namespace) -> Wanted:
    """Raises SourceError where no day could be wanted."""
    if args.since and args.until and args.since > args.until:
        raise SourceError(f"--since {args.since} lies behind --until {args.until}: no day is between them")
    return Wanted(args.since, args.until, tuple(args.match))


def chosen_sources(args: argparse.Namespace) -> list[tuple[Source, Listing]]:
    """The sources asked for, each with how its family lists articles. Raises SourceError."""
    if args.connect_to:
        split_endpoint(args.connect_to, "--connect-to")
    chosen = []
    for source in choose_sources(read_sources(args.sources), args.source):
        listing = PORTALS[source.portal].listing
        if listing is None:
            raise SourceError(f"{source.name}: the family {source.portal} declares no listing to collect from")
        chosen.append((replace(source, connect_to=args.connect_to or source.connect_to), listing))
    return chosen


def collect_all(sources, archive: Archive, args: argparse.Namespace, wanted: Wanted) -> list[Report]:
    """One source after the other, each with a line that shows its counts and the time it will take."""
    reports = []
    pace = Pace(tell=lambda words: tqdm.write(words, file=sys.stderr))
    for source, listing in sources:
        began = time.monotonic()
        with tqdm(desc=source.name, unit=" requests", disable=None) as bar:
            report = collect_source(
                source,
                listing,
                archive,
                user_agent(args.contact),
                pace=pace,
                limit=args.limit,
                wanted=wanted,
                dry_run=args.dry_run,
                on_step=lambda total, report, bar=bar: show_step(bar, total, report),
            )
        reports.append(report)
        if not args.dry_run:
            log_run(args.data, report, time.monotonic() - began)
    return reports


def collect_archived(sources, archive: Archive, args: argparse.Namespace, wanted: Wanted) -> list[Report]:
    """The same from an archive or from WARC files, where the days wanted are those of the capture."""

    def tell(words: str) -> None:
        tqdm.write(words, file=sys.stderr)

    def progress(name: str) -> tqdm:
        return tqdm(desc=name, unit=" copies", disable=None)

    window = Window(wanted.since, wanted.until)
    how = {"limit": args.limit, "dry_run": args.dry_run}
    if args.warc:
        return collect_from_warc(sources, args.warc, archive, window, progress, tell=tell, **how)
    service = SERVICES[args.origin](user_agent(args.contact), args.archive_address or "", tell)
    return collect_from_service(sources, service, archive, window, progress, **how)


def show_step(bar: tqdm, total: int | None, report: Report) -> None:
    """Lists are counted in requests; once the articles are known, in articles, with what became of them."""
    if total is not None and bar.total != total:
        bar.unit = " articles"
        bar.reset(total)
    if total is not None:
        told = {"new": report.new + report.changed, "unchanged": report.unchanged, "failed": len(report.failed)}
        bar.set_postfix(told | {"refused": len(report.refused)}, refresh=False)
    bar.update()


def print_reports(reports: list[Report], dry_run: bool) -> None:
    """Failures one a line on stderr, then a table of the sources, and the counts of all as the last line."""
    for report in reports:
        for sentence in report.trouble:
            print(f"collect: {sentence}", file=sys.stderr)
        failures = [f for f in report.refused + report.failed if not isinstance(f, LeftForAnotherDay)]
        for failure in failures[:MOST_SHOWN]:
            print(f"collect: {report.source}: {failure}", file=sys.stderr)
        if len(failures) > MOST_SHOWN:
            print(f"collect: {report.source}: and {len(failures) - MOST_SHOWN} more addresses", file=sys.stderr)
    rows = [(r.source, r.found, r.new + r.changed, r.unchanged, len(r.refused), len(r.failed)) for r in reports]
    width = max(len(row[0]) for row in [*rows, ("source",)])
    print(f"{'source':{width}}  found    new  unchanged  refused  failed")
    for row in rows:
        print(f"{row[0]:{width}}  {row[1]:5}  {row[2]:5}  {row[3]:9}  {row[4]:7}  {row[5]:6}")
    if changed := sum(r.changed for r in reports):
        print(f"Of the new, {changed} are later versions of pages collected before.")
    if not_wanted := sum(r.not_wanted for r in reports):
        print(f"Passed over: {not_wanted} articles outside the days or terms asked for.")
    if repeated := sum(r.repeated for r in reports):
        print(f"Not counted: {repeated} addresses that lead to an article with another address.")
    if dry_run:
        print("Dry run, nothing stored: new are articles to be fetched, unchanged those to be looked after.")
    found, new, unchanged, refused, failed = (sum(row[column] for row in rows) for column in range(1, 6))
    print(f"found {found} = new {new} + unchanged {unchanged} + refused {refused} + failed {failed}")


if __name__ == "__main__":
    sys.exit(main())
