"""Composes the window: settings, look, services, controller. What is heavy is loaded after the first paint."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

import hakemus.ui  # noqa: F401  first: what is imported before it has its source read by the Qt binding
from hakemus import __version__
from hakemus.adapters.storage.profiles import ProfileFile
from hakemus.adapters.storage.settings import SettingsFile
from hakemus.bootstrap.core import Core
from hakemus.ui.look import fonts, icons, style
from hakemus.ui.main_window import MainWindow
from hakemus.ui.start_view import ExampleCard, StartView

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator

    from hakemus.bootstrap.instances import Listener
    from hakemus.domain.draft import Document
    from hakemus.ui.desk import Pages
    from hakemus.ui.services import Services
    from hakemus.usecases.imported import ImportedRecord
    from hakemus.usecases.ports import PrintJob

UNSEEN_MS = 3000
"""After this long the rest of the program is loaded even where the window was never painted."""


class WindowApp:
    """One process with one window; `make` builds it, `run` shows it."""

    def __init__(self, core: Core, app: QApplication) -> None:
        self.core, self.app = core, app
        self.settings = SettingsFile(core.state / "settings.json")
        self.profiles = ProfileFile(core.state / "libraries.json")
        self._translator: QTranslator | None = None

    def make(self) -> MainWindow:
        """The window with its start page; nothing heavier has been loaded."""
        settings = self.settings.read()
        cache = self.core.state / "cache"
        fonts.load(self.core.resources)
        icons.use(self.core.resources, cache)
        self.apply_look(settings.theme, settings.text_size)
        words = self.core.catalog(settings.language)
        cards = tuple(self.core.call_index.cards())
        view = StartView(
            tuple(self.core.recent.entries()),
            cards,
            tuple(self.examples()),
            self.core.clock.now(),
            libraries=self.profiles.names(),
        )
        window = MainWindow(words, view)
        window.set_choice("theme", settings.theme)
        window.set_choice("language", settings.language)
        self.window = window
        return window

    def apply_look(self, theme: str, text_size: int) -> None:
        """A theme by name (`system` follows the desktop) and a text size in percent."""
        name = style.system_theme(self.app) if theme == "system" else theme
        style.apply(self.app, name, text_size / 100)

    def _translate(self, language: str) -> None:
        """Qt's own words (buttons of its dialogs) in the program's language; nothing of the first paint has any."""
        from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

        if self._translator is None:
            self._translator = QTranslator(self.app)
        self.app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en" and self._translator.load(f"qtbase_{language}", folder):
            self.app.installTranslator(self._translator)
        QLocale.setDefault(
            QLocale(QLocale.Language.Swedish if language == "sv" else QLocale.Language.Finnish, QLocale.Country.Finland)
        )

    def control(self) -> Any:
        """The controller, with everything the commands need; loads what the first paint did without."""
        from hakemus.ui.controller import Controller

        self._translate(self.settings.read().language)
        return Controller(self.window, self.services())

    def services(self) -> Services:
        """The program's parts as the window's commands use them."""
        from hakemus.adapters.resources.guide import read_guide
        from hakemus.adapters.storage.budget_forms import BudgetForms
        from hakemus.adapters.storage.reading import read_whole
        from hakemus.bootstrap.guide import guide_pdf, key_card_pdf
        from hakemus.bootstrap.keeping import LocalKeeping
        from hakemus.bootstrap.recovering import LocalRecoveries
        from hakemus.bootstrap.suggestions import bank_of_account, indicator_presets, suggestions
        from hakemus.bootstrap.viewing import Viewing
        from hakemus.ui.services import Services
        from hakemus.usecases import calls

        core = self.core
        recoveries = LocalRecoveries(core)
        keeping = LocalKeeping(core)
        return Services(
            clock=core.clock,
            chance=core.chance,
            settings=self.settings,
            recent=core.recent,
            catalog_of=self._catalog,
            call_cards=lambda: core.call_index.cards(),
            examples=self.examples,
            files=lambda: core.files,
            exporter=lambda: core.exporter,
            packager=lambda: core.packager,
            definition_of=lambda name: calls.definition_of(core.calls, name),
            read_example=self._example,
            read_record=core.read_record,
            import_record=self._imported,
            read_returned=core.read_returned,
            read_foreign=core.read_foreign,
            budget_forms=BudgetForms(core.state / "budget_forms.json"),
            profiles=self.profiles,
            read_bytes=lambda path: read_whole(Path(path)),
            suggestions=lambda path, language: suggestions(core.resources, path, language, self.profiles),
            presets=lambda language: indicator_presets(core.resources, language),
            bank_of=lambda account: bank_of_account(core.resources, account),
            open_pages=_open_pages,
            open_paper=core.open_paper,
            printer=LatePrinter(self),
            show_outside=Viewing(core.clock.now).show,
            recoveries=lambda: recoveries,
            keeping=lambda: keeping,
            apply_look=self.apply_look,
            guide=lambda language: read_guide(core.resources, language),
            guide_pdf=lambda language: guide_pdf(core, language),
            keys_pdf=lambda card: key_card_pdf(core, card),
        )

    def _catalog(self, language: str) -> Any:
        self._translate(language)
        return self.core.catalog(language)

    def examples(self) -> list[ExampleCard]:
        from hakemus.adapters.resources.examples import example_names, read_example

        cards = []
        language = self.settings.read().language
        every = [read_example(self.core.resources, name) for name in example_names(self.core.resources)]
        for found in sorted(every, key=lambda item: item.language != language)[:3]:
            library = str(found.application.get("applicant", {}).get("library", ""))
            cards.append(ExampleCard(found.name, found.title, library))
        return cards

    def _example(self, name: str) -> Document:
        from hakemus.bootstrap.example import example_document

        return example_document(self.core, name)

    def _imported(self, record: ImportedRecord, call_id: str | None) -> Document:
        from hakemus.usecases import calls, importing

        name = call_id or importing.call_for(record, self.core.calls)
        return importing.document_of(record, calls.definition_of(self.core.calls, name), self.core.chance)[0]


def _open_pages(pdf: bytes) -> Pages:
    from hakemus.bootstrap.papers import PdfPages

    return PdfPages(pdf)


class LatePrinter:
    """The printer of the system, with its libraries only once something is printed."""

    def __init__(self, started: WindowApp) -> None:
        self._started = started

    def print(self, job: PrintJob) -> bool:
        """Ask the person and print the very pages; False when they changed their mind."""
        from hakemus.adapters.pdf.pages import page_count, render_page, some_pages
        from hakemus.adapters.printing.qt_printing import QtPrinter
        from hakemus.adapters.storage.drafts import ExportFiles

        window = self._started.window
        words = window.words.text
        return QtPrinter(lambda: window, page_count, render_page, words, some_pages, ExportFiles()).print(job)


class EarlyAsks(QObject):
    """Keeps what was asked of a window before the rest of the program was there to do it: no click is lost."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._asked: tuple[Any, tuple[Any, ...]] | None = None
        self._over = False
        start = window.start
        signals = (start.open_asked, start.new_asked, start.example_asked, start.browse_asked, start.import_asked)
        for signal in (*signals, start.terms_asked, window.asked):
            signal.connect(lambda *what, signal=signal: self._keep(signal, what))

    def _keep(self, signal: Any, what: tuple[Any, ...]) -> None:
        if not self._over:
            self._asked = (signal, what)

    def again(self) -> bool:
        """Ask the latest of it once more, now that somebody listens; whether there was anything."""
        self._over = True
        if self._asked is not None:
            signal, what = self._asked
            signal.emit(*what)
        return self._asked is not None


