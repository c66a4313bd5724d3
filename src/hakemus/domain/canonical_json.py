"""The one way in which a draft is written as JSON, in its file and inside a paper: same content, same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from hakemus.domain.frozen import Spelled
from hakemus.domain.text import REPLACEMENT

_SURROGATE = re.compile("[\ud800-\udfff]")


def dump(document: Mapping[str, Any]) -> bytes:
    """Canonical bytes: UTF-8, keys sorted, indent 1, no number that JSON does not have.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD: saving must not fail for one character.
    """
    try:
        return _text_of(document).encode("utf-8")
    except UnicodeEncodeError:
        return _text_of(_without_surrogates(document)).encode("utf-8")


def _text_of(document: Any) -> str:
    text = _plain_text_of(document)
    if not Spelled.any_made or not _has_spelled(document):
        return text
    mark = "number "
    while mark in text:
        mark = f"-{mark}"
    marked = _plain_text_of(_with_marks(document, mark))
    return re.sub(f'"{mark}([^"]*)"', r"\1", marked)


def _plain_text_of(document: Any) -> str:
    return json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)


def _has_spelled(document: Any) -> bool:
    level: list[Any] = [document]
    while level:
        inner: list[Any] = []
        for item in level:
            inner.extend(item.values() if isinstance(item, Mapping) else item)
        if any(type(item) is Spelled for item in inner):
            return True
        level = [item for item in inner if isinstance(item, (dict, list, tuple))]
    return False


def _with_marks(node: Any, mark: str) -> Any:
    """The same tree with texts in the place of spelled numbers, which the writer of JSON would write as doubles."""
    if isinstance(node, Spelled):
        return mark + node.digits
    if isinstance(node, Mapping):
        return {key: _with_marks(value, mark) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_with_marks(value, mark) for value in node]
    return node


def _without_surrogates(node: Any) -> Any:
    """The same tree in letters that UTF-8 has. Of keys that come to be the same the first one stays."""
    if isinstance(node, str):
        return _SURROGATE.sub(REPLACEMENT, node)
    if isinstance(node, Mapping):
        found: dict[str, Any] = {}
        for key, value in node.items():
            found.setdefault(_SURROGATE.sub(REPLACEMENT, key), _without_surrogates(value))
        return found
    if isinstance(node, (list, tuple)):
        return [_without_surrogates(value) for value in node]
    return node
