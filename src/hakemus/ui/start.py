"""The start page: go on with a draft, begin from a call, look at an example. Needs neither a draft nor a call file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import SHORT_STEP_NAMES
from hakemus.ui.look.style import look, px, sp
from hakemus.ui.start_times import Times
from hakemus.ui.start_view import ExampleCard, OfferCard, StartView
from hakemus.ui.widgets.badges import STATE, Badge, Mark, Progress, StepStates, glyph
from hakemus.ui.widgets.boxes import Host, Page, centred, clear, clear_box, column, frame, line, row, scroll, show_if
from hakemus.ui.widgets.buttons import Button, CardButton, button, tool_button
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import label
from hakemus.ui.widgets.tab_order import come_in_place
from hakemus.usecases.start_cards import CallCard, RecentDraft

if TYPE_CHECKING:
    from hakemus.ui.widgets.controls import Combo
    from hakemus.ui.widgets.notice import Notice

IN_SIGHT = 7
"""Calls that are in sight when the window opens."""
CALL_HEIGHT = 106
"""What a call with a title of two lines takes in the list, in units."""
NONE, FIRST, WHOLE = 0, IN_SIGHT, 1_000_000
"""How many calls stand at the first paint, at the second that follows at once, and from then on."""


class StartPage(QWidget):
    """Says what was asked: a file to open, a call to begin from or to read of, an example, a page to import."""

    open_asked = Signal(str)
    new_asked = Signal(str)
    example_asked = Signal(str)
    browse_asked = Signal()
    import_asked = Signal()
    libraries_asked = Signal()
    renew_asked = Signal()
    terms_asked = Signal(str)
    offer_asked = Signal(str, str)
    """What to do with unsaved work (`open`, `compare`, `leave`), and its slot."""
    in_sight = Signal()
    """Everything that is in sight has been painted once."""

    def __init__(self, words: Catalog, view: StartView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clear")
        self._words = words
        self._view = view
        self._most, self._said = NONE, False
        self._library: Combo | None = None
        # From the outside in: each new parent dresses all that a part holds anew.
        self._head_box: QBoxLayout = row(gap=16)
        self._left: QVBoxLayout = column(gap=10)
        self._right: QVBoxLayout = column(gap=10)
        self._whose: QVBoxLayout = column()
        self._calls: QVBoxLayout = column(gap=0, margins=(2, 2, 2, 2))
        self._drafts, right = clear_box(self._left), clear_box(self._right)
        self._body: QBoxLayout = row(gap=40)
        self._body.addWidget(self._drafts, 62)
        self._body.addWidget(right, 38)
        inner = Page(column(self._head_box, clear_box(self._body), None, gap=22, margins=(48, 24, 48, 24)))
        self.area = scroll(Host(centred(inner, 1320, 0), "start"))
        self.setLayout(column(self.area, gap=0))
        self._fill_head()
        self._fill_right()
        self.set(view)

    def _fill_head(self) -> None:
        t = self._words.text
        claim = t(
            "Grant applications for libraries. Everything stays on your own computer; nothing goes to the network."
        )
        self._head_box.addWidget(Mark())
        self._head_box.addLayout(column(label(t("Hakemus"), "display"), label(claim, "body2", wrap=True), gap=0))

    def _fill_right(self) -> None:
        t = self._words.text
        self._find = QLineEdit()
        self._find.setPlaceholderText(t("Search by name or funder"))
        self._find.setAccessibleName(t("Search for a call"))
        self._find.textChanged.connect(lambda _text: self._list_calls())
        self._library_row = clear_box(self._whose)
        self._call_list = frame(self._calls)
        heading = self._heading(t("A new application from a call"), wrap=True)
        for part in (heading, self._library_row, self._find, self._call_list):
            self._right.addWidget(part)
        self._right.addStretch(1)

    def _heading(self, text: str, *, wrap: bool = False) -> QWidget:
        """As high as the button beside the left one, so that both columns begin on one line."""
        made = label(text, "h2", wrap=wrap)
        made.setMinimumHeight(px(30))
        return made

    @property
    def offers(self) -> tuple[OfferCard, ...]:
        """The unsaved work that is offered here."""
        return self._view.offers

    def set(self, view: StartView) -> None:
        """Show other drafts and calls."""
        self._view = view
        self._times = Times(self._words, view.now)
        words = self._words
        clear(self._left)
        for offer in view.offers:
            self._left.addWidget(self._offer(offer))
        if view.offers:
            self._left.addSpacing(sp(10))
        self._left.addLayout(
            Flow(
                self._heading(words.text("Go on with an application")),
                None,
                button(words.text("Open a file…"), "folder", "small", does=self.browse_asked.emit),
            )
        )
        self.first: QWidget | None = None
        for recent in view.recent[:6]:
            made = self._draft(recent)
            self.first = self.first or made
            self._left.addWidget(made)
        if not view.recent:
            self._left.addWidget(
                frame(
                    row(
                        glyph("document", "ink2", 28),
                        column(
                            label(words.text("No drafts yet"), "strong"),
                            label(
                                words.text("Choose a call, or look at the example first."),
                                "small",
                                wrap=True,
                            ),
                            gap=0,
                        ),
                        gap=14,
                        margins=(20, 14, 20, 14),
                    )
                )
            )
        self._left.addLayout(self._other_ways())
        self._left.addSpacing(sp(10))
        self._left.addWidget(label(words.text("Get to know the program with an example"), "h2", wrap=True))
        examples = row(gap=10)
        for example in view.examples:
            examples.addWidget(self._example(example), 1)
        self._left.addLayout(examples)
        self._left.addStretch(1)
        self._list_libraries()
        self._list_calls()

    def _other_ways(self) -> Flow:
        """What begins from something else than a call: under the drafts, for the list of calls is longer than any
        window.
        """
        t = self._words.text
        return Flow(
            button(t("New from an old application…"), "copy", "quiet", does=self.renew_asked.emit),
            button(t("Import an old register page…"), "document", "quiet", does=self.import_asked.emit),
            button(t("Libraries…"), "applicant", "quiet", does=self.libraries_asked.emit),
        )

    @property
    def library(self) -> str:
        """The id of the library whose data a new application begins with; empty for none."""
        return str(self._library.currentData() or "") if self._library is not None else ""

    def _list_libraries(self) -> None:
        """The libraries to choose from, where any are kept: a list is dear to make, and most people have none."""
        show_if(self._library_row, bool(self._view.libraries))
        if not self._view.libraries:
            self._library = None
            clear(self._whose)
            return
        chosen, known = self.library, self._library is not None
        if self._library is None:
            self._library = self._make_list()
        self._library.clear()
        for name, shown in self._view.libraries:
            self._library.addItem(shown or self._words.text("Unnamed"), name)
        self._library.addItem(self._words.text("Begin with empty fields"), "")
        self._library.setCurrentIndex(max(0, self._library.findData(chosen)) if known else 0)

    def _make_list(self) -> Combo:
        from hakemus.ui.widgets.controls import Combo

        words = self._words.text("Whose application?")
        made = Combo()
        made.setAccessibleName(words)
        both = row(label(words, "small"), gap=8)
        both.addWidget(made, 1)
        self._whose.addLayout(both)
        return made

    # -- cards --------------------

    def _offer(self, offer: OfferCard) -> Notice:
        from hakemus.ui.widgets.notice import Notice, NoticeView

        t = self._words.text
        deeds = [(t("Open"), "open"), (t("Compare…"), "compare"), (t("Leave it for now"), "leave")]
        return Notice(
            NoticeView(
                "warning",
                t("Unsaved work was found: {title}", title=offer.title),
                offer.words,
                [
                    (words, lambda verb=verb: self.offer_asked.emit(verb, offer.slot))  # type: ignore[misc]
                    for words, verb in deeds
                    if verb != "compare" or offer.compare
                ],
            )
        )

    def _draft(self, item: RecentDraft) -> CardButton:
        words = self._words
        title = item.title or words.text("Untitled project")
        head = row(label(title, "strong", wrap=True), gap=8)
        if item.errors:
            head.addWidget(Badge("error", words.plural("{count} error", "{count} errors", item.errors)))
        elif item.steps_done >= item.steps > 0:
            head.addWidget(Badge("done", words.text("Ready")))
        else:
            head.addWidget(Badge("half", words.text("Under way")))
        done = words.text("{done} / {count} steps ready", done=item.steps_done, count=item.steps)
        if item.states:
            shown: QWidget = StepStates(item.states, self._state_words(item))
        else:
            shown = Progress(item.steps_done, item.steps, done)
        steps = row(shown, label(done, "small"), None, gap=10)
        about = ", ".join(part for part in (item.library, words.choose(item.call_title)) if part)
        left = column(head, label(about, "small", wrap=True), 4, steps, gap=2)
        found = self._found_words(item)
        if found:
            left.addWidget(label(found, "small", wrap=True))
        sentences = item.found if item.found_in == words.language else ()
        for sentence in sentences:
            left.addWidget(label(sentence, "small", wrap=True))
        figure, when = self._times.left(item.closes, item.zone)
        edited = words.text("Saved {moment}", moment=self._times.moment(item.saved_at))
        right = column(
            label(figure, "figure"), label(when, "small", wrap=True), label(edited, "small", wrap=True), None, gap=2
        )
        box = row(gap=20, margins=(18, 13, 18, 14))
        box.addLayout(left, 1)
        box.addWidget(line(vertical=True))
        side = clear_box(right)
        side.setFixedWidth(px(168))
        box.addWidget(side)
        parts = (words.text("Open {title}", title=title), f"{figure} {when}", done, found, *sentences)
        made = CardButton(box, ", ".join(part for part in parts if part))
        made.setToolTip(item.path.replace("&", "&amp;").replace("<", "&lt;"))
        made.clicked.connect(lambda: self.open_asked.emit(item.path))
        return made

    def _found_words(self, item: RecentDraft) -> str:
        """What the last judgement found, in figures."""
        plural = self._words.plural
        parts = (
            plural("{count} error", "{count} errors", item.errors) if item.errors else "",
            plural("{count} warning", "{count} warnings", item.warnings) if item.warnings else "",
            # a blank that the call demands is an error already
            plural("{count} field missing", "{count} fields missing", item.missing)
            if item.missing and not item.errors
            else "",
        )
        said = ", ".join(part for part in parts if part)
        return self._words.text("When last saved: {found}", found=said) if said else ""

    def _state_words(self, item: RecentDraft) -> str:
        """`Applicant: Ready, Project: Under way, …`: the state of each step, for assistive tools and as a tip."""
        t = self._words.text
        said = {
            "empty": t("Not started"),
            "half": t("Under way"),
            "done": t("Ready"),
            "warning": t("Warnings"),
            "error": t("Errors"),
        }
        names = [t(name) for name in SHORT_STEP_NAMES.values()]
        return ", ".join(f"{name}: {said[state]}" for name, state in zip(names, item.states, strict=False))

    def _example(self, item: ExampleCard) -> CardButton:
        box = column(
            label(item.title, "strong", wrap=True),
            label(item.words, "small", wrap=True),
            None,
            gap=3,
            margins=(16, 13, 16, 13),
        )
        made = CardButton(box, self._words.text("Open the example {title}", title=item.title))
        made.clicked.connect(lambda: self.example_asked.emit(item.name))
        return made

    def _list_calls(self) -> None:
        clear(self._calls)
        self._add_calls(0)

    def _add_calls(self, first: int) -> None:
        """The calls from a place on: those that stand already may be about to be pressed."""
        sought = self._find.text().casefold().strip()
        shown = [
            card
            for card in self._view.calls
            if sought in f"{' '.join(card.title.values())} {' '.join(card.funder_name.values())} {card.id}".casefold()
        ]
        shown.sort(key=lambda card: (self._rank(card), card.closes or "9999"), reverse=False)
        # what stands below the list keeps its place while the calls come
        self._call_list.setMinimumHeight(0 if self._most == WHOLE else px(CALL_HEIGHT) * len(shown))
        more: QVBoxLayout = column(gap=0)
        for at, card in enumerate(shown[: self._most]):
            if at < first:
                continue
            if at:
                more.addWidget(line())
            both = row(gap=0, margins=(0, 0, 8, 0))
            both.addWidget(self._call(card), 1)
            both.addWidget(self._terms(card))
            more.addLayout(both)
        if more.count():
            # in one box: what comes into a window that is in sight is dressed and laid out one by one
            self._calls.addWidget(clear_box(more))
        if not shown:
            self._calls.addWidget(label(self._words.text("No call of that name."), "body2"))
        if self._most == WHOLE:
            self._set_tab_order()

    def _set_tab_order(self) -> None:
        """What is made anew comes last for Tab until it is put where it is read; after the first paint."""
        for box in (self._drafts, self._call_list):
            come_in_place(box)

    def _rank(self, card: CallCard) -> int:
        return {"open": 0, "coming": 1, "always": 0, "unknown": 2, "closed": 3}[self._times.window(card)[0]]

    def _terms(self, card: CallCard) -> Button:
        name = self._words.text("Terms of the call: {title}", title=self._words.choose(card.title))
        return tool_button("help", name, lambda: self.terms_asked.emit(card.id))

    def _call(self, card: CallCard) -> CardButton:
        words = self._words
        title, funder = words.choose(card.title), words.choose(card.funder_name)
        _, kind, word, when = self._times.window(card)
        icon, tone = STATE[kind]
        lay = row(gap=12, margins=(16, 11, 14, 12))
        times = row(glyph(icon, tone, 18), label(word, "small", tone), label(when, "small"), None, gap=6)
        lay.addLayout(column(label(title, "strong", wrap=True), label(funder, "small", wrap=True), times, gap=2), 1)
        lay.addWidget(glyph("chevron-right", "ink2", 20))
        made = CardButton(
            lay, words.text("New application: {title}, {state}", title=title, state=f"{word} {when}"), flat=True
        )
        made.clicked.connect(lambda: self.new_asked.emit(card.id))
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # A timer set any earlier would fire before the system asks for the first paint.
        if self._most == NONE:
            QTimer.singleShot(0, self, lambda: self._show_more(NONE, FIRST))
        elif self._most == FIRST and not self._said:
            self._said = True
            QTimer.singleShot(0, self, self.in_sight.emit)
            QTimer.singleShot(0, self, lambda: self._show_more(FIRST, WHOLE))

    def _show_more(self, before: int, most: int) -> None:
        """More calls than there were; two paints in between may have asked for them twice."""
        if self._most == before:
            self._most = most
            self._add_calls(min(before, len(self._view.calls)))
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() / look().scale.factor < 1000
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._body.direction() != direction:
            self._body.setDirection(direction)
        tall = self.height() / look().scale.factor > 860
        inner = self._head_box
        inner.setContentsMargins(0, sp(40) if tall else 0, 0, sp(10) if tall else 0)
