"""The user's guide in a window of its own beside the application: pages at the left, the page at the right, search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QShowEvent, QTextBlock, QTextCharFormat, QTextCursor, QTextTable
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from hakemus.i18n.catalog import Catalog
from hakemus.ui.dialogs.foot_and_size import foot, open_at
from hakemus.ui.dialogs.guide_page_view import PageView
from hakemus.ui.look.fonts import family
from hakemus.ui.look.style import color, px, sp
from hakemus.ui.widgets.boxes import clear_box, column, line, row
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.labels import Label
from hakemus.usecases.guide import GuidePage, anchor_of, found, guide_language, place_of_step

_NAMES = {"fi": "Suomi", "sv": "Svenska"}
_PAGE = Qt.ItemDataRole.UserRole


class GuideDialog(QDialog):
    """Reads what `pages` gives for a language. It stays open beside the window and dies when it is closed.

    `save_asked` and `print_asked` want the whole guide on paper, in the language they carry.
    """

    save_asked = Signal(str)
    print_asked = Signal(str)

    def __init__(self, parent: QWidget | None, words: Catalog, pages: Callable[[str], Sequence[GuidePage]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.text("User guide"))
        self._words, self._read = words, pages
        self._pages: tuple[GuidePage, ...] = ()
        self._anchor = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.text("Search the guide"))
        self.search.setAccessibleName(words.text("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(words.text("Pages of the guide"))
        self.list.setWordWrap(True)
        self.list.setSpacing(sp(3))
        self.view = PageView()
        self.view.setAccessibleName(words.text("User guide"))
        self.view.setOpenLinks(False)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.document().setDocumentMargin(px(20))
        self.language = Combo()
        self.language.setAccessibleName(words.text("Language of the guide"))
        for stored, shown in _NAMES.items():
            self.language.addItem(shown, stored)
        self._none = Label(words.text("Nothing found."), "small")
        self._none.hide()
        self._lay_out()
        self.language.setCurrentIndex(self.language.findData(guide_language(words.language)))
        self.language.currentIndexChanged.connect(lambda _at: self._load(self._name()))
        self.search.textChanged.connect(self._sift)
        self.search.returnPressed.connect(self._next_match)
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.view.anchorClicked.connect(self._follow)
        self._load("")

    def _lay_out(self) -> None:
        left = column(self.search, self._none, gap=8, margins=(16, 16, 8, 16))
        left.addWidget(self.list, 1)
        left.addWidget(self.language)
        side = clear_box(left)
        side.setFixedWidth(px(280))
        body = row(gap=0)
        body.addWidget(side)
        body.addWidget(line(vertical=True))
        body.addWidget(self.view, 1)
        below = foot(
            button(self._words.text("Save PDF…"), does=lambda: self.save_asked.emit(self.language.currentData())),
            button(self._words.text("Print…"), does=lambda: self.print_asked.emit(self.language.currentData())),
            None,
            button(self._words.text("Close"), "", "primary", does=self.close),
        )
        whole = column(gap=0)
        whole.addLayout(body, 1)
        whole.addWidget(line())
        whole.addLayout(below)
        self.setLayout(whole)
        open_at(self, 980, 680)

    # -- pages --------------------

    def _name(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_PAGE)) if item is not None else ""

    def _load(self, name: str) -> None:
        self._pages = tuple(self._read(str(self.language.currentData())))
        self._fill(found(self._pages, self.search.text()), name)

    def _fill(self, shown: Sequence[GuidePage], name: str) -> None:
        """List pages and open the one of a name, else the first."""
        self.list.clear()
        for page in shown:
            item = QListWidgetItem(page.title, self.list)
            item.setData(_PAGE, page.name)
        self._none.setVisible(not shown)
        names = [page.name for page in shown]
        if shown:
            self.list.setCurrentRow(names.index(name) if name in names else 0)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        page = next(page for page in self._pages if page.name == item.data(_PAGE))
        self.view.show_page(page)
        self._give_air()
        self._dress_code()
        self._next_match()

    def _give_air(self) -> None:
        """Markdown comes with giant headings and nothing between paragraphs."""
        block = self.view.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            form = block.blockFormat()
            level = form.headingLevel()
            if level:
                form.setTopMargin(0 if block.blockNumber() == 0 else px(20))
                form.setBottomMargin(px(8))
                size = QTextCharFormat()
                size.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 2 if level == 1 else 1)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(size)
                cursor = QTextCursor(block)
            elif cursor.currentTable() is None:
                form.setBottomMargin(px(4 if block.textList() else 10))
            cursor.setBlockFormat(form)
            block = block.next()
        for child in self.view.document().rootFrame().childFrames():
            if isinstance(child, QTextTable):
                table = child.format()
                table.setCellPadding(px(5))
                table.setBottomMargin(px(10))
                child.setFormat(table)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._dress_code()

    def _dress_code(self) -> None:
        """What is typed letter for letter stands on a ground of its own: the system's typewriter face is larger."""
        block = self.view.document().begin()
        while block.isValid():
            places = []
            at = block.begin()
            while not at.atEnd():
                fragment = at.fragment()
                form = fragment.charFormat()
                if form.fontFixedPitch() or form.background().style() != Qt.BrushStyle.NoBrush:
                    places.append((fragment.position(), fragment.length()))
                at += 1
            for start, length in places:
                cursor = QTextCursor(block)
                cursor.setPosition(start)
                cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                dress = QTextCharFormat()
                dress.setFontFamilies([family() or self.font().family()])
                dress.setFontFixedPitch(False)
                dress.setBackground(color("sunken"))
                cursor.mergeCharFormat(dress)
            block = block.next()

    def _sift(self, wanted: str) -> None:
        self._fill(found(self._pages, wanted), self._name())

    def _next_match(self) -> None:
        """Mark the next place of what is sought, or of its longest word where the words stand apart; from the top again
        behind the last.
        """
        wanted = self.search.text().strip()
        for sought in (wanted, *sorted(wanted.split(), key=len, reverse=True)):
            if self._find(sought):
                self._bring_up()
                return

    def _find(self, sought: str) -> bool:
        if not sought or self.view.find(sought):
            return bool(sought)
        self.view.moveCursor(QTextCursor.MoveOperation.Start)
        return self.view.find(sought)

    def _bring_up(self) -> None:
        """What was found stands with what follows it, not in the last line."""
        place, height = self.view.cursorRect(), self.view.viewport().height()
        if place.bottom() > height * 2 // 3:
            bar = self.view.verticalScrollBar()
            bar.setValue(bar.value() + place.top() - height // 3)

    # -- links --------------------

    def open_step(self, step: str) -> None:
        """Open the chapter of a step, or the contents."""
        self.open_at(place_of_step(self._pages, step))

    def open_at(self, link: str) -> None:
        """Open a page at a heading (`steps.md#talousarvio`); a search that hides the page is given up."""
        page, _, anchor = link.partition("#")
        name = page.removesuffix(".md")
        if name and name not in (str(self.list.item(at).data(_PAGE)) for at in range(self.list.count())):
            self.search.clear()
        for at in range(self.list.count()):
            if self.list.item(at).data(_PAGE) == name:
                self.list.setCurrentRow(at)
        self._anchor = anchor
        if anchor and self.isVisible():
            self._scroll_to(anchor)

    def _follow(self, url: QUrl) -> None:
        # Only pages of the guide are followed: the program opens nothing outside itself.
        if not url.scheme():
            self.open_at(url.toString())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Where a heading lies is known only when the text has its width.
        QTimer.singleShot(0, self, lambda: self._scroll_to(self._anchor))

    def _scroll_to(self, anchor: str) -> None:
        """Put a heading at the top, and the cursor before it."""
        block: QTextBlock = self.view.document().begin()
        while anchor and block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == anchor:
                self.view.setTextCursor(QTextCursor(block))
                top = self.view.document().documentLayout().blockBoundingRect(block).top()
                self.view.verticalScrollBar().setValue(round(top) - sp(8))
                return
            block = block.next()
