"""From finding to finding (F8), round and round: texts that are no values yet first, then what the rules found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hakemus.domain.findings import Finding
from hakemus.ui.desk import Desk


class FindingsWalk:
    """Keeps the place; `go` opens the step of an address and marks every field that is concerned."""

    def __init__(self, desk: Desk, go: Callable[[str, Iterable[str]], None]) -> None:
        self._desk, self._go = desk, go
        self._at = -1

    def by(self, by: int) -> None:
        """The next finding, or the one before."""
        session = self._desk.session
        waiting = session.pending()
        count = len(waiting) + len(session.check.findings)
        if not count:
            self._desk.wishes.status.emit(self._desk.t("Nothing to put right."))
            return
        self._at = (self._at + by) % count if self._at >= 0 else (0 if by > 0 else count - 1)
        if self._at < len(waiting):
            self._go(waiting[self._at].path, ())
        else:
            self.show(self._at - len(waiting))

    def show(self, at: int) -> None:
        """Jump to a finding by its place in the list, and mark every field that it concerns."""
        desk = self._desk
        findings = desk.session.check.findings
        if not 0 <= at < len(findings):
            return
        finding: Finding = findings[at]
        self._at = at + len(desk.session.draft.pending)
        level, sentence = desk.level(finding.severity), desk.say(finding.message)
        desk.wishes.status.emit(desk.t("{level}: {sentence}", level=level, sentence=sentence))
        if finding.paths:
            self._go(finding.paths[0], finding.paths)
