"""Looking back: an earlier version shown read-only in place of the present, which waits with its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hakemus.ui.commands.commands import Commands
from hakemus.ui.keeping.comparing import bring_back, compare_with_now
from hakemus.ui.widgets.notice import NoticeView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hakemus.domain.draft import Document, Draft
    from hakemus.ui.host import Host
    from hakemus.ui.keeping.messages import Made, Messages
    from hakemus.ui.keeping.versions import Versions
    from hakemus.usecases.files import OpenFile
    from hakemus.usecases.session import Session


@dataclass(frozen=True, slots=True)
class _Present:
    """What was open before somebody looked at an earlier version."""

    opened: OpenFile
    session: Session
    told: tuple[Made, ...]


class Past(Commands):
    """The commands about versions, and the way back to the present."""

    def __init__(self, host: Host, messages: Messages) -> None:
        super().__init__(host)
        self._messages = messages
        self._present: _Present | None = None

    def forget(self) -> None:
        """There is no present to go back to any more."""
        self._present = None

    def _look_at(self, name: str, document: Document, opened: OpenFile) -> None:
        wizard, desk, present = self._c.window.wizard, self._c.desk, self._c.opened
        if wizard is None or desk is None or present is None:
            return
        self.back_to_present()
        self._c.keep_recovery()
        told = self._messages.change(lambda: self._version(name, document, opened))
        self._present = _Present(present, desk.session, told)
        self._c.show_beside(replace(opened, document=document, path=None, seen=None), wizard.step)

    def _version(self, name: str, document: Document, opened: OpenFile) -> NoticeView:
        return NoticeView(
            "note",
            self.t("This is the version of {version}, read only", version=name),
            "",
            [
                (self.t("Back to the present"), self.back_to_present),
                (self.t("Compare with now…"), lambda: self._compare_version(name, document, opened.attachments)),
                (self.t("Bring it back"), lambda: self._bring_back(name, document, opened.attachments)),
            ],
        )

    def back_to_present(self) -> None:
        """From an earlier version to what is being edited; nothing where that is shown already."""
        if self._present is None:
            return
        kept, self._present = self._present, None
        wizard = self._c.window.wizard
        assert wizard is not None
        self._messages.change(*kept.told)
        self._c.show_again(kept.opened, kept.session, wizard.step)

    def _compare_version(self, name: str, document: Document, files: Mapping[str, bytes]) -> None:
        self.back_to_present()
        self._compare(name, document.draft, files)

    def _compare(self, name: str, draft: Draft, files: Mapping[str, bytes]) -> None:
        compare_with_now(self._c, name, draft, files)

    def _bring_back(self, name: str, document: Document, files: Mapping[str, bytes]) -> None:
        self.back_to_present()
        bring_back(self._c, name, document.draft, files)
        self._c.window.say(self.t("Brought back. Undo takes it away again."))

    # -- commands --------------------

    def do_versions(self) -> None:
        versions = self._versions()
        if versions is not None:
            versions.show()

    def do_name_version(self) -> None:
        versions = self._versions()
        if versions is not None:
            versions.keep_named()

    def do_mark_submitted(self) -> None:
        versions = self._versions()
        if versions is not None and versions.mark_submitted():
            self.tell_submitted()

    def _versions(self) -> Versions | None:
        from hakemus.ui.keeping.versions import Versions

        self.back_to_present()
        if self._c.desk is None or self._c.saving:
            return None
        return Versions(self._c, self._look_at, self._compare)

    def tell_submitted(self) -> None:
        """Say which state was submitted, so that later edits are told apart."""
        from hakemus.usecases.snapshots import last_submitted, moment_of

        desk = self._c.desk
        found = last_submitted(desk.session.document) if desk is not None else None
        if found is None:
            return
        moment = moment_of(found)
        name = found.label or (self._c.window.words.moment(moment) if moment else "")
        self._messages.tell(
            lambda: NoticeView(
                "note",
                self.t("{version}: kept as it was submitted", version=name),
                self.t("What is changed here now is not in what was submitted."),
                [(self.t("Earlier versions…"), self.do_versions)],
                self.t("Close the message"),
            )
        )
