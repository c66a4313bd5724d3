"""What every step's page shares: its head, its fields and tables by address, and the way to one of them.

A page declares `step`, `lead` and `build`; it holds no value and has no load or save.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hakemus.domain.findings import Finding
from hakemus.domain.paths import row_of, table_of, within
from hakemus.domain.steps import STEPS
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.ui.binding.fields import BoundField
from hakemus.ui.binding.row_details import Bound, Detail, RowDetails
from hakemus.ui.binding.tables import BoundTable
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import CARD_MARGIN, PAGE_MARGIN
from hakemus.ui.widgets.badges import Badge
from hakemus.ui.widgets.boxes import Host, Item, Page, card, centred, clear_box, column, frame, row, scroll
from hakemus.ui.widgets.buttons import Button, button
from hakemus.ui.widgets.field import Field, Kind, side_by_side
from hakemus.ui.widgets.flow import Aside, Flow
from hakemus.ui.widgets.labels import MIDDLE, Label, label
from hakemus.ui.widgets.page_area import PageArea
from hakemus.ui.widgets.reading_order import stops
from hakemus.usecases.session import Change
from hakemus.usecases.wizard import StepState


class Longer(Protocol):
    """A longer page that a step's page is part of."""

    area: PageArea

    def aim(self, widget: QWidget) -> None:
        """Scroll a widget into sight, and keep it there until everything has its place."""
        ...


