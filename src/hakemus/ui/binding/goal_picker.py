"""Which goals an activity serves, as boxes to tick: the one field that names several rows of another table."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hakemus.domain.findings import Finding
from hakemus.domain.paths import within
from hakemus.ui.desk import Desk
from hakemus.ui.widgets.boxes import clear, clear_box, column, row
from hakemus.ui.widgets.controls import Check
from hakemus.ui.widgets.labels import TOP, label
from hakemus.usecases.links import linked
from hakemus.usecases.session import Change


class PickerWidget(QWidget):
    """Boxes under a label. `control` is the first of them, where focus goes."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("clear")
        self.boxes: QVBoxLayout = column(gap=4)
        self.control: QWidget = self
        self.setLayout(column(label(title, "label"), self.boxes, gap=4))

    def set_marked(self, _on: bool) -> None:
        """A picker has no value of its own that could be wrong."""


class GoalPicker(QObject):
    """The goals of the application, ticked where the activity at `path` names them."""

    def __init__(self, desk: Desk, path: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.path = desk, path
        self.widget = PickerWidget(desk.field_name(path))
        self.widget.setProperty("address", path)
        self._shown: object = None
        self._boxes: dict[str, Check] = {}
        self.refresh()

    def refresh(self) -> None:
        """Boxes for the goals as they stand."""
        goals = self.desk.session.value("goals") or ()
        chosen = self.desk.session.value(self.path) or ()
        shown = (tuple((goal.id, goal.text) for goal in goals), tuple(chosen))
        if shown == self._shown:
            return
        if self._boxes and isinstance(self._shown, tuple) and self._shown[0] == shown[0]:
            # The same goals: a box that was ticked a moment ago keeps its focus.
            for name, box in self._boxes.items():
                box.setChecked(name in chosen)
            self._shown = shown
            return
        self._shown = shown
        self._boxes = {}
        clear(self.widget.boxes)
        if not goals:
            self.widget.boxes.addWidget(label(self.desk.t("No goals yet"), "small"))
        for number, goal in enumerate(goals, 1):
            self._add(number, goal.id, goal.text or self.desk.t("Not filled in"), ticked=goal.id in chosen)

    def _add(self, number: int, name: str, text: str, *, ticked: bool) -> None:
        words = self.desk.t("Goal {number}: {text}", number=number, text=text)
        box = Check()
        box.setChecked(ticked)
        box.setAccessibleName(words)
        box.set_read_only(self.desk.read_only)
        self._boxes[name] = box
        box.typed.connect(lambda text: self._tick(name, on=text == "true"))
        line = row(gap=6)
        line.addWidget(box, 0, TOP)
        line.addWidget(label(words, wrap=True), 1)
        self.widget.boxes.addWidget(clear_box(line))
        if number == 1:
            self.widget.control = box

    def _tick(self, name: str, *, on: bool) -> None:
        session = self.desk.session
        session.set_value(self.path, linked(session.value("goals") or (), session.value(self.path) or (), name, on=on))

    def judge(self, _findings: Iterable[Finding]) -> None:
        """Findings about links stand with the activity."""

    def concerns(self, change: Change) -> bool:
        return any(
            path == "" or within(path, "goals") or within(self.path, path) or within(path, self.path)
            for path in change.paths
        )
