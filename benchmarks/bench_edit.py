"""One edit in the budget of the real window, to the redrawn meter and findings; aim: 16 ms at 200 lines."""

from __future__ import annotations

import datetime
import os
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import Row, application, seconds

SIZES = (20, 200, 2000)
EDITS = 25


def measure() -> list[Row]:
    """Medians over edits of different lines. Offscreen: what a screen adds is not in it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows: list[Row] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="hakemus-bench-") as folder:
            window = Window(Path(folder), size)
            for name, visited in (("the budget open", ()), ("all steps visited", STEPS)):
                window.visit(visited)
                session, meter, findings = window.edits()
                rows.append((f"{size} lines, {name}: to the meter", meter, f"session alone {session * 1000:.1f} ms"))
                rows.append((f"{size} lines, {name}: to the findings", findings, "without the wait of 300 ms"))
            window.close()
    return rows


STEPS = ("applicant", "project", "goals", "partners", "timeline", "funding", "attachments", "review", "budget")


class Window:
    """The program with one application open at the budget."""

    def __init__(self, state: Path, size: int) -> None:
        from hakemus.bootstrap.core import Core
        from hakemus.bootstrap.window import WindowApp, make_app
        from hakemus.usecases import calls, drafts

        self.app = make_app()
        core = Core(datetime.date(2018, 11, 15), state)
        started = WindowApp(core, self.app)
        self.window = started.make()
        self.window.show()
        self.controller = started.control()
        plain, _ = drafts.application_from_data(application(size), core.chance.draw)
        definition = calls.definition_of(core.calls, "avi-kirjastot-2018")
        document = drafts.new_document(definition, core.chance.document_id(), "fi", plain)
        self.controller.open_document(document)
        self.size = size
        self.visit(("budget",))

    def visit(self, steps: tuple[str, ...]) -> None:
        for step in steps:
            self.controller.command(f"step:{step}")
            self.settle()
        self.settle()

    def settle(self) -> None:
        for _ in range(6):
            self.app.processEvents()

    def edits(self) -> tuple[float, float, float]:
        """Median seconds of the session's part, to the redrawn meter, and to the redrawn findings."""
        from statistics import median

        session = self.window.wizard.desk.session
        bridge = self.window.wizard.desk.bridge
        alone, meter, findings = [], [], []
        for at in range(EDITS):
            path = f"budget.lines[k{at % min(self.size, 12)}].unit_price"
            plain = _Alone(session)
            to_meter = seconds(lambda path=path, at=at, plain=plain: self._edit(session, path, at, plain))
            to_findings = to_meter + seconds(lambda: self._judge(bridge))
            alone.append(plain.seconds)
            meter.append(to_meter)
            findings.append(to_findings)
            session.seal()
        return median(alone), median(meter), median(findings)

    def _edit(self, session: Any, path: str, at: int, plain: _Alone) -> None:
        plain.begin()
        session.edit(path, f"{at + 100},{at % 90 + 10}")
        self.app.processEvents()

    def _judge(self, bridge: Any) -> None:
        bridge.judge_now()
        self.app.processEvents()

    def close(self) -> None:
        self.controller.forget_changes()
        self.window.drop_wizard()
        self.window.close()
        self.window.deleteLater()
        self.settle()


class _Alone:
    """Takes the time from the beginning of an edit until its listeners are first told."""

    def __init__(self, session: Any) -> None:
        self.seconds = 0.0
        self._began = 0.0
        self._stop = session.subscribe(self._told)
        # told first, before the window
        listeners = session._listeners
        listeners.insert(0, listeners.pop())

    def begin(self) -> None:
        import time

        self._began = time.perf_counter()

    def _told(self, _change: object) -> None:
        import time

        self.seconds = time.perf_counter() - self._began
        self._stop()
