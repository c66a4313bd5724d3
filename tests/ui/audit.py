"""What everybody needs of a window in sight: names, room for words, targets, a way round by Tab, one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from drawn import illegible
from parts import faint
from person import Key, settle
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextBrowser,
    QWidget,
)

from hakemus.ui.look.style import font, px
from hakemus.ui.tables.row_table import RowTable
from hakemus.ui.tables.wrapping import is_cut
from hakemus.ui.widgets.field import Field

LEAST_TARGET = 24
LINKS = 60
"""More links than any page of the guide has."""
_LETTER = re.compile(r"[^\W\d_]{2}")


def shown(window: QWidget) -> Iterator[QWidget]:
    """Every widget that is in sight or could be scrolled into sight."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window:
            yield widget


def inner(widget: QWidget) -> bool:
    """Parts of a control that the control answers for."""
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(parent, QComboBox)
        or (isinstance(parent, QAbstractScrollArea) and widget is parent.viewport())
        or (isinstance(parent, QTabBar))
    )


def focusable(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in shown(window)
        if widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not inner(widget)
    ]


def called(widget: QWidget) -> str:
    """How to find a widget again: its address or words, its kind."""
    node: QWidget | None = widget
    while node is not None and not node.property("address"):
        node = node.parentWidget()
    where = str(node.property("address")) if node is not None else ""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {where} {text[:60]!r}"


def nameless(window: QWidget) -> list[str]:
    faults = []
    for widget in focusable(window):
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
            faults.append(f"no name: {called(widget)}")
    for field in (widget for widget in shown(window) if isinstance(widget, Field)):
        hint = field._hint_text
        if hint and hint not in field.control.accessibleDescription():
            faults.append(f"hint not said: {called(field.control)}")
    return faults


def clipped(window: QWidget) -> list[str]:
    faults = []
    for widget in shown(window):
        if isinstance(widget, QLabel) and widget.text():
            have, room = widget.contentsRect(), widget.sizeHint()
            if widget.wordWrap():
                need = widget.heightForWidth(widget.width())
                if need > widget.height() + 1:
                    faults.append(f"cut below ({need} > {widget.height()}): {called(widget)}")
                longest = max(
                    (widget.fontMetrics().horizontalAdvance(word) for word in widget.text().split()), default=0
                )
                if longest > have.width() + 1:
                    faults.append(f"word cut ({longest} > {have.width()}): {called(widget)}")
            elif room.width() > widget.width() + 1 or room.height() > widget.height() + 1:
                faults.append(
                    f"cut ({room.width()}x{room.height()} > {widget.width()}x{widget.height()}): {called(widget)}"
                )
        elif isinstance(widget, QAbstractButton) and widget.text():
            least = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
            if least > widget.width():
                faults.append(f"button cut ({least} > {widget.width()}): {called(widget)}")
        elif isinstance(widget, RowTable):
            faults += clipped_cells(widget)
        elif isinstance(widget, QTabBar):
            for at in range(widget.count()):
                if widget.fontMetrics().horizontalAdvance(widget.tabText(at)) > widget.tabRect(at).width():
                    faults.append(f"tab cut: {widget.tabText(at)}")
    return faults


def clipped_cells(table: RowTable) -> list[str]:
    """Heads and figures that do not fit; words of a cell may be cut, for the row's fields hold them whole."""
    faults = []
    for at, column in enumerate(table.rows.columns):
        if table.isColumnHidden(at) or column.gantt:
            continue
        room = table.columnWidth(at) - sum(table.pads(at)) + 2
        need = QFontMetrics(font("small", 600)).horizontalAdvance(column.head)
        if need > room:
            faults.append(f"head cut ({need} > {room}): {called(table)} {column.head!r}")
        for row in range(table.rows.rowCount() if column.align == "num" else 0):
            if table.rows.is_data(row):
                cell = table.rows.row_at(row).cell(column.key)
                need = QFontMetrics(font("table")).horizontalAdvance(cell.text) + (px(20) if cell.mark else 0)
                if need > room:
                    faults.append(f"figure cut ({need} > {room}): {called(table)} {cell.text!r}")
    return faults


def sideways(window: QWidget) -> list[str]:
    """Pages that scroll sideways: their words are wider than the window."""
    return [
        f"scrolls sideways by {widget.horizontalScrollBar().maximum()}: {called(widget)}"
        for widget in shown(window)
        if isinstance(widget, QScrollArea) and widget.horizontalScrollBar().maximum() > 0
    ]


def sideways_tables(window: QWidget) -> list[str]:
    """Tables that run out of the window: their last figures would be out of sight."""
    return [
        f"table scrolls sideways by {widget.horizontalScrollBar().maximum()}: {called(widget)}"
        for widget in shown(window)
        if isinstance(widget, RowTable) and widget.horizontalScrollBar().maximum() > 0
    ]


def words_cut(window: QWidget) -> list[str]:
    """Words of a cell that neither its column nor the lines of its row hold."""
    faults = []
    for table in (widget for widget in shown(window) if isinstance(widget, RowTable)):
        for at, column in enumerate(table.rows.columns):
            if table.isColumnHidden(at) or column.gantt or column.align == "num":
                continue
            for place in range(table.rows.rowCount()):
                row = table.rows.row_at(place)
                text = row.cell(column.key).text
                if table.rows.is_data(place) and is_cut(text, table.words_width(row, at), len(table.lines_of(row, at))):
                    faults.append(f"words cut: {called(table)} {text!r}")
    return faults


