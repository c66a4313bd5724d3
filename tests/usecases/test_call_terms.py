"""Terms of the call as a person sets them: offered where they matter, read as people type, and put into force."""

from __future__ import annotations

import pytest

from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.call import BASES, Call
from hakemus.domain.draft import Term
from hakemus.i18n.refused import Refused
from hakemus.usecases.call_terms import choices, places, read, shown
from hakemus.usecases.calls import validated, value_at, with_terms

FILES = CallFiles(resources_root())


def call_of(name: str) -> Call:
    return validated(FILES.plain(name) or {})


def test_what_is_worth_asking_for() -> None:
    assert places(call_of("avi-kirjastot-2018")) == ("rules.grant-share.percent",)
    assert places(call_of("oph-erityisavustus-2026")) == (
        "rules.own-share.percent",
        "rules.own-share-guide.percent",
        "window.closes",
        "use_period.starts",
        "use_period.ends",
    )
    assert set(call_of("lvv-kirjastot-2026").confirm) <= set(places(call_of("lvv-kirjastot-2026")))
    assert "window.closes" not in places(call_of("kulturfonden-bibban"))


@pytest.mark.parametrize(
    ("at", "typed", "stored"),
    [
        ("rules.grant-share.percent", "75,5 %", "75.5"),
        ("unit", "1.00", "1.00"),
        ("share.base", "costs_less_income", "costs_less_income"),
        ("use_period.ends", "31.12.2028", "2028-12-31"),
        ("window.closes", "8.11.2026 16.15", "2026-11-08T16:15"),
        ("window.closes", "8.11.2026 klo 9:05", "2026-11-08T09:05"),
        ("window.closes", "8.11.2026", "2026-11-08"),
        ("grant.largest", "5 000", "5000.00"),
        ("grant.largest", "0", "0.00"),
        ("rules.own-share.least", "0,01", "0.01"),
        ("window.zone", " Europe/Helsinki ", "Europe/Helsinki"),
        ("window.closes", "  ", None),
    ],
)
def test_a_value_is_read_as_people_type_it(at: str, typed: str, stored: str | None) -> None:
    assert read(call_of("lvv-kirjastot-2026"), at, typed) == stored


@pytest.mark.parametrize(
    ("at", "typed"),
    [
        ("rules.grant-share.percent", "101"),
        ("rules.grant-share.percent", "0"),
        ("rules.grant-share.percent", "most"),
        ("unit", "0,5"),
        ("share.base", "everything"),
        ("use_period.ends", "soon"),
        ("window.closes", "31.2.2027"),
        ("window.closes", "30.11.2027 25.00"),
        ("window.closes", "end of November"),
        ("grant.largest", "4.2,0"),
        ("grant.largest", "-1"),
    ],
)
def test_what_is_no_value_is_refused(at: str, typed: str) -> None:
    assert isinstance(read(call_of("lvv-kirjastot-2026"), at, typed), Refused)


VALUES = {
    "rules.grant-share.percent": "62.5",
    "unit": "1.00",
    "share.base": "costs_less_income",
    "use_period.ends": "2028-12-31",
    "window.closes": "2026-11-08T16:15",
}


@pytest.mark.parametrize("at", VALUES)
def test_a_value_comes_into_force_and_reads_back_as_it_is_shown(at: str) -> None:
    plain = FILES.plain("lvv-kirjastot-2026") or {}
    call = with_terms(plain, [Term(at=at, value=VALUES[at])])
    assert call.overridden == (at,)
    assert value_at(call, at) == VALUES[at]
    assert read(call, at, shown(call, at)) == VALUES[at]


def test_every_base_and_unit_has_a_name() -> None:
    assert tuple(name for name, _ in choices("share.base")) == BASES
    assert [name for name, _ in choices("unit")] == ["0.01", "1.00"]
    assert choices("window.closes") == ()
    assert shown(call_of("lvv-kirjastot-2026"), "window.closes") == ""
    assert shown(call_of("avi-kirjastot-2018"), "window.opens") == "29.10.2018"
    assert shown(call_of("avi-kirjastot-2018"), "window.zone") == "Europe/Helsinki"
    assert shown(call_of("kulturfonden-bibban"), "grant.largest").replace("\u00a0", " ") == "3 000,00"
