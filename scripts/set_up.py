"""Set up the environment in .venv: a Python of its own with the packages of uv.lock, no newer and no older ones.

In: uv.lock. Out: .venv. Runs before there are packages, so it needs only the standard library. uv is taken from the
machine, else from an earlier set-up, else from the package index. "Cài đặt" (setting up) needs the index once; where it
cannot be reached, what uv kept from before is enough.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
KEPT_UV = Path.home() / ".cache" / "reform-figures" / "uv"
LOG = ROOT / "build" / "set_up.log"
UNREACHABLE = ("error sending request", "failed to fetch", "dns error", "tcp connect", "connection", "timed out",
               "network", "no matching distribution", "name resolution")  # fmt: skip
"""What uv and pip say, in lower case, where the package index cannot be reached."""


class SetUpError(RuntimeError):
    """A set-up that cannot be done; the message says why and what to do in one sentence."""


def main() -> int:
    try:
        set_up()
    except (SetUpError, OSError) as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


def set_up() -> None:
    """Make .venv hold what uv.lock says. Raises SetUpError."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets here, to be told so
        raise SetUpError(
            f"Python 3.11 or newer is needed; {sys.executable} is {version}. Try: make setup PYTHON=python3.12"
        )
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_text("")
    uv = shutil.which("uv") or str(kept_uv())
    if not (VENV / "bin" / "python").exists():
        run(uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(VENV))
    sync = (uv, "sync", "--frozen", "--quiet", "--inexact")
    try:
        run(*sync)
    except SetUpError:
        run(*sync, "--offline")
        print("setup: the package index cannot be reached; what was kept from an earlier set-up was enough")


def kept_uv() -> Path:
    """The uv of an earlier set-up, or a new one from the package index. Raises SetUpError."""
    if not os.access(KEPT_UV, os.X_OK):
        run(sys.executable, "-m", "venv", str(VENV))
        run(str(VENV / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", "uv")
        KEPT_UV.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(VENV / "bin" / "uv", KEPT_UV)
    return KEPT_UV


def run(*command: str) -> None:
    """Run a command; what it says goes to the log alone. Raises SetUpError where it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        env={**os.environ, "UV_COMPILE_BYTECODE": "1"},
    )
    said = done.stdout + done.stderr
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n{said}")
    if done.returncode:
        raise SetUpError(told_of(said))


def told_of(said: str) -> str:
    """One sentence for what a command said when it failed."""
    if any(words in LOG.read_text(encoding="utf-8").lower() for words in UNREACHABLE):
        return (
            "the package index cannot be reached, and this machine has not kept all packages from an earlier set-up; "
            f"connect it to the network and run `make setup` again (without one: docs/teaching.md; details: {LOG})"
        )
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    first = next(
        (line for line in lines if line.lower().startswith("error")), lines[0] if lines else "no word was said"
    )
    return f"the environment could not be made ({first}); all that was said stands in {LOG}"


if __name__ == "__main__":
    sys.exit(main())
