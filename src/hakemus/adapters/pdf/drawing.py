"""Drawing that figures share: tinted boxes, hatching, diamonds, words inside a figure. Vector only, RGB only."""

from __future__ import annotations

from reportlab.lib.colors import HexColor

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.strips import draw_line
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
from hakemus.adapters.pdf.typesetting import TextStyle, Typesetter


def box(canvas: TaggedCanvas, x: float, y: float, width: float, height: float, fill: str, edge: str = "") -> None:
    """A filled rectangle, with an edge inside its outline where `edge` names a colour."""
    canvas.setFillColor(HexColor(fill))
    if not edge:
        canvas.rect(x, y, width, height, stroke=0, fill=1)
        return
    canvas.setStrokeColor(HexColor(edge))
    canvas.setLineWidth(0.8)
    inset = min(0.4, width / 2)
    canvas.rect(x + inset, y + inset, max(0.0, width - 2 * inset), height - 2 * inset, stroke=1, fill=1)


def hatched(canvas: TaggedCanvas, x: float, y: float, width: float, height: float, colour: str) -> None:
    """A white rectangle with an edge and slanting lines: the same in grey as in colour."""
    canvas.saveState()
    box(canvas, x, y, width, height, styles.PAPER, colour)
    outline = canvas.beginPath()
    outline.rect(x, y, width, height)
    canvas.clipPath(outline, stroke=0, fill=0)
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(0.6)
    at = x - height
    while at < x + width:
        canvas.line(at, y, at + height, y + height)
        at += 4.0
    canvas.restoreState()


def diamond(canvas: TaggedCanvas, x: float, y: float, radius: float, fill: str, edge: str) -> None:
    canvas.setFillColor(HexColor(fill))
    canvas.setStrokeColor(HexColor(edge))
    canvas.setLineWidth(0.8)
    path = canvas.beginPath()
    path.moveTo(x, y + radius)
    path.lineTo(x + radius, y)
    path.lineTo(x, y - radius)
    path.lineTo(x - radius, y)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def vertical(canvas: TaggedCanvas, x: float, y: float, height: float, thickness: float, colour: str) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(thickness)
    canvas.line(x, y, x, y + height)


def words(
    canvas: TaggedCanvas, setter: Typesetter, text: str, style: TextStyle, x: float, top: float, *, patch: str = ""
) -> float:
    """One line inside a figure with its upper edge at `top`; returns its width. `patch` is a ground behind it."""
    line = setter.one_line(text, style, styles.WIDTH)
    if patch and line.runs:
        box(canvas, x - 1.5, top - style.leading + 0.5, line.width + 3, style.leading - 1, patch)
    draw_line(canvas, line, style, x, top)
    return line.width
