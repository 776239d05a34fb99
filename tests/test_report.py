"""`make report`: which steps run after what change. The book is a stand-in here; test_book.py has the real one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STEPS = ("collect", "read", "extract", "check", "build_series", "build_book")
NEEDED = ("src", "scripts", "practice", "sources.toml", "corrections.csv", "uv.lock", "data/raw")
BOOK = """
import sys
from pathlib import Path

root, data = Path(__file__).parents[1], Path(sys.argv[sys.argv.index("--data") + 1])
told = [path.read_text() for path in [data / "processed" / "series.csv", *sorted((root / "notebooks").glob("*"))]]
(root / "build" / "book.txt").write_text("".join(told))
"""


class Checkout:
    """A copy of what the report needs, to be changed at will."""

    def __init__(self, root: Path):
        self.root = root
        for name in NEEDED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            copy(ROOT / name, root / name)
        (root / "notebooks").mkdir()
        (root / "build").mkdir()
        (root / "scripts" / "build_book.py").write_text(BOOK)

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        (self.root / name).write_text(text.replace(old, new), encoding="utf-8")

    def report(self) -> tuple[int, list[str], list[str]]:
        """Exit code, the steps that were done, those that were unchanged."""
        command = [sys.executable, str(self.root / "scripts" / "report.py")]
        told = os.environ | {"PYTHONPATH": str(self.root / "src")}
        run = subprocess.run(command, env=told, capture_output=True, text=True, encoding="utf-8", check=False)
        begun = re.findall(r"^== (\w+)(: unchanged)?$", run.stdout, re.MULTILINE)
        return run.returncode, [name for name, same in begun if not same], [name for name, same in begun if same]


def test_each_change_has_its_own_steps_done_again(tmp_path):
    here = Checkout(tmp_path / "checkout")
    figures = here.root / "data" / "processed" / "figures.csv"

    assert here.report() == (0, list(STEPS), [])
    assert here.report() == (0, [], list(STEPS))

    (here.root / "notebooks" / "a.ipynb").write_text("{}")
    assert here.report() == (0, ["build_book"], list(STEPS[:5]))

    extracted = figures.read_bytes()
    figures.write_bytes(extracted.replace(b",person,", b",post,", 1))
    assert figures.read_bytes() != extracted
    assert here.report() == (0, ["extract"], [step for step in STEPS if step != "extract"])
    assert figures.read_bytes() == extracted

    # a word that no article says is read by the extraction alone, and changes no table
    terms = here.root / "src" / "reform_figures" / "vocabulary" / "terms.csv"
    header, first, *rest = terms.read_text(encoding="utf-8").splitlines()
    form, comma, fields = first.partition(",")
    terms.write_text("\n".join([header, first, f"x{form}x{comma}{fields}", *rest, ""]), encoding="utf-8")
    assert here.report()[1] == ["extract"]

    # without the word for posts there are other figures, and all that follows is another
    here.change("src/reform_figures/vocabulary/terms.csv", "\nbiên chế,", "\nbiên chếch,")
    assert here.report() == (0, list(STEPS[2:]), ["collect", "read"])
    assert figures.read_bytes() != extracted

    # a step that fails ends the run and is not remembered; what was done before it is
    here.change("src/reform_figures/vocabulary/terms.csv", "\nbiên chếch,", "\nbiên chế,")
    here.change("src/reform_figures/series.py", "from __future__", "1 / 0\nfrom __future__")
    for done in (["extract", "check", "build_series"], ["build_series"]):
        assert here.report()[:2] == (1, done)
    here.change("src/reform_figures/series.py", "1 / 0\n", "")
    assert here.report()[:2] == (0, ["build_series", "build_book"])
    assert figures.read_bytes() == extracted

    # an article of a portal is another: its page is collected, and everything follows from it
    articles = sorted((here.root / "practice" / "articles").glob("*.md"))
    article = next(path for path in articles if "100%" in path.read_text(encoding="utf-8"))
    here.change(str(article), "100%", "99,5%")
    assert here.report()[:2] == (0, list(STEPS))
    assert here.report()[1] == []

    # a text that is no article is told of where it is served, and nothing after it is done
    here.change(str(article), "portal = ", "gate = ")
    assert here.report() == (1, ["collect"], [])
