"""The panel at the right: help for the focused field, and the list of findings. Folds to a strip where narrow."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from hakemus.ui.binding.finding_buttons import entries_of
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import px
from hakemus.ui.widgets.boxes import Page, column, frame, line, refill, row, scroll
from hakemus.ui.widgets.buttons import Button, tool_button
from hakemus.ui.widgets.labels import Label, label
from hakemus.usecases.help import Help, help_for


class SidePanel(QFrame):
    """Tabs Help and Findings. `fold_wished` when the user closes or opens it."""

    fold_wished = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._desk = desk
        self._path = ""
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(desk.t("Help and findings"))
        self._tabs.addTab(desk.t("Help"))
        self._tabs.addTab(desk.t("Findings"))
        self._tabs.currentChanged.connect(self._show_tab)
        close = tool_button("close", desk.t("Close the panel (F1)"), lambda: self._fold_wish(fold=True))
        head = row(self._tabs, None, close, margins=(18, 8, 8, 0))
        self._help_box: QVBoxLayout = column(gap=10, margins=(20, 16, 18, 16))
        self._found_box: QVBoxLayout = column(gap=8, margins=(20, 16, 18, 16))
        self._pages = QStackedWidget()  # a layout without a parent would show its first page as a window of its own
        self._pages.setObjectName("clear")
        for box in (self._help_box, self._found_box):
            self._pages.addWidget(scroll(Page(box)))
        inside = column(head, line(), gap=0)
        inside.addWidget(self._pages, 1)
        self._open = QWidget()
        self._open.setObjectName("clear")
        self._open.setLayout(inside)
        self._strip = self._folded()
        both = row(self._open, self._strip, gap=0)
        self.setLayout(both)
        self._is_folded = False
        self._stale = True
        self.show_help("")
        self.show_findings()

    def _folded(self) -> QFrame:
        desk = self._desk
        self._count_words = Label("", "small")
        self._help_button: Button = tool_button("help", desk.t("Show help (F1)"), lambda: self._unfold(0))
        self._found_button: Button = tool_button("error", desk.t("Show the findings"), lambda: self._unfold(1))
        count = row(None, self._count_words, None)
        return frame(column(self._help_button, self._found_button, count, None, gap=4, margins=(6, 10, 6, 10)), "plain")

    def _unfold(self, tab: int) -> None:
        self._tabs.setCurrentIndex(tab)
        self._fold_wish(fold=False)

    def _fold_wish(self, *, fold: bool) -> None:
        self.fold_wished.emit(fold)

    def set_folded(self, folded: bool, width: int) -> None:
        """A strip of icons, or the panel at a width in units."""
        self._is_folded = folded
        self._open.setVisible(not folded)
        self._strip.setVisible(folded)
        self.setFixedWidth(px(48 if folded else width))
        if not folded and self._stale:
            self.show_findings()

    @property
    def folded(self) -> bool:
        return self._is_folded

    def show_tab(self, tab: int) -> None:
        """0 help, 1 findings."""
        self._tabs.setCurrentIndex(tab)

    def _show_tab(self, tab: int) -> None:
        self._pages.setCurrentIndex(tab)
        if tab == 1 and self._stale:
            self.show_findings()

    # -- help --------------------

    def show_help(self, path: str) -> None:
        """Help for a field; for none, what the panel is for."""
        if path == self._path and self._help_box.count():
            return
        self._path = path
        refill(self._help_box, [*self._help_parts(path), None])

    def _help_parts(self, path: str) -> list[QWidget]:
        desk = self._desk
        if not path:
            return [
                label(desk.t("Help"), "h2"),
                label(
                    desk.t("Choose a field: what it is for, and what the funder says of it, stands here."), wrap=True
                ),
            ]
        found: Help = help_for(path, desk.call, desk.words)
        parts: list[QWidget] = [label(found.title, "h2", wrap=True)]
        if found.why:
            parts.append(label(found.why, wrap=True))
        if found.example:
            parts += [
                label(desk.t("A good example"), "label"),
                frame(column(label(found.example, wrap=True), margins=(12, 10, 12, 10))),
            ]
        if found.mistake:
            parts += [label(desk.t("A common mistake"), "label"), label(found.mistake, wrap=True)]
        if found.source:
            parts.append(label(found.source, "small", wrap=True))
        return parts

    # -- findings --------------------

    def show_findings(self) -> None:
        """The findings as they stand. Built only while they can be seen; the count is always right."""
        desk = self._desk
        session = desk.session
        found, waiting = session.check.findings, session.pending()
        count = len(found) + len(waiting)
        self._tabs.setTabText(1, desk.t("Findings ({count})", count=count))
        self._count_words.set_text(str(count))
        hidden = self._is_folded or self._tabs.currentIndex() != 1
        self._stale = hidden
        if hidden:
            return
        words = (
            desk.t("F8 goes to the next finding, Shift+F8 to the one before.")
            if count
            else desk.t("Nothing to put right.")
        )
        head = label(desk.nt("{count} finding", "{count} findings", count), "h2")
        refill(self._found_box, [head, *entries_of(desk), label(words, "small", wrap=True), None])
