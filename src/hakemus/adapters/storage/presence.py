"""Whether the process that wrote something is still there: told by a lock that the system lets go when it dies.

A number of a process says less: after a power cut another process may have it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import sys
from pathlib import Path

from hakemus.adapters.storage import processes
from hakemus.adapters.storage.state import make_private

_SUFFIX = ".alive"
_TOKEN = re.compile(r"([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{8}\Z")
_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
_FRESH = os.O_CREAT | os.O_EXCL | os.O_RDWR
_FORGOTTEN_SECONDS = 24 * 3600.0


class Presence:
    """This process's own sign of life in a folder; made when first asked for, gone with the process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: tuple[str, int] | None = None

    def token(self) -> str:
        """What stands for this process. Raises `OSError` where the folder cannot be written."""
        if self._own is None:
            token = f"{processes.computer_tag()}-{os.getpid()}-{secrets.token_hex(4)}"
            make_private(self._folder)
            descriptor = os.open(self._folder / (token + _SUFFIX), _FRESH, 0o600)
            with contextlib.suppress(OSError):  # where the disk knows no locks, the process's number must do
                _lock(descriptor)
            self._own = token, descriptor
        return self._own[0]

    def end(self) -> None:
        """Take the sign away: the program ends in good order."""
        if self._own is not None:
            token, descriptor = self._own
            os.close(descriptor)
            with contextlib.suppress(OSError):
                os.unlink(self._folder / (token + _SUFFIX))
            self._own = None

    def is_there(self, token: str) -> bool:
        """Whether the process that a token stands for is running."""
        found = _TOKEN.match(token)
        if found is None:
            return False
        try:
            descriptor = os.open(self._folder / (token + _SUFFIX), os.O_RDWR)
        except OSError:
            return False
        try:
            _lock(descriptor)
        except OSError as error:
            if error.errno in _HELD:
                return True
            return found[1] == processes.computer_tag() and processes.is_alive(int(found[2]))
        finally:
            os.close(descriptor)
        return False

    def sweep(self, now: float) -> None:
        """Remove the signs of processes that are gone, a day after they came. `now` in seconds since 1970."""
        for path in self._folder.glob("*" + _SUFFIX):
            with contextlib.suppress(OSError):
                if now - path.stat().st_mtime > _FORGOTTEN_SECONDS and not self.is_there(path.stem):
                    path.unlink()


if sys.platform == "win32":  # pragma: no cover - judged on Windows alone

    def _lock(descriptor: int) -> None:
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:

    def _lock(descriptor: int) -> None:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
