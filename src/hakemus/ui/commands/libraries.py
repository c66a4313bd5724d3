"""The libraries' own data: kept once, copied into an application where a person says so, and kept from one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hakemus.ui.commands.commands import Commands
from hakemus.ui.dialogs.asking import ask
from hakemus.usecases.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QDialog

    from hakemus.domain.application import Applicant
    from hakemus.ui.desk import Desk
    from hakemus.usecases.library_profile import Profile


class Libraries(Commands):
    """Editing what is kept of libraries, and the way between it and the open application."""

    def do_libraries(self) -> None:
        """Every library of this computer, to be read and changed."""
        from hakemus.ui.dialogs.libraries import LibrariesDialog

        services = self._c.services
        kept = tuple(services.profiles.read())
        first = self._matching(kept)
        dialog = LibrariesDialog(
            self._c.window,
            self._c.window.words,
            kept,
            self._page_desk,
            services.chance.document_id,
            first.id if first is not None else "",
        )
        try:
            if dialog.exec():
                self._keep(dialog.profiles)
        finally:
            dialog.deleteLater()

    def _page_desk(self, applicant: Applicant, parent: QDialog) -> Desk:
        """A desk of its own for a library's page: nothing of it reaches the open application."""
        from hakemus.domain.application import Application
        from hakemus.ui.bridge import Bridge
        from hakemus.ui.desk import Desk
        from hakemus.usecases import drafts
        from hakemus.usecases.session import Session

        services = self._c.services
        definition = self._any_definition()
        document = drafts.new_document(definition, "", application=Application(applicant=applicant))
        bridge = Bridge(Session(document, services.chance.draw, services.clock), parent)
        return Desk(bridge, self._c.window.words, self._c.outputs(), services.suggestions)

    def _any_definition(self) -> dict[str, Any]:
        """That of the first call on the list whose file has no faults: a library's page asks nothing of it."""
        services = self._c.services
        for card in services.call_cards():
            with suppress(UserError):
                return services.definition_of(card.id)
        raise LookupError("no call that ships can be used")

    def _matching(self, kept: Sequence[Profile]) -> Profile | None:
        from hakemus.usecases.library_profile import match

        desk = self._c.desk
        return match(kept, desk.session.draft.application.applicant) if desk is not None else None

    def _keep(self, profiles: Sequence[Profile]) -> bool:
        try:
            self._c.services.profiles.write(profiles)
        except UserError as error:
            self._c.tell(error)
            return False
        if self._c.desk is not None:
            self._c.desk.bridge.profiles_changed.emit()
        self._c.refresh_start()
        return True

    def do_library_fill(self) -> None:
        """What a library's kept data say otherwise than this application; what is ticked is taken as one step."""
        from hakemus.domain.messages import msg
        from hakemus.ui.dialogs.profile_compare import ProfileCompareDialog
        from hakemus.usecases.library_profile import adopted

        desk, kept = self._c.desk, tuple(self._c.services.profiles.read())
        if desk is None or desk.session.read_only:
            return
        if not kept:
            self.do_libraries()
            return
        self._c.leave_field()
        own = self._matching(kept)
        applicant = desk.session.draft.application.applicant
        dialog = ProfileCompareDialog(self._c.window, desk, kept, own.id if own is not None else "", applicant)
        try:
            if dialog.exec() and dialog.taken:
                taken = dialog.taken
                changed = adopted(desk.session.draft, taken)
                paths = [item.path for item in taken]
                desk.session.replace(changed, msg("taking over the library's kept data"), paths)
                self._c.window.say(
                    self._c.window.words.plural(
                        "{count} field was taken from the library's kept data. Undo brings the old one back.",
                        "{count} fields were taken from the library's kept data. Undo brings the old ones back.",
                        len(paths),
                    )
                )
        finally:
            dialog.deleteLater()

    def do_library_keep(self) -> None:
        """Keep this application's applicant as the library's data."""
        from hakemus.usecases.library_profile import with_applicant

        desk = self._c.desk
        if desk is None:
            return
        self._c.leave_field()
        services = self._c.services
        kept = tuple(services.profiles.read())
        applicant = desk.session.draft.application.applicant
        name = (applicant.library or applicant.organisation or "").strip()
        if not name:
            self._c.window.say(self.t("Fill in the library or the organisation first."))
            return
        own = self._matching(kept)
        if own is not None and own.applicant != applicant:
            answer = ask(
                self._c.window,
                "note",
                self.t("Replace the kept data of {name}?", name=own.name),
                self.t("Other applications keep what they have until you take the new data over in each."),
                [("replace", self.t("Replace"))],
                cancel=self.t("Cancel"),
            )
            if answer != "replace":
                return
        if self._keep(with_applicant(kept, applicant, services.chance.document_id())):
            self._c.window.say(self.t("The data of {name} are kept for the next application.", name=name))
