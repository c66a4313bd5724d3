"""Marking a part as secret with its ground, and the list of all that is marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from hakemus.report.grounds import GROUNDS, ground_words
from hakemus.ui.binding.secret_words import place_words, removal_words
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import answers, foot, open_at
from hakemus.ui.widgets.boxes import Page, card, clear, column, line, row, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field, Kind
from hakemus.ui.widgets.labels import TOP, label
from hakemus.usecases.secrecy import Removal, removals


class MarkDialog(QDialog):
    """What is secret, on which ground. `extents` are (path, passage, words), the most likely one first."""

    def __init__(self, parent: QWidget | None, desk: Desk, extents: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(parent)
        t = desk.t
        self._extents = tuple(extents)
        self.setWindowTitle(t("Mark as secret"))
        what = tuple((str(at), words) for at, (_path, _passage, words) in enumerate(self._extents))
        self.what = Field(t("What is secret"), Kind.CHOICE, options=what)
        self.what.set_text("0")
        grounds = tuple((ground, ground_words(ground, desk.words)) for ground in GROUNDS)
        self.ground = Field(
            t("Ground in the Act on the Openness of Government Activities (621/1999)"), Kind.CHOICE, options=grounds
        )
        self.other = Field(t("Another ground"), optional=t("optional"))
        self.note = Field(
            t("A note of your own"), hint=t("It stays in the draft, and stands on no paper."), optional=t("optional")
        )
        self.take = button(t("Mark as secret"), "", "primary", does=self.accept)
        self.take.setDefault(True)
        for field in (self.ground, self.other):
            field.edited.connect(lambda _text: self._follow())
        below = foot(None, *answers(self.take, button(t("Cancel"), does=self.reject)))
        said = label(
            t("Public copies are made without this part, and state the ground in its place. All other copies show it."),
            wrap=True,
        )
        inner = column(
            label(t("Mark as secret"), "h2", wrap=True), said, self.what, self.ground, self.other, self.note,
            gap=12, margins=(24, 20, 24, 12),
        )  # fmt: skip
        self.setLayout(column(scroll(Page(inner)), line(), below, gap=0))
        open_at(self, 600, 520)
        self._follow()
        self.ground.control.setFocus()

    def _follow(self) -> None:
        self.take.setEnabled(bool(self.chosen_ground))

    @property
    def chosen_ground(self) -> str:
        """The ground in words of one's own, where there are any, else the paragraph."""
        return self.other.text().strip() or self.ground.text()

    @property
    def extent(self) -> tuple[str, str]:
        """Path and passage that were chosen."""
        path, passage, _words = self._extents[int(self.what.text())]
        return path, passage


class SecretsDialog(QDialog):
    """All marks of the draft, each with its place, its ground and a way to take it back."""

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.wanted = ""
        """The address that is to be shown when this is closed."""
        self.setWindowTitle(desk.t("Secret parts"))
        self._list = column(gap=12, margins=(24, 20, 24, 20))
        close = button(desk.t("Close"), "", "primary", does=self.reject)
        close.setDefault(True)
        self.setLayout(column(scroll(Page(self._list)), line(), foot(None, close), gap=0))
        open_at(self, 680, 560)
        self.follow()

    def follow(self) -> None:
        """Show the marks as they stand now."""
        clear(self._list)
        t = self._desk.t
        self._list.addWidget(label(t("Secret parts"), "h2", wrap=True))
        self._list.addWidget(
            label(
                t(
                    "Public copies are made without these, and without the names, phone numbers and e-mail addresses "
                    "of contact persons, partners and team. A part is marked in its field, with the right mouse "
                    "button or in the menu Edit."
                ),
                "body2",
                wrap=True,
            )
        )
        marks = tuple(removals(self._desk.session.draft))
        for removal in marks:
            self._list.addWidget(self._mark(removal))
        if not marks:
            self._list.addWidget(card(label(t("Nothing is marked as secret."), "strong")))
        self._list.addStretch(1)

    def _mark(self, removal: Removal) -> QWidget:
        t, secret = self._desk.t, removal.secret
        place = place_words(self._desk, secret)
        words = column(label(removal_words(self._desk, removal), wrap=True), gap=2)
        if secret.note:
            words.addWidget(label(secret.note, "small", wrap=True))
        box = row(gap=10)
        box.addLayout(words, 1)
        box.addWidget(
            button(t("Show"), "", "small", name=t("Show {place}", place=place), does=lambda: self._show(secret.path)),
            0,
            TOP,
        )
        if not self._desk.session.read_only:
            back = button(
                t("Not secret"), "", "small", name=t("Not secret: {place}", place=place),
                does=lambda: self._take_back(secret.id),
            )  # fmt: skip
            box.addWidget(back, 0, TOP)
        return card(box)

    def _show(self, path: str) -> None:
        self.wanted = path
        self.accept()

    def _take_back(self, name: str) -> None:
        self._desk.session.unmark_secret(name)
        self.follow()
