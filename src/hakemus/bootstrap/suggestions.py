"""What may be suggested in fields whose words come from official lists; any other text is taken too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from hakemus.adapters.resources.codes import Codes, IndicatorCode, read_banks, read_codes, read_indicators
from hakemus.i18n.field_names import pattern_of
from hakemus.usecases.banks import Bank, bank_of
from hakemus.usecases.library_profile import Profiles, strategy_lines
from hakemus.usecases.presets import IndicatorPreset


@lru_cache(maxsize=2)
def _codes(root: Path) -> Codes:
    return read_codes(root)


@lru_cache(maxsize=2)
def _indicators(root: Path) -> tuple[IndicatorCode, ...]:
    return read_indicators(root)


def indicator_presets(root: Path, language: str) -> tuple[IndicatorPreset, ...]:
    """The indicators that libraries often use, in a language; in English where it has none of its own."""

    def text(texts: Mapping[str, str]) -> str:
        return texts.get(language) or texts["en"]

    return tuple(
        IndicatorPreset(text(one.name), text(one.unit), text(one.source), one.per == "target-group")
        for one in _indicators(root)
    )


@lru_cache(maxsize=2)
def _banks(root: Path) -> tuple[Bank, ...]:
    return tuple(Bank(one.bic, one.name, one.codes) for one in read_banks(root))


def bank_of_account(root: Path, account: str | None) -> Bank | None:
    """The bank that a Finnish account number names by itself."""
    return bank_of(account, _banks(root))


def suggestions(root: Path, path: str, language: str, profiles: Profiles) -> tuple[str, ...]:
    """The entries of the list behind a field, in a language (fi or sv); none for other fields.

    A goal may serve a line of the library's own strategy, or a task that the law gives public libraries.
    """
    codes = _codes(root)
    match pattern_of(path):
        case "goals[].strategy":
            return (*strategy_lines(profiles.read()), *(item.text(language) for item in codes.tasks))
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
