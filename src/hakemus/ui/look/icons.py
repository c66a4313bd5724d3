"""SVG icons in the colour of the moment, cached by name and colour.

Colours come from the caller; no theme is known here.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class _Places:
    icons: Path | None = None
    cache: Path | None = None


def use(root: Path, cache_dir: Path) -> None:
    """Take icons from `root/icons`; coloured files for the style sheet go to `cache_dir` (made when
    first needed)."""
    _Places.icons, _Places.cache = root / "icons", cache_dir
    _source.cache_clear()
    _renderer.cache_clear()
    pixmap.cache_clear()
    _written.cache_clear()


def names() -> tuple[str, ...]:
    """Every icon there is, sorted."""
    return tuple(sorted(path.stem for path in _Places.icons.glob("*.svg"))) if _Places.icons else ()


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    if _Places.icons is None:
        raise RuntimeError("icons.use(root, cache_dir) has not been called")
    return (_Places.icons / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    # QtSvg takes no colour from outside: `currentColor` is replaced in the text.
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


@lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon as pixels: `size` logical pixels at the screen's `ratio`."""
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _renderer(name, colour).render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def icon(name: str, colour: str, size: int, disabled: str = "") -> QIcon:
    """A QIcon for buttons and menus, sharp on ordinary and on dense screens."""
    made = QIcon()
    app = QGuiApplication.instance()
    own = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    for ratio in sorted({1.0, 2.0, own}):
        made.addPixmap(pixmap(name, colour, size, ratio))
        if disabled:
            made.addPixmap(pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


def icon_of_nothing() -> QIcon:
    """An icon that draws nothing."""
    return QIcon()


def paint(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw as vectors: sharp in delegates, charts and on paper."""
    _renderer(name, colour).render(painter, rect)


def file_for_qss(name: str, colour: str) -> str:
    """Path of an icon in a colour, with the stroke that small sizes need: a style sheet knows files only."""
    svg = _source(name).replace("currentColor", colour).replace('stroke-width="1.5"', 'stroke-width="2"')
    return _written(f"{name}-{colour.lstrip('#')}.svg", svg)


def box_for_qss(kind: str, ground: str, edge: str, mark: str = "") -> str:
    """Path of a check box (`box`) or radio button (`dot`): empty without a `mark`, and a bare `tick`."""
    # Fusion's own are too faint on dark grounds.
    shape = (
        '<rect x="1.75" y="1.75" width="16.5" height="16.5" rx="3"'
        if kind == "box"
        else '<circle cx="10" cy="10" r="8.25"'
    )
    body = "" if kind == "tick" else f'{shape} fill="{ground}" stroke="{edge}" stroke-width="1.5"/>'
    if mark and kind != "dot":
        body += (
            f'<path d="M5.5 10.3l3.2 3.2 6-6.6" fill="none" stroke="{mark}" stroke-width="2" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )
    elif mark:
        body += f'<circle cx="10" cy="10" r="3.6" fill="{mark}"/>'
    name = "-".join((kind, *(colour.lstrip("#") for colour in (ground, edge, mark)))) + ".svg"
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 20 20">'
    return _written(name, f"{head}{body}</svg>")


@lru_cache(maxsize=512)
def _written(name: str, text: str) -> str:
    try:
        return _write(_Places.cache or _own_folder(), name, text)
    except OSError:
        # A cache folder that cannot be written must not leave the check boxes invisible.
        return _write(_own_folder(), name, text)


def _write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{name}.{os.getpid()}"
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    return path.as_posix()


@lru_cache(maxsize=1)
def _own_folder() -> Path:
    import tempfile  # only where the cache folder fails, and it is not cheap to import

    return Path(tempfile.mkdtemp(prefix="hakemus-look-"))
