"""Finds the folder of shipped resources: beside the installed package, else at the root of a checkout."""

from __future__ import annotations

from pathlib import Path

import hakemus
from hakemus.domain.messages import msg
from hakemus.usecases.errors import UserError

INSTALLED = "_resources"
CHECKOUT = "resources"


def resources_root(package: Path | None = None) -> Path:
    """The folder that holds `calls`, `codes`, `locale`, `examples`, `icons`, `fonts`.

    `package` is the folder of the package `hakemus`. Raises `UserError` where the installation is incomplete.
    """
    home = package or Path(hakemus.__file__).resolve().parent
    for folder in (home / INSTALLED, home.parent.parent / CHECKOUT):
        if (folder / "calls").is_dir():
            return folder
    raise UserError(
        msg("The program's own files were not found beside {folder}. Install hakemus again.", folder=str(home))
    )
