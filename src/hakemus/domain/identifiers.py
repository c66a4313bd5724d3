"""Official identifiers of Finland and of libraries: what is wrong with one, never a refusal of it."""

from __future__ import annotations

import re

from stdnum import bic, iban
from stdnum.exceptions import ValidationError

# Finnish business id: seven digits and a check digit, weights 7 9 10 5 8 4 2, modulo 11 (Finnish Tax Administration).
_BUSINESS_ID = re.compile(r"([0-9]{6,7})-?([0-9])", re.ASCII)
_BUSINESS_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
# ISIL (ISO 15511): prefix, hyphen, at most eleven more characters.
_ISIL = re.compile(r"[A-Za-z]{1,4}-[A-Za-z0-9/:-]{1,11}", re.ASCII)
_EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>().]{2,}")
_POSTAL_CODE = re.compile(r"[0-9]{5}", re.ASCII)


def compact_business_id(text: str) -> str:
    """The id without spaces, in the official form where it has one (a missing hyphen is put in)."""
    bare = re.sub(r"\s", "", text)
    found = _BUSINESS_ID.fullmatch(bare)
    return f"{found[1].zfill(7)}-{found[2]}" if found else bare


def business_check_digit(seven_digits: str) -> str | None:
    """The check digit that belongs to seven digits, or None where the number is not in use."""
    rest = sum(int(digit) * weight for digit, weight in zip(seven_digits, _BUSINESS_WEIGHTS, strict=True)) % 11
    if rest == 1:
        return None
    return str(11 - rest if rest else 0)


def business_id_fault(text: str) -> tuple[str, str] | None:
    """None for a sound id; else `("form", "")` or `("digit", expected digit)` ("" where none exists)."""
    found = _BUSINESS_ID.fullmatch(compact_business_id(text))
    if not found:
        return ("form", "")
    expected = business_check_digit(found[1].zfill(7))
    return None if expected == found[2] else ("digit", expected or "")


def is_isil(text: str) -> bool:
    return len(text) <= 15 and _ISIL.fullmatch(text) is not None


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text.strip()) is not None


def is_postal_code(text: str) -> bool:
    return _POSTAL_CODE.fullmatch(text.strip()) is not None


def is_iban(text: str) -> bool:
    try:
        iban.validate(text)
    except ValidationError:
        return False
    return True


def is_bic(text: str) -> bool:
    return bool(bic.is_valid(text))
