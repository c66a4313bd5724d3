"""The step Attachments: what the call wants, what is there, and files taken into the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from hakemus.domain.call import RequiredAttachment
from hakemus.domain.findings import Severity
from hakemus.domain.paths import row_path
from hakemus.i18n.marking import N_
from hakemus.ui.binding.row_details import RowDetails
from hakemus.ui.binding.tables import BoundTable, Spec
from hakemus.ui.look.style import look
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.widgets.badges import STATE, glyph, state
from hakemus.ui.widgets.boxes import Item, clear_box, column, refill, row, show_if
from hakemus.ui.widgets.buttons import Button, button
from hakemus.ui.widgets.flow import Aside
from hakemus.ui.widgets.labels import TOP, label
from hakemus.usecases.session import Change


class AttachmentsPage(StepPage):
    step = "attachments"
    lead = N_("What is sent along with the application?")

    def build(self) -> Sequence[Item]:
        t = self.desk.t
        self.setAcceptDrops(not self.desk.read_only)
        self._needs: QVBoxLayout = column(gap=10)
        self._list()
        table = self.add_table(
            BoundTable(
                self.desk,
                "attachments",
                [
                    Spec("title", 220, stretch=True),
                    Spec("filename", 200, editable=False, rank=2),
                    Spec("size_words", 90, right=True, head=t("Size"), show=size_words, rank=1),
                    Spec("state", 200),
                ],
                add=t("Add an attachment"),
                parent=self,
            )
        )
        self._faults: QVBoxLayout = column(gap=8)
        self._fault_box = clear_box(self._faults)
        self._list_faults()
        attach = button(t("Attach a file…"), "plus", "small", does=lambda: self.desk.wishes.command.emit("attach"))
        return (
            self.card(t("Attachments of this call"), self._needs),
            self._fault_box,
            self.table_card(
                t("Attachments"),
                table,
                tools=[*(() if self.desk.read_only else (attach,)), *self._file_tools(table), *self.row_tools(table)],
                hint=t("Files are kept inside the draft, so that one file is enough to carry everything."),
            ),
            self._file_of(table),
            *question_card(self),
        )

    # -- files that are dragged here --------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer are taken; an address of the web is not, for nothing is fetched."""
        if _files_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)  # the file manager must not move them
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        for path in _files_in(event.mimeData()):
            # after the drag, for a question would hold up the program that they come from
            QTimer.singleShot(0, self, lambda path=path: self.desk.wishes.command.emit(f"attach:{path}"))

    def _file_of(self, table: BoundTable) -> RowDetails:
        """The row's file in words, where a narrow table has no column for its name."""

        def words(at: str) -> str:
            item = table.item(at)
            hidden = table.widget.isColumnHidden(table.widget.rows.column_of("filename"))
            return ", ".join(part for part in (item.filename, size_words(item)) if part) if hidden else ""

        made = self.rows_fields(table, lambda _at: (), says=words)
        table.widget.columns_changed.connect(lambda: made.build(made.row or table.widget.current_row()))
        return made

    def _file_tools(self, table: BoundTable) -> Sequence[Button]:
        """What can be done with the file of the row that has the cursor; a double click on its name opens it too."""
        t, view, command = self.desk.t, table.widget, self.desk.wishes.command

        def ask_for(name: str) -> None:
            rows = table.rows()
            at = view.current_row() or (row_path("attachments", rows[0].id) if len(rows) == 1 else "")
            if at:
                command.emit(f"{name}:{at}")
            else:
                self.desk.wishes.status.emit(t("Choose the row of the file first."))

        view.activated_row.connect(lambda at: command.emit(f"open_attachment:{at}"))
        return (
            button(
                "", "eye", "tool", tip=t("Open a read-only copy of the file"), does=lambda: ask_for("open_attachment")
            ),
            button("", "folder", "tool", tip=t("Save a copy of the file…"), does=lambda: ask_for("save_attachment")),
        )

    def _list(self) -> None:
        call, language = self.desk.call, self.desk.words.language
        joint = bool(self.desk.session.value("project.joint"))
        shown = [
            item
            for item in call.attachments
            if item.when == "always" or (item.when == "joint" and joint) or item.when == "association"
        ]
        rows = self.desk.session.value("attachments") or ()
        needs: list[Item] = [self._need(need, rows, call.text(need.title, language)) for need in shown]
        refill(self._needs, needs or [label(self.desk.t("The call names no attachments."), "body2", wrap=True)])

    def _need(self, need: RequiredAttachment, rows: Sequence[Any], title: str) -> QWidget:
        t = self.desk.t
        found = next((item for item in rows if item.kind == need.id), None)
        if found is not None and found.state in ("attached", "elsewhere"):
            kind, words = "done", t("In order")
        elif found is not None:
            kind, words = "half", t("Follows later")
        else:
            kind, words = "empty", t("Missing") if need.mandatory else t("Not needed unless asked for")
        sign = state(kind, words)
        # Large letters leave no room for the state beside the name.
        said: QBoxLayout = column(sign, gap=4) if look().scale.factor > LARGE else row(sign, gap=14)
        said.addWidget(label(title, wrap=True), 1)
        if found is not None or self.desk.read_only:
            return clear_box(said)
        add = button(
            t("Add"),
            "plus",
            "small",
            name=t("Add: {title}", title=title),
            does=lambda: self.desk.session.insert_row(
                "attachments", {"kind": need.id, "title": title, "state": "later"}
            ),
        )
        return clear_box(Aside(said, add, gap=14))

    def changed(self, change: Change) -> None:
        if any(path == "" or path.startswith(("attachments", "project.joint", "terms")) for path in change.paths):
            self._list()
            self._list_faults()

    def _list_faults(self) -> None:
        """Files that nobody could open, before the day on which somebody tries."""
        found = self.desk.outputs.faults(self.desk.document())
        said_of: list[Item] = []
        for fault in found:
            icon, tone = STATE["warning" if fault.severity is Severity.WARNING else "note"]
            said = row(gap=10)
            said.addWidget(glyph(icon, tone, 20), 0, TOP)
            said.addWidget(label(self.desk.say(fault.message), wrap=True), 1)
            said_of.append(said)
        refill(self._faults, said_of)
        show_if(self._fault_box, bool(found))


def _files_in(data: QMimeData) -> list[str]:
    """The paths of the files that are dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def size_words(item: Any) -> str:
    """A size in kilobytes or megabytes, as file managers show it."""
    if item.size is None:
        return ""
    if item.size < 1_000_000:
        return f"{max(1, round(item.size / 1000))}\u00a0kB"
    return f"{item.size / 1_000_000:.1f}\u00a0MB".replace(".", ",")
