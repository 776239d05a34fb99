"""A practice folder of fixed content for the tests: the other items and the five first digests.

The real folder grows with every digest; tests that count pages of listings or know the third item by name cannot.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

REAL = Path(__file__).resolve().parents[1] / "practice"
FIRST_DIGESTS = (
    "baolamdong-nganh-noi-vu-tong-ket-nam-2023-12-20",
    "daklak-bo-noi-vu-so-ket-sau-thang-2022-07-06",
    "hanam-so-ket-cai-cach-hanh-chinh-sau-thang-2022-08-10",
    "noivu-giao-ban-cong-tac-thang-hai-2023-03-03",
    "tayninh-ban-chi-dao-cai-cach-hanh-chinh-hop-phien-thu-ba-2023-02-03",
)


def _fixed_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="practice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("items", "templates", "portals.toml"):
        (folder / name).symlink_to(REAL / name)
    (folder / "articles").mkdir()
    for slug in FIRST_DIGESTS:
        (folder / "articles" / f"{slug}.md").symlink_to(REAL / "articles" / f"{slug}.md")
    return folder


PRACTICE = _fixed_folder()
