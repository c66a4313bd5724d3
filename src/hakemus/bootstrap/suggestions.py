"""What may be suggested in fields whose words come from official lists; any other text is taken too."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from hakemus.adapters.resources.codes import Codes, read_codes


@lru_cache(maxsize=2)
def _codes(root: Path) -> Codes:
    return read_codes(root)


def suggestions(root: Path, path: str, language: str) -> tuple[str, ...]:
    """The entries of the list behind a field, in a language (fi or sv); none for other fields."""
    codes = _codes(root)
    match path:
        case "applicant.municipality":
            return tuple(sorted(item.name(language) for item in codes.municipalities))
        case "applicant.region":
            return codes.regions(language)
        case "project.theme":
            return tuple(item.text(language) for item in codes.themes)
        case "project.area":
            return tuple(item.text(language) for item in codes.areas)
        case "project.target_groups":
            return tuple(item.text(language) for item in codes.target_groups)
        case _:
            return ()
