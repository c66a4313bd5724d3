"""Tab through a window as it is read: part by part as they are laid out, whichever of them was made first.

Qt's own chain is that of making. Here steps, rows and cards come and go while the window stands, and each new one would
be visited last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QScrollArea, QWidget


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Give focus to what is read next in a window, or before; round and round. False where nothing else takes it."""
    now = QApplication.focusWidget()
    start = now if now is not None and window.isAncestorOf(now) else window
    for stop in _beyond(window, start, forward=forward):
        if stop is now:
            return False
        reasons = Qt.FocusReason
        stop.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
        _bring_into_sight(stop, window)
        return True
    return False


def stops(part: QWidget, *, forward: bool = True) -> Iterator[QWidget]:
    """What Tab stops at in a part of a window, in reading order; Shift+Tab the other way round."""
    if forward and _takes_focus(part):
        yield part
    inner = _parts(part)
    for child in inner if forward else reversed(inner):
        yield from stops(child, forward=forward)
    if not forward and _takes_focus(part):
        yield part


def _beyond(window: QWidget, start: QWidget, *, forward: bool) -> Iterator[QWidget]:
    """Every stop from a place on, once round the window."""
    if forward:
        for child in _parts(start):
            yield from stops(child)
    node = start
    while node is not window and (parent := node.parentWidget()) is not None:
        around = _parts(parent)
        at = around.index(node) if node in around else 0
        for sibling in around[at + 1 :] if forward else reversed(around[:at]):
            yield from stops(sibling, forward=forward)
        if not forward and _takes_focus(parent):
            yield parent
        node = parent
    yield from stops(window, forward=forward)


def _parts(widget: QWidget) -> list[QWidget]:
    """What stands in a widget and is shown, as it is laid out; what no layout holds follows from top to bottom."""
    every = [child for child in widget.children() if isinstance(child, QWidget)]
    shown = [child for child in every if child.isVisible() and not child.isWindow()]
    if len(shown) < 2:
        return shown
    layout = widget.layout()
    laid = {child: at for at, child in enumerate(_laid_out(layout, shown))} if layout is not None else {}
    return sorted(shown, key=lambda child: (laid.get(child, len(laid)), child.y(), child.x()))


def _laid_out(layout: QLayout, shown: Sequence[QWidget]) -> Iterator[QWidget]:
    """Those of the children that stand in a layout or in one inside it, in its order.

    Found by asking for each child where it is, never by `itemAt`: an item goes with its widget, and what PySide made of
    it in Python would outlive it. Its address may then be another widget's, and the program falls where that one ends.
    """
    grid = layout if isinstance(layout, QGridLayout) else None
    held = [(at, part) for part in (*shown, *layout.children()) if (at := layout.indexOf(part)) >= 0]  # type: ignore[call-overload]
    for _at, part in sorted(held, key=lambda one: grid.getItemPosition(one[0])[:2] if grid else (one[0],)):  # type: ignore[index]
        if isinstance(part, QLayout):
            yield from _laid_out(part, shown)
        elif isinstance(part, QWidget):
            yield part


def _takes_focus(widget: QWidget) -> bool:
    """As Qt asks it: macOS may be set to let Tab visit only what is written in."""
    every = QGuiApplication.styleHints().tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls
    wanted = Qt.FocusPolicy.TabFocus if every else Qt.FocusPolicy.StrongFocus
    return (
        (widget.focusPolicy() & wanted) == wanted
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.isVisible()
    )


def _bring_into_sight(stop: QWidget, window: QWidget) -> None:
    node = stop.parentWidget()
    while node is not None and node is not window:
        if isinstance(node, QScrollArea):
            node.ensureWidgetVisible(stop)
        node = node.parentWidget()
