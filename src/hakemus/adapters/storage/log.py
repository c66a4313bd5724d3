"""The program's log in the state folder: what was done and what failed, never what anybody has written.

Of an error it keeps the kind and the places in the code; its words may quote a draft and stay out. Paths and titles
stay out as well. The log turns over, so that it never grows beyond half a megabyte.
"""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

NAME = "hakemus.log"
MOST_BYTES = 160_000
KEPT = 2
_LOGGER = "hakemus"


class _Formatter(logging.Formatter):
    def formatException(self, ei: Any) -> str:
        return places(ei[0], ei[2])


class _Handler(logging.handlers.RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """A log that cannot be written is no reason to trouble anybody."""


def places(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """The kind of an error and where it came through the code; none of its words."""
    name = kind.__name__ if kind is not None else "?"
    found = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return " < ".join([name, *reversed(found)])


def start(folder: Path) -> logging.Handler:
    """Begin to write into `folder`; give the handler to `stop` in the end."""
    handler = _Handler(folder / NAME, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    with contextlib.suppress(OSError):  # it is there already, or nothing is written
        folder.mkdir(mode=0o700, parents=True)
    logger = logging.getLogger(_LOGGER)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return handler


def stop(handler: logging.Handler) -> None:
    """Write no more and let the file go."""
    logging.getLogger(_LOGGER).removeHandler(handler)
    handler.close()


def note(words: str) -> None:
    """One line: words of the program's own, never of a draft."""
    logging.getLogger(_LOGGER).info(words)


def note_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An error that nobody caught: noted here, then told as before."""
    logging.getLogger(_LOGGER).error("not caught: %s", places(kind, trace))
    sys.__excepthook__(kind, error, trace)
