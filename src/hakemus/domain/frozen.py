"""Immutable forms of JSON values, for what a file holds and this program does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn


class Spelled(float):
    """A number that a double would write otherwise than it was read, as it stood: `12345678901234567.89`, `1.10`.

    No field of this program is such a number; it belongs to whoever wrote the key, so it goes back digit for digit.
    """

    digits: str
    any_made: ClassVar[bool] = False
    """Whether this process has met one: nearly none does, and then nothing is searched for them."""

    def __new__(cls, digits: str) -> Spelled:
        made = super().__new__(cls, digits)
        made.digits = digits
        cls.any_made = True
        return made

    def __str__(self) -> str:
        return self.digits

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]  # copies are made of the digits
        return (self.digits,)


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
