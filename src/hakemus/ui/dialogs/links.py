"""The links between goals, activities and costs on one sheet: ticks to change them, sums, and what hangs loose."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hakemus.i18n.amounts import currency_sign, format_money
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import foot, open_at
from hakemus.ui.look.style import px
from hakemus.ui.widgets.badges import glyph
from hakemus.ui.widgets.boxes import Page, clear, clear_box, column, line, row, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import TOP, label, plain_tip
from hakemus.usecases.links import ActivityRow, Matrix, linked, matrix
from hakemus.usecases.session import Change

MOST_LOOSE = 12
"""So many loose ends are named; of more only their number is told."""


class LinksDialog(QDialog):
    """Rows are activities, columns goals; Space or a click ticks. `go_asked(path)` leads to what hangs loose."""

    go_asked = Signal(str)

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._matrix: Matrix | None = None
        self._filling = False
        t = desk.t
        self.setWindowTitle(t("Links between goals, activities and costs"))
        self.table = QTableWidget(0, 0, self)
        self._set_up_table()
        self._goals: QVBoxLayout = column(gap=2)
        self._loose: QVBoxLayout = column(gap=6)
        for key, act in (
            (QKeySequence.StandardKey.Undo, desk.session.undo),
            (QKeySequence.StandardKey.Redo, desk.session.redo),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        lead = t("Tick the goals that each activity serves. Arrow keys move, Space ticks.")
        below = foot(None, button(t("Close"), "", "primary", does=self.accept))
        parts = (
            label(t("Links between goals, activities and costs"), "h2", wrap=True),
            label(lead, "body2", wrap=True),
            self._goals,
            self.table,
            self._loose,
        )
        inner = Page(column(*parts, None, gap=12, margins=(24, 20, 24, 16)))
        self.setLayout(column(scroll(inner), line(), below, gap=0))
        open_at(self, 860, 620)
        desk.bridge.changed.connect(self._follow)
        self._show()
        self.table.setFocus()

    def _set_up_table(self) -> None:
        table = self.table
        table.setObjectName("links")
        table.setAccessibleName(self._desk.t("Activities and the goals they serve"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.itemChanged.connect(self._ticked)
        table.installEventFilter(self)

    # -- showing --------------------

    def _follow(self, _change: Change) -> None:
        self._show()

    def _show(self) -> None:
        now = matrix(self._desk.session.check)
        if now == self._matrix:
            return
        goals_changed = self._matrix is None or self._matrix.goals != now.goals
        self._matrix = now
        self._filling = True
        try:
            self._fill(now)
        finally:
            self._filling = False
        if goals_changed:
            self._name_goals(now)
        self._name_loose(now)

    def _fill(self, now: Matrix) -> None:
        desk, t = self._desk, self._desk.t
        table = self.table
        heads = [t("Activity"), *(t("Goal {number}", number=goal.number) for goal in now.goals)]
        heads += [t("Costs {sign}", sign=currency_sign(desk.call.currency)), t("Days")]
        table.setColumnCount(len(heads))
        table.setRowCount(len(now.rows))
        tips = ["", *(goal.text for goal in now.goals), "", ""]
        for at, (words, tip) in enumerate(zip(heads, tips, strict=True)):
            head = QTableWidgetItem(words)
            head.setToolTip(plain_tip(tip))
            # Over its cells: words and boxes to tick left, figures right.
            side = Qt.AlignmentFlag.AlignRight if at > len(now.goals) else Qt.AlignmentFlag.AlignLeft
            head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            table.setHorizontalHeaderItem(at, head)
        for at, activity in enumerate(now.rows):
            self._fill_row(at, activity, now)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(px(72))
        table.verticalHeader().setMinimumSectionSize(px(34))
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Rows as high as their words at the width that the first column has."""
        table, header = self.table, self.table.horizontalHeader()
        # Qt forgets the style sheet's air beside the words when it asks whether they go on in a second line.
        room = QRect(0, 0, table.columnWidth(0) - 2 * px(12), 10 * px(34))
        for at in range(table.rowCount()):
            item = table.item(at, 0)
            words = item.text() if item is not None else ""
            need = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
            table.setRowHeight(at, max(px(34), need + px(14)))
        height = header.sizeHint().height() + sum(table.rowHeight(at) for at in range(table.rowCount()))
        table.setFixedHeight(height + 2 * table.frameWidth() + 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table that has become narrower, as by a scroll bar beside it, needs higher rows."""
        if watched is self.table and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._fit_rows)
        return super().eventFilter(watched, event)

    def _fill_row(self, at: int, activity: ActivityRow, now: Matrix) -> None:
        t = self._desk.t
        name = activity.title or t("Unnamed")
        self._put(at, 0, name)
        for column_at, goal in enumerate(now.goals, 1):
            ticked = goal.id in activity.goals
            item = self._put(at, column_at, "")
            item.setData(Qt.ItemDataRole.CheckStateRole, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            words = (
                t("{activity} serves goal {number}: {text}", activity=name, number=goal.number, text=goal.text)
                if ticked
                else t(
                    "{activity} does not serve goal {number}: {text}", activity=name, number=goal.number, text=goal.text
                )
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            if not self._desk.session.read_only:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        money = "" if activity.cost is None else format_money(activity.cost, symbol=False)
        self._put(at, len(now.goals) + 1, money, right=True)
        self._put(at, len(now.goals) + 2, "" if activity.days is None else str(activity.days), right=True)

    def _put(self, at: int, column_at: int, text: str, *, right: bool = False) -> QTableWidgetItem:
        """The item of a cell, made once, so that the cursor keeps its place."""
        item = self.table.item(at, column_at)
        if item is None:
            item = QTableWidgetItem()
            self.table.setItem(at, column_at, item)
        item.setData(Qt.ItemDataRole.CheckStateRole, None)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, None)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setText(text)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _name_goals(self, now: Matrix) -> None:
        t = self._desk.t
        clear(self._goals)
        if not now.goals:
            self._goals.addWidget(label(t("No goals yet"), "small"))
        for goal in now.goals:
            words = t("Goal {number}: {text}", number=goal.number, text=goal.text or t("Not filled in"))
            self._goals.addWidget(label(words, "small", wrap=True))

    def _name_loose(self, now: Matrix) -> None:
        t = self._desk.t
        clear(self._loose)
        if not now.orphans:
            return
        self._loose.addWidget(label(t("Hangs on nothing yet"), "strong"))
        for orphan in now.orphans[:MOST_LOOSE]:
            name = orphan.name or t("Unnamed")
            words = t("{name}: {sentence}", name=name, sentence=self._desk.say(orphan.message))
            one = row(gap=8)
            one.addWidget(glyph("warning", "warn", 18), 0, TOP)
            one.addWidget(label(words, wrap=True), 1)
            lead = button(t("Go there"), "", "quiet", name=t("Go to: {name}", name=name))
            lead.clicked.connect(lambda _on=False, path=orphan.path: self._go(path))
            one.addWidget(lead, 0, TOP)
            self._loose.addWidget(clear_box(one))
        rest = len(now.orphans) - MOST_LOOSE
        if rest > 0:
            self._loose.addWidget(label(self._desk.nt("{count} more", "{count} more", rest), "small"))
        if now.without_activity:
            words = t("Costs without an activity: {sum}", sum=now.without_activity)
            self._loose.addWidget(label(words, "small", wrap=True))

    # -- what the user does --------------------

    def _ticked(self, item: QTableWidgetItem) -> None:
        now, session = self._matrix, self._desk.session
        if self._filling or now is None or not 0 < item.column() <= len(now.goals):
            return
        activity, goal = now.rows[item.row()], now.goals[item.column() - 1]
        path = f"activities[{activity.id}].goals"
        on = item.checkState() is Qt.CheckState.Checked
        chosen = linked(session.value("goals") or (), session.value(path) or (), goal.id, on=on)
        session.set_value(path, chosen)

    def _go(self, path: str) -> None:
        self.accept()
        self.go_asked.emit(path)
