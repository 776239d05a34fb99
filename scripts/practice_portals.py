"""Serve the practice portals on this machine, by hand, for a class: listings, feeds and traps without a ministry.

In: the folder `practice/`. Out: HTTP on 127.0.0.1 until Ctrl-C. "Cổng luyện tập Tây Ninh" (practice portal
Tây Ninh) is at http://127.0.0.1:8000/tayninh/ in a browser.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

from reform_figures.practice import DEFAULT_TRAPS, TRAPS, load_items, serve
from reform_figures.practice.items import PORTAL_NAMES

PRACTICE = Path(__file__).resolve().parents[1] / "practice"


def main() -> int:
    args = read_arguments()
    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell starts `... &` with SIGINT ignored
        signal.signal(ending, signal.default_int_handler)
    try:
        items = load_items(args.folder)
        with serve(args.port, args.folder, DEFAULT_TRAPS | set(args.trap), show_requests=True, visits=[]) as address:
            print_addresses(address, items, args.trap)
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0
    except (ValueError, OSError) as error:
        print(f"practice_portals: {error}", file=sys.stderr)
        return 1


def read_arguments() -> argparse.Namespace:
    off = "; ".join(f"{name} ({TRAPS[name]})" for name in sorted(set(TRAPS) - DEFAULT_TRAPS))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=port_number, default=8000, help="port on 127.0.0.1, 0 for any free one (8000)")
    parser.add_argument("--folder", type=Path, default=PRACTICE, help="practice folder (the project's own)")
    parser.add_argument(
        "--trap", action="append", default=[], choices=sorted(TRAPS), metavar="NAME", help=f"switch a trap on: {off}"
    )
    return parser.parse_args()


def port_number(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; expected a number from 0 to 65535")
    return int(text)


def print_addresses(address: str, items: list, traps: list[str]) -> None:
    port = address.rpartition(":")[2]
    print(f"Practice portals at {address}/ with {len(items)} texts; extra traps: {', '.join(traps) or 'none'}")
    for name in PORTAL_NAMES:
        count = sum(item.portal == name for item in items)
        print(f"  {address}/{name}/  or  http://{name}.localhost:{port}/  ({count} texts)")
    print(f"What they write down of their visitors: {address}/visits")
    print(f"A program asks for a portal by name: curl --connect-to ::127.0.0.1:{port} http://tayninh.practice.test/")
    print("Ctrl-C ends it.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
