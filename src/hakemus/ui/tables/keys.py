"""What keys ask of a table of rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_KEYS = QKeySequence.StandardKey


def command_of(event: QKeyEvent) -> str:
    """The command that a key stands for; empty for Qt's own business."""
    if event.matches(_KEYS.Copy):
        return "copy"
    if event.matches(_KEYS.Paste):
        return "paste"
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    plain = Qt.KeyboardModifier.NoModifier
    keys = Qt.Key
    return {
        (keys.Key_Return, plain): "enter",
        (keys.Key_Enter, plain): "enter",
        (keys.Key_Insert, plain): "add",
        (keys.Key_D, control): "duplicate",
        (keys.Key_Delete, plain): "delete",
        (keys.Key_Delete, control): "remove",
        (keys.Key_Backspace, control): "remove",
        (keys.Key_Up, alt): "rise",
        (keys.Key_Down, alt): "sink",
    }.get((Qt.Key(event.key()), modifiers), "")
