"""Questions in whole sentences with verbs on their buttons; the safe answer is the default."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from hakemus.ui.dialogs.foot_and_size import fit_question, room
from hakemus.ui.look.style import px, sp
from hakemus.ui.widgets.badges import STATE, Glyph
from hakemus.ui.widgets.boxes import column, row, scroll
from hakemus.ui.widgets.buttons import Button
from hakemus.ui.widgets.labels import TOP, Label, label

WIDEST = 680
"""Units beyond which a question is not made wider: its lines could not be read in one go."""


class Question(QDialog):
    """A question, its consequence, and at most three answers. `answer` is the chosen one's key, or empty."""

    def __init__(
        self,
        parent: QWidget | None,
        kind: str,
        title: str,
        text: str,
        answers: Sequence[tuple[str, str]],
        *,
        cancel: str = "",
        details: Sequence[str] = (),
    ) -> None:
        """`answers`: (key, words), the safe one first; it is primary and default. `cancel`: the words of Esc."""
        super().__init__(parent)
        self.answer = ""
        self.setWindowTitle(title)
        icon, tone = STATE[kind]
        head = Label(title, "strong", wrap=True)
        words = column(head, label(text, wrap=True), gap=4)
        if details:
            listed = scroll(_list(details))
            listed.setMaximumHeight(px(220))
            words.addWidget(listed)
        body = row(gap=14)
        body.addWidget(Glyph(icon, tone, 28), 0, TOP)
        body.addLayout(words, 1)
        buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        for at, (key, shown) in enumerate(answers):
            made = Button(shown, "", "primary" if at == 0 else "normal")
            made.setDefault(at == 0)
            made.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            buttons.addButton(made, roles.AcceptRole if at == 0 else roles.ActionRole)
        if cancel:
            made = Button(cancel)
            made.clicked.connect(self.reject)
            buttons.addButton(made, roles.RejectRole)
        self.setLayout(column(body, 4, buttons, gap=14, margins=(24, 20, 24, 18)))
        self._fit(buttons)
        self.setAccessibleDescription(text)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # noqa: FBT003

    def _fit(self, buttons: QDialogButtonBox) -> None:
        """As wide as the answers need, for none may be cut; where that is too wide they stand under each other."""
        margins = sp(24) * 2
        beside = buttons.sizeHint().width() + margins
        widest = min(px(WIDEST), room(self).width())
        if beside > widest:
            buttons.setOrientation(Qt.Orientation.Vertical)
            beside = buttons.sizeHint().width() + margins
        width = max(px(480), beside)
        self.setMinimumWidth(width)
        self.setMaximumWidth(max(width, widest))
        fit_question(self, width)

    def _choose(self, key: str) -> None:
        self.answer = key
        self.accept()


def _list(lines: Sequence[str]) -> QWidget:
    from hakemus.ui.widgets.boxes import Page

    return Page(column(*(label(line, "small", wrap=True) for line in lines), None, gap=4))


def ask(
    parent: QWidget | None,
    kind: str,
    title: str,
    text: str,
    answers: Sequence[tuple[str, str]],
    *,
    cancel: str = "",
    details: Sequence[str] = (),
) -> str:
    """The key of the answer; empty where the person changed their mind."""
    question = Question(parent, kind, title, text, answers, cancel=cancel, details=details)
    try:
        question.exec()
        return question.answer
    finally:
        question.deleteLater()
