"""What the tests of keeping share: a saved application, a dialog that is acted in, messages above the steps."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from person import Person, saving_to, settle
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hakemus.adapters.storage import names
from hakemus.ui.widgets.notice import Notice

OPENED = datetime.datetime(2018, 11, 15, 5, tzinfo=datetime.UTC)


def saved(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch, title: str = "One") -> Path:
    """An application with a title, saved at a path."""
    person.start("en").new()
    person.session.edit("project.title", title)
    person.session.edit("funding.grant", "1000")
    person.session.seal()
    with saving_to(monkeypatch, path):
        assert person.controller.save()
    return path


def hold(person: Person, path: Path, who: str = "Maija Meri") -> Path:
    """A lock as another computer's program writes it, with a heartbeat of this moment."""
    assert person.started is not None
    lock = names.lock_name(path)
    told = {"who": who, "computer": "KIRJASTO-3", "since": OPENED.isoformat(), "computer_tag": "0badcafe"}
    lock.write_text(json.dumps({**told, "process": 1, "token": "theirs", "heartbeat": True}))
    now = person.started.core.clock.now()  # the clock of the tests stands in 2018, the disk's does not
    os.utime(lock, (now.timestamp(), now.timestamp()))
    return lock


def edit(person: Person, **texts: str) -> None:
    """Type into fields; each a step of its own."""
    for name, text in texts.items():
        person.session.edit(name.replace("__", "."), text)
        person.session.seal()


def within(act: Callable[[QDialog], None], deed: Callable[[], object]) -> None:
    """Do something that opens a dialog, and act in it; it is closed afterwards."""
    failed: list[BaseException] = []
    seen: list[QDialog] = []
    over: list[bool] = []

    def inside() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):  # a save may come first
            if not over:
                QTimer.singleShot(5, inside)
            return
        seen.append(dialog)
        try:
            settle()
            act(dialog)
        except BaseException as error:
            failed.append(error)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, inside)
    try:
        deed()
    finally:
        over.append(True)
    settle()
    if failed:
        raise failed[0]
    assert seen, "no dialog came"


def words_in(widget: QWidget) -> str:
    """Everything that a widget says."""
    from PySide6.QtWidgets import QLabel

    return " | ".join(made.text() for made in widget.findChildren(QLabel) if made.text()).replace("\u00a0", " ")


def notices(person: Person) -> list[Notice]:
    settle()
    where = person.window.start if person.window.on_start else person.wizard
    return [made for made in where.findChildren(Notice) if made.isVisible()]


def notice(person: Person, words: str) -> Notice:
    """The message that says something."""
    found = [made for made in notices(person) if words in made.accessibleName().replace("\u00a0", " ")]
    assert found, [made.accessibleName() for made in notices(person)]
    return found[0]
