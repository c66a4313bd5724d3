"""Tells when somebody goes on to another control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Part = QWidget
else:
    _Part = object


class Leaves(_Part):
    """Says when focus goes to another control; a list that pops up over the control is part of it."""

    left: Signal

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
