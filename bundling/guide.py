"""`python -m bundling.guide`: the guide's pictures anew from the tour, and the guide as PDF in `dist/`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bundling.build import ROOT

LANGUAGES = ("fi", "sv")
PICTURES = ROOT / "resources" / "guide" / "pictures"
SIZES = {False: "1280x800", True: "1920x1080"}
"""Of a window, and of a wide one."""
DAY = "2018-11-15"
"""The day of the pictures: within the example's call."""


def main() -> int:
    """Pictures that the pages name, in each language, then the papers."""
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory(prefix="hakemus-guide-") as folder:
            sizes = [word for size in SIZES.values() for word in ("--size", size)]
            _hakemus("tour", folder, "--lang", language, "--theme", "light", "--theme", "dark", *sizes)
            for name in sorted(named(language)):
                _keep(Path(folder) / drawn(name, language), PICTURES / language / name)
    (ROOT / "dist").mkdir(exist_ok=True)
    for language in LANGUAGES:
        _hakemus("guide", str(ROOT / "dist" / f"hakemus-{language}.pdf"), "--lang", language)
    return 0


def named(language: str) -> set[str]:
    """The pictures that the pages of a language name."""
    from hakemus.adapters.resources.guide import read_guide
    from hakemus.usecases.guide_book import Picture, book_of

    book = book_of(read_guide(ROOT / "resources", language), language, "", "", str)
    return {part.name for part in book.parts() if isinstance(part, Picture)}


def drawn(name: str, language: str) -> str:
    """The tour's own name of a picture that a page names: `06-budget-dark-wide.png` is the budget, dark and wide."""
    stem = Path(name).stem
    step = stem.removesuffix("-wide").removesuffix("-dark")
    theme = "dark" if "-dark" in stem else "light"
    return f"{step}_{language}_{theme}_{SIZES[stem.endswith('-wide')]}.png"


def _hakemus(*words: str) -> None:
    environ = {**os.environ, "HAKEMUS_TODAY": DAY, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-m", "hakemus", *words], env=environ, check=True)


def _keep(source: Path, target: Path) -> None:
    """A screen has few colours: with a palette the picture is a third of the size and looks the same."""
    from PIL import Image

    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(source) as image:
        image.convert("RGB").quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
