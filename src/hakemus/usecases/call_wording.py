"""The words of a call: complete in its languages, with the same places in each, and with a source that was read."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from hakemus.domain.call import LANGUAGES
from hakemus.domain.ids import is_id
from hakemus.domain.messages import msg
from hakemus.i18n.catalog import places
from hakemus.usecases.call_addresses import address_of, entries_of, name_of
from hakemus.usecases.errors import Problem


def text_problems(plain: Mapping[str, Any]) -> Iterator[Problem]:
    """Texts that are missing, empty, in a language too many, or whose places differ.

    A call that does not state its languages has those of its title; what it builds on may then speak more of them.
    """
    stated, title = plain.get("languages"), plain.get("title")
    languages = stated if stated is not None else list(title) if isinstance(title, Mapping) and title else LANGUAGES
    wanted = [item for item in languages if isinstance(item, str)] if isinstance(languages, (list, tuple)) else []
    if not wanted:
        yield Problem("languages", msg("A call needs at least one language."))
        return
    for location, texts in _texts(plain, ()):
        at = address_of(location, plain)
        for language in wanted:
            if language not in texts:
                yield Problem(at, msg("The text is missing in this language: {language}.", language=language))
        for language, text in texts.items():
            if stated is not None and language not in wanted:
                yield Problem(
                    f"{at}.{language}",
                    msg("The language {language} is not among the call's languages.", language=language),
                )
            if not text.strip():
                yield Problem(f"{at}.{language}", msg("The text is empty: write it or leave the key out."))
        yield from _place_problems(at, location, texts, plain)


def _place_problems(
    at: str, location: tuple[int | str, ...], texts: Mapping[str, str], plain: Mapping[str, Any]
) -> Iterator[Problem]:
    asked = {language: places(text) for language, text in texts.items()}
    first = next(iter(asked.values()))
    for language, names in asked.items():
        if names != first:
            differing = ", ".join(f"{{{name}}}" for name in sorted(names ^ first))
            yield Problem(
                f"{at}.{language}", msg("The places differ between the languages: {places}.", places=differing)
            )
    if location and location[0] == "conditions" and location[-1] == "text":
        entry = plain["conditions"][location[1]]
        if "amount" in first and not entry.get("amount"):
            yield Problem(at, msg("The text speaks of {place}, but the condition has no amount.", place="{amount}"))


def _texts(value: Any, location: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], dict[str, str]]]:
    """Every text in languages: a table whose keys are all of two small letters."""
    if isinstance(value, Mapping):
        if value and all(_is_language(key) and isinstance(text, str) for key, text in value.items()):
            yield location, dict(value)
            return
        for key, item in value.items():
            yield from _texts(item, (*location, key))
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value):
            yield from _texts(item, (*location, number))


def _is_language(key: Any) -> bool:
    return isinstance(key, str) and len(key) == 2 and key.isascii() and key.isalpha() and key.islower()


def reference_problems(plain: Mapping[str, Any]) -> Iterator[Problem]:
    """Citations of sources that are not there, sources without their day, rules without a source."""
    sources = {name for item in entries_of(plain, "sources") if (name := name_of(item))}
    for number, item in enumerate(entries_of(plain, "sources")):
        at = address_of(("sources", number), plain)
        if not item.get("read"):
            yield Problem(
                at, msg("The source has no day on which it was read: add {example}.", example='read = "2026-11-22"')
            )
        if not item.get("title"):
            yield Problem(at, msg("The source has no title."))
    for location, cited in _references(plain, ()):
        name = cited.get("source")
        at = address_of(location, plain)
        if isinstance(name, str) and name and name not in sources:
            near = difflib.get_close_matches(name, sources, n=1) or sorted(sources)
            yield Problem(
                f"{at}.source",
                msg('There is no source "{name}" among the sources. Known: {known}.', name=name, known=", ".join(near)),
            )
        if not name and cited.get("status") != "own":
            yield Problem(at, msg("A citation names its source, or says {example}.", example='status = "own"'))
    for number, rule in enumerate(entries_of(plain, "rules")):
        if not isinstance(rule.get("reference"), Mapping):
            yield Problem(
                address_of(("rules", number), plain),
                msg(
                    "A rule says where it comes from: add {example} and the source with the day it was read.",
                    example='reference = { source = "…", status = "source" }',
                ),
            )


def _references(value: Any, location: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], dict[str, Any]]]:
    if isinstance(value, Mapping):
        cited = value.get("reference")
        if isinstance(cited, Mapping):
            yield (*location, "reference"), dict(cited)
        for key, item in value.items():
            if key != "reference":
                yield from _references(item, (*location, key))
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value):
            yield from _references(item, (*location, number))


def id_problems(plain: Mapping[str, Any]) -> Iterator[Problem]:
    """Ids of entries in a form that no address could name: `rules.a.b.percent` would be read otherwise than meant."""
    for key, entries in _lists(plain).items():
        for item in entries:
            name = item.get("id")
            if isinstance(name, str) and name.strip() and not is_id(name):
                yield Problem(f"{key}[{name}].id", msg("An id is 1 to 40 letters, digits, hyphens and underscores."))


def _lists(plain: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """The lists of named entries, the choices of each question among them."""
    lists = {key: entries_of(plain, key) for key in plain}
    for question in lists.get("questions", ()):
        lists[f"questions[{name_of(question)}].choices"] = entries_of(question, "choices")
    return lists


def twice_problems(plain: Mapping[str, Any]) -> Iterator[Problem]:
    """Names that are empty, and names that stand twice in one list."""
    for key in ("edition", "funder"):
        if isinstance(plain.get(key), str) and not plain[key].strip():
            yield Problem(key, msg("This must be given."))
    for key, entries in _lists(plain).items():
        for at, item in enumerate(entries, 1):
            for named in ("id", "path"):
                if isinstance(item.get(named), str) and not item[named].strip():
                    yield Problem(f"{key}[{at}].{named}", msg("This must be given."))
        names = [name for item in entries if (name := name_of(item))]
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            yield Problem(f"{key}[{name}]", msg("{name} stands twice in the list {list}.", name=name, list=key))
