"""The one model of all tables: generic rows from a source, redrawn by difference. It never changes data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hakemus.ui.tables.rows import NOT_DATA, Cell, Column, ListSource, Row, RowKey, RowSource, TableWords
from hakemus.ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
Display = Qt.ItemDataRole.DisplayRole


class RowModel(QAbstractTableModel):
    """Rows under columns. `refresh` asks the source again and tells views only what differs."""

    def __init__(self, columns: Sequence[Column], words: TableWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.words = words
        self.read_only = False
        self._source: RowSource = ListSource(())
        self._keys: list[RowKey] = []
        self._made: dict[str, tuple[object, Row]] = {}
        self._places: dict[str, int] = {}

    # -- rows ----------------------------------------------------------------------------------------------

    def set_source(self, source: RowSource) -> None:
        """Take rows from another source; equal rows stay as they are."""
        self._source = source
        self.refresh()

    def refresh(self) -> None:
        """Ask the source again: changed rows are redrawn, rows that came or went are inserted or removed."""
        new = list(self._source.keys())
        old = self._keys
        if [key.id for key in new] != [key.id for key in old] or any(
            one.kind != other.kind for one, other in zip(new, old, strict=True)
        ):
            self._reshape(new)
        else:
            self._keys = new
            self._announce([at for at, key in enumerate(new) if not same(key.stamp, old[at].stamp)])

    def _reshape(self, new: list[RowKey]) -> None:
        """Rows that stay are not touched, so that an editor open in one of them lives on."""
        old = self._keys
        stamps = {(key.id, key.kind): key.stamp for key in old}
        staying = _staying(old, new)
        for first, last in reversed(_runs([at for at, key in enumerate(old) if (key.id, key.kind) not in staying])):
            self.beginRemoveRows(_ROOT, first, last)
            self._keys = self._keys[:first] + self._keys[last + 1 :]
            self._index()
            self.endRemoveRows()
        for first, last in _runs([at for at, key in enumerate(new) if (key.id, key.kind) not in staying]):
            self.beginInsertRows(_ROOT, first, last)
            self._keys = new[: last + 1] + self._keys[first:]
            self._index()
            self.endInsertRows()
        self._keys = new
        self._index()
        self._announce(
            [
                at
                for at, key in enumerate(new)
                if (key.id, key.kind) in staying and not same(key.stamp, stamps[key.id, key.kind])
            ]
        )

    def _index(self) -> None:
        self._places = {key.id: at for at, key in enumerate(self._keys)}
        if len(self._made) > 2 * len(self._keys) + 64:
            self._made = {row: made for row, made in self._made.items() if row in self._places}

    def _announce(self, changed: list[int]) -> None:
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def key_at(self, row: int) -> RowKey:
        """Id and kind of a row, without making it."""
        return self._keys[row]

    def row_at(self, row: int) -> Row:
        """A row as it is drawn; made once for each stamp."""
        key = self._keys[row]
        known = self._made.get(key.id)
        if known is None or not same(known[0], key.stamp):
            known = (key.stamp, self._source.row(row))
            self._made[key.id] = known
        return known[1]

    def cell(self, index: Index) -> Cell:
        """The cell at an index."""
        return self.row_at(index.row()).cell(self.columns[index.column()].key)

    def place(self, row_id: str) -> int:
        """Where a row stands; -1 for none."""
        return self._places.get(row_id, -1)

    def column_of(self, key: str) -> int:
        """Where a column stands; -1 for none."""
        return next((at for at, column in enumerate(self.columns) if column.key == key), -1)

    def is_data(self, row: int) -> bool:
        """Whether a row is the user's own, not a heading, a sum or the row that adds."""
        return self._keys[row].kind not in NOT_DATA

    def editable(self, index: Index) -> bool:
        """Whether a cell can be typed into."""
        if self.read_only or not index.isValid() or not self.is_data(index.row()):
            return False
        column, cell = self.columns[index.column()], self.cell(index)
        if column.gantt:
            return False
        return column.editable if cell.editable is None else cell.editable

    def data_ids(self, rows: Collection[int]) -> list[str]:
        """The ids of the user's own rows among these, in order."""
        return [self._keys[row].id for row in sorted(rows) if self.is_data(row)]

    def set_choices(self, key: str, choices: Sequence[tuple[str, str]]) -> None:
        """Other values to choose from in a column; rows are drawn again."""
        self.columns = tuple(
            replace(column, choices=tuple(choices)) if column.key == key else column for column in self.columns
        )

    # -- what Qt asks --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Display) -> object:
        if not index.isValid() or index.row() >= len(self._keys):
            return None
        if role == Display:
            return self.cell(index).text
        if role == Qt.ItemDataRole.EditRole:
            return self.cell(index).editing
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.cell(index).tip) or None
        return None

    def spoken(self, index: Index) -> str:
        """What assistive tools read: the column's name, the text, its mark, and the second line of the
        row."""
        row, column, cell = self.row_at(index.row()), self.columns[index.column()], self.cell(index)
        if column.gantt:
            return f"{column.head}: {row.spoken or (row.bar.text if row.bar else self.words.empty)}"
        if row.kind == "add":
            return cell.text
        mark = {
            "missing": self.words.mark_missing,
            "error": self.words.mark_error,
            "warning": self.words.mark_warning,
            "old": self.words.mark_old,
        }.get(cell.mark, "")
        said = ", ".join(dict.fromkeys(part for part in (cell.text, mark) if part)) or self.words.empty
        if index.column() == 0 and row.detail:
            said = f"{said}, {row.detail}"
        return f"{column.head}: {said}" if column.head else said

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Figures right, words left."""
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].align == "num" else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Display) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Display, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[section].head
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[section].tip or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return can | Qt.ItemFlag.ItemIsEditable if self.editable(index) else can


def same(one: object, other: object) -> bool:
    """Whether two stamps draw the same."""
    return one is other or one == other


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending places as runs, first and last inclusive."""
    runs: list[tuple[int, int]] = []
    for at in places:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs


def _staying(old: Sequence[RowKey], new: Sequence[RowKey]) -> set[tuple[str, str]]:
    """The rows that need not move: the longest sequence that stands in the same order in both."""
    places = {(key.id, key.kind): at for at, key in enumerate(old)}
    common = [places[key.id, key.kind] for key in new if (key.id, key.kind) in places]
    tails: list[int] = []
    before: dict[int, int] = {}
    for at in common:
        to = bisect_left(tails, at)
        if to:
            before[at] = tails[to - 1]
        tails[to : to + 1] = [at]
    staying = set()
    walk = tails[-1] if tails else None
    while walk is not None:
        staying.add((old[walk].id, str(old[walk].kind)))
        walk = before.get(walk)
    return staying
