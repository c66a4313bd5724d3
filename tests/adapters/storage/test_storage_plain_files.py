"""What lies where a small file is looked for: a file is read as bytes, anything else is told at once."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hakemus.adapters.storage import plain_files

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX systems")


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    """Waiting for a pipe fails the test instead of stopping the suite."""

    def late(*_: object) -> None:
        raise TimeoutError("the pipe is waited for")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_a_file_is_read_as_the_bytes_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xff\r\n\0")
    with plain_files.opened(path) as file:
        assert file.read() == b"\xff\r\n\0"
    assert file.closed


def test_a_pipe_that_nobody_writes_into_is_told_at_once_and_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a"
    os.mkfifo(path)
    with pytest.raises(OSError, match="Invalid argument") as caught, plain_files.opened(path):
        pass
    assert (caught.value.errno, caught.value.filename) == (errno.EINVAL, str(path))
