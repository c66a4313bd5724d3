"""Names of files: which ones a system or a synchronising program refuses, and what our own helper files are called."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from pathlib import Path

from hakemus.adapters.storage import processes
from hakemus.domain.messages import Message, msg

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?\Z", re.IGNORECASE)
_FORBIDDEN = re.compile(r'["*:<>?/\\|\x00-\x1f\x7f]')
_REFUSED_BY_SYNC = {".lock", "desktop.ini", "thumbs.db", ".ds_store"}
MAX_SYNCED_PATH = 400
MAX_NAME_UNITS = 255
_LEFTOVER = re.compile(r"\.hakemus-[0-9a-f]{12}-([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{8}\.tmp\Z")


def name_problem(name: str) -> Message | None:
    """Why Windows or OneDrive would not take a file name; None where every system does."""
    forbidden = _FORBIDDEN.search(name)
    if forbidden is not None:
        return msg(
            "A file name may not have the character {character}.",
            character=forbidden[0] if forbidden[0].isprintable() else f"U+{ord(forbidden[0]):04X}",
        )
    if _RESERVED.match(name):
        return msg("Windows keeps the name {name} for itself.", name=name)
    if name != name.strip(" ") or name.endswith(".") or not name:
        return msg("A file name may not start or end with a space, or end with a full stop.")
    if name.lower() in _REFUSED_BY_SYNC or name.startswith("~$") or "_vti_" in name.lower():
        return msg("Synchronising programs such as OneDrive leave out a file named {name}.", name=name)
    if len(name.encode("utf-16-le", "surrogatepass")) // 2 > MAX_NAME_UNITS:
        return msg("The file name is longer than {limit} characters.", limit=MAX_NAME_UNITS)
    return None


def shown(path: Path | str) -> str:
    """A path as a message may have it, whatever characters stand in it."""
    return str(path).encode("utf-8", "replace").decode("utf-8").replace("\0", "�")


def tag(name: str) -> str:
    """Twelve letters for a file name, the same for every spelling that a file system takes for one name."""
    plain = unicodedata.normalize("NFC", os.path.normcase(name)).casefold()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def temporary(target: Path) -> Path:
    """A fresh name beside the target, short whatever the target's length, that tells its owner."""
    owner = f"{processes.computer_tag()}-{os.getpid()}-{secrets.token_hex(4)}"
    return target.with_name(f".hakemus-{tag(target.name)}-{owner}.tmp")


def saving_mark(target: Path) -> Path:
    """The neighbour that two saving processes exclude each other by."""
    return target.with_name(f".hakemus-{tag(target.name)}-saving.tmp")


def lock_name(target: Path) -> Path:
    """The advisory lock of a draft that is open."""
    return target.with_name(f".hakemus-{tag(target.name)}-open.lock")


def owner_of_leftover(name: str) -> tuple[str, int] | None:
    """Computer tag and process of a temporary file of ours; None for any other name."""
    found = _LEFTOVER.match(name)
    return (found[1], int(found[2])) if found is not None else None
