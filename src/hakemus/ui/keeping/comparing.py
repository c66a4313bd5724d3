"""Another state of the application beside what stands; from there it can be brought back as an undoable step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hakemus.domain.findings import msg

if TYPE_CHECKING:
    from hakemus.domain.draft import Draft
    from hakemus.ui.dialogs.compare import Take
    from hakemus.ui.host import Host
    from hakemus.usecases.comparing import Difference

Named = tuple[str, "Callable[[], Draft]"]
"""What one side is called, and its draft as it stands when it is asked."""


def compare(
    host: Host, old: Named, new: Named, *, take: Take | None = None, answers: Sequence[tuple[str, str]] = ()
) -> str:
    """Show two states side by side; the key of the answer that was chosen, or nothing."""
    from hakemus.ui.dialogs.compare import CompareDialog, Side

    dialog = CompareDialog(host.window, host.window.words, Side(*old), Side(*new), take=take, answers=answers)
    try:
        dialog.exec()
        return dialog.answer
    finally:
        dialog.deleteLater()


def compare_with_now(host: Host, name: str, draft: Draft, *, answers: Sequence[tuple[str, str]] = ()) -> str:
    """Another state beside the open application; where that can be edited, what differs can be brought back."""
    from hakemus.usecases.comparing import brought_back

    desk = host.desk
    assert desk is not None
    session = desk.session

    def take(item: Difference | None) -> None:
        bring_back(host, name, draft if item is None else brought_back(session.draft, draft, item))

    return compare(
        host,
        (name, lambda: draft),
        (host.t("Now"), lambda: session.draft),
        take=None if session.read_only else take,
        answers=answers,
    )


def bring_back(host: Host, name: str, draft: Draft) -> None:
    """Put a draft in the place of what stands, as one step that is named for where it came from."""
    desk = host.desk
    assert desk is not None
    desk.session.seal()
    desk.session.replace(draft, msg("bringing back from {version}", version=name))
    desk.bridge.judge_now()
