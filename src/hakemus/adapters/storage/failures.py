"""What can go wrong with a file, as typed failures that carry a message in no language yet. Knows no window."""

from __future__ import annotations

import errno
from collections.abc import Sequence

from hakemus.domain.messages import Message, msg
from hakemus.usecases import errors


class DamagedFile(errors.Damaged):
    """The bytes are not a sound draft. `reasons` holds every fault that was found, in the order of the file.

    The one error of reading what is there: whatever the bytes, nothing else is raised but `NewerFile`.
    """

    def __init__(self, reasons: Sequence[Message]) -> None:
        super().__init__(
            msg("The file is damaged or is not a draft of this program."),
            tuple(errors.Problem("", reason) for reason in reasons),
        )

    @property
    def reasons(self) -> tuple[Message, ...]:
        return tuple(problem.message for problem in self.problems)


class NewerFile(errors.NewerVersion):
    """The file was written by a newer program; nothing is wrong with it, and it is left alone.

    `theirs` and `ours` are the format's versions as `(major, minor)`.
    """

    def __init__(self, theirs: tuple[int, int], ours: tuple[int, int]) -> None:
        super().__init__(
            msg(
                "The file was written by a newer version of the program (file format {theirs}; this program "
                "reads up to {ours}). Update the program to open it.",
                theirs=f"{theirs[0]}.{theirs[1]}",
                ours=f"{ours[0]}.{ours[1]}",
            )
        )
        self.theirs = theirs
        self.ours = ours


class TooBig(errors.NotWritten):
    """What should be saved is over a limit of the format, so that no reader would open it."""


class CannotRead(errors.UserError):
    """The file could not be read at all; `errno` is the system's number where there is one."""

    def __init__(self, message: Message, number: int | None = None) -> None:
        super().__init__(message)
        self.errno = number


def too_little_memory_to_read(path: str) -> CannotRead:
    """What an opening says that the system gave no memory for."""
    return CannotRead(
        msg("This computer has too little memory free to open {path}. Close other programs and try again.", path=path)
    )


class NotThere(CannotRead):
    """There is no file at that path."""


class SaveFailure(errors.NotWritten):
    """Nothing was saved. The old file is whole, except where `replaced` says that the new one took its place.

    `replaced` is the SHA-256 of the new content when the file had already been replaced but the folder could
    not be made durable: the caller's next save must expect that content.
    """

    replaced: str | None = None

    def __init__(self, message: Message, number: int | None = None) -> None:
        super().__init__(message)
        self.errno = number


class DiskFull(SaveFailure):
    """No room, or a quota or a limit on file size is reached."""


class ReadOnly(SaveFailure):
    """The folder, the file or the whole disk may not be written."""


class Vanished(SaveFailure):
    """The folder or the disk is not there (any more)."""


class LockedByOther(SaveFailure):
    """Another program holds the file."""


class BadName(SaveFailure):
    """The system, or a synchronising program, does not take this name."""


class PathTooLong(SaveFailure):
    """The name or the whole path is longer than the system takes."""


class NotAFile(SaveFailure):
    """The target is a folder, a device, a pipe, or a link in a circle."""


class ChangedMeanwhile(SaveFailure, errors.ChangedMeanwhile):
    """The file is not the one that was opened: somebody else wrote it. `theirs` is the SHA-256 of its content."""

    def __init__(self, path: str, theirs: str) -> None:
        super().__init__(
            msg(
                "{path} has been changed by somebody else since it was opened. Nothing was overwritten: "
                "compare the two, or save yours as a copy.",
                path=path,
            )
        )
        self.theirs = theirs


class Gone(SaveFailure, errors.NoLongerThere):
    """The file that was opened has been deleted, moved or renamed meanwhile."""

    def __init__(self, path: str) -> None:
        super().__init__(
            msg(
                "{path} is no longer there: it has been deleted, moved or renamed since it was opened. "
                "Save it there again, or save a copy elsewhere.",
                path=path,
            )
        )


class Other(SaveFailure):
    """Any other fault of the system, named by its number."""


def too_little_memory_to_save(path: str) -> Other:
    """What a save says that the system gave no memory for."""
    return Other(
        msg(
            "This computer has too little memory free to save {path}. Nothing was written. Close other programs and "
            "save again.",
            path=path,
        )
    )


_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_GONE_NAMES = ("ENOENT", "ENOTDIR", "ENODEV", "ENXIO", "ENOMEDIUM", "ENOTCONN", "ESHUTDOWN")
_GONE_SHARES = ("ESTALE", "EHOSTDOWN", "EHOSTUNREACH", "ENETUNREACH", "ENETDOWN")
_GONE = {getattr(errno, name, errno.ENOENT) for name in (*_GONE_NAMES, *_GONE_SHARES)}
_HELD = {errno.EBUSY, getattr(errno, "ETXTBSY", errno.EBUSY)}
_NAME = {errno.EINVAL, errno.EILSEQ}
_LONG = {errno.ENAMETOOLONG}
_CIRCLE = {errno.ELOOP}

