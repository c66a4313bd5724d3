"""The call's own questions of a step, as fields. Used by the pages; knows none of them."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from hakemus.ui.pages.base import StepPage
from hakemus.ui.widgets.field import Kind


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
        fields.append(
            page.field(
                f"answers[{question.id}]",
                kind=kind,
                label=call.text(question.label, language),
                optional=not question.mandatory,
                options=options if kind is Kind.CHOICE else (),
            )
        )
    return (page.card(desk.t("Questions of the call"), *fields),) if fields else ()
