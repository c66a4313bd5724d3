"""Finding words in the whole application: hits by step and field as they are typed, Enter leads to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from hakemus.i18n.field_names import STEP_NAMES
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import answers, open_at
from hakemus.ui.look.style import color, font, px, sp
from hakemus.ui.widgets.boxes import column, line, row
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import label
from hakemus.usecases.searching import MOST_HITS, Hit

Index = QModelIndex | QPersistentModelIndex
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_EMPTY = QModelIndex()


def place_words(desk: Desk, hit: Hit) -> str:
    """`Budget › Cost (Van for the tour)`: where a hit is."""
    step = desk.t(STEP_NAMES[hit.step])
    said = step if hit.name == step else f"{step} › {hit.name}"
    in_name = not hit.row or hit.text.replace("\n", " ").startswith(hit.row)
    return said if in_name else f"{said} ({hit.row})"


def spoken(desk: Desk, hit: Hit) -> str:
    """A hit as one sentence for assistive tools."""
    before, found, after = hit.excerpt
    words = f"{before}{found}{after}"[:160]
    return f"{place_words(desk, hit)}: {words}" if words else place_words(desk, hit)


class _Hits(QAbstractListModel):
    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.hits: tuple[Hit, ...] = ()

    def set(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, _parent: Index = _EMPTY) -> int:
        return len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(self._desk, self.hits[index.row()])
        return None


class _HitDelegate(QStyledItemDelegate):
    """Two lines: where, and the words around what was found, which stands out by weight."""

    def __init__(self, desk: Desk, model: _Hits, view: QListView) -> None:
        super().__init__(view)
        self._desk, self._model = desk, model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(80), px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = self._model.hits[index.row()]
        painter.save()
        box = QRectF(option.rect)
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, color("accent_soft" if here else "surface"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), color("line"))
        inner = box.adjusted(sp(24), px(5), -px(12), -px(5))  # under the line that is typed into
        half = inner.height() / 2
        left = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(color("ink2"))
        painter.setFont(font("small"))
        elide = Qt.TextElideMode.ElideRight
        words = painter.fontMetrics().elidedText(place_words(self._desk, hit), elide, int(inner.width()))
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), half), left, words)
        painter.setPen(color("ink"))
        at, top = inner.left(), inner.top() + half
        for text, weight in zip(hit.excerpt, (400, 700, 400), strict=True):
            painter.setFont(font("table", weight))
            room = inner.right() - at
            shown = painter.fontMetrics().elidedText(text, elide, int(room))
            painter.drawText(QRectF(at, top, room, half), left, shown)
            at += painter.fontMetrics().horizontalAdvance(shown)
        painter.restore()


class FindDialog(QDialog):
    """`chosen(hits, at)` with the hit to go to; the dialog closes then."""

    chosen = Signal(object, int)

    def __init__(
        self, parent: QWidget | None, desk: Desk, find: Callable[[str], Sequence[Hit]], sought: str = ""
    ) -> None:
        super().__init__(parent)
        t = desk.t
        self._desk, self._find = desk, find
        self.setWindowTitle(t("Find in the application"))
        self.line = QLineEdit()
        self.line.setAccessibleName(t("Find in the application"))
        self.line.setPlaceholderText(t("Word, sum, date or name of a field"))
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.count = label("", "small", wrap=True)
        self.view = QListView()
        self.view.setObjectName("hits")
        self.view.setAccessibleName(t("What was found"))
        self.hits = _Hits(desk, self.view)
        self.view.setModel(self.hits)
        self.view.setItemDelegate(_HitDelegate(desk, self.hits, self.view))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.activated.connect(lambda index: self._choose(index.row()))
        self.view.clicked.connect(lambda index: self._choose(index.row()))
        self._go = button(t("Go there"), "", "primary", does=lambda: self._choose(self.view.currentIndex().row()))
        foot = row(
            label(t("F3 goes to the next hit afterwards, Shift+F3 to the one before."), "small", wrap=True),
            *answers(self._go, button(t("Close"), does=self.reject)),
            gap=10,
            margins=(24, 10, 24, 14),
        )
        top = column(self.line, self.count, gap=8, margins=(24, 20, 24, 10))
        whole = column(gap=0)
        whole.addLayout(top)
        whole.addWidget(self.view, 1)
        whole.addWidget(line())
        whole.addLayout(foot)
        self.setLayout(whole)
        open_at(self, 640, 480)
        self.line.textChanged.connect(self._look)
        self.line.setText(sought)
        self.line.selectAll()
        self._look(sought)
        self.line.setFocus()

    def _look(self, sought: str) -> None:
        found = tuple(self._find(sought)) if sought.strip() else ()
        self.hits.set(found)
        if found:
            self.view.setCurrentIndex(self.hits.index(0, 0))
        self._go.setEnabled(bool(found))
        desk = self._desk
        if not sought.strip():
            words = desk.t("Case and accents make no difference. Arrow keys choose, Enter goes there.")
        elif not found:
            words = desk.t('"{text}" was not found.', text=sought.strip())
        elif len(found) == MOST_HITS:
            words = desk.t("The first {count} hits. Type more to see fewer.", count=len(found))
        else:
            words = desk.nt("{count} hit", "{count} hits", len(found))
        self.count.set_text(words)
        self.view.setAccessibleDescription(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys choose among the hits while words are typed; Enter goes to the chosen one."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                QApplication.sendEvent(self.view, QKeyEvent(event.type(), event.key(), event.modifiers()))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.view.currentIndex().row())
                return True
        return False

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.hits.hits):
            self.accept()
            self.chosen.emit(self.hits.hits, at)
