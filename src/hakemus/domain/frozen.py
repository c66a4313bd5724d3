"""Immutable forms of JSON values, for what a file holds and this program does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


class FrozenDict(dict[str, Any]):
    """A dictionary that cannot be changed; equal to a plain one with the same content."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping cannot be changed")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def with_item(self, key: str, value: Any) -> FrozenDict:
        """A copy with one entry set; None removes it."""
        changed = dict(self)
        if value is None:
            changed.pop(key, None)
        else:
            changed[key] = value
        return FrozenDict(changed)


def freeze(value: Any) -> Any:
    """The same JSON value in forms that cannot be changed: lists become tuples, dictionaries `FrozenDict`."""
    if isinstance(value, FrozenDict):
        return value
    if isinstance(value, Mapping):
        return FrozenDict({str(key): freeze(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(freeze(item) for item in value)
    return value


def thaw(value: Any) -> Any:
    """Plain lists and dictionaries again."""
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [thaw(item) for item in value]
    return value
