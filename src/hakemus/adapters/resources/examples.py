"""The example applications that ship with the program, each with the call it is made for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError


@dataclass(frozen=True, slots=True)
class Example:
    """An application as `--data` would give it; `name` is the file's name without its end."""

    name: str
    call: str
    language: str
    application: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.application.get("project", {}).get("title", self.name))


def example_names(root: Path) -> tuple[str, ...]:
    """The names of the examples in alphabetical order."""
    return tuple(sorted(path.stem for path in (root / "examples").glob("*.json")))


def read_example(root: Path, name: str) -> Example:
    """One example; `UserError` names those that exist."""
    names = example_names(root)
    if name not in names:
        raise UserError(
            msg('There is no example "{name}". The examples are: {known}.', name=name, known=", ".join(names))
        )
    plain = json.loads((root / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    return Example(name, plain["call"], plain["language"], plain["application"])
