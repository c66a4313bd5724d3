"""Labels of register pages, as data: which label means what. Knows no page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LABELLED = re.compile(r"([^:]{2,90}?)[\s.]*:(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it stands on the page, what it means, and what stands behind it on its line."""

    target: str
    language: str
    shown: str
    rest: str


@dataclass(frozen=True, slots=True)
class Labels:
    """All that must be known of the page's words; lookups take no notice of case and of the kind of spaces."""

    everywhere: Mapping[str, tuple[str, str]]
    in_section: Mapping[str, Mapping[str, tuple[str, str]]]
    sections: Mapping[str, str]
    years: tuple[re.Pattern[str], ...]
    frame: frozenset[str]
    between_people: re.Pattern[str]

    @classmethod
    def read(cls, path: Path) -> Labels:
        """The labels of a TOML file; `ValueError` or `OSError` where there is none or it is broken."""
        return cls.of(tomllib.loads(path.read_text(encoding="utf-8")))

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Labels:
        """The labels of a file's data."""
        return cls(
            everywhere=_by_label(plain["labels"]),
            in_section={name: _by_label(plain[name]) for name in plain["sections"] if name in plain},
            sections={folded(label): name for name, labels in plain["sections"].items() for label in labels},
            years=tuple(re.compile(pattern, re.IGNORECASE) for pattern in plain["years"]),
            frame=frozenset(folded(word) for word in plain["frame"]),
            between_people=re.compile("|".join(plain["between_people"]), re.IGNORECASE),
        )

    def label(self, line: str, section: str) -> Label | None:
        """The known label that a line begins with, inside a section of the page."""
        found = _LABELLED.fullmatch(line.strip())
        if not found:
            return None
        name = folded(found[1])
        known = self.in_section.get(section, {}).get(name) or self.everywhere.get(name)
        return Label(*known, found[1].strip(), found[2].strip()) if known else None

    def section(self, line: str) -> str | None:
        """The section that a line is the heading of."""
        return self.sections.get(folded(line.strip().rstrip(":. ")))

    def year(self, line: str) -> int | None:
        """The year of the line under the title."""
        found = next((match for pattern in self.years if (match := pattern.match(line.strip()))), None)
        return int(found["year"]) if found else None

    def is_frame(self, line: str) -> bool:
        return folded(line) in self.frame


def folded(text: str) -> str:
    """For comparing: one space for any space, no case."""
    return " ".join(text.split()).casefold()


def _by_label(targets: Mapping[str, Mapping[str, list[str]]]) -> dict[str, tuple[str, str]]:
    """What each label means, and its language."""
    return {
        folded(label): (target, language)
        for target, languages in targets.items()
        for language, labels in languages.items()
        for label in labels
    }
