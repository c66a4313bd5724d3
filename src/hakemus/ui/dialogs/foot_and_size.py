"""What dialogs share: a foot of buttons that goes on in further lines, a size that their screen has room for, and
keys that scroll what is longer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QDialog, QScrollArea, QVBoxLayout, QWidget

from hakemus.ui.look.style import px
from hakemus.ui.widgets.boxes import column
from hakemus.ui.widgets.flow import Flow

_TITLE_BAR, _BORDERS = 40, 16
"""Pixels that the system's frame takes at most; Qt knows them only once the dialog is shown."""
_ACTIONS = QAbstractSlider.SliderAction
_SCROLLS = {
    Qt.Key.Key_PageDown: _ACTIONS.SliderPageStepAdd,
    Qt.Key.Key_PageUp: _ACTIONS.SliderPageStepSub,
    Qt.Key.Key_Down: _ACTIONS.SliderSingleStepAdd,
    Qt.Key.Key_Up: _ACTIONS.SliderSingleStepSub,
    Qt.Key.Key_Home: _ACTIONS.SliderToMinimum,
    Qt.Key.Key_End: _ACTIONS.SliderToMaximum,
}


def foot(*items: QWidget | None) -> QVBoxLayout:
    """The buttons under a dialog's content; what follows None stands at the right."""
    return column(Flow(*items, gap=8), margins=(24, 10, 24, 14))


def screen_size(dialog: QDialog) -> QSize:
    """Pixels of the screen that a dialog opens on, without the system's panels."""
    return (dialog.parentWidget() or dialog).screen().availableGeometry().size()


def room(dialog: QDialog) -> QSize:
    """Pixels that the inside of a dialog may take on its screen."""
    return screen_size(dialog) - QSize(_BORDERS, _TITLE_BAR)


class _Scrolls(QObject):
    """Takes the keys that no control of a dialog wanted: its buttons stand outside what scrolls, so that text alone
    could not be read to its end without a mouse."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QDialog):
            action = _SCROLLS.get(Qt.Key(event.key()))
            area = watched.findChild(QScrollArea)
            if action is not None and area is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                area.verticalScrollBar().triggerAction(action)
                return True
        return super().eventFilter(watched, event)


def open_at(dialog: QDialog, width: float, height: float) -> None:
    """Open a dialog so many units wide and high, or as large as there is room: large text on a small screen must not
    push the buttons off it. Keys scroll its content."""
    dialog.resize(QSize(px(width), px(height)).boundedTo(room(dialog)))
    dialog.installEventFilter(_Scrolls(dialog))
