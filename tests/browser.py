"""Headless Chromium for the tests: one process, many pages, spoken to through a pipe (Chrome DevTools Protocol).

In: the address of a page, a width, JavaScript. Out: what the script finds, what the page asked for, what it complained
of. Every request to a host is refused and noted, so that a test asks nobody for anything.
"""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from threading import Timer

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install the package `chromium`"),
]
LOOK = (Path(__file__).parent / "look_at_page.js").read_text(encoding="utf-8")
"""JavaScript that defines `look`: which texts are too faint, what is cut by the edge of the window."""

SECONDS_AN_ANSWER = 60
_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
            "--disable-dev-shm-usage", "--hide-scrollbars",
            "--remote-debugging-pipe")  # fmt: skip
_HOSTS = ["http://*", "https://*", "ws://*", "wss://*", "ftp://*"]


class BrowserError(RuntimeError):
    """Chromium ended, fell silent, or a script failed in the page; the message says which."""


class Browser:
    """One Chromium process with one tab at a time. `asked` and `complaints` are those of the page opened last."""

    def __init__(self, profile: Path) -> None:
        # Chromium reads file descriptor 3 and writes 4; the shell lends it our pipes under these numbers.
        command = ["sh", "-c", 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1', "sh", CHROMIUM, *_OPTIONS,
                   f"--user-data-dir={profile}", "about:blank"]  # fmt: skip
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._sent, self._unread = 0, b""
        self._tab: str | None = None
        self._session: str | None = None
        self._loaded = False
        self.asked: list[str] = []
        """addresses of hosts that the page wanted something from"""
        self.complaints: list[str] = []
        """errors and warnings in the page's console, and exceptions that nobody caught"""

    def open(self, address: str, *, width: int = 1280, height: int = 900) -> None:
        """Open a page in a tab of so many pixels, for a reader who prefers light pages, and wait for its load."""
        self._new_tab()
        for domain in ("Page", "Runtime", "Network", "Log"):
            self._call(f"{domain}.enable")
        self._call("Network.setBlockedURLs", urls=_HOSTS)
        self.prefer(dark=False)
        self.resize(width, height)
        self.asked, self.complaints, self._loaded = [], [], False
        told = self._call("Page.navigate", url=address)
        if "errorText" in told:
            raise BrowserError(f"{address} could not be opened: {told['errorText']}")
        while not self._loaded:
            self._note(self._read())

    def _new_tab(self) -> None:
        """A tab of its own for each page, so that nothing of the last one lingers; the last one is closed."""
        self._session, last = None, self._tab
        self._tab = self._call("Target.createTarget", url="about:blank")["targetId"]
        if last:
            self._call("Target.closeTarget", targetId=last)
        self._session = self._call("Target.attachToTarget", targetId=self._tab, flatten=True)["sessionId"]

    def resize(self, width: int, height: int = 900) -> None:
        """Set the size of the window, in pixels of one dot each."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def prefer(self, *, dark: bool) -> None:
        """Tell the page that its reader prefers dark pages, or light ones."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])

    def print_it(self) -> None:
        """Show the page as it would be printed."""
        self._call("Emulation.setEmulatedMedia", media="print")

    def run(self, script: str):
        """What an expression of JavaScript gives in the open page (a promise is waited for), as JSON can tell it."""
        told = self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise BrowserError(_exception(told["exceptionDetails"]))
        return told["result"].get("value")

    def close(self) -> None:
        """End Chromium and wait until its profile is at rest."""
        self._session = None
        try:
            self._call("Browser.close")
            self._process.wait(timeout=10)
        except (BrowserError, OSError, subprocess.TimeoutExpired):
            self._process.kill()
        self._process.communicate()

    def _call(self, method: str, **parameters) -> dict:
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._process.stdin.write(json.dumps(message).encode() + b"\0")
        self._process.stdin.flush()
        while (answer := self._read()).get("id") != self._sent:
            self._note(answer)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _read(self) -> dict:
        """The next message, whatever it is; Chromium is ended if none comes in time, and that is told."""
        if b"\0" not in self._unread:
            watch = Timer(SECONDS_AN_ANSWER, self._process.kill)
            watch.start()
            try:
                while b"\0" not in self._unread:
                    part = self._process.stdout.read1(1 << 20)
                    if not part:
                        raise BrowserError(f"Chromium ended, or said nothing for {SECONDS_AN_ANSWER} s")
                    self._unread += part
            finally:
                watch.cancel()
        message, _, self._unread = self._unread.partition(b"\0")
        return json.loads(message)

    def _note(self, event: dict) -> None:
        name, told = event.get("method"), event.get("params", {})
        if name == "Page.loadEventFired":
            self._loaded = True
        elif name == "Network.requestWillBeSent":
            address = told["request"]["url"]
            if not address.startswith(("file:", "data:", "blob:", "about:")):
                self.asked.append(address)
        elif name == "Runtime.exceptionThrown":
            self.complaints.append(_exception(told["exceptionDetails"]))
        elif name == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
            self.complaints.append(" ".join(str(arg.get("value", arg.get("description"))) for arg in told["args"]))
        elif name == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.complaints.append(f"{told['entry']['text']} {told['entry'].get('url', '')}".strip())


def _exception(details: dict) -> str:
    return details.get("exception", {}).get("description") or details["text"]


@cache
def shared_browser() -> Browser:
    """The browser of all tests that run in this process; it ends, and its profile is removed, when they have."""
    profile = tempfile.TemporaryDirectory(prefix="reform-figures-chromium-", ignore_cleanup_errors=True)
    browser = Browser(Path(profile.name))
    atexit.register(profile.cleanup)
    atexit.register(browser.close)  # the last one registered runs first
    return browser
