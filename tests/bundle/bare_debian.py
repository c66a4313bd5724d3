"""A Debian without Python, in a folder of its own: what the bundle has to be content with.

`assemble` puts one together from the packages of this system, in seconds and without a network; `install` lets
debootstrap make one from nothing, as the long campaign does. Both need root.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

DESKTOP = ("libegl1", "libgl1", "libglib2.0-0", "libfontconfig1", "libdbus-1-3", "libx11-6", "libx11-xcb1", "libxcb1")
"""What every desktop has: graphics, fonts, the message bus and the screen. No part of Python or Qt."""
BASE = ("libc6", "libc-bin", "base-files", "libgl1-mesa-dri", "libegl-mesa0", "libglx-mesa0")
RELEASE = "bookworm"
_HIDDEN = "/usr/sbin:/sbin"


def tool(name: str) -> str | None:
    """A program, also where a user's PATH does not name its folder."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:{_HIDDEN}")


def why_not() -> str:
    """Why there can be none here; empty where there can."""
    if os.geteuid() != 0:
        return "a chroot needs root"
    if tool("dpkg-query") is None:
        return "this is no Debian"
    return ""


def assemble(folder: Path) -> Path:
    """Copy the files of the desktop's packages, and of all they depend on, out of this system."""
    names = _with_all_they_need([name for name in DESKTOP + BASE if _installed(name)])
    assert not [name for name in names if name.startswith(("python", "libpython"))]
    for name in ("usr/bin", "usr/sbin", "usr/lib", "usr/lib64", "tmp", "opt", "dev", "proc"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in ("bin", "sbin", "lib", "lib64"):
        (folder / name).symlink_to(f"usr/{name}")
    listed = subprocess.run([str(tool("dpkg-query")), "-L", *names], check=True, capture_output=True, text=True).stdout
    paths = sorted({line for line in listed.splitlines() if line.startswith("/") and _wanted(line)})
    reading = ["tar", "-C", "/", "-c", "--no-recursion", "--ignore-failed-read", "-T", "-", "-f", "-"]
    packed = subprocess.run(reading, input="\n".join(paths).encode(), capture_output=True, check=False).stdout
    writing = ["tar", "-C", str(folder), "-x", "--keep-directory-symlink", "-f", "-"]
    subprocess.run(writing, input=packed, check=True, capture_output=True)
    subprocess.run(["ldconfig", "-r", str(folder)], env={"PATH": _HIDDEN}, check=True, capture_output=True)
    for name, minor in (("null", 3), ("urandom", 9)):
        os.mknod(folder / "dev" / name, 0o666 | stat.S_IFCHR, os.makedev(1, minor))
    return folder


def install(folder: Path) -> Path:
    """Let debootstrap make one from a mirror. Raises `CalledProcessError` where none answers."""
    command = [str(tool("debootstrap")), "--variant=minbase", f"--include={','.join(DESKTOP)}", RELEASE, str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def _wanted(path: str) -> bool:
    return not path.startswith(("/usr/share/doc", "/usr/share/man", "/usr/share/locale")) and os.path.lexists(path)


def _installed(name: str) -> bool:
    command = [str(tool("dpkg-query")), "-W", "-f", "${db:Status-Status}", name]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout == "installed"


def _with_all_they_need(wanted: list[str]) -> list[str]:
    """The packages and everything they depend on, as installed here."""
    command = [str(tool("dpkg-query")), "-W", "-f", "${Package}\t${Depends}, ${Pre-Depends}\t${Provides}\n"]
    table = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    needs: dict[str, list[str]] = {}
    provides: dict[str, str] = {}
    for line in table.splitlines():
        name, depends, provided = line.split("\t")
        needs[name] = re.findall(r"(?:^|[,|])\s*([a-z0-9][a-z0-9+.-]+)", depends)
        provides |= dict.fromkeys(re.findall(r"(?:^|,)\s*([a-z0-9][a-z0-9+.-]+)", provided), name)
    found: set[str] = set()
    todo = list(wanted)
    while todo:
        name = todo.pop()
        name = name if name in needs else provides.get(name, "")
        # what asks questions while packages are configured is written in Perl and Python, and runs no more
        if name and name not in found and not name.startswith(("debconf", "perl", "python")):
            found.add(name)
            todo += needs[name]
    return sorted(found)
