"""Shows a paper or an attachment in the computer's own program, as a copy that only its user can read, that nobody can
change and that does not stay.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError

PREFIX = "hakemus-view-"
OLD = datetime.timedelta(days=1)
"""After so long what a run that was killed left behind is taken away by the next."""


class Viewing:
    """One run of the program. What it has shown goes with it; a viewer that still has a file open keeps it."""

    def __init__(self, now: Callable[[], datetime.datetime]) -> None:
        self._now = now
        self._folders: list[Path] = []

    def show(self, data: bytes, name: str) -> None:
        """Open a file with its program. `UserError` where it cannot be written, or nothing opens it."""
        self._sweep()
        try:
            folder = Path(tempfile.mkdtemp(prefix=PREFIX))
            if not self._folders:
                atexit.register(self.forget)
            self._folders.append(folder)
            file = folder / name
            file.write_bytes(data)
            file.chmod(stat.S_IREAD)
        except OSError as error:
            raise UserError(
                msg(
                    "The file could not be put aside to be shown ({reason}). Save a copy, and open it from there.",
                    reason=error.strerror or str(error),
                )
            ) from None
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            if name.lower().endswith(".pdf"):
                raise UserError(
                    msg("No program on this computer opens PDF files. Save the PDF, and open it elsewhere.")
                )
            raise UserError(
                msg("No program on this computer opens {name}. Save a copy, and open it elsewhere.", name=name)
            )

    def forget(self) -> None:
        """Take away what was shown."""
        for folder in self._folders:
            _remove(folder)
        self._folders.clear()

    def _sweep(self) -> None:
        until = (self._now() - OLD).timestamp()
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                if folder.is_dir() and not folder.is_symlink() and folder.stat().st_mtime < until:
                    _remove(folder)


def _remove(folder: Path) -> None:
    """Windows removes no file that may not be written."""
    for file in folder.glob("*"):
        with contextlib.suppress(OSError):
            file.chmod(stat.S_IREAD | stat.S_IWRITE)
    shutil.rmtree(folder, ignore_errors=True)
