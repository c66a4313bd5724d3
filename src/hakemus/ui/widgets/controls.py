"""The native lists and boxes to tick with their dangerous habits taken away: nothing is chosen by hovering."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyledItemDelegate, QWidget

from hakemus.ui.look.style import set_property
from hakemus.ui.widgets.leaving import Leaves


class Combo(Leaves, QComboBox):
    """A list to choose from.

    The wheel scrolls the page, for a value must never change by hovering and turning.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = False
        self.setItemDelegate(QStyledItemDelegate(self))  # popup rows ignore the style sheet without one
        self.setMaxVisibleItems(14)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def set_read_only(self, on: bool) -> None:
        """A choice that is shown, reached by Tab and copied, but not changed."""
        self._read_only = on
        set_property(self, "readOnly", "true" if on else "false")

    def showPopup(self) -> None:
        if not self._read_only:
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._read_only:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.currentText())
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Check(QCheckBox):
    """A box to tick. `typed` gives "true" or "false" as the user ticks it."""

    typed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._read_only = False
        self.setProperty("bare", "true")  # its words are a label of their own, for a check box cannot wrap them
        self.clicked.connect(self._clicked)

    def _clicked(self, on: bool) -> None:
        if not self._read_only:
            self.typed.emit("true" if on else "false")

    def set_read_only(self, on: bool) -> None:
        """A tick that is shown and reached by Tab but not changed."""
        self._read_only = on
        set_property(self, "readOnly", "true" if on else "false")

    def nextCheckState(self) -> None:
        if not self._read_only:
            super().nextCheckState()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def text_value(self) -> str:
        return "true" if self.isChecked() else "false"