_KINDS = (
    (_FULL, "full"),
    (_DENIED, "denied"),
    (_GONE, "gone"),
    (_HELD, "held"),
    (_NAME, "name"),
    (_LONG, "long"),
    (_CIRCLE, "circle"),
)

# Windows' own numbers: its mapping to errno lumps together what a person must be told apart.
_WINDOWS = {
    **dict.fromkeys((3, 15, 20, 21, 53, 55, 59, 64, 67, 121, 1006, 1112, 1167), "gone"),
    **dict.fromkeys((1203, 1222, 1231, 1232, 1236, 2250), "gone"),  # the network, or its drive
    **dict.fromkeys((39, 112, 1295), "full"),
    5: "denied", 19: "denied", 32: "held", 33: "held", 123: "name", 161: "name", 206: "long", 1117: "other",
}  # fmt: skip


def _kind(error: OSError) -> str | None:
    """What sort of fault it is; None for one that has no sentence of its own."""
    windows = getattr(error, "winerror", None)
    if windows in _WINDOWS:
        return _WINDOWS[windows]
    number = error.errno
    if windows is not None and number == errno.EINVAL:
        return None  # where Python puts every number that it does not know: no word of the name
    return next((kind for numbers, kind in _KINDS if number in numbers), None)


def save_failure(error: OSError, path: str) -> SaveFailure:
    """The typed failure for an error of the system while `path` was being written."""
    number = error.errno
    kind = _kind(error)
    if kind == "full":
        return DiskFull(
            msg(
                "There is no room to save {path}: the disk, or the space given to you on it, is full. "
                "Make room, or save a copy elsewhere.",
                path=path,
            ),
            number,
        )
    if kind == "denied":
        return ReadOnly(
            msg("You may not write to {path}: the file or its folder is read-only. Save a copy elsewhere.", path=path),
            number,
        )
    if kind == "gone":
        return Vanished(
            msg(
                "The folder of {path} cannot be reached: it, its disk or its network drive is gone. "
                "Put it back, or save a copy elsewhere.",
                path=path,
            ),
            number,
        )
    if kind == "held":
        return locked(path, number)
    if kind == "name":
        return BadName(msg("The system does not take the name {path}. Save under another name.", path=path), number)
    if kind == "long":
        return PathTooLong(
            msg("The path {path} is too long. Use a shorter name, or a folder nearer the top.", path=path), number
        )
    if kind == "circle":
        return NotAFile(
            msg(
                "{path} leads through links that come back to themselves, so there is no file at its end. Save under "
                "another name, or remove the link.",
                path=path,
            ),
            number,
        )
    return Other(
        msg(
            "{path} could not be saved: the disk or the system reports a fault ({fault}). Save a copy elsewhere.",
            path=path,
            fault=error.strerror or str(error) or type(error).__name__,
        ),
        number,
    )


def locked(path: str, number: int | None = None) -> LockedByOther:
    """Another program keeps the file from being replaced."""
    return LockedByOther(
        msg("Another program has {path} open. Close it there and save again, or save a copy elsewhere.", path=path),
        number,
    )


def read_failure(error: OSError, path: str) -> CannotRead:
    """The typed failure for an error of the system while `path` was being read."""
    number = error.errno
    kind = _kind(error)
    if kind == "gone":
        return NotThere(
            msg(
                "There is no file {path}, or its disk or folder cannot be reached. Look for it in another place, or "
                "connect its disk or network drive and try again.",
                path=path,
            ),
            number,
        )
    if kind == "long":  # nothing can lie at such a path; to write there fails in its own words
        return NotThere(
            msg("The path {path} is too long: no file can lie there. Choose the file where it lies now.", path=path),
            number,
        )
    if kind == "circle":
        return CannotRead(
            msg(
                "{path} leads through links that come back to themselves, so there is no file at its end. Open the "
                "file by its own name.",
                path=path,
            ),
            number,
        )
    if kind == "denied":
        return CannotRead(msg("You may not read {path}. Ask its owner for the right to it.", path=path), number)
    if kind == "held":
        return CannotRead(msg("Another program has {path} open. Close it there and try again.", path=path), number)
    return CannotRead(
        msg(
            "{path} could not be read: the disk or the system reports a fault ({fault}). Try again, or copy the file "
            "to another disk and open the copy.",
            path=path,
            fault=error.strerror or str(error) or type(error).__name__,
        ),
        number,
    )


def removal_failure(error: OSError, path: str) -> errors.NotWritten:
    """The failure for an error of the system while something that this computer remembers was being removed."""
    path = error.filename if isinstance(error.filename, str) else path
    if _kind(error) == "held":
        return errors.NotWritten(
            msg(
                "{path} could not be removed and is still kept: another program has it open. Close it there and try "
                "again.",
                path=path,
            )
        )
    return errors.NotWritten(
        msg(
            "{path} could not be removed and is still kept ({fault}). Try again, or delete it as a file.",
            path=path,
            fault=error.strerror or str(error) or type(error).__name__,
        )
    )
