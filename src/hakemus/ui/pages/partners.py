"""The step Partners: who takes part, how firmly, and who does the work."""

from __future__ import annotations

from collections.abc import Sequence

from hakemus.i18n.marking import N_
from hakemus.ui.binding import references
from hakemus.ui.binding.row_details import Detail, RowDetails
from hakemus.ui.binding.tables import BoundTable, Spec
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.widgets.boxes import Item
from hakemus.ui.widgets.buttons import Button, button
from hakemus.ui.widgets.field import Kind


class PartnersPage(StepPage):
    step = "partners"
    lead = N_("With whom is the project made, and how far have they committed themselves?")

    def build(self) -> Sequence[Item]:
        t = self.desk.t
        partners = self.add_table(
            BoundTable(
                self.desk,
                "partners",
                [
                    Spec("name", 190, stretch=True),
                    Spec("kind", 130, rank=4),
                    Spec("role", 190, rank=1),
                    Spec("contact", 150, rank=3),
                    Spec("commitment", 110),
                    Spec("committed_on", 120, right=True, rank=2),
                ],
                add=t("Add a partner"),
                parent=self,
            )
        )
        team = self.add_table(
            BoundTable(
                self.desk,
                "team",
                [
                    Spec("name", 190, stretch=True),
                    Spec("organisation", 200, rank=2),
                    Spec("role", 220, rank=1),
                    Spec("confirmed", 110),
                ],
                add=t("Add a team member"),
                parent=self,
            )
        )
        prose = self.card(
            "",
            self.field(
                "project.joint", hint=t("Several organisations apply together and share the work and the money.")
            ),
            self.field("project.cooperation", kind=Kind.TEXT, rows=4, optional=True),
        )
        return (
            self.table_card(
                t("Partners"),
                partners,
                hint=t("Add those with whom the project is made, even if nothing is signed yet."),
                tools=[self._letter(), *self.row_tools(partners)],
            ),
            self._details_card(partners),
            self.table_card(t("Team"), team, tools=self.row_tools(team)),
            self.left_out_of(team),
            prose,
            *question_card(self),
        )

    def _details_card(self, partners: BoundTable) -> RowDetails:
        self._table = partners
        self._row = self.details_of(
            partners,
            Detail("name", span=2),
            Detail("kind"),
            Detail("role", span=2),
            Detail("commitment"),
            Detail("contact", span=2),
            Detail("committed_on"),
            Detail("email", span=2),
            Detail("vat"),
            Detail("attachment", Kind.CHOICE, references.attachments(self.desk), 2),
        )
        return self._row

    @property
    def current(self) -> str:
        """The address of the row with the cursor, or whose details are in sight; empty where neither is."""
        return self._table.widget.current()[0] or self._row.row

    def _letter(self) -> Button:
        return button(
            self.desk.t("Letter of intent…"),
            "document",
            "small",
            tip=self.desk.t("A letter of intent for the partner of this row, to be signed"),
            does=lambda: self.desk.wishes.command.emit("letter"),
        )
