"""The file of a call on this computer beside the definition inside a draft: what it says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hakemus.domain.draft import CallReference
from hakemus.domain.messages import msg
from hakemus.usecases.call_addresses import name_of
from hakemus.usecases.errors import Problem, UserError

_SHOWN = 80
"""Characters of a value that a comparison shows: a help text is told to differ, not read out."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One value of the call that the two files do not share; nothing where a file does not have it."""

    at: str
    inside: str
    installed: str


@dataclass(frozen=True, slots=True)
class InstalledCall:
    """The edition on this computer, whether it is newer than the draft's, and all that it says otherwise."""

    edition: str
    newer: bool
    otherwise: tuple[Otherwise, ...]

    def notes(self) -> tuple[Problem, ...]:
        """What there is to know, then the comparison value by value."""
        if self.newer:
            message = msg(
                "This computer has a newer edition of the call, {edition}. "
                "The draft is judged by the edition inside it.",
                edition=self.edition,
            )
        else:
            message = msg(
                "The file of this call on this computer differs from the one inside the draft. "
                "The draft is judged by the one inside it."
            )
        compared = (
            Problem(
                f"call.{item.at}",
                msg(
                    "{inside} in the draft, {installed} on this computer", inside=item.inside, installed=item.installed
                ),
            )
            for item in self.otherwise
        )
        return (Problem("call", message), *compared)


def installed_call(
    reference: CallReference, plain_of: Callable[[str], Mapping[str, Any] | None]
) -> InstalledCall | None:
    """What the installed file of a draft's call says otherwise; None where it says the same, is older or is not there.

    `plain_of` gives the whole definition of a call that this computer has. A file with faults is
    no edition to compare with: it is told of where the calls are listed.
    """
    try:
        plain = plain_of(reference.id)
    except UserError:
        return None
    if plain is None or not reference.definition:
        return None
    inside, installed = dict(_values(reference.definition)), dict(_values(plain))
    own, here = inside.get("edition", reference.edition), installed.get("edition", "")
    otherwise = tuple(
        Otherwise(at, inside.get(at, "–"), installed.get(at, "–"))
        for at in dict.fromkeys((*inside, *installed))
        if inside.get(at) != installed.get(at)
    )
    if here < own or not otherwise:
        return None
    return InstalledCall(here, here > own, tuple(_short(item) for item in otherwise))


def _values(node: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every single value of a definition by its address; entries by name, so that one put in between moves no other."""
    if isinstance(node, Mapping):
        for key, item in node.items():
            yield from _values(item, f"{at}.{key}" if at else str(key))
    elif isinstance(node, (list, tuple)) and any(isinstance(item, Mapping) for item in node):
        for number, item in enumerate(node, 1):
            yield from _values(item, f"{at}[{name_of(item) or number}]")
    elif isinstance(node, (list, tuple)):
        yield at, ", ".join(map(str, node))
    elif node is not None:
        yield at, {True: "true", False: "false"}[node] if isinstance(node, bool) else str(node)


def _short(item: Otherwise) -> Otherwise:
    return Otherwise(item.at, *(_one_line(text) for text in (item.inside, item.installed)))


def _one_line(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= _SHOWN else f"{one[: _SHOWN - 1]}…"