def unscrollable(window: QWidget) -> list[str]:
    """Text that is longer than its window and has nothing for Tab to come to: keys alone must scroll it."""
    faults = []
    for area in (widget for widget in shown(window) if isinstance(widget, QScrollArea)):
        bar = area.verticalScrollBar()
        if bar.maximum() == 0 or any(area.isAncestorOf(widget) for widget in focusable(window)):
            continue
        bar.setValue(0)
        QTest.keyClick(QApplication.focusWidget() or window, Key.Key_PageDown)
        if bar.value() == 0:
            faults.append(f"keys do not scroll: {called(area)}")
        bar.setValue(0)
    return faults


def small(window: QWidget) -> list[str]:
    return [
        f"target {widget.width()}x{widget.height()}: {called(widget)}"
        for widget in focusable(window)
        if min(widget.width(), widget.height()) < LEAST_TARGET
    ]


def tab_walk(window: QWidget) -> tuple[list[QWidget], list[str]]:
    """What Tab visits, in order, from the first thing in the window's chain; faults where it gets stuck."""
    able = focusable(window)
    if not able:
        return [], []
    focused = window.focusWidget()
    if focused is not None:
        focused.clearFocus()
    QTest.keyClick(window, Key.Key_Tab)
    seen: list[QWidget] = []
    for _ in range(3 * len(able) + 20):
        now = QApplication.focusWidget()
        if now is None or now in seen:
            break
        seen.append(now)
        for _link in range(LINKS if isinstance(now, QTextBrowser) else 1):
            QTest.keyClick(now, Key.Key_Tab)  # a page with links shows each of them first
            if QApplication.focusWidget() is not now:
                break
        if QApplication.focusWidget() is now and len(able) > 1:
            return seen, [f"Tab does not leave: {called(now)}"]
    return seen, []


def unreachable(window: QWidget) -> list[str]:
    """What Tab does not visit, does not leave, or visits before what is read first."""
    wanted = focusable(window)
    seen, faults = tab_walk(window)
    missed = [widget for widget in wanted if widget.isVisible() and widget not in seen]
    faults += [f"Tab never comes to: {called(widget)}" for widget in missed]
    for before, after in pairwise(seen):
        if _region(before) is _region(after) and _read_first(after, before):
            faults.append(f"Tab comes too late to: {called(after)}, after {called(before)}")
    return faults


def _region(widget: QWidget) -> QWidget:
    """The page, panel or bar that a control stands in: each is read as a whole."""
    node: QWidget | None = widget
    while node is not None and not node.isWindow():
        if isinstance(node, QScrollArea) or node.objectName() in ("rail", "panel", "foot", "meter"):
            return node
        node = node.parentWidget()
    return widget.window()


def _read_first(one: QWidget, other: QWidget) -> bool:
    """Whether a control is read before another: wholly above it and no column further right, or left of it."""
    first, second = _place(one), _place(other)
    if first.bottom() < second.top():
        return first.left() < second.right()
    return first.top() < second.bottom() and second.top() < first.bottom() and first.right() < second.left()


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """Every word that is seen or read aloud, with where it stands."""
    for widget in [window, *shown(window)]:
        where = called(widget)
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text(), where
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText(), where
        if isinstance(widget, QComboBox):
            for at in range(widget.count()):
                yield widget.itemText(at), where
        if isinstance(widget, QTabBar):
            for at in range(widget.count()):
                yield widget.tabText(at), where
        if isinstance(widget, QTableView):
            yield from table_texts(widget, where)
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for at in range(widget.model().rowCount()):
                yield str(widget.model().index(at, 0).data() or ""), where
        for text in (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()):
            yield text, where


def table_texts(view: QTableView, where: str) -> Iterator[tuple[str, str]]:
    model = view.model()
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or ""), where
        for row in range(model.rowCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.index(row, column).data(role) or ""), where


def menu_texts(window: QWidget) -> Iterator[tuple[str, str]]:
    for action in window.menuBar().actions():  # type: ignore[attr-defined]
        yield action.text(), "menu"
        menu = action.menu()
        for item in menu.actions() if menu is not None else ():
            yield item.text(), "menu"


def english(found: Iterator[tuple[str, str]], messages: Mapping[str, object]) -> list[str]:
    """Words that are source texts of the catalogue although another language is spoken, and unfilled placeholders."""
    sources = {
        one.replace("&", "") for one, said in messages.items() if said != one and "{" not in one and _LETTER.search(one)
    }
    faults = set()
    for text, where in found:
        bare = text.replace("&", "").replace("\u00a0", " ").strip()
        if bare in sources:
            faults.add(f"English: {bare!r} in {where}")
        if re.search(r"\{[a-z_]+\}", bare):
            faults.add(f"placeholder: {bare!r} in {where}")
    return sorted(faults)


def audit(window: QWidget, messages: Mapping[str, object] | None) -> list[str]:
    """Every fault of a window as it stands."""
    settle()
    faults = nameless(window) + clipped(window) + small(window) + illegible(window) + faint(window)
    faults += sideways(window) + sideways_tables(window)
    if messages is not None:
        faults += english(texts(window), messages)
    return faults + unscrollable(window) + unreachable(window)
