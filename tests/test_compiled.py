"""`make compiled`: the C extension reads what the sources read, page by page, field by field, rule by rule.

"Giảm 17 tổng cục" (17 general departments fewer) is the same figure whichever of the two found it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("REFORM_FIGURES_COMPILE"),
        reason="compiling takes a minute and a half; REFORM_FIGURES_COMPILE=1 asks for it (.ci/run does)",
    ),
    pytest.mark.skipif(not shutil.which("cc"), reason="there is no C compiler on this machine"),
]

READ_ALL = """
import hashlib, sys
from datetime import date
from pathlib import Path
from reform_figures import reading
from reform_figures.benchmark_pages import load_pages, load_saved_pages
from reform_figures.collecting.sources import read_sources
from reform_figures.extracting import explain, extract, figures
from reform_figures.plain_text import read_text_article

root = Path(sys.argv[1])
print(Path(figures.__file__).suffix, Path(reading.__file__).suffix)
pages = load_pages(root / "data", read_sources(root / "sources.toml")) + load_saved_pages(Path(sys.argv[2]) / "pages")
for page in pages:
    article = page.read()
    print(hashlib.sha256(repr(article).encode()).hexdigest(), article.article_id)
texts = sorted(path for folder in (root / "tests" / "annotated", Path(sys.argv[2])) for path in folder.rglob("*.txt"))
articles = [
    read_text_article(path.read_text(encoding="utf-8"), name=path.stem, published=date(2023, 2, 3), area=area, title="")
    for path in texts
    for area in ("VN", "VN-37")
]
for article in articles:
    taken, passed = extract(article)
    print(hashlib.sha256(repr((taken, passed)).encode()).hexdigest(), article.article_id)
for article in articles[:40]:
    for one in extract(article)[0][:3]:
        print(explain(article, (one.start, one.end)))
"""


def read_with(folder: Path) -> list[str]:
    """The lines that READ_ALL prints with the package in `folder`."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", READ_ALL, str(ROOT), str(ROOT.parent / "shared")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("compiled") / "made"
    command = [sys.executable, str(ROOT / "scripts" / "compile_package.py"), "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_compiled_and_plain_package_say_the_same(compiled):
    plain, fast = read_with(ROOT / "src"), read_with(compiled)
    assert (plain[0], fast[0]) == (".py .py", ".so .so")
    assert len(plain) > 700
    assert fast[1:] == plain[1:]


def test_nothing_compiled_is_left_beside_the_sources(compiled):
    assert not list((ROOT / "src").rglob("*.so"))
