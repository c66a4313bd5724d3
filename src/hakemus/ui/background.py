"""Work that would hold the window up, done on another thread: the newest request wins, its result comes as a signal.
Knows nothing of what is made.
"""

from __future__ import annotations

import atexit
import itertools
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QObject,
    QRunnable,
    Qt,
    QThreadPool,
    QTimer,
    Signal,
    Slot,
)

from hakemus.usecases.errors import UserError, internal

T = TypeVar("T")
_numbers = itertools.count(1)


class _Post(QObject):
    """Brings results home. It belongs to nobody, so that no window that closes can take it from a running job."""

    done = Signal(int, object)


_post: list[_Post] = []


def _office() -> _Post:
    if not _post:
        # Registered after the end of Qt itself, so done before it: no job outlives what its result is brought to.
        atexit.register(QThreadPool.globalInstance().waitForDone)
        _post.append(_Post())
    return _post[0]


class _Waiting:
    """Who waits for a result before going on, and what is to be done when nobody does any more."""

    count = 0
    then: list[Callable[[], object]] = []


def under_way() -> bool:
    """Whether something is being made that a command waits for. Its window must not close then: the command goes on."""
    return bool(_Waiting.count)


def afterwards(act: Callable[[], object]) -> None:
    """Do this as soon as no command waits for a result any more."""
    _Waiting.then.append(act)
    _go_on()


def _go_on() -> None:
    if not _Waiting.count:
        acts, _Waiting.then = _Waiting.then, []
        for act in acts:
            QTimer.singleShot(0, act)


class _Job(QRunnable):
    def __init__(self, number: int, make: Callable[[], Any]) -> None:
        super().__init__()
        self._number, self._make, self._home = number, make, _office()

    def run(self) -> None:
        result: Any
        try:
            result = self._make()
        except UserError as error:
            result = error
        except Exception as error:  # said as a sentence where the result is wanted
            result = internal(f"{type(error).__name__}: {error}")
        self._home.done.emit(self._number, result)


class Maker(QObject):
    """Makes one thing at a time. `made` gives the result, or the `UserError` that came instead of it."""

    made = Signal(object)
    rested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = 0
        self._next: Callable[[], Any] | None = None
        _office().done.connect(self._home, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def ask(self, make: Callable[[], Any]) -> None:
        """Make this; what was asked before and is not yet there is no longer wanted. `make` must not touch widgets."""
        self._next = make
        if not self._running:
            self._start()

    def _start(self) -> None:
        make, self._next = self._next, None
        assert make is not None
        self._running = next(_numbers)
        QThreadPool.globalInstance().start(_Job(self._running, make))

    @Slot(int, object)
    def _home(self, number: int, result: object) -> None:
        if number != self._running:
            return
        self._running = 0
        if self._next is not None:
            self._start()
            return
        self.rested.emit()
        self.made.emit(result)  # last: whoever takes the result may close the window, and this with it

    def finish(self, *, typing: bool = False) -> None:
        """Return when nothing is being made any more; meanwhile the window paints, and takes no keys or clicks.

        With `typing` it takes them: the caller must bear that anything may have changed when this returns.
        """
        flags = QEventLoop.ProcessEventsFlag
        _Waiting.count += 1
        try:
            while self.busy:
                loop = QEventLoop()
                self.rested.connect(loop.quit)
                loop.exec(flags.AllEvents if typing else flags.ExcludeUserInputEvents)
                if self.busy:  # the program is ending, and no loop runs any more
                    QThreadPool.globalInstance().waitForDone()
                    QCoreApplication.sendPostedEvents(self)
        finally:
            _Waiting.count -= 1
            _go_on()


def made_aside(make: Callable[[], T], *, typing: bool = False) -> T:
    """The result of `make`, made on another thread while the window goes on painting. Raises its `UserError`."""
    maker = Maker()
    results: list[Any] = []
    maker.made.connect(results.append)
    maker.ask(make)
    maker.finish(typing=typing)
    maker.deleteLater()
    (result,) = results
    if isinstance(result, UserError):
        raise result
    return result  # type: ignore[no-any-return]
