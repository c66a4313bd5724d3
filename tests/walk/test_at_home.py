"""The program on a person's own desktop: one window a draft, a log without content, no click lost, recent files."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from person import CALL, TODAY, FixedChance, Person, saving_to, settle
from PySide6.QtCore import QProcess, QProcessEnvironment, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from hakemus.adapters.storage import log
from hakemus.bootstrap.core import Core
from hakemus.bootstrap.instances import Listener, bring_forward, name_of
from hakemus.bootstrap.window import AtHome, EarlyAsks, WindowApp, keep_log, shown_elsewhere

ROOT = Path(__file__).resolve().parents[2]
MARKER = "Salaisuusmerkki"


@pytest.fixture
def at_home(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """Somebody at their own desktop, whose entries lie in a folder of the test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    person.start()
    assert person.started is not None
    keep_log(person.started.core)
    home = AtHome(person.window, person.controller)
    yield person
    if home._listener is not None:
        home._listener.shows("")
    logger = logging.getLogger("hakemus")
    for handler in list(logger.handlers):
        log.stop(handler)
    logger.setLevel(logging.NOTSET)


def every_path(person: Person) -> list[str]:
    """The addresses of all fields on all steps."""
    from hakemus.domain.steps import STEPS

    found = []
    for step in STEPS:
        found += list(person.step(step).fields)
    return found


def test_the_log_tells_what_was_done_and_nothing_that_was_written(
    at_home: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home.example()
    paths = every_path(at_home)
    assert len(paths) > 30
    for path in paths:
        at_home.session.edit(path, f"{MARKER} {path}")
        at_home.session.seal()
    with saving_to(monkeypatch, tmp_path / f"{MARKER}.hakemus"):
        at_home.window.asked.emit("save")
        settle()
    at_home.session.edit("project.title", MARKER)
    for name in ("findings", "next_finding", "undo"):
        at_home.window.asked.emit(name)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_what: None)
    try:
        raise ValueError(f"{MARKER} cannot be read")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        logging.getLogger("hakemus.ui").exception("a page broke")
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "state" / "log").iterdir())
    assert "command save" in text
    assert "ValueError < test_at_home.py" in text
    assert "a page broke" in text
    assert MARKER not in text
    assert str(tmp_path) not in text


def asking(path: Path, runtime: Path) -> QProcess:
    """Another process that is told to open a draft."""
    process = QProcess()
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONPATH", str(ROOT / "src"))
    environment.insert("XDG_RUNTIME_DIR", str(runtime))
    environment.insert("QT_QPA_PLATFORM", "offscreen")
    process.setProcessEnvironment(environment)
    words = (
        "import sys; from hakemus.bootstrap.instances import bring_forward; sys.exit(not bring_forward(sys.argv[1]))"
    )
    process.start(sys.executable, ["-c", words, str(path)])
    return process


def test_a_second_double_click_brings_the_first_window_forward(
    at_home: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:  # type: ignore[no-untyped-def]
    at_home.example()
    draft = tmp_path / "a.hakemus"
    with saving_to(monkeypatch, draft):
        assert at_home.controller.save()
    at_home.window.showMinimized()
    process = asking(tmp_path / "." / "a.hakemus", tmp_path)
    with qtbot.waitSignal(process.finished, timeout=60_000):
        pass
    assert process.exitCode() == 0
    assert not at_home.window.isMinimized()

    other = asking(tmp_path / "b.hakemus", tmp_path)
    with qtbot.waitSignal(other.finished, timeout=60_000):
        pass
    assert other.exitCode() == 1

    assert draft.as_uri() in (tmp_path / "data" / "recently-used.xbel").read_text("utf-8")
    at_home.controller.show_start()
    assert not bring_forward(str(draft))


def test_a_socket_left_by_a_dead_process_is_in_nobodys_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    draft = str(tmp_path / "a.hakemus")
    Path(name_of(draft)).write_bytes(b"")
    listener = Listener()
    listener.shows(draft)
    assert listener._server is not None
    assert listener._server.isListening()
    listener.shows("")
    assert not bring_forward(draft)


def test_what_is_asked_before_the_program_is_whole_is_done_when_it_is(person: Person, tmp_path: Path) -> None:
    person.started = WindowApp(Core(TODAY, tmp_path / "state", FixedChance()), person.app)
    person.window = person.started.make()
    early = EarlyAsks(person.window)
    person.window.start.new_asked.emit(CALL)
    person.controller = person.started.control()
    assert person.window.on_start
    assert early.again()
    settle()
    assert not person.window.on_start
    assert not EarlyAsks(person.window).again()


def test_a_click_that_begins_before_the_program_is_whole_ends_in_it(person: Person, tmp_path: Path) -> None:
    person.started = WindowApp(Core(TODAY, tmp_path / "state", FixedChance()), person.app)
    person.window = person.started.make()
    person.window.show()
    settle()
    button = next(
        one for one in person.window.start.findChildren(QAbstractButton) if "syksyn 2018" in one.accessibleName()
    )
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    person.controller = person.started.control()
    person.controller.begin("")
    settle()
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    settle()
    assert not person.window.on_start


def test_where_the_library_of_sockets_is_missing_the_window_opens_all_the_same(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "hakemus.bootstrap.instances", None)
    monkeypatch.delattr("hakemus.bootstrap.instances", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert not shown_elsewhere(str(tmp_path / "a.hakemus"))
    person.start()
    home = AtHome(person.window, person.controller)
    assert home._listener is None
    person.example()
    assert person.window.wizard is not None
