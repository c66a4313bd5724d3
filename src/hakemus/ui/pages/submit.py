"""The step Submitting: the declarations, the paper as it is, and what can be made of it. The program sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from hakemus.domain.findings import Finding, Severity
from hakemus.i18n.marking import N_
from hakemus.report.copies import COPY_NAMES
from hakemus.report.model import Copy
from hakemus.ui.background import Maker
from hakemus.ui.binding.paper import ZOOMS, Paper, Sheet
from hakemus.ui.binding.secret_words import public_copy_words
from hakemus.ui.binding.signing_words import signing_words
from hakemus.ui.desk import Pages
from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.widgets.badges import Banner, glyph
from hakemus.ui.widgets.boxes import Item, card, clear_box, column, frame, line, row, show_if
from hakemus.ui.widgets.buttons import CardButton, button, tool_button
from hakemus.ui.widgets.controls import Combo
from hakemus.ui.widgets.field import Kind
from hakemus.ui.widgets.flow import Aside, Flow
from hakemus.ui.widgets.labels import Label, label
from hakemus.ui.widgets.text_boxes import Line
from hakemus.usecases.errors import UserError
from hakemus.usecases.papers import CARRYING
from hakemus.usecases.session import Change
from hakemus.usecases.signing import signing


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper as it came from the workshop: its pages, and the characters that they cannot show."""

    pages: Pages
    lacking: Sequence[str]


