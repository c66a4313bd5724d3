"""The walk is made by the person of the window's tests, dressed alike."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))

import pytest
from person import person  # noqa: F401
from PySide6.QtWidgets import QApplication

from hakemus.ui.look import fonts, icons, style

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def pytest_configure(config: pytest.Config) -> None:
    # Said by the offscreen platform of what it cannot do; any other Qt warning fails its test.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


@pytest.fixture(scope="session")
def dressed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> QApplication:
    fonts.load(RESOURCES)
    icons.use(RESOURCES, tmp_path_factory.mktemp("look"))
    style.apply(qapp, "light")
    return qapp
