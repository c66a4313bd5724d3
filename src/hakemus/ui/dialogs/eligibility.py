"""The call's questions before starting: may we apply at all? Answers are kept with the draft."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import foot, open_at
from hakemus.ui.widgets.badges import glyph
from hakemus.ui.widgets.boxes import Page, card, clear_box, column, line, row, scroll, show_if
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field, Kind
from hakemus.ui.widgets.labels import TOP, label
from hakemus.usecases.rendering import reference_text


class EligibilityDialog(QDialog):
    """One card a question, with the sentence of the call that decides when the answer speaks against applying."""

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(desk.t("Can we apply?"))
        parts: list[QWidget] = [
            label(desk.t("Can we apply?"), "h2", wrap=True),
            label(
                desk.t("A few questions before the work begins. The answers are kept with the draft."),
                "body2",
                wrap=True,
            ),
        ]
        for item in desk.call.eligibility:
            parts.append(self._question(item.id))
        if not desk.call.eligibility:
            parts.append(label(desk.t("The call asks nothing beforehand."), wrap=True))
        below = foot(None, button(desk.t("Close"), "", "primary", does=self.accept))
        inner = Page(column(*parts, None, gap=12, margins=(24, 20, 24, 20)))
        self.setLayout(column(scroll(inner), line(), below, gap=0))
        open_at(self, 640, 600)

    def _question(self, name: str) -> QWidget:
        desk = self._desk
        item = next(entry for entry in desk.call.eligibility if entry.id == name)
        language = desk.words.language
        path = f"answers[eligibility.{item.id}]"
        field = Field(
            desk.call.text(item.question, language),
            Kind.CHOICE,
            options=(("", desk.t("Not answered")), ("yes", desk.t("Yes")), ("no", desk.t("No"))),
            width=180,
        )
        field.set_text(desk.session.text(path))
        field.set_read_only(desk.read_only)
        reference = desk.call.reference(item.reference, language)
        sentence = desk.call.text(item.sentence, language)
        if reference:
            sentence += " " + desk.t("Source: {source}.", source=reference_text(reference, desk.words))
        against = row(gap=8)
        against.addWidget(glyph("warning", "warn", 20), 0, TOP)
        against.addWidget(label(sentence, "small", wrap=True), 1)
        box = clear_box(against)

        def answered(text: str) -> None:
            desk.session.edit(path, text)
            show_if(box, text == ("no" if item.wanted else "yes"))

        field.edited.connect(answered)
        made = card(field, box, gap=8)
        show_if(box, field.text() == ("no" if item.wanted else "yes"))
        return made
