"""A shell in a folder of its own, on a day of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_shell import Shell, ready_application

from hakemus.adapters.storage import container, json_form


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("HAKEMUS_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("HAKEMUS_TODAY", "2018-11-15")
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


@pytest.fixture
def ready() -> dict[str, Any]:
    return ready_application()


@pytest.fixture
def rewritten() -> Callable[..., Path]:
    """A file with parts of its document.json replaced, as another program might write it."""

    def rewrite(path: Path, **parts: Any) -> Path:
        read = container.unpack(path.read_bytes())
        document = {**read.document, **parts}
        path.write_bytes(container.pack(json_form.dump(document), read.attachments, read.extra_members))
        return path

    return rewrite
