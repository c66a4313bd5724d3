"""Saving, and what asks for it: saving elsewhere, a copy as new, closing. A save is told only once it is verified."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from hakemus.ui.background import afterwards, made_aside, under_way
from hakemus.ui.commands.commands import Commands
from hakemus.ui.commands.places import own_folder, same_file, same_place, with_ending
from hakemus.ui.dialogs.asking import ask
from hakemus.usecases.errors import ChangedMeanwhile, UserError

if TYPE_CHECKING:
    from hakemus.domain.draft import Document
    from hakemus.ui.host import Host
    from hakemus.usecases.files import OpenFile
    from hakemus.usecases.session import Session

ENDING = ".hakemus"


class Saving(Commands):
    """Puts the open application into its file."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.busy = False
        """A save is being written on another thread; what is typed meanwhile stays unsaved."""
        self.said = ""
        """When the last save was acknowledged, in the words of the rail."""
        self._closes = False

    def do_save(self) -> None:
        self.save()

    def do_save_as(self) -> None:
        self.save(elsewhere=True)

    def save(self, *, elsewhere: bool = False, failed: str = "") -> bool:
        """Save; True only when the file has been written and read back. A field in focus keeps it.

        `failed`: the path that could not be written just now; another is looked for in another folder.
        """
        if self._is_saving():
            return False
        self._c.keeper.back_to_present()
        if self._c.desk is None or self._c.opened is None:
            return True
        self._c.desk.bridge.leave()
        path = None if elsewhere or self._c.desk.read_only else self._c.opened.path
        if path is None:
            path = self.ask_path(failed)
            if not path:
                return False
        here = self._c.opened.path
        if here is not None and same_place(path, here):
            path = here  # another way to the open file: what others wrote there meanwhile is not agreed to be replaced
        own = path == here
        return self._write(path, agreed=not own)

    def ask_path(self, failed: str = "") -> str:
        """Where to save; empty where the person changed their mind. `failed`: where it just could not be done."""
        while True:
            path = self._ask_path(failed)
            if not path or not self._must_choose_again(path):
                return path

    def _must_choose_again(self, path: str) -> bool:
        """Whether a name will not do: it is that of the file that is only read, or some computer refuses it."""
        assert self._c.desk is not None
        source = self._c.keeper.source() if self._c.desk.read_only else ""
        if source and same_file(path, source):
            ask(
                self._c.window,
                "warning",
                self.t("Choose another name"),
                self.t("{path} is only read here and stays as it is.", path=path),
                [("another", self.t("Choose another name…"))],
            )
            return True
        problem = self._c.services.keeping().name_problem(path)
        if problem is None:
            return False
        answer = ask(
            self._c.window,
            "warning",
            self.t("The name does not do on every computer"),
            self.t(
                "{problem} Choose another name for {path}, so that Windows and synchronised folders take it too.",
                problem=problem,
                path=path,
            ),
            [("another", self.t("Choose another name…")), ("keep", self.t("Save under this name"))],
        )
        return answer != "keep"

    def _ask_path(self, failed: str) -> str:
        from hakemus.usecases.drafts import file_name

        assert self._c.desk is not None
        name = f"{file_name(self._c.desk.session.value('project.title'), self.t('Application'))}{ENDING}"
        if failed:  # its name may have been the fault, and its folder is full, locked or gone
            start = str(Path(own_folder()) / name)
        elif self._c.opened is not None and self._c.opened.path:
            start = self._c.opened.path
        else:
            start = str(Path(self._c.folder()) / name)
        path, _ = QFileDialog.getSaveFileName(
            self._c.window, self.t("Save the application"), start, self.t("Applications (*.hakemus)")
        )
        return with_ending(self._c, path, ENDING)

    def _write(self, path: str, *, agreed: bool) -> bool:
        assert self._c.desk is not None
        session, document = self._c.desk.session, self._c.desk.document()
        try:
            saved = self._written(document, path, agreed=agreed)
        except ChangedMeanwhile as error:
            return self._c.keeper.changed_meanwhile(path, error)
        except UserError as error:
            self._c.keep_recovery()
            title = self.t("The application was not saved")
            self._c.window.say(title)  # what was said of an earlier save must not stand there now
            answer = ask(
                self._c.window,
                "error",
                title,
                self._c.window.words.render(error.message),
                [("elsewhere", self.t("Save a copy elsewhere…")), ("ok", self.t("Back to the application"))],
            )
            return self.save(elsewhere=True, failed=path) if answer == "elsewhere" else False
        if session.read_only:
            self._c.open_path(path)
            self._tell_saved(path)
        else:
            self._acknowledge(session, saved)
        return True

    def _written(self, document: Document, path: str, *, agreed: bool) -> OpenFile:
        """Write on another thread; meanwhile the window takes what is typed. Raises `UserError`."""
        opened, files = self._c.opened, self._c.services.files()
        assert opened is not None
        if self._c.desk is not None and self._c.desk.read_only:
            from hakemus.usecases.papers import without_files

            opened = replace(opened, path=None, seen=None)  # whatever is shown to be read is written elsewhere
            document, _ = without_files(document, opened.attachments)
        place = None if path == opened.path else path
        self.busy = True
        self._c.follow_title()
        try:
            return made_aside(lambda: files.save(opened, document, place, agreed=agreed), typing=True)
        finally:
            self.busy = False
            self._c.follow_title()

    def _acknowledge(self, session: Session, saved: OpenFile) -> None:
        """The file holds what stood when the save began; what came meanwhile is unsaved."""
        assert self._c.opened is not None
        self._c.keeper.saved(self._c.opened, saved)
        meanwhile = self._c.opened
        self._c.hold(
            replace(
                saved,
                attachments={**meanwhile.attachments, **saved.attachments},
                removable=meanwhile.removable | saved.removable,
            )
        )
        session.mark_saved(saved.document)
        if session.dirty:
            self._c.keep_recovery()
        else:
            self._c.drop_recovery()
        self._note_recent()
        self._tell_saved(saved.path)

    def _tell_saved(self, path: str | None) -> None:
        """When it was saved, in the rail, and where, at the foot."""
        now = self._c.services.clock.now()
        self.said = self.t("Saved {time}", time=f"{now.hour}.{now.minute:02d}")
        self._c.after_change()
        self._c.window.say(self.t("{saved}: {path}", saved=self.said, path=path))

    def _is_saving(self) -> bool:
        """Whether a save is under way, which is said: what would take the application away waits for it."""
        if self.busy:
            self._c.window.say(self.t("The application is being saved. Try again in a moment."))
        return self.busy

    def write_over(self, path: str, seen: str | None, *, agreed: bool = False) -> bool:
        """Save where another file lies than was opened: the one that was looked at (`seen`), or none (None).

        `agreed`: whatever lies there may be replaced.
        """
        assert self._c.opened is not None
        if not agreed:
            self._c.hold(replace(self._c.opened, seen=seen))
        return self._write(path, agreed=agreed)

    def do_copy_as_new(self) -> None:
        """The same content as a new application with its own identity."""
        if self._c.desk is None or self._c.opened is None or self._is_saving():
            return
        from hakemus.usecases.papers import without_files

        shown, opened = self._c.desk, self._c.opened
        document, _ = without_files(shown.document(), opened.attachments)
        self._c.keeper.back_to_present()
        if self._c.desk is not shown and not self.put_away():
            return  # what is copied is an earlier version: the present has unsaved work of its own
        copied = self._c.services.files().copy_as_new(replace(opened, document=document))
        self._c.show_file(copied, unsaved=True)
        self.save()

    def do_other_call(self) -> None:
        """The same content as a new application under another call; what is open stays as it is."""
        from hakemus.ui.dialogs.other_call import OtherCallDialog
        from hakemus.usecases.other_call import copy_for
        from hakemus.usecases.papers import without_files

        if self._c.desk is None or self._c.opened is None or self._is_saving():
            return
        self._c.leave_field()
        services = self._c.services
        dialog = OtherCallDialog(self._c.window, self._c.desk, tuple(services.call_cards()), services.definition_of)
        wanted = bool(dialog.exec())
        call_id = dialog.chosen
        dialog.deleteLater()
        document, _ = without_files(self._c.desk.document(), self._c.opened.attachments)
        opened = replace(self._c.opened, document=document)
        if wanted and call_id and self.put_away():
            made = copy_for(opened, services.definition_of(call_id), services.chance.document_id())
            self._c.show_file(made, unsaved=True)

    def _note_recent(self) -> None:
        from hakemus.ui.recent_entry import recent_entry

        if self._c.desk is not None and self._c.opened is not None and self._c.opened.path:
            wizard = self._c.window.wizard
            at = wizard.place if wizard is not None else ""
            now = self._c.services.clock.now()
            self._c.services.recent.note(recent_entry(self._c.desk, self._c.opened.path, now, at))

    def may_close(self) -> bool:
        """Whether the window may go: everything is saved, or the person has decided."""
        if under_way():
            self._c.window.say(self.t("The window closes as soon as the file is written."))
            if not self._closes:
                self._closes = True
                afterwards(self._close)
            return False
        if not self.put_away():
            return False
        self._c.drop_desk()
        return True

    def _close(self) -> None:
        self._closes = False
        self._c.window.close()

    def put_away(self) -> bool:
        """Save, drop or keep what is open; False keeps it."""
        if self._is_saving():
            return False
        self._c.keeper.back_to_present()
        if self._c.desk is None or not self._c.desk.session.dirty:
            return True
        self._c.leave_field()
        answer = ask(
            self._c.window,
            "warning",
            self.t("Save the changes before closing?"),
            self.t("If you do not save, the changes since the last save are lost from the file."),
            [("save", self.t("Save")), ("drop", self.t("Do not save"))],
            cancel=self.t("Cancel"),
        )
        if answer == "save":
            return self.save()
        if answer == "drop":
            self._c.drop_recovery()
            return True
        return False
