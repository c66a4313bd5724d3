"""Tab visits things where they are read, also things that were made after the rest of their page."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def come_in_place(box: QWidget) -> None:
    """Let Tab come to what stands in a box where the box itself stands; Qt puts new widgets behind all others.

    What stands first in its page cannot follow anything, so all the rest is put behind it.

    The tree of widgets tells the place: parts of a page are made in reading order. Qt's own chain must not be asked,
    for each answer of `nextInFocusChain` makes the next widget the property of the one before (PySide 6.11), and
    both die with one of them.
    """
    page = box.parentWidget()
    while page is not None and not isinstance(page, QScrollArea) and not page.isWindow():
        page = page.parentWidget()
    if page is None:
        return  # being built: made in order, and so visited
    window = page.window()
    visited: list[QWidget] = []
    start = end = -1
    for widget in page.findChildren(QWidget):
        if widget is box:
            start = len(visited)
        elif widget.window() is not window:
            continue  # the list of a choice
        elif start > 0 and not box.isAncestorOf(widget):
            break
        elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            visited.append(widget)
            end = len(visited) if box.isAncestorOf(widget) else end
    if start == 0 and 0 < end < len(visited):
        # Qt leaves the last of a window before its first as it is, for the chain is a ring; so part the ring there.
        QWidget.setTabOrder(visited[0], visited[-1])
    for before, after in pairwise(visited[max(0, start - 1) :] if end > start else ()):
        QWidget.setTabOrder(before, after)
