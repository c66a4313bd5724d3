"""What a command of the field in focus is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from hakemus.ui.main_window import MainWindow


def in_focus(window: MainWindow) -> tuple[str, str]:
    """Address of the field or cell in focus, and what is selected in it."""
    focus = QApplication.focusWidget()
    widget: QWidget | None = focus
    page = window.wizard.page(window.wizard.step) if window.wizard is not None else None
    tables = {table.widget: table for table in getattr(page, "tables", ())}
    while widget is not None:
        if address := widget.property("address"):
            return str(address), _selected(focus)
        if widget in tables:
            row, key = tables[widget].widget.current()
            inside = row.startswith(f"{tables[widget].path}[") and key
            return (f"{row}.{key}", _selected(focus)) if inside else ("", "")
        widget = widget.parentWidget()
    return "", ""


def _selected(widget: QWidget | None) -> str:
    """Selected words; a whole text that is selected is the field itself."""
    if isinstance(widget, QLineEdit):
        text, whole = widget.selectedText(), widget.text()
    elif isinstance(widget, QPlainTextEdit):
        text, whole = widget.textCursor().selectedText().replace("\u2029", "\n"), widget.toPlainText()
    else:
        return ""
    return "" if not text.strip() or text.strip() == whole.strip() else text.strip()
