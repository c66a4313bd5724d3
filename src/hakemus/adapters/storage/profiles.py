"""The libraries' own data of this computer, in one JSON file of the state folder. Their names are read without more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hakemus.adapters.storage import small_json

if TYPE_CHECKING:
    from hakemus.usecases.library_profile import Profile


class ProfileFile:
    """Reads and writes the profiles; what cannot be understood is left out."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> tuple[tuple[str, str], ...]:
        """Id and name of each; needed before the first paint, so that no heavy part is loaded for it."""
        return tuple((plain["id"], _name(plain)) for plain in self._plain())

    def read(self) -> tuple[Profile, ...]:
        """The profiles whole."""
        from pydantic import ValidationError

        from hakemus.domain.application import Applicant
        from hakemus.usecases.library_profile import MOST_PROFILES, Profile

        found = []
        for plain in self._plain()[:MOST_PROFILES]:
            lines = plain.get("strategies")
            strategies = tuple(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ()
            try:
                found.append(Profile(plain["id"], Applicant.model_validate(plain.get("applicant", {})), strategies))
            except ValidationError:
                continue
        return tuple(found)

    def write(self, profiles: Sequence[Profile]) -> None:
        """Keep the profiles. Raises `NotWritten`."""
        plain = [
            {"id": item.id, "applicant": item.applicant.stored(), "strategies": list(item.strategies)}
            for item in profiles
        ]
        small_json.write(self._path, plain)

    def _plain(self) -> list[dict[str, Any]]:
        found = small_json.read(self._path)
        rows = found if isinstance(found, list) else []
        return [row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]


def _name(plain: dict[str, Any]) -> str:
    applicant = plain.get("applicant")
    if not isinstance(applicant, dict):
        return ""
    texts = (applicant.get(name) for name in ("library", "organisation"))
    return next((text.strip() for text in texts if isinstance(text, str) and text.strip()), "")
