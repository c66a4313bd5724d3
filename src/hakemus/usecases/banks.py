"""Which bank a Finnish account is at, from the account number itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hakemus.domain.identifiers import is_iban


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank's name and BIC, and the ranges of institution codes, from and to, that its accounts begin with."""

    bic: str
    name: str
    codes: tuple[tuple[int, int], ...]


def bank_of(account: str | None, banks: Sequence[Bank]) -> Bank | None:
    """The bank of a Finnish IBAN whose check digits fit; None for any other text, and for a code nobody has."""
    bare = "".join((account or "").split()).upper()
    if not bare.startswith("FI") or not is_iban(bare):
        return None
    code = int(bare[4:7])
    return next((bank for bank in banks if any(first <= code <= last for first, last in bank.codes)), None)
