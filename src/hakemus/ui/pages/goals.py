"""The step Goals: what the project changes, and the indicators that show it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from hakemus.domain.findings import Finding, Severity
from hakemus.domain.paths import row_path, within
from hakemus.i18n.marking import N_
from hakemus.ui.binding.tables import BoundTable, Spec
from hakemus.ui.look.style import sp
from hakemus.ui.look.tokens import CARD_MARGIN
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.widgets.badges import Badge
from hakemus.ui.widgets.boxes import Item, clear_box, column, frame, refill, row, show_if
from hakemus.ui.widgets.buttons import Button, button, tool_button
from hakemus.ui.widgets.empty_state import EmptyState
from hakemus.ui.widgets.field import Kind
from hakemus.ui.widgets.labels import label
from hakemus.usecases.presets import IndicatorPreset, offered
from hakemus.usecases.session import Change


class GoalsPage(StepPage):
    step = "goals"
    lead = N_("What does the project change, and how is the change noticed? Three goals are enough for most projects.")

    def build(self) -> Sequence[Item]:
        t = self.desk.t
        self._cards: QVBoxLayout = column(gap=16)
        self._ids: tuple[str, ...] = ()
        self._badges: dict[str, Badge] = {}
        self._goal_tables: list[BoundTable] = []
        nothing = EmptyState(
            "goals",
            t("No goals yet"),
            t("Tell the change that the project brings about: for whom, what and by when."),
            "" if self.desk.read_only else t("Add a goal"),
            self.add_goal,
        )
        self._add_first = nothing.action
        self._empty = frame(
            column(
                nothing,
                margins=(20, 10, 20, 10),
            )
        )
        self._add = button(t("Add a goal"), "plus", does=self.add_goal)
        links = button(t("Links…"), "transfer", "tool", does=lambda: self.desk.wishes.command.emit("links"))
        self._rebuild()
        return (self._cards, self._empty, row(self._add, None, links), *question_card(self))

    def _rebuild(self) -> None:
        goals = self.desk.session.value("goals") or ()
        for table in self._goal_tables:
            self.forget_table(table)
            table.setParent(None)
        self._goal_tables = []
        self.forget_fields("goals")
        self._badges = {}
        refill(self._cards, [self._goal_card(goal.id, number) for number, goal in enumerate(goals, 1)])
        self._ids = tuple(goal.id for goal in goals)
        show_if(self._empty, not goals)
        show_if(self._add, bool(goals) and not self.desk.read_only)

    def _goal_card(self, name: str, number: int) -> QFrame:
        t, at = self.desk.t, row_path("goals", name)
        badge = Badge("warning", "")
        badge.hide()
        self._badges[at] = badge
        head = row(label(t("Goal {number}", number=number), "h2"), badge, None, *self._goal_tools(at, number), gap=4)
        fields = column(
            head,
            self.field(f"{at}.text", kind=Kind.TEXT, rows=2, label=t("What is the goal?")),
            self.field(f"{at}.strategy", optional=True),
            gap=10,
        )
        fields.setContentsMargins(sp(CARD_MARGIN), sp(10), sp(CARD_MARGIN), sp(14))
        table = self.add_table(
            BoundTable(
                self.desk,
                f"{at}.indicators",
                [
                    Spec("name", 190, stretch=True),
                    Spec("unit", 92, rank=2),
                    Spec("baseline", 98, right=True, rank=1),
                    Spec("target", 90, right=True),
                    Spec("source", 178, rank=4),
                    Spec("measured_on", 112, right=True, rank=3),
                ],
                name=t("Indicators of goal {number}", number=number),
                add=t("Add an indicator"),
                parent=self,
            )
        )
        self._goal_tables.append(table)
        table.widget.set_fitted()
        left_out = self.left_out_of(table)
        left_out.setObjectName("clear")  # it stands in the goal's own card
        box = column(clear_box(fields), table.widget, left_out, gap=0)
        if self._presets() and not self.desk.read_only:
            more = button(
                t("Add from presets…"),
                "plus",
                "quiet",
                name=t("Add an indicator to goal {number} from presets…", number=number),
            )
            more.clicked.connect(lambda: self._offer(more, table))
            box.addLayout(row(more, None, margins=(18, 4, 18, 6)))
        box.setContentsMargins(1, 1, 1, 1)
        return frame(box)

    def _goal_tools(self, at: str, number: int) -> Sequence[Button]:
        t, session = self.desk.t, self.desk.session
        if self.desk.read_only:
            return ()
        return (
            tool_button("up", t("Move goal {number} up", number=number), lambda: session.move_row(at, -1)),
            tool_button("down", t("Move goal {number} down", number=number), lambda: session.move_row(at, 1)),
            tool_button("copy", t("Copy goal {number}", number=number), lambda: session.duplicate_row(at)),
            tool_button("trash", t("Remove goal {number}", number=number), lambda: session.remove_rows([at])),
        )

    def _presets(self) -> Sequence[IndicatorPreset]:
        session = self.desk.session
        return offered(self.desk.presets(session.draft.language), session.value("project.target_groups") or ())

    def _offer(self, at: QWidget, table: BoundTable) -> None:
        """A menu of indicators that libraries often use, under the button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._presets():
            entry = menu.addAction(one.name.replace("&", "&&"))
            entry.triggered.connect(lambda _on=False, one=one: self._add_preset(table, one))
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _add_preset(self, table: BoundTable, one: IndicatorPreset) -> None:
        """A row with the preset's words; the cursor goes where the first figure is missing."""
        name = self.desk.session.insert_row(table.path, one.values())
        table.widget.focus_cell(row_path(table.path, name), "baseline")

    def add_goal(self) -> None:
        name = self.desk.session.insert_row("goals")
        made = self.fields.get(f"{row_path('goals', name)}.text")
        if made is not None:  # a read-only session makes none
            made.widget.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self, change: Change) -> None:
        if any(path == "" or within(path, "goals") or within("goals", path) for path in change.paths):
            ids = tuple(goal.id for goal in self.desk.session.value("goals") or ())
            if ids != self._ids:
                self._rebuild()

    def judged(self, findings: tuple[Finding, ...]) -> None:
        for at, badge in self._badges.items():
            mine = [
                item for item in findings if item.kind != "required" and any(within(path, at) for path in item.paths)
            ]
            worst = next((item for item in mine if item.severity is not Severity.NOTE), None)
            if worst is None:
                badge.hide()
                continue
            count = sum(1 for item in mine if item.severity is not Severity.NOTE)
            if worst.severity is Severity.ERROR:
                badge.set("error", self.desk.nt("{count} error", "{count} errors", count))
            else:
                badge.set("warning", self.desk.nt("{count} warning", "{count} warnings", count))
            badge.show()

    def focus_other(self, path: str) -> bool:
        add = self._add if self._ids else self._add_first
        if path != "goals" or add is None or self.desk.read_only:
            return False
        add.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
