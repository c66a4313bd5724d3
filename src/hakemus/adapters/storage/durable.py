"""Replacing a file so that at every moment either the old or the new content is whole; the one place that does it.

Knows bytes and paths, not drafts: exports go the same way. The order of steps is told in docs/reliability.md.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import math
import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hakemus.adapters.storage import failures, names, plain_files, processes
from hakemus.domain.messages import msg

RETRY_SECONDS = 2.5
"""How long a file that another program holds for a moment (virus scanner, indexer) is waited for."""
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 0.4
MARK_STALE_SECONDS = 120.0
EMPTY_MARK_STALE_SECONDS = 5.0
"""A mark is empty for a moment while it is made; one that stays empty was left by a process that was killed then."""
_HELD_ON_WINDOWS = {5, 32, 33}
_NO_FOLDER_SYNC = {
    getattr(errno, name, errno.EINVAL)
    for name in ("EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EBADF", "EACCES", "EPERM", "EISDIR")
}
FRESH = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
"""A file that must not be there yet; no link is followed to one."""
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_BLOCK = 1 << 20
_LINKS = os.name != "nt"
_OUR_MARKS: set[bytes] = set()
"""Marks that threads of this process hold now: one of ours that is not among them could not be removed then."""
_LONG_FOR_WINDOWS = 248
"""From here on a Windows without long paths may say "not found" where it means "too long"."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The clock of the waits, given from outside so that tests need not wait."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    wall: Callable[[], float] = time.time


@dataclass(frozen=True, slots=True)
class Expected:
    """What must lie at the target: the content with this hash, or nothing at all (None).

    `or_else` is content of the caller's own that may lie there as well: see `SaveFailure.replaced`.
    """

    sha256: str | None
    or_else: str | None = None


NEW_FILE = Expected(None)


@dataclass(frozen=True, slots=True)
class Written:
    """An acknowledged write: where it went (links resolved), the hash of its content, and what it cut."""

    path: Path
    sha256: str
    cut_hard_links: bool = False


def write(
    path: Path,
    data: bytes,
    *,
    expected: Expected | None = None,
    digest: str | None = None,
    timing: Timing = Timing(),
    windows: bool = os.name == "nt",
) -> Written:
    """Put `data` at `path` durably. With `expected` the file is replaced only while it is as expected.

    `digest` is the SHA-256 of `data`, where the caller has it already.

    Symbolic links are followed and stay; a dangling one gets its target created. The mode of an existing file is
    kept. Raises a `SaveFailure`; then the old file is whole and no temporary file is left, unless it says otherwise.
    """
    target = resolve(path)
    with _typed(target, windows=windows):
        before = _judge_target(target, windows=windows)
        digest = digest or hashlib.sha256(data).hexdigest()
        temporary = names.temporary(target)
        try:
            _write_temporary(temporary, data, before)
            with _saving_mark(target, temporary, timing) as still_ours:
                if expected is not None:
                    _compare(target, expected, digest)
                still_ours()
                _replace(temporary, target, timing)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    _sync_folder(target, digest)
    return Written(target, digest, before is not None and before.st_nlink > 1)


def resolve(path: Path) -> Path:
    """The file that a path means: where its last name is a link, what the link leads to.

    Links among its folders stay as they are: a drive letter must not turn into a server's name.
    """
    with _typed(path):
        return Path(os.path.realpath(path)) if os.path.islink(path) else place_of(path)


def place_of(path: Path) -> Path:
    """Where a path leads from any folder, whatever was current when it was written; its last name stays a link.

    What is remembered of a draft is kept by its place: `../a.hakemus` must not be another one than `a.hakemus`.
    """
    place = path.absolute()
    return Path(os.path.realpath(place.parent), place.name) if ".." in place.parts else place


def _bad_name(path: Path) -> failures.BadName:
    return failures.BadName(
        msg("The system does not take the name {path}. Save under another name.", path=names.shown(path))
    )


