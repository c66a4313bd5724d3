"""Every test of the window runs dressed: fonts, icons and a theme, and types like a person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from person import person  # noqa: F401  # the fixture of whoever acts in the whole window
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from hakemus.ui.look import fonts, icons, style
from hakemus.ui.shell import steps_ahead

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

Dress = Callable[..., None]


def pytest_configure(config: pytest.Config) -> None:
    # Said by the offscreen platform of what it cannot do (least sizes, popups); any other Qt warning fails its test.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


@pytest.fixture(scope="session")
def dressed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> QApplication:
    fonts.load(RESOURCES)
    icons.use(RESOURCES, tmp_path_factory.mktemp("look"))
    style.apply(qapp, "light")
    return qapp


@pytest.fixture
def dress(dressed: QApplication) -> Iterator[Dress]:
    """Change theme and text size for one test."""

    def change(theme: str = "light", factor: float = 1.0) -> None:
        now = style.look()
        if (now.theme.name, now.scale.factor) != (theme, factor):
            style.apply(dressed, theme, factor)

    yield change
    change()


@pytest.fixture(autouse=True)
def nothing_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which pages a test has made does not depend on how long it took."""
    monkeypatch.setattr(steps_ahead, "IDLE_MS", 3_600_000)


@pytest.fixture
def type_text() -> Callable[[QWidget, str], None]:
    """Type any text: QTest.keyClicks aborts the process on what is not ASCII."""

    def keys(widget: QWidget, text: str) -> None:
        for sign in text:
            target = QApplication.focusWidget() or widget
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))

    return keys


@pytest.fixture
def settle() -> Callable[[], None]:
    """Let everything that is queued happen: layouts, deferred deletes."""

    def drain() -> None:
        for _ in range(4):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return drain
