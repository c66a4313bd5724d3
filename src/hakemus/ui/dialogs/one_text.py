"""A question that is answered with one line of text."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from hakemus.ui.dialogs.foot_and_size import answers, fit_question
from hakemus.ui.look.style import px
from hakemus.ui.widgets.boxes import column
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import label


class TextQuestion(QDialog):
    """Title, what the text is for, one field, and two buttons."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        name: str,
        value: str,
        words: tuple[str, str],
        *,
        needed: bool = False,
    ) -> None:
        """`words`: of the button that takes the text, and of the one that leaves all as it is. `needed`: no text is
        no answer."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.field = Field(name)
        self.field.set_text(value)
        take = button(words[0], "", "primary", does=self.accept)
        take.setDefault(True)
        if needed:
            take.setEnabled(bool(value.strip()))
            self.field.edited.connect(lambda now: take.setEnabled(bool(now.strip())))
        below = Flow(None, *answers(take, button(words[1], does=self.reject)), gap=8)
        self.setLayout(
            column(
                label(title, "strong", wrap=True),
                label(text, wrap=True),
                self.field,
                below,
                gap=12,
                margins=(24, 20, 24, 18),
            )
        )
        self.setMinimumWidth(px(440))
        fit_question(self, px(440))
        self.field.control.setFocus()


def ask_text(
    parent: QWidget | None,
    title: str,
    text: str,
    name: str,
    value: str,
    words: tuple[str, str],
    *,
    needed: bool = False,
) -> str | None:
    """The text, or None where the person changed their mind; `needed`: it is never empty."""
    question = TextQuestion(parent, title, text, name, value, words, needed=needed)
    try:
        return question.field.text() if question.exec() else None
    finally:
        question.deleteLater()
