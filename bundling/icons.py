"""The program's icon in the form each system wants, drawn from the one SVG."""

from __future__ import annotations

import io
import os
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 128, 256)


def draw(source: Path, target: Path, system: str) -> str | None:
    """Write the icon of `source/hakemus.svg` for this system into `target`; None where programs carry no icon."""
    suffix = {"win32": "ico", "darwin": "icns"}.get(system)
    if suffix is None:
        return None
    target.mkdir(parents=True, exist_ok=True)
    for name in ("hakemus", "hakemus-document"):
        save(source / f"{name}.svg", target / f"{name}.{suffix}")
    return str(target / f"hakemus.{suffix}")


def save(svg: Path, target: Path) -> None:
    """Write all sizes of a drawing into one `.ico` or `.icns`."""
    from PIL import Image

    largest = 1024 if target.suffix == ".icns" else SIZES[-1]
    with Image.open(io.BytesIO(png(svg, largest))) as image:
        if target.suffix == ".icns":
            image.save(target, format="ICNS")
        else:
            image.save(target, format="ICO", sizes=[(size, size) for size in SIZES])


def png(svg: Path, size: int) -> bytes:
    """A square picture of a drawing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _app = QGuiApplication.instance() or QGuiApplication(["icons"])
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.read_bytes())).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
