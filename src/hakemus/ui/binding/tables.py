"""A table of the kit tied to a table of the application: cells to addresses, keys to rows added, moved and removed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFontMetrics

from hakemus.domain.fields import Kind, word
from hakemus.domain.findings import Finding
from hakemus.domain.messages import msg
from hakemus.domain.money import Money
from hakemus.domain.paths import parse, row_path, within
from hakemus.i18n import amounts, dates
from hakemus.i18n.field_names import words_of
from hakemus.ui.binding import pasted_rows
from hakemus.ui.binding.pasted_rows import Target
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import font, look
from hakemus.ui.tables.row_table import RowTable
from hakemus.ui.tables.rows import Cell, Column, Row, RowKey, TableWords
from hakemus.usecases import typed
from hakemus.usecases.renewing import is_carried
from hakemus.usecases.session import Change, row_word

Options = Callable[[], Sequence[tuple[str, str]]]

ADD = "+add"
_HEAD_AIR = 31
"""Air left and right of a head; the outer column of a card has more than the others."""
NOTHING = "–"
"""How a list to choose from shows that nothing is chosen; the cell itself stays empty then."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A column of a bound table. `show` computes what a column shows that is no field of its own."""

    key: str
    width: int = 100
    stretch: bool = False
    right: bool = False
    head: str = ""
    options: Options | None = None
    show: Callable[[Any], str] | None = None
    editable: bool = True
    gantt: bool = False
    rank: int = 0
    """Where there is no room, columns of the highest rank go first; those of rank 0 never go."""


def shown_value(value: Any) -> str:
    """A value as it stands in a table: without signs of currency, which stand in the heads."""
    if isinstance(value, Money):
        return amounts.format_money(value, symbol=False)
    return typed.shown(value)


def _room_for(head: str) -> int:
    """Units that a column needs for its head, whatever the language makes of it."""
    return math.ceil(QFontMetrics(font("small", 600)).horizontalAdvance(head) / look().scale.factor) + _HEAD_AIR


@dataclass
class _Source:
    """Rows of one table, made when they are drawn. The stamp of a row is its own frozen value with what waits in it."""

    table: BoundTable
    made: list[RowKey] = field(default_factory=list)

    def keys(self) -> Sequence[RowKey]:
        self.made = list(self.table.row_keys())
        return self.made

    def row(self, index: int) -> Row:
        return self.table.make_row(self.made[index])


