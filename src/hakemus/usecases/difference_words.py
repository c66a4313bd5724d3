"""A difference between two drafts in words: which field of which row, what stood there, what stands there."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hakemus.domain.call import Call
from hakemus.domain.draft import CallReference, Draft, draft_path
from hakemus.domain.fields import Kind, Tree
from hakemus.domain.money import Money
from hakemus.domain.paths import BadPath, get_value, parse, row_of, table_of
from hakemus.i18n import amounts
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.dates import format_date
from hakemus.i18n.field_names import ROWS, pattern_of, words_of
from hakemus.i18n.marking import N_
from hakemus.usecases import rendering, typed
from hakemus.usecases.comparing import Difference, How, Typed

LONG = 260
"""Texts longer than this are shown around the first place where they differ."""
_NAMES = ("title", "name", "description", "text", "source", "filename", "role")
_REFERENCES = {"payer": "partners", "partner": "partners", "activity": "activities", "goals": "goals"}


class DifferenceWords:
    """Words for the differences of two drafts in one language."""

    def __init__(self, words: Catalog, call: Call, drafts: Sequence[Draft]) -> None:
        self._words, self._call, self._drafts = words, call, drafts

    def name(self, item: Difference) -> str:
        """`Budget line "Shelves" › Sum`: the field with the row that it belongs to."""
        t = self._words.text
        if item.path in _WHOLE:
            return t(_WHOLE[item.path])
        if item.is_row:
            named = self._row(item.path)
            if item.how is How.ROW_ADDED:
                return t("{row} was added", row=named)
            return t("{row} was removed", row=named) if item.how is How.ROW_REMOVED else t("{row} was moved", row=named)
        try:
            row = row_of(item.path) if item.entry is None else None
        except BadPath:
            row = None
        field = rendering.field_name(item.path, self._words, self._call)
        return f"{self._row(row)} › {field}" if row and row != item.path else field

    def _row(self, path: str) -> str:
        word = self._words.text(ROWS.get(pattern_of(table_of(path)), table_of(path)))
        word = word[:1].upper() + word[1:]
        title = next((found for draft in self._drafts if (found := self._title(draft, path))), "")
        return self._words.text('{row} "{name}"', row=word, name=_short(title, 60)) if title else word

    def _title(self, draft: Draft, path: str) -> str:
        try:
            row = get_value(draft, draft_path(path))
        except BadPath:
            return ""
        return next((text for name in _NAMES if (text := getattr(row, name, None))), "")

    def pair(self, item: Difference) -> tuple[str, str]:
        """What stood and what stands, as texts."""
        old, new = self.value(item.path, item.old), self.value(item.path, item.new)
        if item.how is How.ROW_MOVED:
            return "", ""
        return _around(old, new) if max(len(old), len(new)) > LONG else (old, new)

    def value(self, path: str, value: Any) -> str:
        """A value as it is read; a dash for nothing."""
        t = self._words.text
        if value is None or value in ("", ()):
            return "–"
        if isinstance(value, Typed):
            return t("{text} (not yet a value)", text=value.text)
        if isinstance(value, bool):
            return t("Yes") if value else t("No")
        if isinstance(value, Money):
            return amounts.format_money(value, self._call.currency)
        if isinstance(value, Decimal):
            return amounts.format_percent(value) if _kind(path) is Kind.PERCENT else amounts.format_decimal(value)
        if isinstance(value, datetime.date):
            return format_date(value)
        if isinstance(value, CallReference):
            return " ".join((value.id, value.edition))
        if isinstance(value, Tree):
            return self._tree(path, value)
        if isinstance(value, tuple):
            return self._list(path, value)
        return self._word(path, str(value))

    def _list(self, path: str, value: tuple[Any, ...]) -> str:
        if path in _WHOLE:
            return self._words.plural("{count} entry", "{count} entries", len(value))
        return ", ".join(self._word(path, str(each)) for each in value)

    def _tree(self, path: str, value: Tree) -> str:
        """A whole row in one line: what it says, field by field."""
        said = []
        for name, item in value.__dict__.items():
            if name == "id" or item in (None, "", ()) or (isinstance(item, tuple) and isinstance(item[0], Tree)):
                continue
            said.append(self.value(f"{path}.{name}", item))
        return ", ".join(said) or "–"

    def _word(self, path: str, text: str) -> str:
        name = words_of(path).get(text)
        if name:
            return self._words.text(name)
        if path == "language":
            return {"fi": "Suomi", "sv": "Svenska", "en": "English"}.get(text, text)
        if path.endswith("].category"):
            found = next((item for item in self._call.categories if item.id == text), None)
            return self._call.text(found.label, self._words.language) if found else text
        table = _REFERENCES.get(path.rpartition(".")[2])
        if table:
            title = next((t for draft in self._drafts if (t := self._title(draft, f"{table}[{text}]"))), "")
            return title or text
        return text


_WHOLE = {
    "language": N_("Language of the paper"),
    "terms": N_("Values of your own for the call"),
    "acknowledged": N_("Findings marked as read"),
    "comments": N_("Comments"),
    "secrets": N_("Secret parts"),
    "sources": N_("Sources"),
    "call": N_("Call for applications"),
}


def _kind(path: str) -> Kind | None:
    try:
        parse(path)
        return typed.kind_of(path)
    except BadPath:
        return None


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _around(old: str, new: str) -> tuple[str, str]:
    """Two long texts from a little before the first place where they differ."""
    least = min(len(old), len(new))
    at = next((place for place in range(least) if old[place] != new[place]), least)
    start = 0 if at < LONG // 2 else at - LONG // 4

    def cut(text: str) -> str:
        end = start + LONG
        return ("…" if start else "") + text[start:end] + ("…" if len(text) > end else "")

    return cut(old), cut(new)
