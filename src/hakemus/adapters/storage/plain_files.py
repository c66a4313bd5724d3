"""Opening what lies in a folder that others write into too: a pipe or a device in a file's place holds nobody up.

Loads nothing heavy: some of it is wanted before the first paint.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""A pipe that nobody writes into is opened at once, and then refused."""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file, to be read. Raises `OSError` for anything else, `ValueError` for a name that no file has."""
    with open(path, "rb", opener=without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        yield file


def without_waiting(path: str, flags: int) -> int:
    """An opener for `open` that does not wait until somebody writes into a pipe."""
    return os.open(path, flags | _NO_WAIT)
