"""Which process on which computer: enough to tell a living owner of a lock or a leftover from a dead one."""

from __future__ import annotations

import hashlib
import os
import platform
import sys


def computer() -> str:
    """The name of this computer as people know it."""
    return platform.node() or "?"


def computer_tag(name: str | None = None) -> str:
    """Eight letters that stand for a computer in a file name."""
    return hashlib.sha256((name or computer()).encode("utf-8", "replace")).hexdigest()[:8]


def is_alive(pid: int) -> bool:
    """Whether a process of this computer is running; in doubt yes, for nothing may be taken from the living."""
    if pid <= 0:
        return False
    if sys.platform == "win32":  # pragma: no cover - judged on Windows alone
        return _is_alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


if sys.platform == "win32":  # pragma: no cover - judged on Windows alone
    # os.kill(pid, 0) would send Ctrl+C there
    def _is_alive_on_windows(pid: int) -> bool:
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x1000, 0, pid)
        if not handle:
            return bool(kernel.GetLastError() == 5)
        code = ctypes.c_ulong()
        known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return not known or code.value == 259
