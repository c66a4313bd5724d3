"""Folders that a program keeps equal on several computers, and the conflict copies that it leaves beside a draft.

Knows the habits of OneDrive, Dropbox, Nextcloud, ownCloud, Google Drive, iCloud and Syncthing; asks none of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

_FOLDERS = re.compile(
    r"(onedrive|dropbox|nextcloud|owncloud|google ?drive|googledrive|my drive|icloud ?drive|mobile documents|syncthing)"
    r"( .*|-.*)?\Z",
    re.IGNORECASE,
)
_MARKERS = (".dropbox", ".stfolder", ".sync.ffs_db", ".owncloudsync.log")
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")

# What stands between the draft's name and its ending in a copy that was made of a conflict.
_CONFLICT = re.compile(
    r"""(?:
      \ \([^()]*\b(?:conflict|conflicted|ristiriita|ristiriitainen|konflikt|motstridig)\w*\b[^()]*\)
    | [ _-]conflict[-_]\d{8}[-_]\d{6}
    | \.sync-conflict-\d{8}-\d{6}-[A-Z0-9]{7}
    | -(?:DESKTOP|LAPTOP)-[A-Z0-9]{5,8}
    )(?:\ \(\d{1,3}\)|-\d{1,3})?\Z""",
    re.IGNORECASE | re.VERBOSE,
)

# Google Drive numbers a copy; OneDrive adds the name of a computer, which an organisation may give as it likes.
_DOUBTFUL = re.compile(r"(?: \(\d{1,3}\)|-[A-Z0-9][A-Z0-9-]{1,14})\Z")


def is_synchronised(folder: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a synchronising program seems to look after the folder; judged by names and marker files alone."""
    whole = folder.absolute()
    roots = [environment[name] for name in _VARIABLES if environment.get(name)]
    if any(whole.is_relative_to(root) for root in roots):
        return True
    if any(_FOLDERS.match(part) for part in whole.parts):
        return True
    return any(os.path.lexists(parent / marker) for parent in (whole, *whole.parents) for marker in _MARKERS)


def conflict_copies(path: Path, computer: str) -> list[Path]:
    """Files beside a draft that a synchronising program seems to have made of a conflict over it, by name.

    `computer` is this computer's name: OneDrive puts the name of one of the computers behind the draft's.
    """
    try:
        names = os.listdir(path.parent)
    except OSError:
        return []
    found = []
    for name in names:
        between = name.removesuffix(path.suffix).removeprefix(path.stem)
        if name != path.stem + between + path.suffix:
            continue
        if _CONFLICT.match(between) or (computer and between.casefold() == f"-{computer}".casefold()):
            found.append(path.with_name(name))
    return sorted(found)


def doubtful_copies(path: Path) -> list[Path]:
    """Files beside a draft whose names a conflict may have made, and a person as well: what they hold must decide."""
    try:
        names = os.listdir(path.parent)
    except OSError:
        return []
    found = []
    for name in names:
        between = name.removesuffix(path.suffix).removeprefix(path.stem)
        if name == path.stem + between + path.suffix and _DOUBTFUL.match(between) and not _CONFLICT.match(between):
            found.append(path.with_name(name))
    return sorted(found)