@contextlib.contextmanager
def _typed(target: Path, *, windows: bool = False) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if windows and error.errno == errno.ENOENT and len(str(target)) >= _LONG_FOR_WINDOWS:
            error = OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
        raise failures.save_failure(error, str(target)) from error
    except ValueError:  # NUL in a name, or a character that the file system's encoding lacks
        raise _bad_name(target) from None


def _judge_target(target: Path, *, windows: bool) -> os.stat_result | None:
    """What lies at the target now, None for nothing; raises where it cannot or must not be replaced."""
    problem = names.name_problem(target.name) if windows else None
    if problem is not None:
        raise failures.BadName(
            msg(
                "{path} cannot be saved under this name. {problem} Save under another name.",
                path=names.shown(target),
                problem=problem,
            )
        )
    try:
        found = os.stat(target)
    except FileNotFoundError:
        if not os.path.isdir(target.parent):
            raise
        return None
    if not stat.S_ISREG(found.st_mode):
        raise _not_a_file(target)
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return found


def _not_a_file(target: Path) -> failures.NotAFile:
    return failures.NotAFile(
        msg("{path} is a folder or a device, not a file. Save under another name.", path=names.shown(target))
    )


def _write_temporary(temporary: Path, data: bytes, before: os.stat_result | None) -> None:
    """Write, flush to the disk, read again and compare; any error on the way, also of closing, is fatal."""
    descriptor = os.open(temporary, FRESH, 0o666 if before is None else 0o600)
    if before is not None:
        _like(descriptor, before)
    _write_all(descriptor, data, flush=True)
    if not _reads_back(temporary, data):
        raise OSError(errno.EIO, "what was written reads back differently")


def _like(descriptor: int, before: os.stat_result) -> None:
    """Give the new file the owner and group, where allowed, and the mode of the one it will replace."""
    if hasattr(os, "fchown"):
        try:
            os.fchown(descriptor, before.st_uid, before.st_gid)
        except OSError:  # a colleague's file becomes ours, but those who read it through its group must go on doing so
            with contextlib.suppress(OSError):
                os.fchown(descriptor, -1, before.st_gid)
    if hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):  # FAT and some network drives keep no modes
            os.fchmod(descriptor, stat.S_IMODE(before.st_mode))


def _flush(descriptor: int) -> None:
    os.fsync(descriptor)
    try:
        import fcntl
    except ImportError:
        return
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:  # macOS: fsync alone leaves the data in the disk's own cache
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, full)


def _reads_back(path: Path, data: bytes) -> bool:
    """Whether a file holds exactly these bytes."""
    at = 0
    with open(path, "rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            if not data.startswith(block, at):
                return False
            at += len(block)
    return at == len(data)


def hash_of(path: Path) -> str:
    """SHA-256 of a file's content."""
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0, opener=plain_files.without_waiting) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def content_now(path: Path) -> str | None:
    """SHA-256 of what lies at a path that is to be replaced, None for nothing. Raises a `SaveFailure`."""
    target = resolve(path)
    with _typed(target), contextlib.suppress(FileNotFoundError):
        if os.path.exists(target) and not os.path.isfile(target):
            raise _not_a_file(target)
        return hash_of(target)
    return None


def _compare(target: Path, expected: Expected, digest: str) -> None:
    """Refuse to replace what the caller has not seen. The very content that is to be written is never a conflict."""
    try:
        current = hash_of(target)
    except FileNotFoundError:
        if expected.sha256 is None:
            return
        raise failures.Gone(str(target)) from None
    if current not in (expected.sha256, expected.or_else, digest):
        raise failures.ChangedMeanwhile(str(target), current)


