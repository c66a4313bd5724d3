"""What a library is, kept once for all its applications: organisation, contacts, VAT position, strategy lines. Pure.

A draft keeps its own copy. What differs is shown, and taken over only where a person says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from hakemus.domain.application import Applicant, Contact
from hakemus.domain.draft import Draft, any_value
from hakemus.domain.paths import with_value, within

MOST_PROFILES = 100
CONTACTS = "applicant.contacts"
_CONTACT_KEYS = ("role", "name", "title", "phone", "email")
_TELLING = ("isil", "business_id", "library", "organisation")
"""What tells whose application a draft is, the surest first."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One library's own data. `strategies` are lines of its strategy that goals may serve."""

    id: str
    applicant: Applicant = field(default_factory=Applicant)
    strategies: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return (self.applicant.library or self.applicant.organisation or "").strip()


class Profiles(Protocol):
    """Where the libraries of this computer are kept."""

    def names(self) -> Sequence[tuple[str, str]]:
        """Id and name of each, without reading more: the start page needs no more."""
        ...

    def read(self) -> Sequence[Profile]: ...

    def write(self, profiles: Sequence[Profile]) -> None:
        """Raises `UserError` where they cannot be kept."""
        ...


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, or the contacts as a whole, that stands otherwise in the draft (`here`) than in the profile (`kept`)."""

    path: str
    here: Any
    kept: Any


def is_begun(applicant: Applicant) -> bool:
    """Whether a draft says already whose application it is."""
    return any(any_value(getattr(applicant, name)) for name in _TELLING)


def match(profiles: Iterable[Profile], applicant: Applicant) -> Profile | None:
    """The profile of the library that a draft is of, by its identifiers, else by its name."""
    known = tuple(profiles)
    for name in _TELLING:
        wanted = _same(getattr(applicant, name))
        found = [item for item in known if wanted and _same(getattr(item.applicant, name)) == wanted]
        if len(found) == 1:
            return found[0]
    return None


def _same(text: str | None) -> str:
    return "".join((text or "").split()).casefold()


def differences(profile: Profile, applicant: Applicant) -> tuple[Difference, ...]:
    """What the profile says otherwise, in the form's order. What it does not say differs from nothing."""
    found = []
    for name in Applicant.model_fields:
        here, kept = getattr(applicant, name), getattr(profile.applicant, name)
        if any_value(kept) and (_people(here) != _people(kept) if name == "contacts" else here != kept):
            found.append(Difference(f"applicant.{name}", here, kept))
    return tuple(found)


def _people(contacts: Iterable[Contact]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(contact, key) for key in _CONTACT_KEYS) for contact in contacts]


def adopted(draft: Draft, taken: Iterable[Difference]) -> Draft:
    """The draft with what was chosen of the profile; text that waited in those fields makes room."""
    paths = []
    for item in taken:
        draft = with_value(draft, f"application.{item.path}", item.kept)
        paths.append(item.path)
    waiting = {path: text for path, text in draft.pending.items() if not any(within(path, at) for at in paths)}
    return draft if len(waiting) == len(draft.pending) else with_value(draft, "pending", waiting)


def with_applicant(profiles: Sequence[Profile], applicant: Applicant, new_id: str) -> tuple[Profile, ...]:
    """The profiles with an application's applicant: in its own library's place, or as a new one."""
    own = match(profiles, applicant)
    if own is None:
        return (*profiles, Profile(new_id, applicant))
    return with_profile(profiles, replace(own, applicant=applicant))


def with_profile(profiles: Sequence[Profile], changed: Profile) -> tuple[Profile, ...]:
    """The profiles with one in its old place, or at the end."""
    if all(item.id != changed.id for item in profiles):
        return (*profiles, changed)
    return tuple(changed if item.id == changed.id else item for item in profiles)


def without_profile(profiles: Iterable[Profile], gone: str) -> tuple[Profile, ...]:
    return tuple(item for item in profiles if item.id != gone)


def strategy_lines(profiles: Iterable[Profile]) -> tuple[str, ...]:
    """The lines of all strategies, each once."""
    return tuple(dict.fromkeys(line for profile in profiles for line in profile.strategies))
