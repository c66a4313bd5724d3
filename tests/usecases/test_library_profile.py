"""A library's own data: found for a draft, compared with it, taken over in part, kept from it."""

from __future__ import annotations

from typing import Any

from fakes.ports import document
from hakemus.domain.application import Applicant
from hakemus.usecases.library_profile import (
    Profile,
    adopted,
    differences,
    is_begun,
    match,
    strategy_lines,
    with_applicant,
    with_profile,
    without_profile,
)

CONTACT = {"id": "c1", "role": "responsible", "name": "Aino Esimerkki", "email": "aino@example.fi"}


def applicant(**values: Any) -> Applicant:
    return Applicant.model_validate(values)


LAKE = Profile("p1", applicant(library="Järvikirjasto", isil="FI-Jarvi", phone="1", contacts=[CONTACT]), ("Lukeminen",))
HILL = Profile("p2", applicant(organisation="Mäen kunta", business_id="1234567-1"), ("Tilat", "Lukeminen"))
BOTH = (LAKE, HILL)


def test_a_profile_is_found_by_identifiers_before_names() -> None:
    assert match(BOTH, applicant(isil="fi-jarvi ", library="Muu")) is LAKE
    assert match(BOTH, applicant(business_id="1234567 - 1")) is HILL
    assert match(BOTH, applicant(library="JÄRVIKIRJASTO")) is LAKE
    assert match(BOTH, applicant(isil="FI-Other", organisation="mäen  kunta")) is HILL
    assert match(BOTH, applicant()) is None
    assert match((HILL, Profile("p3", HILL.applicant)), HILL.applicant) is None


def test_names() -> None:
    assert (LAKE.name, HILL.name, Profile("x").name) == ("Järvikirjasto", "Mäen kunta", "")
    assert is_begun(applicant(organisation="x"))
    assert not is_begun(applicant(organisation=" ", phone="1"))
    assert strategy_lines(BOTH) == ("Lukeminen", "Tilat")


def test_what_differs_in_the_forms_order_contacts_as_a_whole() -> None:
    here = applicant(library="Järvikirjasto", phone="2", street="Katu 1", contacts=[{**CONTACT, "id": "other"}])
    assert [(item.path, item.here, item.kept) for item in differences(LAKE, here)] == [
        ("applicant.isil", None, "FI-Jarvi"),
        ("applicant.phone", "2", "1"),
    ]
    assert [item.path for item in differences(LAKE, applicant())] == [
        "applicant.library",
        "applicant.isil",
        "applicant.phone",
        "applicant.contacts",
    ]
    assert differences(LAKE, LAKE.applicant) == ()


def test_what_is_chosen_is_taken_with_what_waited_there() -> None:
    draft = document(
        {"applicant": {"library": "Vanha", "phone": "2"}, "funding": {}},
        pending={"applicant.phone": "x", "funding.grant": "y", "applicant.contacts[c9].phone": "z"},
    ).draft
    found = differences(LAKE, draft.application.applicant)
    taken = [item for item in found if item.path in ("applicant.phone", "applicant.contacts")]
    changed = adopted(draft, taken)
    assert changed.application.applicant.phone == "1"
    assert changed.application.applicant.contacts[0].name == "Aino Esimerkki"
    assert changed.application.applicant.library == "Vanha"
    assert dict(changed.pending) == {"funding.grant": "y"}
    assert adopted(draft, ()) is draft


def test_an_applicant_is_kept_in_its_librarys_place() -> None:
    moved = applicant(isil="FI-Jarvi", library="Järvikirjasto", phone="9")
    kept = with_applicant(BOTH, moved, "new")
    assert kept == (Profile("p1", moved, ("Lukeminen",)), HILL)
    assert with_applicant(BOTH, applicant(library="Suo"), "new")[-1] == Profile("new", applicant(library="Suo"))
    assert with_profile((), LAKE) == (LAKE,)
    assert without_profile(BOTH, "p1") == (HILL,)