class StepPage(QWidget):
    """One step. Subclasses set `step` and `lead` (English source texts) and give their parts in `build`."""

    step: ClassVar[str]
    lead: ClassVar[str]
    widest: ClassVar[int] = 940
    fills: ClassVar[int | None] = None
    """Which part of the page takes the height that is left."""

    def __init__(self, desk: Desk, outer: Longer | None = None) -> None:
        """`outer`: the longer page that this one is part of; without one it scrolls by itself."""
        super().__init__()
        self.setObjectName("clear")
        self.desk = desk
        self.fields: dict[str, Bound] = {}
        self.tables: list[BoundTable] = []
        self._details: list[tuple[BoundTable, RowDetails]] = []
        self._followers: list[Callable[[], None]] = []
        self._badge = Badge("empty", desk.t("Not started"))
        self._stale = False
        parts = self.build()
        inner = Page(column(self._head(), *parts, None, gap=16, margins=(32, 16, 32, 16)))
        if self.fills is not None and outer is None:
            box = inner.layout()
            assert isinstance(box, QVBoxLayout)
            box.setStretch(1 + self.fills, 1000)
        self._inner = inner
        self._outer = outer
        self.area: PageArea = outer.area if outer else scroll(Host(centred(inner, self.widest)))
        self.setLayout(column(self.area if outer is None else inner, gap=0))
        if outer is not None:
            for table in self.tables:
                table.widget.set_fitted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text on a small screen gives up air before anything else."""
        super().resizeEvent(event)
        side = 12 if self.width() / look().scale.factor < 640 else 32
        inner = self._inner.layout()
        if inner is not None and inner.contentsMargins().left() != sp(side):
            inner.setContentsMargins(sp(side), sp(16), sp(side), sp(16))

    # -- declared by each page --------------------

    def build(self) -> Sequence[Item]:
        """The parts of the page, in reading order."""
        raise NotImplementedError

    def changed(self, change: Change) -> None:
        """What else must follow a change."""

    def judged(self, findings: tuple[Finding, ...]) -> None:
        """What else must follow a judgement."""

    # -- parts --------------------

    def _head(self) -> QVBoxLayout:
        desk = self.desk
        number = STEPS.index(self.step) + 1
        count = label(desk.t("Step {number} / {count}", number=number, count=len(STEPS)), "small")
        side = row(gap=12)
        side.addWidget(count, 0, MIDDLE)
        side.addWidget(self._badge, 0, MIDDLE)
        top = Aside(label(desk.t(STEP_NAMES[self.step]), "h1", wrap=True), clear_box(side))
        return column(top, label(desk.t(self.lead), "body2", wrap=True), gap=1)

    def field(
        self,
        path: str,
        *,
        kind: Kind | None = None,
        label: str = "",
        hint: str = "",
        optional: bool = False,
        rows: int = 3,
        width: int | None = None,
        options: Sequence[tuple[str, str]] = (),
    ) -> Field:
        """A field tied to an address."""
        bound = BoundField(
            self.desk,
            path,
            kind=kind,
            label=label,
            hint=hint,
            optional=optional,
            rows=rows,
            width=width,
            options=options,
            parent=self,
        )
        self.fields[path] = bound
        return bound.widget

    def follow(self, what: Callable[[], None]) -> None:
        """Have something done after every change of the draft."""
        self._followers.append(what)

    def beside(self, *fields: Field) -> QHBoxLayout:
        return side_by_side(*fields)

    def forget_fields(self, under: str) -> None:
        """Drop the fields of an address that are being built anew."""
        for path in [path for path in self.fields if within(path, under)]:
            self.fields.pop(path).setParent(None)

    def add_table(self, table: BoundTable) -> BoundTable:
        self.tables.append(table)
        return table

    def forget_table(self, table: BoundTable) -> None:
        if table in self.tables:
            self.tables.remove(table)
        self._details = [(owner, made) for owner, made in self._details if owner is not table]

    def card(self, title: str, *items: Item, gap: int = 12) -> QFrame:
        """A card with a heading."""
        return card(label(title, "h2", wrap=True), *items, gap=gap) if title else card(*items, gap=gap)

    def table_card(
        self,
        title: str,
        table: BoundTable,
        *,
        hint: str = "",
        tools: Sequence[Button] = (),
        below: QWidget | None = None,
    ) -> QFrame:
        """A card whose table reaches its edges, as high as its rows."""
        table.widget.set_fitted()
        head = Flow(label(title, "h2"), None, *tools, gap=6)
        top = column(head, gap=2)
        if hint:
            top.addWidget(label(hint, "small", wrap=True))
        top.setContentsMargins(sp(CARD_MARGIN), sp(12), sp(CARD_MARGIN) - px(6), sp(10))
        box = column(top, table.widget, gap=0)
        box.setContentsMargins(1, 1, 1, 1)
        if below is not None:
            box.addWidget(below)
        return frame(box)

    def details_of(
        self, table: BoundTable, *details: Detail, columns: int = 3, says: Callable[[str], str] | None = None
    ) -> RowDetails:
        """The fields of a table's current row, which also hold what narrow tables leave out; `says`: what else
        there is to say of the row."""
        return self.rows_fields(table, lambda _at: details, columns=columns, says=says)

    def rows_fields(
        self,
        table: BoundTable,
        details: Callable[[str], Sequence[Detail]],
        *,
        columns: int = 3,
        says: Callable[[str], str] | None = None,
    ) -> RowDetails:
        """The same for a table whose rows differ in kind: which fields a row has is asked for its address."""
        desk = self.desk

        def title(at: str) -> str:
            item = desk.session.value(at)
            name = next(
                (
                    text
                    for text in (
                        getattr(item, "name", None),
                        getattr(item, "title", None),
                        getattr(item, "source", None),
                        getattr(item, "description", None),
                    )
                    if text and text.strip()
                ),
                desk.t("Unnamed"),
            )
            return desk.t("More about the row: {name}", name=name)

        def register(bound: Bound | None, at: str) -> None:
            if bound is None:
                self.forget_fields(at)
            else:
                self.fields[bound.path] = bound

        made = RowDetails(desk, details, title, register, columns, says)
        table.row_focused.connect(made.show_row)
        self._details.append((table, made))
        return made

    def left_out_of(self, table: BoundTable) -> RowDetails:
        """What a narrow table has no column for, of its current row; nothing where all columns are in sight."""
        made = self.rows_fields(table, lambda _at: [Detail(key) for key in table.left_out()])
        table.widget.columns_changed.connect(lambda: made.build(made.row or table.widget.current_row()))
        return made

    def row_tools(self, table: BoundTable, add: str = "") -> list[Button]:
        """The buttons of a table: what its keys do; none where the table is only read."""
        desk = self.desk
        if desk.read_only:
            return []
        view = table.widget
        tools = [
            button("", "copy", "tool", tip=desk.t("Copy the row (Ctrl+D)"), does=lambda: view.do("duplicate")),
            button("", "trash", "tool", tip=desk.t("Remove the row (Ctrl+Delete)"), does=lambda: view.do("remove")),
        ]
        if add:
            tools.insert(0, button(add, "plus", "small", does=lambda: table.add_row(view.current_row())))
        return tools

    def fit_tools(self, tools: Sequence[tuple[Button, str]], beside: Sequence[Button]) -> None:
        """Tools with their words where all stand on one line with the buttons beside them, else with icons alone."""
        for made, words in tools:
            made.set_words(words, words)
        shown = [*beside, *(made for made, _words in tools)]
        need = sum(made.sizeHint().width() for made in shown) + sp(8) * len(shown)
        side = sp(PAGE_MARGIN)
        inside = min(self.width() - self.area.verticalScrollBar().sizeHint().width() - 2 * side, px(self.widest))
        if need > inside:
            for made, words in tools:
                made.set_words("", words)

    # -- what the wizard tells --------------------

    def set_state(self, state: StepState) -> None:
        """The badge beside the title."""
        self._badge.set(state.state.value, self.desk.say(state.words))

    def refresh(self, change: Change) -> None:
        """Follow a change of the draft."""
        for bound in tuple(self.fields.values()):
            if bound.concerns(change):
                bound.refresh()
        for table in tuple(self.tables):
            table.refresh(change)
        for _table, details in self._details:
            details.follow()
        for follow in self._followers:
            follow()
        self.changed(change)

    def judge(self, findings: tuple[Finding, ...]) -> None:
        """Follow a judgement."""
        for bound in tuple(self.fields.values()):
            bound.judge(findings)
        for table in tuple(self.tables):
            table.judge(findings)
        self.judged(findings)

    def focus(self, path: str, marked: Iterable[str] = ()) -> bool:
        """Scroll to an address, focus it and mark what a finding concerns; False where this page lacks it."""
        paths = tuple(marked)
        for bound in self.fields.values():
            bound.widget.set_marked(bound.path in paths)
        for table in self.tables:
            table.mark([item for item in paths if within(item, table.path)])
        if any(table.holds(path) and table.in_sight(path) for table in self.tables) and self._focus_table(path, paths):
            return True
        return self._focus_field(path) or self._focus_table(path, paths) or self.focus_other(path)

    def focus_other(self, _path: str) -> bool:
        """Addresses that are neither a field nor a cell of this page."""
        return False

    def _focus_field(self, path: str) -> bool:
        bound = self.fields.get(path) or next(
            (item for key, item in self.fields.items() if within(path, key) or within(key, path)), None
        )
        if bound is None:
            return False
        bound.widget.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show(bound.widget)
        return True

    def _focus_table(self, path: str, marked: Sequence[str]) -> bool:
        best = max(
            (table for table in self.tables if table.holds(path)),
            key=lambda table: len(table.path),
            default=None,
        )
        if best is None:
            return False
        if not best.focus(path):
            best.widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not best.in_sight(path) and self._focus_row_field(best, path):
            self.fields[path].widget.set_marked(path in marked)
            return True
        self._show(best.widget)
        return True

    def _focus_row_field(self, table: BoundTable, path: str) -> bool:
        """A field that has no cell in sight stands below its table."""
        row_at = row_of(path)
        details = next((made for owner, made in self._details if owner is table), None)
        if details is None or row_at is None or row_at == path or table_of(row_at) != table.path:
            return False  # a row that the whole table belongs to, such as a goal without indicators, is none of its own
        if details.row != row_at:
            details.build(row_at)
        return path in self.fields and self._focus_field(path)

    def select(self, path: str, text: str, start: int, end: int) -> None:
        """Select words of a field's text, where the field shows that very text; offsets count characters."""
        bound = self.fields.get(path)
        if isinstance(bound, BoundField):
            bound.widget.select(text, start, end)

    def _show(self, widget: QWidget) -> None:
        if self._outer is not None:
            self._outer.aim(widget)
            return
        # After a change of page the layout is settled only in the next turn of the event loop.
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(widget, px(20), px(60)))

    def first_field(self) -> QWidget | None:
        """Where focus goes when the page is opened without an address."""
        places: list[QWidget] = [bound.widget.control for bound in self.fields.values()]
        places += [table.widget for table in self.tables]
        read = (place for stop in stops(self) for place in places if place is stop or place.isAncestorOf(stop))
        return next(read, next(iter(places), None))


def heading(text: str) -> Label:
    return label(text, "h2")


Does = Callable[[], object]
