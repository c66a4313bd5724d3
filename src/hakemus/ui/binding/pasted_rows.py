"""Rows from the clipboard as the fields of a table's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hakemus.i18n.refused import Refused
from hakemus.usecases import typed


@dataclass(frozen=True, slots=True)
class Target:
    """A column that a pasted cell falls on. `words`: what a list shows, in folded case, and what is stored for it."""

    path: str
    """Of the field in any row; empty where nothing can be typed and the cell is passed over."""
    words: Mapping[str, str]

    @property
    def field(self) -> str:
        """The field's name."""
        return self.path.rpartition(".")[2]

    def stored(self, text: str) -> str:
        """A cell's text as the session takes it."""
        return self.words.get(text.strip().casefold(), text)

    def takes(self, text: str) -> bool:
        """Whether a cell's text is a value here."""
        if not self.path or not text.strip():
            return True
        if self.words:
            return text.strip().casefold() in self.words or text in self.words.values()
        return not isinstance(typed.read(self.path, text), Refused)


def lines(block: Sequence[Sequence[str]], seen: Sequence[Target], every: Sequence[Target]) -> list[dict[str, str]]:
    """Field and text of each cell of a block, over the columns in sight; over all columns of the table where that
    leaves fewer texts unread: a sheet may have the columns that a narrow window gave up."""
    columns = every if _unread(block, every) < _unread(block, seen) else seen
    return [
        {target.field: target.stored(text) for target, text in zip(columns, texts, strict=False) if target.path}
        for texts in block
    ]


def _unread(block: Sequence[Sequence[str]], columns: Sequence[Target]) -> int:
    return sum(not target.takes(text) for texts in block for target, text in zip(columns, texts, strict=False))
