"""The program's own typeface, loaded from the resources.

Where its files are missing the system's own face serves.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Source Sans Pro"
FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-Bold.ttf")


class _Loaded:
    family = ""
    ids: tuple[int, ...] = ()


def load(root: Path) -> bool:
    """Load the typeface from `root/fonts`; True when every file was taken.

    Loading twice loads nothing twice.
    """
    if _Loaded.family:
        return True
    ids = []
    for name in FILES:
        path = root / "fonts" / name
        if path.is_file():
            ids.append(QFontDatabase.addApplicationFont(str(path)))
    _Loaded.ids = tuple(at for at in ids if at >= 0)
    families = {family for at in _Loaded.ids for family in QFontDatabase.applicationFontFamilies(at)}
    _Loaded.family = FAMILY if FAMILY in families else next(iter(sorted(families)), "")
    return len(_Loaded.ids) == len(FILES)


def family() -> str:
    """The family in use; empty means the system's own."""
    return _Loaded.family


def make(pixels: int, weight: int = 400) -> QFont:
    """A font of the family with figures of equal width, so that columns of money stand straight."""
    font = QFont(_Loaded.family) if _Loaded.family else QFont()
    font.setPixelSize(max(1, pixels))
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
