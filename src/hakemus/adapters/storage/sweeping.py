"""What killed processes of this program left in a folder, and how it goes: temporary files, folders and marks of saves.

Only what bears a name that this program gives, and nothing that a living process may still need.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from hakemus.adapters.storage import durable, names, processes

STALE_SECONDS = 24 * 3600.0
"""Of other computers nobody here knows which processes live; what is older than this nobody needs."""


def sweep(folder: Path, now: float) -> int:
    """Remove what killed processes of this program left in a folder; tells how many files and folders.

    What belongs to living processes stays; what belongs to other computers stays for a day. `now` is the time in
    seconds since 1970.
    """
    removed = 0
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if entry.name.startswith(".hakemus-")]
    except OSError:
        return 0
    for entry in found:
        with contextlib.suppress(OSError):
            if _is_leftover(entry, now):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path)
                else:
                    os.unlink(entry.path)
                removed += 1
    return removed


def _is_leftover(entry: os.DirEntry[str], now: float) -> bool:
    if entry.name.endswith("-saving.tmp"):
        if not (entry.is_file(follow_symlinks=False) or entry.is_symlink()):
            return False
        owner = names.owner_of_leftover((durable.mark_content(Path(entry.path)) or b"").decode("ascii", "replace"))
    else:
        owner = names.owner_of_leftover(entry.name)
        if owner is None or not (entry.is_file(follow_symlinks=False) or _is_flat_folder(entry)):
            return False
    if owner is not None and owner[0] == processes.computer_tag():
        return not processes.is_alive(owner[1])
    return now - entry.stat(follow_symlinks=False).st_mtime > STALE_SECONDS


def _is_flat_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it holds plain files alone, as the folders that this program makes do: anything else is somebody's."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    with os.scandir(entry.path) as inside:
        return all(item.is_file(follow_symlinks=False) for item in inside)
