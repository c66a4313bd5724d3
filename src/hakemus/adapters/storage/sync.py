"""Folders that a program keeps equal on several computers, and the conflict copies that it leaves beside a draft.

Knows the habits of OneDrive, Dropbox, Nextcloud, ownCloud, Google Drive, iCloud, Syncthing, Seafile and pCloud; asks
none of them.
"""

from __future__ import annotations

import os
import re
import unicodedata
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
      \ \((?:[^()]|\([^()]*\))*\b(?:sf)?(?:conflict|ristiriita|konflikt|motstridig)\w*\b(?:[^()]|\([^()]*\))*\)
    | \ ?\[conflict(?:ed)?(?:\ \d{1,3})?\]
    | [ _-]conflict[-_]\d{8}[-_]\d{6}
    | \.sync-conflict-\d{8}-\d{6}-[A-Z0-9]{7}
    | -(?:DESKTOP|LAPTOP)-[A-Z0-9]{5,8}
    )(?:\ \(\d{1,3}\)|-\d{1,3})?\Z""",
    re.IGNORECASE | re.VERBOSE,
)

# Google Drive and iCloud number a copy, Drive as `(1)` or `_conf(1)`; OneDrive adds the name of a computer, which its
# owner gives as they like.
_DOUBTFUL = re.compile(r"(?: \(\d{1,3}\)|_conf\(\d{1,3}\)| \d{1,3}|-[A-Z0-9][A-Z0-9-]{1,14})\Z")


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
    own = f"-{computer}".casefold() if computer else None
    return [found for found, between in _beside(path) if _CONFLICT.match(between) or between.casefold() == own]


def doubtful_copies(path: Path) -> list[Path]:
    """Files beside a draft whose names a conflict may have made, and a person as well: what they hold must decide."""
    return [found for found, between in _beside(path) if _DOUBTFUL.match(between) and not _CONFLICT.match(between)]


def _beside(path: Path) -> list[tuple[Path, str]]:
    """Files whose names are the draft's with something between stem and ending, and what: ä may be one sign or two."""
    try:
        names = os.listdir(path.parent)
    except OSError:
        return []
    stem, ending = (unicodedata.normalize("NFC", part) for part in (path.stem, path.suffix))
    found = []
    for name in names:
        plain = unicodedata.normalize("NFC", name)
        between = plain.removesuffix(ending).removeprefix(stem)
        if between and plain == stem + between + ending:
            found.append((path.with_name(name), between))
    return sorted(found)
