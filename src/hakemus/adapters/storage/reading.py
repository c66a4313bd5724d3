"""Reading a whole file once, without hanging on a pipe and without swallowing what is too big to be a draft."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from hakemus.adapters.storage import failures, names, plain_files
from hakemus.adapters.storage.limits import MAX_FILE, MAX_TOTAL
from hakemus.domain.messages import msg


def read_whole(path: Path) -> bytes:
    """All bytes of a regular file. Raises `CannotRead`, or `DamagedFile` where it is over the format's limit."""
    shown = names.shown(path)
    try:
        with open(path, "rb", buffering=0, opener=plain_files.without_waiting) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise _not_a_file(shown)
            if found.st_size > MAX_FILE:
                raise failures.DamagedFile([msg("The file is over {limit} MB.", limit=MAX_TOTAL // 1_000_000)])
            return file.readall()
    except ValueError:
        raise failures.NotThere(msg("No file can have the name {path}. Choose the file again.", path=shown)) from None
    except OSError as error:
        if os.path.isdir(path):
            raise _not_a_file(shown) from None
        raise failures.read_failure(error, shown) from error


def _not_a_file(shown: str) -> failures.CannotRead:
    return failures.CannotRead(msg("{path} is a folder or a device, not a file. Choose a file.", path=shown))
