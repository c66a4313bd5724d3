"""Another state of the application beside what stands; from there it can be brought back as an undoable step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from hakemus.domain.messages import msg
from hakemus.ui.background import made_aside
from hakemus.ui.commands.places import pdf_path

if TYPE_CHECKING:
    from hakemus.domain.draft import Draft
    from hakemus.ui.dialogs.compare import Take
    from hakemus.ui.host import Host
    from hakemus.usecases.comparing import Difference

Named = tuple[str, "Callable[[], Draft]"]
"""What one side is called, and its draft as it stands when it is asked."""


def compare(
    host: Host,
    old: Named,
    new: Named,
    *,
    take: Take | None = None,
    answers: Sequence[tuple[str, str]] = (),
    foreign: bool = False,
) -> str:
    """Show two states side by side; the key of the answer that was chosen, or nothing."""
    from hakemus.ui.dialogs.compare import CompareDialog, Side

    paper = _Paper(host, old, new)
    dialog = CompareDialog(
        host.window,
        host.window.words,
        Side(*old),
        Side(*new),
        take=take,
        answers=answers,
        foreign=foreign,
        papers=(("pdf", host.t("Save PDF…"), paper.save), ("print", host.t("Print…"), paper.print)),
    )
    try:
        dialog.exec()
        return dialog.answer
    finally:
        dialog.deleteLater()


class _Paper:
    """The comparison as it stands when it is asked for, in the language of the program."""

    def __init__(self, host: Host, old: Named, new: Named) -> None:
        self._c, self._old, self._new = host, old, new

    def _bytes(self) -> bytes:
        from hakemus.domain.draft import Document
        from hakemus.usecases.comparison_report import State

        old, new = (State(name, draft()) for name, draft in (self._old, self._new))
        exporter, language = self._c.services.exporter(), self._c.window.words.language
        document = self._c.desk.document() if self._c.desk is not None else Document(id="–", draft=new.draft)
        return made_aside(lambda: exporter.comparison_bytes(document, old, new, language))

    def save(self) -> None:
        """Ask where, and write the comparison there."""
        path = pdf_path(self._c, self._c.t("Comparison of versions"))
        if path:
            self._c.attempt(lambda: self._c.services.exporter().write(path, self._bytes()))

    def print(self) -> None:
        """Print the comparison."""
        from hakemus.usecases.ports import PrintJob

        title = self._c.t("Comparison of versions")
        self._c.attempt(lambda: self._c.services.printer.print(PrintJob(title, self._bytes())))


def compare_with_now(
    host: Host,
    name: str,
    draft: Draft,
    files: Mapping[str, bytes],
    *,
    answers: Sequence[tuple[str, str]] = (),
    foreign: bool = False,
) -> str:
    """Another state beside the open application; where that can be edited, what differs can be brought back, with
    what its attachments hold (`files`, by SHA-256). `foreign`: it is no earlier state but somebody's other one, from
    which is taken what this one never had.
    """
    from hakemus.usecases.comparing import brought_back

    desk = host.desk
    assert desk is not None
    session = desk.session

    def take(item: Difference | None) -> None:
        made = draft if item is None else brought_back(session.draft, draft, item)
        bring_back(host, name, made, files, foreign=foreign)

    return compare(
        host,
        (name, lambda: draft),
        (host.t("The open version") if foreign else host.t("Now"), lambda: session.draft),
        take=None if session.read_only else take,
        answers=answers,
        foreign=foreign,
    )


def bring_back(host: Host, name: str, draft: Draft, files: Mapping[str, bytes], *, foreign: bool = False) -> None:
    """Put a draft in the place of what stands, as one step that is named for where it came from.

    Its attachments come along out of `files`; a row whose file is nowhere says that it follows later, for a file that
    lists what it does not hold could not be saved.
    """
    from hakemus.domain.paths import with_value
    from hakemus.usecases.files import listed_members, with_attachments
    from hakemus.usecases.papers import without_files

    desk, opened = host.desk, host.opened
    assert desk is not None
    assert opened is not None
    document = with_value(desk.document(), "draft", draft)
    document, _ = without_files(document, {**files, **opened.attachments})
    lacking = listed_members(document) & files.keys() - opened.attachments.keys()
    host.hold(with_attachments(opened, {digest: files[digest] for digest in lacking}))
    desk.session.seal()
    done = msg("taking over: {version}", version=name) if foreign else msg("bringing back from {version}", version=name)
    desk.session.replace(document.draft, done)
    desk.bridge.judge_now()