class SubmitPage(StepPage):
    step = "submit"
    lead = N_("See what the application looks like on paper, and choose in which form you take it out.")
    widest = 1240
    fills = 0

    def build(self) -> Sequence[Item]:
        desk, t = self.desk, self.desk.t
        self._index = 0
        self._pages: Pages | None = None
        self._stale = True
        self._paper = Paper()
        self._sheet = Sheet(self._paper)
        self._paper.setAccessibleName(desk.t("Preview, page {page} of {pages}", page=0, pages=0))
        self._page_words = Label("", "label")
        self._fault = Label("", wrap=True)
        show_if(self._fault, False)  # noqa: FBT003
        self._language = _choices(
            t("Language of the paper"),
            [
                ("fi", "Suomi"),
                ("sv", "Svenska"),
                ("en", "English"),
                ("fi+sv", "Suomi + svenska"),
                ("sv+fi", "Svenska + suomi"),
            ],
            desk.session.draft.language,
        )
        self._copy = _choices(
            t("Copy"),
            [(copy.value, t(name)) for copy, name in COPY_NAMES.items()],
            "draft",
        )
        self._maker = Maker(self)
        self._maker.made.connect(self._show_made)
        for box in (self._language, self._copy):
            box.activated.connect(lambda _at: self._renew())
        self._zoom = _choices(
            t("Size of the page"),
            [
                ("page", t("Whole page")),
                ("width", t("Page width")),
                *((str(percent), f"{percent}\u00a0%") for percent in ZOOMS),
            ],
            "page",
        )
        self._zoom.activated.connect(lambda _at: self._sheet.set_zoom(str(self._zoom.currentData())))
        self._sheet.zoomed.connect(lambda zoom: self._zoom.setCurrentIndex(self._zoom.findData(zoom)))
        self._search_words = Label("", "small")
        pager = Flow(
            tool_button("left", t("Previous page"), lambda: self._turn(-1)),
            self._page_words,
            tool_button("right", t("Next page"), lambda: self._turn(1)),
            self._zoom,
            None,
            self._search_words,
            gap=10,
        )
        desk_frame = frame(
            column(
                column(pager, margins=(6, 4, 6, 4)),
                line(),
                self._search_row(),
                line(),
                column(self._fault, self._sheet, margins=(16, 16, 16, 16)),
                gap=0,
            ),
            "desk",
        )
        desk_frame.setMinimumHeight(px(500))
        self._right = clear_box(self._actions())
        self._body: QBoxLayout = row(gap=20)
        self._body.addWidget(desk_frame, 1)
        self._body.addWidget(self._right)
        return (clear_box(self._body), self._signing_card(), *self._declarations(), *question_card(self))

    def _search_row(self) -> QBoxLayout:
        """A line to search in the pages; which copy they are, in which language."""
        t = self.desk.t
        self._wanted = Line()
        self._wanted.setAccessibleName(t("Search in the paper"))
        self._wanted.setPlaceholderText(t("Search in the paper"))
        self._wanted.setClearButtonEnabled(True)
        self._wanted.textChanged.connect(lambda _text: self._search(0))
        self._wanted.returnPressed.connect(lambda: self._search(1))
        search = row(glyph("search", "ink2", 18), gap=10)
        search.addWidget(self._wanted, 1)
        kinds = row(gap=10)
        kinds.addWidget(self._copy, 4)
        kinds.addWidget(self._language, 3)
        # Large letters leave no room for all three beside each other.
        box: QBoxLayout = column(gap=6) if look().scale.factor > LARGE else row(gap=10)
        box.addLayout(search, 4)
        box.addLayout(kinds, 7)
        box.setContentsMargins(sp(12), sp(5), sp(8), sp(5))
        return box

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room; else what can be done comes before the paper."""
        super().resizeEvent(event)
        narrow = self.width() / look().scale.factor < 860
        ways = QBoxLayout.Direction
        self._body.setDirection(ways.BottomToTop if narrow else ways.LeftToRight)
        self._right.setMaximumWidth(16_777_215 if narrow else px(400))
        self._right.setMinimumWidth(0 if narrow else px(400))

    def _actions(self) -> QVBoxLayout:
        desk, t = self.desk, self.desk.t
        self._banner = Banner("error", "", "", t("Show"), lambda: desk.wishes.command.emit("next_finding"))
        self._inside = Label("", "small", wrap=True)
        self._lacking = Banner("warning", t("The paper cannot show every character"))
        show_if(self._lacking, False)  # noqa: FBT003
        self._removed = Label("", "small", wrap=True)
        self._removing = frame(
            column(
                label(t("Removed from this copy"), "label"),
                self._removed,
                row(button(t("Secret parts…"), "", "small", does=lambda: desk.wishes.command.emit("secrets")), None),
                gap=6,
                margins=(16, 11, 14, 12),
            )
        )
        show_if(self._removing, False)  # noqa: FBT003
        box = column(
            self._banner,
            self._lacking,
            self._inside,
            self._removing,
            self._action("pdf", t("Save PDF…"), t("The form with bookmarks, readable aloud"), "export_pdf"),
            self._action("excel", t("Save Excel…"), t("Budget and funding with live formulas"), "export_xlsx"),
            self._action("print", t("Print…"), t("The very pages that you see here"), "print"),
            self._action(
                "folder",
                t("Save the package…"),
                t("Form, workbook and attachments in one ZIP, or in one PDF"),
                "export_package",
            ),
            column(
                button(
                    t("Save the package as a folder…"),
                    "folder",
                    "quiet",
                    does=lambda: desk.wishes.command.emit("export_folder"),
                ),
                button(t("Open in the PDF viewer"), "eye", "quiet", does=lambda: desk.wishes.command.emit("view_pdf")),
                gap=2,
            ),
            line(),
            label(
                t(
                    "The program sends nothing. "
                    "Take the paper or the workbook to the funder in the way the call asks for."
                ),
                "small",
                wrap=True,
            ),
            None,
            gap=9,
        )
        box.setContentsMargins(5, 0, 5, 0)
        return box

    def _signing_card(self) -> QFrame:
        t = self.desk.t
        self._signing = Label("", "body2", wrap=True)
        show = button(t("Show…"), "", "small", name=t("Signature and mandates…"))
        show.clicked.connect(lambda: self.desk.wishes.command.emit("signing"))
        words = column(label(t("Signature and mandates"), "strong", wrap=True), self._signing, gap=2)
        return card(Aside(words, show), margins=(20, 14, 16, 14))

    def _say_signing(self) -> None:
        session = self.desk.session
        self._signing.set_text(signing_words(signing(session.check, session.now().date()), self.desk))

    def _action(self, icon: str, title: str, words: str, command: str) -> CardButton:
        lay = row(gap=14, margins=(16, 11, 14, 12))
        lay.addWidget(glyph(icon, "accent", 28))
        lay.addLayout(column(label(title, "strong"), label(words, "small", wrap=True), gap=0), 1)
        lay.addWidget(glyph("chevron-right", "ink2", 18))
        made = CardButton(lay, f"{title} {words}")
        made.clicked.connect(lambda: self.desk.wishes.command.emit(command))
        return made

    def _declarations(self) -> tuple[QFrame, ...]:
        call, language = self.desk.call, self.desk.words.language
        fields = [
            self.field(f"declarations[{item.id}]", kind=Kind.CHECK, label=call.text(item.text, language))
            for item in call.declarations
        ]
        register = self.beside(
            self.field("submission.register_number", optional=True),
            self.field("submission.submitted_on", optional=True),
        )
        cards = [self.card(self.desk.t("Declarations"), *fields)] if fields else []
        cards.append(self.card(self.desk.t("After submitting"), register))
        return tuple(cards)

    # -- the paper --------------------

    def chosen(self) -> tuple[Copy, str, str]:
        """Copy, language and second language that are looked at."""
        language, _, second = str(self._language.currentData()).partition("+")
        return Copy(str(self._copy.currentData())), language, second

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            QTimer.singleShot(0, self, self._renew)

    def changed(self, change: Change) -> None:
        self._stale = True

    def judged(self, findings: tuple[Finding, ...]) -> None:
        self._tell()
        if self._stale and self.isVisible():
            QTimer.singleShot(0, self, self._renew)

    def _tell(self) -> None:
        self._say_signing()
        desk = self.desk
        check = desk.session.check
        errors = sum(item.severity is Severity.ERROR for item in check.findings) + len(desk.session.draft.pending)
        if check.ready:
            self._banner.set("done", desk.t("The application is ready"), desk.t("The submission copy can be made."))
        else:
            self._banner.set(
                "error",
                desk.nt("The application has {count} error", "The application has {count} errors", errors),
                desk.t("The paper says DRAFT."),
                desk.t("Show"),
            )

    def _renew(self) -> None:
        """Have the paper made anew on another thread; what is in sight stays until the new one is there."""
        self._stale = False
        self._tell()
        self._tell_copy()
        copy, language, second = self.chosen()
        document, outputs = self.desk.document(), self.desk.outputs

        def make() -> _Made:
            pages = outputs.open_pages(outputs.pdf(document, copy, language, second))
            return _Made(pages, outputs.lacking(document, copy, language, second))

        self._maker.ask(make)

    def finish(self) -> None:
        """Return when the paper is there."""
        self._maker.finish()

    def _tell_copy(self) -> None:
        """What is inside the file, and what its reader has to know."""
        t, (copy, _, _) = self.desk.t, self.chosen()
        words = t("The file carries the application inside.") if copy in CARRYING else t("Nothing is carried inside.")
        if copy in CARRYING:
            words = f"{words} {t('This program can open it again from the paper.')}"
        if copy is Copy.PUBLIC:
            said = t("Read it through before you publish it: a name that a sentence inflects is not recognised.")
            words = f"{words} {said}"
            self._removed.set_text(
                "\n".join(f"• {line}" for line in public_copy_words(self.desk, self.desk.session.draft))
            )
        self._inside.set_text(words)
        show_if(self._removing, copy is Copy.PUBLIC)

    def _show_made(self, made: object) -> None:
        """A paper has come, or a reason why there is none; the place is kept."""
        self._pages = made.pages if isinstance(made, _Made) else None
        if isinstance(made, UserError):
            self._fault.set_text(self.desk.say(made.message))
        show_if(self._fault, self._pages is None)
        lacking = made.lacking if isinstance(made, _Made) else ()
        sentence = self.desk.t(
            "The paper's typeface lacks these characters and shows a mark in their place: {characters}",
            characters=" ".join(lacking),
        )
        self._lacking.set("warning", self.desk.t("The paper cannot show every character"), sentence)
        show_if(self._lacking, bool(lacking))
        self._show_page()

    def _search(self, by: int) -> None:
        """The next page that has the words (0: this one may be it), from the last on to the first again."""
        words = self._wanted.text()
        if not words.strip() or self._pages is None:
            self._search_words.set_text("")
            self._show_page()
            return
        count = self._pages.count
        for step in range(by, count + by):
            index = (self._index + step) % count
            if self._pages.found(index, words):
                self._index = index
                self._search_words.set_text("")
                break
        else:
            self._search_words.set_text(self.desk.t("Not on these pages"))
        self._show_page()
        self._sheet.show_marked()

    def _turn(self, by: int) -> None:
        self._index += by
        self._show_page()

    def _show_page(self) -> None:
        count = self._pages.count if self._pages else 0
        self._index = max(0, min(self._index, count - 1))
        words = self.desk.t("Page {page} / {pages}", page=self._index + 1 if count else 0, pages=count)
        self._page_words.set_text(words)
        self._paper.setAccessibleName(self.desk.t("Preview, page {page} of {pages}", page=self._index + 1, pages=count))
        words = self._wanted.text()
        marked = self._pages.found(self._index, words) if self._pages and words.strip() else ()
        self._paper.set_pages(self._pages, self._index, marked)

    def first_field(self) -> QWidget | None:
        return None


def _choices(name: str, options: Sequence[tuple[str, str]], chosen: str) -> Combo:
    box = Combo()
    box.setAccessibleName(name)
    for stored, shown in options:
        box.addItem(shown, stored)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
