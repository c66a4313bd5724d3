"""`hakemus desktop`: the program's entries on this user's desktop, and the system's list of recent files."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.messages import msg
from hakemus.i18n.catalog import Catalog
from hakemus.usecases.errors import UserError


def command_of_program() -> list[str]:
    """The words that start the window of this very program."""
    if getattr(sys, "frozen", False):
        folder, name = Path(sys.executable).parent, Path(sys.executable).name
        window = folder / name.replace("hakemus", "hakemus-window")
        return [str(window if window.exists() else sys.executable)]
    return [sys.executable, "-m", "hakemus"]


def install(catalog: Catalog, system: str = sys.platform) -> list[str]:
    """Make drafts open by a double click, for this user alone; lines that say what was done."""
    if system == "darwin":
        raise UserError(
            msg("On macOS the application itself tells the system of its drafts. Put it into Applications.")
        )
    if system == "win32":
        from hakemus.adapters.desktop import windows

        program = Path(command_of_program()[0])
        windows.install(windows.user_registry(), program, program, catalog.text("Hakemus draft"))
        return [rf"HKEY_CURRENT_USER\{windows.CLASSES}\{windows.TYPE}"]
    from hakemus.adapters.desktop import freedesktop

    drawings = resources_root() / "desktop"
    return [str(path) for path in freedesktop.install(freedesktop.data_home(), command_of_program(), drawings)]


def remove(system: str = sys.platform) -> list[str]:
    """Take the entries away again; lines that say which."""
    if system == "win32":
        from hakemus.adapters.desktop import windows

        windows.remove(windows.user_registry())
        return [rf"HKEY_CURRENT_USER\{windows.CLASSES}\{windows.TYPE}"]
    from hakemus.adapters.desktop import freedesktop

    return [str(path) for path in freedesktop.remove(freedesktop.data_home())]


def note_recent(path: str, system: str = sys.platform) -> None:
    """Put a draft into the system's own list of recent files. macOS keeps that list by itself."""
    if system == "win32":
        from hakemus.adapters.desktop import windows

        windows.note_recent(Path(path))
    elif system.startswith("linux"):
        from hakemus.adapters.desktop import freedesktop

        now = datetime.now().astimezone()
        freedesktop.note_recent(freedesktop.data_home(), Path(path), command_of_program()[0], now)
