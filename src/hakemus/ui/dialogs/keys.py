"""The keyboard card: every key of the window on one page."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.ui.actions import MENUS
from hakemus.ui.look.style import px, sp
from hakemus.ui.widgets.boxes import Page, clear_box, column, line, row, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import label


def table_keys(words: Catalog) -> tuple[tuple[str, str], ...]:
    """Keys inside tables, which no menu shows."""
    t = words.text
    return (
        (t("Move between cells"), "← ↑ → ↓"),
        (t("Type into the cell"), "Enter, F2"),
        (t("Take back what was typed in the cell"), "Esc"),
        (t("Next cell while typing"), "Tab"),
        (t("Leave the table"), "Tab"),
        (t("Add a row"), "Insert"),
        (t("Copy the row"), "Ctrl+D"),
        (t("Remove the row"), "Ctrl+Delete"),
        (t("Move the row"), "Alt+↑, Alt+↓"),
        (t("Copy and paste rows"), "Ctrl+C, Ctrl+V"),
        (t("Move a bar of the timeline by a day"), "Ctrl+←, Ctrl+→"),
        (t("Move a bar of the timeline by a week"), "Alt+←, Alt+→"),
        (t("Move the end of a bar by a day"), "Ctrl+Shift+←, Ctrl+Shift+→"),
    )


class KeysDialog(QDialog):
    """All keys, grouped as the menus are."""

    def __init__(self, parent: QWidget | None, words: Catalog) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.text("Keyboard card"))
        left, right = column(gap=14), column(gap=14)
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        for title, commands in MENUS:
            keys = [(words.text(item.words).rstrip("…"), _native(item.keys)) for item in commands if item.keys]
            if commands[0].name == "next_step":
                keys += [
                    (words.text(name), _native(f"Ctrl+{at % 10}")) for at, name in enumerate(STEP_NAMES.values(), 1)
                ]
            if keys:
                groups.append((words.text(title).replace("&", ""), keys))
        groups.append((words.text("In tables"), list(table_keys(words))))
        for at, (title, keys) in enumerate(groups):
            (left if at < 3 else right).addWidget(_group(title, keys))
        left.addStretch(1)
        right.addStretch(1)
        both = row(clear_box(left), clear_box(right), gap=32)
        inner = Page(column(label(words.text("Keyboard card"), "h2"), both, None, gap=12, margins=(24, 20, 24, 20)))
        foot = row(None, button(words.text("Close"), "", "primary", does=self.accept), margins=(24, 10, 24, 14))
        self.setLayout(column(scroll(inner), line(), foot, gap=0))
        self.resize(px(820), px(640))


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _group(title: str, keys: list[tuple[str, str]]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(sp(3))
    grid.setColumnStretch(0, 1)
    for at, (words, key) in enumerate(keys):
        grid.addWidget(label(words, wrap=True), at, 0)
        grid.addWidget(label(key, "strong"), at, 1)
    return clear_box(column(label(title, "label"), grid, gap=6))
