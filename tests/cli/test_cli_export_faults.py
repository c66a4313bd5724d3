"""An export that cannot be written says so in one sentence, and what lay there before is whole: in Excel, on a full
disk, in a folder that is gone.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cli_shell import SOUND, Answer, Shell

from hakemus.adapters.storage import durable

WAYS = {"--xlsx": "a.xlsx", "--pdf": "a.pdf", "--package": "a.zip", "--merged": "m.pdf", "--review": "r.pdf"}
Again = Callable[[], Answer]


@pytest.fixture(params=WAYS)
def exported(request: pytest.FixtureRequest, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Again]:
    """A file that was exported, and the same export of a draft that has changed since."""
    slept: list[float] = []
    monkeypatch.setattr(
        durable, "Timing", partial(durable.Timing, monotonic=lambda: sum(slept), sleep=slept.append)
    )  # waits without waiting
    draft = shell.draft(SOUND)
    folder = shell.folder / "sent"
    folder.mkdir()
    target = folder / WAYS[request.param]
    assert shell("export", draft, request.param, target).code == 0
    changed = shell.draft({**SOUND, "project": {"title": "Toinen"}}, "b.hakemus")
    return target, lambda: shell("export", changed, request.param, target)


def said(answer: Answer, target: Path) -> str:
    assert (answer.code, answer.out) == (2, "")
    lines = answer.err.strip().splitlines()
    assert len(lines) == 1
    assert str(target) in lines[0]
    return lines[0]


def test_open_in_excel(exported: tuple[Path, Again], monkeypatch: pytest.MonkeyPatch) -> None:
    target, again = exported
    before = target.read_bytes()

    def replace(_source: Any, _target: Any) -> None:
        error = PermissionError(errno.EACCES, "The process cannot access the file")
        error.winerror = 32  # type: ignore[attr-defined]  # ERROR_SHARING_VIOLATION
        raise error

    with monkeypatch.context() as held:
        held.setattr(os, "replace", replace)
        assert "toisessa ohjelmassa" in said(again(), target)
    assert target.read_bytes() == before
    assert os.listdir(target.parent) == [target.name]
    assert again().code == 0
    assert target.read_bytes() != before


def test_on_a_full_disk(exported: tuple[Path, Again], monkeypatch: pytest.MonkeyPatch) -> None:
    target, again = exported
    before, real = target.read_bytes(), os.write
    room = [len(before) // 2]

    def write(descriptor: int, data: Any) -> int:
        some = bytes(data)[: room[0]]
        room[0] -= len(some)
        if not some:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, some)

    with monkeypatch.context() as full:
        full.setattr(os, "write", write)
        assert "tilaa" in said(again(), target)
    assert target.read_bytes() == before
    assert os.listdir(target.parent) == [target.name]


def test_in_a_folder_that_is_gone(exported: tuple[Path, Again]) -> None:
    target, again = exported
    shutil.rmtree(target.parent)
    assert said(again(), target)
    assert not target.parent.exists()