class BoundTable(QObject):
    """Rows of `path` (`partners`, `goals[a].indicators`) with their columns. Row ids are addresses."""

    row_focused = Signal(str)
    """The address of the row in which the cursor stands; empty for none."""

    def __init__(
        self,
        desk: Desk,
        path: str,
        specs: Sequence[Spec],
        *,
        name: str = "",
        add: str = "",
        shape: str = "inset",
        parent: QObject | None = None,
    ) -> None:
        """`add`: the words of the last row, by which rows are added; empty leaves it out."""
        super().__init__(parent)
        self.desk, self.path, self.specs, self._add = desk, path, specs, add
        self._closed: dict[str, Sequence[tuple[str, str]]] = {}
        self.names = 0
        """Grows when the words of a list change: cells that show one are drawn again."""
        self._offered = {spec.key: tuple(spec.options()) for spec in specs if spec.options is not None}
        self._columns = tuple(self._column(spec) for spec in specs)
        words = TableWords(
            name or desk.field_name(path),
            empty=desk.t("not filled in"),
            mark_missing=desk.t("missing"),
            mark_error=desk.t("Error"),
            mark_warning=desk.t("Warning"),
            mark_old=desk.t("from the old application"),
        )
        self.widget = RowTable(self._columns, words, shape=shape)
        self._marks: Mapping[str, str] = {}
        self._wire()
        self.widget.set_read_only(desk.session.read_only)
        if not desk.session.read_only:
            self.widget.more = ((desk.t("Mark as secret…"), lambda: desk.wishes.command.emit("mark_secret")),)
        if any(spec.rank for spec in specs):
            self.widget.installEventFilter(self)
        self._source = _Source(self)
        self.widget.set_source(self._source)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table that has become narrower gives up columns, never words."""
        if event.type() == QEvent.Type.Resize and watched is self.widget:
            self._fit_columns()
        return False

    def _fit_columns(self) -> None:
        room = self.widget.width() / look().scale.factor
        widths = {column.key: column.width for column in self._columns}
        hidden: list[str] = []
        for spec in sorted((spec for spec in self.specs if spec.rank), key=lambda spec: -spec.rank):
            if sum(width for key, width in widths.items() if key not in hidden) <= room:
                break
            hidden.append(spec.key)
        self.widget.set_hidden(hidden)

    def _column(self, spec: Spec) -> Column:
        path = f"{self.path}[x].{spec.key}"
        head = spec.head or self.desk.field_name(path)
        return Column(
            spec.key,
            head,
            "num" if spec.right else "text",
            spec.width if spec.stretch else max(spec.width, _room_for(head)),
            stretch=spec.stretch,
            editable=spec.editable and spec.show is None and not spec.gantt,
            choices=tuple(self.options_of(spec)),
            gantt=spec.gantt,
        )

    def options_of(self, spec: Spec) -> Sequence[tuple[str, str]]:
        """What a cell of closed words or references may hold: (stored, shown)."""
        if spec.options is not None:
            return spec.options()
        if spec.key not in self._closed:
            self._closed[spec.key] = self._closed_words(spec)
        return self._closed[spec.key]

    def _closed_words(self, spec: Spec) -> Sequence[tuple[str, str]]:
        if spec.show is not None or spec.gantt:
            return ()
        path = f"{self.path}[x].{spec.key}"
        kind = typed.kind_of(path)
        if kind is Kind.WORD:
            return [("", NOTHING), *((stored, self.desk.t(name)) for stored, name in words_of(path).items())]
        if kind is Kind.FLAG:
            return [("", NOTHING), ("true", self.desk.t("Yes")), ("false", self.desk.t("No"))]
        return ()

    # -- rows --------------------

    def rows(self) -> Sequence[Any]:
        return self.desk.session.value(self.path) or ()

    def row_keys(self) -> Iterable[RowKey]:
        waiting = self.desk.session.draft.pending
        for item in self.rows():
            at = row_path(self.path, item.id)
            mine = tuple(text for path, text in waiting.items() if within(path, at)) if waiting else ()
            marks = tuple(mark for path, mark in self._marks.items() if within(path, at)) if self._marks else ()
            stamp = (item, mine, marks, self.names, self.desk.session.draft.sources, self.stamp(item))
            yield RowKey(at, self.kind_of(item), stamp)
        if self._add and not self.desk.read_only:
            yield RowKey(ADD, "add", self._add)

    def kind_of(self, _item: Any) -> Any:
        return "line"

    def stamp(self, _item: Any) -> object:
        """Whatever else a row's drawing hangs on."""
        return None

    def make_row(self, key: RowKey) -> Row:
        if key.id == ADD:
            return Row(ADD, "add", {self._columns[0].key: Cell(self._add)})
        item = self.item(key.id)
        return Row(
            key.id, key.kind, {spec.key: self.cell(key.id, item, spec) for spec in self.specs}, detail=self.detail(item)
        )

    def detail(self, _item: Any) -> str:
        return ""

    def item(self, row: str) -> Any:
        return self.desk.session.value(row)

    def cell(self, row: str, item: Any, spec: Spec) -> Cell:
        if spec.gantt or item is None:
            return Cell()
        if spec.show is not None:
            return Cell(spec.show(item), editable=False)
        path = f"{row}.{spec.key}"
        waiting = self.desk.session.draft.pending.get(path)
        if waiting is not None:
            reason = self.desk.session.pending_reason(path)
            return Cell(waiting, waiting, "error", tip=self.desk.say(reason) if reason else "")
        value = getattr(item, spec.key)
        mark: Any = self._marks.get(path, "") or ("old" if is_carried(self.desk.session.draft, path) else "")
        options = self.options_of(spec)
        if options:
            stored = typed.shown(word(value) if isinstance(value, str) else value)
            shown = next((name for name_stored, name in options if name_stored == stored), stored)
            shown = "" if shown == NOTHING else shown
            return Cell(shown, stored, mark)
        return Cell(shown_value(value), typed.shown(value), mark)

    # -- what the user does --------------------

    def _wire(self) -> None:
        table = self.widget
        table.cell_typed.connect(self._typed)
        table.cell_edited.connect(self._edited)
        table.cell_focused.connect(self._focused)
        table.row_added.connect(self.add_row)
        table.row_removed.connect(self._removed)
        table.row_moved.connect(self._moved)
        table.row_duplicated.connect(self._duplicated)
        table.pasted.connect(self._pasted)

    def _typed(self, row: str, key: str, text: str) -> None:
        if row != ADD and not self._is_choice(key):
            self.desk.session.edit(f"{row}.{key}", text)

    def _edited(self, row: str, key: str, text: str) -> None:
        if row == ADD:
            return
        self.desk.session.edit(f"{row}.{key}", text)
        self.desk.bridge.leave()

    def _is_choice(self, key: str) -> bool:
        spec = next(item for item in self.specs if item.key == key)
        return bool(self.options_of(spec))

    def _focused(self, row: str, key: str) -> None:
        inside = row != ADD and row.startswith(f"{self.path}[")
        if inside:
            self.desk.wishes.focused.emit(f"{row}.{key}")
        self.row_focused.emit(row if inside else "")

    def new_values(self) -> Mapping[str, Any]:
        """What a new row starts with."""
        return {}

    def add_row(self, after: str = "") -> None:
        """A new row behind another, or at the end; the cursor goes into it."""
        at = None
        if after and after.startswith(f"{self.path}["):
            ids = [item.id for item in self.rows()]
            key = parse(after)[-1].key
            at = ids.index(key) + 1 if key in ids else None
        name = self.desk.session.insert_row(self.path, self.new_values(), at)
        self.widget.focus_cell(row_path(self.path, name), self.first_typed(), edit=True)

    def first_typed(self) -> str:
        """The first column to type into: whoever adds a row begins with its words, not with a list."""
        return next((column.key for column in self._columns if column.editable and not column.choices), "")

    def _removed(self, rows: list[str]) -> None:
        self.desk.session.remove_rows([row for row in rows if row != ADD])
        self.widget.setFocus()
        if not self.widget.current_row() and self._add:
            self.widget.focus_cell(ADD)

    def _moved(self, row: str, delta: int) -> None:
        self.desk.session.move_row(row, delta)

    def _duplicated(self, row: str) -> None:
        name = self.desk.session.duplicate_row(row)
        if name:
            self.widget.focus_cell(row_path(self.path, name))

    def _pasted(self, row: str, key: str, block: list[list[str]]) -> None:
        """Cells over the rows and columns in sight from the cursor on, as `copy` takes them; what cannot be typed is
        passed over, and rows that are too many become new ones. One step to undo."""
        shown, every = self._paste_targets(key, in_sight=True), self._paste_targets(key, in_sight=False)
        ids = [made.id for made in self.row_keys() if made.id.startswith(f"{self.path}[")]
        start = ids.index(row) if row in ids else len(ids)
        label = msg("pasting rows: {row}", row=row_word(self.path))
        lines = pasted_rows.lines(block, shown, every)
        onto = {
            f"{ids[start + n]}.{name}": text
            for n, texts in enumerate(lines)
            if start + n < len(ids)
            for name, text in texts.items()
        }
        new = lines[max(0, len(ids) - start) :]
        if onto and not new:
            self.desk.session.edit_many(onto, label)
        elif new and not onto:
            self.desk.session.insert_rows(self.path, new, label)
        else:
            self.desk.session.edit_and_insert(onto, self.path, new, label)

    def field_name(self, key: str) -> str:
        """The field behind a column."""
        return key

    def _paste_targets(self, key: str, *, in_sight: bool) -> list[Target]:
        """Where pasted cells fall, from a column on."""
        hidden = self.widget.isColumnHidden
        typable = [spec.editable and spec.show is None and not spec.gantt for spec in self.specs]
        specs = [
            (spec, f"{self.path}[x].{self.field_name(spec.key)}" if typable[at] else "")
            for at, spec in enumerate(self.specs)
            if not (spec.gantt or (hidden(at) and (in_sight or not typable[at])))
        ]
        first = next((at for at, (spec, _path) in enumerate(specs) if spec.key == key), 0)
        return [
            Target(path, {shown.casefold(): stored for stored, shown in self.options_of(spec)})
            for spec, path in specs[first:]
        ]

    # -- what comes back --------------------

    def refresh(self, change: Change | None = None) -> None:
        """Draw what has changed."""
        if self._follow_choices() or change is None or any(self._hears(path) for path in change.paths):
            self.widget.refresh()

    def _follow_choices(self) -> bool:
        """Lists made of the application's own rows, as payers are, change with them; whether one did."""
        before = self.names
        for spec in self.specs:
            if spec.options is not None:
                now = tuple(spec.options())
                if now != self._offered.get(spec.key, ()):
                    self._offered[spec.key] = now
                    self.widget.set_choices(spec.key, now)
                    self.names += 1
        return self.names != before

    def _hears(self, path: str) -> bool:
        return path == "" or within(path, self.path) or within(self.path, path)

    def judge(self, findings: Iterable[Finding]) -> None:
        """Mark the cells that findings concern."""
        marks: dict[str, str] = {}
        for finding in findings:
            for path in finding.paths:
                if within(path, self.path) and path != self.path:
                    level = "missing" if finding.kind == "required" else finding.severity.value
                    if level in ("error", "warning", "missing"):
                        marks.setdefault(path, level)
        if marks != self._marks:
            self._marks = marks
            self.widget.refresh()

    def holds(self, path: str) -> bool:
        """Whether an address lies in this table, or the table under it."""
        return within(path, self.path) or within(self.path, path)

    def focus(self, path: str) -> bool:
        """Go to an address of this table; False where it is none of its own."""
        if not within(path, self.path):
            return False
        pieces = parse(path)
        depth = len(parse(self.path))
        if len(pieces) < depth or pieces[depth - 1].key is None:
            self.widget.setFocus()
            return True
        row = ".".join(str(piece) for piece in pieces[:depth])
        return self.widget.focus_cell(row, self.column_of(path))

    def column_of(self, path: str) -> str:
        """The column in which the field at an address stands; empty where it has none of its own."""
        pieces = parse(path)
        depth = len(parse(self.path))
        key = pieces[depth].name if len(pieces) > depth else ""
        return key if any(spec.key == key for spec in self.specs) else ""

    def left_out(self) -> Sequence[str]:
        """What can be typed and a narrow table has no column for now, in order."""
        hidden = self.widget.isColumnHidden
        return [spec.key for at, spec in enumerate(self.specs) if spec.editable and spec.show is None and hidden(at)]

    def in_sight(self, path: str) -> bool:
        """Whether the field at an address has a cell in sight, and not only a place among the row's own fields."""
        key = self.column_of(path)
        at = next((at for at, spec in enumerate(self.specs) if spec.key == key), -1)
        return at >= 0 and self.specs[at].editable and not self.widget.isColumnHidden(at)

    def mark(self, paths: Iterable[str]) -> None:
        """Mark the cells of a finding that was jumped to."""
        cells = []
        for path in paths:
            row, _, key = path.rpartition(".")
            cells.append((row, key) if row.startswith(f"{self.path}[") else (path, ""))
        self.widget.set_marked(cells)


def period_text(item: Any) -> str:
    """The days of an activity as one text."""
    return dates.format_period(item.starts_on, item.ends_on) if item.starts_on or item.ends_on else ""
