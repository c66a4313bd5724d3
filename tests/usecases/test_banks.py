"""The bank behind a Finnish account number: only where the number itself is sound and its code is somebody's."""

from __future__ import annotations

from itertools import pairwise

import pytest
from stdnum import iban

from hakemus.adapters.resources.codes import read_banks
from hakemus.adapters.resources.locator import resources_root
from hakemus.bootstrap.suggestions import bank_of_account
from hakemus.domain.identifiers import is_bic
from hakemus.usecases.banks import Bank, bank_of

ROOT = resources_root()
BANKS = (Bank("AAAAFIHH", "Eka", ((100, 199), (300, 300))), Bank("BBBBFIHH", "Toka", ((200, 299),)))


def account(code: str) -> str:
    """A sound Finnish account number that begins with a code; no account that anybody has."""
    body = f"{code}00000000000"[:14]
    return f"FI{iban.calc_check_digits(f'FI00{body}')}{body}"


@pytest.mark.parametrize(
    ("code", "bic"),
    [("100", "AAAAFIHH"), ("199", "AAAAFIHH"), ("300", "AAAAFIHH"), ("200", "BBBBFIHH"), ("301", None), ("099", None)],
)
def test_the_code_decides(code: str, bic: str | None) -> None:
    found = bank_of(account(code), BANKS)
    assert (found.bic if found else None) == bic


def test_spaces_and_small_letters_do_not_matter() -> None:
    text = account("100").lower()
    assert bank_of(f" {text[:4]} {text[4:8]}\u00a0{text[8:]} ", BANKS) == BANKS[0]


@pytest.mark.parametrize("text", [None, "", "FI", "SE4550000000058398257466", "teksti", "FI2112345600000786"])
def test_anything_else_names_no_bank(text: str | None) -> None:
    assert bank_of(text, BANKS) is None


def test_the_list_that_ships_is_sound() -> None:
    banks = read_banks(ROOT)
    spans = sorted(span for bank in banks for span in bank.codes)
    assert all(is_bic(bank.bic) and bank.name.strip() for bank in banks)
    assert all(100 <= first <= last <= 999 for first, last in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_the_example_account_of_the_standard_is_known() -> None:
    found = bank_of_account(ROOT, "FI21 1234 5600 0007 85")
    assert found is not None
    assert (found.bic, found.name) == ("NDEAFIHH", "Nordea")
