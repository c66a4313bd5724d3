"""Keeps the Qt binding from reading the source of every module that is imported after it."""

from __future__ import annotations

import sys

_HOOK = "shibokensupport.feature"


def leave_unread() -> None:
    """Tell the binding that no module wants another spelling of Qt's names, without a look into its source.

    PySide6 searches the source of each imported module for its own name, in case the module asks for
    `from __feature__ import snake_case`. What it read stays in `linecache`: 12 MB, and a tenth of the processor time
    of a start with a walk through all steps, for a program that never asks. In a bundle, which has no sources, the
    answer is the same one as here.
    Where a later PySide6 has no such hook, nothing is changed.
    """
    import PySide6  # noqa: F401  the binding has to be there, and none of its parts yet

    hook = sys.modules.get(_HOOK)
    if hook is not None and hasattr(hook, "_mod_uses_pyside"):
        setattr(hook, "_mod_uses_pyside", _no)  # noqa: B010  typed as any module, which has no such name


def _no(_module: object) -> bool:
    return False
