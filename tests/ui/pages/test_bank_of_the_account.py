"""The BIC of the account's bank is offered under the account, and filled in only where a person presses for it."""

from __future__ import annotations

from person import Person, settle

IBAN = "FI21 1234 5600 0007 85"


def test_the_bic_is_offered_filled_in_and_taken_back(person: Person) -> None:
    person.start("en").new()
    page = person.step("applicant")
    assert not page._bank_box.isVisibleTo(page)
    person.fill("applicant.iban", IBAN)
    settle()
    assert page._bank_box.isVisibleTo(page)
    assert page._bank_words.text() == "The account is at Nordea, whose BIC is NDEAFIHH."
    assert person.session.value("applicant.bic") is None
    page._bank_fill.click()
    settle()
    assert person.session.value("applicant.bic") == "NDEAFIHH"
    assert not page._bank_box.isVisibleTo(page)
    person.controller.command("undo")
    settle()
    assert person.session.value("applicant.bic") is None
    assert page._bank_box.isVisibleTo(page)


def test_another_bic_is_told_of_and_the_same_one_is_not(person: Person) -> None:
    person.start("en").new()
    page = person.step("applicant")
    person.fill("applicant.iban", IBAN)
    person.fill("applicant.bic", "ndea fihh")
    settle()
    assert not page._bank_box.isVisibleTo(page)
    person.fill("applicant.bic", "OKOYFIHH")
    settle()
    assert page._bank_box.isVisibleTo(page)
