"""Small JSON files of the state folder: read whole or not at all, written durably, for their user alone.

Reading loads nothing heavy: some are wanted before the first paint.
"""

from __future__ import annotations

import json
from pathlib import Path

from hakemus.adapters.storage import plain_files

LIMIT = 5_000_000
"""Bytes; a longer file is none of ours."""


def read(path: Path) -> object:
    """What the file says; None where there is none, where it is too long, or where it is no JSON."""
    try:
        with plain_files.opened(path) as file:
            data = file.read(LIMIT + 1)
        return json.loads(data) if len(data) <= LIMIT else None
    except (OSError, ValueError, RecursionError):
        return None


def write(path: Path, plain: object) -> None:
    """Replace the file, in a folder that is made where it is missing. Raises `NotWritten`."""
    from hakemus.adapters.storage import durable
    from hakemus.adapters.storage.failures import save_failure

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise save_failure(error, str(path)) from None
    durable.write(path, json.dumps(plain).encode())
