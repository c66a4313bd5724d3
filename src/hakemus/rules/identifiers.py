"""Official identifiers of a wrong form or check digit. A field takes any text; the finding says what is odd in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from pydantic import field_validator

from hakemus.domain import identifiers
from hakemus.domain.draft import any_value
from hakemus.domain.fields import Strings, fault
from hakemus.domain.findings import Finding
from hakemus.domain.messages import Message, msg
from hakemus.rules.addresses import expand
from hakemus.rules.faults import Fault
from hakemus.rules.kinds import Case
from hakemus.rules.limits import Parameters


def _business_id(text: str) -> Message | None:
    found = identifiers.business_id_fault(text)
    if found is None:
        return None
    form, expected = found
    if form == "form":
        return msg("A business ID has seven digits, a hyphen and a check digit, such as 1234567-1.")
    if expected:
        return msg("The check digit of the business ID is wrong: {expected} is expected.", expected=expected)
    return msg("The business ID is wrong: no check digit belongs to these seven digits.")


def _unless(holds: Callable[[str], bool], message: Message, text: str) -> Message | None:
    return None if holds(text) else message


_CHECKS: dict[str, tuple[tuple[str, ...], Callable[[str], Message | None]]] = {
    "business_id": (("applicant.business_id",), _business_id),
    "isil": (
        ("applicant.isil",),
        partial(
            _unless,
            identifiers.is_isil,
            msg("An ISIL identifier has a country, a hyphen and at most eleven characters, such as FI-Xyz."),
        ),
    ),
    "postal_code": (
        ("applicant.postal_code",),
        partial(_unless, identifiers.is_postal_code, msg("A postal code has five digits.")),
    ),
    "email": (  # of many rows only one thing can be said: they share a finding
        ("applicant.email", "applicant.contacts[].email", "partners[].email"),
        partial(_unless, identifiers.is_email, msg("This does not look like an e-mail address.")),
    ),
    "iban": (
        ("applicant.iban",),
        partial(_unless, identifiers.is_iban, msg("The account number is not a valid IBAN: check its digits.")),
    ),
    "bic": (("applicant.bic",), partial(_unless, identifiers.is_bic, msg("The bank code is not a valid BIC."))),
}
ALL = tuple(_CHECKS)


class IdentifierParameters(Parameters):
    fields: Strings = ALL

    @field_validator("fields", mode="after")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in _CHECKS:
                raise fault("word", words=", ".join(ALL))
        return value


def identifier(case: Case) -> Iterator[Finding]:
    """One finding a field, and one of all the rows of a table with the same fault in one column."""
    for name in case.parameters.fields:
        addresses, check = _CHECKS[name]
        for address in addresses:
            faults, message = [], None
            for path, value in expand(case.draft.application, address):
                if any_value(value) and (odd := check(value)):
                    faults.append(Fault(path, value))
                    message = odd
            if message is not None:
                yield from case.of_faults(tuple(faults), message)
