"""The file of a call on this computer beside the one inside a draft: told where it says otherwise, never taken."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from fakes.ports import Chance
from hakemus.adapters.resources.calls import CallFiles
from hakemus.adapters.resources.locator import resources_root
from hakemus.domain.draft import CallReference
from hakemus.domain.frozen import freeze
from hakemus.domain.messages import msg
from hakemus.usecases import drafts
from hakemus.usecases.errors import UserError
from hakemus.usecases.installed_call import Otherwise, installed_call

FILES = CallFiles(resources_root())
PLAIN = FILES.plain("avi-kirjastot-2018") or {}


def inside(change: Callable[[dict[str, Any]], object] = lambda plain: None) -> CallReference:
    plain = copy.deepcopy(PLAIN)
    change(plain)
    return CallReference(id=PLAIN["id"], edition=plain["edition"], definition=freeze(plain))


def test_the_same_call_says_nothing_also_after_a_file() -> None:
    for name in FILES.ids():
        document = drafts.new_document(FILES.plain(name) or {}, "d")
        again, _ = drafts.from_plain(drafts.to_plain(document), Chance().draw)
        assert installed_call(again.draft.call, FILES.plain) is None, name


def test_a_file_of_the_same_edition_that_differs_is_compared_value_by_value() -> None:
    def change(plain: dict[str, Any]) -> None:
        share = next(rule for rule in plain["rules"] if rule["id"] == "grant-share")
        plain["rules"].remove(share)
        plain["rules"].insert(0, share | {"percent": "70", "own": True})
        plain["title"]["sv"] = "x\n" * 100
        plain["own"]["kinds"] = ["work"]
        del plain["window"]["zone"]
        plain["window"]["nothing"] = None

    found = installed_call(inside(change), lambda name: PLAIN)
    assert found is not None
    assert (found.edition, found.newer) == (PLAIN["edition"], False)
    assert set(found.otherwise) == {
        Otherwise("rules[grant-share].percent", "70", "80"),
        Otherwise("rules[grant-share].own", "true", "–"),
        Otherwise("title.sv", "x " * 39 + "x…", PLAIN["title"]["sv"][:79] + "…"),
        Otherwise("own.kinds", "work", "appropriation, work"),
        Otherwise("window.zone", "–", "Europe/Helsinki"),
    }
    first, *compared = found.notes()
    assert first.path == "call"
    assert "differs" in first.message.key
    assert {note.path for note in compared} == {f"call.{item.at}" for item in found.otherwise}


@pytest.mark.parametrize(("edition", "told"), [("2017-01-01", True), ("2018-10-29", False), ("2018-11-01", None)])
def test_a_newer_edition_is_told_and_an_older_one_is_not(edition: str, told: bool | None) -> None:
    found = installed_call(inside(lambda plain: plain.update(edition=edition)), lambda name: PLAIN)
    assert (found is not None) is bool(told)
    if found:
        assert found.newer
        assert found.notes()[0].message.values == {"edition": "2018-10-29"}


def test_without_a_sound_file_there_is_nothing_to_compare() -> None:
    def broken(name: str) -> dict[str, Any]:
        raise UserError(msg("The file of the call cannot be read."))

    assert installed_call(inside(), lambda name: None) is None
    assert installed_call(inside(), broken) is None
