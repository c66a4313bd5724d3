"""The user's own entries in the registry of Windows, for a program that was unpacked and not installed.

The installer writes the same; nothing of it needs an administrator.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, Protocol

CLASSES = r"Software\Classes"
TYPE = "Hakemus.Draft"
MIME = "application/vnd.hakemus+zip"
_RECENT_BY_PATH = 3
"""`SHARD_PATHW`: the shell is told of a recent file by its path."""
_ASSOCIATIONS_CHANGED = 0x08000000


class Registry(Protocol):
    """The user's hive (`HKEY_CURRENT_USER`); keys by their path, the unnamed value as an empty name."""

    def set(self, key: str, name: str, value: str) -> None: ...

    def get(self, key: str, name: str) -> str | None: ...

    def delete_value(self, key: str, name: str) -> None: ...

    def delete_tree(self, key: str) -> None: ...


def entries(program: Path, icon: Path, words: str) -> list[tuple[str, str, str]]:
    """Key, name and value of every entry. `words` is what the Explorer calls a draft."""
    extension, draft = rf"{CLASSES}\.hakemus", rf"{CLASSES}\{TYPE}"
    return [
        (extension, "", TYPE),
        (extension, "Content Type", MIME),
        (rf"{extension}\OpenWithProgids", TYPE, ""),
        (draft, "", words),
        (draft, "AppUserModelID", "hakemus"),
        (rf"{draft}\DefaultIcon", "", str(icon)),
        (rf"{draft}\shell\open\command", "", f'"{program}" "%1"'),
    ]


def install(registry: Registry, program: Path, icon: Path, words: str) -> None:
    """Let a double click on a draft open it in `program`."""
    for key, name, value in entries(program, icon, words):
        registry.set(key, name, value)
    _tell_shell()


def remove(registry: Registry) -> None:
    """Take away what `install` wrote; of the extension only what points to this program."""
    extension = rf"{CLASSES}\.hakemus"
    registry.delete_tree(rf"{CLASSES}\{TYPE}")
    registry.delete_value(rf"{extension}\OpenWithProgids", TYPE)
    if registry.get(extension, "") == TYPE:
        registry.delete_value(extension, "")
    if registry.get(extension, "Content Type") == MIME:
        registry.delete_value(extension, "Content Type")
    _tell_shell()


def user_registry() -> Registry:
    """The registry of the user who runs the program; only on Windows."""
    import winreg as _winreg

    api: Any = _winreg  # its names exist on Windows alone

    class _User:
        def set(self, key: str, name: str, value: str) -> None:
            with api.CreateKey(api.HKEY_CURRENT_USER, key) as made:
                api.SetValueEx(made, name, 0, api.REG_SZ, value)

        def get(self, key: str, name: str) -> str | None:
            with contextlib.suppress(OSError), api.OpenKey(api.HKEY_CURRENT_USER, key) as made:
                return str(api.QueryValueEx(made, name)[0])
            return None

        def delete_value(self, key: str, name: str) -> None:
            with (
                contextlib.suppress(OSError),
                api.OpenKey(api.HKEY_CURRENT_USER, key, 0, api.KEY_SET_VALUE) as made,
            ):
                api.DeleteValue(made, name)

        def delete_tree(self, key: str) -> None:
            with contextlib.suppress(OSError):
                with api.OpenKey(api.HKEY_CURRENT_USER, key) as made:
                    below = [api.EnumKey(made, at) for at in range(api.QueryInfoKey(made)[0])]
                for name in below:
                    self.delete_tree(rf"{key}\{name}")
                api.DeleteKey(api.HKEY_CURRENT_USER, key)

    return _User()


def note_recent(draft: Path) -> None:
    """Tell the shell of a draft that was opened: the jump list of the task bar shows it."""
    shell = _shell()
    if shell is not None:
        shell.SHAddToRecentDocs(_RECENT_BY_PATH, str(draft.absolute()))


def _tell_shell() -> None:
    shell = _shell()
    if shell is not None:
        shell.SHChangeNotify(_ASSOCIATIONS_CHANGED, 0, None, None)


def _shell() -> Any:
    import ctypes

    libraries = getattr(ctypes, "windll", None)
    return libraries.shell32 if libraries is not None else None
