"""Sentences in one language: looks a message up and puts values into it. Knows no file and no screen.

The language is a value that travels with the catalogue; there is no current language.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hakemus.domain.messages import FieldName, Message, Shown, Texts
from hakemus.i18n.amounts import NBSP, format_count, format_decimal, format_money, format_shown
from hakemus.i18n.dates import format_date, format_day, format_time
from hakemus.i18n.field_names import name_of
from hakemus.i18n.marking import N_
from hakemus.i18n.plural import plural_form

SOURCE_LANGUAGE = "en"

_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", re.ASCII)


_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_SEVERITIES = {"error": N_("Error"), "warning": N_("Warning"), "note": N_("Note")}


def fill(sentence: str, shown: Mapping[str, str]) -> str:
    """Put texts in place of `{name}`; a name that is not given stays visible, braces in the texts are text.

    Nothing else is understood: sentences may come from a call's file, and `str.format` would reach attributes.

    >>> fill("{a} of {b.__class__}", {"a": "{b}"})
    '{b} of {b.__class__}'
    """
    return _PLACE.sub(lambda place: shown.get(place[1], place[0]), sentence)


def places(sentence: str) -> frozenset[str]:
    """The names that a sentence asks for."""
    return frozenset(_PLACE.findall(sentence))


def _source_name(path: str) -> object:
    return Message(name_of(path))


@dataclass(frozen=True, slots=True)
class Catalog:
    """The sentences of one language. `messages` maps an English sentence to its translation, or, for a sentence
    with a plural, to its forms; a missing one falls back to English.

    `names` gives the name of a field's path as any value that can stand in a message; `currency` is that of the
    sums.
    """

    language: str
    messages: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict, repr=False)
    names: Callable[[str], object] = field(default=_source_name, repr=False)
    currency: str = "EUR"

    def with_names(self, names: Callable[[str], object], currency: str = "EUR") -> Catalog:
        """The same sentences for an application under a call: names of its fields, sign of its sums."""
        return Catalog(self.language, self.messages, names, currency)

    def text(self, msgid: str, /, **values: object) -> str:
        """A sentence with its values."""
        return self._filled(self._form(msgid, 0) or msgid, values)

    def plural(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """A sentence in the form that `count` asks for; `{count}` is the number itself."""
        form = plural_form(count)
        sentence = self._form(singular, form) or (singular, plural)[form]
        return self._filled(sentence, {"count": count, **values})

    def render(
        self, message: Message, names: Callable[[str], object] | None = None, currency: str | None = None
    ) -> str:
        """A message as text, with other names and sign where they are given. A call's own sentence stands in
        place of the catalogue's.
        """
        if names is not None or currency is not None:
            return self.with_names(names or self.names, currency or self.currency).render(message)
        if message.own:
            return self._filled(self.choose(message.own), message.values)
        if message.count is None:
            return self.text(message.key, **message.values)
        return self.plural(message.key, message.plural or message.key, message.count, **message.values)

    def choose(self, texts: Mapping[str, str]) -> str:
        """A call's text in this language, else in the first that it has; nothing of none."""
        if self.language in texts:
            return texts[self.language]
        return next(iter(texts.values()), "")

    def value(self, value: object) -> str:
        """A value as it stands in a sentence, by its type."""
        simple = _BY_TYPE.get(type(value))
        if simple:
            return simple(value)
        if isinstance(value, Message):
            return self.render(value)
        if isinstance(value, Texts):
            return self.choose(value.by_language)
        if isinstance(value, FieldName):
            return self.value(self.names(value.path))
        if isinstance(value, datetime.datetime):
            return self.moment(value)
        if isinstance(value, (list, tuple)):
            return ", ".join(self.value(item) for item in value)
        return self._rarer(value)

    def _rarer(self, value: object) -> str:
        """Sums, decimals and levels of findings: the first paint has none, and does not wait for what they are."""
        from decimal import Decimal

        from hakemus.domain.findings import Severity
        from hakemus.domain.money import Money

        if isinstance(value, Money):
            return format_money(value, self.currency)
        if isinstance(value, Severity):
            return self.text(_SEVERITIES[value.value])
        return format_decimal(value) if type(value) is Decimal else str(value)

    def moment(self, moment: datetime.datetime, *, year: bool = True, seconds: bool = False) -> str:
        """`pe 30.10.2026 klo 16.15` in the language's words, held together by no-break spaces."""
        day = format_date(moment) if year else format_day(moment)
        weekday = self.text(_WEEKDAYS[moment.weekday()])
        time = format_time(moment, seconds=seconds)
        return self.text("{weekday} {day} at {time}", weekday=weekday, day=day, time=time).replace(" ", NBSP)

    def _form(self, msgid: str, form: int) -> str:
        found = self.messages.get(msgid, "")
        if isinstance(found, str):
            return found
        return found[form] if form < len(found) else ""

    def _filled(self, sentence: str, values: Mapping[str, object]) -> str:
        return fill(sentence, {name: self.value(item) for name, item in values.items()}) if values else sentence


_BY_TYPE: Mapping[type, Callable[[Any], str]] = {
    str: str,
    int: format_count,
    Shown: lambda shown: format_shown(shown.text),
    datetime.date: format_date,
    type(None): lambda _: "\u2013",
}
