"""Work on another thread while the window goes on, and while it goes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from keeping import edit, saved
from person import Person, plain, saving_to, settle
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from hakemus.ui import background
from hakemus.ui.background import Maker, afterwards, made_aside, under_way

ROOT = Path(__file__).resolve().parents[2]


def in_a_program_of_its_own(text: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", text]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)


def test_whoever_takes_a_result_may_end_what_made_it(dressed: QApplication, qtbot) -> None:  # type: ignore[no-untyped-def]
    """As a window does that closes when its preview is there."""
    maker, results = Maker(), []

    def take(result: object) -> None:
        results.append(result)
        shiboken6.delete(maker)

    maker.made.connect(take)
    maker.ask(lambda: "paper")
    qtbot.waitUntil(lambda: results == ["paper"])


def test_what_has_to_wait_is_done_once_nobody_waits_any_more(dressed: QApplication) -> None:
    seen: list[str] = []

    def make() -> str:
        # in a turn of the loop that waits for this
        QTimer.singleShot(0, dressed, lambda: (seen.append(f"waiting {under_way()}"), asked.set()))
        assert asked.wait(20)
        return "made"

    asked = threading.Event()
    QTimer.singleShot(0, lambda: afterwards(lambda: seen.append(f"then {under_way()}")))
    seen.append(made_aside(make))
    assert "then False" not in seen
    settle()
    assert seen == ["waiting True", "made", "then False"]
    afterwards(lambda: seen.append("at once"))
    settle()
    assert seen[-1] == "at once"


CLOSED_MEANWHILE = """
import threading
from PySide6.QtCore import QMetaObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from hakemus.ui.background import made_aside
app = QApplication([])
gone = threading.Event()
app.aboutToQuit.connect(gone.set)
def make():
    QMetaObject.invokeMethod(app, "quit", Qt.ConnectionType.QueuedConnection)
    assert gone.wait(20)
    return "paper"
QTimer.singleShot(0, lambda: print(made_aside(make)))
app.exec()
print("ended")
"""


def test_a_result_comes_also_where_the_program_is_ending() -> None:
    """No loop runs any more then, and waiting for it to run would never end."""
    done = in_a_program_of_its_own(CLOSED_MEANWHILE)
    assert (done.stdout.split(), done.stderr, done.returncode) == (["paper", "ended"], "", 0)


OUTLIVED = """
import time
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from hakemus.ui.background import Maker
app = QApplication([])
def make():
    begun = time.monotonic()
    while QCoreApplication.instance() is not None and time.monotonic() - begun < 1:
        pass
maker = Maker()
maker.ask(make)
"""


def test_a_job_does_not_outlive_the_program() -> None:
    done = in_a_program_of_its_own(OUTLIVED)
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Person, Callable[[], object]], None]]:
    """A paper that is not ready until something was done in the window."""
    gate = threading.Event()

    def meanwhile(person: Person, deed: Callable[[], object]) -> None:
        exporter = person.controller.services.exporter()
        real = type(exporter).pdf_bytes

        def make(self: object, *what: object) -> bytes:
            assert threading.current_thread() is not threading.main_thread()
            assert gate.wait(20)
            return bytes(real(self, *what))  # type: ignore[arg-type]

        def act() -> None:
            try:
                deed()
            finally:
                gate.set()

        monkeypatch.setattr(type(exporter), "pdf_bytes", make)
        QTimer.singleShot(50, act)

    yield meanwhile
    gate.set()


def test_a_window_that_is_closed_during_an_export_closes_behind_it(
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    slow: Callable[[Person, Callable[[], object]], None],
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    said: list[str] = []

    def close_twice() -> None:
        for _ in range(2):
            assert not person.window.close()
            said.append(person.said)

    slow(person, close_twice)
    with saving_to(monkeypatch, tmp_path / "a.pdf"):
        person.controller.command("export_pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert said == [plain(person.t("The window closes as soon as the file is written."))] * 2
    assert person.window.isVisible()
    settle()
    assert not person.window.isVisible()


def test_a_window_that_was_to_close_asks_for_what_is_unsaved_first(
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    slow: Callable[[Person, Callable[[], object]], None],
) -> None:
    saved(person, tmp_path / "a.hakemus", monkeypatch)
    edit(person, project__title="Another")
    slow(person, person.window.close)
    with saving_to(monkeypatch, tmp_path / "a.pdf"):
        person.controller.command("export_pdf")
    person.answers = [""]
    settle()
    assert person.window.isVisible()
    assert not background.under_way()
    person.answers = ["drop"]
    assert person.window.close()