@contextlib.contextmanager
def _saving_mark(target: Path, temporary: Path, timing: Timing) -> Iterator[Callable[[], None]]:
    """Keep other processes of this program out between comparing and replacing.

    Yields a check to call right before replacing: it fails where somebody took the mark for a dead one's.
    """
    mark = names.saving_mark(target)
    token = temporary.name.encode()
    _OUR_MARKS.add(token)
    try:
        _take_mark(mark, token, target, timing)
    except BaseException:
        _OUR_MARKS.discard(token)
        raise

    def still_ours() -> None:
        if mark_content(mark) != token:
            raise failures.locked(str(target))

    try:
        yield still_ours
    finally:
        with contextlib.suppress(OSError):
            if mark_content(mark) == token:
                os.unlink(mark)
        _OUR_MARKS.discard(token)


def mark_content(mark: Path) -> bytes | None:
    """What a mark says; nothing where it is no file, None where it is gone, or on Windows about to be."""
    try:
        if os.path.islink(mark):
            return os.fsencode(os.readlink(mark))
        return mark.read_bytes() if stat.S_ISREG(os.lstat(mark).st_mode) else b""
    except (FileNotFoundError, PermissionError):
        return None


def _make_mark(mark: Path, token: bytes) -> None:
    """Create the mark with its content in one step where the disk has symbolic links, else in two."""
    if _LINKS:
        try:
            os.symlink(token, mark)
        except FileExistsError:
            raise
        except OSError:  # FAT and some network drives have none
            pass
        else:
            return
    descriptor = os.open(mark, FRESH, 0o666)
    try:
        _write_all(descriptor, token, flush=False)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(mark)
        raise


def _take_mark(mark: Path, token: bytes, target: Path, timing: Timing) -> None:
    give_up = timing.monotonic() + RETRY_SECONDS
    while True:
        try:
            _make_mark(mark, token)
        except OSError as error:
            if not isinstance(error, FileExistsError) and getattr(error, "winerror", None) not in _HELD_ON_WINDOWS:
                raise
            if _abandoned(mark, target.with_name(token.decode())):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(mark)
                continue
            if timing.monotonic() >= give_up:
                raise failures.locked(str(target), error.errno) from None
            timing.sleep(_FIRST_PAUSE)
            continue
        return


def _write_all(descriptor: int, data: bytes, *, flush: bool) -> None:
    """Write everything and close; a disk may take a little at a time, and may fail as late as at closing."""
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view[:_BLOCK]) :]
        if flush:
            _flush(descriptor)
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(descriptor)
        raise
    os.close(descriptor)


def _abandoned(mark: Path, temporary: Path) -> bool:
    """Whether the mark's process is dead here or silent elsewhere, by the clock of the disk that both files lie on."""
    content = mark_content(mark)
    if content is None:
        return False
    owner = names.owner_of_leftover(content.decode("ascii", "replace"))
    if owner == (processes.computer_tag(), os.getpid()):
        return content not in _OUR_MARKS
    if owner is not None and owner[0] == processes.computer_tag() and not processes.is_alive(owner[1]):
        return True
    age = abs(temporary.stat().st_mtime - _modified(mark))  # from the future comes what a wrong clock has left
    return math.inf > age > (EMPTY_MARK_STALE_SECONDS if not content else MARK_STALE_SECONDS)


def _modified(path: Path) -> float:
    try:
        return os.lstat(path).st_mtime
    except FileNotFoundError:
        return math.inf


def _replace(temporary: Path, target: Path, timing: Timing) -> None:
    """Rename over the target; on Windows wait for programs that hold the old file for a moment."""
    give_up = timing.monotonic() + RETRY_SECONDS
    pause = _FIRST_PAUSE
    while True:
        try:
            os.replace(temporary, target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_ON_WINDOWS:
                raise
            if timing.monotonic() + pause > give_up:
                raise failures.locked(str(target), error.errno) from error
            timing.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return


def _sync_folder(target: Path, digest: str) -> None:
    """Make the rename itself durable; where the system cannot sync a folder there is nothing to be done."""
    if os.name == "nt":  # pragma: no cover - judged on Windows alone
        return
    try:
        descriptor = os.open(target.parent, _FOLDER)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno in _NO_FOLDER_SYNC:
            return
        failure = failures.save_failure(error, str(target))
        failure.replaced = digest
        raise failure from error
