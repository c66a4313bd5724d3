"""The lists that applications choose from: municipalities, themes, areas, target groups. Offered, never demanded."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hakemus.adapters.resources.toml_plain import read_toml

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list, by language. An application stores the text that was chosen, not the id."""

    id: str
    texts: Mapping[str, str]

    def text(self, language: str) -> str:
        return self.texts.get(language) or next(iter(self.texts.values()), "")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality and its region, in Finnish and Swedish; `code` is Statistics Finland's."""

    code: str
    names: Mapping[str, str]
    region: Mapping[str, str]

    def name(self, language: str) -> str:
        return self.names["sv" if language == "sv" else "fi"]

    def region_name(self, language: str) -> str:
        return self.region["sv" if language == "sv" else "fi"]


@dataclass(frozen=True, slots=True)
class IndicatorCode:
    """An indicator that libraries often use: name, unit and usual source, each by language; `per` says of what there
    is one each (`target-group`), empty for one in all.
    """

    id: str
    name: Mapping[str, str]
    unit: Mapping[str, str]
    source: Mapping[str, str]
    per: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """All the lists, with the edition of each."""

    editions: Mapping[str, str]
    municipalities: tuple[Municipality, ...]
    themes: tuple[Code, ...]
    areas: tuple[Code, ...]
    target_groups: tuple[Code, ...]
    tasks: tuple[Code, ...]
    """What the law on public libraries gives them to do."""

    def municipality(self, name: str) -> Municipality | None:
        """A municipality by its Finnish or Swedish name, letter case aside."""
        wanted = name.strip().casefold()
        return next((m for m in self.municipalities if wanted in {n.casefold() for n in m.names.values()}), None)

    def regions(self, language: str) -> tuple[str, ...]:
        """The regions in alphabetical order of their names in a language."""
        return tuple(sorted({m.region_name(language) for m in self.municipalities}))


def find(codes: Iterable[Code], text: str) -> Code | None:
    """The entry whose text in any language, or whose id, is the text; letter case and outer spaces aside."""
    wanted = text.strip().casefold()
    return next(
        (code for code in codes if wanted == code.id or wanted in {item.casefold() for item in code.texts.values()}),
        None,
    )


def read_codes(root: Path) -> Codes:
    """The lists of `root/codes`. Raises `UserError` where they cannot be read."""
    lists = read_toml(root / "codes" / "lists.toml").plain
    return Codes(
        editions=lists["editions"],
        municipalities=_municipalities(root / "codes" / "municipalities.csv"),
        themes=_codes(lists["themes"]),
        areas=_codes(lists["areas"]),
        target_groups=_codes(lists["target_groups"]),
        tasks=_codes(lists["tasks"]),
    )


def read_indicators(root: Path) -> tuple[IndicatorCode, ...]:
    """The indicators of `root/codes`. Raises `UserError` where they cannot be read."""
    rows = read_toml(root / "codes" / "indicators.toml").plain["indicators"]
    return tuple(IndicatorCode(row["id"], row["name"], row["unit"], row["source"], row.get("per", "")) for row in rows)


@dataclass(frozen=True, slots=True)
class BankCode:
    """A bank: BIC, name, and the ranges of codes that Finnish accounts of it begin with."""

    bic: str
    name: str
    codes: tuple[tuple[int, int], ...]


def read_banks(root: Path) -> tuple[BankCode, ...]:
    """The banks of `root/codes`. Raises `UserError` where they cannot be read."""

    def span(text: str) -> tuple[int, int]:
        first, _, last = text.partition("-")
        return int(first), int(last or first)

    rows = read_toml(root / "codes" / "banks.toml").plain["banks"]
    return tuple(BankCode(row["bic"], row["name"], tuple(map(span, row["codes"]))) for row in rows)


def _codes(rows: Iterable[Mapping[str, str]]) -> tuple[Code, ...]:
    return tuple(Code(row["id"], {language: row[language] for language in LANGUAGES}) for row in rows)


def _municipalities(path: Path) -> tuple[Municipality, ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Municipality(
                row["code"], {"fi": row["fi"], "sv": row["sv"]}, {"fi": row["region_fi"], "sv": row["region_sv"]}
            )
            for row in csv.DictReader(stream)
        )
