"""Questions: no answer is cut, whatever the language and the size of text."""

from __future__ import annotations

import pytest
from person import Person, settle
from PySide6.QtWidgets import QDialogButtonBox

from hakemus.ui.dialogs.asking import Question
from hakemus.ui.widgets.buttons import Button

ASKED = {
    "gone": ("Save a copy elsewhere…", "Save it there again", "Cancel"),
    "held": ("Open read-only", "Open a copy", "Open anyway", ""),
    "failed": ("Save a copy elsewhere…", "Back to the application", ""),
    "changed": ("Save mine as a copy…", "Compare…", "Cancel"),
    "name": ("Choose another name…", "Save under this name", "Cancel"),
}


@pytest.mark.parametrize("size", [100, 150, 200])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_answer_is_read_whole(person: Person, language: str, size: int) -> None:
    person.start(language, size)
    for words in ASKED.values():
        answers = [(word, person.t(word)) for word in words[:-1]]
        cancel = person.t(words[-1]) if words[-1] else ""
        question = Question(person.window, "warning", "Title", "A sentence. " * 12, answers, cancel=cancel)
        question.show()
        settle()
        buttons = question.findChild(QDialogButtonBox).findChildren(Button)
        assert len(buttons) == len([word for word in words if word]) <= 3
        for made in buttons:
            assert made.width() >= made.sizeHint().width(), made.text()
            assert question.rect().contains(made.geometry().translated(made.parentWidget().pos())), made.text()
        question.close()
        question.deleteLater()
