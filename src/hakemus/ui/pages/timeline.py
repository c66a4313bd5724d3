"""The step Activities and timeline: one table whose last column is the chart; both are the same rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from hakemus.domain.draft import any_value
from hakemus.domain.findings import Finding
from hakemus.domain.messages import msg
from hakemus.domain.paths import row_path, with_value, within
from hakemus.i18n.dates import format_date, format_day, format_period
from hakemus.i18n.marking import N_
from hakemus.i18n.parsing import EARLIEST, LATEST
from hakemus.report.plan import MONTHS
from hakemus.ui.binding.row_details import Detail
from hakemus.ui.binding.tables import ADD, BoundTable, Spec
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import font, look, px, sp
from hakemus.ui.look.tokens import HEIGHT
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.tables.rows import Cell, Row, RowKey
from hakemus.ui.widgets import gantt
from hakemus.ui.widgets.badges import Glyph, glyph
from hakemus.ui.widgets.boxes import Item, clear_box, row
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Kind, side_by_side
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import Label, label
from hakemus.usecases.session import Change

_PERIODS = "+periods"


class ActivityTable(BoundTable):
    """Activities with the chart as last column; the first row holds the periods."""

    def __init__(
        self, desk: Desk, specs: Sequence[Spec], today: datetime.date, *, name: str, add: str, parent: Any
    ) -> None:
        self.today = today
        self._period: tuple[datetime.date, datetime.date] | None = None
        super().__init__(desk, "activities", specs, name=name, add=add, shape="", parent=parent)
        self.set_axis()
        self.widget.bar_moved.connect(self._move)
        self.widget.bar_shown = self._bar_moved_by

    def _move(self, row: str, starts: int, ends: int) -> None:
        """Other days for an activity by keys or pointer on its bar; one that ends before it begins is not made so."""
        moved = self._days_moved(row, starts, ends)
        if not moved:
            return
        begins = self.item(row).starts_on
        if starts == 0 and begins and moved["ends_on"] < begins:
            return
        texts = {f"{row}.{name}": format_date(day) for name, day in moved.items()}
        self.desk.session.edit_many(texts, msg("moving a bar of the timeline"))

    def project(self) -> tuple[datetime.date, datetime.date] | None:
        starts, ends = self.desk.session.value("project.starts_on"), self.desk.session.value("project.ends_on")
        return (starts, ends) if starts and ends and starts <= ends else None

    def use(self) -> tuple[datetime.date, datetime.date] | None:
        period = self.desk.call.use_period
        return (period.starts, period.ends) if period.starts and period.ends else None

    def last_use(self) -> datetime.date | None:
        """The last day of a use period of which the call names no first day."""
        period = self.desk.call.use_period
        return None if period.starts else period.ends

    def set_axis(self) -> None:
        """An axis over everything dated; today only where it lies near, or an old project would be a dot."""
        days = [day for item in self.rows() for day in (item.starts_on, item.ends_on) if day]
        days += [day for period in (self.project(), self.use()) if period for day in period]
        if not days:
            days = [self.today, self.today + datetime.timedelta(days=365)]
        first, last = min(days), max(days)
        near = datetime.timedelta(days=120)
        if first - near <= self.today <= last + near:
            days.append(self.today)
        months = tuple(self.desk.t(name) for name in MONTHS)
        self.widget.set_axis(gantt.axis_over(days, months, project=self.project(), use=self.use(), today=self.today))

    def row_keys(self) -> Iterable[RowKey]:
        self._period = self.project()  # asked once for all rows
        yield RowKey(_PERIODS, "periods", (self._period, self.use(), self.last_use(), self.today))
        yield from super().row_keys()

    def stamp(self, _item: Any) -> Any:
        """A bar may lie inside one project period and outside another."""
        return self._period

    def make_row(self, key: RowKey) -> Row:
        if key.id == _PERIODS:
            return self._periods()
        made = super().make_row(key)
        if key.id == ADD:
            return made
        item = self.item(key.id)
        bar = self._bar(item)
        words, fault = self._bar_words(item), self._fault(item.starts_on, item.ends_on)
        title = item.title if any_value(item.title) else self.desk.t("Unnamed")
        spoken = ", ".join(part for part in (title, words, fault) if part)
        return Row(key.id, "line", made.cells, bar=bar, spoken=spoken, icon="milestone" if item.milestone else "")

    def _bar(self, item: Any) -> gantt.Bar | None:
        starts, ends = item.starts_on, item.ends_on
        if not starts and not ends:
            return None
        last = ends or (starts if item.milestone else None)
        fault = self._fault(starts, ends)
        mark = "error" if fault else ""
        return gantt.Bar(starts, last, self._bar_words(item), milestone=bool(item.milestone), mark=mark, fault=fault)

    def _bar_moved_by(self, row: str, starts: int, ends: int) -> gantt.Bar | None:
        """The bar as it would be with its ends so many days later."""
        days = self._days_moved(row, starts, ends)
        if days is None:
            return None
        moved = self.item(row)
        for name, day in days.items():
            moved = with_value(moved, name, day)
        return self._bar(moved)

    def _days_moved(self, row: str, starts: int, ends: int) -> dict[str, datetime.date] | None:
        """The days of an activity that move, moved; None beyond the years that a field takes."""
        item = self.item(row)
        wished = {"starts_on": (item.starts_on, starts), "ends_on": (item.ends_on, ends)}
        try:
            moved = {name: day + datetime.timedelta(days=by) for name, (day, by) in wished.items() if day and by}
        except OverflowError:
            return None
        return moved if all(EARLIEST <= day.year <= LATEST for day in moved.values()) else None

    def _bar_words(self, item: Any) -> str:
        if item.milestone and (item.starts_on or item.ends_on):
            return format_day(item.starts_on or item.ends_on)
        if item.starts_on and item.ends_on:
            return f"{format_day(item.starts_on)}–{format_day(item.ends_on)}"
        return format_period(item.starts_on, item.ends_on) if item.starts_on or item.ends_on else ""

    def _fault(self, starts: datetime.date | None, ends: datetime.date | None) -> str:
        if starts and ends and ends < starts:
            return self.desk.t("ends before it starts")
        project = self.project()
        if project and ((starts and starts < project[0]) or (ends and ends > project[1])):
            return self.desk.t("outside the project period")
        return ""

    def _periods(self) -> Row:
        desk = self.desk
        brackets = []
        use, project = self.use(), self.project()
        if use:
            words = desk.t("Use period of the grant {period}", period=format_period(*use))
            brackets.append(gantt.Bracket(use, words, desk.t("Use period"), "ink2"))
        last = self.last_use()
        if last:
            words = desk.t("Use period of the grant {period}", period=format_period(None, last))
            brackets.append(gantt.Bracket((last, last), words, desk.t("Use period"), "ink2", open=True))
        if project:
            words = desk.t("Project {period}", period=format_period(*project))
            brackets.append(gantt.Bracket(project, words, desk.t("Project")))
        flag = desk.t("Today {day}", day=format_day(self.today))
        brackets.append(gantt.Bracket((self.today, self.today), flag, desk.t("Today"), flag=True))
        spoken = ", ".join(item.words for item in brackets)
        return Row(_PERIODS, "periods", {"title": Cell(desk.t("Periods"))}, brackets=tuple(brackets), spoken=spoken)

    def _hears(self, path: str) -> bool:
        return super()._hears(path) or path in ("project.starts_on", "project.ends_on", "terms")

    def refresh(self, change: Change | None = None) -> None:
        if change is None or any(self._hears(path) for path in change.paths):
            self.set_axis()
        super().refresh(change)


class TimelinePage(StepPage):
    step = "timeline"
    lead = N_("What is done, when, and who answers for it? Table and timeline are the same rows.")
    widest = 1400
    fills = 2

    def build(self) -> Sequence[Item]:
        t, desk = self.desk.t, self.desk
        starts, ends = self.field("project.starts_on"), self.field("project.ends_on")
        self._note_glyph = Glyph("done", "ok", 20)
        self._note: Label = label("", "body2", wrap=True)
        note = row(gap=8)
        note.addWidget(self._note_glyph)
        note.addWidget(self._note, 1)
        self._note_box = clear_box(note)
        days = clear_box(side_by_side(starts, ends))
        days.setMaximumWidth(px(400))
        self._dates: QBoxLayout = row(gap=20)
        self._dates.addWidget(days)
        self._dates.addWidget(self._note_box, 1, Qt.AlignmentFlag.AlignTop)
        self.table = ActivityTable(
            desk,
            [
                Spec("title", 260),
                Spec("starts_on", 100, right=True),
                Spec("ends_on", 104, right=True),
                Spec("responsible", 150),
                Spec("chart", 300, stretch=True, head=t("Timeline"), gantt=True),
            ],
            desk.session.check.today,
            name=t("Activities and timeline"),
            add=t("Add an activity"),
            parent=self,
        )
        self.add_table(self.table)
        view = self.table.widget
        view.setMinimumHeight(px(320))
        view.rows.rowsInserted.connect(lambda *_: self._limit())
        view.rows.rowsRemoved.connect(lambda *_: self._limit())
        view.heights_changed.connect(self._limit)
        self._limit()
        self.details = self.rows_fields(self.table, self._details_of)
        self._tools = (
            button(t("Copy the row"), "copy", "tool", does=lambda: view.do("duplicate")),
            button(t("Remove"), "trash", "tool", does=lambda: view.do("remove")),
        )
        self._adding = (
            button(t("Add an activity"), "plus", does=lambda: self.table.add_row(view.current_row())),
            button(t("Add a milestone"), "milestone", does=self._add_milestone),
        )
        self._links = button(t("Links…"), "transfer", "tool", does=lambda: desk.wishes.command.emit("links"))
        tools = Flow(
            *(() if desk.read_only else self._adding),
            None,
            self._links,
            *(() if desk.read_only else self._tools),
            gap=8,
        )
        signs = (
            ("milestone", t("Milestone")),
            ("timeline", t("A bar is the duration of an activity")),
            ("calendar", t("The dashed line is today; the grey ground is outside the project period")),
        )
        legend = Flow(
            *(clear_box(row(glyph(icon, "ink2", 18), label(words, "small"), gap=8)) for icon, words in signs), gap=20
        )
        self._legend = clear_box(legend)
        self._follow()
        return (self._dates, tools, view, self.details, self._legend, *question_card(self))

    def _limit(self) -> None:
        # On a tall screen the table ends with its rows, not with an empty ground.
        view = self.table.widget
        view.setMaximumHeight(max(px(320), view.full_height()))

    def _add_milestone(self) -> None:
        name = self.desk.session.insert_row("activities", {"milestone": True})
        self.table.widget.focus_cell(row_path("activities", name), edit=True)

    def _details_of(self, _at: str) -> Sequence[Detail]:
        return (
            Detail("title", span=2),
            Detail("milestone", Kind.CHECK),
            Detail("starts_on"),
            Detail("ends_on"),
            Detail("responsible"),
            Detail("result"),
            Detail("description", Kind.TEXT, span=2),
            Detail("goals", goals=True),
        )

    def _follow(self) -> None:
        desk = self.desk
        use, project = self.table.use(), self.table.project()
        if use is None:
            last = desk.call.use_period.ends
            if last is None:
                self._note.set_text(desk.t("The call gives no use period in days."))
                self._note_glyph.set("note", "note")
            elif project is not None and project[1] > last:
                self._note.set_text(desk.t("The grant can be used until {date}. The project ends later.", date=last))
                self._note_glyph.set("warning", "warn")
            else:
                self._note.set_text(desk.t("The grant can be used until {date}.", date=last))
                self._note_glyph.set("done", "ok")
            return
        period = format_period(*use)
        if project is None:
            self._note.set_text(desk.t("Use period of the grant {period}.", period=period))
            self._note_glyph.set("note", "note")
        elif use[0] <= project[0] and project[1] <= use[1]:
            self._note.set_text(desk.t("Use period of the grant {period}. The project lies within it.", period=period))
            self._note_glyph.set("done", "ok")
        else:
            self._note.set_text(
                desk.t("Use period of the grant {period}. The project does not lie within it.", period=period)
            )
            self._note_glyph.set("warning", "warn")

    def changed(self, change: Change) -> None:
        if any(
            path == "" or within(path, "activities") or path.startswith(("project.", "terms")) for path in change.paths
        ):
            self._follow()

    def judged(self, findings: tuple[Finding, ...]) -> None:
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        units = self.width() / look().scale.factor
        hidden = [] if units >= 1150 else ["responsible"]
        if units < 700:
            hidden += ["starts_on", "ends_on"]
        self.table.widget.set_hidden(hidden)
        self._legend.setVisible(units >= 860)
        ways = QBoxLayout.Direction
        beside = units >= 760
        self._dates.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        # Beside the fields the note stands at the height of what is typed there, below their names.
        self._note_box.setMinimumHeight(px(HEIGHT["control"]) if beside else 0)
        name = QFontMetrics(font("label")).height() + sp(4) if beside else 0
        self._note_box.setContentsMargins(0, name, 0, 0)
        t = self.desk.t
        words = (t("Copy the row"), t("Remove"), t("Links…"))
        self.fit_tools(tuple(zip((*self._tools, self._links), words, strict=True)), self._adding)
