"""Where a budget stands in a file: the sheet, the row where it begins, and the column of each of its parts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hakemus.i18n.amounts import format_decimal
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.dates import format_date
from hakemus.i18n.marking import N_
from hakemus.ui.look.style import px, sp
from hakemus.ui.widgets.boxes import Beside, clear_box, column
from hakemus.ui.widgets.field import Field
from hakemus.ui.widgets.field import Kind as FieldKind
from hakemus.ui.widgets.labels import LEFT, RIGHT, label
from hakemus.usecases.cell_values import Value
from hakemus.usecases.own_budget import ROLES, KnownForm, recognised
from hakemus.usecases.reconcile import Columns, ForeignTable, guessed

ROLE_NAMES = {
    "description": N_("Description"),
    "amount": N_("Sum"),
    "quantity": N_("Quantity"),
    "unit_price": N_("Unit price"),
    "category": N_("Cost type"),
}
MOST_COLUMNS = 40
MOST_FIRST_ROWS = 60
ROWS_SEEN = 7
LONGEST = 60


class PlaceCard(QFrame):
    """Points at a budget in one of the sheets of a file, of which there is one. `changed` comes with every choice."""

    changed = Signal()

    def __init__(self, words: Catalog, tables: Sequence[ForeignTable], forms: Sequence[KnownForm]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words, self._tables, self._forms = words, tables, forms
        self.columns: Columns | None = None
        self.known_types: dict[str, str] = {}
        t = words.text
        self._said = label("", "body2", wrap=True)
        self.sheet = Field(
            t("Sheet"), FieldKind.CHOICE, options=[(str(at), table.name) for at, table in enumerate(tables)], width=300
        )
        self.first = Field(t("First row of costs"), FieldKind.CHOICE, width=300)
        self.roles = {role: Field(t(ROLE_NAMES[role]), FieldKind.CHOICE, width=220) for role in ROLES}
        self.seen = QTableWidget()
        self.seen.setAccessibleName(t("The sheet from its heads on"))
        self.seen.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.seen.setTabKeyNavigation(False)
        self.seen.setWordWrap(False)
        self.seen.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.seen.horizontalHeader().setStretchLastSection(True)
        self.seen.horizontalHeader().setDefaultAlignment(LEFT | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        self.sheet.edited.connect(lambda _text: self._sheet_changed())
        self.first.edited.connect(lambda _text: self._pointed())
        for field in self.roles.values():
            field.edited.connect(lambda _text: self._pointed())
        best = next((at for at, table in enumerate(tables) if recognised(table, forms)), None)
        if best is None:
            best = next((at for at, table in enumerate(tables) if guessed(table) is not None), 0)
        self.sheet.set_text(str(best))
        self._sheet_changed()

    def _lay_out(self) -> None:
        def beside(*fields: QWidget) -> Beside:
            box = Beside(sp(20), sp(10))
            for field in fields:
                box.addWidget(field)
            return box

        roles = self.roles
        self.setLayout(
            column(
                label(self._words.text("Where the budget stands"), "h2", wrap=True),
                self._said,
                beside(self.sheet, self.first),
                beside(roles["description"], roles["amount"], roles["category"]),
                beside(roles["quantity"], roles["unit_price"], clear_box(column())),
                self.seen,
                gap=12,
                margins=(20, 14, 20, 18),
            )
        )

    @property
    def table(self) -> ForeignTable:
        return self._tables[int(self.sheet.text())]

    # -- choosing --------------------

    def _sheet_changed(self) -> None:
        table, t = self.table, self._words.text
        known = recognised(table, self._forms)
        start = known[0] if known else guessed(table)
        self.known_types = dict(known[1].mapping) if known else {}
        if known:
            self._said.set_text(t("The columns are known from before. Check that they are right."))
        elif start is not None:
            self._said.set_text(t("The columns were guessed. Point at the right ones; they are remembered."))
        else:
            self._said.set_text(t("Point at the columns of the budget; they are remembered for the next time."))
        self._offer(table, start)
        self._pointed()

    def _offer(self, table: ForeignTable, start: Columns | None) -> None:
        width = min(max((len(row) for row in table.rows), default=0), MOST_COLUMNS)
        first = start.first if start else 0
        heads = [self._head(table, first, col) for col in range(width)]
        options = [("", "–"), *((str(col), head) for col, head in enumerate(heads))]
        for role, field in self.roles.items():
            field.set_options(options)
            at = getattr(start, role) if start else None
            field.set_text("" if at is None else str(at))
        least = max(0, first - MOST_FIRST_ROWS // 2)
        rows = range(least, min(len(table.rows), least + MOST_FIRST_ROWS))
        self.first.set_options([(str(at), f"{at + 1}: {self._line(table, at)}".rstrip(" :")) for at in rows])
        self.first.set_text(str(first))

    def _head(self, table: ForeignTable, first: int, col: int) -> str:
        """A column by its letters and the words above it."""
        row = table.rows[first - 1] if 0 < first <= len(table.rows) else ()
        words = self._shown(row[col]) if col < len(row) else ""
        return f"{letters(col)}: {words}" if words else letters(col)

    def _line(self, table: ForeignTable, at: int) -> str:
        return " · ".join(text for text in map(self._shown, table.rows[at][:6]) if text)[:LONGEST]

    def _shown(self, value: Value) -> str:
        if value is None:
            return ""
        if isinstance(value, datetime.date):
            return format_date(value)
        if isinstance(value, Decimal):
            return format_decimal(value)
        return " ".join(str(value).split())[:LONGEST]

    def _pointed(self) -> None:
        """Take what the fields say; without a description and something to reckon there is no budget."""
        at = {role: int(text) for role, field in self.roles.items() if (text := field.text())}
        self.columns = None
        money = "amount" in at or {"quantity", "unit_price"} <= set(at)
        missing = self._words.text("Point at this column.")
        self.roles["description"].set_message("note" if "description" not in at else None, missing)
        self.roles["amount"].set_message(None if money else "note", missing)
        if "description" in at and money:
            self.columns = replace(Columns(int(self.first.text() or 0), at.pop("description")), **at)
        self._show_rows()
        self.changed.emit()

    # -- the sheet --------------------

    def _show_rows(self) -> None:
        table = self.table
        first = int(self.first.text() or 0)
        begin = max(0, first - 1)
        rows = table.rows[begin : begin + ROWS_SEEN]
        width = min(max((len(row) for row in table.rows), default=0), MOST_COLUMNS)
        named = {
            int(field.text()): self._words.text(ROLE_NAMES[role]) for role, field in self.roles.items() if field.text()
        }
        self.seen.clear()
        self.seen.setRowCount(len(rows))
        self.seen.setColumnCount(width)
        self.seen.setHorizontalHeaderLabels(
            [f"{letters(col)} – {named[col]}" if col in named else letters(col) for col in range(width)]
        )
        self.seen.setVerticalHeaderLabels([str(begin + at + 1) for at in range(len(rows))])
        for at, row in enumerate(rows):
            for col, value in enumerate(row[:width]):
                item = QTableWidgetItem(self._shown(value))
                if isinstance(value, Decimal):
                    item.setTextAlignment(RIGHT | Qt.AlignmentFlag.AlignVCenter)
                if begin + at < first or col not in named:
                    item.setForeground(self.palette().placeholderText())
                self.seen.setItem(at, col, item)
        self.seen.resizeColumnsToContents()
        for col in range(width):
            self.seen.setColumnWidth(col, min(max(self.seen.columnWidth(col), px(90)), px(260)))
        height = self.seen.horizontalHeader().sizeHint().height() + 2 * self.seen.frameWidth()
        height += sum(self.seen.rowHeight(at) for at in range(len(rows)))
        wide = self.seen.horizontalHeader().length() > px(700)
        self.seen.setFixedHeight(height + (self.seen.horizontalScrollBar().sizeHint().height() if wide else 0))


def letters(col: int) -> str:
    """0 -> A, 26 -> AA."""
    found = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        found = chr(65 + rest) + found
    return found
