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


def bar_move_of(event: QKeyEvent) -> tuple[int, int] | None:
    """By how many days a key moves the beginning and the end of a bar; None for other keys."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
    control, shift, alt = (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.AltModifier,
    )
    if not way:
        return None
    if held == control:
        return way, way
    if held == alt:
        return 7 * way, 7 * way
    return (0, way) if held == control | shift else None
