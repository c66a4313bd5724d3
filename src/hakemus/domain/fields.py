"""Types of the fields of an application: their stored form, and the kind by which typed text is read.

The form of each is that of `docs/file-format.md`; a value that has another form is refused with its path.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from hakemus.domain.frozen import FrozenDict, Spelled, freeze
from hakemus.domain.ids import is_id
from hakemus.domain.money import Money, parse_decimal


class Kind(Enum):
    """How the text typed into a field becomes a value."""

    TEXT = "text"
    MONEY = "money"
    PERCENT = "percent"
    QUANTITY = "quantity"
    DATE = "date"
    YEAR = "year"
    COUNT = "count"
    FLAG = "flag"
    WORD = "word"
    ID = "id"
    TEXTS = "texts"
    ROWS = "rows"
    PART = "part"
    MAP = "map"


def fault(code: str, **values: str) -> PydanticCustomError:
    """A value of the wrong type or form. `code` is turned into a sentence where problems are told to people."""
    return PydanticCustomError(code, "wrong form: " + code, values)


class UnknownWord(str):
    """A word of a newer program in a field of closed words: kept, and counted as missing."""

    __slots__ = ()


class OneOf:
    """Marks a field of closed words."""

    def __init__(self, *words: str) -> None:
        self.words = words


def word(value: str | None) -> str | None:
    """A closed word as this program understands it: None for a missing one and for a newer program's."""
    return None if isinstance(value, UnknownWord) else value


def _money(value: Any) -> Money | None:
    if value is None or isinstance(value, Money):
        return value
    if not isinstance(value, str):
        raise fault("money")
    try:
        return Money.parse(value)
    except ValueError:
        raise fault("money") from None


def _decimal(value: Any) -> Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        raise fault("number")
    try:
        return parse_decimal(value)
    except ValueError:
        raise fault("number") from None


def _date(value: Any) -> datetime.date | None:
    if value is None or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
        return value
    if not isinstance(value, str) or len(value) != 10 or value[4] != "-" or value[7] != "-" or not value.isascii():
        raise fault("date")
    try:
        found = datetime.date.fromisoformat(value)
    except ValueError:
        raise fault("date") from None
    if not 1000 <= found.year <= 2999:
        raise fault("date")
    return found


def _id(value: Any) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise fault("id")
    return value


def closed_words(*allowed: str) -> tuple[Any, ...]:
    """Annotations of a field that takes one of a few words; a newer program's word is kept where asked for."""

    def check(value: Any, info: ValidationInfo) -> str | None:
        if value is None or isinstance(value, UnknownWord) or value in allowed:
            return value  # type: ignore[no-any-return]
        if isinstance(value, str) and info.context and info.context.get("newer_minor"):
            return UnknownWord(value)
        raise fault("word", words=", ".join(allowed))

    return PlainValidator(check), OneOf(*allowed), Kind.WORD


def _stored(value: Any) -> str | None:
    if value is None:
        return None
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _tuple(value: Any) -> Any:
    if value is None:
        return ()
    if isinstance(value, (str, bytes, dict)) or not isinstance(value, Iterable):
        raise fault("list")
    return tuple(value)


def _unique_ids(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise fault("twice", id=row.id)
        seen.add(row.id)
    return rows


row_list: tuple[Any, ...] = (BeforeValidator(_tuple), AfterValidator(_unique_ids), Kind.ROWS)
"""Annotations of a table: a list of rows whose ids differ."""

_store = PlainSerializer(_stored, return_type=str | None)

Text = Annotated[StrictStr | None, Kind.TEXT]
MoneyValue = Annotated[Money | None, PlainValidator(_money), _store, Kind.MONEY]
Percent = Annotated[Decimal | None, PlainValidator(_decimal), _store, Kind.PERCENT]
Quantity = Annotated[Decimal | None, PlainValidator(_decimal), _store, Kind.QUANTITY]
Date = Annotated[datetime.date | None, PlainValidator(_date), _store, Kind.DATE]
Year = Annotated[StrictInt | None, Kind.YEAR]
Count = Annotated[StrictInt | None, Kind.COUNT]
Flag = Annotated[StrictBool | None, Kind.FLAG]
Id = Annotated[str, PlainValidator(_id), Kind.ID]
IdRef = Annotated[StrictStr | None, Kind.ID]
Strings = Annotated[tuple[StrictStr, ...], BeforeValidator(_tuple), Kind.TEXTS]

Row = TypeVar("Row", bound="Tree")


def _map(of: type) -> BeforeValidator:
    def check(value: Any) -> Any:
        if value is None:
            return FrozenDict()
        if not isinstance(value, dict):
            raise fault("mapping")
        for key, item in value.items():
            if type(item) is not of and item is not None:
                raise fault("entry_text" if of is str else "entry_flag", key=str(key))
        return FrozenDict({key: item for key, item in value.items() if item is not None})

    return BeforeValidator(check)


TextMap = Annotated[FrozenDict, _map(str), PlainSerializer(dict), Kind.MAP]
FlagMap = Annotated[FrozenDict, _map(bool), PlainSerializer(dict), Kind.MAP]


class Tree(BaseModel):
    """A frozen part of the application; keys it does not know are kept, frozen, through every save."""

    model_config = ConfigDict(frozen=True, extra="allow", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _freeze_unknown(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = cls.model_fields
        if known.keys() >= data.keys() and None not in data.values():
            return data
        return {key: item if key in known else freeze(item) for key, item in data.items() if item is not None}

    def stored(self) -> dict[str, Any]:
        """The JSON form: no nulls, no empty lists, no missing values; unknown keys as they came."""
        plain = self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        return _as_spelled(self, plain) if Spelled.any_made else plain


def _as_spelled(node: Any, plain: Any) -> Any:
    """The JSON form of a node in which numbers stand as they were read: writing them as JSON made doubles of them."""
    if isinstance(node, Spelled):
        return node
    if isinstance(node, Tree):
        inside: Mapping[str, Any] = {**node.__dict__, **(node.__pydantic_extra__ or {})}
        return {key: _as_spelled(inside[key], item) for key, item in plain.items()}
    if isinstance(node, Mapping):
        return {key: _as_spelled(node[key], item) for key, item in plain.items()}
    if isinstance(node, tuple):
        return [_as_spelled(was, item) for was, item in zip(node, plain, strict=True)]
    return plain
