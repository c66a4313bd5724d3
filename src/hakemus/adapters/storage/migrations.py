"""Carrying an old document forward to the form this program reads: pure functions on plain dictionaries.

History of the format (major.minor, program):

* 1.0, program 0.1.0: the first form.

A new major version adds a function to `STEPS`, a line above, a test, and a real file of the version before it
to `tests/corpus/`, which is opened for ever. A new minor version only adds keys and members that an older
program may keep without understanding them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hakemus.adapters.storage.container import version_of
from hakemus.adapters.storage.failures import DamagedFile, NewerFile
from hakemus.adapters.storage.limits import MAJOR, MINOR
from hakemus.domain.messages import msg

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: dict[int, Step] = {}
"""For each major version the way to the next one."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """A document in the current form, and the version it came in."""

    document: dict[str, Any]
    came_from: tuple[int, int]

    @property
    def changed(self) -> bool:
        """Whether the file is of an older major version, so that its original must be kept."""
        return self.came_from[0] < MAJOR


def migrate(
    document: dict[str, Any], steps: Mapping[int, Step] = STEPS, target: int = MAJOR, minor: int = MINOR
) -> Migrated:
    """The document as version `target`; the one given is not touched.

    Raises `NewerFile` for a higher major version and `DamagedFile` where there is no way forward.
    """
    version = version_of(document)
    if version is None:
        raise DamagedFile([msg("document.json does not say which format it is in.")])
    major = version[0]
    if major > target:
        raise NewerFile(version, (target, minor))
    if major == target:
        return Migrated(document, version)
    current = copy.deepcopy(document)
    while major < target:
        if major not in steps:
            raise DamagedFile(
                [msg("There is no way from file format {major} to {target}.", major=major, target=target)]
            )
        current = steps[major](current)
        major += 1
        current["format"] = {**current["format"], "major": major, "minor": 0}
    return Migrated(current, version)
