"""The JSON Schema of the application object, for whoever makes applications by other programs."""

from __future__ import annotations

from typing import Any

from hakemus.domain.application import Application
from hakemus.domain.fields import Kind, OneOf
from hakemus.domain.ids import ID_FORM
from hakemus.domain.money import DECIMAL_FORM, MONEY_FORM
from hakemus.domain.paths import row_class

_FORMS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.MONEY: {"type": "string", "pattern": f"^{MONEY_FORM.pattern}$"},
    Kind.PERCENT: {"type": "string", "pattern": f"^{DECIMAL_FORM.pattern}$"},
    Kind.QUANTITY: {"type": "string", "pattern": f"^{DECIMAL_FORM.pattern}$"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.YEAR: {"type": "integer"},
    Kind.COUNT: {"type": "integer"},
    Kind.FLAG: {"type": "boolean"},
    Kind.ID: {"type": "string", "pattern": f"^{ID_FORM.pattern}$"},
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
    return dict(_FORMS[kind])
