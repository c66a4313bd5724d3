"""One open application: rail, page, panel, meter. A page is made when it is first shown; a broken one is replaced."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from hakemus.domain.draft import Draft
from hakemus.domain.steps import STEPS
from hakemus.i18n.field_names import SHORT_STEP_NAMES, STEP_NAMES
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import look
from hakemus.ui.pages.base import StepPage
from hakemus.ui.shell.broken_page import BrokenPage
from hakemus.ui.shell.findings_walk import FindingsWalk
from hakemus.ui.shell.foot import Foot
from hakemus.ui.shell.meter_view import meter_view
from hakemus.ui.shell.rail import Rail, RailItem
from hakemus.ui.shell.side_panel import SidePanel
from hakemus.ui.shell.steps_ahead import StepsAhead
from hakemus.ui.shell.whole_form import FORM_STEPS, WIDEST, WholeForm
from hakemus.ui.widgets.boxes import clear_box, column, row
from hakemus.ui.widgets.meter import Meter
from hakemus.ui.widgets.notice_area import NoticeArea
from hakemus.ui.widgets.reading_order import stops
from hakemus.usecases.session import Change
from hakemus.usecases.wizard import StepState, states

FOLDS_BELOW = {"timeline": 1500, "submit": 1500, "budget": 1300, "funding": 1300}
"""Under how many units of width the panel folds, on steps that need more room than 1180 leave them."""
_LOG = logging.getLogger(__name__)

PageClass = Callable[..., StepPage]


class WizardView(QWidget):
    """The frame that never moves, with one step in the middle."""

    title_changed = Signal()

    def __init__(self, desk: Desk, page_classes: dict[str, PageClass], *, panel_folded: bool = False) -> None:
        super().__init__()
        self.setObjectName("clear")
        self.desk = desk
        self._classes = page_classes
        self._made: dict[str, QWidget] = {}
        self._behind: dict[str, Draft] = {}
        """Steps that are not shown and have something to catch up with, with the draft that they show."""
        self._step = ""
        self.form: WholeForm | None = None
        """The whole form on one page, while that is the view."""
        self._address = ""
        """Where focus was last: it goes along into another view."""
        self._before_paper = "step:review"
        self._states: tuple[StepState, ...] = ()
        self.findings = FindingsWalk(desk, self.go)
        self._fold_wish: bool | None = panel_folded or None
        self.rail = Rail(desk.t("Steps of the application"))
        self.panel = SidePanel(desk)
        self.meter = Meter()
        self._stack = QStackedWidget()
        self._stack.setObjectName("clear")
        self._foot = Foot(desk)
        self._foot.walked.connect(self.step_by)
        self.say = self._foot.say
        """One quiet sentence between Back and Next, for a while."""
        self._lay_out()
        self.rail.chosen.connect(self.show_step)
        self.panel.fold_wished.connect(self._fold)
        self.meter.picked.connect(self._meter_clicked)
        desk.wishes.go.connect(self.go)
        desk.wishes.focused.connect(self._focused)
        desk.bridge.changed.connect(self._changed)
        desk.bridge.judged.connect(self._judged)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)
        self._ahead = StepsAhead(self._unmade, self.page, self)
        self._judged()
        self._follow_totals()
        self._minute = QTimer(self)
        self._minute.setInterval(60_000)
        self._minute.timeout.connect(self._follow_totals)
        self._minute.start()

    # -- layout --------------------

    def _lay_out(self) -> None:
        middle = column(gap=0)
        self._notices = NoticeArea()
        middle.addWidget(self._notices)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self._foot)
        body = row(gap=0)
        body.addWidget(self.rail)
        body.addWidget(clear_box(middle), 1)
        body.addWidget(self.panel)
        whole = column(gap=0)
        whole.addLayout(body, 1)
        whole.addWidget(self.meter)
        self.setLayout(whole)

    def set_notices(self, notices: Sequence[QWidget]) -> None:
        """Messages about the whole application, above every step until they are dealt with."""
        self._notices.set_notices(notices)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._notices.fit()
        factor = look().scale.factor
        units, high = self.width() / factor, self.height() / factor
        self.rail.set_room(narrow=units < 1000, low=high < 715)
        self._foot.set_step(self._step, self.width())
        folded = units < FOLDS_BELOW.get(self._step if self.form is None else "budget", 1180)
        if self._fold_wish is not None:
            folded = self._fold_wish
        if units < 800:
            folded = True
        self.panel.set_folded(folded, 348 if units >= 1600 else 296)

    def _fold(self, folded: bool) -> None:
        self._fold_wish = folded
        self._arrange()

    def toggle_panel(self) -> None:
        """F1: the help, there or gone."""
        if self.panel.folded:
            self.panel.show_tab(0)
            self._fold(False)  # noqa: FBT003
        else:
            self._fold(True)  # noqa: FBT003

    # -- steps --------------------

    @property
    def step(self) -> str:
        return self._step

    @property
    def place(self) -> str:
        """Where the person is: the field that had focus last, or the step."""
        return self._address or f"step:{self._step}"

    def page(self, step: str) -> QWidget:
        """The page of a step, made when it is first asked for."""
        if self.form is not None and step in FORM_STEPS:
            return self.form.page(step)
        if step not in self._made:
            made = self._make(step)
            self._made[step] = made
            self._stack.addWidget(made)
            if isinstance(made, StepPage):
                bar = made.area.verticalScrollBar()
                bar.rangeChanged.connect(lambda low, high, step=step: self._keep_axis(step, high > low))
        return self._made[step]

    def _make(self, step: str, outer: WholeForm | None = None) -> QWidget:
        try:
            made = self._classes[step](self.desk) if outer is None else self._classes[step](self.desk, outer)
        except Exception as error:
            _LOG.exception("page %s", step)
            return BrokenPage(self.desk, f"{type(error).__name__}: {error}")
        made.judge(self.desk.session.check.open_findings)
        self._set_state(made)
        return made

    def _unmade(self) -> list[str]:
        """The steps that have no page yet, from the next one on."""
        if self.form is not None:
            return []
        at = STEPS.index(self._step) if self._step in STEPS else 0
        return [step for step in (*STEPS[at:], *STEPS[:at]) if step not in self._made]

    # -- views --------------------

    def set_whole(self, on: bool) -> None:
        """The whole form on one page, or step by step; the field in focus keeps it."""
        if on == (self.form is not None):
            return
        address, step = self._address, self._step
        self.desk.bridge.leave()
        if on:
            self.form = WholeForm(self.desk, self._make)
            self.form.reached.connect(self._reached)
            self._stack.addWidget(self.form)
        elif self.form is not None:
            gone, self.form = self.form, None
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._step = ""
        self.show_step(step)
        if address and self.desk.call.step_of(address) == step:
            self.go(address)

    def toggle_paper(self) -> None:
        """The paper, and back to the field that was left for it."""
        if self._step != "submit":
            self._before_paper = self._address or f"step:{self._step}"
            self.show_step("submit")
        else:
            self.go(self._before_paper)

    def _reached(self, step: str) -> None:
        """Another step is in sight on the long page."""
        self._step = step
        self.rail.set_current(step)
        self._foot.set_step(self._step, self.width())

    def _keep_axis(self, step: str, scrolls: bool) -> None:
        if step == self._step:
            self._foot.set_axis(scrolls=scrolls)
            self._notices.set_axis(scrolls=scrolls)

    def show_step(self, step: str) -> None:
        """Open a step; the field in focus is left first, so that what was typed is taken."""
        if step not in STEPS or (step == self._step and self.form is None):
            return
        focused = QApplication.focusWidget()
        inside = focused is not None and self._stack.isAncestorOf(focused)
        self.desk.bridge.leave()
        self._step = step
        self._address = ""
        page = self.page(step)
        if self.form is not None and step in FORM_STEPS:
            self._expose(self.form)
            self.form.show_step(step)
            self._step = step
        else:
            if isinstance(page, StepPage):
                self._catch_up(page)
            self._expose(page)
        widest = page.widest if isinstance(page, StepPage) else 940
        widest = WIDEST if self._stack.currentWidget() is self.form else widest
        self._foot.set_widest(widest)
        self._notices.set_widest(widest)
        if isinstance(page, StepPage):
            bar = page.area.verticalScrollBar()
            self._keep_axis(step, bar.maximum() > bar.minimum())
        self.rail.set_current(step)
        self.panel.show_help("")
        self._ahead.wait()
        if inside:
            self.focus_first()

    def _expose(self, page: QWidget) -> None:
        """Show a page in the room that it is to have, for each width on the way there costs a table all its rows."""
        inner, outer = self._stack.layout(), self.layout()
        assert inner is not None
        assert outer is not None
        inner.setEnabled(False)  # the page that is left keeps its width
        try:
            self._arrange()
            outer.activate()
            page.setGeometry(self._stack.rect())
            self._stack.setCurrentWidget(page)
        finally:
            inner.setEnabled(True)

    def open_step(self, step: str) -> None:
        """Open a step for whoever wants to write in it: focus goes to its first field."""
        self.show_step(step)
        self.focus_first()

    def step_by(self, by: int) -> None:
        """The next step or the one before; focus goes to its first field."""
        at = STEPS.index(self._step) + by
        if 0 <= at < len(STEPS):
            self.open_step(STEPS[at])

    def focus_first(self) -> None:
        """Focus to the first field of the step that is open, or to whatever it has first."""
        page = self.page(self._step)
        first = page.first_field() if isinstance(page, StepPage) else None
        first = first or next(stops(page), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._focus_changed(None, first)  # Qt says nothing where the page took focus as it was opened

    def go(self, address: str, marked: Iterable[str] = ()) -> None:
        """Open the step of an address, scroll to the field, focus and mark."""
        if address.startswith("step:"):
            self.show_step(address.removeprefix("step:"))
            return
        step = self.desk.call.step_of(address)
        self.show_step(step)
        page = self.page(step)
        if isinstance(page, StepPage) and not page.focus(address, tuple(marked) or (address,)):
            first = page.first_field()
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def select(self, path: str, text: str, start: int, end: int) -> None:
        """Select words that were found in the field at an address."""
        page = self.page(self._step)
        if isinstance(page, StepPage):
            page.select(path, text, start, end)

    # -- following the session --------------------

    def _changed(self, change: Change) -> None:
        # What nobody sees is drawn when it is next shown: an edit costs the same however many steps were visited.
        for step, page in tuple(self._made.items()):
            if not self._shows(step):
                self._behind.setdefault(step, change.before)
            elif isinstance(page, StepPage):
                page.refresh(change)
        if self.form is not None:
            self.form.refresh(change)
        self._follow_totals()
        self._ahead.wait()
        if change.focus:
            self.go(change.focus)

    def _follow_totals(self) -> None:
        self.meter.set(meter_view(self.desk))
        self._follow_title()

    def _follow_title(self) -> None:
        title = self.desk.session.value("project.title") or self.desk.t("Untitled project")
        call = self.desk.call
        self.rail.set_about(title, call.text(call.short_title or call.title, self.desk.words.language))
        self.title_changed.emit()

    def _judged(self) -> None:
        check = self.desk.session.check
        self._states = states(check)
        self.rail.set_items([self._rail_item(at, state) for at, state in enumerate(self._states)])
        if self._step:
            self.rail.set_current(self._step)
        for step, page in tuple(self._made.items()):
            if not self._shows(step):
                self._behind.setdefault(step, self.desk.session.draft)
            elif isinstance(page, StepPage):
                page.judge(check.open_findings)
                self._set_state(page)
        if self.form is not None:
            self.form.judge(check.open_findings)
            for page in self.form.pages():
                self._set_state(page)
        self.panel.show_findings()

    def _shows(self, step: str) -> bool:
        """Whether the page of a step by itself is in sight."""
        return step == self._step and (self.form is None or step not in FORM_STEPS)

    def _catch_up(self, page: StepPage) -> None:
        """Draw what has changed since a page was last seen."""
        before = self._behind.pop(page.step, None)
        if before is None:
            return
        now = self.desk.session.draft
        if before is not now:
            page.refresh(Change(before, now, ("",), structural=True))
        page.judge(self.desk.session.check.open_findings)
        self._set_state(page)

    def _set_state(self, page: StepPage) -> None:
        state = next((item for item in self._states if item.step == page.step), None)
        if state is not None:
            page.set_state(state)

    def _rail_item(self, at: int, state: StepState) -> RailItem:
        desk = self.desk
        name, words = desk.t(STEP_NAMES[state.step]), desk.say(state.words)
        spoken = desk.t(
            "Step {number} / {count}: {name}, {state}", number=at + 1, count=len(STEPS), name=name, state=words
        )
        return RailItem(state.step, name, desk.t(SHORT_STEP_NAMES[state.step]), state.state.value, words, spoken)

    def _meter_clicked(self, key: str) -> None:
        """A figure says how it came about; the time leads to the terms of the call."""
        self.desk.wishes.command.emit("terms" if key == "time" else f"figure:{key}")

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        node = new
        while node is not None and node is not self:
            address = node.property("address")
            if address:
                self._focused(str(address))
                break
            node = node.parentWidget()
        step = self.form.step_of(new) if self.form is not None else ""
        if step and step != self._step:
            self._reached(step)

    def _focused(self, address: str) -> None:
        """Focus is in a field or cell: help follows, and another view would open there."""
        self._address = address
        self._ahead.wait()
        self.panel.show_help(address)
