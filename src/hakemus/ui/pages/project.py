"""The step Project: name, summary, need, description, and the call's own questions that stand here."""

from __future__ import annotations

from collections.abc import Sequence

from hakemus.i18n.marking import N_
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.widgets.boxes import Item
from hakemus.ui.widgets.field import Kind


class ProjectPage(StepPage):
    step = "project"
    lead = N_("What will be done, for whom and why? Write it for somebody who does not know your library.")

    def build(self) -> Sequence[Item]:
        t = self.desk.t
        basics = self.card(
            "",
            self.field("project.title"),
            self.field("project.summary", kind=Kind.TEXT, rows=3),
            self.field("project.need", kind=Kind.TEXT, rows=4, optional=True),
            self.field("project.description", kind=Kind.TEXT, rows=7),
        )
        themes = self.card(
            t("Theme and target groups"),
            self.beside(self.field("project.theme", optional=True), self.field("project.area", optional=True)),
            self.beside(
                self.field("project.target_groups", hint=t("One on each line"), optional=True, rows=3),
                self.field("project.keywords", hint=t("One on each line"), optional=True, rows=3),
            ),
        )
        after = self.card(
            t("Before and after"),
            self.field("project.earlier_projects", kind=Kind.TEXT, optional=True),
            self.field("project.evaluation", kind=Kind.TEXT, optional=True),
            self.field("project.dissemination", kind=Kind.TEXT, optional=True),
            self.field("project.continuation", kind=Kind.TEXT, optional=True),
        )
        return (basics, themes, after, *question_card(self))
