"""Compile reading and extraction, for long runs: the package with a C extension, in a folder to be named in PYTHONPATH.

In: the sources. Out: OUT (build/compiled), and OUT.wheel with the wheel for other machines of the same kind. mypyc does
the work and needs a C compiler. It is given a source distribution, because an extension that it left beside the sources
would be loaded in their place after they change. "Nhanh hơn" (faster) is all that it is: it reads the same figures.

Ends with 0 where it was made, 1 with one sentence where it could not be.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from set_up import ROOT, SetUpError, kept_uv, run


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "compiled", help="folder (build/compiled)")
    out = parser.parse_args(arguments).out.resolve()
    try:
        if not shutil.which("cc"):
            raise SetUpError("a C compiler is needed; on Debian or Ubuntu: apt-get install gcc")
        compile_into(out)
    except (SetUpError, OSError) as error:
        print(f"compile_package: {error}", file=sys.stderr)
        return 1
    print(f"{out}: name it in PYTHONPATH before a command, and the command reads with it")
    return 0


def compile_into(out: Path) -> None:
    """Raises SetUpError."""
    wheels = out.with_name(f"{out.name}.wheel")
    for folder in (out, wheels):
        shutil.rmtree(folder, ignore_errors=True)
    os.environ["HATCH_BUILD_HOOK_ENABLE_MYPYC"] = "1"
    uv = shutil.which("uv") or str(kept_uv())
    run(uv, "build", "--out-dir", str(wheels))
    (wheel,) = wheels.glob("*.whl")
    run(uv, "pip", "install", "--python", sys.executable, "--no-deps", "--target", str(out), str(wheel))


if __name__ == "__main__":
    sys.exit(main())
