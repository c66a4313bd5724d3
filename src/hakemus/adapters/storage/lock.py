"""The advisory lock beside an open draft: a courtesy that says who has it open, on which computer, since when.

It holds nobody up: the comparison before each replace is the guarantee, and "save as" never asks here.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from hakemus.adapters.storage import durable, names, processes, small_json, state
from hakemus.adapters.storage.failures import SaveFailure

HEARTBEAT_SECONDS = 120
STALE_AFTER = timedelta(minutes=10)
STALE_WITHOUT_HEARTBEAT = timedelta(hours=12)
"""In a synchronised folder the lock has no heartbeat, which would be sent to everybody; it grows stale by age."""


class LockState(Enum):
    """What stands beside the file."""

    FREE = "free"
    OURS = "ours"
    HELD = "held"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the file open: the name they typed ("" for none), their computer, and since when."""

    who: str
    computer: str
    since: datetime
    computer_tag: str = ""
    process: int = 0
    token: str = ""
    heartbeat: bool = True


class OpenLock:
    """The lock of one open draft. No method raises for a lock that cannot be written: then there is none."""

    def __init__(self, path: Path, now: Callable[[], datetime], *, synchronised: bool = False) -> None:
        self.lock_path = names.lock_name(path.absolute())
        self._now = now
        self._token = secrets.token_hex(8)
        self._heartbeat = not synchronised

    def look(self) -> tuple[LockState, Holder | None]:
        """What stands beside the file now. A lock that cannot be read holds nobody up."""
        holder = _read(self.lock_path)
        if holder is None:
            return (LockState.STALE if self.lock_path.exists() else LockState.FREE), None
        if holder.token == self._token:
            return LockState.OURS, holder
        return (LockState.STALE if self._is_stale(holder) else LockState.HELD), holder

    def take(self, who: str, *, anyway: bool = False) -> tuple[bool, Holder | None]:
        """Put the lock there, over a stale one and, if asked to, over a held one; else tell who holds it."""
        data = self._content(who)
        try:
            descriptor = os.open(self.lock_path, durable.FRESH, 0o666)
        except FileExistsError:
            return self._take_over(data, anyway=anyway)
        except OSError:
            return False, None
        try:
            os.write(descriptor, data)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(self.lock_path)
            return False, None
        finally:
            os.close(descriptor)
        return True, None

    def _take_over(self, data: bytes, *, anyway: bool) -> tuple[bool, Holder | None]:
        condition, holder = self.look()
        if condition is LockState.HELD and not anyway:
            return False, holder
        try:
            if self.lock_path.is_symlink():  # whoever put it there may have meant any file: none of them is a lock
                os.unlink(self.lock_path)
            durable.write(self.lock_path, data)
        except (SaveFailure, OSError):
            return False, holder
        return True, None

    def beat(self) -> None:
        """Say that we are still here; to be called every `HEARTBEAT_SECONDS`. Never in a synchronised folder."""
        if self._heartbeat and self.look()[0] is LockState.OURS:
            with contextlib.suppress(OSError):
                os.utime(self.lock_path)

    def release(self) -> None:
        """Take our own lock away; another's stays."""
        if self.look()[0] is LockState.OURS:
            with contextlib.suppress(OSError):
                os.unlink(self.lock_path)

    def _content(self, who: str) -> bytes:
        told = {
            "who": who,
            "computer": processes.computer(),
            "since": self._now().astimezone(UTC).isoformat(),
            "computer_tag": processes.computer_tag(),
            "process": os.getpid(),
            "token": self._token,
            "heartbeat": self._heartbeat,
        }
        return json.dumps(told).encode()

    def _is_stale(self, holder: Holder) -> bool:
        if holder.computer_tag == processes.computer_tag() and not processes.is_alive(holder.process):
            return True
        try:
            seen = datetime.fromtimestamp(os.stat(self.lock_path).st_mtime, UTC)
        except OSError:
            return True
        return self._now() - seen > (STALE_AFTER if holder.heartbeat else STALE_WITHOUT_HEARTBEAT)


def _read(path: Path) -> Holder | None:
    told = small_json.read(path)
    if not isinstance(told, dict):
        return None
    return Holder(
        who=state.text(told.get("who"))[:200],
        computer=state.text(told.get("computer"))[:200],
        since=state.when(told.get("since")),
        computer_tag=state.text(told.get("computer_tag")),
        process=state.whole(told.get("process")),
        token=state.text(told.get("token")),
        heartbeat=told.get("heartbeat") is not False,
    )
