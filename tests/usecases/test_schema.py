"""The JSON Schema takes every application that the program takes, and none with a field or a form it refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.ports import Chance, Clock, catalog, document
from hakemus.usecases import drafts
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import check, check_json
from hakemus.usecases.errors import UserError
from hakemus.usecases.schema import application_schema
from hakemus.usecases.session import pending_of
from strategies import applications

SCHEMA = application_schema()
TYPES = {"string": str, "integer": int, "boolean": bool, "null": type(None), "object": dict, "array": list}
KNOWN = {
    "$schema", "title", "type", "format", "anyOf", "enum", "pattern", "properties", "additionalProperties", "items"
}  # fmt: skip
JUNK = st.sampled_from((None, 3, "x", [], {}, [1], {"a": 1}, True, 2.5, "1.00", "2018-02-30", [{"id": "q"}], {"id": 5}))


def accepts(schema: dict[str, Any], value: Any) -> bool:
    """The words of JSON Schema that the schema uses; a new one has to be learned here."""
    assert set(schema) <= KNOWN
    if "anyOf" in schema:
        return any(accepts(item, value) for item in schema["anyOf"])
    if type(value) is not TYPES[schema["type"]]:
        return False
    if isinstance(value, str):
        formed = "pattern" not in schema or re.search(schema["pattern"], value) is not None
        return formed and value in schema.get("enum", (value,))
    if isinstance(value, list):
        return all(accepts(schema["items"], item) for item in value)
    if isinstance(value, dict):
        known, more = schema.get("properties", {}), schema["additionalProperties"]
        return all(
            accepts(known[key], item) if key in known else more is not False and accepts(more, item)
            for key, item in value.items()
        )
    return True


def taken(data: Any) -> bool:
    try:
        drafts.application_from_data(data, Chance().draw)
    except UserError:
        return False
    return True


@settings(max_examples=60)
@given(applications)
def test_every_application_is_accepted(data: dict[str, Any]) -> None:
    assert accepts(SCHEMA, data)
    stored = document(data).draft.application.stored()
    assert accepts(SCHEMA, stored)


@pytest.mark.parametrize(
    ("data", "fits"),
    [
        ({"budget": {"lines": [{"id": "k", "payer": "no id"}]}}, True),
        ({"partners": [{"id": "p", "attachment": "1.00"}]}, True),
        ({"budget": {"lines": [{"id": "no id"}]}}, False),
        ({"partners": [{"id": "p", "attachment": 1}]}, False),
    ],
)
def test_a_reference_is_any_text_and_an_id_is_not(data: dict[str, Any], fits: bool) -> None:
    assert taken(data) == accepts(SCHEMA, data) == fits


@settings(max_examples=150)
@given(applications, st.data())
def test_what_the_schema_refuses_the_program_refuses_and_the_other_way_round(
    data: dict[str, Any], draw: st.DataObject
) -> None:
    node: Any = data
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if isinstance(node, dict) and draw.draw(st.booleans()):
            node[draw.draw(st.sampled_from(("surprise", "project", "goals", "funding", "answers")))] = draw.draw(JUNK)
            break
        if not keys:
            break
        key = draw.draw(st.sampled_from(keys))
        if isinstance(node[key], (dict, list)) and node[key] and draw.draw(st.booleans()):
            node = node[key]
            continue
        node[key] = draw.draw(JUNK)
        break
    # what no schema can say: that a day exists
    assert taken(data) == accepts(SCHEMA, data) or "2018-02-30" in str(data)


@settings(max_examples=60)
@given(applications, st.sampled_from(("fi", "sv", "en")))
def test_any_application_is_judged_and_printed(data: dict[str, Any], language: str) -> None:
    draft = document(data).draft
    judged = check(draft, call_of(draft), Clock().today())
    printed = check_json(judged, catalog(language), pending_of(draft, "EUR"), {"file": "x"})
    for finding in printed["findings"]:
        assert finding["message"]
        assert finding["paths"]
    assert printed["ready"] is (not any(item["severity"] == "error" for item in printed["findings"]))
