"""The step Applicant: the organisation, its identifiers, and who answers for the application."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hakemus.i18n.marking import N_
from hakemus.ui.binding.row_details import Detail
from hakemus.ui.binding.tables import BoundTable, Spec
from hakemus.ui.pages.base import StepPage
from hakemus.ui.widgets.badges import Banner
from hakemus.ui.widgets.boxes import Item, clear_box, row, show_if
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import Label
from hakemus.usecases.banks import Bank
from hakemus.usecases.library_profile import differences, is_begun, match
from hakemus.usecases.session import Change


class ApplicantPage(StepPage):
    step = "applicant"
    lead = N_("Who applies, and who can be asked about it?")

    def build(self) -> Sequence[Item]:
        t = self.desk.t
        organisation = self.card(
            t("Organisation"),
            self.beside(self.field("applicant.organisation"), self.field("applicant.library")),
            self.beside(
                self.field("applicant.business_id", hint=t("For example 1234567-1")),
                self.field("applicant.isil", hint=t("For example FI-Abc"), optional=True),
            ),
            self.beside(
                self.field("applicant.municipality", optional=True), self.field("applicant.region", optional=True)
            ),
            self.field("applicant.vat"),
        )
        contacts = self.add_table(
            BoundTable(
                self.desk,
                "applicant.contacts",
                [
                    Spec("role", 140, rank=1),
                    Spec("name", 180, stretch=True),
                    Spec("title", 170, rank=4),
                    Spec("phone", 124, rank=2),
                    Spec("email", 220, rank=3),
                ],
                add=t("Add a contact person"),
                parent=self,
            )
        )
        address = self.card(
            t("Contact details"),
            self.field("applicant.street"),
            self.beside(self.field("applicant.postal_code"), self.field("applicant.city")),
            self.beside(self.field("applicant.phone"), self.field("applicant.email")),
        )
        account = self.card(
            t("Account for the payment of the grant"),
            self.beside(self.field("applicant.iban", optional=True), self.field("applicant.bic", optional=True)),
            self._bank_row(),
        )
        return (
            *self._before(),
            organisation,
            self.table_card(t("Contact persons"), contacts, tools=self.row_tools(contacts)),
            self.details_of(
                contacts, Detail("name"), Detail("title"), Detail("role"), Detail("phone"), Detail("email", span=2)
            ),
            address,
            account,
            *self._after(),
        )

    def _before(self) -> tuple[QWidget, ...]:
        return (*self._questions(), self._library_banner())

    def _after(self) -> tuple[Item, ...]:
        """The way to what this computer keeps of the library."""
        desk = self.desk
        command = desk.wishes.command.emit
        fill = button(desk.t("Take from the library's kept data…"), "", "quiet", does=lambda: command("library_fill"))
        keep = button(desk.t("Keep these for the next application"), "", "quiet", does=lambda: command("library_keep"))
        fill.setEnabled(not desk.session.read_only)
        return (Flow(fill, keep, gap=16),)

    def _bank_row(self) -> QWidget:
        """Which bank the account is at, where the BIC does not say so already: offered, never filled in by itself."""
        self._bank_words = Label("", "small", wrap=True)
        self._bank_fill = button(self.desk.t("Fill in the BIC"), "", "small", does=self._fill_bic)
        self._bank_box = clear_box(row(self._bank_words, self._bank_fill, None, gap=12))
        self._follow_bank()
        return self._bank_box

    def _bank(self) -> Bank | None:
        """The bank of the account, while its BIC stands otherwise."""
        applicant = self.desk.session.draft.application.applicant
        bank = self.desk.bank_of(applicant.iban)
        if bank is None or "".join((applicant.bic or "").split()).upper() == bank.bic:
            return None
        return bank

    def _follow_bank(self) -> None:
        bank = None if self.desk.read_only else self._bank()
        if bank is not None:
            words = self.desk.t("The account is at {bank}, whose BIC is {bic}.", bank=bank.name, bic=bank.bic)
            self._bank_words.set_text(words)
        show_if(self._bank_box, bank is not None)

    def _fill_bic(self) -> None:
        bank = self._bank()
        if bank is not None:
            self.desk.session.edit("applicant.bic", bank.bic)
            self.desk.bridge.leave()
            self.fields["applicant.bic"].widget.control.setFocus()

    def _library_banner(self) -> Banner:
        """What is kept of the library, where this application does not have it: shown, never pushed."""
        self._library = Banner("note", " ", "", " ", lambda: self.desk.wishes.command.emit("library_fill"))
        self._library.hide()
        self.desk.bridge.profiles_changed.connect(self._follow_library)
        self._follow_library()
        return self._library

    def _follow_library(self) -> None:
        desk = self.desk
        kept = () if desk.session.read_only else tuple(desk.profiles())
        applicant = desk.session.draft.application.applicant
        own = match(kept, applicant)
        if own is not None:
            differing = differences(own, applicant)
            count = len(differing)
            title = desk.t("The kept data of {name} have changed, or stand otherwise here", name=own.name)
            text = desk.nt("{count} field differs. Update it here?", "{count} fields differ. Update them here?", count)
            self._library.set("note", title, text, desk.t("Compare…"))
            show_if(self._library, bool(differing))
        elif kept and not is_begun(applicant):
            names = ", ".join(item.name for item in kept)
            self._library.set("note", desk.t("The library's data are kept on this computer"), names, desk.t("Fill in…"))
            show_if(self._library, True)  # noqa: FBT003
        else:
            self._library.hide()

    def _questions(self) -> tuple[Banner, ...]:
        """The call's questions before starting, until each is answered."""
        desk = self.desk
        open_questions = [
            item for item in desk.call.eligibility if not desk.session.value(f"answers[eligibility.{item.id}]")
        ]
        if not open_questions:
            return ()
        self._banner = Banner(
            "note",
            desk.t("Can we apply?"),
            desk.nt(
                "The call asks {count} thing before the work begins.",
                "The call asks {count} things before the work begins.",
                len(open_questions),
            ),
            desk.t("Show") if desk.read_only else desk.t("Answer…"),
            lambda: desk.wishes.command.emit("eligibility"),
        )
        return (self._banner,)

    def changed(self, change: Change) -> None:
        if any(path in ("", "applicant", "applicant.iban", "applicant.bic") for path in change.paths):
            self._follow_bank()
        if hasattr(self, "_library") and any(path == "" or path.startswith("applicant") for path in change.paths):
            self._follow_library()
        if hasattr(self, "_banner") and any(path.startswith("answers[eligibility.") for path in change.paths):
            waiting = [
                item
                for item in self.desk.call.eligibility
                if not self.desk.session.value(f"answers[eligibility.{item.id}]")
            ]
            self._banner.setVisible(bool(waiting))
