"""Canonical JSON: one way to write, and nothing read that two readers would read differently."""

from __future__ import annotations

import copy
import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakemus.adapters.storage import json_form
from hakemus.adapters.storage.json_form import Unreadable
from hakemus.domain.messages import msg


def test_the_bytes_are_those_of_the_standard_library(document: dict[str, Any]) -> None:
    expected = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False).encode()
    assert json_form.dump(document) == expected
    assert json_form.parse(expected) == document


def test_pydantic_writes_the_same_bytes_from_sorted_dictionaries(document: dict[str, Any]) -> None:
    import pydantic_core

    ordered = json.loads(json.dumps(document, sort_keys=True))
    filled = {key: value for key, value in ordered.items() if value != []}
    assert pydantic_core.to_json(filled, indent=1) == json_form.dump(filled)


def test_a_character_that_utf8_lacks_does_not_stop_a_save() -> None:
    assert json_form.parse(json_form.dump({"a": "x\ud800y"})) == {"a": "x�y"}


def test_a_number_that_json_lacks_is_never_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_form.dump({"a": float("nan")})


@pytest.mark.parametrize(
    "digits",
    ["12345678901234567.89", "0.1234567890123456789012", "9007199254740993.0", "1e-400", "1.10", "-0.0", "1E5", "0.1"],
)
def test_a_number_that_no_field_takes_goes_back_digit_for_digit(digits: str) -> None:
    raw = f'{{\n "number": [\n  {digits},\n  "number 1.0",\n  "-number 2.0"\n ]\n}}'
    found = json_form.parse(raw.encode())
    assert json_form.dump(found).decode() == raw
    assert json_form.dump(copy.deepcopy(found)).decode() == raw
    assert found["number"][0] == float(digits)
    assert str(json_form.number("1.10")) == "1.10"
    assert type(json_form.number("1.5")) is float
    assert json_form.dump({"a": [{"b": 0.5}]}) == b'{\n "a": [\n  {\n   "b": 0.5\n  }\n ]\n}'


def test_a_number_beyond_a_double_is_refused() -> None:
    with pytest.raises(Unreadable, match="too great"):
        json_form.parse(b'{"a": 1e400}')


def _parts(value: Any) -> int:
    """Commas and opening brackets, counted in the tree."""
    if not isinstance(value, (dict, list)):
        return 0
    inner = list(value.values()) if isinstance(value, dict) else value
    return 1 + max(len(inner) - 1, 0) + sum(map(_parts, inner))


_WORDS = st.text(st.sampled_from('a,[{"\\ä\n'), max_size=6)
_TREES = st.recursive(_WORDS | st.integers(0, 9), lambda tree: st.lists(tree) | st.dictionaries(_WORDS, tree))


@given(st.dictionaries(_WORDS, _TREES))
def test_parts_are_counted_outside_the_texts_alone(tree: dict[str, Any]) -> None:
    parts = _parts(tree)
    with pytest.MonkeyPatch.context() as patch:
        for limit in {0, parts // 2, parts - 1, parts, parts + 1}:
            patch.setattr(json_form, "MAX_PARTS", limit)
            for raw, size in product((json_form.dump(tree), json.dumps(tree).encode()), (1, 2, 3, 7, 1_000)):
                patch.setattr(json_form, "_AT_A_TIME", size)
                assert json_form.has_too_many_parts(raw) == (parts > limit)


def test_a_document_of_more_than_a_million_parts_is_refused_before_it_is_read() -> None:
    dense = b'{"a":[' + b"1," * 999_998 + b"1]}"
    assert len(json_form.parse(dense)["a"]) == 999_999
    with pytest.raises(Unreadable) as caught:
        json_form.parse(dense.replace(b"[1", b"[[1]"), "part.json")
    assert caught.value.message == msg("{name} has over {limit} values and lists.", name="part.json", limit=1_000_000)


def _nested(depth: int) -> bytes:
    return b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\xef\xbb\xbf{}", "byte order mark"),
        ('{"a": "ä"}'.encode("utf-16"), "UTF-8"),
        (b'{"a": "\xff"}', "UTF-8"),
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"a": 1,}', "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b'{"a": 01}', "not JSON"),
        (b'{"a": "\x00"}', "not JSON"),
        (b'{"a": "x\ny"}', "not JSON"),
        (b"{} {}", "not JSON"),
        (b"[]", "object"),
        (b'"x"', "object"),
        (b"null", "object"),
        (b'{"a": 1, "a": 1}', "twice"),
        (b'{"x": [{"a": 1, "b": 2, "a": 3}]}', "twice"),
        (b'{"a": NaN}', "number of JSON"),
        (b'{"a": Infinity}', "number of JSON"),
        (b'{"a": -Infinity}', "number of JSON"),
        (b'{"a": 1e999}', "too great"),
        (b'{"a": ' + b"9" * 19 + b"}", "whole number"),
        (b'{"a": -' + b"9" * 10_000 + b"}", "whole number"),
        (_nested(65), "nested"),
        (b'{"a":' + b"[" * 64 + b"]" * 64 + b"}", "nested"),
        (_nested(5_000), "nested"),
        (b"[" * 900_000, "nested"),
        (b"[" * 2_000_000, "values and lists"),
    ],
)
def test_what_could_be_misread_is_refused(raw: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        json_form.parse(raw)
    assert words in caught.value.message.key
    assert caught.value.message.values["name"] == "document.json"
    assert str(caught.value) == caught.value.message.key


def test_what_lies_just_inside_the_limits_is_read() -> None:
    assert json_form.parse(_nested(64))
    assert json_form.parse(b'{"a":' + b"[" * 63 + b"]" * 63 + b"}")
    assert json_form.parse(b'{"a": -999999999999999999}') == {"a": -999999999999999999}
    assert json_form.parse(b'{"a": 1.5e10, "b": "\\u0000"}') == {"a": 1.5e10, "b": "\0"}


def test_a_long_key_is_shortened_in_the_message() -> None:
    with pytest.raises(Unreadable) as caught:
        json_form.parse(b'{"%s": 1, "%s": 1}' % (b"k" * 100_000, b"k" * 100_000))
    assert caught.value.message.values["key"] == "k" * 59 + "…"
    for key in ("k" * 60, "s"):
        with pytest.raises(Unreadable) as caught:
            json_form.parse(f'{{"{key}": 1, "other": 1, "{key}": 2}}'.encode())
        assert caught.value.message.values["key"] == key
    with pytest.raises(Unreadable) as caught:
        json_form.parse(f'{{"{"k" * 61}": 1, "{"k" * 61}": 1}}'.encode())
    assert caught.value.message.values["key"] == "k" * 59 + "…"


def test_texts_that_utf_8_cannot_hold_are_written_all_the_same_and_no_key_twice() -> None:
    lone = [chr(0xD800), chr(0xDFFF)]
    tree = {lone[0]: [1, {"b": f"x{lone[1]}y"}], lone[1]: 2, "a": (lone[0], None, 2.5)}
    written = json_form.dump(tree)
    assert json_form.parse(written) == {"\ufffd": [1, {"b": "x\ufffdy"}], "a": ["\ufffd", None, 2.5]}
