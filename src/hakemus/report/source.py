"""What the sections of a report are built from: the draft, its call and sums, and the words for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hakemus.domain.application import Application
from hakemus.domain.call import Call, FieldGuide, Question
from hakemus.domain.draft import Document, Draft, any_value, draft_path
from hakemus.domain.fields import Kind
from hakemus.domain.figures import Figures
from hakemus.domain.lengths import limit_of
from hakemus.domain.paths import field_marks, get_value, within
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import name_of, words_of
from hakemus.report.cells import cell_of
from hakemus.report.model import Cell, Copy, EmptyCell, Field, Label, PendingCell, TextCell


@dataclass(frozen=True, slots=True)
class Source:
    """What the sections are built from, and the words for it."""

    document: Document
    call: Call
    figures: Figures
    catalog: Catalog
    second: Catalog | None
    copy: Copy
    withheld: Mapping[str, str] = field(default_factory=dict)
    """What stands in the place of secret values that are no text, by address, and of secret rows."""

    @property
    def draft(self) -> Draft:
        return self.document.draft

    @property
    def blank(self) -> bool:
        return self.copy is Copy.BLANK

    def label(self, msgid: str) -> Label:
        """A source text in the document's language or languages."""
        return Label(self.catalog.text(msgid), self.second.text(msgid) if self.second else "")

    def call_label(self, texts: Any) -> Label:
        first = self.call.text(texts, self.catalog.language)
        return Label(first, self.call.text(texts, self.second.language) if self.second else "")

    def both(self, label: Label) -> str:
        """A label in one line: where a printed form is filled in by hand, whoever reads either language finds it."""
        return f"{label.text} / {label.second}" if label.second else label.text

    def name(self, path: str) -> Label:
        """The name of a field: the call's own where it has one."""
        guide = self.call.guide(path)
        return self.call_label(guide.label) if guide and guide.label else self.label(name_of(path))

    def t(self, msgid: str, /, **values: object) -> str:
        return self.catalog.text(msgid, **values)

    def value(self, path: str) -> Any:
        return None if self.blank else get_value(self.draft, draft_path(path))

    def cell(self, path: str, empty: str = "") -> Cell:
        """The answer at an address, the typed text where it is no value, or how nothing is said."""
        if path in self.withheld:
            return TextCell(self.withheld[path])
        waiting = None if self.blank else self.draft.pending.get(path)
        if waiting is not None:
            return PendingCell(waiting, self.t("cannot be read as a value"))
        value = self.value(path)
        if not any_value(value) and not isinstance(value, bool):
            return EmptyCell(empty)
        if isinstance(value, str) and value in words_of(path):
            return cell_of(self.t(words_of(path)[value]), self.catalog)
        return cell_of(value, self.catalog)

    def kept_back(self, row: str) -> str:
        """What stands in the place of a figure, where one of those that it is made of is secret; else nothing."""
        return next((mark for path, mark in self.withheld.items() if within(path, row)), "")

    def ground_within(self, row: str) -> str:
        """The ground of what is hidden in a row; a row that is secret as a whole has it in place of its name."""
        return "" if row in self.withheld else self.kept_back(row)

    def row_name(self, table: str, id: str | None, field: str) -> str:
        """What a row of another table is called, by its id; nothing where there is none."""
        row = next((item for item in getattr(self.draft.application, table) if item.id == id), None)
        return "" if row is None else (getattr(row, field) or "")

    def waiting(self, row: str, *shown: str) -> list[str]:
        """Typed texts of a row that are no values and have no cell of their own (`shown` have): named and marked."""
        found = []
        for path, text in self.draft.pending.items():
            name = path.removeprefix(f"{row}.")
            if name != path and "." not in name and name not in shown:
                words = self.t("{field}: {text} (cannot be read as a value)", field=self.name(path).text, text=text)
                found.append(words)
        return found

    def help(self, path: str, guide: FieldGuide | Question | None, *, required: bool) -> str:
        """What stands beside a question of a blank form: whether it must be answered, how, and at what length."""
        limit = limit_of(self.call, path)
        words = [
            self.t("Required.") if required else "",
            self.call.text(guide.help, self.catalog.language) if guide else "",
            self.t("At most {limit} characters.", limit=limit.most) if limit else "",
        ]
        return " ".join(part for part in words if part)

    def field(self, path: str, *, long: bool = False, required: bool = False, path_label: Label | None = None) -> Field:
        help_text = self.help(path, self.call.guide(path), required=required) if self.blank else ""
        cell = self.cell(path, "" if self.blank else self.t("Not filled in") if required else "")
        choices = self.choices(path) if self.blank else ()
        return Field(path_label or self.name(path), cell, path, help=help_text, long=long, choices=choices)

    def choices(self, path: str) -> tuple[str, ...]:
        """What a field that takes nothing else can be answered with."""
        if Kind.FLAG in field_marks(Application, path):
            return self.t("Yes"), self.t("No")
        return tuple(self.t(word) for word in words_of(path).values())


def filled(source: Source, paths: Iterable[str], *, long: Iterable[str] = ()) -> list[Field]:
    """The fields that say something, and the mandatory ones that do not yet; all of them on a blank form."""
    required = required_paths(source.call)
    wide = frozenset(long)
    fields = []
    for path in paths:
        must = path in required
        one = source.field(path, long=path in wide, required=must)
        if source.blank or must or not isinstance(one.cell, EmptyCell):
            fields.append(one)
    return fields


def required_paths(call: Call) -> frozenset[str]:
    found: set[str] = set()
    for rule in call.rules:
        if rule.kind == "required":
            found |= set(rule.parameters.get("fields", ()))
    return frozenset(found)
