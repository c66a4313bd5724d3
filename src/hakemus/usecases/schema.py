"""The JSON Schema of the application object, for whoever makes applications by other programs."""

from __future__ import annotations

from typing import Any

from hakemus.domain.application import Application
from hakemus.domain.fields import Kind, OneOf
from hakemus.domain.ids import ID_FORM
from hakemus.domain.money import DECIMAL_FORM, MONEY_FORM
from hakemus.domain.paths import row_class


def _form(pattern: str) -> dict[str, Any]:
    """A text of one form. The end is said twice: some readers let `$` stand before a last line break."""
    return {"type": "string", "pattern": f"^(?:{pattern})$(?!\\n)"}


_DAY = "[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_FORMS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.MONEY: _form(MONEY_FORM.pattern),
    Kind.PERCENT: _form(DECIMAL_FORM.pattern),
    Kind.QUANTITY: _form(DECIMAL_FORM.pattern),
    Kind.DATE: {**_form(_DAY), "format": "date"},
    Kind.YEAR: {"type": "integer"},
    Kind.COUNT: {"type": "integer"},
    Kind.FLAG: {"type": "boolean"},
    Kind.ID: _form(ID_FORM.pattern),
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
}


def application_schema() -> dict[str, Any]:
    """The schema (draft 2020-12). Every field may be missing; null means missing; other keys are refused."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hakemus application",
        **_object(Application),
    }


def _object(tree: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _or_null(_field(tree, name, info)) for name, info in tree.model_fields.items()},
    }


def _or_null(form: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [form, {"type": "null"}]}


def _field(tree: Any, name: str, info: Any) -> dict[str, Any]:
    kind = next((mark for mark in info.metadata if isinstance(mark, Kind)), Kind.TEXT)
    if kind is Kind.PART:
        return _object(info.annotation)
    if kind is Kind.ROWS:
        return {"type": "array", "items": _object(row_class(tree, name))}
    if kind is Kind.MAP:
        value = {"type": "boolean"} if name == "declarations" else {"type": "string"}
        return {"type": "object", "additionalProperties": _or_null(value)}
    if kind is Kind.WORD:
        words = next(mark.words for mark in info.metadata if isinstance(mark, OneOf))
        return {"type": "string", "enum": list(words)}
    if kind is Kind.ID and name != "id":
        # a reference to a row that is not there is a finding, whatever it says
        return {"type": "string"}
    return dict(_FORMS[kind])
