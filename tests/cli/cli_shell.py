"""The command line as a person uses it: arguments in, exit code and texts out; drafts and data to give it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hakemus.adapters.resources.locator import resources_root
from hakemus.cli import main

CALL = "avi-kirjastot-2018"
SOUND: dict[str, Any] = {
    "budget": {"lines": [{"id": "r1", "category": "services", "description": "Kuljettaja", "amount": "9000.00"}]},
    "funding": {"grant": "7200.00", "own": [{"id": "o1", "kind": "appropriation", "amount": "1800.00"}]},
}


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output as JSON, one object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self) -> dict[str, Any]:
        (found,) = self.objects
        return found


class Shell:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def __call__(self, *arguments: object) -> Answer:
        self._capsys.readouterr()
        code = main([str(item) for item in arguments])
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return Answer(code, out, err)

    def data(self, value: Any, name: str = "data.json") -> Path:
        """A file of JSON, or of the very bytes or text."""
        path = self.folder / name
        if isinstance(value, bytes):
            path.write_bytes(value)
        else:
            path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return path

    def draft(self, value: Mapping[str, Any] | None = None, name: str = "a.hakemus", call: str = CALL) -> Path:
        """A draft made by the command line itself."""
        path = self.folder / name
        given = () if value is None else ("--data", self.data(value))
        answer = self("new", path, "--call", call, *given)
        assert answer.code == 0, answer.err
        return path

    def shown(self, path: Path) -> dict[str, Any]:
        answer = self("show", path, "--json")
        assert answer.code == 0, answer.err
        return json.loads(answer.out)


def ready_application() -> dict[str, Any]:
    """The example that ships, with the grant that its call allows: it lacks nothing."""
    path = resources_root() / "examples" / "pop-up-kirjasto.json"
    application: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["application"]
    application["funding"]["grant"] = "7200.00"
    application["funding"]["own"][0]["amount"] = "1800.00"
    return application
