"""The native lists and boxes to tick with their dangerous habits taken away: nothing is chosen by hovering."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from hakemus.ui.look.style import set_property
from hakemus.ui.widgets.labels import plain_tip
from hakemus.ui.widgets.leaving import Leaves


class Combo(Leaves, QComboBox):
    """A list to choose from.

    The wheel scrolls the page, for a value must never change by hovering and turning.
    """

    left = Signal()

    cut = Qt.TextElideMode.ElideRight
    """Where a choice that is longer than its box is cut; in the middle where the end tells it from the others."""

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """A choice that is longer than its box ends in dots and not in half a letter."""
        if self.isEditable():
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        words = option.currentText
        option.currentText = self.fontMetrics().elidedText(words, self.cut, self._room(option))
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _room(self, option: QStyleOptionComboBox) -> int:
        """Pixels for the words of the choice."""
        parts = QStyle.SubControl
        box = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, parts.SC_ComboBoxEditField, self)
        return int(box.width())

    def event(self, event: QEvent) -> bool:
        """A choice that was cut is shown whole where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            if self.fontMetrics().horizontalAdvance(self.currentText()) > self._room(option):
                QToolTip.showText(event.globalPos(), plain_tip(self.currentText()), self)
                return True
        return bool(super().event(event))


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
