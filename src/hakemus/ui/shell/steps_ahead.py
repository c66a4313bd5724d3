"""Makes the pages of steps that nobody has opened yet while nobody does anything, so that each opens at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

IDLE_MS = 1500
"""So long nothing has been typed and no step or field opened."""
BETWEEN_MS = 250
"""From page to page: what was clicked or typed meanwhile has its turn."""


class StepsAhead(QObject):
    """One page at a time, the nearest first: making one takes as long as a slow key press."""

    def __init__(self, left: Callable[[], Sequence[str]], make: Callable[[str], object], parent: QObject) -> None:
        """`left` tells the steps that have no page yet, in the order in which they will be wanted."""
        super().__init__(parent)
        self._left, self._make = left, make
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._one)

    def wait(self) -> None:
        """Somebody is at work: begin anew to wait."""
        if self._left():
            self._timer.start(IDLE_MS)

    def _one(self) -> None:
        left = self._left()
        if left:
            self._make(left[0])
        if left[1:]:
            self._timer.start(BETWEEN_MS)