class _OnceInSight(QObject):
    """Calls back once when all that is in sight has been painted. A timer alone would fire before the system asks for
    the first paint.
    """

    def __init__(self, window: MainWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then, self._done = then, False
        window.start.in_sight.connect(self._call)
        # a window that is started as an icon is not painted until somebody wants to see it
        QTimer.singleShot(UNSEEN_MS, self, self._call)

    def _call(self) -> None:
        if not self._done:
            self._done = True
            self._then()


def make_app(arguments: Sequence[str] = ()) -> QApplication:
    """The Qt application with the names that are seen from outside."""
    QApplication.setApplicationName("hakemus")
    QApplication.setApplicationDisplayName("Hakemus")
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("hakemus")
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(["hakemus", "-style", style.DRAWN_BY, *arguments])
    app.setProperty(style.GIVEN, True)  # noqa: FBT003
    return app


def open_window(arguments: Sequence[str]) -> int:
    """Show the window, with a file where one is named; the exit code."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    ):
        core = Core()
        words = core.catalog(SettingsFile(core.state / "settings.json").read().language)
        print(
            words.text("There is no screen here. The command hakemus tour out/ makes pictures of every step."),
            file=sys.stderr,
        )
        return 2
    app = make_app()
    named = _place_of(arguments[0]) if arguments else ""
    if named and shown_elsewhere(named):
        return 0
    core = Core()
    started = WindowApp(core, app)
    window = started.make()
    early = EarlyAsks(window)

    def load() -> None:
        gc.enable()
        keep_log(core)
        controller = started.control()
        at_home = AtHome(window, controller)
        app.installEventFilter(at_home)
        controller.begin(named)
        if not named:
            early.again()

    _OnceInSight(window, load)
    window.show()
    code = app.exec()
    QThreadPool.globalInstance().waitForDone()
    _tidy(core)
    return code


def _tidy(core: Core) -> None:
    """Nobody waits any more: what this computer needs no longer goes."""
    from hakemus.bootstrap.keeping import LocalKeeping

    LocalKeeping(core).tidy()


def _place_of(path: str) -> str:
    from hakemus.adapters.storage.durable import place_of

    return str(place_of(Path(path)))


def shown_elsewhere(path: str) -> bool:
    """Whether another window shows this draft; it comes to the front then."""
    try:
        from hakemus.bootstrap.instances import bring_forward
    except ImportError:  # QtNetwork needs a library that a small system may lack
        return False
    return bring_forward(path)


def keep_log(core: Core) -> None:
    """Write down from now on what is done and what fails; what is written in a draft never."""
    import platform

    from PySide6.QtCore import qVersion

    from hakemus.adapters.storage import log

    log.start(core.state / "log")
    sys.excepthook = log.note_error
    log.note(f"hakemus {__version__}, {platform.platform()}, Python {platform.python_version()}, Qt {qVersion()}")


class AtHome(QObject):
    """What a window does on a person's own desktop and not in a test or a tour: it notes commands in the log, listens
    for its draft to be opened once more, and tells the system of recent drafts.
    """

    def __init__(self, window: MainWindow, controller: Any) -> None:
        super().__init__(window)
        from hakemus.adapters.storage import log

        self._window, self._controller = window, controller
        self._recent = ""
        window.asked.connect(lambda name: log.note(f"command {name}"))
        self._listener: Listener | None = None
        try:
            from hakemus.bootstrap import instances
        except ImportError:
            log.note("QtNetwork cannot be loaded: a draft may be open in two windows")
        else:
            self._listener = instances.Listener(self)
            self._listener.asked.connect(lambda: instances.raise_window(window))
        controller.shows.connect(self._shows)

    def _shows(self, path: str) -> None:
        from hakemus.bootstrap.desktop import note_recent

        if self._listener is not None:
            self._listener.shows(path)
        if path and path != self._recent:
            self._recent = path
            note_recent(path)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """On macOS a double click comes as an event to the program that runs already."""
        if event.type() != QEvent.Type.FileOpen:
            return False
        path = event.file()  # type: ignore[attr-defined]
        if self._window.on_start:
            self._controller.open_path(path)
        else:
            from PySide6.QtCore import QProcess

            from hakemus.bootstrap.desktop import command_of_program

            program, *words = command_of_program()
            QProcess.startDetached(program, [*words, path])
        return True
