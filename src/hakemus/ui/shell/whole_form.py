"""The whole form on one long page, for who knows it: the steps under each other, made as they come near."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from hakemus.domain.findings import Finding
from hakemus.domain.steps import STEPS
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import px
from hakemus.ui.pages.base import StepPage
from hakemus.ui.widgets.boxes import Host, Page, centred, column, line, scroll
from hakemus.ui.widgets.labels import label
from hakemus.usecases.session import Change

FORM_STEPS = STEPS[: STEPS.index("review")]
"""What is filled in; review and submitting are looked at, and stay pages of their own."""
WIDEST = 1100
SETTLED_MS = 400
"""After this long nothing that was made on the way moves what was gone to."""
UNMADE = 700
"""Units of height that a step takes until its page is made."""

_DEPTH = 6
"""So many layouts lie inside each other: a request for a new layout goes up by one of them at a time."""

MakePage = Callable[..., QWidget]


class _Section(QFrame):
    """The place of one step: its name until its page is made."""

    def __init__(self, step: str, name: str) -> None:
        super().__init__()
        self.setObjectName("clear")
        self.step = step
        self.page: QWidget | None = None
        self._name = label(name, "h1", wrap=True)
        self._box: QVBoxLayout = column(self._name, None, gap=0, margins=(32, 16, 32, 16))
        self.setLayout(self._box)
        self.setMinimumHeight(px(UNMADE))

    def hold(self, page: QWidget) -> None:
        self.page = page
        self._name.hide()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.insertWidget(0, page)
        self.setMinimumHeight(0)


class WholeForm(QWidget):
    """`reached` is the step at the top of what is in sight, when it becomes another."""

    reached = Signal(str)

    def __init__(self, desk: Desk, make: MakePage) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._make = make
        self._sections = {step: _Section(step, desk.t(STEP_NAMES[step])) for step in FORM_STEPS}
        parts: list[QWidget] = []
        for at, section in enumerate(self._sections.values()):
            parts += [line(), section] if at else [section]
        inner = Page(column(*parts, None, gap=0))
        self.area = scroll(Host(centred(inner, WIDEST)))
        self.area.verticalScrollBar().valueChanged.connect(lambda _at: self._scrolled())
        self.setLayout(column(self.area, gap=0))
        self._top = ""
        self._leading = False
        self._aim: QWidget | None = None
        self._offset = 0
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._let_go)
        self._inner = inner
        inner.installEventFilter(self)
        self.area.viewport().installEventFilter(self)
        self.area.verticalScrollBar().installEventFilter(self)

    # -- sections --------------------

    def page(self, step: str) -> QWidget:
        """The page of a step, made when it is first asked for; what is in sight stays where it is."""
        section = self._sections[step]
        if section.page is not None:
            return section.page
        at = self.area.verticalScrollBar().value()
        if self._aim is None and section.y() + section.height() <= at:
            # what is in sight stays there while something above it takes another height
            top = next((item for item in self._sections.values() if item.geometry().bottom() >= at), section)
            self._hold(top, at - top.y())
        page = self._make(step, self)
        section.hold(page)
        if self._aim is not None:
            QTimer.singleShot(0, self, self._reach)
        return page

    def pages(self) -> Iterator[StepPage]:
        """The pages that are made."""
        return (item.page for item in self._sections.values() if isinstance(item.page, StepPage))

    def step_of(self, widget: QWidget | None) -> str:
        """The step in whose section a widget lies; empty for none."""
        return next((item.step for item in self._sections.values() if widget and item.isAncestorOf(widget)), "")

    def show_step(self, step: str) -> None:
        """Scroll a step's heading to the top."""
        self._top = step
        self.page(step)
        self.aim(self._sections[step])

    def aim(self, widget: QWidget) -> None:
        """Scroll a section to the top or a part of one into sight, and keep it there until all has its place.

        What is made while it comes near still moves it; whoever scrolls by hand ends that.
        """
        self._hold(widget, 0)
        self._reach()
        self._settled.start()

    def _hold(self, aim: QWidget, offset: int) -> None:
        self._aim, self._offset = aim, offset
        self.area.lead()
        self._settled.start()

    def _reach(self) -> None:
        aim = self._aim
        if aim is None or not isValid(aim):
            return
        self._settle()
        self._leading = True
        if isinstance(aim, _Section):
            self.area.verticalScrollBar().setValue(aim.y() + self._offset)
        else:
            self.area.ensureWidgetVisible(aim, px(20), px(60))
        self._leading = False
        self._near()

    def _let_go(self, *, by_hand: bool = False) -> None:
        self._aim = None
        self.area.let_go(follow=not by_hand)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Wheel or (kind == QEvent.Type.MouseButtonPress and watched is not self._inner):
            self._let_go(by_hand=True)
        elif kind in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self._aim is not None and not self._leading:
            QTimer.singleShot(0, self, self._reach)
        return False

    def _settle(self) -> None:
        """Give everything its place now: the next scrolling goes by it, and nothing that moves meanwhile is a step."""
        self._leading = True
        for _ in range(_DEPTH):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if any(item.height() < item.minimumSizeHint().height() for item in self._sections.values()):
            # Sections that were squeezed while their pages were made: the page has not been told how high it is now.
            self._inner.updateGeometry()
            for _ in range(_DEPTH):
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            host = self.area.widget()
            if host is not None:
                host.resize(host.width(), host.minimumSizeHint().height())
        self._leading = False

    # -- coming near --------------------

    def _scrolled(self) -> None:
        if self._leading:
            return
        self._near()
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused) and not focused.visibleRegion().isEmpty():
            return  # the step is that of the field in use
        at = self.area.verticalScrollBar().value() + self.area.viewport().height() // 4
        top = next((item.step for item in self._sections.values() if item.y() + item.height() > at), "")
        if top and top != self._top:
            self._top = top
            self.reached.emit(top)

    def _near(self) -> None:
        """Make what is in sight, and its neighbours, so that Tab always finds the next field."""
        low = self.area.verticalScrollBar().value()
        high = low + self.area.viewport().height()
        steps = list(self._sections)
        if self._aim is not None and isValid(self._aim):
            # On the way to somewhere, what passes by need not be made.
            at = next(
                n for n, item in enumerate(self._sections.values()) if item is self._aim or item.isAncestorOf(self._aim)
            )
            for step in steps[max(0, at - 1) : at + 2]:
                self.page(step)
            return
        seen = [
            at for at, item in enumerate(self._sections.values()) if item.y() < high and item.geometry().bottom() > low
        ]
        if seen:
            for step in steps[max(0, seen[0] - 1) : seen[-1] + 2]:
                self.page(step)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._near)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._near)

    # -- following --------------------

    def refresh(self, change: Change) -> None:
        for page in tuple(self.pages()):
            page.refresh(change)

    def judge(self, findings: tuple[Finding, ...]) -> None:
        for page in tuple(self.pages()):
            page.judge(findings)
