"""One window for each draft: whoever opens a draft that is open in another window brings that window to the front.

A window listens under a name made of the draft's path, on a socket of this computer that its user alone can reach.
Nothing listens on a network, and no content goes over it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

WAIT_MS = 2000
"""So long may a window that is busy take to answer; then the draft is opened anew, and its lock speaks."""
_HERE, _COME = b"hakemus is here ", b"come to the front "


def name_of(path: str) -> str:
    """The socket of a draft's window: the same however its path is written."""
    real = os.path.normcase(os.path.realpath(path))
    name = "hakemus-" + hashlib.sha256(real.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
    return name if sys.platform == "win32" or not folder else str(Path(folder) / name)


class Listener(QObject):
    """Listens for the draft that this window shows; `asked` when another process was to open it."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._path = ""

    def shows(self, path: str) -> None:
        """The window shows the draft of this path now; an empty one: none that lies anywhere."""
        if path == self._path:
            return
        self._path = path
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        if path:
            self._listen(name_of(path))

    def _listen(self, name: str) -> None:
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(name) and not _answers(name):
            QLocalServer.removeServer(name)  # left by a process that died
            server.listen(name)
        server.newConnection.connect(self._welcome)
        self._server = server

    def _welcome(self) -> None:
        socket = self._server.nextPendingConnection() if self._server is not None else None
        if socket is None:
            return
        socket.setParent(self)
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(lambda: self._heard(socket))
        socket.write(_HERE + str(os.getpid()).encode() + b"\n")

    def _heard(self, socket: QLocalSocket) -> None:
        line = bytes(socket.readLine().data())
        if line.startswith(_COME):
            token = line.removeprefix(_COME).strip().decode("ascii", "ignore")
            if token:  # a Wayland desktop lets a window come forward only with this
                os.environ["XDG_ACTIVATION_TOKEN"] = token
            self.asked.emit()
            socket.disconnectFromServer()


def bring_forward(path: str) -> bool:
    """Ask the window that shows this draft to come to the front; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(path))
    if not socket.waitForConnected(WAIT_MS) or not socket.waitForReadyRead(WAIT_MS):
        return False
    line = bytes(socket.readLine().data())
    if not line.startswith(_HERE):
        return False
    _give_foreground(line.removeprefix(_HERE).strip())
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "").encode("ascii", "ignore")
    socket.write(_COME + token.replace(b"\n", b"") + b"\n")
    socket.waitForBytesWritten(WAIT_MS)
    if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(WAIT_MS)
    return True


def raise_window(window: QWidget) -> None:
    """Put a window before all others, also where it was folded into an icon."""
    from PySide6.QtCore import Qt

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _answers(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return bool(socket.waitForConnected(WAIT_MS))


def _give_foreground(process: bytes) -> None:
    """Windows lets a window come forward only where the program that has the keyboard allows it."""
    import ctypes

    libraries = getattr(ctypes, "windll", None)
    if libraries is not None:
        with contextlib.suppress(ValueError, OSError):
            libraries.user32.AllowSetForegroundWindow(int(process))
