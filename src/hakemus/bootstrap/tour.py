"""`hakemus tour`: pictures of every step of an example, its PDF and its workbook. Needs no screen."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hakemus.bootstrap.core import Core, SystemClock
from hakemus.domain.messages import msg
from hakemus.domain.steps import STEPS
from hakemus.usecases.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from hakemus.ui.main_window import MainWindow

EXAMPLE = "pop-up-kirjasto"
SIZES = ("1280x800",)
THEMES = ("light", "dark")


class Noon(SystemClock):
    """A day at noon, whatever o'clock it is: what a picture counts to the hour is the same at midnight."""

    def now(self) -> datetime.datetime:
        return datetime.datetime.combine(self.today(), datetime.time(12), super().now().tzinfo)


class AtNoon(Core):
    """The run of the program that the pictures show."""

    @cached_property
    def clock(self) -> Noon:
        return Noon(self._today)


def tour(core: Core, options: argparse.Namespace) -> int:
    """Write the pictures and papers into a folder, which is made where it is missing."""
    folder: Path = options.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            msg("The folder {path} cannot be made: {reason}.", path=str(folder), reason=error.strerror or "?")
        ) from None
    language = options.lang or "fi"
    _papers(core, folder, language)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and not sys.platform.startswith("win"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="hakemus-tour-") as state:
        _pictures(AtNoon(core.clock.today(), Path(state)), folder, language, options)
    print(folder)
    return 0


def _papers(core: Core, folder: Path, language: str) -> None:
    """The example checked, and exported to PDF and Excel."""
    from hakemus.bootstrap.example import example_document
    from hakemus.usecases.calls import call_of
    from hakemus.usecases.checking import check, check_json

    document = example_document(core, EXAMPLE)
    call = call_of(document.draft)
    judged = check(document.draft, call, core.clock.today())
    found = check_json(judged, core.catalog(language), (), {"file": EXAMPLE})
    core.exporter.write(str(folder / f"{EXAMPLE}.check.json"), json.dumps(found, ensure_ascii=False, indent=1).encode())
    core.exporter.write(str(folder / f"{EXAMPLE}.pdf"), core.exporter.pdf_bytes(document, language=language))
    core.exporter.write(str(folder / f"{EXAMPLE}.xlsx"), core.exporter.xlsx_bytes(document, language=language))


def _size(text: str) -> tuple[int, int]:
    width, mark, height = text.partition("x")
    if not mark or not width.isdigit() or not height.isdigit():
        raise UserError(msg("A size is written WIDTHxHEIGHT, for example 1280x800, not {text}.", text=text))
    return int(width), int(height)


def _pictures(core: Core, folder: Path, language: str, options: argparse.Namespace) -> None:
    from dataclasses import replace

    from hakemus.bootstrap.window import WindowApp, make_app

    app = make_app()
    started = WindowApp(core, app)
    for theme in options.theme or THEMES:
        for size in options.size or SIZES:
            width, height = _size(size)
            settings = replace(started.settings.read(), theme=theme, language=language, text_size=options.text_size)
            started.settings.write(settings)
            window = started.make()
            window.resize(width, height)
            window.show()
            controller = started.control()
            name = f"{language}_{theme}_{size}" + (f"-{options.text_size}" if options.text_size != 100 else "")
            _settle(app)
            window.grab().save(str(folder / f"00-start_{name}.png"))
            controller.open_example(EXAMPLE)
            for number, step in enumerate(STEPS, 1):
                controller.command(f"step:{step}")
                _settle(app)
                _await_paper(window)
                _settle(app)
                window.grab().save(str(folder / f"{number:02d}-{step}_{name}.png"))
            controller.forget_changes()
            window.close()
            window.deleteLater()
            _settle(app)


def _await_paper(window: MainWindow) -> None:
    """Let a preview that is being made come into sight."""
    page = window.wizard.page(window.wizard.step) if window.wizard is not None else None
    finish = getattr(page, "finish", None)
    if finish is not None:
        finish()


def _settle(app: QApplication) -> None:
    """Let layouts, timers of zero length and repaints come to rest."""
    for _ in range(8):
        app.processEvents()
