"""Packs a folder into one file for people to carry home: the same folder gives the same bytes."""

from __future__ import annotations

import hashlib
import lzma
import os
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

EARLIEST_ZIP_TIME = 315_532_800
"""1980-01-01, before which a ZIP cannot say any time; seconds since 1970."""


def epoch() -> int:
    """The time that every packed file gets, in seconds since 1970: `SOURCE_DATE_EPOCH`, else a fixed day."""
    return max(EARLIEST_ZIP_TIME, int(os.environ.get("SOURCE_DATE_EPOCH") or EARLIEST_ZIP_TIME))


def tar_xz(folder: Path, target: Path, preset: int = 9) -> None:
    """A tar of the folder under its own name, compressed with xz; owners, times and order say nothing of the maker."""
    with lzma.open(target, "wb", preset=preset) as stream, tarfile.open(fileobj=stream, mode="w") as tar:
        for path in [folder, *_inside(folder)]:
            entry = tar.gettarinfo(str(path), f"{folder.name}/{path.relative_to(folder).as_posix()}".removesuffix("/."))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = epoch()
            if not entry.issym():
                entry.mode = 0o755 if entry.isdir() or entry.mode & stat.S_IXUSR else 0o644
            if entry.isreg():
                with path.open("rb") as content:
                    tar.addfile(entry, content)
            else:
                tar.addfile(entry)


def zip_folder(folder: Path, target: Path) -> None:
    """A ZIP of the folder under its own name. Links are followed: Windows would not know them."""
    when = _zip_time(epoch())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for path in _inside(folder):
            if path.is_file():
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                entry = zipfile.ZipInfo(name, when)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = (stat.S_IFREG | (0o755 if os.access(path, os.X_OK) else 0o644)) << 16
                file.writestr(entry, path.read_bytes())


def write_sum(target: Path) -> str:
    """Write `NAME.sha256` beside a file, in the form that `sha256sum -c` reads; the sum."""
    with target.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    target.with_name(f"{target.name}.sha256").write_text(f"{found}  {target.name}\n", encoding="ascii", newline="\n")
    return found


def _inside(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()))


def _zip_time(seconds: int) -> tuple[int, int, int, int, int, int]:
    import time

    now = time.gmtime(seconds)
    return now.tm_year, now.tm_mon, now.tm_mday, now.tm_hour, now.tm_min, now.tm_sec
