"""The call's own questions of a step, as fields. Used by the pages; knows none of them."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from hakemus.domain.asking import is_asked
from hakemus.domain.call import Question
from hakemus.i18n.conditions import condition_words
from hakemus.ui.desk import Desk
from hakemus.ui.pages.base import StepPage
from hakemus.ui.widgets.field import Field, Kind


class Follower:
    """Shows a question while it is asked. An answer that is no longer asked stays in sight, and says that it does
    not print; without an answer the question goes.
    """

    def __init__(self, desk: Desk, question: Question, field: Field) -> None:
        self._desk, self._question, self._field = desk, question, field
        self()

    def __call__(self) -> None:
        desk, question = self._desk, self._question
        asked = is_asked(desk.call, question, desk.session.draft.application)
        given = bool(desk.session.text(f"answers[{question.id}]").strip())
        words = condition_words(desk.call, question, desk.words)
        self._field.set_hint("" if asked else desk.t("Does not print. {condition}", condition=words))
        self._field.setVisible(asked or given)


def question_card(page: StepPage) -> tuple[QFrame, ...]:
    """A card with the questions that the call asks on a page's step; none where it asks none."""
    desk = page.desk
    call, language = desk.call, desk.words.language
    fields = []
    for question in call.questions:
        if question.step != page.step:
            continue
        options = [("", desk.t("Not chosen"))]
        if question.kind == "yes_no":
            options += [("yes", desk.t("Yes")), ("no", desk.t("No"))]
        else:
            options += [(choice.id, call.text(choice.label, language)) for choice in question.choices]
        kind = {"text": Kind.TEXT, "line": Kind.LINE}.get(question.kind, Kind.CHOICE)
        made = page.field(
            f"answers[{question.id}]",
            kind=kind,
            label=call.text(question.label, language),
            optional=not question.mandatory,
            options=options if kind is Kind.CHOICE else (),
        )
        fields.append(made)
        if question.when is not None:
            page.follow(Follower(desk, question, made))
    return (page.card(desk.t("Questions of the call"), *fields),) if fields else ()
