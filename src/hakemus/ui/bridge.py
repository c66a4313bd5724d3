"""The session as Qt signals. Meter and totals follow each change; the list of findings waits for quiet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from hakemus.usecases.session import Change, Session

QUIET_MS = 300


class Bridge(QObject):
    """`changed` at once with each change; `judged` when findings are due: after quiet, or when a field is left."""

    changed = Signal(object)
    judged = Signal()
    state_changed = Signal()
    """Saved, path or read-only state has changed."""

    profiles_changed = Signal()
    """What this computer keeps of libraries has changed."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self.judged)
        self._stop = session.subscribe(self._on_change)

    def _on_change(self, change: Change) -> None:
        self.changed.emit(change)
        if change.structural:
            self.judge_now()
        else:
            self._quiet.start()

    def judge_now(self) -> None:
        """Findings are due now."""
        self._quiet.stop()
        self.judged.emit()

    def leave(self) -> None:
        """Focus has left a field: its step is closed, and its findings are due."""
        self.session.seal()
        if self._quiet.isActive():
            self.judge_now()

    def close(self) -> None:
        """Stop listening, and go; the session may live on."""
        self._quiet.stop()
        self._stop()
        self.deleteLater()


Figures = Mapping[str, str]
