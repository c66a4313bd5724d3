"""What dialogs share: a foot of buttons that goes on in further lines, a size that their screen has room for, and
keys that scroll what is longer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLayout,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from hakemus.ui.look.style import px
from hakemus.ui.widgets.boxes import column
from hakemus.ui.widgets.flow import Flow

_TITLE_BAR, _BORDERS = 40, 16
"""Pixels that the system's frame takes at most; Qt knows them only once the dialog is shown."""
_LEAST_HEIGHT = 180
"""Units below which a dialog would look like a strip."""
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


def answers(yes: QWidget, no: QWidget, *between: QWidget) -> tuple[QWidget, ...]:
    """The buttons that end a dialog in the order that its system's own dialogs have."""
    hint = QApplication.style().styleHint(QStyle.StyleHint.SH_DialogButtonLayout)
    yes_first = (QDialogButtonBox.ButtonLayout.WinLayout.value, QDialogButtonBox.ButtonLayout.KdeLayout.value)
    return (yes, *between, no) if hint in yes_first else (no, *between, yes)


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
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog) and not event.spontaneous():
            fit_height(watched)
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
    dialog.setProperty("highest", dialog.height())
    dialog.installEventFilter(_Scrolls(dialog))


def fit_question(dialog: QDialog, width: int) -> None:
    """A short dialog as high as its words at this width. Left to itself, Qt would keep room for them at their
    narrowest, and spread it between the lines."""
    box = dialog.layout()
    if box is None:
        return
    box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    height = box.totalHeightForWidth(width)
    dialog.setMinimumSize(width, height)
    dialog.resize(width, height)


def fit_height(dialog: QDialog) -> None:
    """No higher than what stands in it, and no higher than it was opened at: a short answer leaves no empty ground."""
    box = dialog.layout()
    areas = [area for area in dialog.findChildren(QScrollArea) if box is not None and box.indexOf(area) >= 0]
    if box is None or not areas:
        return
    area, inner = areas[0], areas[0].widget()
    width = dialog.width()
    content = inner.layout() if inner is not None else None
    rest = 0
    for at in range(box.count()):
        item = box.itemAt(at)
        if item is not None and item.widget() is not area:
            rest += item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
    if content is None:
        return
    held = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
    dialog.resize(width, max(px(_LEAST_HEIGHT), min(int(dialog.property("highest")), held + rest)))
